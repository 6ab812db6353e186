// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "support/fault_file_system.h"
#include "tablet_fixture.h"

using namespace sotto;
using app::InterviewViewModel;
using test::FaultFileSystem;
using Screen = app::TabletApp::Screen;
using State = app::InterviewViewModel::State;

namespace {

/// A disk on which making a file takes long.
class SlowDisk final : public FileSystem {
public:
    static constexpr int kMakingMs = 400;

    [[nodiscard]] Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) override {
        if (isSlow && mode == OpenMode::CreateNew) std::this_thread::sleep_for(std::chrono::milliseconds(kMakingMs));
        return m_files.open(path, mode);
    }
    [[nodiscard]] Result<bool> exists(const Path& path) override { return m_files.exists(path); }
    [[nodiscard]] Result<> rename(const Path& from, const Path& to) override { return m_files.rename(from, to); }
    [[nodiscard]] Result<> remove(const Path& path) override { return m_files.remove(path); }
    [[nodiscard]] Result<> createDirectories(const Path& path) override { return m_files.createDirectories(path); }
    [[nodiscard]] Result<> syncDirectory(const Path& path) override { return m_files.syncDirectory(path); }
    [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const Path& path) override { return m_files.list(path); }

    std::atomic<bool> isSlow{false};

private:
    PosixFileSystem m_files;
};

/// Every file of the home with its bytes.
std::map<Path, Bytes> bytesOf(FaultFileSystem& disk) {
    std::map<Path, Bytes> all;
    for (const Path& path : disk.paths())
        all[path] = disk.content(Path("/") / path);
    return all;
}

int sessionLogs(FaultFileSystem& disk) {
    const auto paths = disk.paths();
    return static_cast<int>(
        std::count_if(paths.begin(), paths.end(), [](const Path& path) { return path.extension() == ".session"; }));
}

/// As far as somebody's page, with their consent.
bool comeToPerson(test::TabletFixture& tablet, const QStringList& refused = {}) {
    return tablet.setUp() && tablet.enrol() && tablet.consent(refused);
}

}  // namespace

class TestInterviewBegins : public QObject {
    Q_OBJECT

private slots:
    void lookingAtTheInterviewLeavesNoTrace();
    void theSessionBeginsWithTheRecording();
    void theSessionBeginsWithTheNotesIfNothingIsRecorded();
    void notASampleAfterTheTouchIsLost();
    void theQuestionLookedAtLastIsAskedFirst();
    void lockingBeforeItBeginsLeavesThePage();
    void withoutRoomNothingBeginsAndNothingStays();
    void withoutAMicrophoneItBeginsWithNotesAndRecordsLater();
};

void TestInterviewBegins::lookingAtTheInterviewLeavesNoTrace() {
    for (const QStringList& refused : {QStringList(), QStringList{QStringLiteral("recorded")}}) {
        FaultFileSystem disk;
        test::TabletFixture tablet(&disk);
        QVERIFY(comeToPerson(tablet, refused));
        const auto before = bytesOf(disk);
        auto* interview = tablet.beginInterview();
        QVERIFY(interview != nullptr);
        QCOMPARE(interview->state(), State::Ready);
        QVERIFY(!interview->question().isEmpty() && !interview->hasBegun() && tablet.app->mayClose());
        if (refused.isEmpty()) QTRY_VERIFY(interview->level() > 0);  // the sound check
        interview->mark();
        interview->note(QStringLiteral("too early"));
        interview->askProbe(QStringLiteral("any"));
        interview->next();
        interview->pause();
        interview->goOffRecord();
        interview->end();
        tablet.settle();
        QCOMPARE(interview->state(), State::Ready);
        interview->leave();
        QVERIFY(tablet.isOn(Screen::Person) && tablet.personLoaded());
        QCOMPARE(tablet.page<app::PersonViewModel>()->nextText(), QStringLiteral("Begin the interview"));
        QVERIFY(bytesOf(disk) == before);
    }
}

void TestInterviewBegins::theSessionBeginsWithTheRecording() {
    FaultFileSystem disk;
    test::TabletFixture tablet(&disk);
    QVERIFY(comeToPerson(tablet));
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    QCOMPARE(sessionLogs(disk), 0);
    interview->record();
    interview->record();  // a second touch begins no second one
    QTRY_COMPARE(interview->state(), State::Recording);
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 100);
    QCOMPARE(sessionLogs(disk), 1);
    QVERIFY(interview->hasBegun() && interview->isRecordingNow() && !tablet.app->mayClose());
    interview->mark();
    QTRY_COMPARE(interview->marks(), 1);
}

void TestInterviewBegins::theSessionBeginsWithTheNotesIfNothingIsRecorded() {
    FaultFileSystem disk;
    test::TabletFixture tablet(&disk);
    QVERIFY(comeToPerson(tablet, {QStringLiteral("recorded")}));
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();
    tablet.settle();
    QVERIFY(interview->state() == State::Ready && sessionLogs(disk) == 0);
    interview->beginWithNotes();
    QTRY_COMPARE(interview->state(), State::NotesOnly);
    QCOMPARE(sessionLogs(disk), 1);
    QCOMPARE(interview->coverage(), QStringLiteral("asked"));
}

void TestInterviewBegins::notASampleAfterTheTouchIsLost() {
    SlowDisk disk;
    test::TabletFixture tablet(&disk);
    QVERIFY(comeToPerson(tablet));
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    QTRY_COMPARE(tablet.app->capture().state(), app::Capture::State::Ready);
    disk.isSlow = true;
    QElapsedTimer watch;
    watch.start();
    const std::int64_t heardBefore = tablet.sound->control()->heard;
    interview->record();
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 0);
    qInfo("recording %lld ms after the touch, on a disk that takes %d ms to make a file",
          static_cast<long long>(watch.elapsed()), SlowDisk::kMakingMs);
    disk.isSlow = false;
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 500);
    const std::int64_t heard = tablet.sound->control()->heard - heardBefore;
    interview->pause();
    QTRY_COMPARE(interview->state(), State::Paused);
    // A piece of 40 ms may be on its way between microphone and log at either touch.
    const std::int64_t recorded = tablet.app->vault().live().positionMs * (kSampleRate / 1000);
    QVERIFY2(recorded >= heard - 2 * kSampleRate / 25,
             qPrintable(QStringLiteral("heard %1, recorded %2").arg(heard).arg(recorded)));
}

void TestInterviewBegins::theQuestionLookedAtLastIsAskedFirst() {
    test::TabletFixture tablet;
    QVERIFY(comeToPerson(tablet));
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    const QString first = interview->questionId();
    interview->next();
    const QString second = interview->questionId();
    QVERIFY(second != first);
    QCOMPARE(interview->coverage(), QStringLiteral("not-reached"));
    interview->record();
    QTRY_COMPARE(interview->state(), State::Recording);
    QVERIFY(interview->questionId() == second && interview->coverage() == u"asked");
    interview->previous();
    QTRY_COMPARE(interview->coverage(), QStringLiteral("asked"));
    QCOMPARE(interview->questionId(), first);
}

void TestInterviewBegins::lockingBeforeItBeginsLeavesThePage() {
    test::TabletFixture tablet;
    QVERIFY(comeToPerson(tablet));
    QVERIFY(tablet.beginInterview() != nullptr);
    tablet.app->lock();
    QVERIFY(tablet.isOn(Screen::Unlock));
    QCOMPARE(tablet.app->capture().state(), app::Capture::State::Off);
    QVERIFY(tablet.unlock());
    QVERIFY(tablet.app->message().isEmpty());  // nothing was broken off
}

void TestInterviewBegins::withoutRoomNothingBeginsAndNothingStays() {
    FaultFileSystem disk;
    test::TabletFixture tablet(&disk);
    QVERIFY(comeToPerson(tablet));
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    std::uint64_t used = 8U << 20;  // the ballast
    for (const auto& [path, bytes] : bytesOf(disk))
        used += bytes.size();
    disk.setCapacity(used + (64U << 10));  // enough for a log, and not for ten minutes
    interview->record();
    QTRY_VERIFY(!interview->error().isEmpty());
    QVERIFY(interview->error().contains(QStringLiteral("full")));
    QVERIFY(interview->state() == State::Ready && !interview->hasBegun());
    QCOMPARE(sessionLogs(disk), 0);
    disk.setCapacity(used + (64U << 20));
    interview->record();
    QTRY_COMPARE(interview->state(), State::Recording);
    QVERIFY(interview->error().isEmpty());
}

void TestInterviewBegins::withoutAMicrophoneItBeginsWithNotesAndRecordsLater() {
    test::TabletFixture tablet;
    tablet.sound->control()->isPlugged = false;
    QVERIFY(comeToPerson(tablet));
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    QTRY_VERIFY(!interview->canRecord());
    interview->record();
    tablet.settle();
    QVERIFY(interview->state() == State::Ready && !interview->hasBegun());
    interview->beginWithNotes();
    QTRY_COMPARE(interview->state(), State::Paused);
    interview->note(QStringLiteral("by hand"));
    QTRY_COMPARE(interview->notes(), 1);
    tablet.sound->control()->isPlugged = true;
    QTRY_VERIFY(interview->canRecord());
    QVERIFY(!interview->isRecordingNow());  // nothing begins by itself
    interview->record();
    QTRY_COMPARE(interview->state(), State::Recording);
    QTRY_VERIFY(tablet.app->vault().live().positionMs > 100);
}

QTEST_GUILESS_MAIN(TestInterviewBegins)
#include "tst_interview_begins.moc"
