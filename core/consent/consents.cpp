// SPDX-License-Identifier: Apache-2.0
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

/// One act of consent on its way from the identities to the sessions vault.
struct Pending {
    std::int64_t sequence = 0;
    ConsentState state;
};

QString jsonText(const QJsonObject& object) {
    return QString::fromUtf8(compactJson(object));
}

Result<ConsentState> parseState(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    SOTTO_ASSIGN(const QJsonObject json, parseJsonObject(viewOf(bytes), "consent state"));
    return stateFromJson(json);
}

Result<> putState(vault::Database& sessions, const Pending& pending) {
    SOTTO_ASSIGN(auto insert, sessions.prepare("INSERT INTO consent_state (sequence, evidence, participant, state) "
                                               "VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, pending.sequence).bind(2, pending.state.evidence.toString());
    insert.bind(3, pending.state.participant.toString()).bind(4, jsonText(stateToJson(pending.state)));
    return insert.run();
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
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT sequence, state FROM consent_evidence "
                                                 "WHERE confirmed = 0 OR ?1 = 0 ORDER BY sequence"));
    select.bind(1, std::int64_t{unconfirmedAlone});
    std::vector<Pending> pending;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return pending;
        SOTTO_ASSIGN(auto state, parseState(select.text(1)));
        pending.push_back({select.integer(0), std::move(state)});
    }
}

}  // namespace

vault::Schema Consents::sessionsSchema() {
    return {"consent", {std::string(kSessionsTables)}};
}

vault::Schema Consents::identitiesSchema() {
    return {"consent", {std::string(kIdentitiesTables)}};
}

Result<> Consents::add(const Evidence& evidence, const study::ConsentForm& form) {
    if (evidence.formHash != form.hash) {
        return fail(ErrorCode::InvalidArgument, "the evidence is of another consent form");
    }
    Pending pending{0, stateOf(evidence, form)};
    SOTTO_ASSIGN(auto insert, m_identities->prepare("INSERT INTO consent_evidence (id, participant, evidence, state) "
                                                    "VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, evidence.id.toString()).bind(2, evidence.participant.toString());
    insert.bind(3, jsonText(evidence.toJson())).bind(4, jsonText(stateToJson(pending.state)));
    SOTTO_TRY(insert.run());
    pending.sequence = m_identities->lastInsertId();
    SOTTO_TRY(putState(*m_sessions, pending));
    // In force now, in both vaults: a mark that fails is made up for by reconcileEvidence() and is no failed consent.
    static_cast<void>(confirm(*m_identities, pending.sequence));
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
    const QByteArray bytes = select.text(0).toUtf8();
    SOTTO_ASSIGN(const QJsonObject json, parseJsonObject(viewOf(bytes), "consent evidence"));
    return Evidence::fromJson(json);
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

Result<> eraseConsents(vault::Database* sessions, vault::Database* identities, const ParticipantId& participant) {
    if (!sessions && !identities) return fail(ErrorCode::InvalidArgument, "no vault to erase consents from");
    if (identities) {
        SOTTO_ASSIGN(auto erase, identities->prepare("DELETE FROM consent_evidence WHERE participant = ?1"));
        SOTTO_TRY(erase.bind(1, participant.toString()).run());
    }
    if (sessions) {
        SOTTO_ASSIGN(auto erase, sessions->prepare("DELETE FROM consent_state WHERE participant = ?1"));
        SOTTO_TRY(erase.bind(1, participant.toString()).run());
    }
    return {};
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
        const QByteArray bytes = select.text(0).toUtf8();
        SOTTO_ASSIGN(const QJsonObject json, parseJsonObject(viewOf(bytes), "consent evidence"));
        SOTTO_ASSIGN(auto evidence, Evidence::fromJson(json));
        all.push_back(std::move(evidence));
    }
}

}  // namespace sotto::consent
