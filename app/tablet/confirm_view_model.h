// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"

namespace sotto::app {

class VaultThread;

/// Before an interview on another day than the signature, and before each further visit: is it still fine? One touch.
/// GUI thread.
class ConfirmViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    ConfirmViewModel(VaultThread& vault, const ParticipantId& participant, QObject* parent = nullptr)
        : QObject(parent), m_vault(&vault), m_participant(participant) {}

    [[nodiscard]] QString error() const { return m_error; }
    /// Goes on to the interview, which begins with that answer.
    Q_INVOKABLE void stillFine();
    /// Not today, or not any more: nothing begins. What is to become of what was told is another question.
    Q_INVOKABLE void stop();
    Q_INVOKABLE void leave() { emit left(); }

signals:
    void changed();
    void confirmed();
    void left();

private:
    VaultThread* m_vault;
    ParticipantId m_participant;
    QString m_error;
};

}  // namespace sotto::app
