// SPDX-License-Identifier: Apache-2.0
#include "participant_view_model.h"

#include <QLocale>
#include <QMap>

#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/speech.h"

namespace sotto::app {

ParticipantViewModel::ParticipantViewModel(VaultThread& vault, SettingsViewModel& settings, SessionPin& pin,
                                           workflow::Speech* speech, const ParticipantId& participant,
                                           FormChoice choice, QObject* parent)
    : QObject(parent),
      m_settings(&settings),
      m_pin(&pin),
      m_speech(speech),
      m_task(vault, settings, participant, std::move(choice)),
      m_unlocking(vault, UnlockViewModel::Target::Interview),
      m_language(settings.language()) {
    connect(&m_task, &AnsweringViewModel::changed, this, [this] {
        // Another question: what was being read is no longer on the screen.
        if (m_task.form() != nullptr)
            connect(m_task.form(), &FormViewModel::stepChanged, this, &ParticipantViewModel::silence,
                    Qt::UniqueConnection);
        emit changed();
    });
    connect(&m_task, &AnsweringViewModel::finished, this, [this] { goTo(Step::Thanks); });
    connect(&m_task, &AnsweringViewModel::left, this, &ParticipantViewModel::askBack);
    connect(&m_unlocking, &UnlockViewModel::unlocked, this, [this] {
        m_pin->giveTriesBack();
        back();
    });
}

ParticipantViewModel::~ParticipantViewModel() {
    silence();
    m_settings->setGuestLanguage({});
}

QVariantList ParticipantViewModel::languages() const {
    static const QMap<QString, QString> kNames{{QStringLiteral("en"), QStringLiteral("English")},
                                               {QStringLiteral("fr"), QStringLiteral("Français")}};
    QVariantList list;
    for (const QString& code : m_task.languages()) {
        const QString name = kNames.value(code, QLocale(code).nativeLanguageName());
        list.append(QVariantMap{{QStringLiteral("code"), code}, {QStringLiteral("name"), name}});
    }
    return list;
}

bool ParticipantViewModel::choosePin(QString typed) {
    if (m_step != Step::Prepare || m_pin->isSet()) return false;
    const bool chosen = m_pin->choose(typed);
    m_isWrongPin = !chosen;
    emit changed();
    return chosen;
}

void ParticipantViewModel::handOver() {
    if (m_step != Step::Prepare || !m_pin->isSet() || m_task.form() == nullptr) return;
    emit handedOver();
    const QStringList all = m_task.languages();
    if (all.size() > 1) return goTo(Step::Language);
    chooseLanguage(all.value(0));
}

void ParticipantViewModel::cancel() {
    if (m_step == Step::Prepare) emit returned({});
}

void ParticipantViewModel::chooseLanguage(const QString& code) {
    if (!isHandedOver() || m_task.form() == nullptr || !m_task.languages().contains(code)) return;
    m_language = code;
    m_settings->setGuestLanguage(code);  // what Sotto says around the questions, too
    m_task.speak(code);
    goTo(Step::Task);
}

void ParticipantViewModel::askBack() {
    if (!isHandedOver() || m_step == Step::Return) return;
    if (m_task.form() != nullptr) m_task.form()->flush();
    m_before = m_step;
    goTo(Step::Return);
}

void ParticipantViewModel::stay() {
    if (m_step == Step::Return) goTo(m_before);
}

void ParticipantViewModel::comeBack(QString typed) {
    if (m_step != Step::Return || needsPassphrase()) return;
    m_isWrongPin = !m_pin->matches(typed);
    if (!m_isWrongPin) return back();
    emit changed();
}

void ParticipantViewModel::comeBackWithPassphrase(QString typed) {
    if (m_step == Step::Return && needsPassphrase()) m_unlocking.unlock({}, std::move(typed));
}

void ParticipantViewModel::back() {
    silence();
    if (m_task.form() != nullptr) m_task.form()->close();
    m_step = Step::Prepare;
    m_settings->setGuestLanguage({});
    emit returned(m_task.takeAlerts());
}

bool ParticipantViewModel::canSpeak() const {
    return m_step == Step::Task && m_task.form() != nullptr;
}

void ParticipantViewModel::readAloud() {
    if (!canSpeak()) return;
    if (m_speech != nullptr && m_speech->isSpeaking()) return m_speech->stop();
    m_isVoiceMissing = m_speech == nullptr || !m_speech->speaks(m_language);
    if (!m_isVoiceMissing) m_speech->say(m_task.form()->spoken(), m_language);
    emit changed();
}

void ParticipantViewModel::silence() {
    if (m_speech != nullptr && m_speech->isSpeaking()) m_speech->stop();
}

void ParticipantViewModel::goTo(Step step) {
    silence();
    m_step = step;
    m_isWrongPin = false;
    m_isVoiceMissing = false;
    emit changed();
}

}  // namespace sotto::app
