// SPDX-License-Identifier: Apache-2.0
#include "tablet_view_model.h"

#include <algorithm>

#include <QCoreApplication>

#include "assets/assets.h"
#include "capture.h"
#include "error_text.h"
#include "keyring/passphrase.h"
#include "secret_text.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/persons.h"

namespace sotto::app {

using workflow::Compartment;

namespace {

constexpr int kTickMs = 80;

QVariantMap microphone(const QString& id, const QString& name) {
    return {{QStringLiteral("id"), id}, {QStringLiteral("name"), name}};
}

}  // namespace

TabletViewModel::TabletViewModel(VaultThread& vault, SettingsViewModel& settings, Capture& capture,
                                 const Devices& devices, QObject* parent)
    : QObject(parent),
      m_vault(&vault),
      m_settings(&settings),
      m_capture(&capture),
      m_study(vault, settings),
      m_passphrase(vault, settings) {
    connect(&settings, &SettingsViewModel::changed, this, &TabletViewModel::changed);
    connect(&capture, &Capture::stateChanged, this, &TabletViewModel::ticked);
    connect(&m_tenth, &QTimer::timeout, this, &TabletViewModel::ticked);
    refresh();
    // The sound service may take seconds to answer.
    m_vault->run(
        this, [sound = devices.sound](Tablet&) { return sound->microphones(); },
        [this](std::vector<recording::SoundDevice> found) {
            m_microphones = std::move(found);
            emit changed();
        });
}

TabletViewModel::~TabletViewModel() {
    m_capture->disarm();
    dropSecret(m_newWords);
}

Result<TabletViewModel::Loaded> TabletViewModel::load(workflow::Home& home) {
    return Loaded{home.keyring().persons(), home.keyring().personId()};
}

void TabletViewModel::refresh() {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return load(*home);
        },
        [this](Result<Loaded> result) { loaded(std::move(result)); });
}

void TabletViewModel::loaded(Result<Loaded> loaded) {
    if (!loaded) return setError(errorText(loaded.error()));
    m_loaded = *std::move(loaded);
    m_error.clear();
    emit changed();
}

QVariantList TabletViewModel::microphones() const {
    QVariantList list{microphone({}, tr("The one that the tablet uses anyway"))};
    for (const recording::SoundDevice& device : m_microphones)
        list.append(microphone(device.id, device.name));
    return list;
}

double TabletViewModel::level() const {
    return static_cast<double>(m_capture->level().peak);
}

bool TabletViewModel::isClipping() const {
    return m_capture->level().clipping;
}

QString TabletViewModel::testText() const {
    switch (m_capture->state()) {
        case Capture::State::Off:
            return {};
        case Capture::State::Arming:
            return tr("The microphone is being opened …");
        case Capture::State::Lost:
            return tr("There is no sound: the microphone is not there, or another program uses it.");
        case Capture::State::Ready:
            break;
    }
    return m_capture->level().deadInput ? tr("The microphone hears nothing at all. Is it switched off?")
                                        : tr("The bar moves when you speak. Nothing is kept.");
}

QVariantList TabletViewModel::people() const {
    QVariantList list;
    for (const keyring::Person& person : m_loaded.people) {
        const bool reads = person.compartments.count(Compartment::Sessions) > 0;
        const bool delivers = person.compartments.count(Compartment::Outbox) > 0;
        list.append(QVariantMap{{QStringLiteral("name"), person.name},
                                {QStringLiteral("self"), person.id == m_loaded.self},
                                {QStringLiteral("text"), reads      ? tr("Interviews, names and the outbox")
                                                         : delivers ? tr("Delivers only: reads nothing")
                                                                    : tr("Nothing")}});
    }
    return list;
}

QString TabletViewModel::versions() const {
    return tr("Sotto %1, Qt %2").arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion()));
}

void TabletViewModel::chooseMicrophone(const QString& id) {
    m_settings->setMicrophone(id);
    if (!m_isTesting) return;
    m_capture->disarm();
    m_capture->arm(id);
}

void TabletViewModel::testMicrophone(bool on) {
    m_isTesting = on;
    if (on) {
        m_capture->arm(m_settings->microphone());
        m_tenth.start(kTickMs);
    } else {
        m_capture->disarm();
        m_tenth.stop();
    }
    emit changed();
    emit ticked();
}

void TabletViewModel::addPerson(const QString& name, bool delivers) {
    const bool isFrench = m_settings->language() == u"fr";
    auto words = std::make_shared<crypto::SecureBytes>(keyring::generatePassphrase(
        assets::words(isFrench ? assets::WordLanguage::French : assets::WordLanguage::English), keyring::kUsualWords));
    std::set<Compartment> compartments{Compartment::Outbox};
    if (!delivers) compartments.insert({Compartment::Sessions, Compartment::Identities});
    m_vault->run(
        this,
        [name = name.trimmed(), words, compartments](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const auto options, tablet.options().keyOptions());
            SOTTO_TRY(workflow::addPerson(*home, name, words->view(), compartments, options));
            return load(*home);
        },
        [this, words](Result<Loaded> result) {
            if (!result) return setError(errorText(result.error()));
            m_newWords = showSecret(*words);
            loaded(std::move(result));
        });
}

void TabletViewModel::wordsWritten() {
    dropSecret(m_newWords);
    emit changed();
}

void TabletViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
