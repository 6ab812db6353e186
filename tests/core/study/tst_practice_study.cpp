// SPDX-License-Identifier: Apache-2.0
// The study that ships: it passes its own check, says what it should, and its scripts fit it.
#include <set>

#include <QTest>

#include "assets/assets.h"
#include "pack_fixture.h"
#include "study/rehearsal_script.h"

using namespace sotto;
using namespace sotto::test;

class TestPracticeStudy : public QObject {
    Q_OBJECT

private slots:
    void theEmbeddedStudyIsTheOneInTheSourceTreeAndHasNoFault() {
        const study::PackFiles embedded = assets::practiceStudy();
        QVERIFY(embedded == practicePack());
        const study::Checked checked = study::checkPack(embedded);
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
    }

    void theModelHoldsWhatTheFilesSay() {
        const auto pack = study::parsePack(assets::practiceStudy());
        QVERIFY(pack.has_value());
        QCOMPARE(pack->id, text("practice"));
        QCOMPARE(pack->version, 1);
        QVERIFY(pack->practice);
        QCOMPARE(pack->languages, QStringList({text("fr"), text("en")}));
        QCOMPARE(pack->purgeAfter, text("stored"));
        QCOMPARE(pack->audioBitrate, 32000);
        QCOMPARE(pack->roles.size(), 4U);
        QCOMPARE(pack->role(text("caregiver"))->name.at(text("fr")), text("Proche"));
        QCOMPARE(study::standIn(*pack->role(text("caregiver")), text("fr")), text("votre proche"));
        QCOMPARE(study::standIn(*pack->role(text("caregiver")), text("en")), text("the person close to you"));
        QCOMPARE(pack->guides.size(), 8U);
        QCOMPARE(pack->consents.size(), 12U);
        QCOMPARE(pack->emergency.phone, text("911"));
        QCOMPARE(pack->crisisLines.size(), 3U);
        QCOMPARE(pack->crisisLines[0].text, text("535353"));
        QCOMPARE(pack->crisisLines[1].phone, text("988"));
        QCOMPARE(pack->deident.allowedFields.at(text("marks")), QStringList({text("research_code"), text("at_s")}));
    }

    void twoRolesNeedNoScreeningAndTheOthersShowTheRest() {
        const auto pack = study::parsePack(assets::practiceStudy());
        QVERIFY(pack->screening(text("person")) == nullptr && pack->screening(text("caregiver")) == nullptr);
        QVERIFY(pack->role(text("person"))->forms.empty());
        QVERIFY(pack->screening(text("friend")) != nullptr);
        QCOMPARE(pack->policy.nominationBy(text("person"))->of, QStringList(text("friend")));
        QVERIFY(pack->role(text("circle"))->manner == study::SessionManner::Group && pack->policy.group.has_value());
        QVERIFY(pack->form(text("about-you"))->kept == study::Kept::Apart);
        QCOMPARE(pack->protocol(text("fr"))->headings.size(), 9U);
        QCOMPARE(pack->protocol(text("en"))->headings.size(), 9U);
        QCOMPARE(pack->consentsInForce(text("friend"), QDate(2026, 11, 23), text("practice-room")).size(), 6U);
        QCOMPARE(pack->consent(text("friend"), text("fr"))->understands, text("before-you-sign"));
        int minutes = 0;
        for (const study::Section& section : pack->guide(text("circle"), text("fr"))->sections)
            minutes += section.plannedMinutes;
        QCOMPARE(minutes, 90);
    }

    void aRoleThatIsNotCalledAnythingStandsInByItsName() {
        study::Role role{text("friend"), {{text("en"), text("Friend")}}, {}};
        QCOMPARE(study::standIn(role, text("en")), text("friend"));
        QCOMPARE(study::standIn(role, text("fr")), QString());
        role.called[text("en")] = text("your friend Al");
        QCOMPARE(study::standIn(role, text("en")), text("your friend Al"));
    }

    void aGuideHoldsSectionsQuestionsAndProbesInOrder() {
        const auto pack = study::parsePack(assets::practiceStudy());
        const study::Guide* guide = pack->guide(text("person"), text("fr"));
        QVERIFY(guide != nullptr);
        QVERIFY(pack->guide(text("person"), text("de")) == nullptr);
        QCOMPARE(guide->sections.size(), 4U);
        QCOMPARE(guide->sections[0].id, text("recovery"));
        QCOMPARE(guide->sections[0].title, text("Le r\xc3\xa9tablissement"));
        QCOMPARE(guide->sections[0].plannedMinutes, 15);
        QVERIFY(guide->sections[0].instructions.startsWith(text("Commencez loin")));
        QCOMPARE(guide->sections[3].id, text("negative-support"));
        const study::Question* question = guide->question(text("relationship-story"));
        QVERIFY(question != nullptr);
        QCOMPARE(question->text, text("Parlez-moi un peu du lien qui vous unit, {caregiver} et vous."));
        QCOMPARE(question->probes.size(), 2U);
        QCOMPARE(question->probes[1].id, text("relationship-together"));
        QVERIFY(guide->hasProbe(text("harder-wish")));
        QVERIFY(!guide->hasProbe(text("influence-how")));
        QVERIFY(pack->guide(text("caregiver"), text("en"))->question(text("influence")) != nullptr);
    }

    void aConsentFormHoldsItsPartsAndItems() {
        const study::PackFiles files = assets::practiceStudy();
        const auto pack = study::parsePack(files);
        const study::ConsentForm* form = pack->consent(text("person"), text("en"));
        QVERIFY(form != nullptr);
        QCOMPARE(form->version, text("2026-11-22"));
        QCOMPARE(form->title, text("Taking part in a practice interview: person in recovery"));
        QStringList parts;
        for (const auto& part : form->parts) {
            parts.append(part.first);
        }
        QCOMPARE(parts.join(QLatin1Char(' ')),
                 text("purpose funder board contacts storage confidentiality withdrawal"));
        QVERIFY(form->parts[0].second.startsWith(text("**This is practice.** No research is being done.")));
        QVERIFY(form->parts[6].second.endsWith(text("There will be no consequence for you.")));
        QCOMPARE(form->headings.at(text("funder")), text("Who pays for it"));
        QCOMPARE(form->items.size(), 6U);
        QCOMPARE(form->items[0].id, text("take-part"));
        QVERIFY(form->items[0].required && form->items[0].permission == study::Permission::TakePart);
        QCOMPARE(form->items[1].text, text("I agree that my voice is recorded."));
        QVERIFY(!form->items[1].required && form->items[1].permission == study::Permission::RecordAudio);
        QVERIFY(form->hash == crypto::sha256(files.at(text("consents/person.en.md"))));
    }

    void theCodebookHoldsTheSevenMechanisms() {
        const auto pack = study::parsePack(assets::practiceStudy());
        QCOMPARE(pack->codebook.codes.size(), 7U);
        QVERIFY(pack->codebook.liveCoding);
        QCOMPARE(pack->codebook.code(text("influence"))->group, text("primary"));
        QCOMPARE(pack->codebook.code(text("validation"))->group, text("secondary"));
        QCOMPARE(pack->codebook.dimensions.at(text("reciprocity")),
                 QStringList({text("one-way-caregiver"), text("one-way-person"), text("both")}));
        QVERIFY(pack->codebook.code(text("information")) == nullptr);
    }

    void theScriptsNameOnlyWhatTheStudyHas_data() {
        QTest::addColumn<QString>("role");
        QTest::newRow("person") << text("person");
        QTest::newRow("caregiver") << text("caregiver");
    }
    void theScriptsNameOnlyWhatTheStudyHas() {
        QFETCH(QString, role);
        const auto bytes = assets::practiceScript(role);
        QVERIFY(bytes.has_value());
        const auto script = study::parseRehearsalScript(viewOf(*bytes));
        QVERIFY2(script.has_value(), script ? "" : script.error().context.c_str());
        const auto pack = study::parsePack(assets::practiceStudy());
        const study::Guide* guide = pack->guide(script->role, script->language);
        QVERIFY(guide != nullptr);
        QVERIFY(pack->role(script->partnerRole) != nullptr);
        QCOMPARE(script->role, role);
        std::set<QString> items;
        for (const auto& item : pack->consent(script->role, script->language)->items) {
            items.insert(item.id);
        }
        std::set<QString> answered;
        for (const auto& answer : script->consent) {
            answered.insert(answer.first);
        }
        QVERIFY(items == answered);
        std::set<study::ScriptStep::Action> kinds;
        for (const study::ScriptStep& step : script->steps) {
            kinds.insert(step.action);
            checkStep(step, *guide, pack->codebook);
        }
        QCOMPARE(kinds.size(), 9U);
        QVERIFY(script->steps.back().atMs <= 56'000);
    }

    void thereIsNoScriptForAnotherRole() {
        QVERIFY(!assets::practiceScript(text("professional")).has_value());
        QVERIFY(!assets::practiceScript(text("../studies/practice/study")).has_value());
    }

private:
    static void checkStep(const study::ScriptStep& step, const study::Guide& guide, const study::Codebook& codebook) {
        using Action = study::ScriptStep::Action;
        if (step.action == Action::Ask) QVERIFY2(guide.question(step.id) != nullptr, qPrintable(step.id));
        if (step.action == Action::Probe) QVERIFY2(guide.hasProbe(step.id), qPrintable(step.id));
        if (step.action == Action::Code) {
            QVERIFY2(codebook.code(step.id) != nullptr, qPrintable(step.id));
            for (const auto& [name, value] : step.dimensions) {
                QVERIFY2(codebook.dimensions.at(name).contains(value), qPrintable(value));
            }
        }
        if (step.action == Action::Link) {
            QVERIFY(codebook.code(step.id) != nullptr && codebook.code(step.target) != nullptr);
        }
    }
};

QTEST_GUILESS_MAIN(TestPracticeStudy)
#include "tst_practice_study.moc"
