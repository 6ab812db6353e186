// SPDX-License-Identifier: Apache-2.0
#include "consent_view_model.h"

#include <algorithm>

#include <QLocale>

#include "consent_keeping.h"
#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using consent::Kind;
using consent::Signer;

namespace {

constexpr int kTickMs = 100;

QString languageName(const QString& code) {
    static const QMap<QString, QString> kNames{{QStringLiteral("en"), QStringLiteral("English")},
                                               {QStringLiteral("fr"), QStringLiteral("Français")}};
    return kNames.value(code, QLocale(code).nativeLanguageName());
}

}  // namespace

ConsentViewModel::ConsentViewModel(VaultThread& vault, SettingsViewModel& settings, const Devices& devices,
                                   const ParticipantId& participant, QObject* parent)
    : QObject(parent),
      m_vault(&vault),
      m_settings(&settings),
      m_press(devices.press),
      m_participant(participant),
      m_recorder(devices.sound) {
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_recorder.hasFailed()) return stopStatement();
        emit ticked();
    });
    load();
}

ConsentViewModel::~ConsentViewModel() {
    m_settings->setGuestLanguage({});
}

void ConsentViewModel::load() {
    m_vault->run(
        this, [id = m_participant](Tablet& tablet) { return formsToSign(tablet, id); },
        [this](Result<ConsentForms> forms) {
            if (!forms) return setError(errorText(forms.error()));
            m_forms = *std::move(forms);
            if (m_forms.sites.size() == 1) m_site = m_forms.sites.front().id;
            if (m_forms.sites.size() > 1) return goTo(Step::Site);
            opened();
        });
}

/// The site is known; whoever decides may be a question.
void ConsentViewModel::opened() {
    const auto signers = m_forms.signers(m_site);
    if (signers.empty())
        return setError(tr("No consent form of the study is in force here today for this role. Ask the lab."));
    m_signer = signers.front();
    if (signers.size() > 1) return goTo(Step::Signer);
    begin();
}

void ConsentViewModel::begin() {
    const QStringList codes = m_forms.languages(m_site, m_signer);
    if (codes.size() == 1) return chooseLanguage(codes.front());
    goTo(Step::Language);
}

void ConsentViewModel::chooseSite(const QString& id) {
    m_site = id;
    opened();
}

void ConsentViewModel::chooseSigner(const QString& name) {
    m_signer = study::signedByFromName(name).value_or(m_signer);
    begin();
}

void ConsentViewModel::chooseLanguage(const QString& code) {
    auto papers = m_forms.papers(m_site, m_signer, code);
    if (papers.empty()) return setError(tr("A part of this consent form is missing in this language. Ask the lab."));
    m_papers = std::move(papers);
    m_at = 0;
    m_language = code;
    m_settings->setGuestLanguage(code);  // what Sotto says around the text, too
    takeClock();
    goTo(steps().front());
}

/// From now on the paper is shown.
void ConsentViewModel::takeClock() {
    m_vault->run(
        this, [](Tablet& tablet) { return tablet.clock().now(); },
        [this, at = m_at](const Instant& now) {
            if (at < m_papers.size() && !m_papers[at].shownAt) m_papers[at].shownAt = now;
        });
}

void ConsentViewModel::chooseManner(const QString& kind) {
    m_kind = consent::kindFromName(kind).value_or(Kind::Glass);
    for (ConsentPaper& each : m_papers)
        each.attachment.reset();
    if (m_papers.empty()) return begin();
    m_at = 0;
    goTo(steps().front());
}

QVariantList ConsentViewModel::languages() const {
    QVariantList list;
    for (const QString& code : m_forms.languages(m_site, m_signer))
        list.append(QVariantMap{{QStringLiteral("code"), code}, {QStringLiteral("name"), languageName(code)}});
    return list;
}

QVariantList ConsentViewModel::sites() const {
    QVariantList list;
    for (const study::Site& site : m_forms.sites) {
        list.append(QVariantMap{{QStringLiteral("id"), site.id},
                                {QStringLiteral("name"), inLanguage(site.name, m_settings->language())}});
    }
    return list;
}

QVariantList ConsentViewModel::signers() const {
    QVariantList list;
    for (const study::SignedBy who : m_forms.signers(m_site))
        list.append(study::signedByName(who));
    return list;
}

QString ConsentViewModel::signedBy() const {
    return study::signedByName(paper() ? paper()->form.signedBy : m_signer);
}

bool ConsentViewModel::mayBeOral() const {
    return std::all_of(m_forms.forms.begin(), m_forms.forms.end(),
                       [](const study::ConsentForm& form) { return form.mayBeOral; });
}

int ConsentViewModel::countOf(Step step) const {
    if (paper() == nullptr) return 0;
    if (step == Step::Read) return static_cast<int>(paper()->form.parts.size());
    if (step == Step::Understand) return static_cast<int>(paper()->questions.size());
    if (step == Step::Item) return static_cast<int>(paper()->form.items.size());
    return 1;
}

int ConsentViewModel::count() const {
    return countOf(m_step);
}

QString ConsentViewModel::heading() const {
    if (paper() == nullptr || m_step != Step::Read) return {};
    const study::ConsentForm& form = paper()->form;
    const auto found = form.headings.find(form.parts[static_cast<std::size_t>(m_index)].first);
    return found == form.headings.end() ? QString() : found->second;
}

QString ConsentViewModel::text() const {
    if (paper() == nullptr) return {};
    const auto at = static_cast<std::size_t>(m_index);
    if (m_step == Step::Read) return paper()->form.parts[at].second;
    if (m_step == Step::Item) return paper()->form.items[at].text;
    if (m_step == Step::Understand) return inLanguage(paper()->questions[at].text, m_language);
    return {};
}

QString ConsentViewModel::answer() const {
    if (paper() == nullptr || m_step != Step::Item) return {};
    const auto found = paper()->answers.find(paper()->form.items[static_cast<std::size_t>(m_index)].id);
    if (found == paper()->answers.end()) return {};
    return found->second ? QStringLiteral("yes") : QStringLiteral("no");
}

bool ConsentViewModel::isRequired() const {
    return paper() && m_step == Step::Item && paper()->form.items[static_cast<std::size_t>(m_index)].required;
}

QVariantList ConsentViewModel::options() const {
    QVariantList list;
    if (paper() == nullptr || m_step != Step::Understand) return list;
    const study::FormItem& question = paper()->questions[static_cast<std::size_t>(m_index)];
    const auto given = paper()->understanding.find(question.id);
    const QString last = given == paper()->understanding.end() ? QString() : given->second.back();
    for (const study::Option& option : question.options) {
        list.append(QVariantMap{{QStringLiteral("id"), option.id},
                                {QStringLiteral("text"), inLanguage(option.name, m_language)},
                                {QStringLiteral("chosen"), option.id == last}});
    }
    return list;
}

bool ConsentViewModel::isToExplain() const {
    if (paper() == nullptr || m_step != Step::Understand) return false;
    const study::FormItem& question = paper()->questions[static_cast<std::size_t>(m_index)];
    const auto given = paper()->understanding.find(question.id);
    return given != paper()->understanding.end() && given->second.back() != question.right;
}

QVariantList ConsentViewModel::summary() const {
    QVariantList list;
    if (paper() == nullptr) return list;
    for (const study::ConsentItem& item : paper()->form.items) {
        const auto found = paper()->answers.find(item.id);
        if (found == paper()->answers.end()) continue;
        list.append(QVariantMap{{QStringLiteral("text"), item.text}, {QStringLiteral("yes"), found->second}});
    }
    return list;
}

bool ConsentViewModel::takesPart() const {
    return !m_papers.empty() && std::all_of(m_papers.begin(), m_papers.begin() + static_cast<std::ptrdiff_t>(m_at) + 1,
                                            [](const ConsentPaper& each) { return each.takesPart(); });
}

QVariantList ConsentViewModel::strokes(Signer signer) const {
    return paper() ? paper()->strokes.value(signer) : QVariantList();
}

QString ConsentViewModel::statementTime() const {
    const auto seconds = m_recorder.durationMs() / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

void ConsentViewModel::sign() {
    if (m_isBusy || m_step != Step::Interviewer || interviewerStrokes().isEmpty()) return;
    const bool isShown = std::all_of(m_papers.begin(), m_papers.end(),
                                     [](const ConsentPaper& each) { return each.shownAt.has_value(); });
    if (!isShown) return;
    m_isBusy = true;
    emit changed();
    m_vault->run(
        this,
        [participant = m_participant, papers = m_papers, kind = m_kind, site = m_site](Tablet& tablet) {
            return keepConsent(tablet, participant, papers, kind, site);
        },
        [this](const Result<>& kept) {
            m_isBusy = false;
            if (!kept) return setError(errorText(kept.error()));
            signedAndKept();
        });
}

void ConsentViewModel::signedAndKept() {
    m_copy = new CopyViewModel(*m_vault, m_press, m_participant, this);
    goTo(Step::Done);
}

void ConsentViewModel::decline() {
    m_vault->run(
        this, [participant = m_participant](Tablet& tablet) { return noteRefusal(tablet, participant); },
        [this](const Result<>& noted) {
            if (!noted) return setError(errorText(noted.error()));
            emit finished();
        });
}

void ConsentViewModel::setError(const QString& error) {
    m_error = error;
    emit changed();
}

}  // namespace sotto::app
