// SPDX-License-Identifier: Apache-2.0
#include "consent/code.h"
#include "consent/consent.h"
#include "consent/state.h"
#include "consent/strict_json.h"

namespace sotto::consent {

namespace {

constexpr std::string_view kSessionsTables = R"(
CREATE TABLE consent_state (
    sequence    INTEGER PRIMARY KEY,
    evidence    TEXT NOT NULL UNIQUE,
    participant TEXT NOT NULL,
    state       TEXT NOT NULL
);
CREATE INDEX consent_state_of ON consent_state (participant, sequence);
)";

// The sequence gives the order of acts of consent to both vaults; AUTOINCREMENT: a number is never given twice.
constexpr std::string_view kIdentitiesTables = R"(
CREATE TABLE consent_evidence (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    participant TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    state       TEXT NOT NULL,
    confirmed   INTEGER NOT NULL DEFAULT 0
);
)";

// A hash of the code on the copy, and whether the participant has their copy (copies.h).
constexpr std::string_view kSessionsTables2 = R"(
CREATE TABLE consent_code (
    hash        TEXT PRIMARY KEY,
    participant TEXT NOT NULL
);
CREATE INDEX consent_code_of ON consent_code (participant);
CREATE TABLE consent_copy (
    evidence    TEXT PRIMARY KEY,
    participant TEXT NOT NULL,
    state       TEXT NOT NULL,
    utc_ms      INTEGER NOT NULL
);
CREATE INDEX consent_copy_of ON consent_copy (participant);
)";

// What an evidence rests on besides strokes: the picture of a paper, recorded words.
constexpr std::string_view kIdentitiesTables2 = R"(
CREATE TABLE consent_attachment (
    evidence    TEXT PRIMARY KEY,
    participant TEXT NOT NULL,
    type        TEXT NOT NULL,
    bytes       BLOB NOT NULL
);
CREATE INDEX consent_attachment_of ON consent_attachment (participant);
)";

/// One act of consent on its way from the identities to the sessions vault.
struct Pending {
    std::int64_t sequence = 0;
    ConsentState state;
    QString code;  ///< empty in evidence of format 1
};

QString jsonText(const QJsonObject& object) {
    return QString::fromUtf8(compactJson(object));
}

Result<ConsentState> parseState(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    SOTTO_ASSIGN(const QJsonObject json, parseJsonObject(viewOf(bytes), "consent state"));
    return stateFromJson(json);
}

Result<Evidence> parseEvidence(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    SOTTO_ASSIGN(const QJsonObject json, parseJsonObject(viewOf(bytes), "consent evidence"));
    return Evidence::fromJson(json);
}

/// One's own transaction, or none within the caller's.
Result<std::optional<vault::Transaction>> transactionOf(vault::Database& database) {
    if (database.inTransaction()) return std::nullopt;
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(database));
    return std::optional(std::move(transaction));
}

Result<> putState(vault::Database& sessions, const Pending& pending) {
    SOTTO_ASSIGN(auto insert, sessions.prepare("INSERT INTO consent_state (sequence, evidence, participant, state) "
                                               "VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, pending.sequence).bind(2, pending.state.evidence.toString());
    insert.bind(3, pending.state.participant.toString()).bind(4, jsonText(stateToJson(pending.state)));
    SOTTO_TRY(insert.run());
    if (pending.code.isEmpty()) return {};
    SOTTO_ASSIGN(auto code, sessions.prepare("INSERT OR IGNORE INTO consent_code (hash, participant) VALUES (?1, ?2)"));
    return code.bind(1, codeHash(pending.code)).bind(2, pending.state.participant.toString()).run();
}

/// All of them in force at once.
Result<> putStates(vault::Database& sessions, const std::vector<Pending>& acts) {
    SOTTO_ASSIGN(auto transaction, transactionOf(sessions));
    for (const Pending& act : acts)
        SOTTO_TRY(putState(sessions, act));
    return transaction ? transaction->commit() : Result<>();
}

/// Evidence and what it rests on.
Result<> putEvidence(vault::Database& identities, const Evidence& evidence, const std::optional<Attachment>& attachment,
                     Pending& pending) {
    const QString participant = evidence.participant.toString();
    SOTTO_ASSIGN(auto insert, identities.prepare("INSERT INTO consent_evidence (id, participant, evidence, state) "
                                                 "VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, evidence.id.toString()).bind(2, participant);
    insert.bind(3, jsonText(evidence.toJson())).bind(4, jsonText(stateToJson(pending.state)));
    SOTTO_TRY(insert.run());
    pending.sequence = identities.lastInsertId();
    pending.code = evidence.code;
    if (!attachment) return {};
    SOTTO_ASSIGN(auto put, identities.prepare("INSERT INTO consent_attachment (evidence, participant, type, bytes) "
                                              "VALUES (?1, ?2, ?3, ?4)"));
    put.bind(1, evidence.id.toString()).bind(2, participant).bind(3, attachment->type);
    return put.bind(4, ByteView(attachment->bytes)).run();
}

Result<> eraseFrom(vault::Database& database, std::initializer_list<std::string_view> statements, const QString& id) {
    SOTTO_ASSIGN(auto transaction, transactionOf(database));
    for (const std::string_view sql : statements) {
        SOTTO_ASSIGN(auto erase, database.prepare(sql));
        SOTTO_TRY(erase.bind(1, id).run());
    }
    return transaction ? transaction->commit() : Result<>();
}

Result<> checkBelongs(const Signed& given, const std::optional<Attachment>& attachment) {
    const auto& [evidence, form] = given;
    if (evidence.formHash != form.hash) {
        return fail(ErrorCode::InvalidArgument, "the evidence is of another consent form");
    }
    const bool fits = attachment ? evidence.attachmentHash == crypto::sha256(attachment->bytes) &&
                                       evidence.attachmentType == attachment->type
                                 : !evidence.attachmentHash;
    if (!fits) return fail(ErrorCode::InvalidArgument, "the evidence does not rest on this attachment");
    return {};
}

Result<> confirm(vault::Database& identities, std::int64_t sequence) {
    SOTTO_ASSIGN(auto update, identities.prepare("UPDATE consent_evidence SET confirmed = 1 WHERE sequence = ?1"));
    return update.bind(1, sequence).run();
}

Result<bool> hasState(vault::Database& sessions, const EvidenceId& evidence) {
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT 1 FROM consent_state WHERE evidence = ?1"));
    select.bind(1, evidence.toString());
    return select.step();
}

/// All acts of consent, or those alone that never got their confirmation.
Result<std::vector<Pending>> actsOf(vault::Database& identities, bool unconfirmedAlone) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT sequence, state, evidence FROM consent_evidence "
                                                 "WHERE confirmed = 0 OR ?1 = 0 ORDER BY sequence"));
    select.bind(1, std::int64_t{unconfirmedAlone});
    std::vector<Pending> pending;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return pending;
        SOTTO_ASSIGN(auto state, parseState(select.text(1)));
        SOTTO_ASSIGN(const auto evidence, parseEvidence(select.text(2)));
        pending.push_back({select.integer(0), std::move(state), evidence.code});
    }
}

}  // namespace

vault::Schema Consents::sessionsSchema() {
    return {"consent", {std::string(kSessionsTables), std::string(kSessionsTables2)}};
}

vault::Schema Consents::identitiesSchema() {
    return {"consent", {std::string(kIdentitiesTables), std::string(kIdentitiesTables2)}};
}

Result<> Consents::add(const Evidence& evidence, const study::ConsentForm& form,
                       const std::optional<Attachment>& attachment) {
    SOTTO_TRY(checkBelongs({evidence, form}, attachment));
    if (evidence.with) return fail(ErrorCode::InvalidArgument, "this evidence counts with another one only");
    Pending pending{0, stateOf(evidence, form), {}};
    SOTTO_ASSIGN(auto transaction, transactionOf(*m_identities));
    SOTTO_TRY(putEvidence(*m_identities, evidence, attachment, pending));
    if (transaction) SOTTO_TRY(transaction->commit());
    SOTTO_TRY(putStates(*m_sessions, {pending}));
    // In force now, in both vaults: a mark that fails is made up for by reconcileEvidence() and is no failed consent.
    static_cast<void>(confirm(*m_identities, pending.sequence));
    return {};
}

Result<> Consents::addBound(const Signed& first, const std::optional<Attachment>& firstAttachment, const Signed& second,
                            const std::optional<Attachment>& secondAttachment) {
    SOTTO_TRY(checkBelongs(first, firstAttachment));
    SOTTO_TRY(checkBelongs(second, secondAttachment));
    if (first.evidence.with != second.evidence.id || second.evidence.with != first.evidence.id) {
        return fail(ErrorCode::InvalidArgument, "these two evidences are not bound to each other");
    }
    std::vector<Pending> acts{{0, stateOf(first, second), {}}, {0, stateOf(second, first), {}}};
    SOTTO_ASSIGN(auto transaction, transactionOf(*m_identities));
    SOTTO_TRY(putEvidence(*m_identities, first.evidence, firstAttachment, acts[0]));
    SOTTO_TRY(putEvidence(*m_identities, second.evidence, secondAttachment, acts[1]));
    if (transaction) SOTTO_TRY(transaction->commit());
    SOTTO_TRY(putStates(*m_sessions, acts));
    for (const Pending& act : acts)
        static_cast<void>(confirm(*m_identities, act.sequence));  // as in add()
    return {};
}

Result<std::optional<ConsentState>> Consents::inForce(const ParticipantId& participant) const {
    return consentInForce(*m_sessions, participant);
}

Result<Evidence> Consents::evidence(const EvidenceId& id) const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT evidence FROM consent_evidence WHERE id = ?1"));
    select.bind(1, id.toString());
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return fail(ErrorCode::NotFound, "no consent evidence of that id");
    return parseEvidence(select.text(0));
}

Result<std::optional<Attachment>> Consents::attachmentOf(const Evidence& evidence) const {
    if (!evidence.attachmentHash) return std::nullopt;
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT type, bytes FROM consent_attachment WHERE evidence = ?1"));
    select.bind(1, evidence.id.toString());
    SOTTO_ASSIGN(const bool found, select.step());
    Attachment attachment;
    if (found) attachment = {select.text(0), select.blob(1)};
    if (crypto::sha256(attachment.bytes) != *evidence.attachmentHash) {
        return fail(ErrorCode::Damaged, "what a consent rests on is not what was signed");
    }
    return attachment;
}

Result<std::optional<ConsentState>> consentInForce(vault::Database& sessions, const ParticipantId& participant) {
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT state FROM consent_state WHERE participant = ?1 "
                                               "ORDER BY sequence DESC LIMIT 1"));
    select.bind(1, participant.toString());
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return std::nullopt;
    SOTTO_ASSIGN(auto state, parseState(select.text(0)));
    return state;
}

Result<ConsentState> stateOfEvidence(vault::Database& sessions, const EvidenceId& evidence) {
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT state FROM consent_state WHERE evidence = ?1"));
    select.bind(1, evidence.toString());
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return fail(ErrorCode::NotFound, "no consent state of that evidence");
    return parseState(select.text(0));
}

Result<> eraseConsents(vault::Database* sessions, vault::Database* identities, const ParticipantId& participant) {
    if (!sessions && !identities) return fail(ErrorCode::InvalidArgument, "no vault to erase consents from");
    const QString id = participant.toString();
    if (identities) {
        SOTTO_TRY(eraseFrom(*identities,
                            {"DELETE FROM consent_attachment WHERE participant = ?1",
                             "DELETE FROM consent_evidence WHERE participant = ?1"},
                            id));
    }
    if (!sessions) return {};
    return eraseFrom(
        *sessions,
        {"DELETE FROM consent_code WHERE participant = ?1", "DELETE FROM consent_copy WHERE participant = ?1",
         "DELETE FROM consent_state WHERE participant = ?1"},
        id);
}

namespace {

/// How many acts had no effect yet and have it now.
Result<int> bringIntoEffect(vault::Database& sessions, vault::Database& identities, const std::vector<Pending>& acts) {
    int completed = 0;
    for (const Pending& act : acts) {
        SOTTO_ASSIGN(const bool isKnown, hasState(sessions, act.state.evidence));
        if (!isKnown) {
            SOTTO_TRY(putState(sessions, act));
            ++completed;
        }
        SOTTO_TRY(confirm(identities, act.sequence));
    }
    return completed;
}

}  // namespace

Result<int> reconcileEvidence(vault::Database& sessions, vault::Database& identities) {
    SOTTO_ASSIGN(const auto unconfirmed, actsOf(identities, true));
    return bringIntoEffect(sessions, identities, unconfirmed);
}

Result<int> restoreStates(vault::Database& sessions, vault::Database& identities) {
    SOTTO_ASSIGN(const auto all, actsOf(identities, false));
    return bringIntoEffect(sessions, identities, all);
}

Result<std::vector<Evidence>> allEvidence(vault::Database& identities) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT evidence FROM consent_evidence ORDER BY sequence"));
    std::vector<Evidence> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        SOTTO_ASSIGN(auto evidence, parseEvidence(select.text(0)));
        all.push_back(std::move(evidence));
    }
}

}  // namespace sotto::consent
