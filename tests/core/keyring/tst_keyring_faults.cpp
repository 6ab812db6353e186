// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/keyring/keyring_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

class TestKeyringFaults : public QObject {
    Q_OBJECT
private slots:
    void makingAKeyringSurvivesEveryFault();
    void makingAKeyringSurvivesEveryPowerCut();
    void settingAnchorsSurvivesEveryFault();
    void settingAnchorsSurvivesEveryPowerCut();
    void unlockingNeverTouchesTheKeyring();
    void aFullDiskDoesNotLockTheOwnerOut();
};

namespace {

/// Runs `step` with operation 1, 2, 3... failing, until one run meets no fault any more; `check` looks at each end.
template <typename Step, typename Check>
void forEveryFault(bool forGood, const Step& step, const Check& check) {
    for (std::uint64_t operation = 1;; ++operation) {
        Home home;
        QVERIFY2(operation < 1000, "the fault loop does not end");
        const bool reached = step(home, operation, forGood);
        check(home);
        if (QTest::currentTestFailed()) {
            qWarning("failed with operation %llu failing%s", static_cast<unsigned long long>(operation),
                     forGood ? " for good" : "");
            return;
        }
        if (!reached) {
            QVERIFY2(operation > 3, "hardly any operation was tried");
            return;
        }
    }
}

void expectNoneOrWhole(Home& home, bool acknowledged) {
    const auto exists = Keyring::exists(home.files, kHome);
    VERIFY_OK(exists);
    QVERIFY(*exists || !acknowledged);
    if (*exists) VERIFY_OK(home.unlock());
    if (!*exists) VERIFY_OK(home.create());
}

}  // namespace

void TestKeyringFaults::makingAKeyringSurvivesEveryFault() {
    for (const bool forGood : {false, true}) {
        bool acknowledged = false;
        forEveryFault(
            forGood,
            [&](Home& home, std::uint64_t operation, bool persistent) {
                home.files.failAt(operation, persistent);
                acknowledged = home.create().has_value();
                const bool reached = home.files.faultHappened();
                home.files.clearFaults();
                return reached;
            },
            [&](Home& home) { expectNoneOrWhole(home, acknowledged); });
    }
}

void TestKeyringFaults::makingAKeyringSurvivesEveryPowerCut() {
    for (const auto loss : kLosses) {
        bool acknowledged = false;
        forEveryFault(
            true,
            [&](Home& home, std::uint64_t operation, bool) {
                home.files.failAt(operation, true);
                acknowledged = home.create().has_value();
                const bool reached = home.files.faultHappened();
                home.files.clearFaults();
                home.files.cutPower(loss, static_cast<unsigned>(operation));
                return reached;
            },
            [&](Home& home) {
                // A power cut may undo the removal of a keyring that was not acknowledged, or leave the attempts file
                // behind the keyring; what counts is that what is there opens.
                home.clock.advance(60'000);
                const auto exists = Keyring::exists(home.files, kHome);
                VERIFY_OK(exists);
                QVERIFY(*exists || !acknowledged);
                auto opened = *exists ? home.unlock() : home.create();
                if (!opened && opened.error().code == ErrorCode::TooManyAttempts) {
                    home.clock.advance(60'000);
                    opened = home.unlock();
                }
                VERIFY_OK(opened);
            });
    }
}

namespace {

/// Sets an anchor while `operation` fails; true if the fault was reached. `acknowledged` says what setAnchors did.
bool moveAnchor(Home& home, std::uint64_t operation, bool forGood, bool& acknowledged) {
    auto keyring = home.create();
    if (!keyring || !keyring->setAnchors({{logId(1), {10, {1}}}})) return false;
    home.files.resetOperations();
    home.files.failAt(operation, forGood);
    acknowledged = keyring->setAnchors({{logId(1), {11, {2}}}}).has_value();
    const bool reached = home.files.faultHappened();
    home.files.clearFaults();
    return reached;
}

void expectOldOrNewAnchor(Home& home, bool acknowledged) {
    auto keyring = home.unlock();
    VERIFY_OK(keyring);
    const auto anchor = keyring->anchor(logId(1));
    QVERIFY(anchor.has_value());
    const bool isNew = *anchor == sealedlog::Anchor{11, {2}};
    QVERIFY(isNew || (*anchor == sealedlog::Anchor{10, {1}} && !acknowledged));
    QVERIFY(keyring->generation() >= (isNew ? 3U : 2U));
    VERIFY_OK(keyring->setAnchors({{logId(1), {12, {3}}}}));
    VERIFY_OK(home.unlock());
}

}  // namespace

void TestKeyringFaults::settingAnchorsSurvivesEveryFault() {
    for (const bool forGood : {false, true}) {
        bool acknowledged = false;
        forEveryFault(
            forGood,
            [&](Home& home, std::uint64_t operation, bool persistent) {
                return moveAnchor(home, operation, persistent, acknowledged);
            },
            [&](Home& home) { expectOldOrNewAnchor(home, acknowledged); });
    }
}

void TestKeyringFaults::settingAnchorsSurvivesEveryPowerCut() {
    for (const auto loss : kLosses) {
        bool acknowledged = false;
        forEveryFault(
            true,
            [&](Home& home, std::uint64_t operation, bool) {
                const bool reached = moveAnchor(home, operation, true, acknowledged);
                home.files.cutPower(loss, static_cast<unsigned>(operation));
                return reached;
            },
            [&](Home& home) { expectOldOrNewAnchor(home, acknowledged); });
    }
}

void TestKeyringFaults::unlockingNeverTouchesTheKeyring() {
    for (const bool forGood : {false, true}) {
        for (const std::string_view passphrase : {kPassphrase, std::string_view("wrong")}) {
            Bytes before;
            forEveryFault(
                forGood,
                [&](Home& home, std::uint64_t operation, bool persistent) {
                    if (!home.create()) return false;
                    before = home.files.content(kKeyringFile);
                    home.files.resetOperations();
                    home.files.failAt(operation, persistent);
                    static_cast<void>(home.unlock(passphrase));  // may fail in any way; the file is what counts
                    const bool reached = home.files.faultHappened();
                    home.files.clearFaults();
                    return reached;
                },
                [&](Home& home) {
                    QVERIFY(home.files.content(kKeyringFile) == before);
                    VERIFY_OK(home.unlock());
                });
        }
    }
}

void TestKeyringFaults::aFullDiskDoesNotLockTheOwnerOut() {
    Home home;
    VERIFY_OK(home.create());
    std::uint64_t used = 0;
    for (const Path& path : home.files.paths())
        used += home.files.content(path).size();
    home.files.setCapacity(used);
    VERIFY_FAILS(home.unlock("wrong"), ErrorCode::WrongPassphrase);
    auto keyring = home.unlock();
    VERIFY_OK(keyring);
    const Bytes before = home.files.content(kKeyringFile);
    VERIFY_FAILS(keyring->setAnchors({{logId(1), {1, {}}}}), ErrorCode::NoSpace);
    QVERIFY(home.files.content(kKeyringFile) == before);
    // The tries are counted all the same.
    for (int i = 0; i < 5; ++i)
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::WrongPassphrase);
    VERIFY_FAILS(home.unlock(), ErrorCode::TooManyAttempts);
}

QTEST_GUILESS_MAIN(TestKeyringFaults)
#include "tst_keyring_faults.moc"
