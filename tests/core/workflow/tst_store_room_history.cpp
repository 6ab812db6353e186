// SPDX-License-Identifier: Apache-2.0
// Random histories of a home: interviews, sealing, delivery, erasure, people coming and going, keys turning, power
// cuts in between; after each step the home must be what a simple model says.
#include <random>

#include <QTest>

#include "core/workflow/store_room.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

namespace {

/// What was said in an interview, and by whom; the word occurs nowhere else.
struct Told {
    SessionId session;
    ParticipantId participant;
    QByteArray word;
    bool isSealed = false;
};

class History {
public:
    explicit History(unsigned seed) : m_random(seed) { m_home = must(m_world.create()); }

    void step() {
        switch (roll(10)) {
            case 0:
            case 1:
            case 2:
                return interview();
            case 3:
                return seal();
            case 4:
                must(m_world.deliver(*m_home));
                return;
            case 5:
                return forgetSession();
            case 6:
                return forgetParticipant();
            case 7:
                return turnOrMovePeople();
            case 8:
                m_home.reset();
                break;
            case 9:
                return cutPower();
        }
        m_home = must(m_world.unlock());
    }

    /// Every word that was not taken back is there, and no other; nothing is half done.
    void check() {
        const auto rows = must(interview::SessionIndex(m_home->sessions()).all());
        QCOMPARE(rows.size(), m_told.size());
        for (const Told& told : m_told) {
            const auto records = must(recordsOf(*m_home, told.session));
            QCOMPARE(records.log.integrity(), sealedlog::Integrity::Ok);
            QCOMPARE(records.events.back().text.toUtf8(), told.word);
        }
        VERIFY_OK(vault::AuditTrail(m_home->sessions()).verify());
        const auto unfinished = must(Erasures(m_home->sessions()).unfinished());
        QVERIFY(unfinished.empty());
        const QByteArray light = broughtToLight(m_world.snapshot(), allIdentities(m_home->keyring()));
        for (const QByteArray& word : m_forgotten)
            QVERIFY2(!light.contains(word), word);
        QVERIFY(m_numbers.size() == m_heard);
    }

private:
    unsigned roll(unsigned sides) { return static_cast<unsigned>(m_random() % sides); }

    void interview() {
        const bool isNew = m_told.empty() || roll(3) > 0;
        const auto participant =
            isNew ? consentedPerson(*m_home) : *must(people::Participants(m_home->sessions()).find(any().participant));
        Told told;
        told.word = "word" + QByteArray::number(m_heard + 1000);
        told.participant = participant.id;
        told.session = interviewed(*m_home, participant, QString::fromLatin1(told.word));
        m_numbers.insert(must(rowOf(*m_home, told.session)).number);
        ++m_heard;
        m_told.push_back(told);
    }

    Told& any() { return m_told[roll(static_cast<unsigned>(m_told.size()))]; }

    void seal() {
        for (Told& told : m_told) {
            if (told.isSealed) continue;
            must(sealSession(*m_home, told.session));
            told.isSealed = true;
            return;
        }
    }

    void forget(const std::function<bool(const Told&)>& concerned) {
        for (const Told& told : m_told) {
            if (concerned(told)) m_forgotten.push_back(told.word);
        }
        std::erase_if(m_told, concerned);
    }

    void forgetSession() {
        if (m_told.empty()) return;
        const SessionId session = any().session;
        must(eraseSession(*m_home, session));
        forget([&](const Told& told) { return told.session == session; });
    }

    void forgetParticipant() {
        if (m_told.empty()) return;
        const ParticipantId participant = any().participant;
        must(eraseParticipant(*m_home, participant));
        forget([&](const Told& told) { return told.participant == participant; });
    }

    void turnOrMovePeople() {
        if (roll(2) == 0) {
            must(rotate(*m_home, keyring::kCompartments));
            return;
        }
        const auto persons = m_home->keyring().persons();
        if (persons.size() == 1) {
            must(addPerson(*m_home, QStringLiteral("Noor"), viewOf(std::string_view("noor")),
                           {Compartment::Sessions, Compartment::Outbox}, cheapOptions()));
            return;
        }
        for (const keyring::Person& person : persons) {
            if (person.id != m_home->keyring().personId()) must(removePerson(*m_home, person.id));
        }
    }

    /// In the middle of an erasure, which then is finished, or never was begun.
    void cutPower() {
        if (m_told.empty()) return;
        const ParticipantId participant = any().participant;
        m_world.files.resetOperations();
        m_world.files.failAt(1 + roll(250), true);
        const bool claimed = eraseParticipant(*m_home, participant).has_value();
        m_world.files.cutPower(FaultFileSystem::Loss::OddOnes, roll(1000));
        m_home.reset();
        m_world.files.clearFaults();
        m_home = must(m_world.unlock());
        const bool isThere = must(people::Participants(m_home->sessions()).find(participant)).has_value();
        QVERIFY(!(claimed && isThere));
        if (!isThere) forget([&](const Told& told) { return told.participant == participant; });
    }

    World m_world;
    std::unique_ptr<Home> m_home;
    std::mt19937 m_random;
    std::vector<Told> m_told;
    std::vector<QByteArray> m_forgotten;
    std::set<std::uint64_t> m_numbers;  ///< every number given so far, never one twice
    std::size_t m_heard = 0;
};

}  // namespace

class TestStoreRoomHistory : public QObject {
    Q_OBJECT

private slots:
    void whateverHappensTheHomeIsWhatTheModelSays();
};

void TestStoreRoomHistory::whateverHappensTheHomeIsWhatTheModelSays() {
    const int given = qEnvironmentVariableIntValue("SOTTO_HISTORIES");
    const int histories = given > 0 ? std::max(given / 50, 8) : 8;
    const auto first = 1U + static_cast<unsigned>(qEnvironmentVariableIntValue("SOTTO_SEED"));
    constexpr int kSteps = 25;
    for (unsigned seed = first; seed < first + static_cast<unsigned>(histories); ++seed) {
        History history(seed);
        for (int step = 1; step <= kSteps; ++step) {
            history.step();
            history.check();
            if (QTest::currentTestFailed()) qFatal("seed %u, step %d", seed, step);
        }
    }
    qInfo("%d histories of %d steps, from seed %u on", histories, kSteps, first);
}

QTEST_GUILESS_MAIN(TestStoreRoomHistory)
#include "tst_store_room_history.moc"
