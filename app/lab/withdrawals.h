// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "commandline/command.h"
#include "sync/lab_withdrawals.h"

namespace sotto::lab {

/// Says what became of each order; of those that were carried out before only if `all`, or if copies are left to be
/// deleted by hand. True if one was refused.
bool sayWithdrawals(const std::vector<sync::HonouredOrder>& orders, bool all);

/// Notes a copy that is about to be made of `file` at `where` in the list of its desk: that of --desk, or the one that
/// the file lies in. `open` says so if there is none. After an error the copy must not be made.
[[nodiscard]] Result<> noteCopy(FileSystem& files, const app::Arguments& arguments, const QString& how,
                                const Path& file, const Path& where);

/// The same for the session that a rescued log turned out to be; after it, because only then it is known.
[[nodiscard]] Result<> noteRescue(FileSystem& files, const app::Arguments& arguments, const SessionId& session,
                                  const Path& where);

/// The options of every command that makes a copy.
[[nodiscard]] std::vector<app::Option> copyOptions(std::vector<app::Option> others);

}  // namespace sotto::lab
