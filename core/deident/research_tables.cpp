// SPDX-License-Identifier: Apache-2.0
#include "deident/research_tables.h"

#include <algorithm>
#include <array>

#include "deident/answer_rows.h"
#include "study/deident_fields.h"

namespace sotto::deident {

namespace {

/// Field name -> value, before the allow-list is applied.
using Row = std::map<QString, QString>;

QString seconds(std::int64_t ms) {
    return QString::number(ms / 1000);
}

/// A text leaves only if the study pack itself contains it: what an event holds is whatever somebody typed.
QString ifKnown(const QString& value, bool known) {
    return known ? value : QString();
}

bool isFormVersion(const ResearchInput& input, const QString& version) {
    const study::ConsentForm* signedForm = input.form;
    if (signedForm && signedForm->hash == input.consent.formHash && signedForm->version == version) return true;
    return std::any_of(input.pack.consents.begin(), input.pack.consents.end(),
                       [&](const study::ConsentForm& form) { return form.version == version; });
}

Row sessionRow(const ResearchInput& input) {
    return {{QStringLiteral("research_code"), input.participant.researchCode},
            {QStringLiteral("role"), ifKnown(input.opening.role, input.pack.role(input.opening.role) != nullptr)},
            {QStringLiteral("language"),
             ifKnown(input.opening.language, input.pack.languages.contains(input.opening.language))},
            {QStringLiteral("visit"), QString::number(input.visit)},
            {QStringLiteral("day_offset"), QString::number(input.dayOffset)},
            {QStringLiteral("duration_s"), seconds(input.recordedMs)},
            {QStringLiteral("consent_version"),
             ifKnown(input.consent.formVersion, isFormVersion(input, input.consent.formVersion))},
            {QStringLiteral("may_quote"),
             input.consent.allows(study::Permission::Quote) ? QStringLiteral("yes") : QStringLiteral("no")}};
}

std::vector<Row> coverageRows(const ResearchInput& input) {
    std::vector<Row> rows;
    const study::Guide* guide = input.pack.guide(input.opening.role, input.opening.language);
    if (!guide) return rows;
    for (const interview::QuestionCoverage& question : interview::coverage(*guide, input.events)) {
        rows.push_back(
            {{QStringLiteral("research_code"), input.participant.researchCode},
             {QStringLiteral("section"), question.section},
             {QStringLiteral("question"), question.question},
             {QStringLiteral("coverage"), interview::coverageName(question.coverage)},
             {QStringLiteral("first_asked_s"), question.firstAsked ? seconds(question.firstAsked->ms) : QString()},
             {QStringLiteral("probes"), QString::number(question.probesAsked)}});
    }
    return rows;
}

QString dimension(const ResearchInput& input, const interview::Event& event, const QString& name) {
    const auto value = event.dimensions.find(name);
    const auto allowed = input.pack.codebook.dimensions.find(name);
    if (value == event.dimensions.end() || allowed == input.pack.codebook.dimensions.end()) return {};
    return ifKnown(value->second, allowed->second.contains(value->second));
}

Row codeRow(const ResearchInput& input, const interview::Event& event) {
    Row row{{QStringLiteral("research_code"), input.participant.researchCode},
            {QStringLiteral("code"), event.id},
            {QStringLiteral("at_s"), seconds(event.offset.ms)},
            {QStringLiteral("prompted"), QString()}};
    for (const QString& name : {QStringLiteral("valence"), QStringLiteral("reciprocity"), QStringLiteral("source")}) {
        row[name] = dimension(input, event, name);
    }
    if (event.prompted)
        row[QStringLiteral("prompted")] = *event.prompted ? QStringLiteral("yes") : QStringLiteral("no");
    return row;
}

/// One table's rows for all standing events of its kind.
std::vector<Row> eventRows(const ResearchInput& input, interview::EventKind kind) {
    const study::Codebook& codebook = input.pack.codebook;
    std::vector<Row> rows;
    for (const interview::Event& event : interview::standingEvents(input.events)) {
        if (event.kind != kind) continue;
        if (kind == interview::EventKind::Code && codebook.code(event.id)) rows.push_back(codeRow(input, event));
        if (kind == interview::EventKind::Link && codebook.code(event.id) && codebook.code(event.target)) {
            rows.push_back({{QStringLiteral("research_code"), input.participant.researchCode},
                            {QStringLiteral("from"), event.id},
                            {QStringLiteral("to"), event.target},
                            {QStringLiteral("at_s"), seconds(event.offset.ms)}});
        }
        if (kind == interview::EventKind::Mark) {
            rows.push_back({{QStringLiteral("research_code"), input.participant.researchCode},
                            {QStringLiteral("at_s"), seconds(event.offset.ms)}});
        }
    }
    return rows;
}

/// Everything that a form gives, under the participant's code.
std::vector<Row> coded(const ResearchInput& input, std::vector<Row> rows) {
    for (Row& row : rows)
        row[QStringLiteral("research_code")] = input.participant.researchCode;
    return rows;
}

std::vector<Row> rowsOf(const ResearchInput& input, const QString& table) {
    if (table == u"sessions") return {sessionRow(input)};
    if (table == u"coverage") return coverageRows(input);
    if (table == u"codes") return eventRows(input, interview::EventKind::Code);
    if (table == u"links") return eventRows(input, interview::EventKind::Link);
    if (table == u"marks") return eventRows(input, interview::EventKind::Mark);
    if (table == u"context") return coded(input, contextRows(input.answered));
    if (table == u"scores") return coded(input, scoreRows(input.answered));
    return {};
}

/// The study's allow-list, cut down to what exists at all, in the order of the universe.
QStringList allowedColumns(const study::StudyPack& pack, const QString& table, const QStringList& universe) {
    QStringList columns;
    const auto allowed = pack.deident.allowedFields.find(table);
    if (allowed == pack.deident.allowedFields.end()) return columns;
    for (const QString& field : universe) {
        if (allowed->second.contains(field)) columns.append(field);
    }
    return columns;
}

bool isNumber(const QString& field) {
    const auto digits = field.startsWith(u'-') ? field.mid(1) : field;
    return !digits.isEmpty() &&
           std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString csvField(QString field) {
    constexpr std::u16string_view kFormulaStarts = u"=+-@\t\r";
    if (!field.isEmpty() && !isNumber(field) && kFormulaStarts.find(field.front().unicode()) != kFormulaStarts.npos) {
        field.prepend(u'\'');
    }
    const bool quoted = std::any_of(field.begin(), field.end(),
                                    [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; });
    if (!quoted) return field;
    field.replace(u'"', QStringLiteral("\"\""));
    return u'"' + field + u'"';
}

QString csvLine(const QStringList& fields) {
    QStringList quoted;
    for (const QString& field : fields)
        quoted.append(csvField(field));
    return quoted.join(u',') + u'\n';
}

}  // namespace

QByteArray ResearchTable::toCsv() const {
    QString text = csvLine(columns);
    for (const QStringList& row : rows)
        text += csvLine(row);
    return text.toUtf8();
}

Result<std::vector<ResearchTable>> researchTables(const ResearchInput& input) {
    if (!input.consent.allows(study::Permission::ShareDeidentified)) {
        return fail(ErrorCode::ConsentMissing, "the participant did not agree to sharing de-identified data");
    }
    // Evidence of somebody else allows nothing, whatever the caller mixed up.
    if (input.consent.participant != input.participant.id || input.opening.participant != input.participant.id) {
        return fail(ErrorCode::InvalidArgument, "participant, consent and session do not belong together");
    }
    if (input.opening.studyId != input.pack.id || input.opening.studyVersion != input.pack.version) {
        return fail(ErrorCode::InvalidArgument, "the study pack is not the one that the session was held under");
    }
    std::vector<ResearchTable> tables;
    for (const auto& [name, universe] : study::deidentUniverse()) {
        ResearchTable table{name, allowedColumns(input.pack, name, universe), {}};
        if (table.columns.isEmpty()) continue;
        for (const Row& row : rowsOf(input, name)) {
            QStringList values;
            for (const QString& column : table.columns) {
                const auto value = row.find(column);
                values.append(value == row.end() ? QString() : value->second);
            }
            table.rows.push_back(std::move(values));
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

}  // namespace sotto::deident
