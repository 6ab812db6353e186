// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QString>

#include "base/file.h"
#include "study/signed_pack.h"

namespace sotto::app {

/// What the user said about the study of a new home.
struct StudyChoice {
    std::optional<QString> study;  ///< pack folder or signed file; none: the shipped practice study
    std::optional<QString> keys;   ///< folder of the lab's keys
    Path home;
};

/// The study that a new home would get, checked; makes nothing.
[[nodiscard]] Result<study::StudyPack> packForNewHome(FileSystem& files, const StudyChoice& choice);

/// The signed study for a new home. An unsigned pack is signed with the keys given; without any, throw-away keys are
/// made beside the home, which is all that practice needs.
[[nodiscard]] Result<study::SignedPack> studyForNewHome(FileSystem& files, const StudyChoice& choice);

/// NotAllowed if the choice names another study, or another lab, than the home has.
[[nodiscard]] Result<> checkSameStudy(FileSystem& files, const StudyChoice& choice, const study::SignedPack& home);

}  // namespace sotto::app
