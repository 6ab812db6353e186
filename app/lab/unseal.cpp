// SPDX-License-Identifier: Apache-2.0
#include "commandline/key_files.h"
#include "commands.h"
#include "crypto/age/age.h"
#include "withdrawals.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;
using crypto::age::DecryptFault;
using crypto::age::DecryptOutcome;

/// Exit codes of this command beyond the common ones, as the age test kit classes faults.
int exitCodeFor(DecryptFault fault) {
    switch (fault) {
        case DecryptFault::None:
            return 0;
        case DecryptFault::NoMatch:
            return 10;
        case DecryptFault::Header:
            return 11;
        case DecryptFault::Hmac:
            return 12;
        case DecryptFault::Payload:
            return 13;
    }
    return static_cast<int>(ExitCode::Failed);
}

Result<DecryptOutcome> decryptTo(FileSystem& files, const Path& in, const Path& partial,
                                 std::span<const crypto::age::Identity> identities) {
    SOTTO_ASSIGN(const auto source, files.open(in, OpenMode::Read));
    SOTTO_ASSIGN(const auto target, files.open(partial, OpenMode::CreateNew));
    std::uint64_t readAt = 0;
    std::uint64_t writeAt = 0;
    SOTTO_ASSIGN(auto outcome, crypto::age::decrypt(
                                   [&](ByteSpan buffer) -> Result<std::size_t> {
                                       SOTTO_ASSIGN(const std::size_t count, source->read(readAt, buffer));
                                       readAt += count;
                                       return count;
                                   },
                                   identities,
                                   [&](ByteView bytes) -> Result<> {
                                       SOTTO_TRY(target->write(writeAt, bytes));
                                       writeAt += bytes.size();
                                       return {};
                                   }));
    SOTTO_TRY(target->sync());
    return outcome;
}

Result<std::vector<crypto::age::Identity>> identityOf(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(Bytes content, readFile(files, path, 64 * 1024));
    auto identities = crypto::age::parseIdentityFile(content);
    crypto::wipe(content);
    if (!identities) return fail(ErrorCode::ParseFailed, path.string() + " is not an age identity file");
    return identities;
}

/// OUT appears only when the whole file verified; after a payload fault OUT.partial keeps what came before it.
Result<DecryptOutcome> unseal(const Arguments& arguments) {
    PosixFileSystem files;
    const Path in = arguments.positional().at(0).toStdString();
    const Path out = arguments.positional().at(1).toStdString();
    Path partial = out;
    partial += ".partial";
    SOTTO_ASSIGN(const bool exists, files.exists(out));
    if (exists) return fail(ErrorCode::AlreadyExists, out.string() + " is there already; name another file");
    SOTTO_ASSIGN(const auto identities, identityOf(files, arguments.path(QStringLiteral("identity"))));
    SOTTO_TRY(noteCopy(files, arguments, QStringLiteral("unseal"), in, out));
    SOTTO_ASSIGN(const bool leftOver, files.exists(partial));
    if (leftOver) SOTTO_TRY(files.remove(partial));
    auto outcome = decryptTo(files, in, partial, identities);
    if (!outcome || (outcome->fault != DecryptFault::None && outcome->fault != DecryptFault::Payload)) {
        // Nothing was released in these cases; the fault is what is reported.
        static_cast<void>(files.remove(partial));
        return outcome;
    }
    if (outcome->fault == DecryptFault::None) SOTTO_TRY(files.rename(partial, out));
    SOTTO_TRY(files.syncDirectory(out.parent_path()));
    return outcome;
}

int runUnseal(const Arguments& arguments) {
    const auto outcome = unseal(arguments);
    if (!outcome) return app::report(outcome.error());
    if (outcome->fault != DecryptFault::None) static_cast<void>(app::report(outcome->error));
    return exitCodeFor(outcome->fault);
}

}  // namespace

app::Command unsealCommand() {
    return {
        QStringLiteral("unseal"),
        QStringLiteral("decrypt any age v1 file (X25519, binary)"),
        {QStringLiteral("IN"), QStringLiteral("OUT")},
        copyOptions({{QStringLiteral("identity"), QStringLiteral("FILE"), QStringLiteral("age identity file"), true}}),
        QStringLiteral(
            "Exit codes: 0 ok, 10 no key fits, 11 header, 12 header MAC, 13 payload. After 13, OUT.partial holds the\n"
            "part before the fault, which is authentic; OUT exists only after 0."),
        runUnseal};
}

}  // namespace sotto::lab
