// SPDX-License-Identifier: Apache-2.0
#include "playback_view_model.h"

#include <algorithm>

#include "error_text.h"
#include "interview_view.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "wrap_up_view_model.h"

namespace sotto::app {

using interview::Event;
using interview::EventKind;

struct PlaybackViewModel::Opened {
    SoundViewModel::Source sound;
    study::Guide guide;
    std::vector<study::Role> roles;
};

namespace {

QVariantMap markerOf(const Event& event, std::int64_t durationMs, const QString& kind, const QString& text) {
    const auto at = static_cast<double>(event.start().ms);
    return {{QStringLiteral("at"), at},
            {QStringLiteral("place"), durationMs > 0 ? std::min(1.0, at / static_cast<double>(durationMs)) : 0.0},
            {QStringLiteral("time"), timeText(event.start().ms)},
            {QStringLiteral("kind"), kind},
            {QStringLiteral("text"), text}};
}

QVariantList markersOf(const workflow::Listening& listening, const study::Guide& guide,
                       const std::vector<study::Role>& roles) {
    QVariantList list;
    const std::int64_t duration = listening.durationMs();
    for (const Event& event : interview::standingEvents(listening.events())) {
        if (event.kind == EventKind::Ask) {
            const study::Question* question = guide.question(event.id);
            list.append(markerOf(event, duration, QStringLiteral("question"),
                                 question != nullptr ? withRoles(question->text, roles, guide.language) : event.id));
        }
        if (event.kind == EventKind::Mark) list.append(markerOf(event, duration, QStringLiteral("mark"), event.text));
        if (event.kind == EventKind::Note) list.append(markerOf(event, duration, QStringLiteral("note"), event.text));
    }
    std::stable_sort(list.begin(), list.end(), [](const QVariant& a, const QVariant& b) {
        return a.toMap()[QStringLiteral("at")].toDouble() < b.toMap()[QStringLiteral("at")].toDouble();
    });
    return list;
}

}  // namespace

PlaybackViewModel::PlaybackViewModel(VaultThread& vault, SettingsViewModel& settings,
                                     std::shared_ptr<recording::SoundDevices> sound, const SessionId& session,
                                     QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_devices(std::move(sound)), m_session(session) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &PlaybackViewModel::changed);
}

PlaybackViewModel::~PlaybackViewModel() = default;

void PlaybackViewModel::giveReason(const QString& reason) {
    if (m_isBusy || isOpen()) return;
    if (reason.trimmed().isEmpty()) return setError(tr("Say why you listen. It is kept in the audit trail."));
    m_isBusy = true;
    m_error.clear();
    emit changed();
    m_vault->run(
        this,
        [session = m_session, reason = reason.trimmed()](Tablet& tablet) -> Result<Opened> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            Opened opened;
            SOTTO_ASSIGN(opened.sound, SoundViewModel::open([home, session, reason] {
                             return workflow::Listening::open(*home, session, reason);
                         }));
            const auto& opening = opened.sound.listening->opening();
            SOTTO_ASSIGN(const auto study, home->studyOf(opening.studyHash));
            if (const auto* guide = study->pack.guide(opening.role, opening.language)) opened.guide = *guide;
            opened.roles = study->pack.roles;
            return opened;
        },
        [this](Result<Opened> result) { opened(std::move(result)); });
}

void PlaybackViewModel::opened(Result<Opened> opened) {
    m_isBusy = false;
    if (!opened) return setError(errorText(opened.error()));
    m_markers = markersOf(*opened->sound.listening, opened->guide, opened->roles);
    m_sound = std::make_unique<SoundViewModel>(*m_vault, m_devices, std::move(opened->sound));
    connect(m_sound.get(), &SoundViewModel::moved, this, &PlaybackViewModel::moved);
    connect(m_sound.get(), &SoundViewModel::failed, this, [this](const Error& error) { setError(errorText(error)); });
    connect(m_sound.get(), &SoundViewModel::ended, this, [this] {
        if (m_sound->hasFailed()) setError(tr("The loudspeaker does not work."));
    });
    connect(m_settings, &SettingsViewModel::languageChanged, m_sound.get(), &SoundViewModel::moved);
    connect(m_settings, &SettingsViewModel::languageChanged, m_sound.get(), &SoundViewModel::tempoChanged);
    emit changed();
    emit moved();
}

QString PlaybackViewModel::hereText() const {
    QString text;
    for (const QVariant& entry : m_markers) {
        const QVariantMap marker = entry.toMap();
        if (m_sound == nullptr || marker[QStringLiteral("at")].toDouble() > static_cast<double>(m_sound->positionMs()))
            break;
        if (marker[QStringLiteral("kind")] == QStringLiteral("question"))
            text = marker[QStringLiteral("text")].toString();
    }
    return text;
}

void PlaybackViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
