// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <thread>

#include <QTest>

#include "core/keyring/keyring_fixture.h"
#include "support/temp_dir.h"

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
    void programsThatTryAtOnceShareFiveTries();
    void programsThatKnowThePassphraseDoNotRefuseEachOther();
    void aLockThatIsNeverGivenBackIsBusy();
    void aHomeThatCantBeWrittenOpensForLookingOnly();
    void aDelayThatRunsHoldsForLookingToo();
    void lookingCountsWhereItCan();
    void onlyARefusalToWriteIsExcused();
};

namespace {

void failFiveTimes(Home& home) {
    VERIFY_OK(home.create());
    for (int i = 0; i < 5; ++i)
        VERIFY_FAILS(home.unlock("wrong"), ErrorCode::WrongPassphrase);
}

/// A disk that was mounted for reading only.
class ReadOnly final : public FileSystem {
public:
    explicit ReadOnly(FileSystem& inner) : m_inner(&inner) {}
    Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) override {
        // As Linux answers: what is not there is told before what must not be written.
        SOTTO_ASSIGN(const bool there, m_inner->exists(path));
        if (mode == OpenMode::Read || (mode == OpenMode::ReadWrite && !there)) return m_inner->open(path, mode);
        return refuse();
    }
    Result<bool> exists(const Path& path) override { return m_inner->exists(path); }
    Result<> rename(const Path&, const Path&) override { return refuse(); }
    Result<> remove(const Path&) override { return refuse(); }
    Result<> createDirectories(const Path&) override { return refuse(); }
    Result<> syncDirectory(const Path&) override { return refuse(); }
    Result<std::vector<DirectoryEntry>> list(const Path& path) override { return m_inner->list(path); }

private:
    static Failure refuse() { return fail(ErrorCode::PermissionDenied, "read-only file system"); }
    FileSystem* m_inner;
};

KeyringOptions lookingOnly() {
    KeyringOptions options = cheapOptions();
    options.readOnlyHome = true;
    return options;
}

/// Eight programs at once on a real disk; gives back how often each code came (unlocked: -1).
std::map<int, int> tryAtOnce(const Path& home, std::string_view passphrase, int times) {
    std::array<std::vector<int>, 8> outcomes;
    std::vector<std::thread> programs;
    for (auto& mine : outcomes) {
        programs.emplace_back([&mine, home, passphrase, times] {
            PosixFileSystem files;
            const FakeClock clock;
            for (int i = 0; i < times; ++i) {
                const auto opened = Keyring::unlock(files, home, viewOf(passphrase), clock, cheapOptions());
                mine.push_back(opened ? -1 : static_cast<int>(opened.error().code));
            }
        });
    }
    for (std::thread& program : programs)
        program.join();
    std::map<int, int> counts;
    for (const auto& mine : outcomes) {
        for (const int code : mine)
            ++counts[code];
    }
    return counts;
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

void TestAttempts::programsThatTryAtOnceShareFiveTries() {
    const TempDir folder;
    PosixFileSystem files;
    const FakeClock clock;
    const Path home = folder / "home";
    VERIFY_OK(Keyring::create(files, home, viewOf(kPassphrase), clock, cheapOptions()));
    const auto counts = tryAtOnce(home, "wrong", 5);
    const std::map<int, int> expected{{static_cast<int>(ErrorCode::WrongPassphrase), 5},
                                      {static_cast<int>(ErrorCode::TooManyAttempts), 35}};
    for (const auto& [code, count] : counts)
        qInfo("%d times %s", count, errorName(static_cast<ErrorCode>(code)));
    QVERIFY(counts == expected);
}

void TestAttempts::programsThatKnowThePassphraseDoNotRefuseEachOther() {
    const TempDir folder;
    PosixFileSystem files;
    const FakeClock clock;
    const Path home = folder / "home";
    VERIFY_OK(Keyring::create(files, home, viewOf(kPassphrase), clock, cheapOptions()));
    const auto before = readFile(files, home / "attempts", 1000);
    VERIFY_OK(before);
    for (int round = 0; round < 20; ++round) {
        // Three at once leave some of the five free tries over, however they meet.
        std::array<Result<>, 3> outcomes;
        std::vector<std::thread> programs;
        for (auto& outcome : outcomes) {
            programs.emplace_back([&outcome, &home, &clock] {
                PosixFileSystem own;
                const auto opened = Keyring::unlock(own, home, viewOf(kPassphrase), clock, cheapOptions());
                if (!opened) outcome = Failure(opened.error());
            });
        }
        for (std::thread& program : programs)
            program.join();
        for (const auto& outcome : outcomes)
            VERIFY_OK(outcome);
    }
    const auto after = readFile(files, home / "attempts", 1000);
    VERIFY_OK(after);
    QVERIFY(*after == *before);
}

void TestAttempts::aLockThatIsNeverGivenBackIsBusy() {
    Home home;
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kAttemptsFile);
    {
        const auto held = home.files.open(kHome / "attempts.lock", OpenMode::ReadWrite);
        VERIFY_OK(held);
        VERIFY_OK((*held)->lock());
        VERIFY_FAILS(home.unlock(), ErrorCode::Busy);
        QVERIFY(home.files.content(kAttemptsFile) == before);
        QCOMPARE(secondsToWait(home), std::int64_t{0});  // looking needs no lock
    }
    VERIFY_OK(home.unlock());
}

void TestAttempts::aHomeThatCantBeWrittenOpensForLookingOnly() {
    for (const bool hasLockFile : {true, false}) {
        Home home;
        VERIFY_OK(home.create());
        if (!hasLockFile) VERIFY_OK(home.files.remove(kHome / "attempts.lock"));
        ReadOnly disk(home.files);
        const auto unlock = [&](std::string_view passphrase, const KeyringOptions& options) {
            return Keyring::unlock(disk, kHome, viewOf(passphrase), home.clock, options);
        };
        VERIFY_FAILS(unlock(kPassphrase, cheapOptions()), ErrorCode::PermissionDenied);
        VERIFY_FAILS(unlock("wrong", lookingOnly()), ErrorCode::WrongPassphrase);
        auto keyring = unlock(kPassphrase, lookingOnly());
        VERIFY_OK(keyring);
        QVERIFY(keyring->holds(Compartment::Sessions));
        VERIFY_FAILS(keyring->setAnchors({}), ErrorCode::PermissionDenied);
        // A count that is damaged can't be put right here, and waiting for it would never end.
        home.files.setContent(kAttemptsFile, Bytes(3));
        VERIFY_OK(unlock(kPassphrase, lookingOnly()));
        VERIFY_OK(home.files.remove(kAttemptsFile));
        VERIFY_OK(unlock(kPassphrase, lookingOnly()));
    }
}

void TestAttempts::aDelayThatRunsHoldsForLookingToo() {
    Home home;
    failFiveTimes(home);
    ReadOnly disk(home.files);
    VERIFY_FAILS(Keyring::unlock(disk, kHome, viewOf(kPassphrase), home.clock, lookingOnly()),
                 ErrorCode::TooManyAttempts);
    home.clock.advance(30'000);
    VERIFY_OK(Keyring::unlock(disk, kHome, viewOf(kPassphrase), home.clock, lookingOnly()));
}

void TestAttempts::lookingCountsWhereItCan() {
    Home home;
    VERIFY_OK(home.create());
    for (int i = 0; i < 5; ++i) {
        VERIFY_FAILS(Keyring::unlock(home.files, kHome, viewOf(std::string_view("wrong")), home.clock, lookingOnly()),
                     ErrorCode::WrongPassphrase);
    }
    VERIFY_FAILS(Keyring::unlock(home.files, kHome, viewOf(kPassphrase), home.clock, lookingOnly()),
                 ErrorCode::TooManyAttempts);
}

void TestAttempts::onlyARefusalToWriteIsExcused() {
    // Any other fault on the way to the count, once or for good, refuses the try.
    for (const bool forGood : {false, true}) {
        Home home;
        VERIFY_OK(home.create());
        const Bytes none = home.files.content(kAttemptsFile);
        int refused = 0;
        for (std::uint64_t operation = 1;; ++operation) {
            home.files.setContent(kAttemptsFile, none);
            home.files.resetOperations();
            home.files.failAt(operation, forGood);
            const auto tried =
                Keyring::unlock(home.files, kHome, viewOf(std::string_view("wrong")), home.clock, lookingOnly());
            const bool reached = home.files.faultHappened();
            home.files.clearFaults();
            QVERIFY(!tried.has_value());
            if (!reached) break;
            if (tried.error().code == ErrorCode::IoFailed) ++refused;
            QVERIFY(tried.error().code == ErrorCode::IoFailed || home.files.content(kAttemptsFile) != none);
        }
        QVERIFY(refused > 5);
    }
}

QTEST_GUILESS_MAIN(TestAttempts)
#include "tst_attempts.moc"
