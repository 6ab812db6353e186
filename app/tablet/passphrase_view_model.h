// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include "new_passphrase.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Changing one's own passphrase: the one in force first, then five new words or one's own, then once more. Nothing is
/// changed before the last step. GUI thread.
class PassphraseViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(Step step READ step NOTIFY changed FINAL)
    Q_PROPERTY(QString words READ words NOTIFY changed FINAL)
    Q_PROPERTY(QString strengthText READ strengthText NOTIFY changed FINAL)
    Q_PROPERTY(bool strongEnough READ isStrongEnough NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class Step { Rest, Current, Words, Own, Confirm, Changed };
    Q_ENUM(Step)

    PassphraseViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);

    [[nodiscard]] Step step() const { return m_step; }
    /// Five words while they are to be written down; empty on every other step.
    [[nodiscard]] QString words() const { return m_passphrase.shownWords(); }
    [[nodiscard]] QString strengthText() const { return m_passphrase.strengthText(); }
    [[nodiscard]] bool isStrongEnough() const { return m_passphrase.isStrongEnough(); }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void begin();
    /// The passphrase in force; a wrong one counts as a wrong try to unlock.
    Q_INVOKABLE void enterCurrent(QString typed);
    Q_INVOKABLE void drawWords();
    Q_INVOKABLE void makeOwn();
    /// Judges a passphrase while it is typed; keeps nothing of it.
    Q_INVOKABLE void judge(QString typed);
    Q_INVOKABLE void acceptWords();
    Q_INVOKABLE void acceptOwn(QString typed);
    /// Typed once more: changes the passphrase.
    Q_INVOKABLE void confirm(QString typed);
    /// At any step before the last; nothing was changed.
    Q_INVOKABLE void cancel();

signals:
    void changed();

private:
    void goTo(Step step);
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    Step m_step = Step::Rest;
    NewPassphrase m_passphrase;
    bool m_isBusy = false;
    QString m_error;
};

}  // namespace sotto::app
