// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "core/people/all_rows.h"
#include "core/people/two_vaults.h"
#include "people/people.h"
#include "support/fake_clock.h"

using namespace sotto;
using namespace sotto::people;
using test::allRows;
using test::mentioning;

namespace {

const QString kPerson = QStringLiteral("person");
const QString kCaregiver = QStringLiteral("caregiver");

}  // namespace

class TestErase final : public QObject {
    Q_OBJECT

private:
    test::FakeClock m_clock;
    std::unique_ptr<test::TwoVaults> m_vaults;

    [[nodiscard]] Result<Participant> enrolOne(const QString& role, const QString& name, std::optional<PairId> pair) {
        return enrol(m_vaults->sessions(), m_vaults->identities(), role, name, pair, m_clock.now());
    }

private slots:
    void init() {
        m_vaults =
            std::make_unique<test::TwoVaults>(std::vector{Participants::schema()}, std::vector{Identities::schema()});
    }

    void nothingThatMentionsWhoIsErasedStaysAndNothingElseGoes() {
        std::mt19937 random(20261122);
        std::vector<Participant> everybody;
        for (int i = 0; i < 30; ++i) {
            const bool joins = i % 3 == 1 && everybody.back().pair;
            const auto pair = joins        ? everybody.back().pair
                              : i % 3 == 0 ? std::optional(PairId::random())
                                           : std::nullopt;
            const auto enrolled = enrolOne(joins ? kCaregiver : kPerson, QStringLiteral("Name %1").arg(i), pair);
            VERIFY_OK(enrolled);
            everybody.push_back(*enrolled);
        }
        std::shuffle(everybody.begin(), everybody.end(), random);
        for (const Participant& gone : everybody) {
            const QStringList traces{gone.id.toString(), gone.pseudonym, gone.researchCode};
            QStringList sessions = allRows(m_vaults->sessions());
            QStringList identities = allRows(m_vaults->identities());
            // The scan itself must see what is there, or it would find nothing afterwards either.
            const QStringList itsSessions = mentioning(sessions, traces);
            const QStringList itsIdentities = mentioning(identities, traces);
            QCOMPARE(itsSessions.size(), 1);
            QCOMPARE(itsIdentities.size(), 1);
            sessions.removeOne(itsSessions.front());
            identities.removeOne(itsIdentities.front());
            VERIFY_OK(Participants(m_vaults->sessions()).erase(gone.id));
            VERIFY_OK(Identities(m_vaults->identities()).remove(gone.id));
            if (random() % 4 == 0) VERIFY_OK(m_vaults->reopen());
            QCOMPARE(allRows(m_vaults->sessions()), sessions);
            QCOMPARE(allRows(m_vaults->identities()), identities);
            const auto found = Participants(m_vaults->sessions()).find(gone.id);
            VERIFY_OK(found);
            QVERIFY(!found->has_value());
        }
    }

    void theOtherOfAPairStays() {
        const PairId pair = PairId::random();
        const auto person = enrolOne(kPerson, QStringLiteral("A"), pair);
        const auto caregiver = enrolOne(kCaregiver, QStringLiteral("B"), pair);
        VERIFY_OK(person);
        VERIFY_OK(caregiver);
        VERIFY_OK(Participants(m_vaults->sessions()).erase(person->id));
        const auto members = Participants(m_vaults->sessions()).membersOf(pair);
        VERIFY_OK(members);
        QCOMPARE(members->size(), std::size_t{1});
        QVERIFY(members->front().id == caregiver->id);
    }

    void whoIsNotThereIsNotFound() {
        VERIFY_FAILS(Participants(m_vaults->sessions()).erase(ParticipantId::random()), ErrorCode::NotFound);
        const auto person = enrolOne(kPerson, QStringLiteral("A"), std::nullopt);
        VERIFY_OK(person);
        VERIFY_OK(Participants(m_vaults->sessions()).erase(person->id));
        VERIFY_FAILS(Participants(m_vaults->sessions()).erase(person->id), ErrorCode::NotFound);
    }

    void erasingJoinsTheTransactionThatIsOpen() {
        const auto person = enrolOne(kPerson, QStringLiteral("A"), std::nullopt);
        VERIFY_OK(person);
        {
            const auto one = vault::Transaction::begin(m_vaults->sessions());
            const auto other = vault::Transaction::begin(m_vaults->identities());
            VERIFY_OK(one);
            VERIFY_OK(other);
            VERIFY_OK(Participants(m_vaults->sessions()).erase(person->id));
            VERIFY_OK(Identities(m_vaults->identities()).remove(person->id));
        }
        QVERIFY((*Participants(m_vaults->sessions()).find(person->id)).has_value());
        QVERIFY((*Identities(m_vaults->identities()).find(person->id)).has_value());
    }
};

QTEST_GUILESS_MAIN(TestErase)
#include "tst_erase.moc"
