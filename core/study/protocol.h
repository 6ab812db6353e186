// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QString>

// The model of protocol.<language>.md: what the team does when an interview becomes hard, step by step. Public: it is
// also shown while the tablet is locked. Values; immutable after reading.
namespace sotto::study {

/// The headings that a protocol may have; alerts and screens point at them by name.
inline constexpr const char* kProtocolPause = "pause";
inline constexpr const char* kProtocolDanger = "danger";
inline constexpr const char* kProtocolItemNine = "item-nine";
inline constexpr const char* kProtocolSevere = "severe";
inline constexpr const char* kProtocolStopOrGo = "stop-or-go";
inline constexpr const char* kProtocolDutyToReport = "duty-to-report";
inline constexpr const char* kProtocolIncidentalFinding = "incidental-finding";
inline constexpr const char* kProtocolWrapUp = "wrap-up";
inline constexpr const char* kProtocolHomeVisit = "home-visit";

struct ProtocolHeading {
    QString id;  ///< one of the above
    QString title;
    QString text;  ///< Markdown before the first step; may be empty
    std::vector<QString> steps;
};

struct Protocol {
    QString language;
    QString title;
    QString text;  ///< for the interviewer, before the first heading; may be empty
    std::vector<ProtocolHeading> headings;
    [[nodiscard]] const ProtocolHeading* heading(const QString& id) const;
};

}  // namespace sotto::study
