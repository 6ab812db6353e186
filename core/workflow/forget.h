// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/erasures.h"
#include "workflow/home.h"
#include "workflow/rotation.h"

/// Forgetting, on this tablet and for good. Every call follows one way (README.md, "Forgetting"): what is to go is
/// written down and taken out of the sessions vault in one transaction, from which moment on it is gone for whoever
/// looks; names, packages and logs are removed; the keys of all compartments touched are turned and their vaults
/// compacted, so that nothing here opens a copy from before. Only a tombstone without content stays. A crash or an
/// error in between is taken up again at the next unlock.
///
/// All need the three compartments (NotAllowed) and are refused while an interview runs. What has left the tablet the
/// report names; withdrawal.h has the lab told of it. Not forgotten: an old copy of the keyring together with a
/// passphrase of then opens old copies of the files; so do the custodian's keys.
namespace sotto::workflow {

/// How far it reaches.
enum class Reach {
    Tablet,  ///< what has left stays where it is; the report names it
    Lab,     ///< an order to the lab goes out with the next delivery (sync/withdrawals.h)
};

struct ErasureReport {
    QString tombstone;  ///< the erasure's id
    int sessions = 0;
    QJsonArray packagesLeft;  ///< {id, sha256, session, kind} of the packages that had left before
};

/// A session: log, row, notes, words, packages. Its number is never given again. NotFound.
[[nodiscard]] Result<ErasureReport> eraseSession(Home& home, const SessionId& session, const OnProgress& progress = {});

/// Somebody altogether: all their sessions, name, consents, and their part in the sessions of groups (eraseMember()),
/// all gone at one moment. The other of a pair stays. NotFound.
[[nodiscard]] Result<ErasureReport> eraseParticipant(Home& home, const ParticipantId& participant,
                                                     const OnProgress& progress = {}, Reach reach = Reach::Tablet);

/// The sound of all their sessions, as eraseAudio(). NotFound.
[[nodiscard]] Result<ErasureReport> eraseAudioOf(Home& home, const ParticipantId& participant,
                                                 Reach reach = Reach::Tablet, const OnProgress& progress = {});

/// The sound of a session and nothing else; events, notes and durations stay. A session that was sealed and has not
/// begun to leave waits for sealing again. NotFound.
[[nodiscard]] Result<ErasureReport> eraseAudio(Home& home, const SessionId& session, const OnProgress& progress = {});

/// Stretches of a session: their sound, and what the events in them say. Offsets stay true. As eraseAudio().
[[nodiscard]] Result<ErasureReport> eraseSpans(Home& home, const SessionId& session,
                                               const std::vector<ErasedSpan>& spans, const OnProgress& progress = {});

/// One member out of a group's session: what they were marked as saying, what was noted of it, and that they were
/// there; their name and consents stay (eraseParticipant() takes both). The others' session stays; what was said while
/// nobody, or several, were marked can't be told apart and stays as well. If nobody else is left in it, the whole
/// session goes. As eraseSpans(); the identity package goes from here too, for it holds their name. NotFound if they
/// were not in it.
[[nodiscard]] Result<ErasureReport> eraseMember(Home& home, const SessionId& session, const ParticipantId& participant,
                                                const OnProgress& progress = {});

/// For whoever is about to read or seal the log of a session: finishes what was to be taken out of it. An error of that
/// removal means that the log still holds what must not leave.
[[nodiscard]] Result<> finishRemovingFrom(Home& home, const SessionId& session);
/// Names, consents and evidence of people who are being erased: whoever holds sessions and identities removes them. Run
/// at unlock before anything compares these two vaults, and would bring back what one of them still has.
[[nodiscard]] Result<> removePersonsToErase(Home& home);
/// Takes up again the removing part of erasures that were broken off. Run at unlock before anything else looks at the
/// logs. Returns how many erasures are unfinished still, their keys being left to turn.
[[nodiscard]] Result<int> resumeErasures(Home& home);
/// Turns the keys for them. Returns how many were finished.
[[nodiscard]] Result<int> finishErasures(Home& home, const OnProgress& progress = {});

}  // namespace sotto::workflow
