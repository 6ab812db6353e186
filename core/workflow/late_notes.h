// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "interview/session_index.h"
#include "workflow/home.h"

/// Field notes and memos written after an interview was ended or sealed, without opening its log again. They lie in the
/// sessions vault, go with their session when that is erased, and are found by their words.
namespace sotto::workflow {

enum class LateNoteState {
    Waiting,     ///< the session is not sealed yet: the note will be in its content package
    InPackage,   ///< it is in the content package of the session
    NotSentYet,  ///< written after the session was sealed; this version has no package for it: it stays here
};

struct LateNote {
    std::int64_t id = 0;
    SessionId session;
    Instant at;
    QString text;
    LateNoteState state = LateNoteState::Waiting;
};

inline constexpr qsizetype kMaxLateNoteChars = 100'000;

/// Durable on return. NotFound for no such session; InvalidArgument for a blank or far too long text; NotAllowed for a
/// session whose log is still open (commit a note to it).
[[nodiscard]] Result<std::int64_t> addLateNote(Home& home, const SessionId& session, const QString& text);
/// Takes it away, words and all. NotFound; NotAllowed once it is in a package.
[[nodiscard]] Result<> removeLateNote(Home& home, std::int64_t id);
/// Oldest first. Without the outbox the state is a guess from the session's.
[[nodiscard]] Result<std::vector<LateNote>> lateNotes(Home& home, const SessionId& session);

/// Late notes, and notes and marks of the interviews, by their words: as SessionIndex::search().
struct FoundNote {
    SessionId session;
    std::optional<RecordedOffset> offset;  ///< of a note in the interview
    std::optional<std::int64_t> lateNote;  ///< id of a late one
    QString snippet;
};
[[nodiscard]] Result<std::vector<FoundNote>> searchNotes(Home& home, const QString& words, int limit = 50);

}  // namespace sotto::workflow
