// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include <QTest>

#include "core/keyring/keyring_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

namespace {

constexpr std::string_view kNewPassphrase = "another";

/// One kind of write: what it does with the keyring of Léa.
struct Write {
    const char* name;
    std::function<bool(Keyring&, Home&)> run;
};

PersonId idOf(const Keyring& keyring, const char* name) {
    for (const Person& person : keyring.persons()) {
        if (person.name == text(name)) return person.id;
    }
    return {};
}

bool rekey(const Keyring& keyring, Home& home) {
    auto made = Keyring::createFor(home.files, kHome, keyring.homeId(), keyring.generation(), viewOf(kNewPassphrase),
                                   cheapOptions(), text("custodian"));
    return made && made->takePlace(home.clock).has_value();
}

std::vector<Write> writes() {
    const auto sessions = Compartment::Sessions;
    return {
        {"addPerson",
         [](Keyring& keyring, Home&) {
             return keyring.addPerson(text("new"), viewOf(kNewPassphrase), kEverything, cheapOptions()).has_value();
         }},
        {"grant", [=](Keyring& keyring, Home&) { return keyring.grant(idOf(keyring, "ra"), sessions).has_value(); }},
        {"revoke",
         [=](Keyring& keyring, Home&) { return keyring.revoke(idOf(keyring, "omar"), sessions).has_value(); }},
        {"removePerson", [](Keyring& keyring, Home&) { return keyring.removePerson(idOf(keyring, "ra")).has_value(); }},
        {"rename", [](Keyring& keyring, Home&) { return keyring.rename(text("someone")).has_value(); }},
        {"changePassphrase",
         [](Keyring& keyring, Home&) {
             return keyring.changePassphrase(viewOf(kNewPassphrase), cheapOptions()).has_value();
         }},
        {"beginEpoch", [=](Keyring& keyring, Home&) { return keyring.beginEpoch(sessions).has_value(); }},
        {"endEpoch", [](Keyring& keyring, Home&) { return keyring.endEpoch(Compartment::Outbox).has_value(); }},
        {"replaceAnchors",
         [](Keyring& keyring, Home&) {
             const FileId gone = logId(1);
             return keyring.replaceAnchors({{logId(2), {2, {2}}}}, {&gone, 1}).has_value();
         }},
        {"rekey", [](Keyring& keyring, Home& home) { return rekey(keyring, home); }},
    };
}

QByteArray describe(const Keyring& keyring) {
    QByteArray words;
    std::map<QString, Person> byName;
    for (const Person& person : keyring.persons())
        byName[person.name] = person;
    for (const auto& [name, person] : byName) {
        words += name.toUtf8() + '(';
        for (const Compartment compartment : person.compartments)
            words += QByteArray::number(static_cast<int>(compartment));
        words += ") ";
    }
    for (const Compartment compartment : kCompartments) {
        words += QByteArray::number(keyring.identities(compartment).size()) + '/' +
                 QByteArray::number(keyring.epochs(compartment).size()) + ' ';
    }
    for (std::uint8_t log = 1; log < 4; ++log)
        words += keyring.anchor(logId(log)) ? 'a' : '-';
    return words + (keyring.hasDeviceKey() ? " signs" : "");
}

/// Who gets in with what, and what each finds.
QByteArray describe(Home& home) {
    QByteArray words;
    for (const std::string_view passphrase :
         {kPassphrase, kNewPassphrase, std::string_view("omar"), std::string_view("ra")}) {
        home.forgetTries();
        const auto keyring = home.unlock(passphrase);
        words += QByteArray(passphrase.data(), static_cast<qsizetype>(passphrase.size())) + ": ";
        words += keyring ? describe(*keyring) : QByteArray(errorName(keyring.error().code));
        words += '\n';
    }
    return words;
}

/// Léa, omar (everything) and ra (outbox only), in the middle of a rotation of the outbox, with one anchor.
std::map<Path, Bytes> makeTeam() {
    Team team;
    team.add("omar", kEverything);
    team.add("ra", kOutboxOnly);
    static_cast<void>(team.lea->beginEpoch(Compartment::Outbox));  // the test sees at its start whether it is there
    static_cast<void>(team.lea->setAnchors({{logId(1), {1, {1}}}}));
    std::map<Path, Bytes> content;
    for (const Path& path : team.files.paths())
        content[path] = team.files.content(path);
    return content;
}

}  // namespace

class TestPeopleFaults : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyWriteSurvivesEveryFault_data() { rows(); }
    void everyWriteSurvivesEveryFault();
    void everyWriteSurvivesEveryPowerCut_data() { rows(); }
    void everyWriteSurvivesEveryPowerCut();
    void aFullDiskKeepsTheOld_data() { rows(); }
    void aFullDiskKeepsTheOld();

private:
    void rows();
    void load(Home& home) const;
    /// What the keyring must be before and after.
    void expectations(const Write& write);
    /// Runs the write with operation `number` failing. Gives back whether that was reached.
    bool runFailing(const Write& write, Home& home, std::uint64_t number, bool forGood);
    void check(Home& home);

    std::map<Path, Bytes> m_base;
    QByteArray m_old;
    QByteArray m_new;
    std::unique_ptr<Keyring> m_keyring;
    bool m_isDone = false;
};

void TestPeopleFaults::initTestCase() {
    m_base = makeTeam();
    Home home;
    load(home);
    QCOMPARE(describe(home.unlock().value()), QByteArray("L\u00E9a(123) omar(123) ra(3) 1/1 1/1 2/2 a-- signs"));
}

void TestPeopleFaults::rows() {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Write& write : writes())
        QTest::addRow("%s", write.name) << index++;
}

void TestPeopleFaults::load(Home& home) const {
    for (const auto& [path, content] : m_base)
        home.files.setContent(path, content);
}

void TestPeopleFaults::expectations(const Write& write) {
    Home home;
    load(home);
    m_old = describe(home);
    auto keyring = home.unlock();
    VERIFY_OK(keyring);
    QVERIFY(write.run(*keyring, home));
    m_new = describe(home);
    QVERIFY(m_old != m_new);
}

bool TestPeopleFaults::runFailing(const Write& write, Home& home, std::uint64_t number, bool forGood) {
    load(home);
    m_keyring = std::make_unique<Keyring>(home.unlock().value());
    home.files.resetOperations();
    home.files.failAt(number, forGood);
    m_isDone = write.run(*m_keyring, home);
    const bool reached = home.files.faultHappened();
    home.files.clearFaults();
    return reached;
}

void TestPeopleFaults::check(Home& home) {
    const QByteArray found = describe(home);
    QVERIFY2(found == m_new || (found == m_old && !m_isDone), found);
}

void TestPeopleFaults::everyWriteSurvivesEveryFault() {
    QFETCH(int, index);
    const Write write = writes()[static_cast<std::size_t>(index)];
    const bool isRekey = QByteArray(write.name) == "rekey";
    expectations(write);
    for (const bool forGood : {false, true}) {
        bool reached = true;
        for (std::uint64_t number = 1; reached && !QTest::currentTestFailed(); ++number) {
            Home home;
            const QByteArray before = [&] {
                load(home);
                return describe(home.unlock().value());
            }();
            reached = runFailing(write, home, number, forGood);
            check(home);
            QVERIFY(reached || (m_isDone && number > 4));
            if (m_isDone || isRekey) continue;
            // The object is as before, and the next write is whole.
            QCOMPARE(describe(*m_keyring), before);
            VERIFY_OK(m_keyring->setAnchors({{logId(3), {3, {3}}}}));
            const auto again = home.unlock();
            VERIFY_OK(again);
            QVERIFY(again->anchor(logId(3)).has_value());
            QVERIFY(again->generation() == m_keyring->generation());
            QVERIFY(write.run(*m_keyring, home));
        }
    }
}

void TestPeopleFaults::everyWriteSurvivesEveryPowerCut() {
    QFETCH(int, index);
    const Write write = writes()[static_cast<std::size_t>(index)];
    expectations(write);
    for (const auto loss : kLosses) {
        bool reached = true;
        for (std::uint64_t number = 1; reached && !QTest::currentTestFailed(); ++number) {
            Home home;
            reached = runFailing(write, home, number, true);
            home.files.cutPower(loss, static_cast<unsigned>(number));
            check(home);
        }
    }
}

void TestPeopleFaults::aFullDiskKeepsTheOld() {
    QFETCH(int, index);
    const Write write = writes()[static_cast<std::size_t>(index)];
    expectations(write);
    Home home;
    load(home);
    auto keyring = home.unlock();
    VERIFY_OK(keyring);
    home.files.setCapacity(1000);
    const Bytes before = home.files.content(kKeyringFile);
    QVERIFY(!write.run(*keyring, home));
    QVERIFY(home.files.content(kKeyringFile) == before);
    home.files.setCapacity(UINT64_MAX);
    QCOMPARE(describe(home), m_old);
    QVERIFY(write.run(*keyring, home));
    QCOMPARE(describe(home), m_new);
}

QTEST_GUILESS_MAIN(TestPeopleFaults)
#include "tst_people_faults.moc"
