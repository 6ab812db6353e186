// SPDX-License-Identifier: Apache-2.0
#include "people/incidents.h"

#include <QDateTime>
#include <QTimeZone>

namespace sotto::people {

namespace {

constexpr qsizetype kMaxText = 10'000;

Result<> check(const Incident& incident) {
    // Somewhere on earth it is a day later than in UTC.
    const QDate latest = QDateTime::fromMSecsSinceEpoch(incident.recordedUtcMs, QTimeZone::utc()).date().addDays(1);
    if (!incident.found.isValid() || incident.found > latest) {
        return fail(ErrorCode::InvalidArgument, "an incident was found on a day that is not still to come");
    }
    if (incident.happened.trimmed().isEmpty() || incident.data.trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidArgument, "an incident says what happened and which data it is about");
    }
    for (const QString* text : {&incident.happened, &incident.data, &incident.told, &incident.done}) {
        if (text->size() > kMaxText) return fail(ErrorCode::InvalidArgument, "this text is too long for an incident");
    }
    return {};
}

}  // namespace

vault::Schema Incidents::schema() {
    return {"incident",
            {"CREATE TABLE incident (number INTEGER PRIMARY KEY AUTOINCREMENT, recorded_utc_ms INTEGER NOT NULL, "
             "found TEXT NOT NULL, happened TEXT NOT NULL, data TEXT NOT NULL, told TEXT NOT NULL, "
             "done TEXT NOT NULL) STRICT"}};
}

Result<std::int64_t> Incidents::add(const Incident& incident) {
    SOTTO_TRY(check(incident));
    SOTTO_ASSIGN(auto insert,
                 m_identities->prepare("INSERT INTO incident(recorded_utc_ms, found, happened, data, told, "
                                       "done) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, incident.recordedUtcMs).bind(2, incident.found.toString(Qt::ISODate)).bind(3, incident.happened);
    insert.bind(4, incident.data).bind(5, incident.told).bind(6, incident.done);
    SOTTO_TRY(insert.run());
    return m_identities->lastInsertId();
}

Result<std::vector<Incident>> Incidents::all() const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT number, recorded_utc_ms, found, happened, data, told, done "
                                                    "FROM incident ORDER BY number"));
    std::vector<Incident> result;
    for (;;) {
        SOTTO_ASSIGN(const bool found, select.step());
        if (!found) return result;
        Incident incident{select.integer(0), select.integer(1), QDate::fromString(select.text(2), Qt::ISODate),
                          select.text(3),    select.text(4),    select.text(5),
                          select.text(6)};
        if (!incident.found.isValid()) return fail(ErrorCode::Damaged, "an incident has a day that is none");
        result.push_back(std::move(incident));
    }
}

}  // namespace sotto::people
