// SPDX-License-Identifier: Apache-2.0
#include "vault/audit.h"

#include <algorithm>
#include <set>

#include <QJsonArray>
#include <QJsonDocument>

namespace sotto::vault {

namespace {

constexpr std::size_t kSaltSize = 16;

struct Row {
    std::int64_t sequence = 0;
    std::optional<QByteArray> entry;  ///< canonical bytes: what is hashed is what is stored; nothing if redacted
    Bytes hash;
};

QString redactedAction() {
    return QStringLiteral("audit.redacted");
}

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
    Row row{query.integer(0), std::nullopt, query.blob(2)};
    if (!query.isNull(1)) row.entry = byteArrayOf(query.blob(1));
    return row;
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

/// Without it, whoever knows what an entry may have said could try it out against the hash that outlives it.
QString randomSalt() {
    Bytes salt(kSaltSize);
    randomFill(salt);
    return QString::fromLatin1(byteArrayOf(salt).toHex());
}

Result<AuditEntry> parse(const Row& row) {
    if (row.hash.size() != crypto::Sha256Digest{}.size()) return broken(row.sequence);
    AuditEntry entry;
    if (!row.entry) {
        entry.sequence = row.sequence;
        entry.isRedacted = true;
        std::copy(row.hash.begin(), row.hash.end(), entry.hash.begin());
        return entry;
    }
    const QJsonObject object = QJsonDocument::fromJson(*row.entry).object();
    const auto person = PersonId::fromString(object[u"person"].toString());
    if (!person) return broken(row.sequence);
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

bool isWordCharacter(const QString& text, qsizetype index) {
    return index >= 0 && index < text.size() && text[index].isLetterOrNumber();
}

/// As a whole word: "P-1" is not mentioned by "P-12".
bool mentions(const QString& text, const QString& id) {
    for (qsizetype at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
        if (!isWordCharacter(text, at - 1) && !isWordCharacter(text, at + id.size())) return true;
    }
    return false;
}

bool mentionsAny(const QString& text, std::span<const QString> ids) {
    return std::ranges::any_of(ids, [&](const QString& id) { return !id.isEmpty() && mentions(text, id); });
}

bool mentionsAny(const QJsonValue& value, std::span<const QString> ids) {
    if (value.isString()) return mentionsAny(value.toString(), ids);
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(), [&](const auto& item) { return mentionsAny(item, ids); });
    }
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (mentionsAny(member.key(), ids) || mentionsAny(QJsonValue(member.value()), ids)) return true;
    }
    return false;
}

/// The sequences that an "audit.redacted" names; none for any other entry.
std::vector<std::int64_t> redactedBy(const AuditEntry& entry) {
    std::vector<std::int64_t> sequences;
    if (entry.action != redactedAction()) return sequences;
    const QJsonArray named = entry.details[u"sequences"].toArray();
    for (const auto& sequence : named) {
        sequences.push_back(sequence.toInteger());
    }
    return sequences;
}

Result<> forgetEntry(Database& database, std::int64_t sequence) {
    SOTTO_ASSIGN(Statement update, database.prepare("UPDATE audit SET entry = NULL WHERE sequence = ?"));
    return update.bind(1, sequence).run();
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
            {"CREATE TABLE audit (sequence INTEGER PRIMARY KEY, entry BLOB NOT NULL, hash BLOB NOT NULL) STRICT;",
             // SQLite can't take a NOT NULL away.
             "CREATE TABLE audit_2 (sequence INTEGER PRIMARY KEY, entry BLOB, hash BLOB NOT NULL) STRICT;"
             "INSERT INTO audit_2 SELECT sequence, entry, hash FROM audit;"
             "DROP TABLE audit;"
             "ALTER TABLE audit_2 RENAME TO audit;"}};
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
    QJsonObject object = toJson(entry);
    object[u"salt"] = randomSalt();
    const QByteArray bytes = canonical(object);
    const crypto::Sha256Digest hash = linkHash(previous, bytes);
    SOTTO_ASSIGN(Statement insert, m_database->prepare("INSERT INTO audit (sequence, entry, hash) VALUES (?, ?, ?)"));
    return insert.bind(1, entry.sequence).bind(2, viewOf(bytes)).bind(3, ByteView(hash)).run();
}

Result<std::size_t> AuditTrail::redact(const Instant& at, const PersonId& person, std::span<const QString> ids) {
    std::optional<Transaction> own;
    if (!m_database->inTransaction()) {
        SOTTO_ASSIGN(Transaction begun, Transaction::begin(*m_database));
        own.emplace(std::move(begun));
    }
    SOTTO_ASSIGN(const std::vector<AuditEntry> all, entries());
    QJsonArray sequences;
    for (const AuditEntry& entry : all) {
        // What was redacted must go on being said, or the chain would not verify.
        if (entry.action == redactedAction() || !mentionsAny(QJsonValue(entry.details), ids)) continue;
        SOTTO_TRY(forgetEntry(*m_database, entry.sequence));
        sequences.append(qint64(entry.sequence));
    }
    if (!sequences.isEmpty()) {
        SOTTO_TRY(append(at, person, redactedAction(), {{QStringLiteral("sequences"), sequences}}));
    }
    if (own) SOTTO_TRY(own->commit());
    return static_cast<std::size_t>(sequences.size());
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

Result<std::optional<AuditEntry>> AuditTrail::last() const {
    SOTTO_ASSIGN(Statement query, m_database->prepare("SELECT sequence, entry, hash FROM audit WHERE entry IS NOT NULL"
                                                      " ORDER BY sequence DESC LIMIT 1"));
    SOTTO_ASSIGN(const bool found, query.step());
    if (!found) return std::nullopt;
    return parse(rowOf(query));
}

Result<> AuditTrail::verify() const {
    SOTTO_ASSIGN(const std::vector<Row> rows, readRows(*m_database));
    crypto::Sha256Digest previous{};
    std::int64_t expected = 1;
    std::set<std::int64_t> unexplained;  // lines without an entry that nothing behind them has named so far
    for (const Row& row : rows) {
        SOTTO_ASSIGN(const AuditEntry entry, parse(row));
        if (row.sequence != expected) return broken(expected);
        if (entry.isRedacted) unexplained.insert(expected);
        if (!entry.isRedacted && linkHash(previous, *row.entry) != entry.hash) return broken(expected);
        for (const std::int64_t named : redactedBy(entry)) {
            unexplained.erase(named);
        }
        previous = entry.hash;
        ++expected;
    }
    return unexplained.empty() ? Result<>() : broken(*unexplained.begin());
}

}  // namespace sotto::vault
