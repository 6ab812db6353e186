// SPDX-License-Identifier: Apache-2.0
#include "workflow/home.h"

#include "base/check.h"
#include "base/log.h"
#include "vault/audit.h"
#include "workflow/home_files.h"
#include "workflow/home_recovery.h"
#include "workflow/keyring_watch.h"
#include "workflow/study_shelf.h"

namespace sotto::workflow {

Result<std::unique_ptr<Home>> Home::unlock(FileSystem& files, const Path& path, ByteView passphrase, const Clock& clock,
                                           const keyring::KeyringOptions& options, const QString& person) {
    SOTTO_ASSIGN(const bool exists, keyring::Keyring::exists(files, path));
    if (!exists) return fail(ErrorCode::NotFound, "there is no Sotto home at " + path.string());
    auto home = make(files, path, clock);
    SOTTO_ASSIGN(home->m_lock, lockHome(files, home->m_layout));
    Result<> opened = home->openAll(passphrase, options, person);
    if (!opened && opened.error().code == ErrorCode::NoSpace) {
        // Once more with the room kept in reserve; openAll() takes it again if there is any left.
        home->releaseBallast();
        opened = home->openAll(passphrase, options, person);
    }
    SOTTO_TRY(opened);
    home->m_isWhole = true;
    return home;
}

std::unique_ptr<Home> Home::make(FileSystem& files, const Path& path, const Clock& clock) {
    std::unique_ptr<Home> home(new Home);
    home->m_files = &files;
    home->m_clock = &clock;
    home->m_layout = HomeLayout{path};
    return home;
}

Result<std::unique_ptr<Home>> Home::unlockAgain(FileSystem& files, const Path& path, keyring::Keyring keys,
                                                std::shared_ptr<File> hold, const Clock& clock) {
    SOTTO_CHECK(hold != nullptr);
    auto home = make(files, path, clock);
    home->m_lock = std::move(hold);
    home->m_keyring = std::make_unique<keyring::Keyring>(std::move(keys));
    Result<> opened = home->openHeld();
    if (!opened && opened.error().code == ErrorCode::NoSpace) {
        home->releaseBallast();
        opened = home->openHeld();
    }
    SOTTO_TRY(opened);
    home->m_isWhole = true;
    home->renewBallast();
    return home;
}

Result<> Home::openAll(ByteView passphrase, const keyring::KeyringOptions& options, const QString& person) {
    if (!m_keyring) {
        SOTTO_ASSIGN(auto keys,
                     keyring::Keyring::unlock(*m_files, m_layout.root, passphrase, *m_clock, options, person));
        m_keyring = std::make_unique<keyring::Keyring>(std::move(keys));
    }
    SOTTO_TRY(openHeld());
    return recoverHome(*this, m_recovery);
}

/// Opens what the person unlocked holds.
Result<> Home::openHeld() {
    m_vaults.clear();
    SOTTO_TRY(openVaults());
    SOTTO_TRY(checkKeyring());
    return reloadStudy();
}

Home::~Home() {
    if (!m_isWhole) return;
    if (const auto written = writeAnchors(); !written) {
        qCWarning(logWorkflow) << "anchors not written at lock:" << errorName(written.error().code);
    }
}

Result<std::unique_ptr<vault::Vault>> Home::openVault(Compartment compartment) {
    const Path path = m_layout.vault(compartment);
    sealedlog::OpenOptions options;
    options.anchorFor = [this](const FileId& log) { return m_keyring->anchor(log); };
    options.anchorRequired = true;
    sealedlog::Recovery recovery;
    auto opened = vault::Vault::open(*m_files, path, m_keyring->identities(compartment), schemasOf(compartment),
                                     options, &recovery);
    if (!opened && opened.error().code == ErrorCode::WrongKey) {
        return fail(ErrorCode::Damaged,
                    "the keyring does not open " + path.filename().string() +
                        ": one of the two was put back from another copy; bring back the newest copy of both");
    }
    if (opened) m_recovery.quarantinedBytes += recovery.quarantinedBytes;
    return opened;
}

Result<> Home::openVaults() {
    for (const Compartment compartment : keyring::kCompartments) {
        if (!holds(compartment)) continue;
        SOTTO_ASSIGN(m_vaults[compartment], openVault(compartment));
    }
    return {};
}

Result<> Home::checkKeyring() {
    for (const auto& [compartment, vault] : m_vaults)
        SOTTO_TRY(KeyringWatch(*vault).check(m_keyring->generation()));
    Result<> remembered = rememberKeyring();
    // A full disk keeps nobody from their data; the generation is remembered at the next unlock.
    if (!remembered && remembered.error().code == ErrorCode::NoSpace) return {};
    return remembered;
}

Result<> Home::rememberKeyring() {
    for (const auto& [compartment, vault] : m_vaults)
        SOTTO_TRY(KeyringWatch(*vault).remember(m_keyring->generation()));
    return {};
}

Result<> Home::reloadStudy() {
    if (m_vaults.empty()) {
        return fail(ErrorCode::NotAllowed,
                    "this person has not been let into anything here yet; ask somebody who has"
                    " to run 'sotto person grant'");
    }
    if (holds(Compartment::Sessions) && holds(Compartment::Outbox)) {
        SOTTO_TRY(StudyShelf(outbox()).copyFrom(StudyShelf(sessions())));
    }
    if (!holds(Compartment::Sessions) && !holds(Compartment::Outbox)) {
        return fail(ErrorCode::NotAllowed,
                    "this person holds the identities alone, which need the sessions or the"
                    " outbox beside them; ask somebody who does to run 'sotto person grant'");
    }
    const Compartment shelf = holds(Compartment::Sessions) ? Compartment::Sessions : Compartment::Outbox;
    SOTTO_ASSIGN(auto study, StudyShelf(vault(shelf)).newest());
    m_study = std::make_shared<const study::SignedPack>(std::move(study));
    return {};
}

Result<std::shared_ptr<const study::SignedPack>> Home::studyOf(const QString& hexHash) {
    const QByteArray bytes = QByteArray::fromHex(hexHash.toLatin1());
    crypto::Sha256Digest hash{};
    if (bytes.size() != static_cast<qsizetype>(hash.size())) {
        return fail(ErrorCode::Damaged, "a session does not say under which study it was held");
    }
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    if (hash == m_study->hash) return m_study;
    auto& earlier = m_earlierStudies[hexHash];
    if (!earlier) {
        SOTTO_ASSIGN(auto pack, StudyShelf(sessions()).byHash(hash));
        earlier = std::make_shared<const study::SignedPack>(std::move(pack));
    }
    return earlier;
}

Result<> Home::need(std::initializer_list<Compartment> compartments) const {
    for (const Compartment compartment : compartments) {
        if (holds(compartment)) continue;
        return fail(ErrorCode::NotAllowed, "this person has not been let into the " +
                                               compartmentName(compartment).toStdString() +
                                               "; somebody who has can do it, or grant it");
    }
    return {};
}

vault::Vault& Home::vault(Compartment compartment) {
    const auto found = m_vaults.find(compartment);
    SOTTO_CHECK(found != m_vaults.end());
    return *found->second;
}

Result<> Home::writeAnchors() {
    std::map<FileId, sealedlog::Anchor> anchors;
    for (const auto& [compartment, vault] : m_vaults)
        anchors[vault->fileId()] = vault->head();
    return m_keyring->setAnchors(anchors);
}

std::vector<crypto::age::Recipient> Home::recipients(Compartment compartment) const {
    return recipientsOf(compartment, m_keyring->currentRecipient(compartment), m_study->keys);
}

void Home::dropLiveAnchor(const FileId& log) {
    if (!m_keyring->anchor(log)) return;
    const std::array gone{log};
    if (const auto dropped = m_keyring->dropAnchors(gone); !dropped) {
        qCWarning(logWorkflow) << "an anchor stays:" << errorName(dropped.error().code);
    }
}

Result<> Home::refuseDuringInterview() const {
    if (!isInterviewing()) return {};
    return fail(ErrorCode::NotAllowed, "an interview is running on this tablet; end it first");
}

Result<> Home::audit(const QString& action, const QJsonObject& details) {
    const Compartment trail = holds(Compartment::Sessions) ? Compartment::Sessions : Compartment::Outbox;
    return vault::AuditTrail(vault(trail)).append(m_clock->now(), m_keyring->personId(), action, details);
}

Result<> Home::auditOutbox(const QString& action, const QJsonObject& details) {
    if (!holds(Compartment::Outbox)) return {};
    return vault::AuditTrail(outbox()).append(m_clock->now(), m_keyring->personId(), action, details);
}

void Home::releaseBallast() {
    workflow::releaseBallast(*m_files, m_layout);
}

void Home::renewBallast() {
    workflow::renewBallast(*m_files, m_layout);
}

}  // namespace sotto::workflow
