// SPDX-License-Identifier: Apache-2.0
#include "withdraw_view_model.h"

#include <QDateTime>
#include <QLocale>

#include "error_text.h"
#include "people/people.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using workflow::Wish;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

QString dayText(std::int64_t utcMs) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(utcMs).date(), QLocale::LongFormat);
}

/// The interview that runs is over for now, whatever is decided: recording stops before anything is read.
Result<std::optional<SessionId>> stopLive(Tablet& tablet, const ParticipantId& participant) {
    if (tablet.live() == nullptr || tablet.live()->opening().participant != participant) {
        return std::optional<SessionId>();
    }
    SOTTO_TRY(tablet.stop());
    return std::optional(tablet.live()->id());
}

/// What was told up to here is closed, so that it can be sealed or erased; undecided, it stays open as it is.
Result<> closeLive(Tablet& tablet, Wish wish) {
    if (tablet.live() == nullptr) return {};
    const bool ends = wish == Wish::Stop || wish == Wish::EraseAudio;
    const Result<> ended = ends ? tablet.live()->end() : Result<>();
    tablet.takeLive(nullptr);
    return ended;
}

}  // namespace

WithdrawViewModel::WithdrawViewModel(VaultThread& vault, SettingsViewModel& settings,
                                     const std::optional<ParticipantId>& participant, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_participant(participant) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &WithdrawViewModel::changed);
    if (m_participant) {
        open();
    } else {
        find();
    }
}

void WithdrawViewModel::find() {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<std::vector<workflow::TakenBack>> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return workflow::takenBack(*home);
        },
        [this](Result<std::vector<workflow::TakenBack>> all) {
            if (!all) return setError(all.error());
            m_takenBack = *std::move(all);
            setState(State::Finding);
        });
}

void WithdrawViewModel::findByCode(const QString& code) {
    if (code.trimmed().isEmpty()) return;
    m_vault->run(
        this,
        [code](Tablet& tablet) -> Result<std::optional<ParticipantId>> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return workflow::participantOfCode(*home, code);
        },
        [this](const Result<std::optional<ParticipantId>>& found) {
            if (!found) return setError(found.error());
            m_isCodeUnknown = !found->has_value();
            if (m_isCodeUnknown) return emit changed();
            m_participant = **found;
            open();
        });
}

void WithdrawViewModel::open() {
    m_vault->run(
        this,
        [participant = *m_participant](Tablet& tablet) -> Result<Loaded> {
            Loaded loaded;
            SOTTO_ASSIGN(loaded.session, stopLive(tablet, participant));
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(loaded.outlook, workflow::outlookOf(*home, participant));
            SOTTO_ASSIGN(const auto person, people::Participants(home->sessions()).find(participant));
            if (person) loaded.pseudonym = person->pseudonym;
            loaded.canErase =
                home->holds(workflow::Compartment::Identities) && home->holds(workflow::Compartment::Outbox);
            return loaded;
        },
        [this](Result<Loaded> loaded) {
            if (!loaded) return setError(loaded.error());
            m_loaded = *std::move(loaded);
            setState(State::Choosing);
        });
}

void WithdrawViewModel::take(Wish wish, int days) {
    if (m_state != State::Choosing || (wish == Wish::Later && days < 1)) return;
    m_error.clear();
    setState(State::Working);
    m_vault->run(
        this,
        [participant = *m_participant, wish, days](Tablet& tablet) -> Result<workflow::WithdrawalReport> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            // What can't be closed in order is closed at the next unlock; nobody is kept from taking back by it.
            static_cast<void>(closeLive(tablet, wish));
            std::optional<std::int64_t> until;
            if (wish == Wish::Later) until = home->clock().now().utcMs + days * kDayMs;
            return workflow::withdraw(*home, participant, wish, until);
        },
        [this](const Result<workflow::WithdrawalReport>& report) {
            if (!report) {
                setState(State::Choosing);
                return setError(report.error());
            }
            m_report = *report;
            setState(State::Done);
        });
}

bool WithdrawViewModel::canGoOn() const {
    if (!m_loaded) return false;
    const auto& current = m_loaded->outlook.current;
    return m_loaded->session || (current && (current->wish == Wish::Later || current->wish == Wish::Stop));
}

void WithdrawViewModel::goOn() {
    if (m_state != State::Choosing || !m_loaded) return;
    if (m_loaded->session) return emit interviewWanted(*m_participant, *m_loaded->session);
    take(Wish::GoOn, 0);
}

void WithdrawViewModel::leave() {
    if (m_state == State::Working) return;
    const bool isGone = m_report && m_report->wish == Wish::Erase;
    if (!m_participant || isGone) return emit homeWanted();
    if (!m_report && m_loaded && m_loaded->session) return emit interviewWanted(*m_participant, *m_loaded->session);
    emit personWanted(*m_participant);
}

QString WithdrawViewModel::currentText() const {
    if (!m_loaded || !m_loaded->outlook.current) return {};
    const workflow::Withdrawal& current = *m_loaded->outlook.current;
    if (current.wish == Wish::Later && current.untilUtcMs) {
        return tr("Not decided yet. Since %1 everything is locked; the day for the decision is %2. Until they decide, "
                  "nothing is sent, heard or erased.")
            .arg(dayText(current.utcMs), dayText(*current.untilUtcMs));
    }
    if (current.wish == Wish::EraseAudio)
        return tr("They took back on %1: the sound is erased.").arg(dayText(current.utcMs));
    return tr("They stopped on %1. What was told before is kept.").arg(dayText(current.utcMs));
}

QStringList WithdrawViewModel::meanings() const {
    QStringList sentences;
    if (!m_loaded) return sentences;
    const workflow::WithdrawalOutlook& outlook = m_loaded->outlook;
    sentences += tr("They need not give a reason, and nothing of what was promised to them is lost by it.");
    if (outlook.interviews > 0) {
        sentences += tr("%n interview(s) of theirs are on this tablet.", nullptr, outlook.interviews);
    }
    if (outlook.packagesSent > 0) {
        sentences +=
            tr("Part of it was already sent. If they have it erased, a signed order goes to the lab with the next "
               "delivery, and the lab answers what it removed. What was already counted in results cannot be "
               "taken out.");
    }
    if (outlook.isInPair) {
        sentences += tr("The interview of the other person stays, also where it speaks of them.");
    }
    if (outlook.groupSessions > 0) {
        sentences +=
            tr("In the group, what was marked as theirs is erased; what the others said stays. What was not "
               "marked as anybody's cannot be told apart and stays.");
    }
    return sentences;
}

QVariantList WithdrawViewModel::takenBack() const {
    const auto whatOf = [](Wish wish) {
        switch (wish) {
            case Wish::Erase:
                return tr("Everything erased");
            case Wish::EraseAudio:
                return tr("Sound erased");
            case Wish::Later:
                return tr("Not decided yet");
            default:
                return tr("Stopped, kept up to there");
        }
    };
    QVariantList list;
    for (const workflow::TakenBack& one : m_takenBack) {
        QString lab;
        if (one.receipt) {
            lab = tr("Erased at the lab on %1").arg(dayText(one.receipt->atUtcMs));
            if (!one.receipt->copies.empty()) {
                lab += u' ' + tr("%n copy(ies) there are deleted by hand.", nullptr,
                                 static_cast<int>(one.receipt->copies.size()));
            }
        } else if (one.isOrdered) {
            lab = one.isSent ? tr("The lab has been told") : tr("The lab is told with the next delivery");
        }
        const bool isUnfinished = !one.withdrawal.isDone;
        if (isUnfinished) lab = tr("In force; the rest is done at the next unlock");
        list.append(QVariantMap{{QStringLiteral("what"), whatOf(one.withdrawal.wish)},
                                {QStringLiteral("when"), dayText(one.withdrawal.utcMs)},
                                {QStringLiteral("lab"), lab}});
    }
    return list;
}

QString WithdrawViewModel::doneText() const {
    if (!m_report) return {};
    QStringList sentences;
    switch (m_report->wish) {
        case Wish::Stop:
            sentences += tr("Nothing more is asked of them. What was told before is kept and used as they agreed.");
            break;
        case Wish::Erase:
            sentences += m_report->isDone ? tr("Everything of theirs is erased on this tablet.")
                                          : tr("Nothing of theirs leaves or opens from now on.");
            break;
        case Wish::EraseAudio:
            sentences += m_report->isDone ? tr("The sound is erased on this tablet. What was noted is kept.")
                                          : tr("Nothing of theirs leaves or opens from now on.");
            break;
        case Wish::Later:
            sentences += tr("Everything is locked. Nothing is sent, heard or erased, and nobody asks before the day.");
            break;
        case Wish::GoOn:
            sentences += tr("They take part as before.");
            break;
    }
    if (m_report->packagesSent > 0) sentences += tr("The lab is told with the next delivery.");
    if (!m_report->isDone) sentences += tr("The rest is done at the next unlock.");
    return sentences.join(u' ');
}

void WithdrawViewModel::setState(State state) {
    m_state = state;
    emit changed();
}

void WithdrawViewModel::setError(const Error& error) {
    m_error = errorText(error);
    emit changed();
}

}  // namespace sotto::app
