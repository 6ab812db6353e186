// SPDX-License-Identifier: Apache-2.0
// Several who speak in one interview: the row of pseudonyms of InterviewViewModel.
#include "interview/speakers.h"
#include "interview_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

namespace {

constexpr std::int64_t kSecondMs = 1'000;

QString timeText(std::int64_t ms) {
    const std::int64_t seconds = ms / kSecondMs;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

}  // namespace

QVariantList InterviewViewModel::members() const {
    QVariantList list;
    if (!isGroup()) return list;
    for (const auto& [id, pseudonym] : m_view->members) {
        const auto spoken = m_view->spokenMs.find(id);
        list.append(QVariantMap{
            {QStringLiteral("participant"), id},
            {QStringLiteral("pseudonym"), pseudonym},
            {QStringLiteral("key"), static_cast<int>(list.size()) + 1},
            {QStringLiteral("there"), m_view->there.count(id) > 0},
            {QStringLiteral("speaking"), m_view->speaker == id},
            {QStringLiteral("spoken"), spoken == m_view->spokenMs.end() ? QString() : timeText(spoken->second)}});
    }
    return list;
}

bool InterviewViewModel::isSeveral() const {
    return isGroup() && m_view->speaker == interview::several();
}

void InterviewViewModel::speaks(const QString& member) {
    if (!isGroup()) return;
    const QString who = member.isEmpty() ? interview::several() : member;
    // A second touch on the same says nothing new.
    if (who == m_view->speaker) return;
    tell([who](workflow::LiveSession& live) { return live.speak(who); });
}

void InterviewViewModel::speaksAt(int place) {
    if (!isGroup() || place < 1 || place > static_cast<int>(m_view->members.size())) return;
    const QString& member = m_view->members[static_cast<std::size_t>(place) - 1].first;
    if (m_view->there.count(member) > 0) speaks(member);
}

void InterviewViewModel::comes(const QString& member) {
    const auto id = ParticipantId::fromString(member);
    if (!id || !m_hasBegun) return;
    perform(
        [id = *id](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* live, tablet.liveSession());
            return live->join(id);
        },
        [this] {
            // Who came in does not agree to being recorded.
            if (m_state == State::Recording && !m_vault->live().isRecording) setState(State::Paused);
        });
}

void InterviewViewModel::goes(const QString& member) {
    const auto id = ParticipantId::fromString(member);
    if (id) tell([id = *id](workflow::LiveSession& live) { return live.leave(id); });
}

}  // namespace sotto::app
