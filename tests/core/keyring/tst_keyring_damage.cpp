// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include <QTest>

#include "core/keyring/keyring_fixture.h"
#include "crypto/aead.h"
#include "crypto/hash.h"
#include "keyring/keyring_format.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

namespace {

/// Makes the checksum fit again, as somebody would who changes the file on purpose.
Bytes withChecksum(ByteView file) {
    ByteWriter writer;
    writer.raw(file.first(file.size() - 32));
    writer.raw(crypto::sha256(writer.view()));
    return writer.take();
}

/// A home of two persons in the middle of a rotation, with two anchors: every part of the grammar is there.
void makeHome(Home& home) {
    auto keyring = home.create();
    VERIFY_OK(keyring);
    VERIFY_OK(keyring->addPerson(text("ra"), viewOf(std::string_view("ra")), kOutboxOnly, cheapOptions()));
    VERIFY_OK(keyring->beginEpoch(Compartment::Outbox));
    VERIFY_OK(keyring->setAnchors({{logId(1), {10, {1}}}, {logId(2), {20, {2}}}}));
}

KeyringFile decoded(const Home& home) {
    return decode(home.files.content(kKeyringFile)).value();
}

}  // namespace

class TestKeyringDamage : public QObject {
    Q_OBJECT
private slots:
    void everyFlippedBitIsDamage();
    void everyTruncationIsDamage();
    void addedBytesAreDamage();
    void everyByteChangedOnPurposeIsNoticed();
    void anExchangedPersonIsNoticed();
    void anAddedAnchorIsNoticed();
    void anOlderVersionNumberIsNoticed();
    void grantsThatContradictEachOtherAreDamage();
    void aCostOutOfBoundsIsRefusedBeforeItIsPaid();
    void listsOutOfBoundsOrOrderAreDamage();
    void aNewerVersionIsRefusedUntouched();
    void encodingGivesBackTheSameBytes();
};

void TestKeyringDamage::everyFlippedBitIsDamage() {
    Home home;
    makeHome(home);
    const Bytes whole = home.files.content(kKeyringFile);
    const Bytes attempts = home.files.content(kAttemptsFile);
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        Bytes flipped = whole;
        flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << (bit % 8)));
        home.files.setContent(kKeyringFile, flipped);
        VERIFY_FAILS(home.unlock(), ErrorCode::Damaged);
        QVERIFY(home.files.content(kKeyringFile) == flipped);
    }
    QVERIFY(home.files.content(kAttemptsFile) == attempts);  // damage is no try
    home.files.setContent(kKeyringFile, whole);
    VERIFY_OK(home.unlock());
}

void TestKeyringDamage::everyTruncationIsDamage() {
    Home home;
    makeHome(home);
    const Bytes whole = home.files.content(kKeyringFile);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        home.files.setContent(kKeyringFile, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        VERIFY_FAILS(home.unlock(), ErrorCode::Damaged);
    }
}

void TestKeyringDamage::addedBytesAreDamage() {
    Home home;
    makeHome(home);
    Bytes longer = home.files.content(kKeyringFile);
    longer.push_back(0);
    home.files.setContent(kKeyringFile, longer);
    VERIFY_FAILS(home.unlock(), ErrorCode::Damaged);
    // One byte more inside, all sums in order.
    Bytes inside = home.files.content(kKeyringFile);
    inside.insert(inside.end() - 64, std::uint8_t{0});
    home.files.setContent(kKeyringFile, withChecksum(inside));
    VERIFY_FAILS(home.unlock(), ErrorCode::Damaged);
    home.files.setContent(kKeyringFile, Bytes(5U << 20));
    VERIFY_FAILS(home.unlock(), ErrorCode::Damaged);
}

void TestKeyringDamage::everyByteChangedOnPurposeIsNoticed() {
    Home home;
    makeHome(home);
    const Bytes whole = home.files.content(kKeyringFile);
    const Bytes attempts = home.files.content(kAttemptsFile);
    for (std::size_t i = 0; i < whole.size() - 32; ++i) {
        Bytes changed = whole;
        changed[i] = static_cast<std::uint8_t>(changed[i] ^ 0x01);
        home.files.setContent(kKeyringFile, withChecksum(changed));
        home.files.setContent(kAttemptsFile, attempts);
        for (const std::string_view passphrase : {kPassphrase, std::string_view("ra")}) {
            const auto opened = home.unlock(passphrase);
            QVERIFY2(!opened.has_value(), qPrintable(QString::number(i)));
            const ErrorCode code = opened.error().code;
            QVERIFY2(
                code == ErrorCode::Damaged || code == ErrorCode::WrongPassphrase || code == ErrorCode::NewerVersion,
                qPrintable(describe(opened)));
        }
    }
}

void TestKeyringDamage::anExchangedPersonIsNoticed() {
    Home home;
    Home other;
    makeHome(home);
    makeHome(other);
    KeyringFile mixed = decoded(home);
    mixed.persons = decoded(other).persons;  // same passphrase, another home
    home.files.setContent(kKeyringFile, encode(mixed, crypto::SecureBytes(32)));
    VERIFY_FAILS(home.unlock(), ErrorCode::WrongPassphrase);
}

void TestKeyringDamage::anAddedAnchorIsNoticed() {
    Home home;
    makeHome(home);
    KeyringFile file = decoded(home);
    file.anchors[logId(9)] = {1, {}};
    home.files.setContent(kKeyringFile, encode(file, crypto::SecureBytes::random(32)));
    VERIFY_FAILS(home.unlock(), ErrorCode::Damaged);
}

void TestKeyringDamage::anOlderVersionNumberIsNoticed() {
    // A file of version 2 that is called version 1 would lose its names; it does not even parse, or its MAC fails.
    Home home;
    makeHome(home);
    Bytes older = home.files.content(kKeyringFile);
    for (const std::uint8_t version : {std::uint8_t{0}, std::uint8_t{1}}) {
        older[8] = version;
        home.files.setContent(kKeyringFile, withChecksum(older));
        VERIFY_FAILS(home.unlock(), ErrorCode::Damaged);
    }
}

void TestKeyringDamage::grantsThatContradictEachOtherAreDamage() {
    // Written by somebody who has the MAC key, and does not go by the rules.
    Home home;
    makeHome(home);
    const KeyringFile good = decoded(home);
    const PersonId lea = home.unlock()->personId();
    const PersonRecord& record = good.persons[good.persons[0].id == lea ? 0 : 1];
    const auto blobKey = crypto::argon2id(viewOf(kPassphrase), record.salt, record.cost);
    VERIFY_OK(blobKey);
    const auto blob = crypto::openSecret(blobKey->view(), personAssociatedData(good.home, record), record.sealed);
    VERIFY_OK(blob);
    const auto macKey = crypto::SecureBytes::copyOf(blob->view().subspan(32));
    const auto unlockWith = [&](const KeyringFile& file) {
        home.forgetTries();
        home.files.setContent(kKeyringFile, encode(file, macKey));
        return home.unlock();
    };
    VERIFY_OK(unlockWith(good));
    const std::vector<std::function<void(KeyringFile&)>> contradictions{
        [](KeyringFile& file) { file.deviceGrants.clear(); },                      // `sessions` without the device key
        [](KeyringFile& file) { file.compartments[0].epochs[0].grants.clear(); },  // and the other way round
        [](KeyringFile& file) { file.compartments[2].epochs[0].grants.clear(); },  // one epoch of two
        [](KeyringFile& file) { file.compartments[1].epochs[0].recipient[0] ^= 1U; },
        [](KeyringFile& file) { file.compartments.pop_back(); },
        [](KeyringFile& file) { file.compartments[2].number = 4; },
        [](KeyringFile& file) { file.directory.clear(); },
        [](KeyringFile& file) { file.deviceKey[0] ^= 1U; },
    };
    for (const auto& contradict : contradictions) {
        KeyringFile bad = good;
        contradict(bad);
        VERIFY_FAILS(unlockWith(bad), ErrorCode::Damaged);
    }
}

void TestKeyringDamage::aCostOutOfBoundsIsRefusedBeforeItIsPaid() {
    Home home;
    makeHome(home);
    const Bytes attempts = home.files.content(kAttemptsFile);
    for (std::size_t person = 0; person < 2; ++person)
        for (const crypto::Argon2Cost cost : {crypto::Argon2Cost{0xFFFFFFFF, 1}, crypto::Argon2Cost{8, 0xFFFFFFFF},
                                              crypto::Argon2Cost{1024 * 1024 + 1, 3}, crypto::Argon2Cost{8, 17},
                                              crypto::Argon2Cost{7, 1}, crypto::Argon2Cost{8, 0}}) {
            KeyringFile file = decoded(home);
            file.persons[person].cost = cost;
            const Bytes hostile = encode(file, crypto::SecureBytes(32));
            home.files.setContent(kKeyringFile, hostile);
            VERIFY_FAILS(home.unlock(), ErrorCode::Damaged);
            QVERIFY(home.files.content(kKeyringFile) == hostile);
        }
    QVERIFY(home.files.content(kAttemptsFile) == attempts);
}

void TestKeyringDamage::listsOutOfBoundsOrOrderAreDamage() {
    Home home;
    makeHome(home);
    const KeyringFile good = decoded(home);
    const crypto::SecureBytes key(32);
    const auto refuses = [&](const KeyringFile& file) {
        const auto result = decode(encode(file, key));
        return !result && result.error().code == ErrorCode::Damaged;
    };
    QVERIFY(!refuses(good));
    KeyringFile bad = good;
    bad.persons.push_back(bad.persons.front());
    QVERIFY(refuses(bad));
    bad = good;
    bad.deviceGrants.assign(kMaxPersons + 1, good.deviceGrants.front());
    QVERIFY(refuses(bad));
    bad = good;
    bad.deviceGrants.front().wrapped.resize(kMaxWrapped + 1);
    QVERIFY(refuses(bad));
    bad = good;
    std::swap(bad.compartments.front(), bad.compartments.back());
    QVERIFY(refuses(bad));
    bad = good;
    bad.compartments.front().epochs.clear();
    QVERIFY(refuses(bad));
    bad = good;
    bad.compartments.front().epochs.push_back(good.compartments.front().epochs.front());
    QVERIFY(refuses(bad));
    bad = good;
    bad.directory.resize(kMaxDirectory + 1);
    QVERIFY(refuses(bad));
    // A list that promises more than the file holds.
    Bytes promising = encode(good, key);
    constexpr std::size_t kDeviceGrantCount = 8 + 2 + 8 + 16 + 32;
    promising[kDeviceGrantCount] = 60;
    const auto result = decode(withChecksum(promising));
    VERIFY_FAILS(result, ErrorCode::Damaged);
}

void TestKeyringDamage::aNewerVersionIsRefusedUntouched() {
    Home home;
    makeHome(home);
    Bytes newer = home.files.content(kKeyringFile);
    newer[8] = kFormatVersion + 1;
    newer = withChecksum(newer);
    home.files.setContent(kKeyringFile, newer);
    VERIFY_FAILS(home.unlock(), ErrorCode::NewerVersion);
    VERIFY_FAILS(home.create(), ErrorCode::AlreadyExists);
    QVERIFY(home.files.content(kKeyringFile) == newer);
}

void TestKeyringDamage::encodingGivesBackTheSameBytes() {
    Home home;
    auto keyring = home.create();
    VERIFY_OK(keyring);
    VERIFY_OK(keyring->setAnchors({{logId(1), {10, {1}}}, {logId(2), {20, {2}}}}));
    const Bytes whole = home.files.content(kKeyringFile);
    const Bytes again = encode(decoded(home), crypto::SecureBytes(32));
    QCOMPARE(again.size(), whole.size());
    QCOMPARE(whole.size(), std::size_t{1745 + 2 * 40});  // README.md, and two anchors
    QCOMPARE(toHex(ByteView(whole).subspan(66, 2)), std::string("0100"));
    QCOMPARE(toHex(ByteView(whole).subspan(84, 4)), std::string("e8000000"));
    QCOMPARE(toHex(ByteView(whole).subspan(338, 8)), std::string("0800000001000000"));
    QVERIFY(whole[498] < 16);
    QCOMPARE(toHex(ByteView(whole).subspan(499, 8)), std::string("0301010001000000"));
    QCOMPARE(toHex(ByteView(whole).subspan(793, 7)), std::string("02010001000000"));
    QCOMPARE(toHex(ByteView(whole).subspan(1086, 7)), std::string("03010001000000"));
    QCOMPARE(toHex(ByteView(whole).subspan(1379, 4)), std::string("28010000"));
    QCOMPARE(toHex(ByteView(whole).subspan(1679, 2)), std::string("0200"));
    const std::size_t body = whole.size() - 64;  // all but MAC and checksum
    QVERIFY(std::equal(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(body), again.begin()));
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(whole.data()), 10), QByteArray("SOTTOKEY\x02\x00", 10));
}

QTEST_GUILESS_MAIN(TestKeyringDamage)
#include "tst_keyring_damage.moc"
