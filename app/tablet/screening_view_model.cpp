// SPDX-License-Identifier: Apache-2.0
#include "screening_view_model.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using study::Fit;

ScreeningViewModel::ScreeningViewModel(VaultThread& vault, SettingsViewModel& settings,
                                       const ParticipantId& participant, QObject* parent)
    : QObject(parent),
      m_vault(&vault),
      m_settings(&settings),
      m_participant(participant),
      m_language(settings.language()) {
    reload([this] { begin(); });
}

Result<ScreeningViewModel::Loaded> ScreeningViewModel::load(workflow::Home& home, const ParticipantId& participant) {
    SOTTO_ASSIGN(const auto person, people::Participants(home.sessions()).find(participant));
    if (!person) return fail(ErrorCode::NotFound, "there is no such participant in this home");
    SOTTO_ASSIGN(auto view, workflow::screeningOf(home, *person));
    return Loaded{*person, std::move(view)};
}

void ScreeningViewModel::reload(const std::function<void()>& then) {
    change([](workflow::Home&, const people::Participant&) -> Result<> { return {}; }, then);
}

void ScreeningViewModel::change(std::function<Result<>(workflow::Home&, const people::Participant&)> action,
                                const std::function<void()>& then) {
    m_isBusy = true;
    emit changed();
    m_vault->run(
        this,
        [action = std::move(action), id = m_participant](Tablet& tablet) -> Result<Loaded> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_ASSIGN(const auto person, people::Participants(home->sessions()).find(id));
            if (!person) return fail(ErrorCode::NotFound, "there is no such participant in this home");
            SOTTO_TRY(action(*home, *person));
            return load(*home, id);
        },
        [this, then](Result<Loaded> loaded) {
            m_isBusy = false;
            if (!loaded) return setError(loaded.error());
            take(*std::move(loaded));
            then();
        });
}

void ScreeningViewModel::take(Loaded loaded) {
    m_person = std::move(loaded.person);
    m_view = std::move(loaded.view);
    m_error.clear();
    const QStringList& languages = m_view->study->pack.languages;
    if (!languages.contains(m_language) && !languages.isEmpty()) m_language = languages.constFirst();
    emit changed();
}

void ScreeningViewModel::begin() {
    if (!m_view->record) return show(Step::Ask);
    if (m_view->record->fit == Fit::Fits) return show(Step::Fits);
    if (m_view->record->fit == Fit::NotNow) return show(Step::NotNow);
    // Where the last call ended.
    const auto open = std::find_if(m_view->forms.begin(), m_view->forms.end(),
                                   [](const study::AnsweredForm& form) { return form.answers.empty(); });
    if (open == m_view->forms.begin()) return showForm(0);
    showForm(static_cast<std::size_t>(open - m_view->forms.begin()) - 1);
}

void ScreeningViewModel::show(Step step) {
    if (step != Step::Form) dropForm();
    m_step = step;
    emit changed();
}

/// What shows the form goes first: it must never look at one that is not there, nor show what was typed for another.
void ScreeningViewModel::dropForm() {
    if (m_form == nullptr) return;
    m_step = Step::Loading;
    emit changed();
    FormViewModel* const before = m_form;
    m_form = nullptr;
    emit formChanged();
    before->close();
    before->deleteLater();
}

void ScreeningViewModel::showForm(std::size_t index) {
    dropForm();
    m_index = index;
    const study::AnsweredForm& answered = m_view->forms[index];
    const auto saver = [this, form = *answered.form](const QString& item, const std::optional<study::Answer>& answer,
                                                     const std::function<void(const Result<QStringList>&)>& then) {
        save(form, item, answer, then);
    };
    m_form = new FormViewModel(*answered.form, m_language, answered.answers, saver, this);
    connect(m_form, &FormViewModel::finished, this, &ScreeningViewModel::goOn);
    connect(m_form, &FormViewModel::left, this, [this] {
        if (m_index == 0) return leave();
        reload([this] { showForm(m_index - 1); });
    });
    connect(m_form, &FormViewModel::alerted, this, &ScreeningViewModel::supportWanted);
    emit formChanged();
    show(Step::Form);
}

void ScreeningViewModel::save(const study::Form& form, const QString& item, const std::optional<study::Answer>& answer,
                              const std::function<void(const Result<QStringList>&)>& then) {
    m_vault->run(
        this,
        [form, item, answer, id = m_participant](Tablet& tablet) -> Result<QStringList> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return workflow::keepScreeningAnswer(*home, id, form, item, answer);
        },
        [this, then](const Result<QStringList>& setOff) {
            then(setOff);
            if (setOff && !setOff->isEmpty()) reload([] {});
        });
}

void ScreeningViewModel::goOn() {
    reload([this] {
        // A form that was begun is asked to its end; nothing is asked after it that could not change anything.
        const bool isLast = m_index + 1 >= m_view->forms.size();
        if (m_view->outcome.fit != Fit::NotNow && !isLast) return showForm(m_index + 1);
        judge();
    });
}

void ScreeningViewModel::judge() {
    switch (m_view->outcome.fit) {
        case Fit::Open:
            return show(Step::Missing);
        case Fit::Fits:
            return show(Step::Fits);
        case Fit::NotNow:
            return show(Step::NotNow);
    }
}

void ScreeningViewModel::lookAgain() {
    if (m_view) showForm(0);
}

QVariantList ScreeningViewModel::languages() const {
    QVariantList list;
    if (!m_view) return list;
    for (const QString& code : m_view->study->pack.languages) {
        const QString name = QLocale(code).nativeLanguageName();
        list.append(QVariantMap{{QStringLiteral("value"), code},
                                {QStringLiteral("text"), name.left(1).toUpper() + name.mid(1)}});
    }
    return list;
}

QString ScreeningViewModel::local(const study::LocalText& text) const {
    return inLanguage(text, m_language);
}

QString ScreeningViewModel::askFirst() const {
    return screening() != nullptr ? local(screening()->askFirst) : QString();
}

QString ScreeningViewModel::words() const {
    if (screening() == nullptr) return {};
    return m_step == Step::Fits     ? local(screening()->fits)
           : m_step == Step::NotNow ? local(screening()->notNow)
                                    : QString();
}

QString ScreeningViewModel::reason() const {
    if (screening() == nullptr || m_step != Step::NotNow) return {};
    const auto found = screening()->reasons.find(m_view->outcome.reason);
    return found == screening()->reasons.end() ? QString() : inLanguage(found->second, m_settings->language());
}

QString ScreeningViewModel::approver() const {
    if (screening() == nullptr || m_step != Step::NotNow || !m_view->mayDeviate()) return {};
    return inLanguage(screening()->deviationsApprovedBy, m_settings->language());
}

QString ScreeningViewModel::progress() const {
    if (!m_view || m_step != Step::Form || m_view->forms.size() < 2) return {};
    return tr("Part %1 of %2").arg(m_index + 1).arg(m_view->forms.size());
}

QVariantList ScreeningViewModel::alerts() const {
    QVariantList list;
    if (!m_view || !m_view->record) return list;
    for (const people::RaisedAlert& alert : m_view->record->alerts) {
        const QString when =
            QLocale().toString(QDateTime::fromMSecsSinceEpoch(alert.utcMs).time(), QLocale::ShortFormat);
        list.append(QVariantMap{
            {QStringLiteral("when"), when},
            {QStringLiteral("protocol"), alert.protocol},
            {QStringLiteral("done"), alert.action.has_value()},
            {QStringLiteral("action"), alert.action ? people::supportActionName(*alert.action) : QString()}});
    }
    return list;
}

bool ScreeningViewModel::isSupported() const {
    if (!m_view || !m_view->record) return true;
    return std::all_of(m_view->record->alerts.begin(), m_view->record->alerts.end(),
                       [](const people::RaisedAlert& alert) { return alert.action.has_value(); });
}

void ScreeningViewModel::chooseLanguage(const QString& code) {
    m_language = code;
    if (m_form != nullptr) m_form->speak(code);
    emit changed();
}

void ScreeningViewModel::agree(const QString& how) {
    const auto known = people::askedHowFromName(how);
    if (!known || m_step != Step::Ask || m_isBusy) return;
    change([how = *known](workflow::Home& home,
                          const people::Participant& person) { return workflow::beginScreening(home, person, how); },
           [this] { showForm(0); });
}

void ScreeningViewModel::answerAlert(int index, const QString& action) {
    const auto known = people::supportActionFromName(action);
    if (!known || !m_view || !m_view->record || index < 0) return;
    const auto& alerts = m_view->record->alerts;
    if (static_cast<std::size_t>(index) >= alerts.size()) return;
    change([alert = alerts[static_cast<std::size_t>(index)], action = *known](
               workflow::Home& home,
               const people::Participant& person) { return workflow::answerAlert(home, person.id, alert, action); },
           [] {});
}

void ScreeningViewModel::openSupport(int index) {
    const QVariantList all = alerts();
    if (index >= 0 && index < all.size()) emit supportWanted(all[index].toMap()[QStringLiteral("protocol")].toString());
}

void ScreeningViewModel::approve(const QString& name) {
    if (m_step != Step::NotNow || name.trimmed().isEmpty()) return;
    change(
        [rules = m_view->broken, name](workflow::Home& home, const people::Participant& person) -> Result<> {
            for (const QString& rule : rules)
                SOTTO_TRY(workflow::approveDeviation(home, person, rule, name));
            return {};
        },
        [this] {
            const bool isLast = m_index + 1 >= m_view->forms.size();
            if (m_view->outcome.fit == Fit::Open && !isLast) return showForm(m_index + 1);
            judge();
        });
}

void ScreeningViewModel::wipe(std::function<Result<>(workflow::Home&, const people::Participant&)> how) {
    if (m_isBusy || !m_person) return;
    m_isBusy = true;
    emit changed();
    m_vault->run(
        this,
        [how = std::move(how), person = *m_person](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return how(*home, person);
        },
        [this](const Result<>& done) {
            m_isBusy = false;
            if (!done) {
                setError(done.error());
                return reload([] {});
            }
            m_view.reset();
            show(Step::Wiped);
        });
}

void ScreeningViewModel::decline() {
    wipe([](workflow::Home& home, const people::Participant& person) {
        return workflow::wipeWhoDeclined(home, person);
    });
}

void ScreeningViewModel::settle() {
    if (m_step == Step::Wiped) return emit gone();
    if (!isSupported() || m_isBusy) return;
    if (m_step == Step::NotNow) {
        return wipe([](workflow::Home& home, const people::Participant& person) -> Result<> {
            SOTTO_TRY(workflow::settleScreening(home, person));
            return {};
        });
    }
    if (m_step != Step::Fits) return;
    if (m_view->record && m_view->record->fit == Fit::Fits) return emit finished();
    change(
        [](workflow::Home& home, const people::Participant& person) -> Result<> {
            SOTTO_TRY(workflow::settleScreening(home, person));
            return {};
        },
        [this] { emit finished(); });
}

void ScreeningViewModel::leave() {
    if (m_step == Step::Wiped) return emit gone();
    if (m_form != nullptr) m_form->flush();
    emit finished();
}

void ScreeningViewModel::setError(const Error& error) {
    m_error = errorText(error);
    emit changed();
}

}  // namespace sotto::app
