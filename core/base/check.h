// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sotto {

/// Prints the broken invariant and aborts. Never returns; active in release builds too, because going on with a
/// broken invariant could destroy a recording.
[[noreturn]] void checkFailed(const char* condition, const char* file, int line);

}  // namespace sotto

/// An invariant of the program, never a judgement of input: bad input is an Error, a false SOTTO_CHECK is our bug.
#define SOTTO_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::sotto::checkFailed(#condition, __FILE__, __LINE__))
