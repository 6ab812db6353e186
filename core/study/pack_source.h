// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include <QDate>
#include <QString>

#include "base/file.h"
#include "base/result.h"
#include "study/faults.h"
#include "study/study_pack.h"

namespace sotto::study {

/// The files of a pack by relative path ("guides/person.fr.md"): from a folder or out of a signed pack.
using PackFiles = std::map<QString, Bytes>;

/// What a pack may be at most; anything beyond is a fault.
inline constexpr std::size_t kMaxPackFiles = 200;
inline constexpr std::size_t kMaxPackFileBytes = 1024 * 1024;
inline constexpr std::size_t kMaxPackBytes = 16 * 1024 * 1024;

/// True for the names that a pack knows: study.yaml, codebook.yaml, deident.yaml, guides/<guide>.<language>.md,
/// consents/<form>.<language>.md, instruments/<form>.yaml, screening/<role>.yaml, protocol.<language>.md. No other path
/// ever gets in or out of a pack.
[[nodiscard]] bool isPackPath(const QString& path);

/// Reads the files of a pack folder, bounded in number and size. Files that a pack does not know are listed without
/// their content, so that checkPack reports them; names that begin with a dot are passed over.
[[nodiscard]] Result<PackFiles> readPackFolder(FileSystem& files, const Path& folder);

struct Checked {
    StudyPack pack;  ///< as far as it could be understood; use only if !hasErrors()
    std::vector<Fault> faults;
    /// Warnings alone are no errors: the pack can be signed and used.
    [[nodiscard]] bool hasErrors() const;
    /// The first error in the order of `faults`, or null.
    [[nodiscard]] const Fault* firstError() const;
};

/// Signing: all that a study needs before anybody takes part. Use: a pack that was signed already, perhaps before Sotto
/// asked for something, so that what it lacks by today's measure is a warning.
enum class CheckFor { Signing, Use };

/// Parses and checks everything; finds all faults, not only the first. Never fails, never throws. `today` is for
/// warnings about days, such as a help line that nobody has called for long; without it there are none.
[[nodiscard]] Checked checkPack(const PackFiles& files, CheckFor purpose = CheckFor::Signing, QDate today = {});

/// checkPack, then ParseFailed with the first error if there is one; warnings do not stop it.
[[nodiscard]] Result<StudyPack> parsePack(const PackFiles& files, CheckFor purpose = CheckFor::Signing);

}  // namespace sotto::study
