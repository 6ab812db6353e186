// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QDate>
#include <QString>
#include <QStringList>

#include "study/local_text.h"

// What study.yaml lays down besides roles and help lines: whom one may nominate, how a group is held, where data lie,
// who governs them. Values; immutable after reading.
namespace sotto::study {

/// When a form of a role is asked, seen from the interview.
enum class FormMoment { Before, After, Any };
/// Who fills it in: the participant with the tablet in hand, or the interviewer who asks.
enum class FilledBy { Participant, Interviewer };

struct RoleForm {
    QString form;
    FormMoment moment = FormMoment::After;
    FilledBy by = FilledBy::Participant;
};

/// Single: an interview of one. Group: several speak in one session. Alone: forms only, no interview.
enum class SessionManner { Single, Group, Alone };

/// How the person nominated is reached. PassesOn: the nominator hands on the invitation. Permits: the nominator gives a
/// way to reach them, and says what may be told.
enum class NominationWay { PassesOn, Permits };
/// What the team may say to the person nominated about where their name comes from.
enum class MaySay { Name, StudyTopic, NothingElse };

/// Somebody of role `by` names `each` persons of each role in `of`.
struct Nomination {
    QString by;
    QStringList of;
    int each = 1;
    std::vector<NominationWay> ways;
    std::vector<MaySay> maySay;
    int forgetAfterDays = 30;  ///< a contact that was not answered is erased after so many days
};

/// What a group may do when one of them refuses the recording.
enum class AudioRefusal { NotesOnly, Apart };

struct GroupPolicy {
    int most = 15;
    std::vector<AudioRefusal> ifOneRefusesAudio;
};

struct VisitPolicy {
    int most = 1;
    /// Consent is confirmed at the start of each visit, and within one after so many minutes of pause; 0: never then.
    int confirmAfterPauseMinutes = 0;
};

struct CompensationPolicy {
    QString amount;              ///< "30 $"; empty: none
    bool isGivenAtStart = true;  ///< whatever becomes of the interview; otherwise at the end
};

struct Site {
    QString id;
    LocalText name;
    QString place;  ///< "QC", as in crisis lines
};

struct Retention {
    int years = 0;                           ///< 0: not said
    std::optional<QDate> untilWithdrawal{};  ///< until when data can be taken back; nothing: not said
};

/// Where the lab keeps what tablets send. `assessment` names the privacy assessment that a place outside Québec needs.
struct StoragePolicy {
    QString place;
    QString assessment;
};

/// A community that governs the data.
struct DataCustodian {
    QString name;
    bool approvesExport = false;  ///< no research package leaves the lab without their approval
};

struct OnCall {
    QString name;
    QString phone;
};

struct StudyContacts {
    QString team;        ///< whom to ask, withdrawal too
    QString complaints;  ///< who is independent of the team
};

/// All of the above. A study that says nothing has what stands here.
struct StudyPolicy {
    std::vector<Nomination> nominations;
    bool hasWall = false;  ///< nothing of one interview of a pair is shown in the other's
    std::optional<GroupPolicy> group;
    VisitPolicy visits;
    CompensationPolicy compensation;
    Retention retention;
    std::vector<Site> sites;
    StoragePolicy storage;
    std::optional<DataCustodian> custodian;
    StudyContacts contacts;
    std::optional<OnCall> onCall;  ///< public: shown while the tablet is locked
    [[nodiscard]] const Site* site(const QString& id) const;
    [[nodiscard]] const Nomination* nominationBy(const QString& role) const;
};

}  // namespace sotto::study
