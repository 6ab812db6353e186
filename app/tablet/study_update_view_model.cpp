// SPDX-License-Identifier: Apache-2.0
#include "study_update_view_model.h"

#include "base/file.h"
#include "error_text.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"
#include "workflow/study_update.h"

namespace sotto::app {

namespace {

constexpr std::uint64_t kMaxSignedPack = 64U << 20;

/// The parts of a pack, in the words of those who use it.
QString partName(const QString& file) {
    const QString detail = file.section(u'/', 1).section(u'.', 0, -2);
    const auto named = [&detail](const QString& part) {
        return StudyUpdateViewModel::tr("%1 (%2)", "part of a study (role and language)").arg(part, detail);
    };
    if (file.startsWith(QStringLiteral("guides/"))) return named(StudyUpdateViewModel::tr("Interview guide"));
    if (file.startsWith(QStringLiteral("consents/"))) return named(StudyUpdateViewModel::tr("Consent form"));
    if (file.startsWith(QStringLiteral("instruments/"))) return named(StudyUpdateViewModel::tr("Questionnaire"));
    if (file.startsWith(QStringLiteral("screening/")))
        return named(StudyUpdateViewModel::tr("Questions before taking part"));
    if (file.startsWith(QStringLiteral("protocol."))) {
        return StudyUpdateViewModel::tr("%1 (%2)", "part of a study (role and language)")
            .arg(StudyUpdateViewModel::tr("Steps for pause and support"), file.section(u'.', 1, 1));
    }
    if (file == u"codebook.yaml") return StudyUpdateViewModel::tr("Codes");
    if (file == u"deident.yaml") return StudyUpdateViewModel::tr("What leaves the lab");
    return StudyUpdateViewModel::tr("Roles, rules of the study and crisis lines");
}

}  // namespace

StudyUpdateViewModel::StudyUpdateViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent)
    : QObject(parent), m_vault(&vault), m_settings(&settings) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &StudyUpdateViewModel::changed);
    load(State::Rest);
}

void StudyUpdateViewModel::load(State then) {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<study::SignedPack> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            return home->study();
        },
        [this, then](Result<study::SignedPack> study) {
            if (!study) return goTo(State::Opening, errorText(study.error()));
            m_current = *std::move(study);
            goTo(then);
        });
}

QString StudyUpdateViewModel::title() const {
    return inLanguage(m_current.pack.title, m_settings->language());
}

QString StudyUpdateViewModel::fingerprint() const {
    if (m_state == State::Opening) return {};
    return study::fingerprintWords(m_current.keys.signing, m_settings->language());
}

void StudyUpdateViewModel::read(const QString& path) {
    if (m_state != State::Rest && m_state != State::Done) return;
    goTo(State::Reading);
    m_vault->run(
        this,
        [path = path.trimmed(), pinned = m_current.keys.signing](Tablet& tablet) -> Result<study::SignedPack> {
            SOTTO_ASSIGN(const Bytes bytes, readFile(tablet.files(), path.toStdString(), kMaxSignedPack));
            return study::openSignedPack(bytes, pinned);
        },
        [this](Result<study::SignedPack> pack) { compare(std::move(pack)); });
}

void StudyUpdateViewModel::compare(Result<study::SignedPack> pack) {
    if (!pack) {
        return goTo(State::Rest,
                    pack.error().code == ErrorCode::SignatureInvalid
                        ? tr("This file is not signed by the lab that this tablet trusts. Do not use it; ask the lab.")
                        : errorText(pack.error()));
    }
    if (pack->pack.id != m_current.pack.id)
        return goTo(State::Rest, tr("This is another study. A tablet serves one study."));
    if (pack->pack.version <= m_current.pack.version) {
        return goTo(State::Rest, tr("This file is version %1 of the study; the tablet has version %2 already.")
                                     .arg(pack->pack.version)
                                     .arg(m_current.pack.version));
    }
    m_new = std::make_shared<const study::SignedPack>(*std::move(pack));
    goTo(State::Compare);
}

QStringList StudyUpdateViewModel::changes() const {
    QStringList list;
    if (!m_new) return list;
    for (const auto& [file, bytes] : m_new->files) {
        const auto before = m_current.files.find(file);
        if (before == m_current.files.end()) list.append(tr("New: %1").arg(partName(file)));
        if (before != m_current.files.end() && before->second != bytes)
            list.append(tr("Changed: %1").arg(partName(file)));
    }
    for (const auto& [file, bytes] : m_current.files) {
        if (m_new->files.count(file) == 0) list.append(tr("No longer there: %1").arg(partName(file)));
    }
    if (m_new->keys.content != m_current.keys.content || m_new->keys.identity != m_current.keys.identity)
        list.append(tr("The lab has new keys: what is kept here is wrapped for them, which may take a while."));
    return list;
}

void StudyUpdateViewModel::take() {
    if (m_state != State::Compare) return;
    goTo(State::Updating);
    m_vault->run(
        this,
        [pack = m_new](Tablet& tablet) -> Result<> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(workflow::updateStudy(*home, pack->bytes));
            return home->writeAnchors();
        },
        [this](const Result<>& updated) {
            if (!updated) return goTo(State::Rest, errorText(updated.error()));
            load(State::Done);
        });
}

void StudyUpdateViewModel::cancel() {
    if (m_state == State::Compare) goTo(State::Rest);
}

void StudyUpdateViewModel::goTo(State state, const QString& error) {
    m_state = state;
    m_error = error;
    if (state != State::Compare && state != State::Updating) m_new.reset();
    emit changed();
}

}  // namespace sotto::app
