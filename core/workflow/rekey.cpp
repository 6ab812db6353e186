// SPDX-License-Identifier: Apache-2.0
#include "workflow/rekey.h"

#include <algorithm>

#include "keyring/strength.h"
#include "sealedlog/log_reader.h"
#include "sealedlog/log_writer.h"
#include "vault/audit.h"
#include "workflow/home.h"
#include "workflow/home_files.h"
#include "workflow/keyring_watch.h"
#include "workflow/study_shelf.h"

namespace sotto::workflow {

namespace {

using Identities = std::span<const crypto::age::Identity>;

/// What the vaults themselves know that a new keyring needs.
struct Known {
    study::SignedPack study;
    std::uint64_t generation = 0;
    std::map<FileId, sealedlog::Anchor> anchors;
};

Result<std::unique_ptr<vault::Vault>> openVault(FileSystem& files, const HomeLayout& layout, Compartment compartment,
                                                Identities lab) {
    // Brings an older home's tables up to date as well, and cuts what a crash left behind.
    auto opened = vault::Vault::open(files, layout.vault(compartment), lab, schemasOf(compartment));
    if (opened || opened.error().code != ErrorCode::WrongKey) return opened;
    const std::string missing = compartment == Compartment::Identities ? "identity" : "content";
    return fail(ErrorCode::WrongKey, "the " + missing + " key is missing or another lab's: the " +
                                         compartmentName(compartment).toStdString() +
                                         " vault does not open; the content key and the identity key are needed, both");
}

Result<Known> readVaults(FileSystem& files, const HomeLayout& layout, Identities lab) {
    Known known;
    for (const Compartment compartment : keyring::kCompartments) {
        SOTTO_ASSIGN(const auto vault, openVault(files, layout, compartment, lab));
        SOTTO_ASSIGN(const std::uint64_t seen, KeyringWatch(*vault).highest());
        known.generation = std::max(known.generation, seen);
        if (compartment == Compartment::Sessions) {
            SOTTO_ASSIGN(known.study, StudyShelf(*vault).newest());
        }
    }
    return known;
}

/// The id and the last generation of the keyring that is being replaced, if it can be read at all.
Result<keyring::Outline> outlineOf(FileSystem& files, const Path& home) {
    auto outline = keyring::Keyring::outline(files, home);
    if (outline) return outline;
    const ErrorCode code = outline.error().code;
    if (code == ErrorCode::NotFound || code == ErrorCode::Damaged) return keyring::Outline{HomeId::random(), 0, {}};
    return outline;
}

class Rekeying {
public:
    Rekeying(FileSystem& files, const Clock& clock, const Path& home, Identities lab, const Known& known,
             keyring::Keyring& keys)
        : m_files(files), m_clock(clock), m_layout{home}, m_lab(lab), m_known(known), m_keys(keys) {}

    Result<RekeyReport> run() {
        for (const Compartment compartment : keyring::kCompartments) {
            SOTTO_TRY(wrap(m_layout.vault(compartment), compartment));
            if (compartment == Compartment::Sessions) SOTTO_TRY(noteInTrail());
            SOTTO_TRY(anchor(m_layout.vault(compartment), compartment));
        }
        SOTTO_ASSIGN(const auto entries, m_files.list(m_layout.sessionFolder()));
        for (const DirectoryEntry& entry : entries) {
            if (entry.isDirectory || Path(entry.name).extension() != ".session") continue;
            const Path log = m_layout.sessionLog(entry.name);
            const Result<> wrapped = wrap(log, Compartment::Sessions);
            if (wrapped) continue;
            const ErrorCode code = wrapped.error().code;
            if (code == ErrorCode::NoSpace || code == ErrorCode::IoFailed || code == ErrorCode::Busy) {
                return Failure(wrapped.error());
            }
            m_report.unreadable.push_back(log);
        }
        m_report.deviceKey = m_keys.deviceVerifyKey();
        return m_report;
    }

private:
    Result<> wrap(const Path& log, Compartment compartment) {
        const auto recipients = recipientsOf(compartment, m_keys.currentRecipient(compartment), m_known.study.keys);
        SOTTO_TRY(sealedlog::LogWriter::rewrap(m_files, log, m_lab, recipients));
        SOTTO_TRY(sealedlog::openHeader(m_files, log, m_keys.identities(compartment)));
        ++m_report.logs;
        return {};
    }

    Result<> anchor(const Path& log, Compartment compartment) {
        SOTTO_ASSIGN(const auto reader, sealedlog::LogReader::open(m_files, log, m_keys.identities(compartment)));
        return m_keys.setAnchors({{reader.fileId(), reader.head()}});
    }

    /// Not by anybody who unlocks here: by the lab.
    Result<> noteInTrail() {
        SOTTO_ASSIGN(const auto vault, openVault(m_files, m_layout, Compartment::Sessions, m_lab));
        return vault::AuditTrail(*vault).append(m_clock.now(), m_keys.personId(), QStringLiteral("home.rekeyed"));
    }

    FileSystem& m_files;
    const Clock& m_clock;
    HomeLayout m_layout;
    Identities m_lab;
    const Known& m_known;
    keyring::Keyring& m_keys;
    RekeyReport m_report;
};

}  // namespace

Result<RekeyReport> rekeyHome(FileSystem& files, const Path& home, Identities lab, ByteView passphrase,
                              const Clock& clock, const keyring::KeyringOptions& options, const QString& person) {
    SOTTO_TRY(keyring::checkOwnPassphrase(passphrase, {}));
    const HomeLayout layout{home};
    SOTTO_ASSIGN(const bool isHome, files.exists(layout.sessionsVault()));
    if (!isHome) return fail(ErrorCode::NotFound, "there is no Sotto home at " + home.string());
    SOTTO_TRY(files.createDirectories(layout.sessionFolder()));
    SOTTO_ASSIGN(const auto lock, lockHome(files, layout));
    SOTTO_ASSIGN(const Known known, readVaults(files, layout, lab));
    SOTTO_ASSIGN(const keyring::Outline outline, outlineOf(files, home));
    const std::uint64_t least = std::max(outline.generation, known.generation);
    SOTTO_ASSIGN(auto keys, keyring::Keyring::createFor(files, home, outline.home, least, passphrase, options, person));
    SOTTO_ASSIGN(auto report, Rekeying(files, clock, home, lab, known, keys).run());
    SOTTO_TRY(keys.takePlace(clock));
    return report;
}

}  // namespace sotto::workflow
