// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "base/clock.h"
#include "base/ids.h"
#include "people/home_visits.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// The card of an interviewer who goes to somebody's home alone: go or no-go, an expected end, a reminder when it has
/// passed, and what there is to say afterwards. The reminder bears no name and no place and shows while the tablet is
/// locked too; it is in memory only, so a program that was ended reminds again after the next unlock. GUI thread.
class HomeVisitViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool underWay READ isUnderWay NOTIFY changed FINAL)
    Q_PROPERTY(bool here READ isHere NOTIFY changed FINAL)
    Q_PROPERTY(bool overdue READ isOverdue NOTIFY changed FINAL)
    Q_PROPERTY(QString endText READ endText NOTIFY changed FINAL)
    Q_PROPERTY(bool wantsDebrief READ wantsDebrief NOTIFY changed FINAL)
    Q_PROPERTY(bool available READ isAvailable NOTIFY changed FINAL)
    Q_PROPERTY(QString lastText READ lastText NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    HomeVisitViewModel(VaultThread& vault, const SettingsViewModel& settings, const Clock& clock,
                       QObject* parent = nullptr);

    [[nodiscard]] bool isUnderWay() const { return m_running.has_value(); }
    /// The visit under way is to the person whose page is shown.
    [[nodiscard]] bool isHere() const { return m_running && m_participant == m_running->participant; }
    [[nodiscard]] bool isOverdue() const;
    /// "15:30", or empty.
    [[nodiscard]] QString endText() const;
    /// The last visit to this person is over and nothing was said of it yet.
    [[nodiscard]] bool wantsDebrief() const { return m_undebriefed.has_value(); }
    /// The identities are open, and somebody's page is shown.
    [[nodiscard]] bool isAvailable() const { return m_isAvailable; }
    /// What was decided last about this person, in words; empty before.
    [[nodiscard]] QString lastText() const { return m_lastText; }
    [[nodiscard]] QString error() const { return m_error; }

    /// Go: out again in so many minutes.
    Q_INVOKABLE void go(int minutes);
    Q_INVOKABLE void noGo();
    /// So many minutes more, from now.
    Q_INVOKABLE void prolong(int minutes);
    /// Out and safe.
    Q_INVOKABLE void end();
    Q_INVOKABLE void debrief(const QString& text);
    /// All is well; remind again in fifteen minutes. Locked or not: nothing is written.
    Q_INVOKABLE void snooze();

    /// Whose page is shown, if any; reads their visits.
    void setParticipant(const std::optional<ParticipantId>& participant);
    /// Is it time? Called by a timer.
    void look();

signals:
    void changed();

private:
    struct Known;
    using Change = std::function<Result<>(people::HomeVisits&, std::int64_t nowUtcMs)>;
    void change(Change change);
    void know(Known known);
    [[nodiscard]] std::int64_t now() const { return m_clock->now().utcMs; }

    VaultThread* m_vault;
    const Clock* m_clock;
    std::optional<ParticipantId> m_participant;
    std::optional<people::HomeVisit> m_running;
    std::optional<std::int64_t> m_undebriefed;  ///< number of the visit
    std::int64_t m_quietUntilUtcMs = 0;
    QString m_lastText;
    QString m_error;
    QTimer m_timer;
    bool m_isAvailable = false;
    bool m_wasOverdue = false;
};

}  // namespace sotto::app
