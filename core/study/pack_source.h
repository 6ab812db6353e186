// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include <QString>

#include "base/file.h"
#include "base/result.h"
#include "study/study_pack.h"

namespace sotto::study {

/// The files of a pack by relative path ("guides/person.fr.md"): from a folder or out of a signed pack.
using PackFiles = std::map<QString, Bytes>;

/// Something wrong in a pack, for whoever wrote it.
struct Fault {
    QString file;  ///< relative to the pack folder
    int line = 0;  ///< from 1; 0 if it concerns the whole file
    QString sentence;
    bool warning = false;
    /// "guides/person.fr.md:12: sentence"
    [[nodiscard]] QString toString() const;
};

/// Reads the files of a pack folder (only the names a pack knows; bounded in number and size).
[[nodiscard]] Result<PackFiles> readPackFolder(FileSystem& files, const Path& folder);

struct Checked {
    StudyPack pack;  ///< as far as it could be understood; use only if !hasErrors()
    std::vector<Fault> faults;
    [[nodiscard]] bool hasErrors() const;
};

/// Parses and checks everything; finds all faults, not only the first. Never fails, never throws.
[[nodiscard]] Checked checkPack(const PackFiles& files);

/// checkPack, then ParseFailed with the first fault if there is an error.
[[nodiscard]] Result<StudyPack> parsePack(const PackFiles& files);

}  // namespace sotto::study
