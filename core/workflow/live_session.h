// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <span>

#include "consent/consent.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "interview/timeline.h"
#include "people/people.h"
#include "recording/recorder.h"
#include "workflow/home.h"
#include "workflow/live_events.h"

namespace sotto::workflow {

struct GroupChoice;

/// One interview while it runs: the session log, its recorder and its row in the vault kept in step. The app drives it
/// with a microphone, the rehearsal with a file. One thread for events, one may feed samples (see Recorder).
class LiveSession {
public:
    /// Begins a session for a participant whose consent is in force: creates the log (first) and the vault's row.
    /// The language is that of the consent. Errors as planSession(); NoSpace, before anything is there, without room
    /// for ten minutes of sound. Without the audio item the session is notes-only: hasAudio() is false and record()
    /// answers ConsentMissing.
    [[nodiscard]] static Result<std::unique_ptr<LiveSession>> begin(
        Home& home, const people::Participant& participant, bool practice,
        interview::Manner manner = interview::Manner::InPerson);
    /// Goes on in a session that was broken off (Interrupted), or that was stopped and not ended: the same log, row and
    /// number. What a crash left of the last segment gets its end, Interrupted; record() begins another and commits
    /// Resume. The guide is that of the study version in which the session began. Both consents count, that of the day
    /// and the one in force: ConsentMissing if the participant no longer takes part; without the audio item in either
    /// record() answers ConsentMissing. Of a group, members who take part no longer have left by then. NotFound;
    /// NotAllowed for a session that was ended or sealed; Busy for one that
    /// runs; Damaged for a log that does not verify or ends before its anchor (sealing gives what verifies).
    [[nodiscard]] static Result<std::unique_ptr<LiveSession>> resume(Home& home, const SessionId& session);
    /// The same for a group. Errors as planGroup() and partiesOf(); the language is the one that most of those there
    /// signed in. If it is to be recorded, the microphone may run only while everybody who is there agrees to it.
    [[nodiscard]] static Result<std::unique_ptr<LiveSession>> beginGroup(Home& home, const ParticipantId& group,
                                                                         const GroupChoice& choice, bool practice);
    ~LiveSession();

    /// Lets go of the home, which the caller then locks: from here on the session has no key but that of its own log.
    /// A recording goes on, and ends and begins again with the microphone; pause() and goOffRecord() still stop it;
    /// everything that is said of it answers Locked. Until attach() a second program is kept out of the home. What it
    /// holds is synced and anchored first, as far as the disk allows.
    void detach();
    /// Goes on in the home unlocked again, with hold(): nothing of the recording is touched. NotAllowed for a person
    /// without the sessions; Damaged if the home does not know the session any more. After a failure it is as before.
    [[nodiscard]] Result<> attach(Home& home);
    [[nodiscard]] bool isDetached() const { return m_home == nullptr; }
    /// For Home::unlockAgain().
    [[nodiscard]] std::shared_ptr<File> hold() const { return m_hold; }

    [[nodiscard]] SessionId id() const { return m_log->opening().session; }
    [[nodiscard]] const interview::Opening& opening() const { return m_log->opening(); }
    [[nodiscard]] bool hasAudio() const { return m_recorder != nullptr; }
    [[nodiscard]] bool isRecording() const { return m_recorder && m_recorder->isRunning(); }
    /// Something was recorded in this session before, be it in an earlier run of the program.
    [[nodiscard]] bool hasRecordedBefore() const { return m_recordedBefore; }
    [[nodiscard]] const study::Guide& guide() const { return *m_guide; }

    /// Starts or goes on recording; commits a Resume event unless it is the first start. After a failure nothing is
    /// being recorded. ConsentMissing too while somebody is there who did not agree to being recorded.
    [[nodiscard]] Result<> record();
    /// Samples from the microphone; NotAllowed while not recording. An error of the disk ends the segment; what was
    /// recorded stays, and record() may be tried again.
    [[nodiscard]] Result<> feed(std::span<const std::int16_t> samples);
    /// Stops encoding at once, then commits Pause or OffRecord. Nothing is recorded on return, failed or not; where
    /// nothing was being recorded, it is only the event.
    [[nodiscard]] Result<> pause();
    [[nodiscard]] Result<> goOffRecord();
    /// The microphone is gone: ends the segment as Device, without an event; record() goes on later behind a marked
    /// gap. Nothing is recorded on return, failed or not.
    [[nodiscard]] Result<> loseMicrophone();
    /// The conversation is over and wrap-up begins: ends the segment as End, without an event, and remembers in the row
    /// that the session was not broken off, so that it waits for its wrap-up, be it in another run (resume()).
    /// record() may still go on. Nothing is recorded on return, failed or not. May be called again.
    [[nodiscard]] Result<> stop();
    /// Checks the event against the study, stamps time and offset (0 in a notes-only session), commits it. Its number
    /// is eventCount() then. An event by which somebody is there who did not agree to being recorded ends the recording
    /// first, as pause() does. While the home is locked, only what was done for support is taken: it has no content.
    [[nodiscard]] Result<> commit(interview::Event event);
    /// The same about an earlier moment, at any time until end(): the code of a mark, a span that is taken back.
    /// InvalidArgument for an offset (or the end of a span) outside 0 to position(), and for what the recording itself
    /// did (pause, resume, off the record) and corrections.
    [[nodiscard]] Result<> commitAt(interview::Event event, RecordedOffset offset);
    /// Another event in the place of number `number`, at its offset: the text of a mark, the dimensions of a code. The
    /// new one is committed first, so that a crash in between leaves both rather than none. As correct().
    [[nodiscard]] Result<> amend(std::uint64_t number, interview::Event event);
    /// Takes an event back. NotFound unless it stands; NotAllowed for what the recording itself did.
    [[nodiscard]] Result<> correct(std::uint64_t number);
    /// Ends the recording, writes FINAL and the anchor; the session waits for sealing. Uses the room kept in reserve,
    /// so that it succeeds on a full disk. May be called again after a failure.
    [[nodiscard]] Result<> end();

    // ---- In a group
    [[nodiscard]] bool isGroup() const { return opening().group.has_value(); }
    /// Participant ids of the members who are in the room.
    [[nodiscard]] std::set<QString> membersThere() const;
    /// Who was touched last and is there; interview::several(), or empty for nobody yet.
    [[nodiscard]] QString speaker() const;
    /// From here on this member speaks, or interview::several(). NotAllowed for one who is not there.
    [[nodiscard]] Result<> speak(const QString& member);
    /// Somebody of the group comes in, late or again. A recording that they did not agree to pauses before they are
    /// there, and can't go on while they are. InvalidArgument for somebody who is not in the group; ConsentMissing for
    /// one who may not take part.
    [[nodiscard]] Result<> join(const ParticipantId& member);
    /// Somebody goes; what they said stays. NotFound.
    [[nodiscard]] Result<> leave(const ParticipantId& member);

    [[nodiscard]] RecordedOffset position() const;
    [[nodiscard]] RecordedOffset synced() const;
    [[nodiscard]] std::uint64_t eventCount() const { return m_log->eventCount(); }
    [[nodiscard]] recording::Level level() const;

    // ---- Views, kept in memory and computed anew after an event only. On the thread of the events.
    /// All that stand, in their order, with their numbers (standingEvents()).
    [[nodiscard]] const std::vector<interview::Event>& events() const { return m_events.standing(); }
    /// Every event ever committed, corrected ones and corrections included: for Listening::update().
    [[nodiscard]] const std::vector<interview::Event>& allEvents() const { return m_events.all(); }
    [[nodiscard]] const std::vector<interview::QuestionCoverage>& coverage() const;
    /// Recorded milliseconds per section up to now.
    [[nodiscard]] std::map<QString, std::int64_t> sectionTimes() const;
    /// The question asked last; empty before the first.
    [[nodiscard]] QString currentQuestion() const { return m_events.currentQuestion(); }
    /// The last mark, code, link or answer that stands: what "undo" takes back.
    [[nodiscard]] std::optional<interview::Event> lastUndoable() const { return m_events.lastUndoable(); }

private:
    explicit LiveSession(Home& home);
    [[nodiscard]] static Result<std::unique_ptr<LiveSession>> start(Home& home,
                                                                    std::shared_ptr<const study::SignedPack> study,
                                                                    const study::Guide* guide,
                                                                    const interview::Opening& opening);
    [[nodiscard]] Result<> checkGroupEvent(const interview::Event& event);
    [[nodiscard]] Result<> checkGroupAudio() const;
    [[nodiscard]] Result<> sendAwayWhoTakesPartNoLonger();
    [[nodiscard]] Result<> endTurn();
    [[nodiscard]] Result<> walk(std::shared_ptr<const study::SignedPack> study, const QString& role,
                                const QString& language);
    [[nodiscard]] Result<> openRecorder();
    /// Locked while there is no home.
    [[nodiscard]] Result<> needHome() const;
    [[nodiscard]] Result<> checkAudioConsent() const;
    [[nodiscard]] Result<> checkThosePresent() const;
    [[nodiscard]] Result<> stopForThosePresent(const interview::Event& event);
    void releaseBallast();
    void renewBallast();
    [[nodiscard]] Result<> reopen(const interview::SessionRow& row);
    [[nodiscard]] Result<> write(interview::Event event, RecordedOffset offset);
    [[nodiscard]] Result<> enterAgain();
    [[nodiscard]] Result<> takeBackStop();
    [[nodiscard]] Result<interview::Event> correctable(std::uint64_t number) const;
    [[nodiscard]] Result<> enterInVault(const std::string& logName);
    [[nodiscard]] Result<> stopRecorder(recording::SegmentEnding ending);
    [[nodiscard]] Result<> stopRecording(recording::SegmentEnding ending, interview::EventKind kind);
    [[nodiscard]] Result<> close();
    void anchor();

    Home* m_home;  ///< null while detached
    FileSystem* m_files;
    const Clock* m_clock;
    HomeLayout m_layout;
    std::shared_ptr<File> m_hold;
    std::shared_ptr<const study::SignedPack> m_study;  ///< that the session is held under
    const study::Guide* m_guide = nullptr;
    std::unique_ptr<interview::SessionLog> m_log;
    std::unique_ptr<recording::Recorder> m_recorder;
    LiveEvents m_events;
    bool m_recordedBefore = false;
    bool m_mayRecordLocked = false;  ///< the consent in force allowed it at detach(); nobody can change it since
    bool m_isStopped = false;        ///< the row says that the recording ended in order
    bool m_brokeOff = false;         ///< a segment may still lack its end
    bool m_finished = false;         ///< the log has its FINAL record
    bool m_isClosed = false;         ///< end() succeeded
};

}  // namespace sotto::workflow
