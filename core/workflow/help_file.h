// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QStringList>

#include "study/study_pack.h"

/// help.txt: whom to call and what to do, in clear, so that it shows while the home is locked. Everything in it is
/// public; grammar in README.md. Values and pure functions.
namespace sotto::workflow {

/// Whom to call, in one language.
struct HelpLine {
    bool isEmergency = false;
    QString place;  ///< "QC"
    QString name;
    QString phone;
    QString text;
    QString web;
    QString verified;  ///< ISO date; empty: nobody has called it yet
    QString hours;
    QString whom;  ///< for which roles, in words; empty: everybody
};

/// The study's protocol under one heading.
struct HelpHeading {
    QString id;
    QString title;
    QString text;
    QStringList steps;
};

/// What is shown in one language.
struct HelpSheet {
    std::vector<HelpLine> lines;  ///< emergencies first
    std::optional<study::OnCall> onCall;
    std::vector<HelpHeading> headings;
    [[nodiscard]] const HelpHeading* heading(const QString& id) const;
};

[[nodiscard]] QByteArray helpText(const study::StudyPack& pack);
/// Reads what it understands of a help file, of this version or of the first, and passes over the rest: half of it
/// helps more than none. In `language`; what the study does not have in it, in the first language that it has.
[[nodiscard]] HelpSheet parseHelp(const QByteArray& text, const QString& language);

}  // namespace sotto::workflow
