// SPDX-License-Identifier: Apache-2.0
#include "workflow/home.h"

#include "base/log.h"
#include "consent/consent.h"
#include "interview/session_index.h"
#include "people/people.h"
#include "sync/outbox.h"
#include "vault/audit.h"
#include "workflow/home_recovery.h"

namespace sotto::workflow {

namespace {

using keyring::Compartment;
using Recipients = std::vector<crypto::age::Recipient>;

/// Kept in reserve so that a recording can always be closed in order on a full disk.
constexpr std::uint64_t kBallastBytes = 8U << 20;

vault::Schema studySchema() {
    return {"study",
            {"CREATE TABLE study("
             " id TEXT PRIMARY KEY, version INTEGER NOT NULL, hash BLOB NOT NULL, lab_key BLOB NOT NULL,"
             " bytes BLOB NOT NULL, imported_utc_ms INTEGER NOT NULL)"}};
}

Recipients with(const crypto::age::Recipient& epoch, const Recipients& lab) {
    Recipients all{epoch};
    all.insert(all.end(), lab.begin(), lab.end());
    return all;
}

Result<> removeTree(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const auto entries, files.list(path));
    for (const DirectoryEntry& entry : entries) {
        if (entry.isDirectory) {
            SOTTO_TRY(removeTree(files, path / entry.name));
        } else {
            SOTTO_TRY(files.remove(path / entry.name));
        }
    }
    return files.remove(path);
}

/// The file may be there without its room: after a crash in between, or copied from another disk.
Result<> takeBallast(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const bool exists, files.exists(path));
    SOTTO_ASSIGN(const auto file, files.open(path, exists ? OpenMode::ReadWrite : OpenMode::CreateNew));
    return file->reserve(kBallastBytes);
}

/// Help lines in clear, so that they show while the home is locked.
QByteArray helpText(const study::StudyPack& pack) {
    QString text;
    std::vector<study::CrisisLine> lines{pack.emergency};
    lines.insert(lines.end(), pack.crisisLines.begin(), pack.crisisLines.end());
    for (const study::CrisisLine& line : lines) {
        for (const auto& [language, name] : line.name) {
            const QStringList fields{line.place, language, name, line.phone, line.text, line.web, line.verified};
            text += fields.join(u'\t') + u'\n';
        }
    }
    return text.toUtf8();
}

Result<> storeStudy(vault::Vault& sessions, const study::SignedPack& study, const Instant& at) {
    SOTTO_ASSIGN(auto insert, sessions.prepare("INSERT INTO study(id, version, hash, lab_key, bytes, imported_utc_ms)"
                                               " VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, study.pack.id).bind(2, std::int64_t{study.pack.version}).bind(3, ByteView(study.hash));
    insert.bind(4, ByteView(study.keys.signing)).bind(5, ByteView(study.bytes)).bind(6, at.utcMs);
    return insert.run();
}

Result<std::map<FileId, sealedlog::Anchor>> createVaults(FileSystem& files, const HomeLayout& layout,
                                                         const keyring::Keyring& keys, const study::SignedPack& study,
                                                         const Clock& clock) {
    const auto recipients = [&](Compartment compartment, const Recipients& lab) {
        return with(keys.currentRecipient(compartment), lab);
    };
    SOTTO_ASSIGN(const auto sessions,
                 vault::Vault::create(files, layout.sessionsVault(), sealedlog::Kind::Vault,
                                      recipients(Compartment::Sessions, study.keys.content), sessionsSchemas()));
    SOTTO_TRY(storeStudy(*sessions, study, clock.now()));
    SOTTO_TRY(vault::AuditTrail(*sessions).append(clock.now(), keys.personId(), QStringLiteral("home.created")));
    SOTTO_ASSIGN(const auto identities,
                 vault::Vault::create(files, layout.identitiesVault(), sealedlog::Kind::Identities,
                                      recipients(Compartment::Identities, study.keys.identity), identitiesSchemas()));
    SOTTO_ASSIGN(const auto outbox,
                 vault::Vault::create(files, layout.outboxVault(), sealedlog::Kind::Outbox,
                                      recipients(Compartment::Outbox, study.keys.content), outboxSchemas()));
    return std::map<FileId, sealedlog::Anchor>{{sessions->fileId(), sessions->head()},
                                               {identities->fileId(), identities->head()},
                                               {outbox->fileId(), outbox->head()}};
}

/// Everything of a new home, below a folder that nobody looks into yet.
Result<> fillHome(FileSystem& files, const HomeLayout& layout, ByteView passphrase, const study::SignedPack& study,
                  const Clock& clock, const keyring::KeyringOptions& options) {
    SOTTO_TRY(files.createDirectories(layout.sessionFolder()));
    SOTTO_TRY(files.createDirectories(layout.outboxFolder()));
    SOTTO_TRY(takeBallast(files, layout.ballast()));
    SOTTO_TRY(replaceFile(files, layout.help(), viewOf(helpText(study.pack))));
    SOTTO_ASSIGN(auto keys, keyring::Keyring::create(files, layout.root, passphrase, clock, options));
    SOTTO_ASSIGN(const auto anchors, createVaults(files, layout, keys, study, clock));
    SOTTO_TRY(keys.setAnchors(anchors));
    return files.syncDirectory(layout.root);
}

/// "home/" names the folder "home": what is built beside it must not land inside.
Path withoutTrailingSlash(const Path& path) {
    return path.has_filename() ? path : path.parent_path();
}

Path stagingFor(const Path& home) {
    Path staging = home;
    staging += ".sotto-unfinished";
    return staging;
}

/// Removes what an earlier try left. Busy while another program is building there.
Result<> clearStaging(FileSystem& files, const HomeLayout& staging) {
    SOTTO_ASSIGN(const bool exists, files.exists(staging.root));
    if (!exists) return {};
    const auto lock = files.open(staging.lock(), OpenMode::ReadWrite);
    if (lock && !(*lock)->lock()) {
        return fail(ErrorCode::Busy, "another Sotto is making a home at " + staging.root.string() + "; wait for it");
    }
    return removeTree(files, staging.root);
}

/// Builds the home in the staging folder and gives it its name. Holds the lock all the while, or a second program
/// would take what grows here for the left-over of a crash.
Result<> buildHome(FileSystem& files, const HomeLayout& staging, const Path& path, ByteView passphrase,
                   const study::SignedPack& study, const Clock& clock, const keyring::KeyringOptions& options) {
    SOTTO_TRY(files.createDirectories(staging.root));
    SOTTO_ASSIGN(const auto lock, files.open(staging.lock(), OpenMode::CreateNew));
    SOTTO_TRY(lock->lock());
    SOTTO_TRY(fillHome(files, staging, passphrase, study, clock, options));
    return files.rename(staging.root, path);
}

Result<> refuseUsedFolder(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const bool exists, files.exists(path));
    if (!exists) return {};
    SOTTO_ASSIGN(const bool isHome, keyring::Keyring::exists(files, path));
    if (isHome) return fail(ErrorCode::AlreadyExists, "there is a Sotto home at " + path.string() + " already");
    SOTTO_ASSIGN(const auto entries, files.list(path));
    if (!entries.empty()) {
        return fail(ErrorCode::AlreadyExists,
                    path.string() + " is not empty and holds no Sotto home; choose another folder");
    }
    return {};
}

}  // namespace

std::vector<vault::Schema> sessionsSchemas() {
    return {vault::AuditTrail::schema(), studySchema(), people::Participants::schema(),
            consent::Consents::sessionsSchema(), interview::SessionIndex::schema()};
}

std::vector<vault::Schema> identitiesSchemas() {
    return {people::Identities::schema(), consent::Consents::identitiesSchema()};
}

std::vector<vault::Schema> outboxSchemas() {
    return {vault::AuditTrail::schema(), sync::Outbox::schema()};
}

Result<std::unique_ptr<Home>> Home::create(FileSystem& files, const Path& path, ByteView passphrase,
                                           const study::SignedPack& study, const Clock& clock,
                                           const keyring::KeyringOptions& options) {
    const Path target = withoutTrailingSlash(path);
    SOTTO_TRY(refuseUsedFolder(files, target));
    const HomeLayout staging{stagingFor(target)};
    SOTTO_TRY(clearStaging(files, staging));
    if (Result<> built = buildHome(files, staging, target, passphrase, study, clock, options); !built) {
        // The first error is the one that counts; what is left is cleared by the next try.
        static_cast<void>(clearStaging(files, staging));
        return Failure(std::move(built).error());
    }
    SOTTO_TRY(files.syncDirectory(target.parent_path()));
    return unlock(files, target, passphrase, clock, options);
}

Result<std::unique_ptr<Home>> Home::unlock(FileSystem& files, const Path& path, ByteView passphrase, const Clock& clock,
                                           const keyring::KeyringOptions& options) {
    SOTTO_ASSIGN(const bool exists, keyring::Keyring::exists(files, path));
    if (!exists) return fail(ErrorCode::NotFound, "there is no Sotto home at " + path.string());
    std::unique_ptr<Home> home(new Home);
    home->m_files = &files;
    home->m_clock = &clock;
    home->m_layout = HomeLayout{path};
    SOTTO_TRY(home->takeLock());
    SOTTO_ASSIGN(auto keys, keyring::Keyring::unlock(files, path, passphrase, clock, options));
    home->m_keyring = std::make_unique<keyring::Keyring>(std::move(keys));
    SOTTO_TRY(home->openVaults());
    SOTTO_TRY(home->loadStudy());
    SOTTO_TRY(recoverHome(*home, home->m_recovery));
    return home;
}

Home::~Home() {
    if (m_keyring == nullptr || m_sessions == nullptr || m_identities == nullptr || m_outbox == nullptr) return;
    if (const auto written = writeAnchors(); !written) {
        qCWarning(logWorkflow) << "anchors not written at lock:" << errorName(written.error().code);
    }
}

Result<> Home::takeLock() {
    auto lock = m_files->open(m_layout.lock(), OpenMode::ReadWrite);
    // A copy of a home may have come without this empty file.
    if (!lock && lock.error().code == ErrorCode::NotFound) lock = m_files->open(m_layout.lock(), OpenMode::CreateNew);
    SOTTO_ASSIGN(m_lock, std::move(lock));
    Result<> locked = m_lock->lock();
    if (!locked && locked.error().code == ErrorCode::Busy) {
        return fail(ErrorCode::Busy, "another Sotto is using " + m_layout.root.string() + "; close it first");
    }
    return locked;
}

Result<> Home::openVaults() {
    const auto open = [this](const Path& path, Compartment compartment,
                             const std::vector<vault::Schema>& schemas) -> Result<std::unique_ptr<vault::Vault>> {
        sealedlog::OpenOptions options;
        options.anchorFor = [this](const FileId& log) { return m_keyring->anchor(log); };
        sealedlog::Recovery recovery;
        SOTTO_ASSIGN(auto opened, vault::Vault::open(*m_files, path, m_keyring->identities(compartment), schemas,
                                                     options, &recovery));
        m_recovery.quarantinedBytes += recovery.quarantinedBytes;
        return opened;
    };
    SOTTO_ASSIGN(m_sessions, open(m_layout.sessionsVault(), Compartment::Sessions, sessionsSchemas()));
    SOTTO_ASSIGN(m_identities, open(m_layout.identitiesVault(), Compartment::Identities, identitiesSchemas()));
    SOTTO_ASSIGN(m_outbox, open(m_layout.outboxVault(), Compartment::Outbox, outboxSchemas()));
    return {};
}

Result<> Home::loadStudy() {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT bytes, lab_key FROM study ORDER BY version DESC LIMIT 1"));
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return fail(ErrorCode::NotFound, "this home has no study; import one");
    const Bytes key = select.blob(1);
    crypto::VerifyKey pinned{};
    if (key.size() != pinned.size()) return fail(ErrorCode::Damaged, "the pinned lab key of this home is unreadable");
    std::copy(key.begin(), key.end(), pinned.begin());
    SOTTO_ASSIGN(auto study, study::openSignedPack(select.blob(0), pinned));
    m_study = std::make_unique<study::SignedPack>(std::move(study));
    return {};
}

Result<> Home::writeAnchors() {
    return m_keyring->setAnchors({{m_sessions->fileId(), m_sessions->head()},
                                  {m_identities->fileId(), m_identities->head()},
                                  {m_outbox->fileId(), m_outbox->head()}});
}

std::vector<crypto::age::Recipient> Home::sessionRecipients() const {
    return with(m_keyring->currentRecipient(Compartment::Sessions), m_study->keys.content);
}

Result<> Home::audit(const QString& action, const QJsonObject& details) {
    return vault::AuditTrail(*m_sessions).append(m_clock->now(), m_keyring->personId(), action, details);
}

void Home::releaseBallast() {
    const Result<> removed = m_files->remove(m_layout.ballast());
    if (!removed && removed.error().code != ErrorCode::NotFound) {
        qCWarning(logWorkflow) << "ballast not released:" << errorName(removed.error().code);
    }
}

void Home::renewBallast() {
    if (const Result<> taken = takeBallast(*m_files, m_layout.ballast()); !taken) {
        qCWarning(logWorkflow) << "no room kept in reserve:" << errorName(taken.error().code);
    }
}

}  // namespace sotto::workflow
