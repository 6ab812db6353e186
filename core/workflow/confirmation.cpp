// SPDX-License-Identifier: Apache-2.0
#include "workflow/confirmation.h"

#include <algorithm>

#include <QDateTime>

#include "interview/session_index.h"
#include "workflow/session_plan.h"

namespace sotto::workflow {

namespace {

using interview::Event;
using interview::EventKind;

constexpr std::int64_t kMinuteMs = 60'000;

QDate dayOf(std::int64_t utcMs, int zoneOffsetMinutes) {
    return QDateTime::fromMSecsSinceEpoch(utcMs, Qt::OffsetFromUTC, zoneOffsetMinutes * 60).date();
}

/// By the boot clock where there is one for both: the wall clock may be set.
std::int64_t passedMs(const Instant& from, const Instant& to) {
    return from.bootId == to.bootId ? to.bootMs - from.bootMs : to.utcMs - from.utcMs;
}

}  // namespace

Result<ToConfirm> confirmationBefore(Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto consent, consentToTakePart(home, participant));
    SOTTO_ASSIGN(const auto rows, interview::SessionIndex(home.sessions()).all());
    const bool cameBefore = std::any_of(rows.begin(), rows.end(), [&](const interview::SessionRow& row) {
        // What was signed since then was asked since then.
        return row.participant == participant && row.startedUtcMs >= consent.signedUtcMs;
    });
    const Instant now = home.clock().now();
    const bool isOfToday = consent.signedUtcMs == 0 ||
                           dayOf(consent.signedUtcMs, now.zoneOffsetMinutes) == dayOf(now.utcMs, now.zoneOffsetMinutes);
    return cameBefore || !isOfToday ? ToConfirm::Visit : ToConfirm::Nothing;
}

ToConfirm confirmationAfter(const std::vector<Event>& events, int afterMinutes, const Instant& now) {
    if (afterMinutes <= 0) return ToConfirm::Nothing;
    const auto last = std::find_if(events.rbegin(), events.rend(), [](const Event& event) {
        return event.kind == EventKind::Pause || event.kind == EventKind::OffRecord ||
               event.kind == EventKind::Resume || event.kind == EventKind::Confirmed;
    });
    if (last == events.rend() || last->kind == EventKind::Resume || last->kind == EventKind::Confirmed)
        return ToConfirm::Nothing;
    return passedMs(last->at, now) >= afterMinutes * kMinuteMs ? ToConfirm::Pause : ToConfirm::Nothing;
}

Event confirmedEvent(bool fine, ToConfirm when) {
    Event event;
    event.kind = EventKind::Confirmed;
    event.text = fine ? QStringLiteral("fine") : QStringLiteral("stop");
    event.dimensions[QStringLiteral("when")] =
        when == ToConfirm::Pause ? QStringLiteral("pause") : QStringLiteral("visit");
    return event;
}

}  // namespace sotto::workflow
