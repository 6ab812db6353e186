// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "consent/copies.h"
#include "consent/press.h"

namespace sotto::app {

class VaultThread;

/// The participant's copy of what they signed, as they want it: saved where they choose, later, or not at all. The
/// document is made in memory when it is wanted, and written to that one place. GUI thread.
class CopyViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(State state READ state NOTIFY changed FINAL)
    Q_PROPERTY(QString code READ code NOTIFY changed FINAL)
    Q_PROPERTY(QString savedAs READ savedAs NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class State { Loading, None, Owed, Given, NotWanted };
    Q_ENUM(State)

    CopyViewModel(VaultThread& vault, std::shared_ptr<const consent::Press> press, const ParticipantId& participant,
                  QObject* parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    /// "K7MX-4PQD"; empty where there is none, or the identities are not open.
    [[nodiscard]] QString code() const { return m_code; }
    /// The name of the file that was saved last; empty before.
    [[nodiscard]] QString savedAs() const { return m_savedAs; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString error() const { return m_error; }

    /// As a file of a name that says nothing, in this folder. `small`: to fold into a pocket.
    Q_INVOKABLE void save(const QString& folder, bool small = false);
    /// They were handed one already, on paper.
    Q_INVOKABLE void handedOver();
    Q_INVOKABLE void later();
    Q_INVOKABLE void doWithout();
    Q_INVOKABLE void finish() { emit finished(); }

signals:
    void changed();
    void finished();

private:
    struct Loaded {
        State state = State::None;
        QString code;
        QString savedAs;
    };
    void set(consent::CopyState state);
    void show(Result<Loaded> loaded);

    VaultThread* m_vault;
    std::shared_ptr<const consent::Press> m_press;
    ParticipantId m_participant;
    State m_state = State::Loading;
    QString m_code;
    QString m_savedAs;
    bool m_isBusy = false;
    QString m_error;
};

}  // namespace sotto::app
