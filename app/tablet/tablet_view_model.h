// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "crypto/secure_bytes.h"
#include "devices.h"
#include "keyring/keyring.h"
#include "passphrase_view_model.h"
#include "study_update_view_model.h"
#include "workflow/home.h"

namespace sotto::app {

class Capture;
class SettingsViewModel;
class VaultThread;

/// What the settings screen shows besides the settings: microphones and their test, people on this tablet, the
/// study, one's passphrase, versions. GUI thread.
class TabletViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QVariantList microphones READ microphones NOTIFY changed FINAL)
    Q_PROPERTY(bool testing READ isTesting NOTIFY changed FINAL)
    Q_PROPERTY(double level READ level NOTIFY ticked FINAL)
    Q_PROPERTY(bool clipping READ isClipping NOTIFY ticked FINAL)
    Q_PROPERTY(QString testText READ testText NOTIFY ticked FINAL)
    Q_PROPERTY(QVariantList people READ people NOTIFY changed FINAL)
    Q_PROPERTY(QString newWords READ newWords NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::StudyUpdateViewModel* study READ study CONSTANT FINAL)
    Q_PROPERTY(sotto::app::PassphraseViewModel* passphrase READ passphrase CONSTANT FINAL)
    Q_PROPERTY(QString versions READ versions CONSTANT FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    TabletViewModel(VaultThread& vault, SettingsViewModel& settings, Capture& capture, const Devices& devices,
                    QObject* parent = nullptr);
    ~TabletViewModel() override;

    /// Each: id, name; the system's default first, with an empty id.
    [[nodiscard]] QVariantList microphones() const;
    [[nodiscard]] bool isTesting() const { return m_isTesting; }
    [[nodiscard]] double level() const;
    [[nodiscard]] bool isClipping() const;
    /// What the test hears, in words.
    [[nodiscard]] QString testText() const;
    /// Each: name, self, text (what they are let into).
    [[nodiscard]] QVariantList people() const;
    /// The passphrase of the person just added, to be written down; empty otherwise.
    [[nodiscard]] QString newWords() const { return m_newWords; }
    /// The study of this tablet and its updates.
    [[nodiscard]] StudyUpdateViewModel* study() { return &m_study; }
    /// Changing one's own passphrase.
    [[nodiscard]] PassphraseViewModel* passphrase() { return &m_passphrase; }
    [[nodiscard]] QString versions() const;
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void chooseMicrophone(const QString& id);
    /// Listens without keeping anything.
    Q_INVOKABLE void testMicrophone(bool on);
    /// Adds a person with five generated words; `delivers`: the outbox alone.
    Q_INVOKABLE void addPerson(const QString& name, bool delivers);
    Q_INVOKABLE void wordsWritten();

signals:
    void changed();
    void ticked();

private:
    struct Loaded {
        std::vector<keyring::Person> people;
        PersonId self;
    };
    [[nodiscard]] static Result<Loaded> load(workflow::Home& home);
    void refresh();
    void loaded(Result<Loaded> loaded);
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    Capture* m_capture;
    std::vector<recording::SoundDevice> m_microphones;
    Loaded m_loaded;
    QString m_newWords;
    StudyUpdateViewModel m_study;
    PassphraseViewModel m_passphrase;
    QTimer m_tenth;
    bool m_isTesting = false;
    QString m_error;
};

}  // namespace sotto::app
