// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

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
    bool isRedacted = false;  ///< then only sequence and hash are known
};

/// The audit trail of one vault: an append-only, hash-chained table. Each hash covers the previous hash and the
/// canonical bytes of the entry, so nothing can be changed, dropped or put in between unnoticed. What an entry said can
/// be forgotten (redact()), and that it was shows.
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
    /// The newest whose content is known; nothing for an empty trail. Not verified.
    [[nodiscard]] Result<std::optional<AuditEntry>> last() const;
    /// Forgets the content of every entry whose details mention one of the ids, and appends "audit.redacted" with the
    /// sequences and nothing else; nothing is appended if no entry mentions one. Answers how many entries lost their
    /// content. An id is mentioned if a key or a string of the details, at any depth, holds it as a whole word. In the
    /// transaction that is open, or in one of its own. On the disk the words are gone after Vault::compact().
    [[nodiscard]] Result<std::size_t> redact(const Instant& at, const PersonId& person, std::span<const QString> ids);
    /// Recomputes the chain. Damaged with the sequence of the first entry that does not fit, or whose content is
    /// missing without an "audit.redacted" behind it that says so.
    [[nodiscard]] Result<> verify() const;

private:
    Database* m_database;
};

}  // namespace sotto::vault
