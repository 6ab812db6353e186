// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "crypto/hash.h"
#include "vault/vault.h"

namespace sotto::vault {

/// One line of the audit trail. `details` holds ids, codes and counts, never content or names.
struct AuditEntry {
    std::int64_t sequence = 0;
    Instant at;
    PersonId person;
    QString action;  ///< stable, e.g. "session.started"
    QJsonObject details;
    crypto::Sha256Digest hash{};
};

/// The audit trail of one vault: an append-only, hash-chained table. Each hash covers the previous hash and the
/// canonical bytes of the entry, so nothing can be changed, dropped or put in between unnoticed.
class AuditTrail {
public:
    explicit AuditTrail(Database& database) : m_database(&database) {}

    [[nodiscard]] static Schema schema();
    /// Appends within the transaction that is open, or in one of its own.
    [[nodiscard]] Result<> append(const Instant& at, const PersonId& person, const QString& action,
                                  const QJsonObject& details = {});
    /// Hash of the last entry; all zero for an empty trail.
    [[nodiscard]] Result<crypto::Sha256Digest> head() const;
    [[nodiscard]] Result<std::vector<AuditEntry>> entries() const;
    /// Recomputes the chain. Damaged with the sequence of the first entry that does not fit.
    [[nodiscard]] Result<> verify() const;

private:
    Database* m_database;
};

}  // namespace sotto::vault
