// SPDX-License-Identifier: Apache-2.0
#include "unlocking.h"

#include <chrono>

#include <QJsonDocument>

#include "commandline/key_files.h"
#include "crypto/kdf.h"

namespace sotto::app {

namespace {

constexpr int kUnlockMs = 500;
constexpr std::chrono::milliseconds kBetweenLines{500};

}  // namespace

std::vector<Option> unlockOptions(std::vector<Option> further) {
    std::vector<Option> options{
        {QStringLiteral("home"), QStringLiteral("DIR"), QStringLiteral("the home"), true},
        {QStringLiteral("passphrase-file"), QStringLiteral("FILE"), QStringLiteral("file with the passphrase"), true},
        {QStringLiteral("person"), QStringLiteral("NAME"), QStringLiteral("whose passphrase it is"), false}};
    for (Option& option : further)
        options.push_back(std::move(option));
    return options;
}

Option jsonOption() {
    return {QStringLiteral("json"), QString(), QStringLiteral("print JSON"), false};
}

QString personOf(const Arguments& arguments) {
    return arguments.value(QStringLiteral("person")).value_or(QString());
}

Result<std::unique_ptr<workflow::Home>> openHome(FileSystem& files, const Clock& clock, const Arguments& arguments) {
    const Path path = arguments.path(QStringLiteral("home"));
    SOTTO_ASSIGN(const auto passphrase, readPassphrase(files, arguments.path(QStringLiteral("passphrase-file"))));
    SOTTO_ASSIGN(const bool exists, keyring::Keyring::exists(files, path));
    auto home = workflow::Home::unlock(files, path, passphrase.view(), clock, {}, personOf(arguments));
    if (home || !exists || home.error().code != ErrorCode::NotFound) return home;
    return fail(ErrorCode::NotFound, home.error().context + "; if it is lost, `sotto rebuild` makes it again");
}

Result<std::unique_ptr<Unlocked>> unlockHome(const Arguments& arguments) {
    auto unlocked = std::make_unique<Unlocked>();
    SOTTO_ASSIGN(unlocked->home, openHome(unlocked->files, unlocked->clock, arguments));
    sayWhatWasMended(unlocked->home->recovery());
    return unlocked;
}

void sayWhatWasMended(const workflow::HomeRecovery& recovery) {
    if (recovery.sessionsInterrupted > 0) {
        say(QStringLiteral("%1 interview(s) had been broken off; what was recorded is there.")
                .arg(recovery.sessionsInterrupted));
    }
    if (recovery.adoptedOtherwise > 0) {
        say(QStringLiteral("%1 interview(s) that were not listed are again, with another pseudonym or number.")
                .arg(recovery.adoptedOtherwise));
    }
    if (recovery.sessionsLeftOut > 0) {
        say(QStringLiteral("%1 interview(s) could not be listed; `sotto inspect` shows them, nothing of them is lost.")
                .arg(recovery.sessionsLeftOut));
    }
    if (recovery.quarantinedBytes > 0) {
        say(QStringLiteral("%1 bytes of an unfinished write were set aside.").arg(recovery.quarantinedBytes));
    }
    if (recovery.rebuilt) say(QStringLiteral("A rebuild that had been broken off is finished now."));
    if (recovery.erasuresFinished > 0) {
        say(QStringLiteral("%1 erasure(s) that had been broken off are finished now.").arg(recovery.erasuresFinished));
    }
    if (recovery.rotationsFinished > 0) {
        say(QStringLiteral("%1 change(s) of keys that had been broken off are finished now.")
                .arg(recovery.rotationsFinished));
    }
    if (recovery.unfinished) {
        say(QStringLiteral(
                "An erasure, a change of keys or a rebuild is not finished yet (%1); the next unlock tries again.")
                .arg(QString::fromStdString(recovery.unfinished->context)));
    }
}

Result<keyring::KeyringOptions> newKeyOptions() {
    keyring::KeyringOptions options;
    SOTTO_ASSIGN(options.cost, crypto::calibrateArgon2(options.cost, kUnlockMs));
    return options;
}

workflow::OnProgress sayLogs() {
    using SteadyClock = std::chrono::steady_clock;
    return [last = SteadyClock::now()](workflow::Compartment compartment, std::size_t done, std::size_t total) mutable {
        const auto now = SteadyClock::now();
        if (done < total && now - last < kBetweenLines) return;
        last = now;
        say(QStringLiteral("%1: %2 of %3 logs").arg(workflow::compartmentName(compartment)).arg(done).arg(total));
    };
}

int refuseUsage(const Error& error) {
    static_cast<void>(report(error));  // its exit code is that of a failure
    return static_cast<int>(ExitCode::Usage);
}

int printJson(const QJsonObject& object) {
    if (print(QJsonDocument(object).toJson())) return static_cast<int>(ExitCode::Ok);
    return report({ErrorCode::IoFailed, "the output could not be written"});
}

}  // namespace sotto::app
