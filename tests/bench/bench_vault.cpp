// SPDX-License-Identifier: Apache-2.0
// The vault beside plain SQLite and SQLCipher: same statements, same rows, same disk, taking turns in one run.
// bench_vault [FOLDER [ROUNDS]]     FOLDER must lie on a real disk; default ./bench-data, removed at the end
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "sqlite_engines.h"

using namespace sotto;
using namespace sotto::bench;

namespace {

constexpr int kCommits = 300;
constexpr int kRows = 10'000;
constexpr int kLookups = 20'000;
constexpr int kScans = 10;
constexpr int kSearches = 300;

using Times = std::map<std::string, std::vector<double>>;  ///< by task, ms per round

double milliseconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// A note of 12 to 50 words out of 2,000 made-up ones, the frequent ones first.
std::string noteText(std::mt19937& random) {
    std::string text;
    for (unsigned long words = 12 + random() % 39; words > 0; --words) {
        const unsigned long a = random() % 2000;
        const unsigned long b = random() % 2000;
        text += "word" + std::to_string(std::min(a, b)) + ' ';
    }
    return text;
}

void makeTables(Connection& connection, bool hasSearch) {
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, session INTEGER, body TEXT)");
    connection.execute("CREATE INDEX note_session ON note (session)");
    if (hasSearch) connection.execute("CREATE VIRTUAL TABLE note_search USING fts5(body)");
}

void smallCommits(Connection& connection, std::mt19937& random) {
    const auto insert = connection.prepare("INSERT INTO note (session, body) VALUES (?, ?)");
    for (int i = 0; i < kCommits; ++i) {
        insert->bind(1, static_cast<std::int64_t>(random() % 500));
        insert->bind(2, noteText(random));
        insert->step();
        insert->reset();
    }
}

void bulkInserts(Connection& connection, const std::vector<std::string>& notes) {
    connection.execute("BEGIN IMMEDIATE");
    {
        const auto insert = connection.prepare("INSERT INTO note (session, body) VALUES (?, ?)");
        for (int i = 0; i < kRows; ++i) {
            insert->bind(1, i % 500);
            insert->bind(2, notes[static_cast<std::size_t>(i)]);
            insert->step();
            insert->reset();
        }
    }
    connection.execute("COMMIT");
}

void fillSearch(Connection& connection) {
    connection.execute("BEGIN IMMEDIATE; INSERT INTO note_search (rowid, body) SELECT id, body FROM note; COMMIT");
}

std::size_t lookups(Connection& connection) {
    std::mt19937 random(11);
    const auto query = connection.prepare("SELECT body FROM note WHERE id = ?");
    std::size_t size = 0;
    for (int i = 0; i < kLookups; ++i) {
        query->bind(1, static_cast<std::int64_t>(1 + random() % kRows));
        if (query->step()) size += query->textSize(0);
        query->reset();
    }
    return size;
}

std::size_t scans(Connection& connection) {
    const auto query = connection.prepare("SELECT sum(length(body)) FROM note");
    std::size_t size = 0;
    for (int i = 0; i < kScans; ++i) {
        if (query->step()) size += static_cast<std::size_t>(query->integer(0));
        query->reset();
    }
    return size;
}

std::size_t searches(Connection& connection) {
    std::mt19937 random(13);
    const auto query =
        connection.prepare("SELECT rowid FROM note_search WHERE note_search MATCH ? ORDER BY rank LIMIT 20");
    std::size_t found = 0;
    for (int i = 0; i < kSearches; ++i) {
        query->bind(1, "word" + std::to_string(random() % 1500) + " OR word" + std::to_string(random() % 1500));
        while (query->step())
            ++found;
        query->reset();
    }
    return found;
}

const char* const kTaskNames[] = {"small commits (300, one row each)",
                                  "bulk insert (10,000 rows, one commit)",
                                  "FTS5 insert (10,300 rows)",
                                  "open",
                                  "indexed read (20,000, new connection)",
                                  "full scan (10 times)",
                                  "FTS5 query (300)"};

void runOnce(const Engine& engine, const Path& folder, const std::vector<std::string>& notes, Times& times) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto record = [&](int task, const std::function<void()>& work) {
        times[kTaskNames[task]].push_back(milliseconds(work));
    };
    {
        const auto connection = engine.open(folder);
        makeTables(*connection, engine.hasSearch);
        std::mt19937 random(17);
        record(0, [&] { smallCommits(*connection, random); });
        record(1, [&] { bulkInserts(*connection, notes); });
        if (engine.hasSearch) record(2, [&] { fillSearch(*connection); });
    }
    std::unique_ptr<Connection> connection;
    std::size_t sink = 0;
    record(3, [&] { connection = engine.open(folder); });
    record(4, [&] { sink += lookups(*connection); });
    record(5, [&] { sink += scans(*connection); });
    if (engine.hasSearch) record(6, [&] { sink += searches(*connection); });
    if (sink == 0) giveUp("nothing was read");
    connection.reset();
    std::filesystem::remove_all(folder);
}

void printTable(const std::vector<Engine>& engines, std::map<std::string, Times>& times) {
    std::printf("%-40s", "median, ms");
    for (const Engine& engine : engines)
        std::printf("%12s", engine.name.c_str());
    std::printf("%16s%16s\n", "vault/SQLite", "vault/SQLCipher");
    for (const char* task : kTaskNames) {
        std::printf("%-40s", task);
        std::map<std::string, double> medians;
        for (const Engine& engine : engines) {
            const auto& values = times[engine.name][task];
            if (!values.empty()) medians[engine.name] = median(values);
            std::printf("%12s", values.empty() ? "-" : std::to_string(median(values)).substr(0, 7).c_str());
        }
        for (const char* other : {"SQLite", "SQLCipher"}) {
            if (medians.count(other) == 0) {
                std::printf("%16s", "-");
            } else {
                std::printf("%16.2f", medians["vault"] / medians[other]);
            }
        }
        std::printf("\n");
    }
}

}  // namespace

int main(int argc, char** argv) {
    const Path folder = argc > 1 ? argv[1] : "bench-data";
    const int rounds = std::max(5, argc > 2 ? std::atoi(argv[2]) : 5);
    std::vector<Engine> engines{plainSqlite(), sqlCipher(), sottoVault()};
    const auto missing = std::remove_if(engines.begin(), engines.end(), [](const Engine& e) { return !e.open; });
    if (missing != engines.end()) std::printf("SQLCipher is not installed (libsqlcipher0): left out\n");
    engines.erase(missing, engines.end());
    std::mt19937 random(5);
    std::vector<std::string> notes;
    while (notes.size() < kRows)
        notes.push_back(noteText(random));
    std::map<std::string, Times> times;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < engines.size(); ++i) {  // each round begins with another engine
            const Engine& engine = engines[(i + static_cast<std::size_t>(round)) % engines.size()];
            runOnce(engine, folder / engine.name, notes, times[engine.name]);
        }
    }
    std::filesystem::remove_all(folder);
    std::printf("Vault: SQLite and SQLCipher with WAL and synchronous=FULL; %d rounds, taking turns.\n", rounds);
    printTable(engines, times);
    std::printf(
        "Targets: reads, scan and FTS5 query vault/SQLite <= 1.00; small commits <= 1.50; all vault/SQLCipher < 1.\n");
    return 0;
}
