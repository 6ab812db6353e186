// SPDX-License-Identifier: Apache-2.0
// The app behind the glass: how long it takes to start beside a bare window, how long its GUI thread is ever busy
// during an interview, how much memory that takes, and what a long list of people costs. bench_screen FOLDER
// Takes about two minutes. Renders without a screen and without a graphics card, so drawing is on the GUI thread: the
// times are the worst that a tablet could show.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>

#include <QGuiApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include "large_home.h"
#include "measuring.h"
#include "screen_bench.h"
#include "tablet/consent_view_model.h"
#include "tablet/home_view_model.h"
#include "tablet/interview_view_model.h"
#include "tablet/person_view_model.h"

namespace {

using namespace sotto;
using namespace sotto::bench;
using Screen = app::TabletApp::Screen;

constexpr int kStarts = 15;
constexpr int kListRounds = 15;
constexpr int kSpeed = 10;
constexpr std::int64_t kInterviewSeconds = 600;
constexpr double kMostStart = 1.5;
constexpr double kMostList = 2.0;
constexpr double kMostBlockMs = 16.0;

int missed = 0;

void judge(const char* what, double figure, double most, const char* unit) {
    const bool isMet = figure <= most;
    std::printf("  %-58s %8.2f %s (at most %.1f)%s\n", what, figure, unit, most, isMet ? "" : "  MISSED");
    missed += isMet ? 0 : 1;
}

/// Until the first picture after the line `after` (empty: the first at all), from the start of the process.
double timeToPicture(const QString& platform, const QString& program, const QStringList& words,
                     const QByteArray& after) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
    environment.insert(QStringLiteral("QT_LOGGING_RULES"),
                       QStringLiteral("qt.scenegraph.time.renderloop.debug=true;sotto.screen.debug=true"));
    environment.insert(QStringLiteral("QT_FORCE_STDERR_LOGGING"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    process.setReadChannel(QProcess::StandardError);
    QElapsedTimer timer;
    timer.start();
    process.start(program, words);
    bool isAwaited = !after.isEmpty();
    while (process.waitForReadyRead(30'000)) {
        while (process.canReadLine()) {
            const QByteArray line = process.readLine();
            if (isAwaited && line.contains(after)) isAwaited = false;
            if (isAwaited || !line.toLower().contains("frame rendered")) continue;
            const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            process.kill();
            process.waitForFinished();
            return ms;
        }
    }
    std::fprintf(stderr, "bench: %s showed nothing\n", qPrintable(program));
    std::exit(1);
}

double measureColdStart(const Path& home, const QString& platform) {
    const QString sotto = QStringLiteral(SOTTO_BIN_DIR "/sotto");
    const QString bare = QStringLiteral(SOTTO_BENCH_DIR "/bench_bare_window");
    const QStringList words{QStringLiteral("--home"), QString::fromStdString(home.string())};
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int i = 0; i < kStarts; ++i) {
        ours.push_back(timeToPicture(platform, sotto, words, "Unlock"));
        theirs.push_back(timeToPicture(platform, bare, {}, {}));
    }
    const double ratio = medianOf(ours) / medianOf(theirs);
    std::printf("Cold start (%s), median of %d: %.0f ms to the unlock screen, %.0f ms to a bare window, %.2f x\n",
                qPrintable(platform), kStarts, medianOf(ours), medianOf(theirs), ratio);
    return ratio;
}

/// In a window of a display, as whoever starts the app sees it; for comparison also without one, where nothing but
/// loading is left.
void measureColdStarts(const Path& home) {
    measureColdStart(home, QStringLiteral("offscreen"));
    if (qEnvironmentVariableIsSet("DISPLAY"))
        judge("unlock screen against bare window", measureColdStart(home, QStringLiteral("xcb")), kMostStart, "x");
    else
        std::printf("  no display: the cold start in a window is not measured\n");
}

double residentMb() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word != "VmRSS:") continue;
        double kilobytes = 0;
        status >> kilobytes;
        return kilobytes / 1024;
    }
    return 0;
}

/// Of people in the order of the home: the first one interviewed again.
app::InterviewViewModel* beginInterview(Glass& glass) {
    auto* home = glass.page<app::HomeViewModel>();
    const auto* people = home->people();
    const QString person = people->data(people->index(0), app::PeopleListModel::Participant).toString();
    home->open(person);
    glass.reach(Screen::Person);
    auto* page = glass.page<app::PersonViewModel>();
    if (!QTest::qWaitFor([&] { return !page->isLoading(); }, 20'000)) std::exit(1);
    page->beginAgain();
    glass.reach(Screen::Interview);
    auto* interview = glass.page<app::InterviewViewModel>();
    using State = app::InterviewViewModel::State;
    if (!QTest::qWaitFor([&] { return interview->state() == State::Ready; }, 20'000)) std::exit(1);
    return interview;
}

/// What an interviewer does, ten times as often: a mark, a move, a code, a note.
void touch(app::InterviewViewModel& interview, int number) {
    if (number % 3 == 0) interview.mark();
    if (number % 3 == 1) interview.hasNext() ? interview.next() : interview.previous();
    if (number % 3 == 2 && !interview.codes().isEmpty())
        interview.code(
            interview.codes().at(number % interview.codes().size()).toMap()[QStringLiteral("id")].toString());
    if (number % 10 == 9) interview.note(QStringLiteral("a thought that came up meanwhile"));
}

void measureInterview(TimedApplication& gui, Glass& glass) {
    auto* interview = beginInterview(glass);
    glass.sound().control()->speed = kSpeed;
    const double before = residentMb();
    double most = before;
    interview->record();
    const auto isRecording = [&] { return glass.app().vault().live().positionMs > 0; };
    if (!QTest::qWaitFor(isRecording, 20'000)) std::exit(1);
    static_cast<void>(gui.takeTimes());
    int touches = 0;
    QTimer hand;
    QObject::connect(&hand, &QTimer::timeout, &hand, [&] {
        touch(*interview, touches++);
        most = std::max(most, residentMb());
    });
    hand.start(500);
    const auto isOver = [&] { return glass.app().vault().live().positionMs >= kInterviewSeconds * 1000; };
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (isOver()) loop.quit();
    });
    look.start(100);
    loop.exec();
    hand.stop();
    auto times = gui.takeTimes();
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) { return times[static_cast<std::size_t>(share * double(times.size() - 1))]; };
    std::printf("An interview of %lld minutes at %d times the speed, %d touches, %zu events of 0.1 ms and more\n",
                static_cast<long long>(kInterviewSeconds / 60), kSpeed, touches, times.size());
    std::printf("  GUI thread over one event, ms: median %.2f, p99 %.2f, p99.9 %.2f, longest %.2f; above 16 ms: %td\n",
                at(0.5), at(0.99), at(0.999), times.back(),
                times.end() - std::upper_bound(times.begin(), times.end(), kMostBlockMs));
    judge("p99 of what the GUI thread takes over one event", at(0.99), kMostBlockMs, "ms");
    std::printf("  memory: %.1f MB before recording, %.1f MB at most while recording\n", before, most);
    interview->end();
    glass.reach(Screen::WrapUp);
}

void measureLists(Glass& few, Glass& many) {
    std::vector<double> fewMs;
    std::vector<double> manyMs;
    for (int i = 0; i < kListRounds; ++i) {
        fewMs.push_back(few.timeToHome());
        manyMs.push_back(many.timeToHome());
    }
    std::printf("Home screen, median of %d: %.1f ms with 10 sessions, %.1f ms with 300\n", kListRounds, medianOf(fewMs),
                medianOf(manyMs));
    judge("300 sessions against 10", medianOf(manyMs) / medianOf(fewMs), kMostList, "x");
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    TimedApplication gui(argc, argv);
    if (argc < 2) return 2;
    const Path folder(argv[1]);
    const SystemClock clock;
    for (const auto& [name, sessions] : {std::pair{"few", 10}, std::pair{"many", 300}})
        static_cast<void>(makeLargeHome(folder / name, {sessions, 1, 1}, clock));
    measureColdStarts(folder / "few");
    const QString passphrase = QString::fromUtf8(kPassphrase.data(), static_cast<qsizetype>(kPassphrase.size()));
    Glass few(folder / "few", passphrase, folder / "few.ini");
    Glass many(folder / "many", passphrase, folder / "many.ini");
    measureLists(few, many);
    measureInterview(gui, few);
    return missed == 0 ? 0 : 1;
}
