// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sys/resource.h>

#include <QTest>

#include "core/keyring/keyring_fixture.h"
#include "keyring/keyring_format.h"
#include "keyring/person_names.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

namespace {

const Person* personNamed(const std::vector<Person>& persons, const char* name) {
    const auto found =
        std::find_if(persons.begin(), persons.end(), [&](const Person& person) { return person.name == text(name); });
    return found == persons.end() ? nullptr : &*found;
}

KeyringFile decoded(const Home& home) {
    return decode(home.files.content(kKeyringFile)).value();
}

}  // namespace

class TestKeyringPeople : public QObject {
    Q_OBJECT
private slots:
    void aNameThatNobodyHasCostsAnArgon2();  // first: it measures the most memory ever used
    void whoeverUnlocksSeesAllNames();
    void theLockedFileShowsNoName();
    void aPersonOpensExactlyWhatWasGranted();
    void onlyHoldersOfSessionsHaveTheDeviceKey();
    void aPersonUnlocksByNameInAnyCaseAndForm();
    void aWrongNameIsAWrongPassphraseAndCounted();
    void withoutANameEverybodyIsTried();
    void anotherPersonsPassphraseIsWrong();
    void twoPersonsCantHaveTheSameName();
    void badNamesAndPassphrasesAreRefused();
    void aPersonRenamesOneself();
    void whatIsNotHeldCantBeGivenOrTaken();
    void theLastWhoHoldsACompartmentKeepsIt();
    void nobodyRemovesOrRevokesOneself();
    void unknownPersonsAreNotFound();
    void grantingAndRevokingTwiceChangesNothing();
    void aNewPassphraseTakesThePlaceOfTheOld();
};

void TestKeyringPeople::aNameThatNobodyHasCostsAnArgon2() {
    Team team;
    KeyringFile file = decoded(team);
    file.persons.front().cost = {96 * 1024, 1};
    team.files.setContent(kKeyringFile, encode(file, crypto::SecureBytes(32)));
    const auto peakKiB = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
    };
    const long before = peakKiB();
    // A name whose hint no person has: nobody's passphrase is tried.
    QString nobody;
    for (int i = 0; nobody.isEmpty() || nameHint(file.home, nobody) == file.persons.front().nameHint; ++i)
        nobody = QString::number(i);
    VERIFY_FAILS(team.unlock(kPassphrase, nobody), ErrorCode::WrongPassphrase);
    const long grown = peakKiB() - before;
    QVERIFY2(grown > 64 * 1024, qPrintable(QString::number(grown)));
}

void TestKeyringPeople::whoeverUnlocksSeesAllNames() {
    Team team;
    const PersonId ra = team.add("ra", kOutboxOnly);
    for (const bool isRa : {false, true}) {
        auto keyring = isRa ? team.as("ra") : team.unlock();
        VERIFY_OK(keyring);
        QCOMPARE(keyring->personId(), isRa ? ra : team.lea->personId());
        const std::vector<Person> persons = keyring->persons();
        QCOMPARE(persons.size(), std::size_t{2});
        QVERIFY(persons[0].id < persons[1].id);
        const Person* first = personNamed(persons, "L\u00E9a");
        const Person* second = personNamed(persons, "ra");
        QVERIFY(first != nullptr && second != nullptr);
        QVERIFY(first->compartments == kEverything);
        QVERIFY(second->compartments == kOutboxOnly);
        QCOMPARE(second->id, ra);
    }
    Home plain;
    auto keyring = plain.create();
    VERIFY_OK(keyring);
    QCOMPARE(keyring->persons().front().name, unnamedPerson());
}

void TestKeyringPeople::theLockedFileShowsNoName() {
    Team team;
    team.add("somebody else", kOutboxOnly);
    const Bytes content = team.files.content(kKeyringFile);
    for (const std::string_view name : {"L\u00E9a", "l\u00E9a", "somebody", "else"}) {
        const ByteView bytes = viewOf(name);
        QVERIFY(std::search(content.begin(), content.end(), bytes.begin(), bytes.end()) == content.end());
    }
}

void TestKeyringPeople::aPersonOpensExactlyWhatWasGranted() {
    for (int mask = 0; mask < 8; ++mask) {
        Team team;
        std::set<Compartment> given;
        for (std::size_t i = 0; i < kCompartments.size(); ++i) {
            if ((mask >> i) & 1) given.insert(kCompartments[i]);
        }
        team.add("ra", given);
        auto ra = team.as("ra");
        VERIFY_OK(ra);
        for (const Compartment compartment : kCompartments) {
            const bool isGiven = given.count(compartment) > 0;
            QCOMPARE(ra->holds(compartment), isGiven);
            QCOMPARE(opens(*ra, *team.lea, compartment), isGiven);
            QCOMPARE(ra->identities(compartment).size(), std::size_t{isGiven ? 1U : 0U});
            // Everybody can write for those who hold it.
            QVERIFY(ra->currentRecipient(compartment) == team.lea->currentRecipient(compartment));
        }
    }
}

void TestKeyringPeople::onlyHoldersOfSessionsHaveTheDeviceKey() {
    Team team;
    QVERIFY(team.lea->hasDeviceKey());
    const PersonId ra = team.add("ra", {Compartment::Outbox, Compartment::Identities});
    const auto deviceKeyOfRa = [&] {
        const Keyring keyring = team.as("ra").value();
        const auto& key = team.lea->deviceKey().verifyKey();
        return std::pair(keyring.deviceVerifyKey() == key,
                         keyring.hasDeviceKey() && keyring.deviceKey().verifyKey() == key);
    };
    QVERIFY(deviceKeyOfRa() == std::pair(true, false));
    QCOMPARE(decoded(team).deviceGrants.size(), std::size_t{1});
    VERIFY_OK(team.lea->grant(ra, Compartment::Sessions));
    QVERIFY(deviceKeyOfRa() == std::pair(true, true));
    VERIFY_OK(team.lea->revoke(ra, Compartment::Sessions));
    QVERIFY(deviceKeyOfRa() == std::pair(true, false));
    QCOMPARE(decoded(team).deviceGrants.size(), std::size_t{1});
}

void TestKeyringPeople::aPersonUnlocksByNameInAnyCaseAndForm() {
    Team team;
    team.add("ra", kOutboxOnly);
    for (const char* name : {"L\u00E9a", "l\u00E9a", "L\u00C9A", "Le\u0301a", "  l\u00E9a "}) {
        auto keyring = team.unlock(kPassphrase, text(name));
        VERIFY_OK(keyring);
        QCOMPARE(keyring->personId(), team.lea->personId());
    }
}

void TestKeyringPeople::aWrongNameIsAWrongPassphraseAndCounted() {
    Team team;
    const Bytes fresh = team.files.content(kAttemptsFile);
    const auto wrong = team.unlock("wrong", text("L\u00E9a"));
    VERIFY_FAILS(wrong, ErrorCode::WrongPassphrase);
    for (const QString& name : {text("nobody"), text("   "), QString(65, u'x'), text("a\nb")}) {
        team.forgetTries();
        const auto refused = team.unlock(kPassphrase, name);
        VERIFY_FAILS(refused, ErrorCode::WrongPassphrase);
        QCOMPARE(refused.error().context, wrong.error().context);
        QVERIFY(team.files.content(kAttemptsFile) != fresh);
    }
    // Whatever hint a name has.
    for (int i = 0; i < 64; ++i) {
        team.forgetTries();
        VERIFY_FAILS(team.unlock(kPassphrase, QString::number(i)), ErrorCode::WrongPassphrase);
        QVERIFY(team.files.content(kAttemptsFile) != fresh);
    }
}

void TestKeyringPeople::withoutANameEverybodyIsTried() {
    Team team;
    std::map<std::string, PersonId> ids;
    for (const char* name : {"a", "b", "c", "d"})
        ids[name] = team.add(name, kOutboxOnly);
    for (const auto& [name, id] : ids) {
        auto keyring = team.unlock(name);
        VERIFY_OK(keyring);
        QCOMPARE(keyring->personId(), id);
    }
}

void TestKeyringPeople::anotherPersonsPassphraseIsWrong() {
    Team team;
    // Among forty names some have the hint of "ra": for those the passphrase does open, and the name still decides.
    team.add("ra", kOutboxOnly);
    for (int i = 0; i < 40; ++i) {
        const QByteArray name = QByteArray::number(i);
        team.add(name.constData(), {});
        VERIFY_FAILS(team.unlock("ra", text(name.constData())), ErrorCode::WrongPassphrase);
        team.forgetTries();
        VERIFY_OK(team.as(name.constData()));
    }
    VERIFY_OK(team.as("ra"));
}

void TestKeyringPeople::twoPersonsCantHaveTheSameName() {
    Team team;
    team.add("ra", kOutboxOnly);
    const Bytes before = team.files.content(kKeyringFile);
    for (const char* name : {"ra", "RA", " Ra ", "L\u00C9A", "Le\u0301a"}) {
        VERIFY_FAILS(team.lea->addPerson(text(name), viewOf(kPassphrase), {}, cheapOptions()),
                     ErrorCode::AlreadyExists);
    }
    VERIFY_FAILS(team.lea->rename(text("RA")), ErrorCode::AlreadyExists);
    QVERIFY(team.files.content(kKeyringFile) == before);
    QCOMPARE(team.lea->persons().size(), std::size_t{2});
}

void TestKeyringPeople::badNamesAndPassphrasesAreRefused() {
    Team team;
    const Bytes before = team.files.content(kKeyringFile);
    for (const QString& name : {QString(), text(" "), QString(65, u'x'), text("a\nb")}) {
        VERIFY_FAILS(team.lea->addPerson(name, viewOf(kPassphrase), {}, cheapOptions()), ErrorCode::InvalidArgument);
        VERIFY_FAILS(team.lea->rename(name), ErrorCode::InvalidArgument);
    }
    VERIFY_FAILS(team.lea->addPerson(text("ra"), {}, {}, cheapOptions()), ErrorCode::InvalidArgument);
    VERIFY_FAILS(team.lea->changePassphrase({}, cheapOptions()), ErrorCode::InvalidArgument);
    KeyringOptions tooCheap;
    tooCheap.cost = {8, 1};
    QVERIFY(!team.lea->addPerson(text("ra"), viewOf(kPassphrase), {}, tooCheap).has_value());
    QVERIFY(!team.lea->changePassphrase(viewOf(kPassphrase), tooCheap).has_value());
    QVERIFY(team.files.content(kKeyringFile) == before);
    Home other;
    VERIFY_FAILS(Keyring::create(other.files, kHome, viewOf(kPassphrase), other.clock, cheapOptions(), text("a\nb")),
                 ErrorCode::InvalidArgument);
    QVERIFY(other.files.paths().empty());
}

void TestKeyringPeople::aPersonRenamesOneself() {
    Team team;
    team.add("ra", kOutboxOnly);
    auto ra = team.as("ra");
    VERIFY_OK(ra);
    VERIFY_OK(ra->rename(text(" Rapha\u00EBl ")));
    VERIFY_OK(ra->rename(text("RAPHA\u00CBL")));  // one's own name in another case
    VERIFY_FAILS(team.as("ra"), ErrorCode::WrongPassphrase);
    auto again = team.unlock("ra", text("rapha\u00EBl"));
    VERIFY_OK(again);
    QVERIFY(personNamed(again->persons(), "RAPHA\u00CBL") != nullptr);
}

void TestKeyringPeople::whatIsNotHeldCantBeGivenOrTaken() {
    Team team;
    const PersonId omar = team.add("omar", kEverything);
    team.add("ra", kOutboxOnly);
    auto ra = team.as("ra");
    VERIFY_OK(ra);
    const Bytes before = team.files.content(kKeyringFile);
    for (const Compartment compartment : {Compartment::Sessions, Compartment::Identities}) {
        VERIFY_FAILS(ra->addPerson(text("friend"), viewOf(kPassphrase), {compartment}, cheapOptions()),
                     ErrorCode::NotAllowed);
        VERIFY_FAILS(ra->addPerson(text("friend"), viewOf(kPassphrase), kEverything, cheapOptions()),
                     ErrorCode::NotAllowed);
        VERIFY_FAILS(ra->grant(ra->personId(), compartment), ErrorCode::NotAllowed);
        VERIFY_FAILS(ra->revoke(omar, compartment), ErrorCode::NotAllowed);
        VERIFY_FAILS(ra->beginEpoch(compartment), ErrorCode::NotAllowed);
        VERIFY_FAILS(ra->endEpoch(compartment), ErrorCode::NotAllowed);
    }
    VERIFY_FAILS(ra->removePerson(omar), ErrorCode::NotAllowed);
    QVERIFY(team.files.content(kKeyringFile) == before);
    VERIFY_OK(ra->addPerson(text("friend"), viewOf(kPassphrase), kOutboxOnly, cheapOptions()));
    VERIFY_OK(ra->beginEpoch(Compartment::Outbox));
}

void TestKeyringPeople::theLastWhoHoldsACompartmentKeepsIt() {
    Team team;
    const PersonId omar = team.add("omar", {Compartment::Identities});
    auto keyring = team.as("omar");
    VERIFY_OK(keyring);
    VERIFY_OK(keyring->revoke(team.lea->personId(), Compartment::Identities));
    const Bytes before = team.files.content(kKeyringFile);
    const auto refused = keyring->revoke(omar, Compartment::Identities);
    VERIFY_FAILS(refused, ErrorCode::NotAllowed);
    QVERIFY2(refused.error().context.find("nobody else holds 'identities'") == 0, refused.error().context.c_str());
    auto lea = team.unlock();
    VERIFY_OK(lea);
    for (const Compartment compartment : kCompartments)
        VERIFY_FAILS(lea->revoke(lea->personId(), compartment), ErrorCode::NotAllowed);
    VERIFY_FAILS(lea->removePerson(omar), ErrorCode::NotAllowed);
    VERIFY_FAILS(keyring->removePerson(lea->personId()), ErrorCode::NotAllowed);
    QVERIFY(team.files.content(kKeyringFile) == before);
}

void TestKeyringPeople::nobodyRemovesOrRevokesOneself() {
    Team team;
    team.add("omar", kEverything);
    const Bytes before = team.files.content(kKeyringFile);
    VERIFY_FAILS(team.lea->removePerson(team.lea->personId()), ErrorCode::NotAllowed);
    for (const Compartment compartment : kCompartments)
        VERIFY_FAILS(team.lea->revoke(team.lea->personId(), compartment), ErrorCode::NotAllowed);
    QVERIFY(team.files.content(kKeyringFile) == before);
    // Nor somebody who has nothing to lose.
    const PersonId guest = team.add("guest", {});
    auto idle = team.as("guest");
    VERIFY_OK(idle);
    VERIFY_FAILS(idle->removePerson(guest), ErrorCode::NotAllowed);
    auto omar = team.as("omar");
    VERIFY_OK(omar);
    VERIFY_OK(omar->removePerson(team.lea->personId()));
    VERIFY_FAILS(team.unlock(), ErrorCode::WrongPassphrase);
}

void TestKeyringPeople::unknownPersonsAreNotFound() {
    Team team;
    VERIFY_FAILS(team.lea->grant(PersonId::random(), Compartment::Outbox), ErrorCode::NotFound);
    VERIFY_FAILS(team.lea->revoke(PersonId::random(), Compartment::Outbox), ErrorCode::NotFound);
    VERIFY_FAILS(team.lea->removePerson(PersonId::random()), ErrorCode::NotFound);
}

void TestKeyringPeople::grantingAndRevokingTwiceChangesNothing() {
    Team team;
    const PersonId ra = team.add("ra", kOutboxOnly);
    const Bytes before = team.files.content(kKeyringFile);
    VERIFY_OK(team.lea->grant(ra, Compartment::Outbox));
    VERIFY_OK(team.lea->revoke(ra, Compartment::Sessions));
    QVERIFY(team.files.content(kKeyringFile) == before);
    QVERIFY(!team.lea->isRotating(Compartment::Sessions));
}

void TestKeyringPeople::aNewPassphraseTakesThePlaceOfTheOld() {
    Team team;
    team.add("ra", kOutboxOnly);
    VERIFY_OK(team.lea->beginEpoch(Compartment::Identities));
    const KeyringFile before = decoded(team);
    VERIFY_OK(team.lea->changePassphrase(viewOf(std::string_view("the new one")), cheapOptions()));
    VERIFY_FAILS(team.unlock(), ErrorCode::WrongPassphrase);
    VERIFY_FAILS(team.unlock(kPassphrase, text("L\u00E9a")), ErrorCode::WrongPassphrase);
    auto lea = team.unlock("the new one", text("L\u00E9a"));
    VERIFY_OK(lea);
    QCOMPARE(lea->personId(), team.lea->personId());
    for (const Compartment compartment : kCompartments) {
        QCOMPARE(lea->identities(compartment).size(), compartment == Compartment::Identities ? 2U : 1U);
        QVERIFY(opens(*lea, *team.lea, compartment));
    }
    QVERIFY(lea->hasDeviceKey());
    const KeyringFile after = decoded(team);
    for (std::size_t i = 0; i < 2; ++i) {
        const bool isLea = after.persons[i].id == lea->personId();
        QCOMPARE(after.persons[i].salt != before.persons[i].salt, isLea);
        QCOMPARE(after.persons[i].recipient != before.persons[i].recipient, isLea);
    }
    // The object that changed it goes on.
    VERIFY_OK(team.lea->setAnchors({{logId(1), {1, {}}}}));
    team.add("another", kEverything);
    VERIFY_OK(team.as("another"));
    VERIFY_OK(team.as("ra"));
}

QTEST_GUILESS_MAIN(TestKeyringPeople)
#include "tst_keyring_people.moc"
