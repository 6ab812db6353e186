// SPDX-License-Identifier: Apache-2.0
// Encrypting and decrypting one large file, file to file, against the stock `age`, in turns. Prints a table; the target
// is at least 0.8 of its throughput. Usage: bench_age FOLDER [MiB]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <QProcess>

#include "base/file.h"
#include "base/ids.h"
#include "crypto/age/age.h"
#include "crypto/process.h"

namespace {

using namespace sotto;

constexpr int kRounds = 5;
constexpr double kTarget = 0.8;

[[noreturn]] void giveUp(const std::string& what) {
    std::fprintf(stderr, "bench_age: %s\n", what.c_str());
    std::exit(1);
}

template <typename T>
T need(Result<T> result) {
    if (!result) giveUp(result.error().context);
    return *std::move(result);
}

void need(const Result<>& result) {
    if (!result) giveUp(result.error().context);
}

template <typename Work>
double secondsFor(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// One pass over two files with our code, as the programs do it.
class Streams {
public:
    Streams(FileSystem& files, const Path& in, const Path& out)
        : m_in(need(files.open(in, OpenMode::Read))), m_out(need(files.open(out, OpenMode::CreateNew))) {}
    Result<std::size_t> read(ByteSpan buffer) {
        SOTTO_ASSIGN(const std::size_t count, m_in->read(m_readAt, buffer));
        m_readAt += count;
        return count;
    }
    Result<> write(ByteView bytes) {
        SOTTO_TRY(m_out->write(m_writeAt, bytes));
        m_writeAt += bytes.size();
        return {};
    }

private:
    std::unique_ptr<File> m_in;
    std::unique_ptr<File> m_out;
    std::uint64_t m_readAt = 0;
    std::uint64_t m_writeAt = 0;
};

void encrypt(FileSystem& files, const crypto::age::Recipient& recipient, const Path& in, const Path& out) {
    Streams streams(files, in, out);
    auto encryptor = need(
        crypto::age::Encryptor::start(std::span(&recipient, 1), [&](ByteView bytes) { return streams.write(bytes); }));
    Bytes buffer(1U << 20);
    while (const std::size_t count = need(streams.read(buffer)))
        need(encryptor.write(ByteView(buffer).first(count)));
    need(encryptor.finish());
}

void decrypt(FileSystem& files, const crypto::age::Identity& identity, const Path& in, const Path& out) {
    Streams streams(files, in, out);
    const auto outcome =
        need(crypto::age::decrypt([&](ByteSpan buffer) { return streams.read(buffer); }, std::span(&identity, 1),
                                  [&](ByteView bytes) { return streams.write(bytes); }));
    if (outcome.fault != crypto::age::DecryptFault::None) giveUp("our own file does not decrypt");
}

void runAge(const QStringList& arguments) {
    if (QProcess::execute(QStringLiteral("age"), arguments) != 0) giveUp("age is missing or failed");
}

void makeFile(FileSystem& files, const Path& path, std::uint64_t mebibytes) {
    const auto file = need(files.open(path, OpenMode::CreateNew));
    Bytes block(1U << 20);
    randomFill(block);
    for (std::uint64_t i = 0; i < mebibytes; ++i)
        need(file->write(i << 20, block));
    need(file->sync());
}

void row(const char* what, double mebibytes, const std::vector<double>& ours, const std::vector<double>& theirs) {
    const double ratio = median(theirs) / median(ours);
    std::printf("  %-10s sotto %7.0f MiB/s   age %7.0f MiB/s   ratio %.2f   (target at least %.2f) %s\n", what,
                mebibytes / median(ours), mebibytes / median(theirs), ratio, kTarget,
                ratio >= kTarget ? "met" : "MISSED");
}

}  // namespace

int main(int argc, char** argv) {
    need(crypto::hardenProcess());
    if (argc < 2) giveUp("usage: bench_age FOLDER [MiB]");
    PosixFileSystem files;
    const Path folder = argv[1];
    const std::uint64_t mebibytes = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1024;
    const auto identity = crypto::age::Identity::generate();
    const auto recipient = identity.recipient();
    const Path clear = folder / "clear";
    const Path sealed = folder / "sealed.age";
    const Path result = folder / "result";
    need(replaceFile(files, folder / "key", identity.toText().view()));
    makeFile(files, clear, mebibytes);
    encrypt(files, recipient, clear, sealed);
    const auto text = [](const Path& path) { return QString::fromStdString(path.string()); };
    const QString to = QString::fromStdString(recipient.toString());
    std::vector<double> times[4];
    const auto timed = [&](int index, const auto& work) {
        times[index].push_back(secondsFor(work));
        need(files.remove(result));
    };
    for (int round = 0; round < kRounds; ++round) {
        timed(0, [&] { encrypt(files, recipient, clear, result); });
        timed(1, [&] { runAge({QStringLiteral("-r"), to, QStringLiteral("-o"), text(result), text(clear)}); });
        timed(2, [&] { decrypt(files, identity, sealed, result); });
        timed(3, [&] {
            runAge({QStringLiteral("-d"), QStringLiteral("-i"), text(folder / "key"), QStringLiteral("-o"),
                    text(result), text(sealed)});
        });
    }
    std::printf("age, %llu MiB file to file, median of %d, in turns\n", static_cast<unsigned long long>(mebibytes),
                kRounds);
    row("encrypt", static_cast<double>(mebibytes), times[0], times[1]);
    row("decrypt", static_cast<double>(mebibytes), times[2], times[3]);
    return 0;
}
