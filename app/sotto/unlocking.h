// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include <QJsonObject>

#include "commandline/command.h"
#include "workflow/home.h"
#include "workflow/rotation.h"

/// What the commands that unlock a home have in common. One thread.
namespace sotto::app {

/// --home, --passphrase-file and --person, and then those of the command itself.
[[nodiscard]] std::vector<Option> unlockOptions(std::vector<Option> further = {});
/// --json, for a command that can print its result for machines.
[[nodiscard]] Option jsonOption();
/// What --person says; empty without it.
[[nodiscard]] QString personOf(const Arguments& arguments);

/// An unlocked home and what it leans on. Destroying it locks.
struct Unlocked {
    PosixFileSystem files;
    SystemClock clock;
    std::unique_ptr<workflow::Home> home;
};
/// The home of --home, for the person whose passphrase it is. Errors of Home::unlock(); for a vault that is lost, with
/// what to do.
[[nodiscard]] Result<std::unique_ptr<workflow::Home>> openHome(FileSystem& files, const Clock& clock,
                                                               const Arguments& arguments);
/// The same together with what it leans on; says what a crash had left to mend.
[[nodiscard]] Result<std::unique_ptr<Unlocked>> unlockHome(const Arguments& arguments);
void sayWhatWasMended(const workflow::HomeRecovery& recovery);

/// Options for a person's new keys: Argon2id as slow as half a second allows here.
[[nodiscard]] Result<keyring::KeyringOptions> newKeyOptions();
/// "sessions: 3 of 41 logs" on stderr: the last of each compartment, and in between one every half second.
[[nodiscard]] workflow::OnProgress sayLogs();

/// What was typed makes no sense: says so and gives the exit code of a usage error.
[[nodiscard]] int refuseUsage(const Error& error);
/// Prints a result on stdout; exit code 0, or that of a failed write.
[[nodiscard]] int printJson(const QJsonObject& object);

}  // namespace sotto::app
