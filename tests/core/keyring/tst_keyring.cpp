// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QTest>

#include "core/keyring/keyring_fixture.h"
#include "crypto/age/age.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

namespace {

bool contains(ByteView haystack, ByteView needle) {
    return std::search(haystack.begin(), haystack.end(), needle.begin(), needle.end()) != haystack.end();
}

}  // namespace

class TestKeyring : public QObject {
    Q_OBJECT
private slots:
    void unlockingGivesBackWhatWasMade();
    void aSecondKeyringIsNotMadeOverTheFirst();
    void aHomeWithoutKeyringIsNotFound();
    void wrongPassphraseLeavesKeyringUntouched();
    void passphrasesAreTheirUtf8Bytes();
    void anEmptyPassphraseIsRefused();
    void aCostBelowTheFloorIsRefused();
    void theDefaultCostIsAboveTheFloorOfTheDesign();
    void eachCompartmentOpensOnlyWithItsOwnKey();
    void theFileHoldsNoSecretInClear();
    void anchorsAreKeptMovedAndDropped();
    void eachReplacementRaisesTheGeneration();
    void homesAndPersonsAreRandom();
};

void TestKeyring::unlockingGivesBackWhatWasMade() {
    Home home;
    auto made = home.create();
    VERIFY_OK(made);
    auto opened = home.unlock();
    VERIFY_OK(opened);
    QCOMPARE(opened->homeId(), made->homeId());
    QCOMPARE(opened->personId(), made->personId());
    QCOMPARE(opened->generation(), std::uint64_t{1});
    QVERIFY(opened->deviceKey().verifyKey() == made->deviceKey().verifyKey());
    const Bytes message{1, 2, 3};
    const auto signature = opened->deviceKey().sign("test", message);
    QVERIFY(crypto::verifySignature(made->deviceKey().verifyKey(), "test", message, signature));
    for (const Compartment compartment : kCompartments) {
        QVERIFY(opened->holds(compartment));
        QCOMPARE(opened->epochs(compartment).size(), std::size_t{1});
        QVERIFY(opened->currentRecipient(compartment) == made->currentRecipient(compartment));
        const auto identities = opened->identities(compartment);
        QCOMPARE(identities.size(), std::size_t{1});
        QVERIFY(identities.front().recipient() == made->currentRecipient(compartment));
    }
}

void TestKeyring::aSecondKeyringIsNotMadeOverTheFirst() {
    Home home;
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kKeyringFile);
    VERIFY_FAILS(home.create("another"), ErrorCode::AlreadyExists);
    QVERIFY(home.files.content(kKeyringFile) == before);
    VERIFY_OK(home.unlock());
}

void TestKeyring::aHomeWithoutKeyringIsNotFound() {
    Home home;
    VERIFY_OK(home.files.createDirectories(kHome));
    const auto exists = Keyring::exists(home.files, kHome);
    VERIFY_OK(exists);
    QVERIFY(!*exists);
    VERIFY_FAILS(home.unlock(), ErrorCode::NotFound);
    QVERIFY(home.files.paths().empty());
}

void TestKeyring::wrongPassphraseLeavesKeyringUntouched() {
    Home home;
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kKeyringFile);
    VERIFY_FAILS(home.unlock("cinq mots"), ErrorCode::WrongPassphrase);
    VERIFY_FAILS(home.unlock(""), ErrorCode::WrongPassphrase);
    QVERIFY(home.files.content(kKeyringFile) == before);
    VERIFY_OK(home.unlock());
    QVERIFY(home.files.content(kKeyringFile) == before);
}

void TestKeyring::passphrasesAreTheirUtf8Bytes() {
    // The same letter in another form, another case, and a blank too many are other passphrases.
    constexpr std::string_view kComposed = "\xC3\xA9t\xC3\xA9 \xE9\x8C\xB2\xE9\x9F\xB3";
    for (const std::string_view other : {std::string_view("e\xCC\x81te\xCC\x81 \xE9\x8C\xB2\xE9\x9F\xB3"),
                                         std::string_view("\xC3\x89t\xC3\xA9 \xE9\x8C\xB2\xE9\x9F\xB3"),
                                         std::string_view("\xC3\xA9t\xC3\xA9 \xE9\x8C\xB2\xE9\x9F\xB3 ")}) {
        Home home;
        VERIFY_OK(home.create(kComposed));
        VERIFY_FAILS(home.unlock(other), ErrorCode::WrongPassphrase);
        VERIFY_OK(home.unlock(kComposed));
    }
    Home zero;
    VERIFY_OK(zero.create(std::string_view("a\0b", 3)));
    VERIFY_FAILS(zero.unlock("a"), ErrorCode::WrongPassphrase);
    VERIFY_OK(zero.unlock(std::string_view("a\0b", 3)));
}

void TestKeyring::anEmptyPassphraseIsRefused() {
    Home home;
    VERIFY_FAILS(home.create(""), ErrorCode::InvalidArgument);
    QVERIFY(home.files.paths().empty());
}

void TestKeyring::aCostBelowTheFloorIsRefused() {
    Home home;
    KeyringOptions options;
    options.cost = {8, 1};
    const auto made = Keyring::create(home.files, kHome, viewOf(kPassphrase), home.clock, options);
    QVERIFY(!made.has_value());
    QVERIFY(home.files.paths().empty());
    // And a keyring that was made cheap does not open where the floor is high.
    VERIFY_OK(home.create());
    const auto opened = Keyring::unlock(home.files, kHome, viewOf(kPassphrase), home.clock, {});
    VERIFY_FAILS(opened, ErrorCode::Damaged);
}

void TestKeyring::theDefaultCostIsAboveTheFloorOfTheDesign() {
    const KeyringOptions options;
    QVERIFY(options.floor.memoryKiB >= 64 * 1024);
    QVERIFY(options.floor.passes >= 3);
    VERIFY_OK(crypto::checkArgon2Cost(options.cost, options.floor));
}

void TestKeyring::eachCompartmentOpensOnlyWithItsOwnKey() {
    Home home;
    auto keyring = home.create();
    VERIFY_OK(keyring);
    const Bytes message{4, 5, 6};
    const auto sealed = crypto::age::encryptBytes({&keyring->currentRecipient(Compartment::Identities), 1}, message);
    VERIFY_OK(sealed);
    const auto right = crypto::age::decryptBytes(keyring->identities(Compartment::Identities), *sealed);
    VERIFY_OK(right);
    VERIFY_FAILS(crypto::age::decryptBytes(keyring->identities(Compartment::Outbox), *sealed), ErrorCode::WrongKey);
    VERIFY_FAILS(crypto::age::decryptBytes(keyring->identities(Compartment::Sessions), *sealed), ErrorCode::WrongKey);
}

void TestKeyring::theFileHoldsNoSecretInClear() {
    Home home;
    auto keyring = home.create();
    VERIFY_OK(keyring);
    for (const Path& path : home.files.paths()) {
        const Bytes content = home.files.content(path);
        QVERIFY(!contains(content, viewOf(kPassphrase)));
        QVERIFY(!contains(content, keyring->deviceKey().seed().view()));
        for (const Compartment compartment : kCompartments) {
            for (const auto& identity : keyring->identities(compartment)) {
                QVERIFY(!contains(content, identity.secret().view()));
                QVERIFY(!contains(content, identity.toText().view()));
            }
        }
    }
    // The search itself finds what is there.
    QVERIFY(contains(home.files.content(kKeyringFile), keyring->deviceKey().verifyKey()));
}

void TestKeyring::anchorsAreKeptMovedAndDropped() {
    Home home;
    {
        auto keyring = home.create();
        VERIFY_OK(keyring);
        QVERIFY(!keyring->anchor(logId(1)).has_value());
        VERIFY_OK(keyring->setAnchors({{logId(1), {10, {1}}}, {logId(2), {20, {2}}}}));
        VERIFY_OK(keyring->setAnchors({{logId(2), {21, {3}}}}));
    }
    auto keyring = home.unlock();
    VERIFY_OK(keyring);
    QVERIFY(keyring->anchor(logId(1)) == std::optional(sealedlog::Anchor{10, {1}}));
    QVERIFY(keyring->anchor(logId(2)) == std::optional(sealedlog::Anchor{21, {3}}));
    const FileId gone = logId(1);
    VERIFY_OK(keyring->dropAnchors({&gone, 1}));
    auto again = home.unlock();
    VERIFY_OK(again);
    QVERIFY(!again->anchor(logId(1)).has_value());
    QVERIFY(again->anchor(logId(2)).has_value());
    const std::array both{logId(2), logId(4)};
    VERIFY_OK(again->replaceAnchors({{logId(3), {30, {}}}, {logId(4), {40, {}}}}, both));
    const auto last = home.unlock();
    VERIFY_OK(last);
    QVERIFY(!last->anchor(logId(2)).has_value());
    QVERIFY(last->anchor(logId(3)).has_value() && last->anchor(logId(4)).has_value());
    std::map<FileId, sealedlog::Anchor> tooMany;
    while (tooMany.size() < 5000)
        tooMany[FileId::random()] = {};
    VERIFY_FAILS(again->setAnchors(tooMany), ErrorCode::InvalidArgument);
    VERIFY_OK(home.unlock());
}

void TestKeyring::eachReplacementRaisesTheGeneration() {
    Home home;
    auto keyring = home.create();
    VERIFY_OK(keyring);
    for (std::uint64_t generation = 2; generation < 5; ++generation) {
        VERIFY_OK(keyring->setAnchors({{logId(1), {generation, {}}}}));
        QCOMPARE(keyring->generation(), generation);
        auto opened = home.unlock();
        VERIFY_OK(opened);
        QCOMPARE(opened->generation(), generation);
    }
}

void TestKeyring::homesAndPersonsAreRandom() {
    Home one;
    Home other;
    auto first = one.create();
    auto second = other.create();
    VERIFY_OK(first);
    VERIFY_OK(second);
    QVERIFY(first->homeId() != second->homeId());
    QVERIFY(first->personId() != second->personId());
    QVERIFY(!(first->currentRecipient(Compartment::Sessions) == second->currentRecipient(Compartment::Sessions)));
    QVERIFY(first->deviceKey().verifyKey() != second->deviceKey().verifyKey());
}

QTEST_GUILESS_MAIN(TestKeyring)
#include "tst_keyring.moc"
