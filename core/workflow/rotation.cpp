// SPDX-License-Identifier: Apache-2.0
#include "workflow/rotation.h"

#include <algorithm>

#include "base/log.h"
#include "sealedlog/log_writer.h"
#include "sealedlog/rewrite.h"

namespace sotto::workflow {

namespace {

using sealedlog::LogWriter;

/// The session logs of a home; those of the other compartments are their vaults alone.
Result<std::vector<Path>> logsBeside(Home& home, Compartment compartment) {
    std::vector<Path> logs;
    if (compartment != Compartment::Sessions) return logs;
    SOTTO_ASSIGN(const auto entries, home.files().list(home.layout().sessionFolder()));
    for (const DirectoryEntry& entry : entries) {
        if (!entry.isDirectory && Path(entry.name).extension() == ".session")
            logs.push_back(home.layout().sessionLog(entry.name));
    }
    return logs;
}

/// What no key of this compartment opened before the rotation either: not ours, or lost long ago.
bool isOutOfReach(const Error& error) {
    return error.code == ErrorCode::WrongKey || error.code == ErrorCode::Damaged ||
           error.code == ErrorCode::ParseFailed || error.code == ErrorCode::NewerVersion;
}

/// One compartment's way from the old epoch to the new one.
class Rotation {
public:
    Rotation(Home& home, Compartment compartment, const OnProgress& progress)
        : m_home(home), m_compartment(compartment), m_progress(progress) {}

    Result<> run() {
        SOTTO_ASSIGN(auto logs, logsBeside(m_home, m_compartment));
        m_total = logs.size() + 1;
        SOTTO_TRY(compactVault(m_home, m_compartment));
        tell();
        SOTTO_ASSIGN(const auto wrapped, rewrapAll(logs));
        SOTTO_TRY(verifyAll(wrapped));
        return m_home.keyring().endEpoch(m_compartment);
    }

private:
    void tell() {
        ++m_done;
        if (m_progress) m_progress(m_compartment, m_done, m_total);
    }

    /// The logs that are wrapped to the new epoch now.
    Result<std::vector<Path>> rewrapAll(const std::vector<Path>& logs) {
        std::vector<Path> wrapped;
        const auto identities = m_home.keyring().identities(m_compartment);
        const auto recipients = m_home.recipients(m_compartment);
        for (const Path& log : logs) {
            const Result<> done = LogWriter::rewrap(m_home.files(), log, identities, recipients);
            if (done) {
                wrapped.push_back(log);
            } else if (isOutOfReach(done.error())) {
                qCWarning(logWorkflow) << "a log that does not open is left as it is:" << errorName(done.error().code);
            } else {
                return Failure(done.error());
            }
            tell();
        }
        return wrapped;
    }

    /// The old epoch may go only if nothing needs it any more.
    Result<> verifyAll(const std::vector<Path>& wrapped) {
        std::vector<crypto::age::Identity> newest;
        newest.push_back(m_home.keyring().epochs(m_compartment).back().identity->clone());
        SOTTO_TRY(sealedlog::openHeader(m_home.files(), m_home.layout().vault(m_compartment), newest));
        for (const Path& log : wrapped)
            SOTTO_TRY(sealedlog::openHeader(m_home.files(), log, newest));
        return {};
    }

    Home& m_home;
    Compartment m_compartment;
    const OnProgress& m_progress;
    std::size_t m_done = 0;
    std::size_t m_total = 0;
};

Result<> runOne(Home& home, Compartment compartment, const OnProgress& progress) {
    SOTTO_TRY(Rotation(home, compartment, progress).run());
    SOTTO_TRY(home.rememberKeyring());
    return home.audit(QStringLiteral("keys.rotated"), {{QStringLiteral("compartment"), compartmentName(compartment)}});
}

/// The room kept in reserve is for this as well: a home on a full disk must still be able to forget.
template <typename Work>
Result<> withBallast(Home& home, const Work& work) {
    home.releaseBallast();
    Result<> done = work();
    home.renewBallast();
    return done;
}

}  // namespace

Result<> compactVault(Home& home, Compartment compartment) {
    std::optional<sealedlog::Rewritten> placed;
    const auto keepAnchors = [&home](const sealedlog::Rewritten& next) {
        return home.keyring().setAnchors({{next.newId, next.head}});
    };
    SOTTO_ASSIGN(placed,
                 home.vault(compartment)
                     .compact(home.recipients(compartment), home.keyring().identities(compartment), keepAnchors));
    const std::array gone{placed->oldId};
    return home.keyring().dropAnchors(gone);
}

Result<> rotate(Home& home, std::span<const Compartment> compartments, const OnProgress& progress) {
    SOTTO_TRY(home.refuseDuringInterview());
    for (const Compartment compartment : compartments)
        SOTTO_TRY(home.need({compartment}));
    return withBallast(home, [&]() -> Result<> {
        for (const Compartment compartment : compartments) {
            // One that was broken off may have wrapped logs to its new epoch already: that epoch has to go as well.
            if (home.keyring().isRotating(compartment)) SOTTO_TRY(runOne(home, compartment, progress));
            SOTTO_TRY(home.keyring().beginEpoch(compartment));
            SOTTO_TRY(home.rememberKeyring());
            SOTTO_TRY(runOne(home, compartment, progress));
        }
        return {};
    });
}

Result<int> finishRotations(Home& home, const OnProgress& progress) {
    int finished = 0;
    for (const Compartment compartment : keyring::kCompartments) {
        if (!home.holds(compartment) || !home.keyring().isRotating(compartment)) continue;
        SOTTO_TRY(withBallast(home, [&] { return runOne(home, compartment, progress); }));
        ++finished;
    }
    return finished;
}

}  // namespace sotto::workflow
