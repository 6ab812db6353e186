// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "sync/store.h"
#include "workflow/home.h"

namespace sotto::workflow {

/// Named settings of a home in its outbox vault, where whoever delivers can read them. One thread.
class Settings {
public:
    explicit Settings(vault::Database& outbox) : m_outbox(&outbox) {}
    [[nodiscard]] static vault::Schema schema();
    [[nodiscard]] Result<std::optional<QString>> value(const QString& name) const;
    /// Durable on return; an empty value takes it away. InvalidArgument for an empty name.
    [[nodiscard]] Result<> setValue(const QString& name, const QString& value);

private:
    vault::Database* m_outbox;
};

/// The folder that packages are delivered to; nothing if none was chosen. Both need the outbox (NotAllowed).
[[nodiscard]] Result<std::optional<Path>> storeFolder(Home& home);
/// Kept as it is, be it there or not (a stick may be away); an empty path forgets it. InvalidArgument for a relative
/// path, or one within the home. Leaves an audit entry without the path.
[[nodiscard]] Result<> setStoreFolder(Home& home, const Path& folder);
/// The store that was chosen, ready for deliver(). NotFound, with a sentence, if none was chosen or it is not there.
[[nodiscard]] Result<std::unique_ptr<sync::Store>> openStore(Home& home);

}  // namespace sotto::workflow
