// SPDX-License-Identifier: Apache-2.0
// What an unlock costs besides Argon2id: opening the keyring and a vault with 100,000 events, where each event was a
// commit of its own (the most records) and where a thousand were one commit.
// bench_unlock [FOLDER [ROUNDS]]
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "keyring/keyring.h"
#include "measuring.h"
#include "metered_files.h"
#include "vault/vault.h"

using namespace sotto;
using namespace sotto::bench;

namespace {

constexpr int kEvents = 100'000;

const std::vector<vault::Schema> kSchemas{
    {"events",
     {"CREATE TABLE event (id INTEGER PRIMARY KEY, session BLOB, at INTEGER, kind TEXT, question TEXT) STRICT;"
      "CREATE INDEX event_session ON event (session, at);"}}};

void fill(vault::Vault& vault, int perCommit) {
    vault::Statement insert =
        need(vault.prepare("INSERT INTO event (session, at, kind, question) VALUES (?, ?, ?, ?)"));
    for (int i = 0; i < kEvents; i += perCommit) {
        vault::Transaction transaction = need(vault::Transaction::begin(vault));
        for (int event = i; event < i + perCommit; ++event) {
            const Bytes session(16, static_cast<std::uint8_t>(event / 500));
            insert.bind(1, ByteView(session))
                .bind(2, event * 800LL)
                .bind(3, "question.asked")
                .bind(4, "hope-3-probe-b");
            need(insert.run());
        }
        need(transaction.commit());
    }
}

void runPragma(vault::Vault& vault, const char* pragma) {
    vault::Statement query = need(vault.prepare(pragma));
    if (!need(query.step())) std::exit(1);
}

void measureVault(const Path& folder, int perCommit, int rounds) {
    const auto identity = crypto::age::Identity::generate();
    const auto recipient = identity.recipient();
    const Path path = folder / ("events-" + std::to_string(perCommit));
    MeteredFileSystem fast(Syncs::Skipped);
    fill(*need(vault::Vault::create(fast, path, sealedlog::Kind::Vault, {&recipient, 1}, kSchemas)), perCommit);
    PosixFileSystem files;
    const double open = medianOf(rounds, [&] { need(vault::Vault::open(files, path, {&identity, 1}, kSchemas)); });
    const auto vault = need(vault::Vault::open(files, path, {&identity, 1}, kSchemas));
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
    static_cast<void>(need(keyring::Keyring::create(files, folder, passphrase, clock, cheap)));
    const double unlock = medianOf(
        rounds, [&] { static_cast<void>(need(keyring::Keyring::unlock(files, folder, passphrase, clock, cheap))); });
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
