// SPDX-License-Identifier: Apache-2.0
#include <QRegularExpression>

#include "study/pack_parts.h"
#include "study/study_parts.h"

namespace sotto::study {
namespace {

QStringList headKeys() {
    return {QStringLiteral("version"),    QStringLiteral("title"),  QStringLiteral("role"),
            QStringLiteral("signed_by"),  QStringLiteral("with"),   QStringLiteral("sites"),
            QStringLiteral("in_force"),   QStringLiteral("until"),  QStringLiteral("understands"),
            QStringLiteral("read_aloud"), QStringLiteral("witness")};
}

void readVersion(YamlMap& map, ConsentForm& form, FaultList& faults) {
    static const QRegularExpression version(QStringLiteral("^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$"));
    form.version = map.text(QStringLiteral("version"));
    if (form.version.isEmpty() || version.match(form.version).hasMatch()) return;
    faults.add(map.lineOf(QStringLiteral("version")),
               QStringLiteral("%1 cannot be a version: use digits, letters, dots and hyphens, such as 2026-11-22")
                   .arg(quoted(form.version)));
}

/// From when until when. A version that is a day is in force from then on.
void readDays(YamlMap& map, ConsentForm& form, FaultList& faults) {
    const QString from = QStringLiteral("in_force");
    const QString until = QStringLiteral("until");
    form.inForce = map.has(from) ? dayIn(map, from, faults) : dayFrom(form.version);
    if (!map.has(until)) return;
    form.until = dayIn(map, until, faults);
    if (!form.until.isValid() || !form.inForce.isValid() || form.inForce <= form.until) return;
    faults.add(map.lineOf(until), QStringLiteral("this form ends before it begins, on %1: nobody could ever sign it")
                                      .arg(form.inForce.toString(Qt::ISODate)));
}

void readSigner(YamlMap& map, ConsentForm& form, FaultList& faults) {
    const QString what = QStringLiteral("the head");
    const QString with = QStringLiteral("with");
    std::map<QString, SignedBy> signers;
    for (const SignedBy who : {SignedBy::Adult, SignedBy::Parent, SignedBy::Assent, SignedBy::Representative})
        signers[signedByName(who)] = who;
    form.signedBy = oneOf(map, QStringLiteral("signed_by"), what, signers, SignedBy::Adult, faults);
    form.needsWitness = oneOf(map, QStringLiteral("witness"), what,
                              {{QStringLiteral("optional"), false}, {QStringLiteral("required"), true}}, false, faults);
    form.mayBeOral = map.flag(QStringLiteral("read_aloud"), true);
    if (map.has(with)) form.with = map.id(with);
    const bool isForAnother = form.signedBy == SignedBy::Parent || form.signedBy == SignedBy::Representative;
    if (!form.with.isEmpty() && !isForAnother) {
        faults.add(map.lineOf(with), QStringLiteral("\"with\" is only for forms that a parent or a representative "
                                                    "signs: it names the form of the person themself"));
    } else if (form.with.isEmpty() && form.signedBy == SignedBy::Parent && !map.has(with)) {
        faults.add(map.lineOf(QStringLiteral("signed_by")),
                   QStringLiteral("a parent's yes needs the child's own: add \"with: ...\" and name the form that the "
                                  "child signs (signed_by: assent)"));
    }
}

/// What every language of a form says alike, by key.
std::map<QString, QString> headValues(const ConsentForm& form) {
    return {{QStringLiteral("role"), form.role},
            {QStringLiteral("signed_by"), signedByName(form.signedBy)},
            {QStringLiteral("with"), form.with},
            {QStringLiteral("sites"), form.sites.join(QStringLiteral(", "))},
            {QStringLiteral("in_force"), form.inForce.toString(Qt::ISODate)},
            {QStringLiteral("until"), form.until.toString(Qt::ISODate)},
            {QStringLiteral("understands"), form.understands},
            {QStringLiteral("read_aloud"), form.mayBeOral ? QStringLiteral("true") : QStringLiteral("false")},
            {QStringLiteral("witness"), form.needsWitness ? QStringLiteral("required") : QStringLiteral("optional")}};
}

}  // namespace

int ConsentFile::lineOf(const QString& key) const {
    const auto line = headLines.find(key);
    return line != headLines.end() ? line->second : FaultList::kWholeFile;
}

void readConsentHead(const QByteArray& yaml, ConsentFile& file, FaultList& faults) {
    constexpr int kFirstLine = 2;
    const auto root = readYaml(yaml, faults, kFirstLine);
    if (!root) return;
    YamlMap map(*root, QStringLiteral("the head between the --- lines"), headKeys(), faults);
    ConsentForm& form = file.form;
    for (const YamlNode& node : root->items)
        file.headLines[node.key] = node.line;
    readVersion(map, form, faults);
    form.title = map.text(QStringLiteral("title"));
    if (map.has(QStringLiteral("role"))) form.role = map.id(QStringLiteral("role"));
    readSigner(map, form, faults);
    if (map.has(QStringLiteral("sites"))) form.sites = map.words(QStringLiteral("sites"));
    readDays(map, form, faults);
    if (map.has(QStringLiteral("understands"))) form.understands = map.id(QStringLiteral("understands"));
}

void compareHeads(const ConsentFile& here, const ConsentFile& there, FaultList& faults) {
    const QString version = QStringLiteral("version");
    if (here.form.version != there.form.version) {
        faults.add(here.lineOf(version),
                   QStringLiteral("version %1 here, but %2 in %3: every language of a form bears the same version")
                       .arg(quoted(here.form.version), quoted(there.form.version), there.path));
        return;  // days may follow from it
    }
    const auto theirs = headValues(there.form);
    for (const auto& [key, value] : headValues(here.form)) {
        const QString& other = theirs.at(key);
        if (value == other) continue;
        faults.add(here.lineOf(key),
                   QStringLiteral("%1 is %2 here, but %3 in %4: every language of a form says the same")
                       .arg(quoted(key), quoted(value), quoted(other), there.path));
    }
}

}  // namespace sotto::study
