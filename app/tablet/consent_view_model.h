// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "consent_papers.h"
#include "copy_view_model.h"
#include "devices.h"
#include "statement_recorder.h"

namespace sotto::app {

class SettingsViewModel;
class Tablet;
class VaultThread;

/// Consent in the participant's language: the text section by section, what the study asks to see whether it is clear,
/// the items one by one, the signatures; on the glass, or from a paper, or aloud; by an adult, or by somebody for them
/// together with their own assent (one paper after the other). Nothing is kept before the last step; going back loses
/// no answer. Declining is one touch away on every step and needs neither a reason nor a signature. GUI thread.
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
    Q_PROPERTY(QVariantList sites READ sites NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList signers READ signers NOTIFY changed FINAL)
    Q_PROPERTY(QString signedBy READ signedBy NOTIFY changed FINAL)
    Q_PROPERTY(QString kind READ kind NOTIFY changed FINAL)
    Q_PROPERTY(bool mayBeOral READ mayBeOral NOTIFY changed FINAL)
    Q_PROPERTY(bool renewal READ isRenewal NOTIFY changed FINAL)
    Q_PROPERTY(bool last READ isLast NOTIFY changed FINAL)
    Q_PROPERTY(bool canGoOn READ canGoOn NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList options READ options NOTIFY changed FINAL)
    Q_PROPERTY(bool toExplain READ isToExplain NOTIFY changed FINAL)
    Q_PROPERTY(QString signatory READ signatory NOTIFY changed FINAL)
    Q_PROPERTY(QString witness READ witness NOTIFY changed FINAL)
    Q_PROPERTY(bool mark READ isMark NOTIFY changed FINAL)
    Q_PROPERTY(bool needsWitness READ needsWitness NOTIFY changed FINAL)
    Q_PROPERTY(bool attached READ isAttached NOTIFY changed FINAL)
    Q_PROPERTY(bool recording READ isRecording NOTIFY changed FINAL)
    Q_PROPERTY(QString statementTime READ statementTime NOTIFY ticked FINAL)
    Q_PROPERTY(double level READ level NOTIFY ticked FINAL)
    Q_PROPERTY(sotto::app::CopyViewModel* copy READ copy NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList participantStrokes READ participantStrokes NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList interviewerStrokes READ interviewerStrokes NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList witnessStrokes READ witnessStrokes NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class Step {
        Loading,
        Site,
        Signer,  ///< who decides: themself, a parent, a representative
        Language,
        Manner,  ///< on the tablet, on paper, by voice
        Read,
        Understand,
        Item,
        Summary,
        Participant,
        Picture,    ///< of the signed paper
        Statement,  ///< recorded
        Witness,
        Interviewer,
        Done
    };
    Q_ENUM(Step)

    ConsentViewModel(VaultThread& vault, SettingsViewModel& settings, const Devices& devices,
                     const ParticipantId& participant, QObject* parent = nullptr);
    ~ConsentViewModel() override;

    [[nodiscard]] Step step() const { return m_step; }
    /// Each: code, name (in its own language).
    [[nodiscard]] QVariantList languages() const;
    [[nodiscard]] QString language() const { return m_language; }
    [[nodiscard]] QString title() const { return paper() ? paper()->form.title : QString(); }
    [[nodiscard]] QString version() const { return paper() ? paper()->form.version : QString(); }
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
    /// Every required item was answered yes, on every paper so far.
    [[nodiscard]] bool takesPart() const;
    /// Each: id, name.
    [[nodiscard]] QVariantList sites() const;
    /// Names of who may sign: adult, parent, representative.
    [[nodiscard]] QVariantList signers() const;
    /// Whose paper is shown: adult, parent, representative, assent.
    [[nodiscard]] QString signedBy() const;
    /// glass, paper, oral.
    [[nodiscard]] QString kind() const { return consent::kindName(m_kind); }
    [[nodiscard]] bool mayBeOral() const;
    /// The version signed before is no longer in force.
    [[nodiscard]] bool isRenewal() const { return m_forms.isRenewal; }
    /// No other paper comes after this one.
    [[nodiscard]] bool isLast() const { return m_at + 1 >= m_papers.size(); }
    [[nodiscard]] bool canGoOn() const;
    /// Of the question shown; each: id, text, chosen.
    [[nodiscard]] QVariantList options() const;
    /// The answer last given shows that something is not clear yet.
    [[nodiscard]] bool isToExplain() const;
    [[nodiscard]] QString signatory() const { return paper() ? paper()->signatory : QString(); }
    [[nodiscard]] QString witness() const { return paper() ? paper()->witness : QString(); }
    [[nodiscard]] bool isMark() const { return paper() && paper()->isMark; }
    [[nodiscard]] bool needsWitness() const { return paper() && paper()->needsWitness(m_kind); }
    /// The picture was taken in, or something was recorded.
    [[nodiscard]] bool isAttached() const { return paper() && paper()->attachment; }
    [[nodiscard]] bool isRecording() const { return m_recorder.isRecording(); }
    [[nodiscard]] QString statementTime() const;
    [[nodiscard]] double level() const { return m_recorder.level(); }
    /// Once it is signed.
    [[nodiscard]] CopyViewModel* copy() const { return m_copy; }
    [[nodiscard]] QVariantList participantStrokes() const { return strokes(consent::Signer::Participant); }
    [[nodiscard]] QVariantList interviewerStrokes() const { return strokes(consent::Signer::Interviewer); }
    [[nodiscard]] QVariantList witnessStrokes() const { return strokes(consent::Signer::Witness); }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void chooseSite(const QString& id);
    Q_INVOKABLE void chooseSigner(const QString& name);
    Q_INVOKABLE void chooseLanguage(const QString& code);
    /// Quietly there, from the language and from the first section.
    Q_INVOKABLE void askManner() { goTo(Step::Manner); }
    Q_INVOKABLE void chooseManner(const QString& kind);
    /// To the question shown. Every answer is kept.
    Q_INVOKABLE void answerQuestion(const QString& option);
    Q_INVOKABLE void enterSignatory(const QString& name);
    Q_INVOKABLE void enterWitness(const QString& name);
    Q_INVOKABLE void setMark(bool mark);
    /// Takes in a picture of the signed paper, from a file.
    Q_INVOKABLE void takePicture(const QString& path);
    Q_INVOKABLE void startStatement();
    Q_INVOKABLE void stopStatement();
    Q_INVOKABLE void next();
    Q_INVOKABLE void back();
    Q_INVOKABLE void answerItem(bool yes);
    /// Strokes as the pad gives them: a list of strokes, each a list of points in thousandths of the pad's width.
    Q_INVOKABLE void keepParticipantStrokes(const QVariantList& strokes);
    Q_INVOKABLE void keepInterviewerStrokes(const QVariantList& strokes);
    Q_INVOKABLE void keepWitnessStrokes(const QVariantList& strokes);
    /// Binds the answers to the text, signs and keeps them.
    Q_INVOKABLE void sign();
    Q_INVOKABLE void decline();
    Q_INVOKABLE void finish() { emit finished(); }

signals:
    void changed();
    void ticked();
    void finished();

private:
    void goTo(Step step, int index = 0);
    void load();
    void opened();
    void begin();
    void takeClock();
    [[nodiscard]] ConsentPaper* paper() { return m_at < m_papers.size() ? &m_papers[m_at] : nullptr; }
    [[nodiscard]] const ConsentPaper* paper() const { return m_at < m_papers.size() ? &m_papers[m_at] : nullptr; }
    [[nodiscard]] QVariantList strokes(consent::Signer signer) const;
    void keep(consent::Signer signer, const QVariantList& strokes);
    /// The steps of the paper shown, in order.
    [[nodiscard]] QList<Step> steps() const;
    /// Parts, questions or items of the paper shown.
    [[nodiscard]] int countOf(Step step) const;
    void leavePaper();
    void backFrom(Step step);
    void signedAndKept();
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    std::shared_ptr<const consent::Press> m_press;
    ParticipantId m_participant;
    ConsentForms m_forms;
    QString m_site;
    study::SignedBy m_signer = study::SignedBy::Adult;
    QString m_language;
    consent::Kind m_kind = consent::Kind::Glass;
    std::vector<ConsentPaper> m_papers;
    std::size_t m_at = 0;  ///< the paper shown
    Step m_step = Step::Loading;
    int m_index = 0;
    StatementRecorder m_recorder;
    QTimer m_tick;
    CopyViewModel* m_copy = nullptr;
    bool m_isBusy = false;
    QString m_error;
};

}  // namespace sotto::app
