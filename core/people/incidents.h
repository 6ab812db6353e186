// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QDate>
#include <QString>

#include "base/result.h"
#include "vault/vault.h"

namespace sotto::people {

/// What a team writes down when personal information was lost, seen or used by somebody who should not have (the
/// register that Québec's Law 25 asks for, among others). It may name people.
struct Incident {
    std::int64_t number = 0;         ///< 1, 2 ...; given by add()
    std::int64_t recordedUtcMs = 0;  ///< when it was written down here
    QDate found;                     ///< the day somebody noticed
    QString happened;                ///< what happened, and when as far as is known
    QString data;                    ///< what information, of how many people
    QString told;                    ///< who was told, and when; may be empty
    QString done;                    ///< what was done so that it harms less and does not happen again; may be empty
};

/// The incidents of a home, in the identities vault. A log: entries are added, never changed; what is learned later is
/// an entry of its own. One thread.
class Incidents {
public:
    explicit Incidents(vault::Database& identities) : m_identities(&identities) {}
    [[nodiscard]] static vault::Schema schema();

    /// Durable on return; gives its number. InvalidArgument without a valid day that is not after the day of recording,
    /// without what happened or which data, or for a text of more than 10,000 characters.
    [[nodiscard]] Result<std::int64_t> add(const Incident& incident);
    /// Oldest first. Damaged for a row that was never written by add().
    [[nodiscard]] Result<std::vector<Incident>> all() const;

private:
    vault::Database* m_identities;
};

}  // namespace sotto::people
