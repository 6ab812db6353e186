// SPDX-License-Identifier: Apache-2.0
#include "commandline/command.h"

#include <cstdio>

#include <QCommandLineOption>
#include <QCommandLineParser>
#include <QCoreApplication>

namespace sotto::app {

namespace {

/// What a person can do about an error; empty where the context says it already.
const char* advice(ErrorCode code) {
    switch (code) {
        case ErrorCode::WrongPassphrase:
            return "Check the passphrase, the file it is in and the person's name, and try again; nothing was changed. "
                   "If it is forgotten for good, the lab's custodian helps: `sotto-lab rekey` gives the home a new "
                   "one, `sotto-lab rescue` takes the interviews out.";
        case ErrorCode::TooManyAttempts:
            return "Wait that long, then try again; nothing was changed.";
        case ErrorCode::ParseFailed:
            return "Nothing of it was used: check that it is the right file, or ask whoever made it for a fresh one.";
        case ErrorCode::Unsupported:
            return "Nothing was changed: use a file of another kind, or another build of Sotto.";
        case ErrorCode::WrongKey:
            return "Use the keys that this was sealed to.";
        case ErrorCode::SignatureInvalid:
            return "Do not use it; ask whoever made it for a fresh one.";
        case ErrorCode::Damaged:
            return "Keep the file as it is: of a sealed log, `sotto-lab rescue` gives back what verifies; a package "
                   "can be sent again; a lost vault is made again by `sotto rebuild`.";
        case ErrorCode::NoSpace:
            return "Free some space and run the command again; nothing earlier was lost.";
        case ErrorCode::NewerVersion:
            return "Use the Sotto that wrote it, or a newer one; it was left untouched.";
        case ErrorCode::Busy:
            return "Close the other program first.";
        case ErrorCode::PermissionDenied:
            return "Check who owns the folder and whether it is write-protected.";
        case ErrorCode::IoFailed:
            return "Check the disk; nothing that was confirmed before is lost.";
        default:
            return "";
    }
}

QString columns(const QString& left, const QString& right) {
    return QStringLiteral("  %1  %2\n").arg(left, -28).arg(right);
}

}  // namespace

ExitCode exitCodeOf(const Error& error) {
    switch (error.code) {
        case ErrorCode::WrongPassphrase:
        case ErrorCode::TooManyAttempts:
        case ErrorCode::WrongKey:
            return ExitCode::WrongKey;
        case ErrorCode::Damaged:
        case ErrorCode::SignatureInvalid:
            return ExitCode::Damaged;
        case ErrorCode::NoSpace:
            return ExitCode::NoSpace;
        default:
            return ExitCode::Failed;
    }
}

int report(const Error& error) {
    QString sentence = QString::fromStdString(error.context);
    if (!sentence.endsWith(u'.')) sentence += u'.';
    const QString what = QString::fromLatin1(advice(error.code));
    say(QCoreApplication::applicationName() + QStringLiteral(": ") + sentence +
        (what.isEmpty() ? QString() : u' ' + what));
    return static_cast<int>(exitCodeOf(error));
}

void say(const QString& line) {
    std::fprintf(stderr, "%s\n", qPrintable(line));
}

bool print(const QByteArray& text) {
    const auto size = static_cast<std::size_t>(text.size());
    const bool isWritten = std::fwrite(text.constData(), 1, size, stdout) == size;
    return std::fflush(stdout) == 0 && isWritten;
}

std::optional<QString> Arguments::value(const QString& option) const {
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(found->second);
}

Path Arguments::path(const QString& option) const {
    return m_values.at(option).toStdString();
}

Program::Program(QString name, QString summary, std::vector<Command> commands)
    : m_name(std::move(name)), m_summary(std::move(summary)), m_commands(std::move(commands)) {}

int Program::run(const QStringList& arguments) const {
    const QString first = arguments.value(0);
    if (first.isEmpty() || first == u"--help" || first == u"-h" || first == u"help") {
        printHelp();
        return static_cast<int>(first.isEmpty() ? ExitCode::Usage : ExitCode::Ok);
    }
    if (first == u"--version") {
        print((m_name + u' ' + QCoreApplication::applicationVersion() + u'\n').toUtf8());
        return static_cast<int>(ExitCode::Ok);
    }
    for (const Command& command : m_commands) {
        const auto words = command.name.count(u' ') + 1;
        if (arguments.mid(0, words).join(u' ') == command.name) return runCommand(command, arguments.mid(words));
    }
    QStringList inGroup;
    for (const Command& command : m_commands) {
        if (command.name.startsWith(first + u' ')) inGroup += QStringLiteral("'%1'").arg(command.name);
    }
    const bool asksForHelp = arguments.value(1) == u"--help" || arguments.value(1) == u"-h";
    if (!inGroup.isEmpty() && asksForHelp) {
        for (const Command& command : m_commands) {
            if (command.name.startsWith(first + u' ')) printHelp(command);
        }
        return static_cast<int>(ExitCode::Ok);
    }
    if (!inGroup.isEmpty()) return refuse(QStringLiteral("say one of %1").arg(inGroup.join(QStringLiteral(", "))), {});
    return refuse(QStringLiteral("there is no command '%1'").arg(first), {});
}

int Program::runCommand(const Command& command, const QStringList& rest) const {
    QCommandLineParser parser;
    const QCommandLineOption help(QStringList{QStringLiteral("help"), QStringLiteral("h")});
    parser.addOption(help);
    for (const Option& option : command.options) {
        parser.addOption(QCommandLineOption(option.name, option.help, option.valueName));
    }
    if (!parser.parse(QStringList{m_name} + rest)) return refuse(parser.errorText(), command.name);
    if (parser.isSet(help)) {
        printHelp(command);
        return static_cast<int>(ExitCode::Ok);
    }
    Arguments arguments;
    arguments.m_positional = parser.positionalArguments();
    for (const Option& option : command.options) {
        if (parser.isSet(option.name)) arguments.m_values[option.name] = parser.value(option.name);
        if (option.required && parser.value(option.name).isEmpty()) {
            return refuse(QStringLiteral("--%1 %2 is missing").arg(option.name, option.valueName), command.name);
        }
    }
    if (arguments.m_positional.size() != command.positional.size()) {
        return refuse(command.positional.isEmpty()
                          ? QStringLiteral("'%1' is not expected here").arg(arguments.m_positional.value(0))
                          : QStringLiteral("this command takes %1").arg(command.positional.join(u' ')),
                      command.name);
    }
    return command.run(arguments);
}

int Program::refuse(const QString& sentence, const QString& helpFor) const {
    const QString command = helpFor.isEmpty() ? m_name : m_name + u' ' + helpFor;
    say(QStringLiteral("%1: %2. See `%3 --help`.")
            .arg(command, sentence.endsWith(u'.') ? sentence.chopped(1) : sentence, command));
    return static_cast<int>(ExitCode::Usage);
}

void Program::printHelp() const {
    QString text = m_name + QStringLiteral(": ") + m_summary + QStringLiteral("\n\nCommands:\n");
    for (const Command& command : m_commands)
        text += columns(command.name, command.summary);
    text += QStringLiteral(
                "\n`%1 COMMAND --help` tells more. Exit codes: 0 ok, 1 failed, 2 usage, 3 wrong passphrase or key,\n"
                "4 damaged, 5 no space.\n")
                .arg(m_name);
    print(text.toUtf8());
}

void Program::printHelp(const Command& command) const {
    QString line = m_name + u' ' + command.name;
    for (const QString& name : command.positional)
        line += u' ' + name;
    QString list;
    for (const Option& option : command.options) {
        const QString typed =
            QStringLiteral("--") + option.name + (option.valueName.isEmpty() ? QString() : u' ' + option.valueName);
        line += option.required ? u' ' + typed : QStringLiteral(" [%1]").arg(typed);
        list += columns(typed, option.help);
    }
    QString text = QStringLiteral("Usage: %1\n\n%2\n").arg(line, command.summary);
    if (!list.isEmpty()) text += u'\n' + list;
    if (!command.details.isEmpty()) text += u'\n' + command.details + u'\n';
    print(text.toUtf8());
}

}  // namespace sotto::app
