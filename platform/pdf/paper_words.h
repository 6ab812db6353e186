// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace sotto::platform {

/// What Sotto says on paper around the study's own text. In the language of the form, which need not be the one that
/// the tablet speaks; hence not among the translations.
enum class Word {
    Copy,     ///< above a copy
    Choices,  ///< above the items
    Yes,
    No,
    Required,
    Signatures,
    PersonSigned,
    ParentSigned,
    RepresentativeSigned,
    AssentSigned,
    InterviewerSigned,
    WitnessSigned,
    Mark,
    OnPaper,
    Aloud,
    Name,
    Signature,
    Date,
    Questions,
    Complaints,
    Ethics,
    ChangeYourMind,
    CodeExplained,
    FoundAtHome,
    Fingerprint,
    Version,
    Page,  ///< %1 of %2
};

/// English for a language that has none.
[[nodiscard]] QString paperWord(Word word, const QString& language);
/// "23 November 2026, 14:05" in that language, in the zone that the instant was taken in.
[[nodiscard]] QString paperTime(std::int64_t utcMs, int zoneOffsetMinutes, const QString& language);

}  // namespace sotto::platform
