// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "crypto/hash.h"
#include "interview/timeline.h"
#include "support/fault_file_system.h"
#include "tablet_fixture.h"
#include "vault/audit.h"

using namespace sotto;
using app::InterviewViewModel;
using test::FaultFileSystem;
using Screen = app::TabletApp::Screen;
using State = app::InterviewViewModel::State;

namespace {

using Files = std::map<Path, Bytes>;

Files filesOf(const FaultFileSystem& disk) {
    Files all;
    for (const Path& path : disk.paths())
        all[path] = disk.content(Path("/") / path);
    return all;
}

/// A second Sotto on the same disk.
std::unique_ptr<app::TabletApp> secondCopy(test::TabletFixture& tablet) {
    app::TabletOptions options;
    options.files = tablet.disk;
    options.clock = &tablet.clock;
    options.home = tablet.dir / "home";
    options.keyOptions = [] { return Result<keyring::KeyringOptions>(test::cheapKeys()); };
    options.unlockOptions = test::cheapKeys();
    app::Devices devices;
    devices.sound = tablet.sound;
    return std::make_unique<app::TabletApp>(std::move(options), std::move(devices),
                                            QString::fromStdString((tablet.dir / "second.ini").string()));
}

bool isOnUnlock(const app::TabletApp& app) {
    return QTest::qWaitFor([&] { return app.screen() == Screen::Unlock; }, test::TabletFixture::kPatienceMs);
}

/// As far as the choice of a study.
app::FirstStartViewModel* chooseStudy(test::TabletFixture& tablet) {
    if (!tablet.isOn(Screen::FirstStart)) return nullptr;
    auto* start = tablet.page<app::FirstStartViewModel>();
    start->chooseLanguage(QStringLiteral("en"));
    start->enterName(QStringLiteral("Léa"));
    const QString words = start->generatedWords();
    start->acceptWords();
    start->confirm(words);
    return start;
}

}  // namespace

class TestBadHome : public QObject {
    Q_OBJECT

private slots:
    void aSecondCopyOnTheSameHomeIsRefusedUntouched();
    void aSecondCopyIsRefusedAroundALockedInterviewToo();
    void aHomeOfANewerVersionIsSaidBeforeAPassphraseIsTyped();
    void tablesOfANewerVersionAreRefusedUntouched();
    void aStudyFileThatIsNoneIsSaidAndLeavesNothing_data();
    void aStudyFileThatIsNoneIsSaidAndLeavesNothing();
    void aClockSetBackIsSaidAtTheNextUnlock();
    void aClockSetBackWhileAnInterviewRunsLeavesItsOrder();
};

void TestBadHome::aSecondCopyOnTheSameHomeIsRefusedUntouched() {
    FaultFileSystem disk;
    test::TabletFixture tablet(&disk);
    QVERIFY(tablet.setUp());
    const auto second = secondCopy(tablet);
    QVERIFY(isOnUnlock(*second));
    const Files before = filesOf(disk);
    auto* unlock = qobject_cast<app::UnlockViewModel*>(second->page());
    unlock->unlock({}, tablet.passphrase);
    QTRY_VERIFY(!unlock->error().isEmpty());
    QVERIFY2(unlock->error().contains(QStringLiteral("Another window of Sotto")), qPrintable(unlock->error()));
    QCOMPARE(second->screen(), Screen::Unlock);
    QVERIFY(filesOf(disk) == before);
    QVERIFY(tablet.enrol());  // the first goes on
}

void TestBadHome::aSecondCopyIsRefusedAroundALockedInterviewToo() {
    FaultFileSystem disk;
    test::TabletFixture tablet(&disk);
    QVERIFY(tablet.setUp() && tablet.enrol() && tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();
    QTRY_COMPARE(interview->state(), State::Recording);
    interview->lock();
    tablet.settle();
    const auto second = secondCopy(tablet);
    QVERIFY(isOnUnlock(*second));
    auto* unlock = qobject_cast<app::UnlockViewModel*>(second->page());
    unlock->unlock({}, tablet.passphrase);
    QTRY_VERIFY(!unlock->error().isEmpty());
    QCOMPARE(second->screen(), Screen::Unlock);
    interview->uncoverWithPassphrase(tablet.passphrase);
    QTRY_VERIFY(!interview->isCovered());
    QVERIFY(interview->isRecordingNow());
}

void TestBadHome::aHomeOfANewerVersionIsSaidBeforeAPassphraseIsTyped() {
    FaultFileSystem disk;
    test::TabletFixture tablet(&disk);
    QVERIFY(tablet.setUp());
    tablet.app.reset();
    const Path path = tablet.dir / "home" / "keyring";
    Bytes keyring = disk.content(path);
    ++keyring[8];  // the version, behind the eight letters of the magic
    const auto sum = crypto::sha256(ByteView(keyring).first(keyring.size() - 32));
    std::copy(sum.begin(), sum.end(), keyring.end() - 32);
    disk.setContent(path, keyring);
    const Files before = filesOf(disk);
    tablet.restart();
    QVERIFY(tablet.isOn(Screen::Unlock));
    auto* unlock = tablet.page<app::UnlockViewModel>();
    QTRY_VERIFY(unlock->error().contains(QStringLiteral("Update Sotto")));
    unlock->unlock({}, tablet.passphrase);
    QTRY_VERIFY(!unlock->isBusy());
    QVERIFY(unlock->error().contains(QStringLiteral("Update Sotto")));
    tablet.app.reset();
    QVERIFY(filesOf(disk) == before);
}

void TestBadHome::tablesOfANewerVersionAreRefusedUntouched() {
    FaultFileSystem disk;
    test::TabletFixture tablet(&disk);
    QVERIFY(tablet.setUp());
    bool isNewer = false;
    tablet.app->vault().run(
        tablet.app.get(),
        [](app::Tablet& vault) -> Result<> {
            SOTTO_ASSIGN(auto* home, vault.home());
            return home->sessions().execute("UPDATE sotto_schema SET version = version + 1 WHERE module = 'people'");
        },
        [&](const Result<>& done) { isNewer = done.has_value(); });
    QTRY_VERIFY(isNewer);
    tablet.app.reset();
    const Files before = filesOf(disk);
    tablet.restart();
    QVERIFY(tablet.isOn(Screen::Unlock));
    auto* unlock = tablet.page<app::UnlockViewModel>();
    unlock->unlock({}, tablet.passphrase);
    QTRY_VERIFY(unlock->error().contains(QStringLiteral("Update Sotto")));
    QCOMPARE(tablet.app->screen(), Screen::Unlock);
    tablet.app.reset();
    for (const auto& [path, content] : before)
        QVERIFY2(disk.content(Path("/") / path) == content, path.c_str());
}

void TestBadHome::aStudyFileThatIsNoneIsSaidAndLeavesNothing_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    const QString notOne = QStringLiteral("not a study");
    QTest::newRow("empty") << QByteArray() << notOne;
    QTest::newRow("a letter") << QByteArray("Dear all, please find attached") << notOne;
    QTest::newRow("noise") << QByteArray(4096, '\x93') << notOne;
    QTest::newRow("the beginning of a zip") << QByteArray("PK\x03\x04 and no more", 16) << notOne;
    QTest::newRow("not there") << QByteArray("\0none", 5) << QStringLiteral("no file at this place");
    QTest::newRow("a folder") << QByteArray("\0folder", 7) << QStringLiteral("cannot be read");
}

void TestBadHome::aStudyFileThatIsNoneIsSaidAndLeavesNothing() {
    QFETCH(const QByteArray, content);
    QFETCH(const QString, said);
    test::TabletFixture tablet;
    auto* start = chooseStudy(tablet);
    QVERIFY(start != nullptr && start->step() == app::FirstStartViewModel::Step::Study);
    const Path path = tablet.dir / "study.sottostudy";
    if (content == QByteArray("\0folder", 7)) {
        QVERIFY(tablet.files.createDirectories(path));
    } else if (content != QByteArray("\0none", 5)) {
        QVERIFY(replaceFile(tablet.files, path, viewOf(content)));
    }
    start->importStudy(QString::fromStdString(path.string()));
    QTRY_VERIFY(!start->isBusy() && !start->error().isEmpty());
    QVERIFY2(start->error().contains(said), qPrintable(start->error()));
    QCOMPARE(start->step(), app::FirstStartViewModel::Step::Study);
    QVERIFY(!std::filesystem::exists(tablet.dir / "home"));
    start->takePracticeStudy();  // the way on is open
    QTRY_COMPARE(start->step(), app::FirstStartViewModel::Step::Trust);
    QVERIFY(start->error().isEmpty());
}

void TestBadHome::aClockSetBackIsSaidAtTheNextUnlock() {
    test::TabletFixture tablet;
    QVERIFY(tablet.setUp() && tablet.enrol() && tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();  // enters the audit trail
    QTRY_COMPARE(interview->state(), State::Recording);
    tablet.app.reset();
    const std::int64_t then = tablet.clock.now().utcMs;
    for (const auto& [backMs, isSaid] : {std::pair{0, false}, std::pair{30'000, false}, std::pair{86'400'000, true}}) {
        tablet.clock.setWall(then - backMs);
        tablet.restart();
        QVERIFY(tablet.unlock());
        QVERIFY2(tablet.app->message().contains(QStringLiteral("clock was set back")) == isSaid,
                 qPrintable(tablet.app->message()));
        tablet.app.reset();
    }
}

void TestBadHome::aClockSetBackWhileAnInterviewRunsLeavesItsOrder() {
    test::TabletFixture tablet;
    QVERIFY(tablet.setUp() && tablet.enrol() && tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 300);
    interview->mark();
    QTRY_COMPARE(interview->marks(), 1);
    interview->pause();
    QTRY_COMPARE(interview->state(), State::Paused);
    tablet.settle();
    const std::int64_t before = tablet.app->vault().live().positionMs;
    tablet.clock.setWall(tablet.clock.now().utcMs - 86'400'000);
    interview->record();
    QTRY_VERIFY(tablet.app->vault().live().positionMs > before + 300);
    interview->mark();
    QTRY_COMPARE(interview->marks(), 2);
    interview->end();
    QVERIFY(tablet.isOn(Screen::WrapUp));
    std::vector<interview::Event> events;
    tablet.app->vault().run(
        tablet.app.get(), [](app::Tablet& vault) { return vault.live()->events(); },
        [&](std::vector<interview::Event> all) { events = std::move(all); });
    QTRY_VERIFY(!events.empty());
    QVERIFY(events.back().at.utcMs < events.front().at.utcMs);  // the wall clock did jump
    for (std::size_t i = 1; i < events.size(); ++i)
        QVERIFY(events[i].offset >= events[i - 1].offset && events[i].number > events[i - 1].number);
    auto* wrapUp = tablet.page<app::WrapUpViewModel>();
    QTRY_COMPARE(wrapUp->state(), app::WrapUpViewModel::State::Open);
    QCOMPARE(wrapUp->marks().size(), 2);
    const auto numberOf = [&](qsizetype mark) {
        return wrapUp->marks().at(mark).toMap()[QStringLiteral("number")].toInt();
    };
    QVERIFY(numberOf(0) < numberOf(1));
    wrapUp->seal();
    QTRY_COMPARE_WITH_TIMEOUT(wrapUp->state(), app::WrapUpViewModel::State::Sealed, 30'000);
}

QTEST_GUILESS_MAIN(TestBadHome)
#include "tst_bad_home.moc"
