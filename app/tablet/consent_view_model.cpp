// SPDX-License-Identifier: Apache-2.0
#include "consent_view_model.h"

#include <algorithm>
#include <cmath>

#include <QLocale>
#include <QPointF>

#include "error_text.h"
#include "people/contacts.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using workflow::Compartment;

namespace {

std::vector<consent::Stroke> strokesOf(const QVariantList& strokes) {
    std::vector<consent::Stroke> result;
    for (const QVariant& stroke : strokes) {
        consent::Stroke points;
        for (const QVariant& point : stroke.toList()) {
            const QPointF place = point.toPointF();
            points.emplace_back(static_cast<int>(std::lround(place.x())), static_cast<int>(std::lround(place.y())));
        }
        if (!points.empty()) result.push_back(std::move(points));
    }
    return result;
}

struct Forms {
    std::vector<study::ConsentForm> forms;
    Instant shownAt;
};

Result<Forms> formsFor(Tablet& tablet, const ParticipantId& id) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    SOTTO_TRY(home->need({Compartment::Sessions, Compartment::Identities}));
    SOTTO_ASSIGN(const auto participant, people::Participants(home->sessions()).find(id));
    if (!participant) return fail(ErrorCode::NotFound, "this participant is not there");
    Forms forms;
    for (const study::ConsentForm& form : home->study().pack.consents) {
        if (form.role == participant->role) forms.forms.push_back(form);
    }
    if (forms.forms.empty()) return fail(ErrorCode::NotFound, "the study has no consent form for this role");
    return forms;
}

Result<> keep(Tablet& tablet, const ParticipantId& participant, const study::ConsentForm& form,
              consent::Answers answers) {
    SOTTO_ASSIGN(auto* home, tablet.home());
    answers.signedAt = tablet.clock().now();
    SOTTO_ASSIGN(const auto evidence,
                 consent::makeEvidence(participant, home->study().pack.id, form, answers, home->keyring().deviceKey()));
    SOTTO_TRY(consent::Consents(home->sessions(), home->identities()).add(evidence, form));
    return home->audit(QStringLiteral("consent.signed"), {{QStringLiteral("evidence"), evidence.id.toString()}});
}

}  // namespace

ConsentViewModel::ConsentViewModel(VaultThread& vault, SettingsViewModel& settings, const ParticipantId& participant,
                                   QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings), m_participant(participant) {
    load();
}

ConsentViewModel::~ConsentViewModel() {
    m_settings->setGuestLanguage({});
}

void ConsentViewModel::load() {
    m_vault->run(
        this, [id = m_participant](Tablet& tablet) { return formsFor(tablet, id); },
        [this](Result<Forms> forms) {
            if (!forms) return setError(errorText(forms.error()));
            m_forms = std::move(forms->forms);
            if (m_forms.size() == 1) return chooseLanguage(m_forms.front().language);
            goTo(Step::Language);
        });
}

QVariantList ConsentViewModel::languages() const {
    QVariantList list;
    for (const study::ConsentForm& form : m_forms) {
        static const QMap<QString, QString> kNames{{QStringLiteral("en"), QStringLiteral("English")},
                                                   {QStringLiteral("fr"), QStringLiteral("Français")}};
        const QString name = kNames.value(form.language, QLocale(form.language).nativeLanguageName());
        list.append(QVariantMap{{QStringLiteral("code"), form.language}, {QStringLiteral("name"), name}});
    }
    return list;
}

int ConsentViewModel::count() const {
    if (m_form == nullptr) return 0;
    return static_cast<int>(m_step == Step::Item ? m_form->items.size() : m_form->parts.size());
}

QString ConsentViewModel::heading() const {
    if (m_form == nullptr || m_step != Step::Read) return {};
    const auto found = m_form->headings.find(m_form->parts[static_cast<std::size_t>(m_index)].first);
    return found == m_form->headings.end() ? QString() : found->second;
}

QString ConsentViewModel::text() const {
    if (m_form == nullptr) return {};
    if (m_step == Step::Read) return m_form->parts[static_cast<std::size_t>(m_index)].second;
    if (m_step == Step::Item) return m_form->items[static_cast<std::size_t>(m_index)].text;
    return {};
}

QString ConsentViewModel::answer() const {
    if (m_form == nullptr || m_step != Step::Item) return {};
    const auto found = m_answers.find(m_form->items[static_cast<std::size_t>(m_index)].id);
    if (found == m_answers.end()) return {};
    return found->second ? QStringLiteral("yes") : QStringLiteral("no");
}

bool ConsentViewModel::isRequired() const {
    return m_form != nullptr && m_step == Step::Item && m_form->items[static_cast<std::size_t>(m_index)].required;
}

QVariantList ConsentViewModel::summary() const {
    QVariantList list;
    if (m_form == nullptr) return list;
    for (const study::ConsentItem& item : m_form->items) {
        const auto found = m_answers.find(item.id);
        if (found == m_answers.end()) continue;
        list.append(QVariantMap{{QStringLiteral("text"), item.text}, {QStringLiteral("yes"), found->second}});
    }
    return list;
}

bool ConsentViewModel::takesPart() const {
    return m_form != nullptr && std::all_of(m_form->items.begin(), m_form->items.end(), [this](const auto& item) {
               const auto found = m_answers.find(item.id);
               return !item.required || (found != m_answers.end() && found->second);
           });
}

void ConsentViewModel::chooseLanguage(const QString& code) {
    const auto found = std::find_if(m_forms.begin(), m_forms.end(),
                                    [&code](const study::ConsentForm& form) { return form.language == code; });
    if (found == m_forms.end()) return;
    m_form = &*found;
    m_settings->setGuestLanguage(code);  // what Sotto says around the text, too
    m_answers.clear();
    m_strokes.clear();
    m_vault->run(
        this, [](Tablet& tablet) { return tablet.clock().now(); }, [this](const Instant& now) { m_shownAt = now; });
    goTo(Step::Read);
}

void ConsentViewModel::next() {
    const int last = count() - 1;
    switch (m_step) {
        case Step::Read:
            return m_index < last ? goTo(Step::Read, m_index + 1) : goTo(Step::Item);
        case Step::Item:
            if (answer().isEmpty()) return;
            return m_index < last ? goTo(Step::Item, m_index + 1) : goTo(Step::Summary);
        case Step::Summary:
            return goTo(Step::Participant);
        case Step::Participant:
            return participantStrokes().isEmpty() ? void() : goTo(Step::Interviewer);
        default:
            return;
    }
}

void ConsentViewModel::back() {
    switch (m_step) {
        case Step::Read:
            if (m_index > 0) return goTo(Step::Read, m_index - 1);
            return m_forms.size() > 1 ? goTo(Step::Language) : emit finished();
        case Step::Item:
            if (m_index > 0) return goTo(Step::Item, m_index - 1);
            return goTo(Step::Read, static_cast<int>(m_form->parts.size()) - 1);
        case Step::Summary:
            return goTo(Step::Item, static_cast<int>(m_form->items.size()) - 1);
        case Step::Participant:
            return goTo(Step::Summary);
        case Step::Interviewer:
            return goTo(Step::Participant);
        default:
            emit finished();
    }
}

void ConsentViewModel::answerItem(bool yes) {
    if (m_form == nullptr || m_step != Step::Item) return;
    m_answers[m_form->items[static_cast<std::size_t>(m_index)].id] = yes;
    // What was signed to other answers is no signature to these.
    m_strokes.clear();
    emit changed();
}

void ConsentViewModel::keepParticipantStrokes(const QVariantList& strokes) {
    m_strokes[consent::Signer::Participant] = strokes;
    emit changed();
}

void ConsentViewModel::keepInterviewerStrokes(const QVariantList& strokes) {
    m_strokes[consent::Signer::Interviewer] = strokes;
    emit changed();
}

consent::Answers ConsentViewModel::answers() const {
    consent::Answers answers;
    answers.items = m_answers;
    for (const consent::Signer signer : {consent::Signer::Participant, consent::Signer::Interviewer})
        answers.strokes[signer] = strokesOf(m_strokes.value(signer));
    answers.shownAt = *m_shownAt;
    return answers;
}

void ConsentViewModel::sign() {
    if (m_isBusy || !m_shownAt || m_form == nullptr || interviewerStrokes().isEmpty()) return;
    m_isBusy = true;
    emit changed();
    m_vault->run(
        this,
        [participant = m_participant, form = *m_form, given = answers()](Tablet& tablet) {
            return keep(tablet, participant, form, given);
        },
        [this](const Result<>& kept) {
            m_isBusy = false;
            if (!kept) return setError(errorText(kept.error()));
            goTo(Step::Done);
        });
}

void ConsentViewModel::decline() {
    m_vault->run(
        this,
        [participant = m_participant](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return home->audit(QStringLiteral("consent.not-given"),
                               {{QStringLiteral("participant"), participant.toString()}});
        },
        [this](const Result<>& noted) {
            if (!noted) return setError(errorText(noted.error()));
            emit finished();
        });
}

void ConsentViewModel::goTo(Step step, int index) {
    m_step = step;
    m_index = index;
    m_error.clear();
    emit changed();
}

void ConsentViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
