// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include "study/signed_pack.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// The study of this tablet, and taking in a newer version of it: the file is read and held against the lab key that
/// was trusted at the first start, what would change is shown, and only then it is taken. GUI thread.
class StudyUpdateViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(State state READ state NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(int version READ version NOTIFY changed FINAL)
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY changed FINAL)
    Q_PROPERTY(int newVersion READ newVersion NOTIFY changed FINAL)
    Q_PROPERTY(QStringList changes READ changes NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    enum class State { Opening, Rest, Reading, Compare, Updating, Done };
    Q_ENUM(State)

    StudyUpdateViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);

    [[nodiscard]] State state() const { return m_state; }
    /// Of the study in force.
    [[nodiscard]] QString title() const;
    [[nodiscard]] int version() const { return m_current.pack.version; }
    /// The words of the lab key that this tablet trusts; the new file bears the same key, or it is refused.
    [[nodiscard]] QString fingerprint() const;
    /// Of the file that is being compared.
    [[nodiscard]] int newVersion() const { return m_new ? m_new->pack.version : 0; }
    /// What would change, a sentence each.
    [[nodiscard]] QStringList changes() const;
    [[nodiscard]] QString error() const { return m_error; }

    /// A `.sottostudy` file, by its path.
    Q_INVOKABLE void read(const QString& path);
    Q_INVOKABLE void take();
    Q_INVOKABLE void cancel();

signals:
    void changed();

private:
    void load(State then);
    void compare(Result<study::SignedPack> pack);
    void goTo(State state, const QString& error = {});

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    State m_state = State::Opening;
    study::SignedPack m_current;
    std::shared_ptr<const study::SignedPack> m_new;
    QString m_error;
};

}  // namespace sotto::app
