// SPDX-License-Identifier: Apache-2.0
#include "workflow/inspect.h"

#include <algorithm>
#include <map>

#include <QJsonArray>

#include "consent/strict_json.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "package/content.h"
#include "recording/segment.h"
#include "vault/vault.h"
#include "workflow/deliver.h"
#include "workflow/home_layout.h"
#include "workflow/home_recovery.h"
#include "workflow/keyring_watch.h"
#include "workflow/rebuild_mark.h"

namespace sotto::workflow {

namespace {

using package::integrityName;
using sealedlog::Integrity;

QJsonObject recordingJson(const recording::AudioMap& audio) {
    QJsonArray segments;
    for (const recording::Segment& segment : audio.segments) {
        segments.append(QJsonObject{{QStringLiteral("start_ms"), static_cast<qint64>(segment.start().ms)},
                                    {QStringLiteral("duration_ms"), static_cast<qint64>(segment.durationMs())},
                                    {QStringLiteral("ended"), recording::segmentEndingName(segment.ending)}});
    }
    return {{QStringLiteral("duration_ms"), static_cast<qint64>(audio.durationMs())},
            {QStringLiteral("segments"), segments}};
}

QJsonObject consentJson(const interview::Opening& opening) {
    QJsonObject items;
    for (const auto& [item, answer] : opening.consentItems)
        items[item] = answer;
    return {{QStringLiteral("version"), opening.consentVersion},
            {QStringLiteral("language"), opening.language},
            {QStringLiteral("items"), items}};
}

/// Of a group, each has their own.
QJsonObject groupJson(const interview::GroupOpening& group) {
    QJsonArray members;
    for (const interview::GroupMember& member : group.members) {
        members.append(QJsonObject{{QStringLiteral("participant"), member.pseudonym},
                                   {QStringLiteral("consent_version"), member.consentVersion},
                                   {QStringLiteral("items"), consent::booleansToJson(member.consentItems)}});
    }
    return {{QStringLiteral("members"), members}, {QStringLiteral("withdrawn"), group.withdrawn}};
}

/// One look at a home; collects the worst integrity on the way.
class Inspection {
public:
    Inspection(FileSystem& files, const Path& home, const keyring::Keyring& keys, bool isInUse)
        : m_files(files), m_layout{home}, m_keys(keys), m_isInUse(isInUse) {}

    Result<QJsonObject> run() {
        SOTTO_TRY(lookAtVault(m_layout.identitiesVault(), keyring::Compartment::Identities));
        SOTTO_ASSIGN(const auto outbox, lookAtVault(m_layout.outboxVault(), keyring::Compartment::Outbox));
        if (outbox) SOTTO_TRY(lookAtQueue(*outbox));
        SOTTO_ASSIGN(const auto sessions, lookAtVault(m_layout.sessionsVault(), keyring::Compartment::Sessions));
        if (sessions) readRows(*sessions);
        SOTTO_ASSIGN(const auto entries, sessionFiles());
        std::vector<std::pair<std::int64_t, QJsonObject>> found;
        for (const DirectoryEntry& entry : entries) {
            if (entry.isDirectory || Path(entry.name).extension() != ".session") continue;
            if (auto session = lookAtSession(entry.name)) found.push_back(*std::move(session));
            m_rows.erase(entry.name);
        }
        // What is left are sessions that the vault knows and whose log is not there.
        for (const auto& [name, row] : m_rows) {
            if (auto session = lookAtSession(name)) found.push_back(*std::move(session));
        }
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        QJsonArray list;
        for (const auto& [start, session] : found)
            list.append(session);
        return QJsonObject{{QStringLiteral("integrity"), integrityName(m_worst)}, {QStringLiteral("sessions"), list}};
    }

private:
    void note(Integrity integrity) { m_worst = std::max(m_worst, integrity); }

    /// Nothing for a vault that the person holds no key to, and for one that is too damaged to be opened. What the
    /// system refuses is an error and no damage.
    Result<std::unique_ptr<vault::Vault>> lookAtVault(const Path& path, keyring::Compartment compartment) {
        if (!m_keys.holds(compartment)) return nullptr;
        sealedlog::OpenOptions options;
        options.anchorFor = [this](const FileId& log) { return m_keys.anchor(log); };
        auto opened = vault::Vault::openReadOnly(m_files, path, m_keys.identities(compartment), options);
        if (opened) {
            SOTTO_TRY(KeyringWatch(**opened).check(m_keys.generation()));
            note((*opened)->hasDamagedSlot() ? Integrity::Damaged : (*opened)->integrity());
            return opened;
        }
        const ErrorCode code = opened.error().code;
        if (code == ErrorCode::IoFailed || code == ErrorCode::PermissionDenied || code == ErrorCode::NewerVersion) {
            return opened;
        }
        note(Integrity::Damaged);
        return nullptr;
    }

    /// Some programs that copy or keep folders leave empty ones out.
    Result<std::vector<DirectoryEntry>> sessionFiles() {
        if (!m_keys.holds(keyring::Compartment::Sessions)) return std::vector<DirectoryEntry>{};
        auto entries = m_files.list(m_layout.sessionFolder());
        if (!entries && entries.error().code == ErrorCode::NotFound) return std::vector<DirectoryEntry>{};
        return entries;
    }

    /// Packages that still have to leave: of one that was sent the store has a copy.
    Result<> lookAtQueue(vault::Vault& vault) {
        const sync::Outbox outbox(vault, m_files, m_layout.outboxFolder());
        const auto items = outbox.items();
        if (!items) {
            note(Integrity::Damaged);
            return {};
        }
        for (const sync::OutboxItem& item : *items) {
            if (item.state != sync::PackageState::Queued) continue;
            const auto checked = checkPackageFile(m_files, outbox.fileOf(item.id), item);
            if (checked) continue;
            const ErrorCode code = checked.error().code;
            if (code != ErrorCode::Damaged && code != ErrorCode::NotFound) return checked;
            note(Integrity::Damaged);
            m_brokenPackages[item.session].append(
                QJsonObject{{QStringLiteral("kind"), package::packageKindName(item.kind)},
                            {QStringLiteral("fault"), QString::fromLatin1(errorName(code))}});
        }
        return {};
    }

    void readRows(vault::Vault& sessions) {
        m_lockedInOrder = m_keys.anchor(sessions.fileId()) == sessions.head();
        const interview::SessionIndex index(sessions);
        const auto rows = index.all();
        if (!rows) {
            note(Integrity::Damaged);
            return;
        }
        for (const auto& row : *rows)
            m_rows.emplace(row.logName, row);
        if (const auto heldBack = RebuildMark(sessions).heldBackUpTo(); heldBack) m_heldBackUpTo = *heldBack;
    }

    /// An open session belongs to a running program; or it ended in order and waits for sealing; or its program died,
    /// and that is shown even if it died after the end.
    [[nodiscard]] QString stateOf(const std::string& name) const {
        using interview::SessionState;
        const auto row = m_rows.find(name);
        const auto state = row == m_rows.end() ? SessionState::Open : row->second.state;
        const bool waits = row != m_rows.end() && row->second.anchor && m_lockedInOrder;
        const bool isOpen = state == SessionState::Open && (m_isInUse || waits);
        return interview::sessionStateName(state == SessionState::Open && !isOpen ? SessionState::Interrupted : state);
    }

    /// From before a rebuild, and maybe sealed already: sealed again only if somebody asks for it.
    [[nodiscard]] bool isHeldBack(const std::string& name) const {
        const auto row = m_rows.find(name);
        return row != m_rows.end() && row->second.state < interview::SessionState::Sealed &&
               row->second.number <= m_heldBackUpTo;
    }

    /// Start time, for the order, and what to show. Nothing for a log whose making was broken off before its opening.
    std::optional<std::pair<std::int64_t, QJsonObject>> lookAtSession(const std::string& name) {
        sealedlog::OpenOptions options;
        if (const auto row = m_rows.find(name); row != m_rows.end()) {
            options.anchor = row->second.anchor ? row->second.anchor : m_keys.anchor(row->second.logId);
            options.mustBeFinal = row->second.state >= interview::SessionState::Sealed;
        }
        QJsonObject json{{QStringLiteral("log"), QString::fromStdString((m_layout.sessionLog(name)).string())},
                         {QStringLiteral("listed"), m_rows.contains(name)}};
        if (isHeldBack(name)) json[QStringLiteral("sealing")] = QStringLiteral("on request");
        const auto session = interview::readSession(m_files, m_layout.sessionLog(name),
                                                    m_keys.identities(keyring::Compartment::Sessions), options);
        if (!session && !m_rows.contains(name) &&
            isUnfinishedLog(m_files, m_layout.sessionLog(name), session.error())) {
            note(Integrity::UnsyncedTail);
            return std::nullopt;
        }
        if (!session) {
            // What a newer Sotto wrote is none, and keeps nobody from seeing the others.
            if (session.error().code != ErrorCode::NewerVersion) note(Integrity::Damaged);
            json[QStringLiteral("id")] = QString::fromStdString(Path(name).stem().string());
            json[QStringLiteral("state")] = stateOf(name);
            json[QStringLiteral("fault")] = QString::fromLatin1(errorName(session.error().code));
            return std::pair{std::int64_t{0}, json};
        }
        const auto row = m_rows.find(name);
        describe(*session, row != m_rows.end() && !row->second.damage.isEmpty(), json);
        json[QStringLiteral("state")] = stateOf(name);
        return std::pair{session->opening.at.utcMs, json};
    }

    /// `wasDamaged`: before it was rewritten, after which it no longer shows.
    void describe(const interview::SessionRecords& session, bool wasDamaged, QJsonObject& json) {
        const interview::Opening& opening = session.opening;
        json[QStringLiteral("id")] = opening.session.toString();
        json[QStringLiteral("participant")] = opening.pseudonym;
        json[QStringLiteral("role")] = opening.role;
        json[QStringLiteral("practice")] = opening.practice;
        if (opening.group) {
            json[QStringLiteral("group")] = groupJson(*opening.group);
        } else {
            json[QStringLiteral("consent")] = consentJson(opening);
        }
        json[QStringLiteral("events")] = static_cast<qint64>(session.events.size());
        // A header slot that can't be read costs nothing as long as the other can, but it is damage all the same.
        const Integrity integrity =
            wasDamaged || session.log.hasDamagedSlot() ? Integrity::Damaged : session.log.integrity();
        note(integrity);
        json[QStringLiteral("integrity")] = integrityName(integrity);
        if (const auto broken = m_brokenPackages.find(opening.session); broken != m_brokenPackages.end()) {
            json[QStringLiteral("broken_packages")] = broken->second;
        }
        if (const auto audio = recording::mapAudio(session.log); audio) {
            json[QStringLiteral("recording")] = recordingJson(*audio);
        } else {
            note(Integrity::Damaged);
            json[QStringLiteral("fault")] = QString::fromLatin1(errorName(audio.error().code));
        }
    }

    FileSystem& m_files;
    HomeLayout m_layout;
    const keyring::Keyring& m_keys;
    bool m_isInUse;
    Integrity m_worst = Integrity::Ok;
    bool m_lockedInOrder = false;  ///< nothing was committed since the anchors were written: no program died
    std::uint64_t m_heldBackUpTo = 0;
    std::map<std::string, interview::SessionRow> m_rows;
    std::map<SessionId, QJsonArray> m_brokenPackages;
};

/// Whether another process holds the home. The lock is given back at once.
bool isInUse(FileSystem& files, const Path& path) {
    const auto file = files.open(path, OpenMode::ReadWrite);
    if (!file) return false;
    const auto locked = (*file)->lock();
    return !locked && locked.error().code == ErrorCode::Busy;
}

}  // namespace

Result<QJsonObject> inspectHome(FileSystem& files, const Path& home, ByteView passphrase, const Clock& clock,
                                const keyring::KeyringOptions& options, const QString& person) {
    keyring::KeyringOptions looking = options;
    looking.readOnlyHome = true;
    SOTTO_ASSIGN(const bool exists, keyring::Keyring::exists(files, home));
    if (!exists) return fail(ErrorCode::NotFound, "there is no Sotto home at " + home.string());
    const bool used = isInUse(files, HomeLayout{home}.lock());
    SOTTO_ASSIGN(const auto keys, keyring::Keyring::unlock(files, home, passphrase, clock, looking, person));
    return Inspection(files, home, keys, used).run();
}

}  // namespace sotto::workflow
