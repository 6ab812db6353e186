// SPDX-License-Identifier: Apache-2.0
#include "journeys/programs.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include "base/check.h"

namespace sotto::test {

namespace {

constexpr int kLongestRunMs = 900'000;

QString binary(const char* name) {
    return QStringLiteral(SOTTO_BIN_DIR "/") + QLatin1String(name);
}

}  // namespace

QString text(const char* latin1) {
    return QLatin1String(latin1);
}

QStringList words(const QString& line) {
    return line.split(u' ', Qt::SkipEmptyParts);
}

QStringList words(const char* line) {
    return words(text(line));
}

QString Outcome::described() const {
    return QStringLiteral("exit code %1, it said: %2 %3")
        .arg(code)
        .arg(QString::fromUtf8(err).trimmed(), QString::fromUtf8(out.left(400)).trimmed());
}

Snapshot snapshot(const QString& folder) {
    Snapshot found;
    const QDir root(folder);
    QDirIterator each(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QString path = each.next();
        const QString name = root.relativeFilePath(path);
        if (!each.fileInfo().isDir()) {
            found[name] = sha256Of(path).toLatin1();
        } else if (QDir(path).isEmpty()) {
            found[name] = "folder";
        }
    }
    return found;
}

QByteArray readAll(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeAll(const QString& path, const QByteArray& content) {
    SOTTO_CHECK(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    SOTTO_CHECK(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    SOTTO_CHECK(file.write(content) == content.size());
}

QJsonObject readJson(const QString& path) {
    return QJsonDocument::fromJson(readAll(path)).object();
}

QJsonObject jsonOf(const Outcome& outcome) {
    return QJsonDocument::fromJson(outcome.out).object();
}

bool isSentence(const QByteArray& err, const QString& program) {
    const QByteArray last = err.trimmed().split('\n').last();
    return last.startsWith(program.toUtf8()) && last.contains(": ") && last.endsWith('.');
}

void copyTree(const QString& from, const QString& to) {
    if (!QFileInfo(from).isDir()) {
        SOTTO_CHECK(QDir().mkpath(QFileInfo(to).path()));
        SOTTO_CHECK(QFile::copy(from, to));
        return;
    }
    SOTTO_CHECK(QDir().mkpath(to));
    for (const QString& name : QDir(from).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        copyTree(from + u'/' + name, to + u'/' + name);
}

QString sha256Of(const QString& path) {
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file)) return {};
    return QString::fromLatin1(hash.result().toHex());
}

Stage::Stage() : m_environment(QProcessEnvironment::systemEnvironment()) {
    SOTTO_CHECK(m_folder.isValid());
    const QMap<QString, QString> places{{QStringLiteral("HOME"), QStringLiteral("user")},
                                        {QStringLiteral("TMPDIR"), QStringLiteral("user/tmp")},
                                        {QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("user/config")},
                                        {QStringLiteral("XDG_DATA_HOME"), QStringLiteral("user/data")},
                                        {QStringLiteral("XDG_CACHE_HOME"), QStringLiteral("user/cache")},
                                        {QStringLiteral("XDG_STATE_HOME"), QStringLiteral("user/state")},
                                        {QStringLiteral("XDG_RUNTIME_DIR"), QStringLiteral("user/run")}};
    for (auto place = places.begin(); place != places.end(); ++place) {
        SOTTO_CHECK(QDir().mkpath(path(place.value())));
        m_environment.insert(place.key(), path(place.value()));
    }
    SOTTO_CHECK(QFile::setPermissions(path(QStringLiteral("user/run")),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    m_environment.insert(QStringLiteral("SOTTO"), binary("sotto"));
    m_environment.insert(QStringLiteral("LAB"), binary("sotto-lab"));
    writeAll(path(QStringLiteral("passphrase")), "a quiet passphrase for tests\n");
}

QString Stage::path(const QString& name) const {
    return name.isEmpty() ? m_folder.path() : m_folder.path() + u'/' + name;
}

Outcome Stage::run(const QString& program, const QStringList& arguments) const {
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(path());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    Outcome outcome;
    const bool ended = process.waitForFinished(kLongestRunMs);
    if (!ended) process.kill();
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    if (process.error() == QProcess::FailedToStart) outcome.err = program.toUtf8() + " can't be started";
    if (ended && process.exitStatus() == QProcess::NormalExit) outcome.code = process.exitCode();
    return outcome;
}

Outcome Stage::sotto(const QStringList& arguments) const {
    return run(binary("sotto"), arguments);
}

Outcome Stage::lab(const QStringList& arguments) const {
    return run(binary("sotto-lab"), arguments);
}

Outcome Stage::run(const QString& line) const {
    const QStringList all = words(line);
    SOTTO_CHECK(all.value(0) == u"sotto" || all.value(0) == u"sotto-lab");
    return all[0] == u"sotto" ? sotto(all.mid(1)) : lab(all.mid(1));
}

Outcome Stage::tool(const QString& program, const QStringList& arguments) const {
    return run(program, arguments);
}

Outcome Stage::shell(const QString& line) const {
    return run(QStringLiteral("bash"), {QStringLiteral("-o"), QStringLiteral("pipefail"), QStringLiteral("-c"), line});
}

std::unique_ptr<QProcess> Stage::startSotto(const QStringList& arguments) const {
    return startSotto(arguments, m_environment);
}

std::unique_ptr<QProcess> Stage::startSotto(const QStringList& arguments,
                                            const QProcessEnvironment& environment) const {
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(path());
    process->setStandardInputFile(QProcess::nullDevice());
    process->start(binary("sotto"), arguments);
    SOTTO_CHECK(process->waitForStarted());
    return process;
}

void Stage::makeKeys() const {
    const Outcome made = lab({QStringLiteral("keygen"), QStringLiteral("--out"), QStringLiteral("keys")});
    SOTTO_CHECK(made.code == 0);
}

QStringList Stage::rehearsal(const QString& voice, const QString& script, const QStringList& further) const {
    QStringList arguments{QStringLiteral("rehearse"),
                          QStringLiteral("--home"),
                          QStringLiteral("home"),
                          QStringLiteral("--store"),
                          QStringLiteral("store"),
                          QStringLiteral("--keys"),
                          QStringLiteral("keys"),
                          QStringLiteral("--voice"),
                          voice,
                          QStringLiteral("--passphrase-file"),
                          QStringLiteral("passphrase")};
    if (!script.isEmpty()) arguments += {QStringLiteral("--script"), script};
    return arguments + further;
}

Outcome Stage::inspect() const {
    return sotto({QStringLiteral("inspect"), QStringLiteral("--home"), QStringLiteral("home"),
                  QStringLiteral("--passphrase-file"), QStringLiteral("passphrase"), QStringLiteral("--json")});
}

QList<QJsonObject> Stage::sessions() const {
    QList<QJsonObject> all;
    const QJsonObject home = QJsonDocument::fromJson(inspect().out).object();
    for (const QJsonValue& session : home[u"sessions"].toArray())
        all += session.toObject();
    return all;
}

Outcome Stage::as(const char* passphrase, const char* line, const char* home) const {
    return sotto(words(line) + QStringList{QStringLiteral("--home"), QLatin1String(home),
                                           QStringLiteral("--passphrase-file"), QLatin1String(passphrase)});
}

QJsonArray Stage::sessionsIn(const char* home, const char* passphrase) const {
    return jsonOf(as(passphrase, "inspect --json", home))[u"sessions"].toArray();
}

Outcome Stage::receive(const QString& keys, const QString& out) const {
    return lab({QStringLiteral("receive"), QStringLiteral("store"), QStringLiteral("--keys"), keys,
                QStringLiteral("--out"), out});
}

QByteArray scriptWith(const QStringList& steps, const QString& consent) {
    QString text = QStringLiteral(
                       "participant: {role: person, language: en, name: Ada Imaginary}\n"
                       "partner: {role: caregiver, name: Bo Imaginary}\n"
                       "consent: {items: {quote: false, contact-again: false, report: false, %1}}\nsteps:\n")
                       .arg(consent);
    for (const QString& step : steps)
        text += QStringLiteral("  - {%1}\n").arg(step);
    return text.toUtf8();
}

}  // namespace sotto::test
