// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/clock.h"
#include "base/ids.h"
#include "consent/consent.h"
#include "study/study_pack.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Consent on the glass, in the participant's language: the text section by section, the items one by one, the two
/// signatures. Nothing is kept before the last step; going back loses no answer. Declining is one touch away on every
/// step and needs neither a reason nor a signature. GUI thread.
class ConsentViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(Step step READ step NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList languages READ languages NOTIFY changed FINAL)
    Q_PROPERTY(QString language READ language NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString version READ version NOTIFY changed FINAL)
    Q_PROPERTY(int index READ index NOTIFY changed FINAL)
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    Q_PROPERTY(QString heading READ heading NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(QString answer READ answer NOTIFY changed FINAL)
    Q_PROPERTY(bool required READ isRequired NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList summary READ summary NOTIFY changed FINAL)
    Q_PROPERTY(bool takesPart READ takesPart NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList participantStrokes READ participantStrokes NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList interviewerStrokes READ interviewerStrokes NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class Step { Loading, Language, Read, Item, Summary, Participant, Interviewer, Done };
    Q_ENUM(Step)

    ConsentViewModel(VaultThread& vault, SettingsViewModel& settings, const ParticipantId& participant,
                     QObject* parent = nullptr);
    ~ConsentViewModel() override;

    [[nodiscard]] Step step() const { return m_step; }
    /// Each: code, name (in its own language).
    [[nodiscard]] QVariantList languages() const;
    [[nodiscard]] QString language() const { return m_form ? m_form->language : QString(); }
    [[nodiscard]] QString title() const { return m_form ? m_form->title : QString(); }
    [[nodiscard]] QString version() const { return m_form ? m_form->version : QString(); }
    /// Of the section or item shown: 0, 1, ...
    [[nodiscard]] int index() const { return m_index; }
    [[nodiscard]] int count() const;
    [[nodiscard]] QString heading() const;
    /// Markdown of the section; plain text of the item.
    [[nodiscard]] QString text() const;
    /// "yes", "no", or empty while the item shown is not answered.
    [[nodiscard]] QString answer() const;
    [[nodiscard]] bool isRequired() const;
    /// Each: text, yes.
    [[nodiscard]] QVariantList summary() const;
    /// Every required item was answered yes.
    [[nodiscard]] bool takesPart() const;
    [[nodiscard]] QVariantList participantStrokes() const { return m_strokes.value(consent::Signer::Participant); }
    [[nodiscard]] QVariantList interviewerStrokes() const { return m_strokes.value(consent::Signer::Interviewer); }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void chooseLanguage(const QString& code);
    Q_INVOKABLE void next();
    Q_INVOKABLE void back();
    Q_INVOKABLE void answerItem(bool yes);
    /// Strokes as the pad gives them: a list of strokes, each a list of points in thousandths of the pad's width.
    Q_INVOKABLE void keepParticipantStrokes(const QVariantList& strokes);
    Q_INVOKABLE void keepInterviewerStrokes(const QVariantList& strokes);
    /// Binds the answers to the text, signs and keeps them.
    Q_INVOKABLE void sign();
    Q_INVOKABLE void decline();
    Q_INVOKABLE void finish() { emit finished(); }

signals:
    void changed();
    void finished();

private:
    void goTo(Step step, int index = 0);
    void load();
    [[nodiscard]] consent::Answers answers() const;
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    ParticipantId m_participant;
    std::vector<study::ConsentForm> m_forms;  ///< of the participant's role, one per language
    const study::ConsentForm* m_form = nullptr;
    Step m_step = Step::Loading;
    int m_index = 0;
    std::map<QString, bool> m_answers;
    QMap<consent::Signer, QVariantList> m_strokes;
    std::optional<Instant> m_shownAt;
    bool m_isBusy = false;
    QString m_error;
};

}  // namespace sotto::app
