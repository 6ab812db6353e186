// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "study/study_pack.h"
#include "workflow/home_layout.h"

// Private to this module: the files of a home that hold nothing sealed.
namespace sotto::workflow {

/// Takes the lock of a home, which lasts until the file closes. Busy, with a sentence, while another program has it.
[[nodiscard]] Result<std::unique_ptr<File>> lockHome(FileSystem& files, const HomeLayout& layout);
/// Takes the room kept in reserve, so that a recording can always be closed in order on a full disk.
[[nodiscard]] Result<> takeBallast(FileSystem& files, const HomeLayout& layout);
/// Frees that room; takes it again if there is any. Failures are only logged.
void releaseBallast(FileSystem& files, const HomeLayout& layout);
void renewBallast(FileSystem& files, const HomeLayout& layout);
/// The study's help lines and its protocol in clear (help_file.h), so that they show while the home is locked.
[[nodiscard]] Result<> writeHelp(FileSystem& files, const HomeLayout& layout, const study::StudyPack& pack);
/// Writes them again if the file is gone or says anything else, as after a study update that was broken off.
[[nodiscard]] Result<> refreshHelp(FileSystem& files, const HomeLayout& layout, const study::StudyPack& pack);

}  // namespace sotto::workflow
