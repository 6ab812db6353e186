// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/people/a_form.h"
#include "core/workflow/workflow_fixture.h"
#include "vault/audit.h"
#include "workflow/answering.h"
#include "workflow/forget.h"

using namespace sotto;
using namespace sotto::test;
using Stage = workflow::RoleFormState::Stage;

namespace {

const QString kWords = QStringLiteral("zanzibar");

/// The practice study with forms for its first role, what may leave of them on its list, and perhaps a link.
study::SignedPack packWithForms(bool mayLink = false) {
    study::PackFiles files = practicePack();
    const QString yaml = QStringLiteral("study.yaml");
    edit(files, yaml, "  - id: person\n",
         "  - id: person\n    forms: [{form: context, when: after, by: interviewer}, "
         "{form: about-you, when: after, by: participant}, {form: mood, when: any, by: interviewer}]\n");
    edit(files, QStringLiteral("deident.yaml"), "  marks: ",
         "  context: [research_code, item, value]\n  scores: [research_code, form, score, band]\n  marks: ");
    files[QStringLiteral("instruments/mood.yaml")] = bytesOf(R"(title: {en: "Mood", fr: "Humeur"}
items:
  - id: low
    type: single
    options: [{id: no, value: 0, name: {en: "No", fr: "Non"}}, {id: yes, value: 3, name: {en: "Yes", fr: "Oui"}}]
    text: {en: "Low?", fr: "Basse?"}
scores:
  - id: total
    sum: [low]
    bands: [{id: few, least: 0, most: 2, name: {en: "few", fr: "peu"}}, {id: many, least: 3, most: 3, name: {en: "many", fr: "bien"}}]
alerts:
  - {id: is-low, when: {low: yes}, protocol: pause, tells: {en: "We will ask.", fr: "Nous demanderons."}}
)");
    if (mayLink) {
        for (const char* language : {"en", "fr"}) {
            const QString path = QStringLiteral("consents/person.%1.md").arg(QLatin1String(language));
            edit(files, path, "(receive-report, optional)", "(link-sheet, optional)");
        }
    }
    return Lab::instance().sign(files);
}

study::Answer option(const char* id) {
    return chose({QString::fromLatin1(id)});
}

/// A home of that study with somebody who takes part.
struct Asked : World {
    explicit Asked(bool mayLink = false, bool shares = true) {
        home = must(Home::create(files, kHome, viewOf(kPassphrase), packWithForms(mayLink), clock, cheapOptions()));
        participant = consentedPerson(*home, consentItems(true, shares));
    }
    void answer(const char* form, const char* item, const study::Answer& answer) {
        auto answering = must(workflow::Answering::begin(*home, participant.id, QString::fromLatin1(form)));
        must(answering.keep(*home, QString::fromLatin1(item), answer));
        must(answering.finish(*home));
    }
    [[nodiscard]] Stage stageOf(const QString& form) {
        for (const auto& state : must(workflow::roleForms(*home, participant.id))) {
            if (state.form.id == form) return state.stage;
        }
        return Stage::NotBegun;
    }
    /// Held, sealed, sent and opened at the lab; where it lies there.
    [[nodiscard]] Path arrive() {
        Acknowledged told;
        must(interviewShortly(*home, participant, told));
        must(workflow::sealSession(*home, told.id));
        must(deliver(*home));
        must(receive());
        return kLabOut / told.id.toString().toStdString();
    }
    [[nodiscard]] QString at(const Path& path) { return QString::fromUtf8(byteArrayOf(files.content(path))); }

    std::unique_ptr<Home> home;
    people::Participant participant;
};

}  // namespace

class TestAnswering : public QObject {
    Q_OBJECT

private slots:
    void theFormsOfARoleSayHowFarTheyAre();
    void anAlertIsNamedAndSupportIsInTheAuditTrailWithoutAReason();
    void aSheetIsLinkedOnlyIfStudyAndParticipantSaySo();
    void answersGoWithTheParticipantWhoIsErased();
    void theContentPackageHoldsWhatIsKeptWithTheSession();
    void researchHoldsWhatIsCarriedWithinConsentAndList();
    void withoutConsentToShareNoAnswerLeavesForResearch();
};

void TestAnswering::theFormsOfARoleSayHowFarTheyAre() {
    Asked world;
    const auto states = must(workflow::roleForms(*world.home, world.participant.id));
    QCOMPARE(states.size(), std::size_t{3});
    QVERIFY(states[0].form.id == u"context" && states[0].asked.by == study::FilledBy::Interviewer);
    QCOMPARE(world.stageOf(QStringLiteral("context")), Stage::NotBegun);
    auto answering = must(workflow::Answering::begin(*world.home, world.participant.id, QStringLiteral("context")));
    must(answering.keep(*world.home, QStringLiteral("tie"), option("family")));
    QCOMPARE(world.stageOf(QStringLiteral("context")), Stage::Begun);
    world.home.reset();
    world.home = must(world.unlock());
    answering = must(workflow::Answering::begin(*world.home, world.participant.id, QStringLiteral("context")));
    QCOMPARE(answering.known().at(QStringLiteral("tie")).options, QStringList(QStringLiteral("family")));
    must(answering.finish(*world.home));
    QCOMPARE(world.stageOf(QStringLiteral("context")), Stage::Done);
    VERIFY_FAILS(workflow::Answering::begin(*world.home, world.participant.id, QStringLiteral("nothing")),
                 ErrorCode::NotFound);
    VERIFY_FAILS(workflow::Answering::begin(*world.home, ParticipantId::random(), QStringLiteral("context")),
                 ErrorCode::NotFound);
}

void TestAnswering::anAlertIsNamedAndSupportIsInTheAuditTrailWithoutAReason() {
    Asked world;
    auto answering = must(workflow::Answering::begin(*world.home, world.participant.id, QStringLiteral("mood")));
    QCOMPARE(must(answering.keep(*world.home, QStringLiteral("low"), option("no"))), QStringList());
    QCOMPARE(must(answering.keep(*world.home, QStringLiteral("low"), option("yes"))),
             QStringList(QStringLiteral("is-low")));
    const auto last = must(vault::AuditTrail(world.home->sessions()).last());
    QVERIFY(last && last->action == u"support.offered");
    QCOMPARE(last->details.keys(), QStringList(QStringLiteral("participant")));
}

void TestAnswering::aSheetIsLinkedOnlyIfStudyAndParticipantSaySo() {
    for (const bool mayLink : {false, true}) {
        Asked world(mayLink);
        world.answer("about-you", "age", option("under-30"));
        world.answer("about-you", "gender", option("woman"));
        const auto sheets = must(people::DetachedSheets(world.home->identities()).all(QStringLiteral("about-you")));
        QCOMPARE(sheets.size(), mayLink ? std::size_t{1} : std::size_t{2});
        for (const auto& sheet : sheets)
            QVERIFY(sheet.participant == (mayLink ? std::optional(world.participant.id) : std::nullopt));
        auto again = must(workflow::Answering::begin(*world.home, world.participant.id, QStringLiteral("about-you")));
        QCOMPARE(again.known().size(), mayLink ? std::size_t{2} : std::size_t{0});
        must(workflow::eraseParticipant(*world.home, world.participant.id));
        const auto left = must(people::DetachedSheets(world.home->identities()).all(QStringLiteral("about-you")));
        QCOMPARE(left.size(), mayLink ? std::size_t{0} : std::size_t{2});
    }
}

void TestAnswering::answersGoWithTheParticipantWhoIsErased() {
    Asked world;
    world.answer("context", "more", wrote(kWords));
    QVERIFY(byteArrayOf(world.home->sessions().plainImage()).contains(kWords.toUtf8()));
    must(workflow::eraseParticipant(*world.home, world.participant.id));
    QVERIFY(!byteArrayOf(world.home->sessions().plainImage()).contains(kWords.toUtf8()));
    QVERIFY(must(people::FilledForms(world.home->sessions()).progress(world.participant.id)).empty());
}

void TestAnswering::theContentPackageHoldsWhatIsKeptWithTheSession() {
    Asked world;
    world.answer("context", "more", wrote(kWords));
    world.answer("context", "network", counted(0));
    world.answer("mood", "low", option("yes"));
    world.answer("about-you", "age", option("under-30"));
    // Asked while somebody counted on three people, and not any more: it does not count.
    world.answer("context", "network", counted(3));
    world.answer("context", "network-seen", counted(2));
    world.answer("context", "network", counted(0));
    const Path content = world.arrive() / "content" / "instruments";
    const QStringList names = filesBelow(world.files, content);
    QCOMPARE(QSet(names.begin(), names.end()), QSet({QStringLiteral("context.json"), QStringLiteral("mood.json")}));
    const auto context = QJsonDocument::fromJson(world.at(content / "context.json").toUtf8()).object();
    QCOMPARE(context[QStringLiteral("answers")].toObject().keys(),
             QStringList({QStringLiteral("more"), QStringLiteral("network")}));
    QVERIFY(context[QStringLiteral("finished")].toBool());
    QCOMPARE(context[QStringLiteral("answers")][QStringLiteral("more")][QStringLiteral("text")].toString(), kWords);
    const auto mood = QJsonDocument::fromJson(world.at(content / "mood.json").toUtf8()).object();
    QCOMPARE(mood[QStringLiteral("scores")][QStringLiteral("total")][QStringLiteral("total")].toInt(), 3);
    QCOMPARE(mood[QStringLiteral("scores")][QStringLiteral("total")][QStringLiteral("band")].toString(),
             QStringLiteral("many"));
}

void TestAnswering::researchHoldsWhatIsCarriedWithinConsentAndList() {
    Asked world;
    world.answer("context", "tie", chose({QStringLiteral("other")}, kWords));
    world.answer("context", "network", counted(34));
    world.answer("context", "more", wrote(kWords));
    world.answer("mood", "low", option("yes"));
    const Path research = world.arrive() / "research";
    const QString code = world.participant.researchCode;
    QCOMPARE(world.at(research / "context.csv"),
             QStringLiteral("research_code,item,value\n%1,network_band,31-40\n%1,source,other\n").arg(code));
    QCOMPARE(world.at(research / "scores.csv"),
             QStringLiteral("research_code,form,score,band\n%1,mood,total,many\n").arg(code));
    for (const QString& name : filesBelow(world.files, research))
        QVERIFY2(!world.at(research / name.toStdString()).contains(kWords), qPrintable(name));
}

void TestAnswering::withoutConsentToShareNoAnswerLeavesForResearch() {
    Asked world(false, false);
    world.answer("mood", "low", option("yes"));
    const Path folder = world.arrive();
    QVERIFY(filesBelow(world.files, folder / "research").isEmpty());
    QVERIFY(!filesBelow(world.files, folder / "content" / "instruments").isEmpty());
}

QTEST_GUILESS_MAIN(TestAnswering)
#include "tst_answering.moc"
