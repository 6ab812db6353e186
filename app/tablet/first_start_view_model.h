// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include "new_passphrase.h"
#include "study/signed_pack.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// The first start of a tablet: language, who uses it, passphrase, study. Nothing is on the disk before the last step,
/// create(), succeeds. GUI thread; reading studies and making the home happen on the vault thread.
class FirstStartViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(Step step READ step NOTIFY changed FINAL)
    Q_PROPERTY(int stepNumber READ stepNumber NOTIFY changed FINAL)
    Q_PROPERTY(int stepCount READ stepCount CONSTANT FINAL)
    Q_PROPERTY(QString personName READ personName NOTIFY changed FINAL)
    Q_PROPERTY(bool ownPassphrase READ isOwnPassphrase NOTIFY changed FINAL)
    Q_PROPERTY(QString generatedWords READ generatedWords NOTIFY changed FINAL)
    Q_PROPERTY(QString strengthText READ strengthText NOTIFY changed FINAL)
    Q_PROPERTY(bool strongEnough READ isStrongEnough NOTIFY changed FINAL)
    Q_PROPERTY(QString studyTitle READ studyTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY changed FINAL)
    Q_PROPERTY(bool practice READ isPractice NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class Step { Language, Person, Passphrase, Confirm, Study, Trust };
    Q_ENUM(Step)

    FirstStartViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] int stepNumber() const { return static_cast<int>(m_step) + 1; }
    [[nodiscard]] static int stepCount() { return static_cast<int>(Step::Trust) + 1; }
    [[nodiscard]] QString personName() const { return m_personName; }
    [[nodiscard]] bool isOwnPassphrase() const { return m_isOwn; }
    /// Five words while they are to be written down; empty on every other step.
    [[nodiscard]] QString generatedWords() const { return m_passphrase.shownWords(); }
    [[nodiscard]] QString strengthText() const { return m_passphrase.strengthText(); }
    [[nodiscard]] bool isStrongEnough() const { return m_passphrase.isStrongEnough(); }
    [[nodiscard]] QString studyTitle() const;
    [[nodiscard]] QString fingerprint() const;
    [[nodiscard]] bool isPractice() const { return m_study && m_study->pack.practice; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void chooseLanguage(const QString& language);
    Q_INVOKABLE void enterName(const QString& name);
    /// Draws five new words in the language of the screen.
    Q_INVOKABLE void drawWords();
    Q_INVOKABLE void makeOwn(bool own);
    /// Judges a passphrase while it is typed; keeps nothing of it.
    Q_INVOKABLE void judge(QString typed);
    Q_INVOKABLE void acceptWords();
    Q_INVOKABLE void acceptOwn(QString typed);
    /// Typed once more: what was written down must open the tablet tomorrow.
    Q_INVOKABLE void confirm(QString typed);
    Q_INVOKABLE void takePracticeStudy();
    /// A `.sottostudy` file, by its path.
    Q_INVOKABLE void importStudy(const QString& path);
    /// The words were compared: makes the home.
    Q_INVOKABLE void create();
    Q_INVOKABLE void back();

signals:
    void changed();
    /// The home is made and unlocked.
    void created();

private:
    void goTo(Step step);
    void setError(const QString& error);
    void setBusy(bool busy);
    void studyRead(Result<study::SignedPack> study);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    Step m_step = Step::Language;
    QString m_personName;
    NewPassphrase m_passphrase;
    bool m_isOwn = false;
    std::shared_ptr<study::SignedPack> m_study;
    bool m_isBusy = false;
    QString m_error;
};

}  // namespace sotto::app
