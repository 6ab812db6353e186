// SPDX-License-Identifier: Apache-2.0
#include "workflow/erasures.h"

#include <algorithm>

#include <QJsonDocument>
#include <QJsonObject>

namespace sotto::workflow {

namespace {

QJsonObject logOf(const Erasure::Log& log) {
    QJsonObject json{{QStringLiteral("session"), log.session.toString()},
                     {QStringLiteral("log"), QString::fromStdString(log.name)},
                     {QStringLiteral("id"), log.id.toString()}};
    if (!log.anchor) return json;
    const QByteArray tag = byteArrayOf(ByteView(log.anchor->tag)).toHex();
    json[QStringLiteral("anchor")] = QJsonArray{static_cast<qint64>(log.anchor->sequence), QString::fromLatin1(tag)};
    return json;
}

QJsonObject planOf(const Erasure& erasure) {
    QJsonArray logs;
    for (const Erasure::Log& log : erasure.logs)
        logs.append(logOf(log));
    QJsonArray spans;
    for (const ErasedSpan& span : erasure.spans)
        spans.append(QJsonArray{qint64(span.fromMs), qint64(span.toMs)});
    QJsonObject plan{{QStringLiteral("logs"), logs}, {QStringLiteral("spans"), spans}};
    if (erasure.reachesLab) plan[QStringLiteral("lab")] = true;
    if (erasure.participant) plan[QStringLiteral("participant")] = erasure.participant->toString();
    if (!erasure.member) return plan;
    plan[QStringLiteral("member")] = erasure.member->toString();
    plan[QStringLiteral("pseudonym")] = erasure.pseudonym;
    return plan;
}

Failure unreadable() {
    return fail(ErrorCode::Damaged, "the journal of erasures is unreadable");
}

Result<Erasure::Log> readLog(const QJsonValue& value) {
    const auto session = SessionId::fromString(value[u"session"].toString());
    if (!session || value[u"log"].toString().isEmpty()) return unreadable();
    Erasure::Log log{*session, value[u"log"].toString().toStdString(), {}, std::nullopt};
    if (const auto id = FileId::fromString(value[u"id"].toString())) log.id = *id;
    const QJsonValue anchor = value[u"anchor"];
    if (!anchor.isArray()) return log;
    const QByteArray tag = QByteArray::fromHex(anchor[1].toString().toLatin1());
    log.anchor.emplace();
    if (tag.size() != static_cast<qsizetype>(log.anchor->tag.size())) return unreadable();
    log.anchor->sequence = static_cast<std::uint64_t>(anchor[0].toInteger());
    std::copy(tag.begin(), tag.end(), log.anchor->tag.begin());
    return log;
}

Result<> readPlan(const QJsonObject& plan, Erasure& erasure) {
    for (const QJsonValue& value : plan[u"logs"].toArray()) {
        SOTTO_ASSIGN(auto log, readLog(value));
        erasure.logs.push_back(std::move(log));
    }
    for (const QJsonValue& value : plan[u"spans"].toArray())
        erasure.spans.push_back({value[0].toInteger(), value[1].toInteger()});
    erasure.reachesLab = plan[u"lab"].toBool();
    erasure.member = ParticipantId::fromString(plan[u"member"].toString());
    erasure.pseudonym = plan[u"pseudonym"].toString();
    if (plan.contains(u"member") && !erasure.member) return unreadable();
    if (!plan.contains(u"participant")) return {};
    const auto participant = ParticipantId::fromString(plan[u"participant"].toString());
    if (!participant) return unreadable();
    erasure.participant = *participant;
    return {};
}

QByteArray compact(const QJsonDocument& document) {
    return document.toJson(QJsonDocument::Compact);
}

Result<Erasure> erasureOf(const vault::Statement& row) {
    Erasure erasure;
    erasure.id = row.text(0);
    erasure.kind = static_cast<ErasureKind>(row.integer(1));
    erasure.stage = static_cast<ErasureStage>(row.integer(2));
    erasure.utcMs = row.integer(3);
    erasure.sessions = static_cast<int>(row.integer(4));
    erasure.packagesLeft = QJsonDocument::fromJson(row.text(5).toUtf8()).array();
    if (row.isNull(6)) return erasure;
    const auto plan = QJsonDocument::fromJson(row.text(6).toUtf8());
    if (!plan.isObject()) return unreadable();
    SOTTO_TRY(readPlan(plan.object(), erasure));
    return erasure;
}

}  // namespace

vault::Schema Erasures::schema() {
    return {"erasure",
            {"CREATE TABLE erasure("
             " number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, stage INTEGER NOT NULL,"
             " utc_ms INTEGER NOT NULL, sessions INTEGER NOT NULL, packages_left TEXT NOT NULL, plan TEXT) STRICT"}};
}

Result<> Erasures::add(const Erasure& erasure) {
    SOTTO_ASSIGN(auto insert,
                 m_sessions->prepare("INSERT INTO erasure(id, kind, stage, utc_ms, sessions, packages_left, plan)"
                                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    insert.bind(1, erasure.id).bind(2, static_cast<std::int64_t>(erasure.kind));
    insert.bind(3, static_cast<std::int64_t>(erasure.stage)).bind(4, erasure.utcMs);
    insert.bind(5, std::int64_t{erasure.sessions});
    insert.bind(6, QString::fromUtf8(compact(QJsonDocument(erasure.packagesLeft))));
    insert.bind(7, QString::fromUtf8(compact(QJsonDocument(planOf(erasure)))));
    return insert.run();
}

Result<> Erasures::setPackagesLeft(const QString& id, const QJsonArray& packages) {
    SOTTO_ASSIGN(auto update, m_sessions->prepare("UPDATE erasure SET packages_left = ?2 WHERE id = ?1"));
    return update.bind(1, id).bind(2, QString::fromUtf8(compact(QJsonDocument(packages)))).run();
}

Result<> Erasures::setStage(const QString& id, ErasureStage stage) {
    SOTTO_ASSIGN(
        auto update,
        m_sessions->prepare("UPDATE erasure SET stage = ?2, plan = CASE WHEN ?2 = 1 THEN plan END, packages_left ="
                            " CASE WHEN ?2 = 1 THEN packages_left ELSE (SELECT json_group_array(json_object("
                            "'id', json_extract(value, '$.id'), 'sha256', json_extract(value, '$.sha256')))"
                            " FROM json_each(packages_left)) END WHERE id = ?1 RETURNING id"));
    update.bind(1, id).bind(2, static_cast<std::int64_t>(stage));
    SOTTO_ASSIGN(const bool found, update.step());
    if (!found) return fail(ErrorCode::NotFound, "there is no such erasure");
    SOTTO_ASSIGN(const bool more, update.step());  // an UPDATE is done only when it is stepped to its end
    static_cast<void>(more);
    return {};
}

Result<std::vector<Erasure>> Erasures::all() const {
    SOTTO_ASSIGN(auto select, m_sessions->prepare("SELECT id, kind, stage, utc_ms, sessions, packages_left, plan"
                                                  " FROM erasure ORDER BY number"));
    std::vector<Erasure> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        SOTTO_ASSIGN(Erasure erasure, erasureOf(select));
        all.push_back(std::move(erasure));
    }
}

Result<std::vector<Erasure>> Erasures::unfinished() const {
    SOTTO_ASSIGN(auto open, all());
    std::erase_if(open, [](const Erasure& erasure) { return erasure.stage == ErasureStage::Done; });
    return open;
}

Result<std::vector<Erasure>> Erasures::removing() const {
    SOTTO_ASSIGN(auto begun, all());
    std::erase_if(begun, [](const Erasure& erasure) { return erasure.stage != ErasureStage::Removing; });
    return begun;
}

}  // namespace sotto::workflow
