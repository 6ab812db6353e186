// SPDX-License-Identifier: Apache-2.0
#include "workflow/study_update.h"

#include "vault/audit.h"
#include "workflow/home_files.h"
#include "workflow/study_shelf.h"

namespace sotto::workflow {

namespace {

Result<study::SignedPack> openUpdate(const Home& home, ByteView bytes) {
    const study::SignedPack& current = home.study();
    auto pack = study::openSignedPack(bytes, current.keys.signing);
    if (!pack && pack.error().code == ErrorCode::SignatureInvalid) {
        return fail(ErrorCode::SignatureInvalid,
                    "this study is not signed by the lab whose key this tablet trusts;"
                    " ask the lab for the right file");
    }
    if (!pack) return pack;
    if (pack->pack.id != current.pack.id) {
        return fail(ErrorCode::NotAllowed, "this is another study; a home has one, so make a new home for it");
    }
    if (pack->pack.version <= current.pack.version) {
        return fail(ErrorCode::NotAllowed, "version " + std::to_string(pack->pack.version) +
                                               " of the study is not newer than version " +
                                               std::to_string(current.pack.version) + ", which this tablet has");
    }
    return pack;
}

bool changesRecipients(const study::LabKeys& before, const study::LabKeys& after) {
    return before.content != after.content || before.identity != after.identity;
}

Result<> enter(Home& home, const study::SignedPack& pack) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    SOTTO_TRY(StudyShelf(home.sessions()).add(pack, home.clock().now()));
    SOTTO_TRY(home.audit(QStringLiteral("study.updated"), {{QStringLiteral("version"), pack.pack.version}}));
    return transaction.commit();
}

}  // namespace

Result<> updateStudy(Home& home, ByteView signedPack, const OnProgress& progress) {
    SOTTO_TRY(home.refuseDuringInterview());
    SOTTO_TRY(home.need({Compartment::Sessions, Compartment::Outbox}));
    SOTTO_ASSIGN(const auto pack, openUpdate(home, signedPack));
    const bool mustTurn = changesRecipients(home.study().keys, pack.keys);
    if (mustTurn) {
        // Before the pack counts: should the power go now, the next unlock turns the keys, with either pack.
        SOTTO_TRY(home.need({Compartment::Identities}));
        for (const Compartment compartment : keyring::kCompartments)
            SOTTO_TRY(home.keyring().beginEpoch(compartment));
        SOTTO_TRY(home.rememberKeyring());
    }
    SOTTO_TRY(enter(home, pack));
    SOTTO_TRY(home.reloadStudy());
    SOTTO_TRY(writeHelp(home.files(), home.layout(), home.study().pack));
    SOTTO_TRY(finishRotations(home, progress));
    return {};
}

}  // namespace sotto::workflow
