// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "interview/around.h"
#include "interview/opening.h"

namespace sotto::app {

/// How an interview stands with what surrounds it; taken from the session on the vault thread. A value.
struct AroundView {
    std::vector<interview::PersonPresent> people;
    std::optional<bool> overheard;
    interview::Manner manner = interview::Manner::InPerson;
    int visit = 1;
    int visitsMost = 1;  ///< that the study plans for one person
};

/// What surrounds an interview: which visit it is, in person or by telephone, who else is there, who could overhear,
/// and somebody who came in. What is said before it begins waits and is the first that is written. Part of
/// InterviewViewModel. GUI thread.
class AroundViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of InterviewViewModel")
    Q_PROPERTY(QString visitText READ visitText NOTIFY changed FINAL)
    Q_PROPERTY(bool beyondVisits READ isBeyondVisits NOTIFY changed FINAL)
    Q_PROPERTY(bool telephone READ isTelephone NOTIFY changed FINAL)
    Q_PROPERTY(QString earshot READ earshot NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList people READ people NOTIFY changed FINAL)
    Q_PROPERTY(bool mayRecord READ mayRecord NOTIFY changed FINAL)
    Q_PROPERTY(bool proposesSpan READ proposesSpan NOTIFY proposalChanged FINAL)
    Q_PROPERTY(QVariantList spanChoices READ spanChoices NOTIFY proposalChanged FINAL)

public:
    /// `say` commits events to a session that has begun, at its present place, and is called for each.
    using Say = std::function<void(interview::Event)>;
    /// Takes back the stretch from one offset to another.
    using TakeBack = std::function<void(std::int64_t fromMs, std::int64_t toMs)>;
    AroundViewModel(Say say, TakeBack takeBack, QObject* parent = nullptr);

    /// "Visit 2 of 3"; empty where the study plans one visit and this is it.
    [[nodiscard]] QString visitText() const;
    [[nodiscard]] bool isBeyondVisits() const { return m_view.visit > m_view.visitsMost; }
    [[nodiscard]] bool isTelephone() const { return m_view.manner == interview::Manner::Telephone; }
    [[nodiscard]] interview::Manner manner() const { return m_view.manner; }
    /// nobody, possible, or empty: nobody asked yet.
    [[nodiscard]] QString earshot() const;
    /// Each: id, as (interpreter, support, other), pledged, audio, there.
    [[nodiscard]] QVariantList people() const;
    /// False while somebody is there who did not agree to being recorded.
    [[nodiscard]] bool mayRecord() const;
    [[nodiscard]] bool proposesSpan() const { return m_cameInAtMs.has_value(); }
    /// How far back the words before somebody came in are to be taken back; each: seconds, text. 0 is from the
    /// beginning.
    [[nodiscard]] QVariantList spanChoices() const;

    /// Only before it begins.
    Q_INVOKABLE void setTelephone(bool telephone);
    Q_INVOKABLE void sayEarshot(bool possible);
    /// `as` is interpreter, support or other.
    Q_INVOKABLE void addPerson(const QString& as, bool pledged, bool agreedAudio);
    /// They left, or are back.
    Q_INVOKABLE void setThere(const QString& id, bool isThere);
    /// They agree to being recorded, or no longer do.
    Q_INVOKABLE void setAgreedAudio(const QString& id, bool agrees);
    /// Takes back what was said in the last so many seconds before somebody came in.
    Q_INVOKABLE void takeBackSince(int seconds);
    Q_INVOKABLE void keepAll();

    void update(const AroundView& view);
    /// What was said before the session begins.
    [[nodiscard]] const std::vector<interview::Event>& waiting() const { return m_waiting; }
    /// The session has it now; from here on everything is said to it.
    void begun();
    /// Somebody came in while this much was recorded; 0 proposes nothing.
    void cameIn(std::int64_t positionMs);

signals:
    void changed();
    void proposalChanged();

private:
    void tell(interview::Event event);
    [[nodiscard]] std::vector<interview::PersonPresent> everybody() const;
    [[nodiscard]] std::optional<interview::PersonPresent> person(const QString& id) const;

    Say m_say;
    TakeBack m_takeBack;
    AroundView m_view;
    std::vector<interview::Event> m_waiting;
    std::optional<std::int64_t> m_cameInAtMs;
    bool m_hasBegun = false;
};

}  // namespace sotto::app
