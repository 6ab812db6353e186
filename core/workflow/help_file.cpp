// SPDX-License-Identifier: Apache-2.0
#include "workflow/help_file.h"

#include <algorithm>

namespace sotto::workflow {

namespace {

constexpr auto kVersion = QLatin1String("sotto-help\t2\n");
constexpr auto kEmergency = QLatin1String("emergency");
constexpr auto kLine = QLatin1String("line");
constexpr auto kOnCall = QLatin1String("on-call");
constexpr auto kHeading = QLatin1String("heading");
constexpr auto kStep = QLatin1String("step");
constexpr int kLineFields = 10;
constexpr int kFirstVersionFields = 7;

QString escaped(QString field) {
    return field.replace(u'\\', QLatin1String("\\\\"))
        .replace(u'\n', QLatin1String("\\n"))
        .replace(u'\t', QLatin1String("\\t"))
        .remove(u'\r');
}

QString unescaped(const QString& field) {
    QString text;
    text.reserve(field.size());
    for (qsizetype i = 0; i < field.size(); ++i) {
        if (field[i] != u'\\' || i + 1 == field.size()) {
            text += field[i];
            continue;
        }
        ++i;
        text += field[i] == u'n' ? QChar(u'\n') : field[i] == u't' ? QChar(u'\t') : field[i];
    }
    return text;
}

QString written(const QStringList& fields) {
    QStringList all;
    for (const QString& field : fields)
        all += escaped(field);
    return all.join(u'\t') + u'\n';
}

QString inLanguage(const study::LocalText& text, const QString& language) {
    const auto found = text.find(language);
    return found == text.end() ? QString() : found->second;
}

QString rolesOf(const study::CrisisLine& line, const study::StudyPack& pack, const QString& language) {
    QStringList names;
    for (const QString& id : line.roles) {
        const study::Role* role = pack.role(id);
        names += role ? inLanguage(role->name, language) : id;
    }
    return names.join(QLatin1String(", "));
}

QString crisisLine(QLatin1String kind, const study::CrisisLine& line, const study::StudyPack& pack) {
    QString text;
    for (const auto& [language, name] : line.name) {
        text += written({kind, language, line.place, name, line.phone, line.text, line.web, line.verified,
                         inLanguage(line.hours, language), rolesOf(line, pack, language)});
    }
    return text;
}

QString protocolText(const study::Protocol& protocol) {
    QString text;
    for (const study::ProtocolHeading& heading : protocol.headings) {
        text += written({kHeading, protocol.language, heading.id, heading.title, heading.text});
        for (const QString& step : heading.steps)
            text += written({kStep, protocol.language, heading.id, step});
    }
    return text;
}

std::vector<QStringList> recordsIn(const QByteArray& text) {
    std::vector<QStringList> records;
    for (const QString& line : QString::fromUtf8(text).split(u'\n', Qt::SkipEmptyParts)) {
        QStringList fields = line.split(u'\t');
        for (QString& field : fields)
            field = unescaped(field);
        records.push_back(std::move(fields));
    }
    return records;
}

bool isCrisisLine(const QStringList& record) {
    return record.size() == kLineFields && (record[0] == kEmergency || record[0] == kLine);
}

bool bearsLanguage(const QStringList& record) {
    return isCrisisLine(record) || (record.size() == 5 && record[0] == kHeading) ||
           (record.size() == 4 && record[0] == kStep);
}

/// The language asked for if anything is in it; otherwise the first there is.
QString languageShown(const std::vector<QStringList>& records, const QString& language) {
    QString first;
    for (const QStringList& record : records) {
        if (!bearsLanguage(record)) continue;
        if (record[1] == language) return language;
        if (first.isEmpty()) first = record[1];
    }
    return first;
}

/// The first version: place, language, name, phone, text, web, verified; the first of each language is the emergency.
std::vector<QStringList> asOfToday(std::vector<QStringList> records) {
    std::erase_if(records, [](const QStringList& record) { return record.size() != kFirstVersionFields; });
    QStringList begun;
    for (QStringList& record : records) {
        const bool isFirst = !begun.contains(record[1]);
        begun += record[1];
        record = {isFirst ? kEmergency : kLine,
                  record[1],
                  record[0],
                  record[2],
                  record[3],
                  record[4],
                  record[5],
                  record[6],
                  QString(),
                  QString()};
    }
    return records;
}

HelpLine lineOf(const QStringList& record) {
    return {record[0] == kEmergency,
            record[2],
            record[3],
            record[4],
            record[5],
            record[6],
            record[7],
            record[8],
            record[9]};
}

void addStep(HelpSheet& sheet, const QStringList& record) {
    const auto found = std::find_if(sheet.headings.begin(), sheet.headings.end(),
                                    [&](const HelpHeading& heading) { return heading.id == record[2]; });
    if (found != sheet.headings.end()) found->steps += record[3];
}

}  // namespace

const HelpHeading* HelpSheet::heading(const QString& id) const {
    const auto found =
        std::find_if(headings.begin(), headings.end(), [&](const HelpHeading& heading) { return heading.id == id; });
    return found == headings.end() ? nullptr : &*found;
}

QByteArray helpText(const study::StudyPack& pack) {
    QString text = crisisLine(kEmergency, pack.emergency, pack);
    for (const study::CrisisLine& line : pack.crisisLines)
        text += crisisLine(kLine, line, pack);
    if (pack.policy.onCall) text += written({kOnCall, pack.policy.onCall->name, pack.policy.onCall->phone});
    for (const study::Protocol& protocol : pack.protocols)
        text += protocolText(protocol);
    return (text + kVersion).toUtf8();  // behind the number to call: in an emergency nobody reads on
}

HelpSheet parseHelp(const QByteArray& text, const QString& language) {
    std::vector<QStringList> records = recordsIn(text);
    if (std::none_of(records.begin(), records.end(), isCrisisLine)) records = asOfToday(std::move(records));
    const QString shown = languageShown(records, language);
    HelpSheet sheet;
    for (const QStringList& record : records) {
        if (record.size() == 3 && record[0] == kOnCall) sheet.onCall = study::OnCall{record[1], record[2]};
        if (!bearsLanguage(record) || record[1] != shown) continue;
        if (isCrisisLine(record)) sheet.lines.push_back(lineOf(record));
        if (record[0] == kHeading) sheet.headings.push_back({record[2], record[3], record[4], {}});
        if (record[0] == kStep) addStep(sheet, record);
    }
    std::stable_partition(sheet.lines.begin(), sheet.lines.end(),
                          [](const HelpLine& line) { return line.isEmergency; });
    return sheet;
}

}  // namespace sotto::workflow
