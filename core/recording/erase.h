// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "interview/off_record.h"
#include "recording/segment.h"
#include "sealedlog/rewrite.h"

/// Taking sound out of a recording for good. Spans are widened outward to whole packets and by one more on each side,
/// because the frames of Opus overlap (RFC 6716, 4.3.7): at most 40 ms more than was asked for at either end.
namespace sotto::recording {

using interview::Span;

/// For sealedlog::rewrite(): every packet of the spans becomes part of an AudioErased record, a record that lies partly
/// inside is split, and all else stays byte for byte, but the opening, which says the present format afterwards. Events
/// are passed on: see interview::eraseFilter(), and interview::inTurn(). An audio record that makes no sense is
/// dropped: nothing can play it, and nobody can tell what it holds. It remembers the log it goes through: one rewrite
/// at a time; a repetition is fine. NewerVersion for audio of a newer Sotto.
[[nodiscard]] sealedlog::Filter eraseFilter(std::vector<Span> spans);

/// No packet stays; segments, times and offsets do.
[[nodiscard]] sealedlog::Filter eraseAllAudio();

/// The map with the same packets marked as erased, as if the log had been rewritten: Player and export are silent
/// there. For whatever reads a log whose spans are still to be erased.
[[nodiscard]] AudioMap withoutSpans(AudioMap map, const std::vector<Span>& spans);

}  // namespace sotto::recording
