// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/units.h"
#include "interview/event.h"
#include "sealedlog/rewrite.h"

/// Off the record afterwards: which stretches were taken back, and what goes with them. Until the log is rewritten
/// every view and every export leaves the same things out (standingEvents(), withoutSpans()), so that nothing leaves
/// that was to be destroyed first. Values and pure functions.
namespace sotto::interview {

/// A stretch of the stitched recording, from one offset up to another.
struct Span {
    RecordedOffset from;
    RecordedOffset to;
    bool operator==(const Span&) const = default;
};

/// What the events of kind off-record-span take back, in order, overlapping ones joined. One that was itself taken back
/// by a correction does not count.
[[nodiscard]] std::vector<Span> spansTakenBack(const std::vector<Event>& events);

/// True if the event says something of what was said in one of the spans and so goes with it: notes, marks, codes,
/// links and answers that lie in a span, its ends included (a note typed in a pause bears the offset of the pause), and
/// marks that reach back into one. The walk of the guide (ask, probe) and what the recording did stay.
[[nodiscard]] bool goesWith(const Event& event, const std::vector<Span>& spans);

/// The same events, with stubs of kind `erased` (number, offset, time) for those that go with the spans, and for the
/// corrections of these, wherever they lie. Numbers and references stay as they are.
[[nodiscard]] std::vector<Event> withoutSpans(const std::vector<Event>& events, const std::vector<Span>& spans);

/// The same on a session log, for sealedlog::rewrite(): everything else stays byte for byte, but the opening, which
/// says the present format afterwards. Audio is passed on: see recording::eraseFilter(), and inTurn(). Fails with
/// ParseFailed for an event that can't be read, for then nobody can tell whether it has to go. It remembers the log it
/// goes through: one rewrite at a time; a repetition is fine.
[[nodiscard]] sealedlog::Filter eraseFilter(std::vector<Span> spans);

/// The body of an opening as a rewritten log bears it. NewerVersion; ParseFailed.
[[nodiscard]] Result<Bytes> upgradedOpening(ByteView body);

/// Both filters: what comes out of the first goes through the second.
[[nodiscard]] sealedlog::Filter inTurn(sealedlog::Filter first, sealedlog::Filter second);

}  // namespace sotto::interview
