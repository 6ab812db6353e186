// SPDX-License-Identifier: Apache-2.0
// What an unlock costs besides Argon2id: opening the keyring and a vault with 100,000 events, where each event was a
// commit of its own (the most records) and where a thousand were one commit.
// bench_unlock [FOLDER [ROUNDS]]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "keyring/keyring.h"
#include "vault/vault.h"

using namespace sotto;

namespace {

constexpr int kEvents = 100'000;

/// The real disk without its syncs: to make the input quickly.
class UnsyncedFile final : public File {
public:
    explicit UnsyncedFile(std::unique_ptr<File> file) : m_file(std::move(file)) {}
    Result<std::uint64_t> size() const override { return m_file->size(); }
    Result<std::size_t> read(std::uint64_t offset, ByteSpan buffer) const override {
        return m_file->read(offset, buffer);
    }
    Result<> write(std::uint64_t offset, ByteView bytes) override { return m_file->write(offset, bytes); }
    Result<> sync() override { return {}; }
    Result<> truncate(std::uint64_t size) override { return m_file->truncate(size); }
    Result<> reserve(std::uint64_t size) override { return m_file->reserve(size); }
    Result<> lock() override { return m_file->lock(); }

private:
    std::unique_ptr<File> m_file;
};

class UnsyncedFileSystem final : public FileSystem {
public:
    Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) override {
        SOTTO_ASSIGN(auto file, m_files.open(path, mode));
        return std::make_unique<UnsyncedFile>(std::move(file));
    }
    Result<bool> exists(const Path& path) override { return m_files.exists(path); }
    Result<> rename(const Path& from, const Path& to) override { return m_files.rename(from, to); }
    Result<> remove(const Path& path) override { return m_files.remove(path); }
    Result<> createDirectories(const Path& path) override { return m_files.createDirectories(path); }
    Result<> syncDirectory(const Path&) override { return {}; }
    Result<std::vector<DirectoryEntry>> list(const Path& path) override { return m_files.list(path); }

private:
    PosixFileSystem m_files;
};

template <typename T>
T orGiveUp(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "bench: %s\n", result.error().context.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

double milliseconds(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double medianOf(int rounds, const auto& work) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i)
        times.push_back(milliseconds(work));
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

const std::vector<vault::Schema> kSchemas{
    {"events",
     {"CREATE TABLE event (id INTEGER PRIMARY KEY, session BLOB, at INTEGER, kind TEXT, question TEXT) STRICT;"
      "CREATE INDEX event_session ON event (session, at);"}}};

void fill(vault::Vault& vault, int perCommit) {
    vault::Statement insert =
        orGiveUp(vault.prepare("INSERT INTO event (session, at, kind, question) VALUES (?, ?, ?, ?)"));
    for (int i = 0; i < kEvents; i += perCommit) {
        vault::Transaction transaction = orGiveUp(vault::Transaction::begin(vault));
        for (int event = i; event < i + perCommit; ++event) {
            const Bytes session(16, static_cast<std::uint8_t>(event / 500));
            insert.bind(1, ByteView(session))
                .bind(2, event * 800LL)
                .bind(3, "question.asked")
                .bind(4, "hope-3-probe-b");
            orGiveUp(insert.run());
        }
        orGiveUp(transaction.commit());
    }
}

void runPragma(vault::Vault& vault, const char* pragma) {
    vault::Statement query = orGiveUp(vault.prepare(pragma));
    if (!orGiveUp(query.step())) std::exit(1);
}

void measureVault(const Path& folder, int perCommit, int rounds) {
    const auto identity = crypto::age::Identity::generate();
    const auto recipient = identity.recipient();
    const Path path = folder / ("events-" + std::to_string(perCommit));
    UnsyncedFileSystem fast;
    fill(*orGiveUp(vault::Vault::create(fast, path, sealedlog::Kind::Vault, {&recipient, 1}, kSchemas)), perCommit);
    PosixFileSystem files;
    const double open = medianOf(rounds, [&] { orGiveUp(vault::Vault::open(files, path, {&identity, 1}, kSchemas)); });
    const auto vault = orGiveUp(vault::Vault::open(files, path, {&identity, 1}, kSchemas));
    const double quick = medianOf(rounds, [&] { runPragma(*vault, "PRAGMA quick_check(1)"); });
    const double whole = medianOf(rounds, [&] { runPragma(*vault, "PRAGMA integrity_check(1)"); });
    std::printf(
        "vault, %d events, %4d per commit: open %6.0f ms (log %4.1f MB, image %4.1f MB; of it quick_check %3.0f ms;"
        " integrity_check would be %3.0f ms)\n",
        kEvents, perCommit, open, static_cast<double>(std::filesystem::file_size(path)) / 1e6,
        static_cast<double>(vault->plainImage().size()) / 1e6, quick, whole);
}

void measureKeyring(const Path& folder, int rounds) {
    PosixFileSystem files;
    const SystemClock clock;
    const keyring::KeyringOptions cheap{{8, 1}, {8, 1}};
    const ByteView passphrase = viewOf(std::string_view("not counted here"));
    static_cast<void>(orGiveUp(keyring::Keyring::create(files, folder, passphrase, clock, cheap)));
    const double unlock = medianOf(rounds, [&] {
        static_cast<void>(orGiveUp(keyring::Keyring::unlock(files, folder, passphrase, clock, cheap)));
    });
    std::printf("keyring, with the least Argon2id there is: unlock %.1f ms\n", unlock);
}

}  // namespace

int main(int argc, char** argv) {
    const Path folder = argc > 1 ? argv[1] : "bench-data";
    const int rounds = std::max(5, argc > 2 ? std::atoi(argv[2]) : 5);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::printf("Unlock less Argon2id; median of %d; target: keyring and vault together under 500 ms.\n", rounds);
    measureKeyring(folder, rounds);
    measureVault(folder, 1000, rounds);
    measureVault(folder, 1, rounds);
    std::filesystem::remove_all(folder);
    return 0;
}
