// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/keyring/keyring_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::keyring;

class TestAttempts : public QObject {
    Q_OBJECT
private slots:
    void fiveTriesAreFreeThenTheDelayDoublesToAnHour();
    void theRightPassphraseWaitsToo();
    void successResetsTheCount();
    void theTryIsCountedBeforeItIsMade();
    void waitingIsNoTry();
    void aRebootStartsTheDelayAgain();
    void theWallClockChangesNothing();
    void aDamagedOrMissingFileCountsAsFiveTries();
};

namespace {

void failFiveTimes(Home& home) {
    VERIFY_OK(home.create());
    for (int i = 0; i < 5; ++i)
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::WrongPassphrase);
}

std::int64_t secondsToWait(Home& home) {
    const auto seconds = Keyring::delaySeconds(home.files, kHome, home.clock);
    return seconds ? *seconds : -1;
}

}  // namespace

void TestAttempts::fiveTriesAreFreeThenTheDelayDoublesToAnHour() {
    Home home;
    failFiveTimes(home);
    for (const std::int64_t seconds : {30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600}) {
        QCOMPARE(secondsToWait(home), seconds);
        const auto refused = home.unlock("wrong");
        VERIFY_FAILS(refused, ErrorCode::TooManyAttempts);
        QCOMPARE(std::stoll(refused.error().context), static_cast<long long>(seconds));
        home.clock.advance(seconds * 1000 - 1);
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::TooManyAttempts);
        home.clock.advance(1);
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::WrongPassphrase);
    }
}

void TestAttempts::theRightPassphraseWaitsToo() {
    Home home;
    failFiveTimes(home);
    VERIFY_FAILS(home.unlock(), ErrorCode::TooManyAttempts);
    home.clock.advance(30'000);
    VERIFY_OK(home.unlock());
}

void TestAttempts::successResetsTheCount() {
    Home home;
    failFiveTimes(home);
    home.clock.advance(30'000);
    VERIFY_OK(home.unlock());
    for (int i = 0; i < 5; ++i)
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::WrongPassphrase);
    QCOMPARE(secondsToWait(home), std::int64_t{30});
}

void TestAttempts::theTryIsCountedBeforeItIsMade() {
    // The power goes while the passphrase is being tried: after five such tries the delay runs all the same.
    Home home;
    VERIFY_OK(home.create());
    for (int i = 0; i < 5; ++i) {
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::WrongPassphrase);
        home.files.cutPower(FaultFileSystem::Loss::All);
    }
    QCOMPARE(secondsToWait(home), std::int64_t{30});
    // Whatever fails: a try that was made has been counted on the disk.
    Home other;
    VERIFY_OK(other.create());
    const Bytes none = other.files.content(kAttemptsFile);
    int refused = 0;
    for (std::uint64_t operation = 1;; ++operation) {
        other.files.setContent(kAttemptsFile, none);
        other.files.resetOperations();
        other.files.failAt(operation, true);
        const auto tried = other.unlock("wrong");
        const bool reached = other.files.faultHappened();
        other.files.clearFaults();
        other.files.cutPower(FaultFileSystem::Loss::All);
        QVERIFY(!tried.has_value());
        const bool wasTried = tried.error().code == ErrorCode::WrongPassphrase;
        QVERIFY(!wasTried || other.files.content(kAttemptsFile) != none);
        if (!wasTried) ++refused;
        if (!reached) break;
    }
    QVERIFY(refused > 5);
}

void TestAttempts::waitingIsNoTry() {
    Home home;
    failFiveTimes(home);
    const Bytes before = home.files.content(kAttemptsFile);
    for (int i = 0; i < 20; ++i)
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::TooManyAttempts);
    QVERIFY(home.files.content(kAttemptsFile) == before);
}

void TestAttempts::aRebootStartsTheDelayAgain() {
    Home home;
    failFiveTimes(home);
    home.clock.advance(29'000);
    home.clock.reboot();  // one second after the boot
    QCOMPARE(secondsToWait(home), std::int64_t{29});
    home.clock.advance(28'999);
    VERIFY_FAILS(home.unlock(), ErrorCode::TooManyAttempts);
    home.clock.advance(1);
    VERIFY_OK(home.unlock());
}

void TestAttempts::theWallClockChangesNothing() {
    Home home;
    failFiveTimes(home);
    home.clock.setWall(0);  // a tablet whose battery was empty
    QCOMPARE(secondsToWait(home), std::int64_t{30});
    home.clock.setWall(4'000'000'000'000);
    QCOMPARE(secondsToWait(home), std::int64_t{30});
    home.clock.setWall(0);
    home.clock.advance(30'000);
    VERIFY_OK(home.unlock());
}

void TestAttempts::aDamagedOrMissingFileCountsAsFiveTries() {
    Home home;
    VERIFY_OK(home.create());
    const Bytes whole = home.files.content(kAttemptsFile);
    std::vector<Bytes> bad{Bytes(), Bytes(1000), Bytes(whole.begin(), whole.end() - 1)};
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        bad.push_back(whole);
        bad.back()[bit / 8] = static_cast<std::uint8_t>(whole[bit / 8] ^ (1U << (bit % 8)));
    }
    for (const Bytes& content : bad) {
        home.files.setContent(kAttemptsFile, content);
        VERIFY_FAILS(home.unlock(), ErrorCode::TooManyAttempts);
        home.clock.advance(30'000);
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::WrongPassphrase);
        QCOMPARE(secondsToWait(home), std::int64_t{60});
    }
    VERIFY_OK(home.files.remove(kAttemptsFile));
    VERIFY_FAILS(home.unlock(), ErrorCode::TooManyAttempts);
    home.clock.advance(30'000);
    VERIFY_OK(home.unlock());
}

QTEST_GUILESS_MAIN(TestAttempts)
#include "tst_attempts.moc"
