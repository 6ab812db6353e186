// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

/// Checks an Outcome's exit code and shows what the program said if it is another one.
#define VERIFY_EXIT(outcome, expected)                                           \
    do {                                                                         \
        const ::sotto::test::Outcome verified = (outcome);                       \
        QVERIFY2(verified.code == (expected), qPrintable(verified.described())); \
    } while (false)

namespace sotto::test {

/// The exit codes of both programs (of `unseal`: see its help).
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kWrongKey = 3;
inline constexpr int kDamaged = 4;

[[nodiscard]] QString text(const char* latin1);
/// A command line as a list; no word has a blank in it.
[[nodiscard]] QStringList words(const QString& line);
[[nodiscard]] QStringList words(const char* line);

/// How a program ended. The code is -1 if it could not be started or was ended by a signal.
struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QString described() const;
};

/// The files below a folder by relative path: SHA-256 of each, "folder" for an empty folder. Times don't count.
using Snapshot = QMap<QString, QByteArray>;
[[nodiscard]] Snapshot snapshot(const QString& folder);

[[nodiscard]] QByteArray readAll(const QString& path);
/// What a command printed for machines; empty if that was no JSON.
[[nodiscard]] QJsonObject jsonOf(const Outcome& outcome);
/// A refusal is one sentence of the program, and what to do: the last line of what it said.
[[nodiscard]] bool isSentence(const QByteArray& err, const QString& program = QStringLiteral("sotto"));
/// Makes the folders that it needs.
void writeAll(const QString& path, const QByteArray& content);
[[nodiscard]] QJsonObject readJson(const QString& path);
/// Copies a file or a whole folder.
void copyTree(const QString& from, const QString& to);
[[nodiscard]] QString sha256Of(const QString& path);

/// A temporary place for one journey from the tablet to the lab, and the real programs run in it: nothing of the
/// person's own environment is seen by them (HOME, TMPDIR, XDG_* lie below). Names of files are relative to it.
class Stage {
public:
    Stage();
    [[nodiscard]] QString path(const QString& name = {}) const;

    [[nodiscard]] Outcome sotto(const QStringList& arguments) const;
    [[nodiscard]] Outcome lab(const QStringList& arguments) const;
    /// A line that begins with the name of one of the two programs.
    [[nodiscard]] Outcome run(const QString& line) const;
    /// A stock tool, found on the PATH.
    [[nodiscard]] Outcome tool(const QString& program, const QStringList& arguments) const;
    /// A shell line, for pipes and mounts; $SOTTO and $LAB are the two programs.
    [[nodiscard]] Outcome shell(const QString& line) const;
    /// Starts `sotto` and returns at once.
    [[nodiscard]] std::unique_ptr<QProcess> startSotto(const QStringList& arguments) const;
    [[nodiscard]] std::unique_ptr<QProcess> startSotto(const QStringList& arguments,
                                                       const QProcessEnvironment& environment) const;
    [[nodiscard]] const QProcessEnvironment& environment() const { return m_environment; }

    /// keys/ with all four keys.
    void makeKeys() const;
    /// Arguments of a rehearsal on this stage's home, store, keys and passphrase.
    [[nodiscard]] QStringList rehearsal(const QString& voice, const QString& script,
                                        const QStringList& further = {}) const;
    [[nodiscard]] Outcome inspect() const;
    /// A command that unlocks a home, with a passphrase file of the stage.
    [[nodiscard]] Outcome as(const char* passphrase, const char* line, const char* home = "home") const;
    /// The sessions that `inspect` shows of another home, or to another person.
    [[nodiscard]] QJsonArray sessionsIn(const char* home, const char* passphrase = "passphrase") const;
    /// The sessions that `inspect` shows, in its order; empty if it failed.
    [[nodiscard]] QList<QJsonObject> sessions() const;
    [[nodiscard]] Outcome receive(const QString& keys = QStringLiteral("keys"),
                                  const QString& out = QStringLiteral("lab")) const;

private:
    [[nodiscard]] Outcome run(const QString& program, const QStringList& arguments) const;

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

/// A script with these steps (YAML flow maps without the dash) in the role of the person in recovery, in English.
[[nodiscard]] QByteArray scriptWith(
    const QStringList& steps, const QString& consent = QStringLiteral("take-part: true, audio: true, share: true"));

}  // namespace sotto::test
