// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/file.h"
#include "base/result.h"

namespace sotto::app {

/// The contract of both programs.
enum class ExitCode { Ok = 0, Failed = 1, Usage = 2, WrongKey = 3, Damaged = 4, NoSpace = 5 };

[[nodiscard]] ExitCode exitCodeOf(const Error& error);

/// Prints "<program>: <what was wrong>. <what to do>" to stderr and gives the exit code.
[[nodiscard]] int report(const Error& error);
/// A line for people, on stderr.
void say(const QString& line);
/// Text for machines, on stdout, flushed. False if it could not be written whole.
bool print(const QByteArray& text);

/// One option of a command. Without a value name it is a switch.
struct Option {
    QString name;
    QString valueName;
    QString help;
    bool required = false;
};

/// What the user typed for one command, checked against its options.
class Arguments {
public:
    [[nodiscard]] std::optional<QString> value(const QString& option) const;
    [[nodiscard]] QString required(const QString& option) const { return m_values.at(option); }
    [[nodiscard]] Path path(const QString& option) const;
    [[nodiscard]] bool isSet(const QString& option) const { return m_values.contains(option); }
    [[nodiscard]] const QStringList& positional() const { return m_positional; }

private:
    friend class Program;
    std::map<QString, QString> m_values;
    QStringList m_positional;
};

/// One subcommand: "receive", or "study check".
struct Command {
    QString name;
    QString summary;
    QStringList positional;  ///< names, all required
    std::vector<Option> options;
    QString details;  ///< further help text
    std::function<int(const Arguments&)> run;
};

/// A program with subcommands; every one answers --help. Usage errors say what was wrong and exit with 2.
class Program {
public:
    Program(QString name, QString summary, std::vector<Command> commands);
    [[nodiscard]] int run(const QStringList& arguments) const;

private:
    [[nodiscard]] int runCommand(const Command& command, const QStringList& rest) const;
    [[nodiscard]] int refuse(const QString& sentence, const QString& helpFor) const;
    void printHelp() const;
    void printHelp(const Command& command) const;

    QString m_name;
    QString m_summary;
    std::vector<Command> m_commands;
};

}  // namespace sotto::app
