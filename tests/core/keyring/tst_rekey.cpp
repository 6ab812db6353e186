// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/keyring/keyring_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

namespace {

const Path kRekeyFile = kHome / "keyring.rekey";
constexpr std::string_view kNew = "made by the custodian";

Result<Keyring> makeAnew(Home& home, const Outline& old) {
    return Keyring::createFor(home.files, kHome, old.home, old.generation, viewOf(kNew), cheapOptions(),
                              text("custodian"));
}

}  // namespace

class TestRekey : public QObject {
    Q_OBJECT
private slots:
    void theOutlineNeedsNoPassphrase();
    void theOldKeyringStaysUntilTheNewTakesItsPlace();
    void theNewKeyringIsForTheSameHomeAndLater();
    void changesBeforeItTakesPlaceGoIntoTheNewFile();
    void takingPlaceForgetsTheTriesAtTheOldPassphrase();
    void takingPlaceTwiceDoesNothing();
    void anUnfinishedOneIsReplacedOrDropped();
    void aDamagedOldKeyringDoesNotMatter();
    void aGenerationThatCantBeIsRefused();
};

void TestRekey::theOutlineNeedsNoPassphrase() {
    Home home;
    VERIFY_FAILS(Keyring::outline(home.files, kHome), ErrorCode::NotFound);
    auto keyring = home.create();
    VERIFY_OK(keyring);
    VERIFY_OK(keyring->setAnchors({}));
    const auto outline = Keyring::outline(home.files, kHome);
    VERIFY_OK(outline);
    QCOMPARE(outline->home, keyring->homeId());
    QCOMPARE(outline->generation, std::uint64_t{2});
    QVERIFY(outline->deviceKey == keyring->deviceVerifyKey());
}

void TestRekey::theOldKeyringStaysUntilTheNewTakesItsPlace() {
    Home home;
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kKeyringFile);
    auto made = makeAnew(home, Keyring::outline(home.files, kHome).value());
    VERIFY_OK(made);
    QVERIFY(home.files.content(kKeyringFile) == before);
    VERIFY_OK(home.unlock());
    VERIFY_FAILS(home.unlock(kNew), ErrorCode::WrongPassphrase);
    // Durable on return, even if nothing more can be written after rename and sync of the folder.
    home.files.resetOperations();
    home.files.failAt(3, true);
    VERIFY_OK(made->takePlace(home.clock));
    QVERIFY(home.files.faultHappened());
    home.files.clearFaults();
    home.files.cutPower(FaultFileSystem::Loss::All);
    VERIFY_FAILS(home.unlock(), ErrorCode::WrongPassphrase);
    VERIFY_OK(home.unlock(kNew, text("custodian")));
    const auto left = home.files.exists(kRekeyFile);
    QVERIFY(left && !*left);
}

void TestRekey::theNewKeyringIsForTheSameHomeAndLater() {
    Home home;
    auto old = home.create();
    VERIFY_OK(old);
    VERIFY_OK(old->setAnchors({{logId(1), {1, {}}}}));
    auto made = makeAnew(home, Keyring::outline(home.files, kHome).value());
    VERIFY_OK(made);
    QCOMPARE(made->homeId(), old->homeId());
    QVERIFY(made->personId() != old->personId());
    QVERIFY(made->generation() > old->generation());
    QVERIFY(made->hasDeviceKey() && made->deviceVerifyKey() != old->deviceVerifyKey());
    for (const Compartment compartment : kCompartments) {
        QVERIFY(made->holds(compartment) && !made->isRotating(compartment));
        QVERIFY(!(made->currentRecipient(compartment) == old->currentRecipient(compartment)));
    }
    QVERIFY(!made->anchor(logId(1)).has_value());
}

void TestRekey::changesBeforeItTakesPlaceGoIntoTheNewFile() {
    Home home;
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kKeyringFile);
    auto made = makeAnew(home, Keyring::outline(home.files, kHome).value());
    VERIFY_OK(made);
    VERIFY_OK(made->setAnchors({{logId(7), {1, {}}}}));
    QVERIFY(home.files.content(kKeyringFile) == before);
    VERIFY_OK(made->takePlace(home.clock));
    VERIFY_OK(made->setAnchors({{logId(8), {1, {}}}}));
    auto opened = home.unlock(kNew);
    VERIFY_OK(opened);
    QVERIFY(opened->anchor(logId(7)).has_value() && opened->anchor(logId(8)).has_value());
    const auto left = home.files.exists(kRekeyFile);
    QVERIFY(left && !*left);
}

void TestRekey::takingPlaceForgetsTheTriesAtTheOldPassphrase() {
    Home home;
    VERIFY_OK(home.create());
    for (int i = 0; i < 5; ++i)
        VERIFY_FAILS(home.unlock("forgotten"), ErrorCode::WrongPassphrase);
    VERIFY_FAILS(home.unlock("forgotten"), ErrorCode::TooManyAttempts);
    auto made = makeAnew(home, Keyring::outline(home.files, kHome).value());
    VERIFY_OK(made);
    VERIFY_OK(made->takePlace(home.clock));
    VERIFY_OK(home.unlock(kNew));
}

void TestRekey::takingPlaceTwiceDoesNothing() {
    Home home;
    auto old = home.create();
    VERIFY_OK(old);
    VERIFY_OK(old->takePlace(home.clock));
    auto made = makeAnew(home, Keyring::outline(home.files, kHome).value());
    VERIFY_OK(made);
    VERIFY_OK(made->takePlace(home.clock));
    const Bytes after = home.files.content(kKeyringFile);
    VERIFY_OK(made->takePlace(home.clock));
    QVERIFY(home.files.content(kKeyringFile) == after);
    VERIFY_OK(home.unlock(kNew));
}

void TestRekey::anUnfinishedOneIsReplacedOrDropped() {
    Home home;
    VERIFY_OK(home.create());
    const Outline outline = Keyring::outline(home.files, kHome).value();
    VERIFY_OK(makeAnew(home, outline));
    const Bytes first = home.files.content(kRekeyFile);
    VERIFY_OK(makeAnew(home, outline));
    QVERIFY(home.files.content(kRekeyFile) != first);
    VERIFY_OK(Keyring::dropUnfinishedRekey(home.files, kHome));
    home.files.cutPower(FaultFileSystem::Loss::All);
    const auto left = home.files.exists(kRekeyFile);
    QVERIFY(left && !*left);
    VERIFY_OK(Keyring::dropUnfinishedRekey(home.files, kHome));
    VERIFY_OK(home.unlock());
}

void TestRekey::aDamagedOldKeyringDoesNotMatter() {
    Home home;
    auto old = home.create();
    VERIFY_OK(old);
    const Outline outline = Keyring::outline(home.files, kHome).value();
    home.files.setContent(kKeyringFile, Bytes(100));
    VERIFY_FAILS(Keyring::outline(home.files, kHome), ErrorCode::Damaged);
    auto made = makeAnew(home, outline);
    VERIFY_OK(made);
    VERIFY_OK(made->takePlace(home.clock));
    VERIFY_OK(home.unlock(kNew));
}

void TestRekey::aGenerationThatCantBeIsRefused() {
    Home home;
    auto old = home.create();
    VERIFY_OK(old);
    VERIFY_FAILS(makeAnew(home, {old->homeId(), UINT64_MAX, {}}), ErrorCode::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestRekey)
#include "tst_rekey.moc"
