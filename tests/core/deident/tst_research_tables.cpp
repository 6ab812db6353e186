// SPDX-License-Identifier: Apache-2.0
#include "core/interview/interview_fixture.h"
#include "deident/research_tables.h"
#include "study/deident_fields.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;

namespace {

const QString kCanary = QStringLiteral("Canary-5e0b");

/// A participant who agreed, with a canary in every place that can hold free text or an id.
struct Case {
    Case() {
        pack.languages = QStringList{QStringLiteral("fr")};
        study::Role role;
        role.id = QStringLiteral("person");
        pack.roles.push_back(role);
        study::Guide theGuide = guide();
        theGuide.role = QStringLiteral("person");
        theGuide.language = QStringLiteral("fr");
        pack.guides.push_back(theGuide);
        study::ConsentForm current;
        current.version = QStringLiteral("2");
        pack.consents.push_back(current);
        pack.codebook = codebook();
        pack.deident.allowedFields = study::deidentUniverse();
        opening = test::opening();
        pack.id = opening.studyId;
        pack.version = opening.studyVersion;
        participant.id = opening.participant;
        participant.role = opening.role;
        participant.pseudonym = kCanary;
        participant.researchCode = QStringLiteral("R-77");
        opening.pseudonym = kCanary;
        state.participant = participant.id;
        state.takesPart = true;
        state.formVersion = QStringLiteral("2");
        state.granted = {study::Permission::TakePart, study::Permission::ShareDeidentified};
        events = oneOfEachKind();
        events.pop_back();  // the correction has a test of its own
        events[3].text = kCanary;
        events[6].text = kCanary;
        add(eventOf(EventKind::Code, 70'000, kCanary));
        add(eventOf(EventKind::Ask, 71'000, kCanary));
        add(eventOf(EventKind::Link, 72'000, kCanary));
        interview::Event strange = eventOf(EventKind::Code, 75'999, QStringLiteral("communication"));
        strange.dimensions = {
            {QStringLiteral("valence"), kCanary}, {QStringLiteral("reciprocity"), kCanary}, {kCanary, kCanary}};
        add(strange);
    }
    void add(interview::Event event) { events.push_back(std::move(event)); }
    [[nodiscard]] Result<std::vector<deident::ResearchTable>> tables() const {
        return deident::researchTables({pack, participant, state, opening, events, 125'999, 2, 30, form});
    }
    [[nodiscard]] Result<QByteArray> csv(const QString& name) const {
        SOTTO_ASSIGN(const auto all, tables());
        for (const auto& table : all) {
            if (table.name == name) return table.toCsv();
        }
        return QByteArray("(no table)");
    }

    study::StudyPack pack;
    people::Participant participant;
    consent::ConsentState state;
    interview::Opening opening;
    std::vector<interview::Event> events;
    const study::ConsentForm* form = nullptr;
};

}  // namespace

class ResearchTablesTest : public QObject {
    Q_OBJECT
private slots:
    void tablesHoldWhatIsAllowed();
    void withoutConsentNothingLeaves();
    void consentOfSomebodyElseAllowsNothing();
    void noCanaryLeaves();
    void onlyAllowedFieldsLeave();
    void fieldOfAnotherTableDoesNotLeave();
    void whatSurroundsTheInterviewIsInNoTable();
    void whatWasTakenBackIsLeftOut();
    void whatIsOffTheRecordIsLeftOut();
    void anOldSessionKeepsAQuestionThatANewerPackRemoved();
    void aNewerPackIsRefused();
    void theVersionOfAnEarlierFormIsNamedIfItWasSigned();
    void formulasAndQuotesAreMadeHarmless();
};

void ResearchTablesTest::tablesHoldWhatIsAllowed() {
    const Case given;
    const auto sessions = given.csv(QStringLiteral("sessions"));
    VERIFY_OK(sessions);
    QCOMPARE(*sessions, QByteArray("research_code,role,language,visit,day_offset,duration_s,consent_version,may_quote\n"
                                   "R-77,person,fr,2,30,125,2,no\n"));
    QCOMPARE(*given.csv(QStringLiteral("codes")),
             QByteArray("research_code,code,at_s,valence,reciprocity,source,prompted\n"
                        "R-77,presence,40,positive,,,no\nR-77,communication,75,,,,\n"));
    QCOMPARE(*given.csv(QStringLiteral("links")),
             QByteArray("research_code,from,to,at_s\nR-77,presence,communication,50\n"));
    QCOMPARE(*given.csv(QStringLiteral("marks")), QByteArray("research_code,at_s\nR-77,31\n"));
    QCOMPARE(*given.csv(QStringLiteral("coverage")),
             QByteArray("research_code,section,question,coverage,first_asked_s,probes\n"
                        "R-77,start,how,declined,1,1\nR-77,start,when,not-reached,,0\nR-77,end,last,not-reached,,0\n"));
}

void ResearchTablesTest::withoutConsentNothingLeaves() {
    Case given;
    given.state.granted = {study::Permission::TakePart, study::Permission::RecordAudio, study::Permission::Quote};
    VERIFY_FAILS(given.tables(), ErrorCode::ConsentMissing);
}

void ResearchTablesTest::consentOfSomebodyElseAllowsNothing() {
    Case given;
    given.state.participant = ParticipantId::random();
    VERIFY_FAILS(given.tables(), ErrorCode::InvalidArgument);
}

void ResearchTablesTest::noCanaryLeaves() {
    Case given;
    given.opening.role = kCanary;
    given.opening.language = kCanary;
    given.state.formVersion = kCanary;
    const auto tables = given.tables();
    VERIFY_OK(tables);
    QCOMPARE(tables->size(), std::size_t{7});
    const QString date = utcText(given.opening.at.utcMs).left(10);
    for (const auto& table : *tables) {
        const QString csv = QString::fromUtf8(table.toCsv());
        for (const QString& secret :
             {kCanary, date, date.left(4), given.opening.session.toString(), given.participant.id.toString(),
              given.opening.evidence.toString(), given.opening.deviceKey, given.opening.studyHash}) {
            QVERIFY2(!csv.contains(secret), qPrintable(table.name));
        }
    }
}

void ResearchTablesTest::onlyAllowedFieldsLeave() {
    Case given;
    given.pack.deident.allowedFields = {{QStringLiteral("codes"), {QStringLiteral("at_s"), QStringLiteral("code")}},
                                        {QStringLiteral("marks"), {}}};
    const auto tables = given.tables();
    VERIFY_OK(tables);
    QCOMPARE(tables->size(), std::size_t{1});
    QCOMPARE(tables->front().toCsv(), QByteArray("code,at_s\npresence,40\ncommunication,75\n"));
}

void ResearchTablesTest::fieldOfAnotherTableDoesNotLeave() {
    Case given;
    given.pack.deident.allowedFields = {
        {QStringLiteral("marks"),
         {QStringLiteral("at_s"), QStringLiteral("text"), QStringLiteral("role"), QStringLiteral("pseudonym")}},
        {QStringLiteral("notes"), {QStringLiteral("text")}}};
    const auto tables = given.tables();
    VERIFY_OK(tables);
    QCOMPARE(tables->size(), std::size_t{1});
    QCOMPARE(tables->front().columns, QStringList{QStringLiteral("at_s")});
}

void ResearchTablesTest::whatSurroundsTheInterviewIsInNoTable() {
    Case given;
    const auto before = given.tables();
    VERIFY_OK(before);
    for (const interview::Event& event : aroundOneOfEach())
        given.add(event);
    const auto after = given.tables();
    VERIFY_OK(after);
    QCOMPARE(after->size(), before->size());
    for (std::size_t i = 0; i < after->size(); ++i)
        QCOMPARE(after->at(i).toCsv(), before->at(i).toCsv());
}

void ResearchTablesTest::whatWasTakenBackIsLeftOut() {
    Case given;
    given.events = oneOfEachKind();  // its last event takes back the mark
    QCOMPARE(*given.csv(QStringLiteral("marks")), QByteArray("research_code,at_s\n"));
}

void ResearchTablesTest::whatIsOffTheRecordIsLeftOut() {
    Case given;
    given.add(spanOf(30'000, 45'000));  // the mark at 31 s, the coding at 40 s
    given.add(eventOf(EventKind::Erased, 110'000));
    QCOMPARE(*given.csv(QStringLiteral("marks")), QByteArray("research_code,at_s\n"));
    QCOMPARE(*given.csv(QStringLiteral("codes")),
             QByteArray("research_code,code,at_s,valence,reciprocity,source,prompted\nR-77,communication,75,,,,\n"));
    QCOMPARE(*given.csv(QStringLiteral("links")),
             QByteArray("research_code,from,to,at_s\nR-77,presence,communication,50\n"));
}

void ResearchTablesTest::anOldSessionKeepsAQuestionThatANewerPackRemoved() {
    const Case given;
    const auto before = given.tables();
    VERIFY_OK(before);
    // The update: another version, without the first question and without the code of the session.
    Case updated;
    updated.pack.version += 1;
    auto& questions = updated.pack.guides.front().sections.front().questions;
    questions.erase(questions.begin());
    updated.pack.codebook.codes.erase(updated.pack.codebook.codes.begin());
    VERIFY_FAILS(updated.tables(), ErrorCode::InvalidArgument);
    // The session's own pack is what counts, however many came after it.
    QVERIFY((*given.csv(QStringLiteral("coverage"))).contains("R-77,start,how,declined,1,1\n"));
    QVERIFY((*given.csv(QStringLiteral("codes"))).contains("R-77,presence,40,"));
}

void ResearchTablesTest::aNewerPackIsRefused() {
    Case given;
    VERIFY_OK(given.tables());
    given.pack.version += 1;
    VERIFY_FAILS(given.tables(), ErrorCode::InvalidArgument);
    given.pack.version -= 1;
    given.pack.id = QStringLiteral("another");
    VERIFY_FAILS(given.tables(), ErrorCode::InvalidArgument);
}

void ResearchTablesTest::theVersionOfAnEarlierFormIsNamedIfItWasSigned() {
    Case given;
    study::ConsentForm earlier;
    earlier.version = QStringLiteral("1.4");
    earlier.hash = crypto::sha256(viewOf(std::string_view("the earlier text")));
    given.state.formVersion = earlier.version;
    given.state.formHash = earlier.hash;
    QVERIFY((*given.csv(QStringLiteral("sessions"))).endsWith(",125,,no\n"));
    given.form = &earlier;
    QVERIFY((*given.csv(QStringLiteral("sessions"))).endsWith(",125,1.4,no\n"));
    given.state.formHash = {};  // signed was something else
    QVERIFY((*given.csv(QStringLiteral("sessions"))).endsWith(",125,,no\n"));
}

void ResearchTablesTest::formulasAndQuotesAreMadeHarmless() {
    const deident::ResearchTable table{QStringLiteral("t"),
                                       {QStringLiteral("a"), QStringLiteral("b")},
                                       {{QStringLiteral("=1+1"), QStringLiteral("say \"hi\", you")},
                                        {QStringLiteral("-5"), QStringLiteral("-x")},
                                        {QStringLiteral("+"), QStringLiteral("@cmd")},
                                        {QStringLiteral("\tx"), QStringLiteral("two\nlines")},
                                        {QStringLiteral("\rx"), QStringLiteral("é")}}};
    QCOMPARE(table.toCsv(),
             QByteArray("a,b\n'=1+1,\"say \"\"hi\"\", you\"\n-5,'-x\n'+,'@cmd\n'\tx,\"two\nlines\"\n\"'\rx\",é\n"));
}

QTEST_GUILESS_MAIN(ResearchTablesTest)
#include "tst_research_tables.moc"
