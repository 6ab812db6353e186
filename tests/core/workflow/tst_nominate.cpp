// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/screened_study.h"
#include "people/contacts.h"
#include "people/screenings.h"
#include "workflow/nominate.h"

using namespace sotto;
using namespace sotto::test;
using people::NominationId;
using people::TallyOutcome;
using study::MaySay;
using study::NominationWay;
using workflow::NewNomination;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
const QString kWords = QString::fromLatin1(kCanary.data(), kCanary.size());
const QString kCaregiver = QStringLiteral("caregiver");
const QString kProfessional = QStringLiteral("professional");

/// Contact is permitted, with a canary for a name.
NewNomination permitted(const people::Participant& nominator, const QString& role = kCaregiver) {
    return {nominator.id,
            role,
            NominationWay::Permits,
            QStringLiteral("Alex ") + kWords,
            QStringLiteral("555 0199 ") + kWords,
            {MaySay::StudyTopic}};
}

NewNomination passedOn(const people::Participant& nominator, const QString& role = kCaregiver) {
    return {nominator.id, role, NominationWay::PassesOn, {}, {}, {}};
}

}  // namespace

/// All that the nominator's page is made of.
static QStringList nominatorsSide(ScreenedHome& study, const people::Participant& nominator) {
    QStringList side;
    const auto self = must(people::Participants(study.home->sessions()).find(nominator.id)).value();
    side += self.pseudonym + u' ' + (self.pair ? self.pair->toString() : QString());
    for (const auto& one : must(people::Nominations(study.home->identities()).namedBy(nominator.id)))
        side += one.role + people::nominationWayName(one.way) + QString::number(one.utcMs);
    for (const auto& [role, left] : must(workflow::placesLeft(*study.home, self)))
        side += role + QString::number(left);
    return side;
}

class TestNominate : public QObject {
    Q_OBJECT

private slots:
    void onlyWhatTheStudyLaysDownMayBeNamed();
    void whoAgreesTakesTheEmptyPlace();
    void theNominatorsSideTellsNothingOfTheAnswer();
    void whoWouldRatherNotIsErasedFromEveryPage();
    void whoDoesNotAnswerIsErasedAfterTheStudysDelay();
    void anErasureThatWasBrokenOffIsFinished();
    void aTriadHasThreePlacesAndAWall();
};

void TestNominate::onlyWhatTheStudyLaysDownMayBeNamed() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    const auto caregiver = study.enrolAs(kCaregiver);
    const auto refuse = [&](const NewNomination& wanted, ErrorCode code) {
        VERIFY_FAILS(workflow::nominate(*study.home, wanted), code);
    };
    refuse(permitted(caregiver, QStringLiteral("person")), ErrorCode::NotAllowed);
    refuse(permitted(person, QStringLiteral("person")), ErrorCode::NotAllowed);
    NewNomination wrong = permitted(person);
    wrong.maySay = {MaySay::NothingElse};
    refuse(wrong, ErrorCode::NotAllowed);
    wrong = permitted(person);
    wrong.reach.clear();
    refuse(wrong, ErrorCode::InvalidArgument);
    wrong = passedOn(person);
    wrong.name = kWords;
    refuse(wrong, ErrorCode::InvalidArgument);
    wrong = permitted(person);
    wrong.nominator = ParticipantId::random();
    refuse(wrong, ErrorCode::NotFound);
    QCOMPARE(study.whereIs(kWords), QStringList());
    VERIFY_OK(workflow::nominate(*study.home, permitted(person)));
    refuse(passedOn(person), ErrorCode::NotAllowed);  // the study asks for one of each role
    VERIFY_OK(workflow::nominate(*study.home, passedOn(person, kProfessional)));
    QVERIFY(must(workflow::placesLeft(*study.home, person)) ==
            (std::map<QString, int>{{kCaregiver, 0}, {kProfessional, 0}}));
}

void TestNominate::whoAgreesTakesTheEmptyPlace() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    const NominationId id = must(workflow::nominate(*study.home, permitted(person)));
    must(people::Nominations(study.home->identities()).addTry(id, people::ContactKind::NoAnswer, study.clock.now()));
    QCOMPARE(must(people::Participants(study.home->sessions()).all()).size(), std::size_t{1});
    const auto enrolled = must(workflow::acceptNomination(*study.home, id));
    QCOMPARE(enrolled.role, kCaregiver);
    const auto self = must(people::Participants(study.home->sessions()).find(person.id)).value();
    QVERIFY(enrolled.pair && enrolled.pair == self.pair);
    QCOMPARE(must(people::Identities(study.home->identities()).find(enrolled.id))->name, permitted(person).name);
    const auto card = must(people::Contacts(study.home->identities()).card(enrolled.id));
    QCOMPARE(card.safeWays, permitted(person).reach);
    QCOMPARE(card.log.size(), std::size_t{1});
    QVERIFY(must(people::Nominations(study.home->identities()).waiting()).empty());
    VERIFY_FAILS(workflow::acceptNomination(*study.home, id), ErrorCode::NotFound);
    const NominationId nameless = must(workflow::nominate(*study.home, passedOn(person, kProfessional)));
    VERIFY_FAILS(workflow::acceptNomination(*study.home, nameless), ErrorCode::InvalidArgument);
    VERIFY_OK(workflow::acceptNomination(*study.home, nameless, QStringLiteral("Dominique Invention")));
}

void TestNominate::theNominatorsSideTellsNothingOfTheAnswer() {
    ScreenedHome study;
    std::vector<people::Participant> nominators;
    std::vector<NominationId> ids;
    for (int i = 0; i < 3; ++i) {
        nominators.push_back(study.enrolAs());
        ids.push_back(must(workflow::nominate(*study.home, permitted(nominators.back()))));
    }
    std::vector<QStringList> before;
    for (const auto& nominator : nominators)
        before.push_back(nominatorsSide(study, nominator));
    must(workflow::acceptNomination(*study.home, ids[0]));
    must(workflow::declineNomination(*study.home, ids[1]));
    study.clock.advance(31 * kDayMs);
    study.lockAndUnlock();
    QVERIFY(must(people::Nominations(study.home->identities()).waiting()).empty());
    for (std::size_t i = 0; i < nominators.size(); ++i)
        QCOMPARE(nominatorsSide(study, nominators[i]), before[i]);
}

void TestNominate::whoWouldRatherNotIsErasedFromEveryPage() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    const NominationId id = must(workflow::nominate(*study.home, permitted(person)));
    QCOMPARE(study.whereIs(kWords), (QStringList{QStringLiteral("identities"), QStringLiteral("a log")}));
    must(workflow::declineNomination(*study.home, id));
    QCOMPARE(study.whereIs(kWords), QStringList());
    const auto tally = must(people::Screenings(study.home->sessions()).tally());
    QVERIFY(tally.size() == 1 && tally[0].outcome == TallyOutcome::Declined && tally[0].role == kCaregiver);
}

void TestNominate::whoDoesNotAnswerIsErasedAfterTheStudysDelay() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    must(workflow::nominate(*study.home, permitted(person)));
    study.clock.advance(20 * kDayMs);
    must(workflow::nominate(*study.home, passedOn(person, kProfessional)));
    study.clock.advance(10 * kDayMs - 1);
    study.lockAndUnlock();
    QCOMPARE(must(people::Nominations(study.home->identities()).waiting()).size(), std::size_t{2});
    study.clock.advance(1);
    study.lockAndUnlock();
    QVERIFY(!study.home->recovery().unfinished);
    QCOMPARE(study.whereIs(kWords), QStringList());
    QCOMPARE(must(people::Nominations(study.home->identities()).waiting()).size(), std::size_t{1});
    const auto tally = must(people::Screenings(study.home->sessions()).tally());
    QVERIFY(tally.size() == 1 && tally[0].outcome == TallyOutcome::NoAnswer && tally[0].role == kCaregiver);
    QVERIFY(must(people::Participants(study.home->sessions()).find(person.id)));
}

void TestNominate::anErasureThatWasBrokenOffIsFinished() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    const NominationId id = must(workflow::nominate(*study.home, permitted(person)));
    // As if the power went when the erasure was written down and the row was gone, but its pages were not.
    workflow::Erasure erasure;
    erasure.id = FileId::random().toString();
    erasure.kind = workflow::ErasureKind::Nomination;
    erasure.stage = workflow::ErasureStage::Turning;
    must(workflow::Erasures(study.home->sessions()).add(erasure));
    must(people::Nominations(study.home->identities()).remove(id));
    QVERIFY(!study.whereIs(kWords).isEmpty());
    study.lockAndUnlock();
    QCOMPARE(study.whereIs(kWords), QStringList());
    QVERIFY(must(workflow::Erasures(study.home->sessions()).unfinished()).empty());
}

void TestNominate::aTriadHasThreePlacesAndAWall() {
    ScreenedHome study;
    const auto person = study.enrolAs();
    const NominationId caregiver = must(workflow::nominate(*study.home, permitted(person)));
    const NominationId professional = must(workflow::nominate(*study.home, passedOn(person, kProfessional)));
    must(workflow::acceptNomination(*study.home, caregiver));
    must(workflow::acceptNomination(*study.home, professional, QStringLiteral("Dominique Invention")));
    const auto self = must(people::Participants(study.home->sessions()).find(person.id)).value();
    QCOMPARE(must(people::Participants(study.home->sessions()).membersOf(*self.pair)).size(), std::size_t{3});
    QVERIFY(study.home->study().pack.policy.hasWall);
}

QTEST_GUILESS_MAIN(TestNominate)
#include "tst_nominate.moc"
