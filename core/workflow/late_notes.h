// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "interview/session_index.h"
#include "package/content.h"
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
    std::int64_t utcMs = 0;
    QString text;
    LateNoteState state = LateNoteState::Waiting;
};

inline constexpr qsizetype kMaxLateNoteChars = 100'000;

/// The tables: `late_note` and the FTS5 table of its words. A session's row can't be deleted before them (a trigger).
[[nodiscard]] vault::Schema lateNotesSchema();

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

// ---- For sealing and forgetting

/// Within the transaction that takes the session away.
[[nodiscard]] Result<> eraseLateNotes(vault::Database& sessions, const SessionId& session);
/// The same of one, be it that it is in a package.
[[nodiscard]] Result<> eraseLateNote(vault::Database& sessions, std::int64_t id);

/// late-notes.json, if there are any: all of the session's, as they are now.
[[nodiscard]] Result<std::optional<package::PackageFile>> lateNotesFile(Home& home, const SessionId& session);
/// They are in that content package, should it come into the queue.
[[nodiscard]] Result<> putLateNotesIn(Home& home, const SessionId& session, const PackageId& package);

}  // namespace sotto::workflow
