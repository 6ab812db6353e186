// SPDX-License-Identifier: Apache-2.0
#include <QRandomGenerator>
#include <QTest>

#include "core/interview/interview_fixture.h"
#include "core/people/two_vaults.h"
#include "interview/session_index.h"

using namespace sotto;
using namespace sotto::interview;
using test::eventOf;

namespace {

SessionRow rowNumber(std::uint64_t number) {
    SessionRow row;
    row.id = SessionId::random();
    row.participant = ParticipantId::random();
    row.logName = "session-" + std::to_string(number) + ".session";
    row.logId = FileId::random();
    row.number = number;
    row.practice = number % 2 == 1;
    row.startedUtcMs = 1'790'000'000'000 + static_cast<std::int64_t>(number);
    return row;
}

sealedlog::Anchor anchorAt(std::uint64_t sequence) {
    sealedlog::Anchor anchor;
    anchor.sequence = sequence;
    anchor.tag.fill(static_cast<std::uint8_t>(sequence));
    return anchor;
}

bool isSame(const SessionRow& a, const SessionRow& b) {
    return a.id == b.id && a.participant == b.participant && a.logName == b.logName && a.logId == b.logId &&
           a.number == b.number && a.state == b.state && a.practice == b.practice && a.startedUtcMs == b.startedUtcMs &&
           a.anchor == b.anchor;
}

Event note(std::int64_t ms, const QString& text) {
    return eventOf(EventKind::Note, ms, {}, text);
}

}  // namespace

class TestSessionIndex final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::TwoVaults> m_vaults;

    [[nodiscard]] SessionIndex index() { return SessionIndex(m_vaults->sessions()); }
    /// The texts found, by the offsets at which they stand.
    [[nodiscard]] std::vector<std::int64_t> offsetsOf(const QString& words) {
        std::vector<std::int64_t> offsets;
        const auto hits = index().search(words);
        SOTTO_CHECK(hits.has_value());
        for (const SessionIndex::Hit& hit : *hits) {
            offsets.push_back(hit.offset.ms);
        }
        std::sort(offsets.begin(), offsets.end());
        return offsets;
    }
    using Offsets = std::vector<std::int64_t>;

private slots:
    void init() {
        m_vaults = std::make_unique<test::TwoVaults>(std::vector{SessionIndex::schema()}, std::vector<vault::Schema>{});
    }

    void rowsComeBackWholeAndInTheirOrder() {
        std::vector<SessionRow> rows;
        for (const std::uint64_t number : {1U, 2U, 3U}) {
            const auto next = index().nextNumber();
            VERIFY_OK(next);
            QCOMPARE(*next, number);
            rows.push_back(rowNumber(number));
            if (number == 2) rows.back().anchor = anchorAt(17);
            VERIFY_OK(index().add(rows.back()));
        }
        VERIFY_OK(m_vaults->reopen());
        const auto all = index().all();
        VERIFY_OK(all);
        QCOMPARE(all->size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QVERIFY(isSame(all->at(i), rows[i]));
            const auto one = index().find(rows[i].id);
            VERIFY_OK(one);
            QVERIFY(isSame(**one, rows[i]));
        }
        const auto none = index().find(SessionId::random());
        VERIFY_OK(none);
        QVERIFY(!none->has_value());
    }

    void visitsAreCountedOnceAndStay() {
        const ParticipantId participant = ParticipantId::random();
        constexpr std::int64_t kStart = 1'790'000'000'000;
        std::vector<SessionId> ids;
        const auto add = [&](std::uint64_t number, bool practice, std::int64_t start) -> Result<> {
            SessionRow row = rowNumber(number);
            row.participant = participant;
            row.practice = practice;
            row.startedUtcMs = start;
            ids.push_back(row.id);
            return index().add(row);
        };
        VERIFY_OK(index().add(rowNumber(1)));  // somebody else
        VERIFY_OK(add(2, true, kStart - 50));
        for (const std::uint64_t number : {3U, 4U, 5U})
            VERIFY_OK(add(number, false, kStart + 100 * static_cast<std::int64_t>(number)));
        VERIFY_OK(add(6, false, kStart));  // a clock that was put back
        const auto check = [&](std::size_t at, int visit, std::int64_t first) {
            const auto row = index().find(ids[at]);
            VERIFY_OK(row);
            QCOMPARE((*row)->visit, visit);
            QCOMPARE((*row)->firstVisitUtcMs, first);
        };
        for (int written = 0; written < 2; ++written) {
            check(0, 1, kStart - 50);
            check(1, 1, kStart + 300);
            check(2, 2, kStart + 300);
            check(3, 3, kStart + 300);
            check(4, 4, kStart);
            // The same as a vault of the version before would be given them.
            VERIFY_OK(m_vaults->sessions().execute("ALTER TABLE session DROP COLUMN visit"));
            VERIFY_OK(m_vaults->sessions().execute("ALTER TABLE session DROP COLUMN first_visit_utc_ms"));
            VERIFY_OK(m_vaults->sessions().execute(SessionIndex::schema().scripts[2]));
        }
        VERIFY_OK(index().erase(ids[1]));
        VERIFY_OK(index().erase(ids[2]));
        check(3, 3, kStart + 300);
        VERIFY_OK(add(7, false, kStart + 900));
        check(5, 5, kStart);
    }

    void idsNamesAndNumbersAreTakenOnce() {
        const SessionRow first = rowNumber(1);
        VERIFY_OK(index().add(first));
        for (const int same : {0, 1, 2}) {
            SessionRow row = rowNumber(2);
            if (same == 0) row.id = first.id;
            if (same == 1) row.logName = first.logName;
            if (same == 2) row.number = first.number;
            VERIFY_FAILS(index().add(row), ErrorCode::AlreadyExists);
        }
    }

    void onlyPlainFileNamesAreTaken() {
        for (const std::string& name :
             {std::string(), std::string("."), std::string(".."), std::string("../vault"), std::string("/etc/passwd"),
              std::string("a/b"), std::string("a\\b"), std::string("a\0b", 3)}) {
            SessionRow row = rowNumber(1);
            row.logName = name;
            VERIFY_FAILS(index().add(row), ErrorCode::InvalidArgument);
        }
        SessionRow row = rowNumber(0);
        VERIFY_FAILS(index().add(row), ErrorCode::InvalidArgument);
        row = rowNumber(1);
        row.id = SessionId();
        VERIFY_FAILS(index().add(row), ErrorCode::InvalidArgument);
    }

    void statesGoForwardOnlyButForInterruptions() {
        using S = SessionState;
        const std::vector<S> states{S::Open, S::Interrupted, S::Sealed, S::Sent, S::Received};
        const std::vector<std::pair<S, S>> allowed{
            {S::Open, S::Interrupted}, {S::Interrupted, S::Open}, {S::Open, S::Sealed},  {S::Interrupted, S::Sealed},
            {S::Sealed, S::Sent},      {S::Sealed, S::Received},  {S::Sent, S::Received}};
        std::uint64_t number = 0;
        for (const S from : states) {
            for (const S to : states) {
                SessionRow row = rowNumber(++number);
                row.state = from;
                VERIFY_OK(index().add(row));
                const bool mayGo =
                    from == to || std::find(allowed.begin(), allowed.end(), std::pair{from, to}) != allowed.end();
                const auto gone = index().setState(row.id, to);
                QCOMPARE(gone.has_value(), mayGo);
                if (!mayGo) QVERIFY(gone.error().code == ErrorCode::NotAllowed);
                const auto now = index().find(row.id);
                VERIFY_OK(now);
                QCOMPARE((*now)->state, mayGo ? to : from);
            }
        }
        VERIFY_FAILS(index().setState(SessionId::random(), S::Open), ErrorCode::NotFound);
    }

    void stateNamesAreStoredAndReadBack() {
        for (const auto& [state, name] :
             {std::pair{SessionState::Open, "open"}, std::pair{SessionState::Interrupted, "interrupted"},
              std::pair{SessionState::Sealed, "sealed"}, std::pair{SessionState::Sent, "sent"},
              std::pair{SessionState::Received, "received"}}) {
            QCOMPARE(sessionStateName(state), QString::fromLatin1(name));
            QVERIFY(sessionStateFromName(QString::fromLatin1(name)) == state);
        }
        QVERIFY(!sessionStateFromName(QStringLiteral("lost")));
    }

    void anAnchorIsKeptUntilAnotherIsGiven() {
        const SessionRow row = rowNumber(1);
        VERIFY_OK(index().add(row));
        VERIFY_OK(index().setState(row.id, SessionState::Open, anchorAt(5)));
        VERIFY_OK(index().setState(row.id, SessionState::Sealed));
        QVERIFY((*index().find(row.id))->anchor == anchorAt(5));
        VERIFY_OK(index().setState(row.id, SessionState::Sealed, anchorAt(6)));
        QVERIFY((*index().find(row.id))->anchor == anchorAt(6));
    }

    void notesAndMarksAreFoundByWordsWhateverAccentsAndCase() {
        const SessionRow row = rowNumber(1);
        VERIFY_OK(index().add(row));
        VERIFY_OK(index().index(row.id, {note(1000, QStringLiteral("Elle a évoqué l'amitié de sa sœur")),
                                         note(2000, QStringLiteral("silence, then he laughed")),
                                         eventOf(EventKind::Mark, 3000, {}, QStringLiteral("amitié again")),
                                         eventOf(EventKind::Code, 4000, QStringLiteral("amitié"))}));
        QCOMPARE(offsetsOf(QStringLiteral("AMITIE")), (Offsets{1000, 3000}));
        QCOMPARE(offsetsOf(QStringLiteral("evoque amitié")), (Offsets{1000}));
        QCOMPARE(offsetsOf(QStringLiteral("silence amitié")), Offsets{});
        QCOMPARE(offsetsOf(QStringLiteral("he lau")), (Offsets{2000}));
        QCOMPARE(offsetsOf(QStringLiteral("sil laughed")), Offsets{});
        const auto hits = index().search(QStringLiteral("laughed"));
        VERIFY_OK(hits);
        QVERIFY(hits->front().session == row.id);
        QVERIFY(hits->front().snippet.contains(QStringLiteral("laughed")));
    }

    void indexingAgainReplacesAndCorrectedNotesAreLeftOut() {
        const SessionRow row = rowNumber(1);
        const SessionRow other = rowNumber(2);
        VERIFY_OK(index().add(row));
        VERIFY_OK(index().add(other));
        VERIFY_OK(index().index(other.id, {note(9000, QStringLiteral("alpha"))}));
        VERIFY_OK(index().index(row.id, {note(1000, QStringLiteral("alpha")), note(2000, QStringLiteral("beta"))}));
        VERIFY_OK(index().index(row.id, {note(1000, QStringLiteral("alpha")), note(2000, QStringLiteral("beta")),
                                         correctionOf(1, {}, {}), note(3000, QStringLiteral("gamma"))}));
        QCOMPARE(offsetsOf(QStringLiteral("alpha")), (Offsets{9000}));
        QCOMPARE(offsetsOf(QStringLiteral("beta")), (Offsets{2000}));
        QCOMPARE(offsetsOf(QStringLiteral("gamma")), (Offsets{3000}));
        VERIFY_FAILS(index().index(SessionId::random(), {}), ErrorCode::NotFound);
    }

    void indexingJoinsTheTransactionThatIsOpen() {
        const SessionRow row = rowNumber(1);
        VERIFY_OK(index().add(row));
        {
            const auto transaction = vault::Transaction::begin(m_vaults->sessions());
            VERIFY_OK(transaction);
            VERIFY_OK(index().index(row.id, {note(1000, QStringLiteral("alpha"))}));
        }
        QCOMPARE(offsetsOf(QStringLiteral("alpha")), Offsets{});
    }

    void theLimitLimits() {
        const SessionRow row = rowNumber(1);
        VERIFY_OK(index().add(row));
        VERIFY_OK(index().index(
            row.id, {note(1, QStringLiteral("a")), note(2, QStringLiteral("a")), note(3, QStringLiteral("a"))}));
        QCOMPARE(index().search(QStringLiteral("a"), 2)->size(), std::size_t{2});
        QCOMPARE(index().search(QStringLiteral("a"), 0)->size(), std::size_t{0});
        QCOMPARE(index().search(QStringLiteral("a"), -1)->size(), std::size_t{0});
    }

    void operatorsAndQuotesAreWordsOrNothing_data() {
        QTest::addColumn<QString>("typed");
        for (const char* typed : {"\"",
                                  "\"\"",
                                  "\"unclosed",
                                  "a\"b",
                                  "'; DROP TABLE session; --",
                                  "*",
                                  "a*",
                                  "*a",
                                  "(",
                                  ")",
                                  "(a",
                                  "a)",
                                  "a AND",
                                  "AND",
                                  "OR OR",
                                  "NOT a",
                                  "a NOT",
                                  "NEAR(a b, 3)",
                                  "NEAR(",
                                  "text:a",
                                  "text : a",
                                  "-a",
                                  "+a",
                                  "^a",
                                  "a + b",
                                  "{text} : a",
                                  "- text : a",
                                  ":",
                                  "^",
                                  "\\",
                                  "%",
                                  "_",
                                  "a^2",
                                  "''",
                                  "..",
                                  "a,b",
                                  "\n\t",
                                  "",
                                  " ",
                                  "?1",
                                  "@x",
                                  "$"}) {
            QTest::newRow(typed) << QString::fromUtf8(typed);
        }
        QTest::newRow("nul") << QString(3, QChar(0));
        QTest::newRow("lone surrogate") << QString(QChar(0xD800)) + QStringLiteral("a");
        QTest::newRow("combining mark alone") << QString(QChar(0x0301));
        QTest::newRow("emoji") << QStringLiteral("\U0001F33F leaf");
        QTest::newRow("long word") << QString(100'000, QLatin1Char('a'));
    }
    void operatorsAndQuotesAreWordsOrNothing() {
        QFETCH(const QString, typed);
        const SessionRow row = rowNumber(1);
        VERIFY_OK(index().add(row));
        VERIFY_OK(index().index(row.id, {note(1, QStringLiteral("nothing of the kind"))}));
        const auto hits = index().search(typed);
        VERIFY_OK(hits);
        const auto all = index().all();
        VERIFY_OK(all);
        QCOMPARE(all->size(), std::size_t{1});
    }

    void anyTypingWhateverIsSafe() {
        const SessionRow row = rowNumber(1);
        VERIFY_OK(index().add(row));
        VERIFY_OK(index().index(row.id, {note(1, QStringLiteral("alpha beta"))}));
        const QStringList pieces{
            QStringLiteral("\""), QStringLiteral("*"),     QStringLiteral("AND"), QStringLiteral("NEAR("),
            QStringLiteral(")"),  QStringLiteral("'"),     QStringLiteral(":"),   QStringLiteral("-"),
            QStringLiteral(" "),  QStringLiteral("é"),     QStringLiteral("{"),   QStringLiteral("^"),
            QStringLiteral("+"),  QStringLiteral("alpha"), QString(QChar(0)),     QStringLiteral("NOT")};
        QRandomGenerator random(20261122);
        for (int i = 0; i < 3000; ++i) {
            QString typed;
            const int count = random.bounded(1, 12);
            for (int k = 0; k < count; ++k) {
                typed += pieces.at(random.bounded(static_cast<int>(pieces.size())));
            }
            const auto hits = index().search(typed);
            QVERIFY2(hits.has_value(), qPrintable(typed + QStringLiteral(": ") + test::describe(hits)));
        }
    }

    void tooManyWordsAreRefused() {
        VERIFY_OK(index().search(QStringLiteral("a ").repeated(64)));
        VERIFY_FAILS(index().search(QStringLiteral("a ").repeated(65)), ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestSessionIndex)
#include "tst_session_index.moc"
