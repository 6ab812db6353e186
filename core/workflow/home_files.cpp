// SPDX-License-Identifier: Apache-2.0
#include "workflow/home_files.h"

#include "base/log.h"
#include "workflow/help_file.h"

namespace sotto::workflow {

namespace {

constexpr std::uint64_t kBallastBytes = 8U << 20;

}  // namespace

Result<std::unique_ptr<File>> lockHome(FileSystem& files, const HomeLayout& layout) {
    auto lock = files.open(layout.lock(), OpenMode::ReadWrite);
    // A copy of a home may have come without this empty file.
    if (!lock && lock.error().code == ErrorCode::NotFound) lock = files.open(layout.lock(), OpenMode::CreateNew);
    if (!lock) return lock;
    const Result<> locked = (*lock)->lock();
    if (!locked && locked.error().code == ErrorCode::Busy) {
        return fail(ErrorCode::Busy, "another Sotto is using " + layout.root.string() + "; close it first");
    }
    SOTTO_TRY(locked);
    return lock;
}

/// The file may be there without its room: after a crash in between, or copied from another disk.
Result<> takeBallast(FileSystem& files, const HomeLayout& layout) {
    SOTTO_ASSIGN(const bool exists, files.exists(layout.ballast()));
    SOTTO_ASSIGN(const auto file, files.open(layout.ballast(), exists ? OpenMode::ReadWrite : OpenMode::CreateNew));
    return file->reserve(kBallastBytes);
}

void releaseBallast(FileSystem& files, const HomeLayout& layout) {
    const Result<> removed = files.remove(layout.ballast());
    if (!removed && removed.error().code != ErrorCode::NotFound) {
        qCWarning(logWorkflow) << "ballast not released:" << errorName(removed.error().code);
    }
}

void renewBallast(FileSystem& files, const HomeLayout& layout) {
    if (const Result<> taken = takeBallast(files, layout); !taken) {
        qCWarning(logWorkflow) << "no room kept in reserve:" << errorName(taken.error().code);
    }
}

Result<> writeHelp(FileSystem& files, const HomeLayout& layout, const study::StudyPack& pack) {
    return replaceFile(files, layout.help(), viewOf(helpText(pack)));
}

Result<> refreshHelp(FileSystem& files, const HomeLayout& layout, const study::StudyPack& pack) {
    const QByteArray text = helpText(pack);
    const auto there = readFile(files, layout.help(), static_cast<std::uint64_t>(text.size()));
    if (there && byteArrayOf(*there) == text) return {};
    return writeHelp(files, layout, pack);
}

}  // namespace sotto::workflow
