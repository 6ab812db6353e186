// SPDX-License-Identifier: Apache-2.0
#include "vault/audit.h"

#include <algorithm>

#include <QJsonDocument>

namespace sotto::vault {

namespace {

struct Row {
    std::int64_t sequence = 0;
    QByteArray entry;  ///< canonical bytes: what is hashed is what is stored
    Bytes hash;
};

/// QJsonObject keeps its keys sorted, so the compact form of equal objects is equal.
QByteArray canonical(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

crypto::Sha256Digest linkHash(const crypto::Sha256Digest& previous, const QByteArray& entry) {
    crypto::Sha256 hash;
    hash.update(previous);
    hash.update(viewOf(entry));
    return hash.finish();
}

Row rowOf(const Statement& query) {
    const Bytes entry = query.blob(1);
    return {query.integer(0), byteArrayOf(entry), query.blob(2)};
}

Failure broken(std::int64_t sequence) {
    return fail(ErrorCode::Damaged, "the audit trail does not fit from entry " + std::to_string(sequence) + " on");
}

QJsonObject toJson(const AuditEntry& entry) {
    return {{QStringLiteral("sequence"), qint64(entry.sequence)},
            {QStringLiteral("utc_ms"), qint64(entry.at.utcMs)},
            {QStringLiteral("boot_ms"), qint64(entry.at.bootMs)},
            {QStringLiteral("boot_id"), entry.at.bootId},
            {QStringLiteral("zone_minutes"), entry.at.zoneOffsetMinutes},
            {QStringLiteral("person"), entry.person.toString()},
            {QStringLiteral("action"), entry.action},
            {QStringLiteral("details"), entry.details}};
}

Result<AuditEntry> parse(const Row& row) {
    const QJsonObject object = QJsonDocument::fromJson(row.entry).object();
    const auto person = PersonId::fromString(object[u"person"].toString());
    if (!person || row.hash.size() != crypto::Sha256Digest{}.size()) return broken(row.sequence);
    AuditEntry entry;
    entry.sequence = object[u"sequence"].toInteger();
    entry.at.utcMs = object[u"utc_ms"].toInteger();
    entry.at.bootMs = object[u"boot_ms"].toInteger();
    entry.at.bootId = object[u"boot_id"].toString();
    entry.at.zoneOffsetMinutes = object[u"zone_minutes"].toInt();
    entry.person = *person;
    entry.action = object[u"action"].toString();
    entry.details = object[u"details"].toObject();
    std::copy(row.hash.begin(), row.hash.end(), entry.hash.begin());
    if (entry.sequence != row.sequence) return broken(row.sequence);
    return entry;
}

Result<std::vector<Row>> readRows(Database& database) {
    std::vector<Row> rows;
    SOTTO_ASSIGN(Statement query, database.prepare("SELECT sequence, entry, hash FROM audit ORDER BY sequence"));
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) return rows;
        rows.push_back(rowOf(query));
    }
}

Result<std::optional<Row>> lastRow(Database& database) {
    SOTTO_ASSIGN(Statement query,
                 database.prepare("SELECT sequence, entry, hash FROM audit ORDER BY sequence DESC LIMIT 1"));
    SOTTO_ASSIGN(const bool hasRow, query.step());
    if (!hasRow) return std::optional<Row>();
    return std::optional<Row>(rowOf(query));
}

Result<crypto::Sha256Digest> digestOf(const std::optional<Row>& row) {
    crypto::Sha256Digest digest{};
    if (!row) return digest;
    if (row->hash.size() != digest.size()) return broken(row->sequence);
    std::copy(row->hash.begin(), row->hash.end(), digest.begin());
    return digest;
}

}  // namespace

Schema AuditTrail::schema() {
    return {"audit",
            {"CREATE TABLE audit (sequence INTEGER PRIMARY KEY, entry BLOB NOT NULL, hash BLOB NOT NULL) STRICT;"}};
}

Result<> AuditTrail::append(const Instant& at, const PersonId& person, const QString& action,
                            const QJsonObject& details) {
    // Reading the last row and inserting can't be torn apart: one connection, one thread, and the insert is one
    // statement, in the caller's transaction or in its own.
    SOTTO_ASSIGN(const std::optional<Row> last, lastRow(*m_database));
    SOTTO_ASSIGN(const crypto::Sha256Digest previous, digestOf(last));
    AuditEntry entry;
    entry.sequence = last ? last->sequence + 1 : 1;
    entry.at = at;
    entry.person = person;
    entry.action = action;
    entry.details = details;
    const QByteArray bytes = canonical(toJson(entry));
    const crypto::Sha256Digest hash = linkHash(previous, bytes);
    SOTTO_ASSIGN(Statement insert, m_database->prepare("INSERT INTO audit (sequence, entry, hash) VALUES (?, ?, ?)"));
    return insert.bind(1, entry.sequence).bind(2, viewOf(bytes)).bind(3, ByteView(hash)).run();
}

Result<crypto::Sha256Digest> AuditTrail::head() const {
    SOTTO_ASSIGN(const std::optional<Row> last, lastRow(*m_database));
    return digestOf(last);
}

Result<std::vector<AuditEntry>> AuditTrail::entries() const {
    SOTTO_ASSIGN(const std::vector<Row> rows, readRows(*m_database));
    std::vector<AuditEntry> entries;
    entries.reserve(rows.size());
    for (const Row& row : rows) {
        SOTTO_ASSIGN(AuditEntry entry, parse(row));
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<> AuditTrail::verify() const {
    SOTTO_ASSIGN(const std::vector<Row> rows, readRows(*m_database));
    crypto::Sha256Digest previous{};
    std::int64_t expected = 1;
    for (const Row& row : rows) {
        SOTTO_ASSIGN(const AuditEntry entry, parse(row));
        if (row.sequence != expected || linkHash(previous, row.entry) != entry.hash) return broken(expected);
        previous = entry.hash;
        ++expected;
    }
    return {};
}

}  // namespace sotto::vault
