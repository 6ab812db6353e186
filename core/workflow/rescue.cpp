// SPDX-License-Identifier: Apache-2.0
#include "workflow/rescue.h"

#include <map>

#include "interview/session_index.h"
#include "interview/session_log.h"
#include "package/content.h"
#include "package/seal.h"
#include "recording/segment.h"
#include "vault/vault.h"
#include "workflow/home_layout.h"
#include "workflow/home_recovery.h"

namespace sotto::workflow {

namespace {

using Identities = std::span<const crypto::age::Identity>;

Rescued failed(const Path& log, const Error& error) {
    Rescued rescued;
    rescued.log = log;
    rescued.note = std::string(errorName(error.code)) + ": " + error.context;
    rescued.wrongKey = error.code == ErrorCode::WrongKey;
    rescued.damaged = error.code == ErrorCode::Damaged;
    return rescued;
}

/// Told apart from lost records: the other slot opens the log as well.
constexpr const char* kSlotNote = "(one of the two headers is damaged, which loses nothing)";

Result<> writeClearSession(FileSystem& files, const interview::SessionRecords& session, const Path& target) {
    SOTTO_ASSIGN(const auto audio, recording::mapAudio(session.log));
    SOTTO_ASSIGN(const auto content, package::buildContent(session, audio, nullptr));
    return package::writeClearContent(files, target, session, audio, content);
}

/// `target` gives the folder once the session's id is known.
template <typename Target>
Rescued rescueSession(FileSystem& files, const Path& log, Identities identities, const Target& target,
                      const sealedlog::OpenOptions& options = {}) {
    const auto session = interview::readSession(files, log, identities, options);
    if (!session) {
        Rescued rescued = failed(log, session.error());
        rescued.unfinished = isUnfinishedLog(files, log, session.error());
        return rescued;
    }
    Rescued rescued;
    rescued.log = log;
    rescued.folder = target(session->opening.session);
    if (const auto written = writeClearSession(files, *session, rescued.folder); !written) {
        return failed(log, written.error());
    }
    rescued.opened = true;
    rescued.damaged = session->log.integrity() == sealedlog::Integrity::Damaged;
    rescued.note = session->log.integrityNote();
    if (session->log.hasDamagedSlot()) {
        rescued.damaged = true;
        rescued.note += std::string(rescued.note.empty() ? "" : " ") + kSlotNote;
    }
    return rescued;
}

Rescued rescueVault(FileSystem& files, const Path& log, Identities identities, const Path& folder) {
    const auto opened = vault::Vault::openReadOnly(files, log, identities);
    if (!opened) return failed(log, opened.error());
    Rescued rescued;
    rescued.log = log;
    rescued.folder = folder;
    const Path image = folder / (log.stem().string() + ".sqlite");
    Result<> written = files.createDirectories(folder);
    if (written) written = replaceFile(files, image, (*opened)->plainImage());
    if (!written) return failed(log, written.error());
    rescued.opened = true;
    rescued.damaged = (*opened)->integrity() == sealedlog::Integrity::Damaged;
    rescued.note = "database image " + image.filename().string();
    if (rescued.damaged) rescued.note += ", damaged: it holds what verifies up to the fault";
    if ((*opened)->hasDamagedSlot()) {
        rescued.damaged = true;
        rescued.note += std::string(rescued.note.empty() ? "" : " ") + kSlotNote;
    }
    return rescued;
}

/// What the sessions vault remembers of each log, so that one that was cut short is noticed; nothing if it doesn't
/// open.
std::map<std::string, sealedlog::OpenOptions> rememberedLogs(FileSystem& files, const Path& vault,
                                                             Identities identities) {
    std::map<std::string, sealedlog::OpenOptions> remembered;
    const auto opened = vault::Vault::openReadOnly(files, vault, identities);
    if (!opened) return remembered;
    const auto rows = interview::SessionIndex(**opened).all();
    if (!rows) return remembered;
    for (const auto& row : *rows) {
        remembered[row.logName].anchor = row.anchor;
        remembered[row.logName].mustBeFinal = row.state >= interview::SessionState::Sealed;
    }
    return remembered;
}

bool isVaultName(const std::string& name) {
    return Path(name).extension() == ".vault";
}

Result<std::vector<Rescued>> rescueHome(FileSystem& files, const Path& home, Identities identities, const Path& out) {
    const HomeLayout layout{home};
    std::vector<Rescued> all;
    SOTTO_ASSIGN(const auto entries, files.list(home));
    for (const DirectoryEntry& entry : entries) {
        if (entry.isDirectory || !isVaultName(entry.name)) continue;
        all.push_back(rescueVault(files, home / entry.name, identities, out / "vaults"));
    }
    SOTTO_ASSIGN(const bool hasSessions, files.exists(layout.sessionFolder()));
    if (!hasSessions) return all;
    SOTTO_ASSIGN(const auto logs, files.list(layout.sessionFolder()));
    auto remembered = rememberedLogs(files, layout.sessionsVault(), identities);
    for (const DirectoryEntry& entry : logs) {
        if (entry.isDirectory || Path(entry.name).extension() != ".session") continue;
        const auto target = [&out](const SessionId& id) { return out / id.toString().toStdString() / "content"; };
        all.push_back(rescueSession(files, layout.sessionLog(entry.name), identities, target, remembered[entry.name]));
    }
    return all;
}

}  // namespace

Result<std::vector<Rescued>> rescue(FileSystem& files, const Path& logOrHome, Identities identities, const Path& out) {
    SOTTO_ASSIGN(const bool exists, files.exists(logOrHome));
    if (!exists) return fail(ErrorCode::NotFound, "there is nothing at " + logOrHome.string());
    const auto asFolder = files.list(logOrHome);
    if (asFolder) {
        SOTTO_ASSIGN(auto all, rescueHome(files, logOrHome, identities, out));
        if (all.empty()) {
            return fail(ErrorCode::NotFound, logOrHome.string() + " holds no sealed logs; name a home or one log");
        }
        return all;
    }
    SOTTO_ASSIGN(const auto reader, sealedlog::LogReader::open(files, logOrHome, identities));
    if (reader.kind() == sealedlog::Kind::Session) {
        return std::vector{rescueSession(files, logOrHome, identities, [&out](const SessionId&) { return out; })};
    }
    return std::vector{rescueVault(files, logOrHome, identities, out)};
}

}  // namespace sotto::workflow
