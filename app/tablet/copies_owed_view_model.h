// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "base/result.h"

namespace sotto::app {

class VaultThread;

/// Who still waits for the copy of what they signed; without names. GUI thread.
class CopiesOwedViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QVariantList people READ people NOTIFY changed FINAL)

public:
    explicit CopiesOwedViewModel(VaultThread& vault, QObject* parent = nullptr) : QObject(parent), m_vault(&vault) {}

    /// The longest waiting first; each: pseudonym, since (a day, in the words of the screen's language).
    [[nodiscard]] QVariantList people() const;
    /// Looks again; whoever can't read the sessions sees nothing.
    void refresh();
    Q_INVOKABLE void open(int index);

signals:
    void changed();
    void chosen(const sotto::ParticipantId& participant);

private:
    struct Waiting {
        ParticipantId participant;
        QString pseudonym;
        std::int64_t sinceUtcMs = 0;
    };
    VaultThread* m_vault;
    std::vector<Waiting> m_waiting;
};

}  // namespace sotto::app
