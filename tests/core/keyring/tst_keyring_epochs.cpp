// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QTest>

#include "core/keyring/keyring_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

class TestKeyringEpochs : public QObject {
    Q_OBJECT
private slots:
    void revokingBeginsAnEpochThatTheRevokedDoesNotGet();
    void revokingDuringARotationBeginsAnotherEpoch();
    void aRemovedPersonIsGone();
    void aRotationKeepsBothEpochsUntilItEnds();
    void aSecondBeginningJoinsTheRotation();
    void aPersonWhoIsAddedInARotationGetsBothEpochs();
    void tooManyPersonsOrEpochsAreRefused();
};

void TestKeyringEpochs::revokingBeginsAnEpochThatTheRevokedDoesNotGet() {
    Team team;
    const PersonId ra = team.add("ra", kEverything);
    team.add("omar", {Compartment::Sessions});
    auto before = team.as("ra");
    VERIFY_OK(before);
    VERIFY_OK(team.lea->revoke(ra, Compartment::Sessions));
    QVERIFY(team.lea->isRotating(Compartment::Sessions));
    QVERIFY(!team.lea->isRotating(Compartment::Outbox));
    QCOMPARE(team.lea->identities(Compartment::Sessions).size(), std::size_t{2});
    auto after = team.as("ra");
    VERIFY_OK(after);
    QVERIFY(!after->holds(Compartment::Sessions));
    QVERIFY(after->identities(Compartment::Sessions).empty());
    QVERIFY(after->holds(Compartment::Outbox) && after->holds(Compartment::Identities));
    // Not even somebody who kept the keys from before reads what is written from now on.
    QVERIFY(!opens(*before, *team.lea, Compartment::Sessions));
    auto omar = team.as("omar");
    VERIFY_OK(omar);
    QVERIFY(opens(*omar, *team.lea, Compartment::Sessions));
    QCOMPARE(omar->identities(Compartment::Sessions).size(), std::size_t{2});
}

void TestKeyringEpochs::revokingDuringARotationBeginsAnotherEpoch() {
    Team team;
    const PersonId ra = team.add("ra", kEverything);
    VERIFY_OK(team.lea->beginEpoch(Compartment::Sessions));
    auto before = team.as("ra");
    VERIFY_OK(before);
    QVERIFY(opens(*before, *team.lea, Compartment::Sessions));
    VERIFY_OK(team.lea->revoke(ra, Compartment::Sessions));
    QCOMPARE(team.lea->epochs(Compartment::Sessions).size(), std::size_t{3});
    QVERIFY(!opens(*before, *team.lea, Compartment::Sessions));
    VERIFY_OK(team.lea->endEpoch(Compartment::Sessions));
    QCOMPARE(team.lea->epochs(Compartment::Sessions).size(), std::size_t{1});
    QCOMPARE(team.lea->epochs(Compartment::Sessions).front().number, 3U);
}

void TestKeyringEpochs::aRemovedPersonIsGone() {
    Team team;
    const PersonId ra = team.add("ra", kOutboxOnly);
    auto before = team.as("ra");
    VERIFY_OK(before);
    VERIFY_OK(team.lea->removePerson(ra));
    VERIFY_FAILS(team.as("ra"), ErrorCode::WrongPassphrase);
    VERIFY_FAILS(team.unlock("ra"), ErrorCode::WrongPassphrase);
    QVERIFY(team.lea->isRotating(Compartment::Outbox));
    QVERIFY(!team.lea->isRotating(Compartment::Sessions));
    QVERIFY(!opens(*before, *team.lea, Compartment::Outbox));
    QCOMPARE(team.lea->persons().size(), std::size_t{1});
    // Nothing of that person is left in the file, and the name is free.
    const Bytes content = team.files.content(kKeyringFile);
    QVERIFY(std::search(content.begin(), content.end(), ra.raw().begin(), ra.raw().end()) == content.end());
    QVERIFY(team.add("ra", kOutboxOnly) != ra);
    VERIFY_OK(team.as("ra"));
}

void TestKeyringEpochs::aRotationKeepsBothEpochsUntilItEnds() {
    Team team;
    QVERIFY(!team.lea->isRotating(Compartment::Sessions));
    const auto old = team.lea->currentRecipient(Compartment::Sessions);
    VERIFY_OK(team.lea->beginEpoch(Compartment::Sessions));
    auto during = team.unlock();
    VERIFY_OK(during);
    QVERIFY(during->isRotating(Compartment::Sessions));
    QVERIFY(during->epochs(Compartment::Sessions).front().recipient == old);
    QVERIFY(!(during->currentRecipient(Compartment::Sessions) == old));
    QCOMPARE(during->epochs(Compartment::Sessions).back().number, 2U);
    QCOMPARE(during->identities(Compartment::Sessions).size(), std::size_t{2});
    VERIFY_OK(during->endEpoch(Compartment::Sessions));
    auto after = team.unlock();
    VERIFY_OK(after);
    QVERIFY(!after->isRotating(Compartment::Sessions));
    QCOMPARE(after->identities(Compartment::Sessions).size(), std::size_t{1});
    QVERIFY(after->identities(Compartment::Sessions).front().recipient() ==
            during->currentRecipient(Compartment::Sessions));
    // Ending what is not under way does nothing.
    const Bytes before = team.files.content(kKeyringFile);
    VERIFY_OK(after->endEpoch(Compartment::Sessions));
    QVERIFY(team.files.content(kKeyringFile) == before);
}

void TestKeyringEpochs::aSecondBeginningJoinsTheRotation() {
    Team team;
    VERIFY_OK(team.lea->beginEpoch(Compartment::Outbox));
    const Bytes before = team.files.content(kKeyringFile);
    VERIFY_OK(team.lea->beginEpoch(Compartment::Outbox));
    QVERIFY(team.files.content(kKeyringFile) == before);
    QCOMPARE(team.lea->epochs(Compartment::Outbox).size(), std::size_t{2});
}

void TestKeyringEpochs::aPersonWhoIsAddedInARotationGetsBothEpochs() {
    Team team;
    const PersonId omar = team.add("omar", {});
    VERIFY_OK(team.lea->beginEpoch(Compartment::Sessions));
    team.add("ra", {Compartment::Sessions});
    VERIFY_OK(team.lea->grant(omar, Compartment::Sessions));
    for (const char* name : {"ra", "omar"}) {
        auto keyring = team.as(name);
        VERIFY_OK(keyring);
        QCOMPARE(keyring->identities(Compartment::Sessions).size(), std::size_t{2});
    }
}

void TestKeyringEpochs::tooManyPersonsOrEpochsAreRefused() {
    Team team;
    for (int i = 1; i < 64; ++i)
        team.add(QByteArray::number(i).constData(), {});
    VERIFY_FAILS(team.lea->addPerson(text("65"), viewOf(kPassphrase), {}, cheapOptions()), ErrorCode::InvalidArgument);
    const PersonId other = team.lea->persons().front().id == team.lea->personId() ? team.lea->persons().back().id
                                                                                  : team.lea->persons().front().id;
    for (int i = 0; i < 63; ++i) {
        VERIFY_OK(team.lea->grant(other, Compartment::Outbox));
        VERIFY_OK(team.lea->revoke(other, Compartment::Outbox));
    }
    VERIFY_OK(team.lea->grant(other, Compartment::Outbox));
    VERIFY_FAILS(team.lea->revoke(other, Compartment::Outbox), ErrorCode::NotAllowed);
    VERIFY_OK(team.lea->endEpoch(Compartment::Outbox));
    VERIFY_OK(team.lea->revoke(other, Compartment::Outbox));
    VERIFY_OK(team.unlock());
}

QTEST_GUILESS_MAIN(TestKeyringEpochs)
#include "tst_keyring_epochs.moc"
