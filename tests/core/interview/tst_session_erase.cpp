// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <set>

#include <QTest>

#include "core/interview/interview_fixture.h"
#include "core/people/all_rows.h"
#include "core/people/two_vaults.h"
#include "interview/session_index.h"

using namespace sotto;
using namespace sotto::interview;
using test::allRows;
using test::eventOf;
using test::mentioning;

namespace {

SessionRow rowNumber(std::uint64_t number) {
    SessionRow row;
    row.id = SessionId::random();
    row.participant = ParticipantId::random();
    row.logName = row.id.toString().toStdString() + ".session";
    row.logId = FileId::random();
    row.number = number;
    row.startedUtcMs = 1'790'000'000'000 + static_cast<std::int64_t>(number);
    return row;
}

sealedlog::Anchor anchorAt(std::uint64_t sequence) {
    sealedlog::Anchor anchor;
    anchor.sequence = sequence;
    anchor.tag.fill(static_cast<std::uint8_t>(sequence));
    return anchor;
}

/// A word that no other session has.
QString wordOf(const SessionId& id) {
    return QStringLiteral("canary") + id.toString();
}

std::vector<Event> notesOf(const SessionId& id) {
    return {eventOf(EventKind::Note, 1000, {}, QStringLiteral("of ") + wordOf(id)),
            eventOf(EventKind::Mark, 2000, {}, wordOf(id) + QStringLiteral(" again"))};
}

}  // namespace

class TestSessionErase final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::TwoVaults> m_vaults;

    [[nodiscard]] SessionIndex index() { return SessionIndex(m_vaults->sessions()); }
    [[nodiscard]] Result<SessionRow> addNext() {
        SOTTO_ASSIGN(const std::uint64_t number, index().nextNumber());
        const SessionRow row = rowNumber(number);
        SOTTO_TRY(index().add(row));
        SOTTO_TRY(index().index(row.id, notesOf(row.id)));
        return row;
    }

private slots:
    void init() {
        m_vaults = std::make_unique<test::TwoVaults>(std::vector{SessionIndex::schema()}, std::vector<vault::Schema>{});
    }

    void nothingThatMentionsTheSessionStaysAndNothingElseGoes() {
        std::mt19937 random(20261122);
        std::vector<SessionRow> rows;
        for (int i = 0; i < 20; ++i) {
            const auto row = addNext();
            VERIFY_OK(row);
            rows.push_back(*row);
        }
        std::shuffle(rows.begin(), rows.end(), random);
        while (!rows.empty()) {
            const SessionRow gone = rows.back();
            rows.pop_back();
            const QStringList traces{gone.id.toString(), gone.participant.toString()};
            QVERIFY(mentioning(allRows(m_vaults->sessions()), traces).size() >= 5);
            VERIFY_OK(index().erase(gone.id));
            // An FTS5 index keeps deleted words until it is optimised, as compaction does.
            VERIFY_OK(m_vaults->sessions().execute(
                "INSERT INTO session_note_words (session_note_words) VALUES ('optimize')"));
            if (random() % 4 == 0) VERIFY_OK(m_vaults->reopen());
            QCOMPARE(mentioning(allRows(m_vaults->sessions()), traces), QStringList{});
            QVERIFY(index().search(wordOf(gone.id))->empty());
            QVERIFY(!index().find(gone.id)->has_value());
            for (const SessionRow& other : rows) {
                QCOMPARE(index().search(wordOf(other.id))->size(), std::size_t{2});
                const auto found = index().find(other.id);
                VERIFY_OK(found);
                QVERIFY(found->has_value() && (*found)->logName == other.logName);
            }
        }
        QVERIFY(index().all()->empty());
    }

    void aNumberIsNeverGivenTwice() {
        std::mt19937 random(7);
        std::set<std::uint64_t> given;
        std::vector<SessionId> there;
        for (int step = 0; step < 200; ++step) {
            if (!there.empty() && random() % 2 == 0) {
                // Mostly the highest, whose number would be the one to come again.
                const std::size_t which = random() % 3 == 0 ? random() % there.size() : there.size() - 1;
                VERIFY_OK(index().erase(there[which]));
                there.erase(there.begin() + static_cast<std::ptrdiff_t>(which));
            } else {
                const auto row = addNext();
                VERIFY_OK(row);
                QVERIFY2(given.insert(row->number).second, qPrintable(QString::number(row->number)));
                there.push_back(row->id);
            }
            if (step % 20 == 0) VERIFY_OK(m_vaults->reopen());
        }
        QCOMPARE(*given.rbegin(), static_cast<std::uint64_t>(given.size()));
    }

    void anIndexBuiltAnewCanBeToldWhereToGoOn() {
        VERIFY_OK(index().neverGiveUpTo(41));
        QCOMPARE(*index().nextNumber(), std::uint64_t{42});
        VERIFY_OK(index().neverGiveUpTo(7));
        QCOMPARE(*index().nextNumber(), std::uint64_t{42});
        VERIFY_OK(index().add(rowNumber(12)));  // one whose number is known from its manifest
        QCOMPARE(*index().nextNumber(), std::uint64_t{42});
        VERIFY_OK(index().add(rowNumber(50)));
        QCOMPARE(*index().nextNumber(), std::uint64_t{51});
        VERIFY_FAILS(index().neverGiveUpTo(std::uint64_t{1} << 63), ErrorCode::InvalidArgument);
    }

    void anOlderIndexGoesOnBehindItsHighestNumber() {
        const vault::Schema now = SessionIndex::schema();
        const std::vector<crypto::age::Identity> keys = [] {
            std::vector<crypto::age::Identity> made;
            made.push_back(crypto::age::Identity::generate());
            return made;
        }();
        const std::vector<crypto::age::Recipient> recipients{keys.front().recipient()};
        test::FaultFileSystem files;
        VERIFY_OK(files.createDirectories("/home"));
        const std::vector<vault::Schema> old{{now.module, {now.scripts.front()}}};
        const SessionRow row = rowNumber(9);
        {
            const auto made = vault::Vault::create(files, "/home/old.vault", sealedlog::Kind::Vault, recipients, old);
            VERIFY_OK(made);
            // As the first version wrote it.
            auto insert = (*made)->prepare(
                "INSERT INTO session (id, participant, log_name, log_id, number, state, practice, started_utc_ms) "
                "VALUES (?1, ?2, ?3, ?4, 9, 'open', 0, 1790000000000)");
            VERIFY_OK(insert);
            insert->bind(1, row.id.toString()).bind(2, row.participant.toString()).bind(3, row.logName);
            VERIFY_OK(insert->bind(4, row.logId.toString()).run());
        }
        const auto opened = vault::Vault::open(files, "/home/old.vault", keys, std::vector{now});
        VERIFY_OK(opened);
        SessionIndex index(**opened);
        QCOMPARE((**index.find(row.id)).visit, 1);
        QCOMPARE(*index.nextNumber(), std::uint64_t{10});
        VERIFY_OK(index.erase(row.id));
        QCOMPARE(*index.nextNumber(), std::uint64_t{10});
        VERIFY_FAILS(vault::Vault::open(files, "/home/old.vault", keys, old), ErrorCode::Busy);
    }

    void aRewrittenLogHasAnotherIdAndAnotherHead() {
        SessionRow row = rowNumber(1);
        row.anchor = anchorAt(17);
        VERIFY_OK(index().add(row));
        VERIFY_OK(index().add(rowNumber(2)));
        const FileId newId = FileId::random();
        VERIFY_OK(index().replaceLog(row.id, newId, anchorAt(12)));
        VERIFY_OK(m_vaults->reopen());
        const auto found = index().find(row.id);
        VERIFY_OK(found);
        QVERIFY((*found)->logId == newId);
        QVERIFY((*found)->anchor == anchorAt(12));
        QCOMPARE((*found)->logName, row.logName);
        QVERIFY(mentioning(allRows(m_vaults->sessions()), {row.logId.toString()}).isEmpty());
        QVERIFY(!index().all()->at(1).anchor);
        VERIFY_FAILS(index().replaceLog(SessionId::random(), newId, anchorAt(1)), ErrorCode::NotFound);
    }

    void theFirstDamageIsRemembered() {
        const SessionRow row = rowNumber(1);
        VERIFY_OK(index().add(row));
        QVERIFY((*index().find(row.id))->damage.isEmpty());
        for (const char* damage : {"", "it was cut", "", "something else"})
            VERIFY_OK(index().replaceLog(row.id, FileId::random(), anchorAt(1), QString::fromLatin1(damage)));
        QCOMPARE((*index().find(row.id))->damage, QStringLiteral("it was cut"));
    }

    void whatIsNotThereIsNotFound() {
        VERIFY_FAILS(index().erase(SessionId::random()), ErrorCode::NotFound);
        const auto row = addNext();
        VERIFY_OK(row);
        VERIFY_OK(index().erase(row->id));
        VERIFY_FAILS(index().erase(row->id), ErrorCode::NotFound);
    }

    void erasingJoinsTheTransactionThatIsOpen() {
        const auto row = addNext();
        VERIFY_OK(row);
        {
            const auto transaction = vault::Transaction::begin(m_vaults->sessions());
            VERIFY_OK(transaction);
            VERIFY_OK(index().erase(row->id));
        }
        QVERIFY(index().find(row->id)->has_value());
        QCOMPARE(index().search(wordOf(row->id))->size(), std::size_t{2});
    }

    void aFaultAtAnyMomentLeavesTheSessionWholeOrGone() {
        bool reached = true;
        for (std::uint64_t n = 1; reached; ++n) {
            QVERIFY(n < 1000);
            init();
            const auto row = addNext();
            VERIFY_OK(row);
            m_vaults->files().resetOperations();
            m_vaults->files().failAt(n, n % 2 == 0);
            const bool acknowledged = index().erase(row->id).has_value();
            reached = m_vaults->files().faultHappened();
            m_vaults->cutPower(test::FaultFileSystem::Loss::TornAt512);
            VERIFY_OK(m_vaults->reopen());
            const bool isThere = index().find(row->id)->has_value();
            QVERIFY(!acknowledged || !isThere);
            QCOMPARE(index().search(wordOf(row->id))->size(), std::size_t{isThere ? 2U : 0U});
            QCOMPARE(*index().nextNumber(), row->number + 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestSessionErase)
#include "tst_session_erase.moc"
