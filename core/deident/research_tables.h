// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/result.h"
#include "consent/consent.h"
#include "interview/session_log.h"
#include "interview/timeline.h"
#include "people/people.h"
#include "study/answers.h"
#include "study/study_pack.h"

namespace sotto::deident {

/// One table of a research package: CSV with these columns, all of them on the study's allow-list.
struct ResearchTable {
    QString name;  ///< "sessions", "coverage", "codes", "links", "marks", "context", "scores"
    QStringList columns;
    std::vector<QStringList> rows;
    /// RFC 4180, UTF-8, LF; a field that a spreadsheet would take for a formula is prefixed with an apostrophe.
    [[nodiscard]] QByteArray toCsv() const;
};

/// What one session gives to the de-identified data set.
struct ResearchInput {
    const study::StudyPack& pack;  ///< that the session was held under (opening.studyHash), never a newer one
    const people::Participant& participant;
    const consent::ConsentState& consent;
    const interview::Opening& opening;
    const std::vector<interview::Event>& events;
    std::int64_t recordedMs = 0;
    int visit = 1;
    int dayOffset = 0;  ///< days since the participant's first session
    /// The form that was signed, where that was under an earlier version of the study, so that its version may be
    /// named.
    const study::ConsentForm* form = nullptr;
    /// What the participant answered to forms that are kept with the session, asked questions only.
    std::vector<study::AnsweredForm> answered{};
};

/// The structured fields that the study allows, and nothing else: no free text, no names, no dates, no audio. Fields
/// are taken from a positive list, so that a field that is added to the code can't leave by itself.
/// ConsentMissing without the participant's yes to sharing de-identified data. InvalidArgument if the parts belong to
/// different people, or the pack is not the one of the session: under a newer pack an answer to a question that was
/// removed, or a code, would get lost without a word.
[[nodiscard]] Result<std::vector<ResearchTable>> researchTables(const ResearchInput& input);

}  // namespace sotto::deident
