// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/all_rows.h"
#include "core/people/two_vaults.h"
#include "people/home_visits.h"
#include "people/people.h"
#include "people/support_notes.h"
#include "support/fake_clock.h"

using namespace sotto;
using namespace sotto::people;

namespace {

const QString kTrace = QStringLiteral("zanzibar");
constexpr std::int64_t kHour = 3'600'000;

}  // namespace

class TestSupportNotes final : public QObject {
    Q_OBJECT

private:
    test::FakeClock m_clock;
    std::unique_ptr<test::TwoVaults> m_vaults;

    [[nodiscard]] SupportNotes notes() { return SupportNotes(m_vaults->identities()); }
    [[nodiscard]] HomeVisits visits() { return HomeVisits(m_vaults->identities()); }
    [[nodiscard]] ParticipantId enrolOne() {
        const auto enrolled = enrol(m_vaults->sessions(), m_vaults->identities(), QStringLiteral("person"),
                                    QStringLiteral("Camille Invention"), std::nullopt, m_clock.now());
        return enrolled ? enrolled->id : ParticipantId();
    }
    [[nodiscard]] static HomeVisit going(const ParticipantId& id, std::int64_t from = kHour) {
        HomeVisit visit;
        visit.participant = id;
        visit.goes = true;
        visit.decidedUtcMs = from;
        visit.expectedEndUtcMs = from + 2 * kHour;
        return visit;
    }

private slots:
    void init() {
        m_vaults = std::make_unique<test::TwoVaults>(
            std::vector{Participants::schema()},
            std::vector{Identities::schema(), SupportNotes::schema(), HomeVisits::schema()});
    }

    void aNoteIsFoundWithThePersonItIsAbout() {
        const ParticipantId id = enrolOne();
        const SessionId session = SessionId::random();
        VERIFY_OK(notes().add({7, QStringLiteral("pause"), QStringLiteral("first"), id, session}));
        VERIFY_OK(notes().add({8, QStringLiteral("danger"), QStringLiteral("second"), id, {}}));
        VERIFY_OK(notes().add({9, QStringLiteral("pause"), QStringLiteral("of nobody"), {}, {}}));
        const auto about = notes().about(id);
        VERIFY_OK(about);
        QCOMPARE(about->size(), std::size_t{2});
        QVERIFY(about->at(0).utcMs == 7 && about->at(0).heading == u"pause" && about->at(0).text == u"first");
        QVERIFY(about->at(0).session == session && !about->at(1).session);
        QVERIFY(notes().about(ParticipantId::random())->empty());
    }

    void whatIsNoNoteIsRefused() {
        const ParticipantId id = enrolOne();
        for (const auto& [heading, text] :
             std::vector<std::pair<QString, QString>>{{QStringLiteral("pause"), QStringLiteral(" \n")},
                                                      {QString(), kTrace},
                                                      {QStringLiteral("pause"), QString(10'001, QLatin1Char('x'))}}) {
            VERIFY_FAILS(notes().add({1, heading, text, id, {}}), ErrorCode::InvalidArgument);
        }
        VERIFY_FAILS(notes().add({1, QStringLiteral("pause"), kTrace, ParticipantId::random(), {}}),
                     ErrorCode::NotFound);
        QVERIFY(test::mentioning(test::allRows(m_vaults->identities()), {kTrace}).isEmpty());
    }

    void notesAndVisitsGoWithTheIdentity() {
        const ParticipantId id = enrolOne();
        const ParticipantId other = enrolOne();
        VERIFY_OK(notes().add({1, QStringLiteral("pause"), kTrace, id, {}}));
        VERIFY_OK(notes().add({1, QStringLiteral("pause"), QStringLiteral("stays"), other, {}}));
        const auto number = visits().decide(going(id));
        VERIFY_OK(number);
        VERIFY_OK(visits().debrief(*number, kTrace));
        QVERIFY(!test::mentioning(test::allRows(m_vaults->identities()), {kTrace}).isEmpty());
        VERIFY_OK(Identities(m_vaults->identities()).remove(id));
        const auto rows = test::allRows(m_vaults->identities());
        QVERIFY(test::mentioning(rows, {kTrace}).isEmpty() && test::mentioning(rows, {id.toString()}).isEmpty());
        QCOMPARE(notes().about(other)->size(), std::size_t{1});
    }

    void aVisitIsUnderWayUntilItIsEnded() {
        const ParticipantId id = enrolOne();
        QVERIFY(!visits().underWay()->has_value());
        const auto number = visits().decide(going(id));
        VERIFY_OK(number);
        auto running = visits().underWay();
        VERIFY_OK(running);
        QVERIFY(running->has_value() && (*running)->number == *number && (*running)->participant == id);
        QCOMPARE((*running)->expectedEndUtcMs, 3 * kHour);
        VERIFY_OK(visits().prolong(*number, 4 * kHour, 3 * kHour));
        QCOMPARE(visits().underWay()->value().expectedEndUtcMs, 4 * kHour);
        VERIFY_OK(visits().end(*number, 5 * kHour));
        QVERIFY(!visits().underWay()->has_value());
        const auto all = visits().of(id);
        VERIFY_OK(all);
        QVERIFY(all->size() == 1 && all->front().endedUtcMs == 5 * kHour && !all->front().isUnderWay());
        VERIFY_FAILS(visits().end(*number, 6 * kHour), ErrorCode::NotFound);
        VERIFY_FAILS(visits().prolong(*number, 9 * kHour, 6 * kHour), ErrorCode::NotFound);
    }

    void nobodyIsAtTwoHomesAtOnce() {
        const ParticipantId id = enrolOne();
        VERIFY_OK(visits().decide(going(id)));
        VERIFY_FAILS(visits().decide(going(enrolOne())), ErrorCode::NotAllowed);
        HomeVisit no;
        no.participant = id;
        no.decidedUtcMs = kHour;
        VERIFY_OK(visits().decide(no));
        QCOMPARE(visits().of(id)->size(), std::size_t{2});
        QVERIFY(!visits().of(id)->at(1).isUnderWay());
    }

    void timesThatCannotBeAreRefused() {
        const ParticipantId id = enrolOne();
        HomeVisit visit = going(id);
        visit.expectedEndUtcMs = visit.decidedUtcMs;
        VERIFY_FAILS(visits().decide(visit), ErrorCode::InvalidArgument);
        VERIFY_FAILS(visits().decide(going(ParticipantId::random())), ErrorCode::NotFound);
        const auto number = visits().decide(going(id));
        VERIFY_OK(number);
        VERIFY_FAILS(visits().prolong(*number, kHour, 2 * kHour), ErrorCode::InvalidArgument);
        VERIFY_FAILS(visits().debrief(*number, QString(10'001, QLatin1Char('x'))), ErrorCode::InvalidArgument);
        VERIFY_FAILS(visits().debrief(99, kTrace), ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestSupportNotes)
#include "tst_support_notes.moc"
