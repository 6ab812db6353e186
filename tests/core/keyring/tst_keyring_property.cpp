// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include <QTest>

#include "core/keyring/keyring_fixture.h"
#include "crypto/age/age.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

namespace {

constexpr int kSteps = 60;

struct Member {
    std::string name;
    std::string passphrase;
    std::set<Compartment> held;
};

/// A secret that was sealed to an epoch while that was current.
struct Sealed {
    std::uint32_t epoch = 0;
    Bytes age;
};

/// What the keyring must be: as simple as can be said.
struct Model {
    std::map<PersonId, Member> members;
    std::map<Compartment, std::vector<std::uint32_t>> epochs{
        {Compartment::Sessions, {1}}, {Compartment::Identities, {1}}, {Compartment::Outbox, {1}}};
    std::vector<std::pair<std::string, std::string>> gone;  ///< name and passphrase that must open nothing any more

    [[nodiscard]] std::size_t holders(Compartment compartment) const {
        return static_cast<std::size_t>(std::count_if(members.begin(), members.end(), [&](const auto& entry) {
            return entry.second.held.count(compartment) > 0;
        }));
    }
    [[nodiscard]] bool mayLose(const PersonId& actor, const PersonId& person, Compartment compartment) const {
        return members.at(actor).held.count(compartment) > 0 && holders(compartment) > 1 && person != actor;
    }
    void newEpoch(Compartment compartment) { epochs[compartment].push_back(epochs[compartment].back() + 1); }
};

/// One random history of one home, checked against the model after each step.
class History {
public:
    explicit History(unsigned seed) : m_dice(seed) {
        auto made = Keyring::create(m_home.files, kHome, viewOf(std::string_view("p0")), m_home.clock, cheapOptions(),
                                    QStringLiteral("n0"));
        m_model.members[made->personId()] = {"n0", "p0", kEverything};
        m_generation = made->generation();
    }

    void run() {
        for (int step = 0; step < kSteps && !QTest::currentTestFailed(); ++step) {
            const auto actor = any();
            auto keyring = m_home.unlock(m_model.members.at(actor).passphrase,
                                         QString::fromStdString(m_model.members.at(actor).name));
            VERIFY_OK(keyring);
            seal(*keyring);
            const Bytes before = m_home.files.content(kKeyringFile);
            const std::size_t epochs = m_model.epochs[Compartment::Sessions].size();
            const Change change = act(*keyring, actor);
            if (change == Change::Done) {
                QVERIFY(keyring->generation() > m_generation);
                m_generation = keyring->generation();
            } else {
                QVERIFY(m_home.files.content(kKeyringFile) == before);
                QCOMPARE(m_model.epochs[Compartment::Sessions].size(), epochs);
            }
            checkEverybody();
            checkOldFile(before, change == Change::Done);
            ++m_taken[change];
        }
        for (const auto& old : m_model.gone)
            checkGone(old);
    }

    [[nodiscard]] int done() const { return m_taken.at(Change::Done); }
    [[nodiscard]] int refused() const { return m_taken.at(Change::Refused); }

private:
    enum class Change { Done, Nothing, Refused };

    [[nodiscard]] PersonId any() {
        auto at = m_model.members.begin();
        std::advance(at, static_cast<std::ptrdiff_t>(m_dice() % m_model.members.size()));
        return at->first;
    }
    [[nodiscard]] Compartment anyCompartment() { return kCompartments[m_dice() % kCompartments.size()]; }

    /// The call did what the model says: done, refused with this code, or nothing at all.
    template <typename Outcome>
    Change expect(const Outcome& outcome, Change expected) {
        if (expected == Change::Refused) {
            [&] { VERIFY_FAILS(outcome, ErrorCode::NotAllowed); }();
        } else {
            [&] { VERIFY_OK(outcome); }();
        }
        return expected;
    }

    Change act(Keyring& keyring, const PersonId& actor) {
        switch (m_dice() % 8) {
            case 0:
            case 1:
                return add(keyring, actor);
            case 2:
                return grant(keyring, actor);
            case 3:
                return revoke(keyring, actor);
            case 4:
                return remove(keyring, actor);
            case 5:
                return changePassphrase(keyring, actor);
            case 6:
                return rotate(keyring, actor, true);
            default:
                return rotate(keyring, actor, false);
        }
    }

    Change add(Keyring& keyring, const PersonId& actor) {
        std::set<Compartment> wanted;
        for (const Compartment compartment : kCompartments) {
            if (m_dice() % 2 == 0) wanted.insert(compartment);
        }
        const auto& held = m_model.members.at(actor).held;
        const bool isFine = std::includes(held.begin(), held.end(), wanted.begin(), wanted.end());
        const std::string number = std::to_string(++m_counter);
        const std::string passphrase = "p" + number;
        const auto added = keyring.addPerson(QString::fromStdString("n" + number), viewOf(std::string_view(passphrase)),
                                             wanted, cheapOptions());
        if (isFine && added) m_model.members[*added] = {"n" + number, passphrase, wanted};
        return expect(added, isFine ? Change::Done : Change::Refused);
    }

    Change grant(Keyring& keyring, const PersonId& actor) {
        const PersonId person = any();
        const Compartment compartment = anyCompartment();
        const auto granted = keyring.grant(person, compartment);
        if (m_model.members.at(actor).held.count(compartment) == 0) return expect(granted, Change::Refused);
        const bool isNew = m_model.members.at(person).held.insert(compartment).second;
        return expect(granted, isNew ? Change::Done : Change::Nothing);
    }

    Change revoke(Keyring& keyring, const PersonId& actor) {
        const PersonId person = any();
        const Compartment compartment = anyCompartment();
        const auto revoked = keyring.revoke(person, compartment);
        if (m_model.members.at(actor).held.count(compartment) == 0) return expect(revoked, Change::Refused);
        if (m_model.members.at(person).held.count(compartment) == 0) return expect(revoked, Change::Nothing);
        if (!m_model.mayLose(actor, person, compartment)) return expect(revoked, Change::Refused);
        m_model.members.at(person).held.erase(compartment);
        m_model.newEpoch(compartment);
        return expect(revoked, Change::Done);
    }

    Change remove(Keyring& keyring, const PersonId& actor) {
        const PersonId person = any();
        const auto removed = keyring.removePerson(person);
        const Member member = m_model.members.at(person);
        const bool isFine = person != actor && std::all_of(member.held.begin(), member.held.end(), [&](auto held) {
                                return m_model.mayLose(actor, person, held);
                            });
        if (!isFine) return expect(removed, Change::Refused);
        m_model.members.erase(person);
        m_model.gone.emplace_back(member.name, member.passphrase);
        for (const Compartment compartment : member.held)
            m_model.newEpoch(compartment);
        return expect(removed, Change::Done);
    }

    Change changePassphrase(Keyring& keyring, const PersonId& actor) {
        Member& member = m_model.members.at(actor);
        m_model.gone.emplace_back(member.name, member.passphrase);
        member.passphrase = "p" + std::to_string(++m_counter);
        return expect(keyring.changePassphrase(viewOf(std::string_view(member.passphrase)), cheapOptions()),
                      Change::Done);
    }

    Change rotate(Keyring& keyring, const PersonId& actor, bool isBeginning) {
        const Compartment compartment = anyCompartment();
        const auto rotated = isBeginning ? keyring.beginEpoch(compartment) : keyring.endEpoch(compartment);
        if (m_model.members.at(actor).held.count(compartment) == 0) return expect(rotated, Change::Refused);
        auto& epochs = m_model.epochs[compartment];
        if ((epochs.size() > 1) == isBeginning) return expect(rotated, Change::Nothing);
        if (isBeginning) {
            m_model.newEpoch(compartment);
        } else {
            epochs = {epochs.back()};
        }
        return expect(rotated, Change::Done);
    }

    /// One secret per epoch, sealed while that is current.
    void seal(const Keyring& keyring) {
        for (const Compartment compartment : kCompartments) {
            auto& sealed = m_sealed[compartment];
            const std::uint32_t epoch = m_model.epochs[compartment].back();
            if (!sealed.empty() && sealed.back().epoch == epoch) continue;
            const Bytes message{static_cast<std::uint8_t>(compartment)};
            sealed.push_back(
                {epoch, crypto::age::encryptBytes({&keyring.currentRecipient(compartment), 1}, message).value()});
        }
    }

    void checkEverybody() {
        for (const auto& [id, member] : m_model.members) {
            const auto keyring = m_home.unlock(member.passphrase, QString::fromStdString(member.name));
            VERIFY_OK(keyring);
            QCOMPARE(keyring->personId(), id);
            checkOne(*keyring, member);
            QCOMPARE(keyring->persons().size(), m_model.members.size());
            for (const Person& person : keyring->persons()) {
                QVERIFY(person.compartments == m_model.members.at(person.id).held);
                QCOMPARE(person.name, QString::fromStdString(m_model.members.at(person.id).name));
            }
        }
        if (!m_model.gone.empty()) checkGone(m_model.gone.back());
        m_home.forgetTries();
    }

    void checkGone(const std::pair<std::string, std::string>& old) {
        m_home.forgetTries();
        VERIFY_FAILS(m_home.unlock(old.second, QString::fromStdString(old.first)), ErrorCode::WrongPassphrase);
        VERIFY_FAILS(m_home.unlock(old.second), ErrorCode::WrongPassphrase);
    }

    void checkOne(const Keyring& keyring, const Member& member) {
        QCOMPARE(keyring.hasDeviceKey(), member.held.count(Compartment::Sessions) > 0);
        for (const Compartment compartment : kCompartments) {
            const bool isHeld = member.held.count(compartment) > 0;
            const auto& kept = m_model.epochs[compartment];
            QCOMPARE(keyring.holds(compartment), isHeld);
            QCOMPARE(keyring.isRotating(compartment), kept.size() > 1);
            const auto identities = keyring.identities(compartment);
            for (const Sealed& sealed : m_sealed[compartment]) {
                const bool isKept = std::find(kept.begin(), kept.end(), sealed.epoch) != kept.end();
                const bool isOpen = crypto::age::decryptBytes(identities, sealed.age).has_value();
                QCOMPARE(isOpen, isHeld && isKept);
            }
        }
    }

    /// The file from before the step, put back: whoever opens it sees a generation that is past.
    void checkOldFile(const Bytes& before, bool hasChanged) {
        if (!hasChanged) return;
        const Bytes now = m_home.files.content(kKeyringFile);
        m_home.files.setContent(kKeyringFile, before);
        const auto outline = Keyring::outline(m_home.files, kHome);
        VERIFY_OK(outline);
        QVERIFY(outline->generation < m_generation);
        const Member& member = m_model.members.begin()->second;
        const auto old = m_home.unlock(member.passphrase, QString::fromStdString(member.name));
        QVERIFY(!old || old->generation() < m_generation);
        m_home.files.setContent(kKeyringFile, now);
        m_home.forgetTries();
    }

    Home m_home;
    Model m_model;
    std::mt19937 m_dice;
    std::map<Compartment, std::vector<Sealed>> m_sealed;
    std::map<Change, int> m_taken;
    std::uint64_t m_generation = 0;
    int m_counter = 0;
};

}  // namespace

class TestKeyringProperty : public QObject {
    Q_OBJECT
private slots:
    void everyHistoryOpensWhatItShouldAndNothingElse_data();
    void everyHistoryOpensWhatItShouldAndNothingElse();
};

void TestKeyringProperty::everyHistoryOpensWhatItShouldAndNothingElse_data() {
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestKeyringProperty::everyHistoryOpensWhatItShouldAndNothingElse() {
    QFETCH(unsigned, seed);
    History history(seed);
    history.run();
    if (QTest::currentTestFailed()) return;
    qInfo("%d changes, %d refused", history.done(), history.refused());
    QVERIFY(history.done() > kSteps / 4);
    QVERIFY(history.refused() > kSteps / 16);
}

QTEST_GUILESS_MAIN(TestKeyringProperty)
#include "tst_keyring_property.moc"
