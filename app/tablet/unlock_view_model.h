// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QObject>
#include <QString>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "base/result.h"
#include "crypto/secure_bytes.h"
#include "workflow/home.h"

namespace sotto::app {

class VaultThread;

/// The lock screen: a passphrase, and whose it is if several share the tablet. No name is shown here, for a locked
/// tablet knows none. Also the way back to an interview that runs, locked or covered. GUI thread.
class UnlockViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(int delaySeconds READ delaySeconds NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    /// What the passphrase leads to: the home, or back to the interview that is running. The passphrase of an interview
    /// is tried beside the vault thread, so that not a piece of sound waits for it.
    enum class Target { Home, Interview };

    explicit UnlockViewModel(VaultThread& vault, Target target = Target::Home, QObject* parent = nullptr);

    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// Until the next try is allowed, counting down; 0 if it is now.
    [[nodiscard]] int delaySeconds() const { return m_delay; }
    [[nodiscard]] QString error() const { return m_error; }

    /// `person` may be empty: then everybody's passphrase is tried.
    Q_INVOKABLE void unlock(const QString& person, QString passphrase);

signals:
    void changed();
    void unlocked(const sotto::workflow::HomeRecovery& recovery);

private:
    using Secret = std::shared_ptr<crypto::SecureBytes>;
    void unlockHome(const Secret& secret, const QString& person);
    void unlockAround(const Secret& secret, const QString& person);
    void askForDelay();
    void done(const Result<workflow::HomeRecovery>& recovery);

    VaultThread* m_vault;
    Target m_target;
    QTimer m_second;
    bool m_isBusy = false;
    int m_delay = 0;
    QString m_error;
};

}  // namespace sotto::app
