// SPDX-License-Identifier: Apache-2.0
#include "workflow/tidy_home.h"

#include <algorithm>

#include "base/log.h"
#include "interview/session_index.h"
#include "sealedlog/log_reader.h"
#include "workflow/home_files.h"

namespace sotto::workflow {

namespace {

void warn(const char* what, const Result<>& done) {
    if (!done) qCWarning(logWorkflow) << what << errorName(done.error().code);
}

/// Takes the ids of all session logs out. By their headers: of a log that a crash kept from being rewritten the row
/// knows another id than the file.
Result<> keepThoseOfLogs(Home& home, std::set<FileId>& ids) {
    const auto keys = home.keyring().identities(Compartment::Sessions);
    SOTTO_ASSIGN(const auto entries, home.files().list(home.layout().sessionFolder()));
    for (const DirectoryEntry& entry : entries) {
        if (entry.isDirectory || Path(entry.name).extension() != ".session") continue;
        SOTTO_ASSIGN(const FileId id, sealedlog::openHeader(home.files(), home.layout().sessionLog(entry.name), keys));
        ids.erase(id);
    }
    return {};
}

/// Anchors of logs that were erased, rewritten or compacted would fill the keyring in the end. Only if it is certain
/// that no log of this home has the id: with a log that does not open all of them stay.
Result<> forgetStrayAnchors(Home& home) {
    std::set<FileId> stray = home.keyring().anchoredLogs();
    for (const Compartment compartment : keyring::kCompartments) {
        if (!home.holds(compartment)) return {};
        stray.erase(home.vault(compartment).fileId());
    }
    SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
    for (const interview::SessionRow& row : rows)
        stray.erase(row.logId);
    if (stray.empty()) return {};  // nearly always: no header need be read
    SOTTO_TRY(keepThoseOfLogs(home, stray));
    if (stray.empty()) return {};
    const std::vector<FileId> gone(stray.begin(), stray.end());
    return home.keyring().dropAnchors(gone);
}

}  // namespace

void tidyHome(Home& home) {
    warn("a rekeying that was broken off stays:",
         keyring::Keyring::dropUnfinishedRekey(home.files(), home.layout().root));
    warn("stray anchors stay:", forgetStrayAnchors(home));
    if (home.holds(Compartment::Sessions)) {
        warn("help lines stay as they are:", refreshHelp(home.files(), home.layout(), home.study().pack));
    }
}

}  // namespace sotto::workflow
