// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QTest>

#include "core/keyring/keyring_fixture.h"
#include "keyring/keyring_format.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

namespace {

Bytes sample(const char* name) {
    QFile file(QStringLiteral(SOTTO_TEST_DATA "/home-v1/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray content = file.readAll();
    return Bytes(content.begin(), content.end());
}

/// The home that the first version of Sotto wrote; its passphrase has the cost of a real one.
struct OldHome : Home {
    OldHome() : passphrase(sample("passphrase.txt")), keyringFile(sample("home/keyring")) {
        passphrase.pop_back();  // the newline of the text file
        files.setContent(kKeyringFile, keyringFile);
        files.setContent(kAttemptsFile, sample("home/attempts"));
    }
    Result<Keyring> open(const QString& person = {}) {
        return Keyring::unlock(files, kHome, passphrase, clock, {}, person);
    }

    Bytes passphrase;
    Bytes keyringFile;
};

}  // namespace

class TestKeyringMigration : public QObject {
    Q_OBJECT
private slots:
    void aKeyringOfVersionOneOpensAndStaysAsItIs();
    void itsPersonIsTheInterviewer();
    void theNextWriteMakesItVersionTwo();
    void theFirstWriteSurvivesEveryFault();
    void theFirstWriteSurvivesEveryPowerCut();
    void aKeyringOfVersionThreeIsRefusedUntouched();
};

void TestKeyringMigration::aKeyringOfVersionOneOpensAndStaysAsItIs() {
    OldHome home;
    QCOMPARE(home.keyringFile.size(), std::size_t{1564});
    QCOMPARE(int{home.keyringFile[8]}, 1);
    const auto keyring = home.open();
    VERIFY_OK(keyring);
    QCOMPARE(keyring->generation(), std::uint64_t{4});
    QVERIFY(keyring->hasDeviceKey());
    for (const Compartment compartment : kCompartments)
        QVERIFY(keyring->holds(compartment));
    QVERIFY(home.files.content(kKeyringFile) == home.keyringFile);
}

void TestKeyringMigration::itsPersonIsTheInterviewer() {
    OldHome home;
    const auto keyring = home.open(text(" Interviewer"));
    VERIFY_OK(keyring);
    QCOMPARE(keyring->persons().size(), std::size_t{1});
    QCOMPARE(keyring->persons().front().name, unnamedPerson());
    QVERIFY(keyring->persons().front().compartments == kEverything);
    for (const char* other : {"L\u00E9a", "interviewer 2", "   "})
        VERIFY_FAILS(home.open(text(other)), ErrorCode::WrongPassphrase);
    QVERIFY(home.files.content(kKeyringFile) == home.keyringFile);
}

void TestKeyringMigration::theNextWriteMakesItVersionTwo() {
    OldHome home;
    auto keyring = home.open();
    VERIFY_OK(keyring);
    const KeyringFile before = decode(home.keyringFile).value();
    VERIFY_OK(keyring->setAnchors({{logId(1), {10, {1}}}}));
    const Bytes written = home.files.content(kKeyringFile);
    QCOMPARE(int{written[8]}, 2);
    const KeyringFile after = decode(written).value();
    QCOMPARE(after.generation, before.generation + 1);
    QVERIFY(after.home == before.home && after.deviceKey == before.deviceKey);
    QCOMPARE(after.anchors.size(), before.anchors.size() + 1);
    for (const auto& [log, anchor] : before.anchors)
        QVERIFY(after.anchors.at(log) == anchor);
    for (const auto& name : {QString(), unnamedPerson()}) {
        const auto again = home.open(name);
        VERIFY_OK(again);
        QCOMPARE(again->personId(), keyring->personId());
        QCOMPARE(again->persons().front().name, unnamedPerson());
        for (const Compartment compartment : kCompartments)
            QVERIFY(again->currentRecipient(compartment) == keyring->currentRecipient(compartment));
    }
    // From here on it is like any other.
    VERIFY_OK(keyring->rename(text("L\u00E9a")));
    VERIFY_OK(keyring->addPerson(text("ra"), viewOf(std::string_view("ra")), kOutboxOnly));
    VERIFY_OK(home.open(text("l\u00E9a")));
}

void TestKeyringMigration::theFirstWriteSurvivesEveryFault() {
    for (const bool forGood : {false, true}) {
        OldHome home;
        auto keyring = home.open();
        VERIFY_OK(keyring);
        bool reached = true;
        for (std::uint64_t operation = 1; reached; ++operation) {
            home.files.resetOperations();
            home.files.failAt(operation, forGood);
            const bool isDone = keyring->setAnchors({{logId(1), {10, {1}}}}).has_value();
            reached = home.files.faultHappened();
            home.files.clearFaults();
            const Bytes now = home.files.content(kKeyringFile);
            const auto file = decode(now);
            VERIFY_OK(file);
            QVERIFY(now == home.keyringFile ? !isDone : file->version == 2 && file->anchors.count(logId(1)) == 1);
            if (reached) home.files.setContent(kKeyringFile, home.keyringFile);
            QVERIFY(operation > 4 || reached);
        }
        VERIFY_OK(home.open());
    }
}

void TestKeyringMigration::theFirstWriteSurvivesEveryPowerCut() {
    OldHome home;
    auto keyring = home.open();
    VERIFY_OK(keyring);
    int isNew = 0;
    for (const auto loss : kLosses) {
        for (std::uint64_t operation = 1; operation <= 6; ++operation) {
            home.files.resetOperations();
            home.files.failAt(operation, true);
            const bool isDone = keyring->setAnchors({{logId(1), {10, {1}}}}).has_value();
            home.files.clearFaults();
            home.files.cutPower(loss, static_cast<unsigned>(operation));
            const Bytes now = home.files.content(kKeyringFile);
            const auto file = decode(now);
            VERIFY_OK(file);
            QVERIFY(now == home.keyringFile ? !isDone : file->version == 2 && file->anchors.count(logId(1)) == 1);
            if (now != home.keyringFile) ++isNew;
            home.files.setContent(kKeyringFile, home.keyringFile);
        }
    }
    QVERIFY(isNew > 0);
}

void TestKeyringMigration::aKeyringOfVersionThreeIsRefusedUntouched() {
    Home home;
    VERIFY_OK(home.create());
    Bytes newer = home.files.content(kKeyringFile);
    QCOMPARE(int{newer[8]}, 2);
    newer[8] = 3;
    const auto sum = crypto::sha256(ByteView(newer).first(newer.size() - 32));
    std::copy(sum.begin(), sum.end(), newer.end() - 32);
    home.files.setContent(kKeyringFile, newer);
    const Bytes attempts = home.files.content(kAttemptsFile);
    VERIFY_FAILS(home.unlock(), ErrorCode::NewerVersion);
    VERIFY_FAILS(home.create(), ErrorCode::AlreadyExists);
    VERIFY_FAILS(Keyring::outline(home.files, kHome), ErrorCode::NewerVersion);
    QVERIFY(home.files.content(kKeyringFile) == newer);
    QVERIFY(home.files.content(kAttemptsFile) == attempts);
}

QTEST_GUILESS_MAIN(TestKeyringMigration)
#include "tst_keyring_migration.moc"
