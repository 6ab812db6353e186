// SPDX-License-Identifier: Apache-2.0
// A home after years: 300 sessions of 90 minutes with 100,000 events, beside homes half and a quarter as large, so that
// growth shows. Each home is made and measured in processes of its own and deleted before the next.
// Takes about five minutes and 7 GB of disk. bench_home FOLDER [SESSIONS-OF-THE-SMALLEST]
#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <malloc.h>
#include <set>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <QJsonArray>
#include <QLoggingCategory>

#include "interview/session_index.h"
#include "large_home.h"
#include "measuring.h"
#include "metered_files.h"
#include "people/people.h"
#include "workflow/forget.h"
#include "workflow/inspect.h"
#include "workflow/rotation.h"

namespace {

using namespace sotto;
using namespace sotto::bench;
using workflow::Compartment;

constexpr int kSmallest = 75;
constexpr int kHomes = 3;
/// Spreads the rounds of a short step, so that some fall into a quiet moment.
constexpr auto kPause = std::chrono::milliseconds(10);
constexpr double kMostGrowth = 2.3;  ///< per doubling: linear, and what a shared machine adds
// Below these a figure is noise, and its growth is not judged.
constexpr double kLeastMs = 5.0;
constexpr double kLeastSyncs = 20.0;
constexpr double kLeastMb = 4.0;
constexpr std::array kAll{Compartment::Sessions, Compartment::Identities, Compartment::Outbox};

enum Step { Inspect, Unlock, List, Common, Rare, Prefix, Letter, Several, Compact, Rotate, Erase, kSteps };

struct StepInfo {
    const char* name;
    int rounds;
    double targetMs;  ///< with the largest home; 0: none
};

constexpr std::array<StepInfo, kSteps> kInfo{{
    {"inspect (reads every log)", 1, 0},
    {"unlock, least Argon2id", 11, 500},
    {"list sessions, people", 101, 100},
    {"search a common word", 101, 100},
    {"search a rare word", 101, 100},
    {"search a prefix, 2 letters", 101, 100},
    {"search a prefix, 1 letter", 101, 100},
    {"search three words", 101, 100},
    {"compact the sessions vault", 11, 0},
    {"rotate 3 compartments", 3, 0},
    {"erase one participant", 3, 0},
}};

struct Figure {
    double ms = 0;      ///< median
    double cpuMs = 0;   ///< median
    double yards = 0;   ///< the same in yardsticks; median
    double syncs = 0;   ///< of one round
    double syncMs = 0;  ///< what one took on average
    double mb = 0;      ///< peak of the process above what it held before the home was opened
};

/// Sent from one process to another as it is.
struct HomeFigures {
    std::array<Figure, kSteps> steps{};
    double logMb = 0;    ///< sessions vault on the disk
    double imageMb = 0;  ///< and in memory
};

struct Made {
    Contents contents;
    double seconds = 0;
};

[[noreturn]] void giveUp(const std::string& what) {
    std::fprintf(stderr, "bench_home: %s\n", what.c_str());
    std::exit(1);
}

void expect(bool isTrue, const char* what) {
    if (!isTrue) giveUp(std::string("not as expected: ") + what);
}

/// Runs the work in a child, so that no home leaves its memory to the next.
template <typename T, typename Work>
T inChild(const Work& work) {
    std::array<int, 2> ends{};
    std::fflush(nullptr);
    if (::pipe(ends.data()) != 0) giveUp("no pipe");
    const pid_t child = ::fork();
    if (child < 0) giveUp("no process");
    if (child == 0) {
        const T done = work();
        const bool isSent = ::write(ends[1], &done, sizeof done) == ssize_t{sizeof done};
        std::fflush(nullptr);
        ::_exit(isSent ? 0 : 1);
    }
    ::close(ends[1]);
    T done;
    const bool isWhole = ::read(ends[0], &done, sizeof done) == ssize_t{sizeof done};
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!isWhole || status != 0) giveUp("a child process failed");
    return done;
}

// ---- Time and memory

double cpuMs() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// CPU time of a fixed piece of work. A shared processor is now fast and now slow, by a factor of two; measured right
/// before and after, it tells by how much.
double yardstickMs() {
    constexpr std::size_t kNumbers = 30'000;
    std::vector<std::uint32_t> numbers(kNumbers);
    std::uint32_t value = 1;
    for (std::uint32_t& number : numbers)
        number = value = value * 1'664'525U + 1'013'904'223U;
    const double start = cpuMs();
    std::sort(numbers.begin(), numbers.end());
    expect(std::is_sorted(numbers.begin(), numbers.end()), "sort");
    return cpuMs() - start;
}

/// A line of /proc/self/status, in MB.
double memoryMb(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name + ":")) return std::strtod(line.c_str() + name.size() + 1, nullptr) / 1024.0;
    }
    giveUp("no " + name);
}

/// From here on VmHWM counts anew.
void resetPeak() {
    ::malloc_trim(0);
    std::ofstream reset("/proc/self/clear_refs");
    reset << "5" << std::flush;
    if (!reset) giveUp("the peak of memory can't be reset here");
}

// ---- The steps

void listAll(workflow::Home& home, int sessions) {
    const auto rows = need(interview::SessionIndex(home.sessions()).all());
    const auto people = need(people::Participants(home.sessions()).all());
    std::set<ParticipantId> known;
    for (const auto& person : people)
        known.insert(person.id);
    for (const auto& row : rows)
        expect(known.contains(row.participant), "a session of nobody");
    expect(std::cmp_equal(rows.size(), sessions), "another number of sessions");
}

void search(workflow::Home& home, const QString& words, int hits) {
    const auto found = need(interview::SessionIndex(home.sessions()).search(words));
    expect(std::cmp_equal(found.size(), std::min(hits, 50)), "another number of hits");
}

void rotateAll(workflow::Home& home, int sessions) {
    int told = 0;
    need(workflow::rotate(home, kAll, [&told](workflow::Compartment, std::size_t, std::size_t) { ++told; }));
    expect(told == sessions + static_cast<int>(kAll.size()), "progress does not tell each log");
}

void eraseFirst(workflow::Home& home) {
    const auto people = need(people::Participants(home.sessions()).all());
    const auto report = need(workflow::eraseParticipant(home, people.front().id));
    expect(report.sessions == kSessionsPerPerson, "another number of sessions was erased");
}

/// Measures one home; what is opened stays open from step to step.
class Measuring {
public:
    Measuring(const Path& path, const Contents& contents) : m_path(path), m_contents(contents) {
        m_restingMb = memoryMb("VmRSS");
    }

    HomeFigures run() {
        const int sessions = m_contents.sessions;
        measure(Inspect, [&] {
            const auto seen =
                need(workflow::inspectHome(m_files, m_path, viewOf(kPassphrase), m_clock, cheapOptions()));
            expect(seen[u"sessions"].toArray().size() == sessions, "inspect sees other sessions");
            expect(seen[u"integrity"].toString() == u"ok", "inspect sees damage");
        });
        m_home = unlock();  // the first one after years compacts, if need be
        measure(
            Unlock, [&] { m_home = unlock(); }, [&] { m_home.reset(); });
        noteSizes();
        measure(List, [&] { listAll(*m_home, sessions); });
        measureSearches();
        measure(Compact, [&] { need(workflow::compactVault(*m_home, Compartment::Sessions)); });
        measure(Rotate, [&] { rotateAll(*m_home, sessions); });
        measure(Erase, [&] { eraseFirst(*m_home); });
        m_home.reset();
        return m_figures;
    }

private:
    std::unique_ptr<workflow::Home> unlock() {
        return need(workflow::Home::unlock(m_files, m_path, viewOf(kPassphrase), m_clock, cheapOptions()));
    }

    /// `before` runs before each round, outside the time.
    void measure(Step step, const auto& work, const auto& before) {
        Figure& figure = m_figures.steps[step];
        const int rounds = kInfo[step].rounds;
        std::vector<double> times;
        std::vector<double> cpu;
        std::vector<double> yards;
        const SyncMeter start = m_files.meter();
        resetPeak();
        for (int i = 0; i < rounds; ++i) {
            before();
            std::this_thread::sleep_for(kPause);
            const double yardBefore = yardstickMs();
            const double cpuStart = cpuMs();
            times.push_back(milliseconds(work));
            cpu.push_back(cpuMs() - cpuStart);
            yards.push_back(2 * cpu.back() / (yardBefore + yardstickMs()));
        }
        const SyncMeter end = m_files.meter();
        figure.mb = memoryMb("VmHWM") - m_restingMb;
        figure.ms = medianOf(times);
        figure.cpuMs = medianOf(cpu);
        figure.yards = medianOf(yards);
        figure.syncs = 1.0 * (end.count - start.count) / rounds;
        figure.syncMs = end.count > start.count ? (end.ms - start.ms) / (end.count - start.count) : 0;
    }
    void measure(Step step, const auto& work) {
        measure(step, work, [] {});
    }

    void measureSearches() {
        const auto searchFor = [&](Step step, const QString& words, int hits) {
            measure(step, [&] { search(*m_home, words, hits); });
        };
        searchFor(Common, QString::fromUtf16(kCommonWord), m_contents.withCommonWord);
        searchFor(Rare, QString::fromUtf16(kRareWord), m_contents.withRareWord);
        searchFor(Prefix, QStringLiteral("wi"), 50);
        searchFor(Letter, QStringLiteral("w"), 50);
        searchFor(Several, QStringLiteral("the hospital si"), 50);
    }

    void noteSizes() {
        m_figures.logMb = static_cast<double>(std::filesystem::file_size(m_path / "sessions.vault")) / 1e6;
        m_figures.imageMb = static_cast<double>(m_home->sessions().plainImage().size()) / 1e6;
    }

    MeteredFileSystem m_files{Syncs::Done};
    SystemClock m_clock;
    Path m_path;
    Contents m_contents;
    double m_restingMb = 0;
    std::unique_ptr<workflow::Home> m_home;
    HomeFigures m_figures;
};

HomeFigures makeAndMeasure(const Path& folder, int sessions) {
    const Path path = folder / "home";
    const Made made = inChild<Made>([&] {
        Made done;
        done.seconds = milliseconds([&] { done.contents = makeLargeHome(path, {sessions}, SystemClock()); }) / 1000;
        return done;
    });
    const double flush = milliseconds([] { ::sync(); }) / 1000;
    const auto figures = inChild<HomeFigures>([&] { return Measuring(path, made.contents).run(); });
    std::filesystem::remove_all(path);
    std::printf(
        "%4d sessions: %6d events, %5d notes (\"the\" in %5d, the rare word in %2d), sessions vault %4.1f MB (log"
        " %4.1f MB); made in %3.0f s, %2.0f s more to the disk\n",
        sessions, made.contents.events, made.contents.notes, made.contents.withCommonWord, made.contents.withRareWord,
        figures.imageMb, figures.logMb, made.seconds, flush);
    std::fflush(stdout);
    return figures;
}

// ---- The table

using AllFigures = std::array<HomeFigures, kHomes>;

/// Prints a figure's growth from home to home; true if that is at most linear. What is below `least`, as told by
/// another figure, is noise.
bool printGrowth(const AllFigures& all, Step step, double Figure::*figure, double Figure::*size, double least) {
    bool isLinear = true;
    for (std::size_t i = 1; i < all.size(); ++i) {
        const double growth = all[i].steps[step].*figure / std::max(all[i - 1].steps[step].*figure, 0.01);
        if (all[i].steps[step].*size < least) {
            std::printf("     -");
            continue;
        }
        std::printf(" x%4.2f", growth);
        isLinear = isLinear && growth <= kMostGrowth;
    }
    return isLinear;
}

void printEach(const AllFigures& all, Step step, double Figure::*figure, const char* format) {
    for (const HomeFigures& home : all)
        std::printf(format, home.steps[step].*figure);
}

void printStep(Step step, const AllFigures& all) {
    std::printf("%-26s", kInfo[step].name);
    printEach(all, step, &Figure::ms, " %7.1f");
    std::printf(" |");
    printEach(all, step, &Figure::cpuMs, " %7.1f");
    bool isLinear = printGrowth(all, step, &Figure::yards, &Figure::cpuMs, kLeastMs);
    std::printf(" |");
    printEach(all, step, &Figure::syncs, " %4.0f");
    isLinear = printGrowth(all, step, &Figure::syncs, &Figure::syncs, kLeastSyncs) && isLinear;
    printEach(all, step, &Figure::syncMs, " %4.1f");
    std::printf(" |");
    printEach(all, step, &Figure::mb, " %5.1f");
    isLinear = printGrowth(all, step, &Figure::mb, &Figure::mb, kLeastMb) && isLinear;
    const double target = kInfo[step].targetMs;
    std::printf(" | linear: %s", isLinear ? "met" : "MISSED");
    if (target > 0) std::printf("; under %.0f ms: %s", target, all.back().steps[step].ms < target ? "met" : "MISSED");
    std::printf("\n");
}

void printHead() {
    std::printf(
        "\nFigures of the three homes and, with x, their growth per doubling. Time, CPU: medians in ms; growth of the "
        "CPU"
        " time is held against a\nfixed piece of work done before and after each round. Syncs: of one round, and what "
        "one"
        " took on this disk in ms. Peak: memory in MB\nabove an empty process, the open home included. Linear: CPU, "
        "syncs"
        " and peak grow by x%.1f at most (not judged below %.0f ms, %.0f syncs, %.0f MB).\n\n%-26s %-23s | %-35s | "
        "%-41s |"
        " %s\n",
        kMostGrowth, kLeastMs, kLeastSyncs, kLeastMb, "", "time", "CPU", "syncs", "peak");
}

double loadOfMachine() {
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : -1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) giveUp("usage: bench_home FOLDER [SESSIONS-OF-THE-SMALLEST]");
    const int smallest = argc > 2 ? std::max(25, std::atoi(argv[2])) : kSmallest;
    const Path folder = argv[1];
    QLoggingCategory::setFilterRules(QStringLiteral("*.debug=false"));
    std::filesystem::create_directories(folder);
    std::printf("Homes of %d, %d and %d sessions of %d minutes; load of the machine before: %.1f\n", smallest,
                2 * smallest, 4 * smallest, HomeSize().minutes, loadOfMachine());
    AllFigures all;
    for (std::size_t home = 0; home < all.size(); ++home)
        all[home] = makeAndMeasure(folder, smallest << home);
    std::printf("load of the machine after: %.1f\n", loadOfMachine());
    printHead();
    for (int step = 0; step < kSteps; ++step)
        printStep(static_cast<Step>(step), all);
    return 0;
}
