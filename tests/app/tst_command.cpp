// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include <QTest>

#include "commandline/command.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::test;
using app::Arguments;
using app::ExitCode;

namespace {

/// What a program under test printed, and its exit code.
struct Outcome {
    int code = -1;
    QString out;
    QString err;
};

/// Leads one of the standard streams into a file while it lives.
class Capture {
public:
    Capture(std::FILE* stream, const Path& file) : m_stream(stream), m_file(file) {
        std::fflush(stream);
        m_saved = ::dup(::fileno(stream));
        const int target = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
        SOTTO_CHECK(m_saved >= 0 && target >= 0 && ::dup2(target, ::fileno(stream)) >= 0);
        ::close(target);
    }
    Capture(const Capture&) = delete;
    Capture& operator=(const Capture&) = delete;
    ~Capture() { restore(); }
    QString text() {
        restore();
        PosixFileSystem files;
        return QString::fromUtf8(byteArrayOf(readFile(files, m_file, 1 << 20).value()));
    }

private:
    void restore() {
        if (m_saved < 0) return;
        std::fflush(m_stream);
        ::dup2(m_saved, ::fileno(m_stream));
        ::close(m_saved);
        m_saved = -1;
    }
    std::FILE* m_stream;
    Path m_file;
    int m_saved = -1;
};

/// A program with a plain command and two of a group, which remembers what it was called with.
class Sample {
public:
    Outcome run(const QStringList& arguments) {
        seen.reset();
        const app::Program program(
            QStringLiteral("sample"), QStringLiteral("a program for tests"),
            {{QStringLiteral("open"),
              QStringLiteral("open a file"),
              {QStringLiteral("FILE")},
              {{QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("where to"), true},
               {QStringLiteral("deep"), QString(), QStringLiteral("look closely"), false}},
              QStringLiteral("More about opening."),
              [this](const Arguments& given) { return remember(given, 0); }},
             {QStringLiteral("study check"),
              QStringLiteral("check"),
              {},
              {},
              {},
              [this](const Arguments& given) { return remember(given, 1); }},
             {QStringLiteral("study sign"), QStringLiteral("sign"), {}, {}, {}, [this](const Arguments& given) {
                  return remember(given, 4);
              }}});
        Capture out(stdout, m_dir / "out");
        Capture err(stderr, m_dir / "err");
        Outcome outcome;
        outcome.code = program.run(arguments);
        outcome.err = err.text();
        outcome.out = out.text();
        return outcome;
    }
    std::optional<Arguments> seen;

private:
    int remember(const Arguments& given, int code) {
        seen = given;
        return code;
    }
    TempDir m_dir;
};

QStringList words(const char* line) {
    return QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
}

}  // namespace

class TestCommand : public QObject {
    Q_OBJECT

private slots:
    void optionsAndPositionsReachTheCommand();
    void theCommandsCodeIsTheExitCode();
    void wrongUseExitsWithTwoAndNothingOnStdout_data();
    void wrongUseExitsWithTwoAndNothingOnStdout();
    void everyCommandAnswersHelp();
    void errorsHaveTheirExitCodes_data();
    void errorsHaveTheirExitCodes();
    void anErrorIsOneSentenceAndWhatToDo();
    void whatIsNoFileOfOursComesWithAdvice_data();
    void whatIsNoFileOfOursComesWithAdvice();
};

void TestCommand::optionsAndPositionsReachTheCommand() {
    Sample sample;
    QCOMPARE(sample.run(words("open a.age --out there --deep")).code, 0);
    QVERIFY(sample.seen.has_value());
    QCOMPARE(sample.seen->positional(), QStringList{QStringLiteral("a.age")});
    QCOMPARE(sample.seen->path(QStringLiteral("out")), Path("there"));
    QVERIFY(sample.seen->isSet(QStringLiteral("deep")));
    QCOMPARE(sample.run(words("open --out=there a.age")).code, 0);
    QCOMPARE(sample.seen->required(QStringLiteral("out")), QStringLiteral("there"));
    QVERIFY(!sample.seen->isSet(QStringLiteral("deep")) && !sample.seen->value(QStringLiteral("deep")));
    QCOMPARE(sample.run(words("open --out there -- --odd-name")).code, 0);
    QCOMPARE(sample.seen->positional(), QStringList{QStringLiteral("--odd-name")});
}

void TestCommand::theCommandsCodeIsTheExitCode() {
    Sample sample;
    QCOMPARE(sample.run(words("study check")).code, 1);
    QCOMPARE(sample.run(words("study sign")).code, 4);
}

void TestCommand::wrongUseExitsWithTwoAndNothingOnStdout_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* line, const char* said) {
        QTest::newRow(line) << words(line) << QString::fromLatin1(said);
    };
    row("dance", "there is no command 'dance'");
    row("study", "'study check'");
    row("study dance", "'study sign'");
    row("open a.age", "--out DIR is missing");
    row("open a.age --out=", "--out DIR is missing");
    row("open --out there", "FILE");
    row("open a.age b.age --out there", "FILE");
    row("open a.age --out", "out");
    row("open a.age --out there --fast", "fast");
    row("study check more", "'more' is not expected");
}

void TestCommand::wrongUseExitsWithTwoAndNothingOnStdout() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, said);
    Sample sample;
    const Outcome outcome = sample.run(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.out.isEmpty(), qPrintable(outcome.out));
    QVERIFY2(outcome.err.contains(said), qPrintable(outcome.err));
    QVERIFY(outcome.err.contains(QStringLiteral("--help")));
    QVERIFY(!sample.seen.has_value());
}

void TestCommand::everyCommandAnswersHelp() {
    Sample sample;
    for (const char* line : {"--help", "-h", "help"}) {
        const Outcome outcome = sample.run(words(line));
        QCOMPARE(outcome.code, 0);
        for (const char* part : {"sample: a program for tests", "open", "study check", "study sign", "5 no space"})
            QVERIFY2(outcome.out.contains(QLatin1String(part)), qPrintable(outcome.out));
    }
    const Outcome open = sample.run(words("open --help"));
    QCOMPARE(open.code, 0);
    QVERIFY(!sample.seen.has_value());
    for (const char* part : {"Usage: sample open FILE --out DIR [--deep]", "look closely", "More about opening."})
        QVERIFY2(open.out.contains(QLatin1String(part)), qPrintable(open.out));
    QCOMPARE(sample.run(words("study sign -h")).code, 0);
    QCOMPARE(sample.run({}).code, 2);
}

void TestCommand::errorsHaveTheirExitCodes_data() {
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("code");
    const auto row = [](ErrorCode error, int code) {
        QTest::newRow(errorName(error)) << static_cast<int>(error) << code;
    };
    row(ErrorCode::InvalidArgument, 1);
    row(ErrorCode::NotFound, 1);
    row(ErrorCode::AlreadyExists, 1);
    row(ErrorCode::ParseFailed, 1);
    row(ErrorCode::NewerVersion, 1);
    row(ErrorCode::WrongPassphrase, 3);
    row(ErrorCode::TooManyAttempts, 3);
    row(ErrorCode::WrongKey, 3);
    row(ErrorCode::SignatureInvalid, 4);
    row(ErrorCode::Damaged, 4);
    row(ErrorCode::NoSpace, 5);
    row(ErrorCode::IoFailed, 1);
    row(ErrorCode::Busy, 1);
    row(ErrorCode::PermissionDenied, 1);
    row(ErrorCode::ConsentMissing, 1);
    row(ErrorCode::NotAllowed, 1);
}

void TestCommand::errorsHaveTheirExitCodes() {
    QFETCH(int, error);
    QFETCH(int, code);
    QCOMPARE(static_cast<int>(app::exitCodeOf({static_cast<ErrorCode>(error), "x"})), code);
}

void TestCommand::anErrorIsOneSentenceAndWhatToDo() {
    TempDir dir;
    Capture err(stderr, dir / "err");
    const int code = app::report({ErrorCode::NoSpace, "no room left in the store"});
    const QString text = err.text();
    QCOMPARE(code, 5);
    QVERIFY2(text.contains(QStringLiteral(": no room left in the store. Free some space")), qPrintable(text));
    QCOMPARE(text.count(u'\n'), 1);
}

void TestCommand::whatIsNoFileOfOursComesWithAdvice_data() {
    QTest::addColumn<int>("error");
    QTest::addColumn<QString>("advice");
    QTest::newRow("parse") << static_cast<int>(ErrorCode::ParseFailed)
                           << QStringLiteral("check that it is the right file");
    QTest::newRow("unsupported") << static_cast<int>(ErrorCode::Unsupported)
                                 << QStringLiteral("a file of another kind");
}

void TestCommand::whatIsNoFileOfOursComesWithAdvice() {
    QFETCH(int, error);
    QFETCH(QString, advice);
    TempDir dir;
    Capture err(stderr, dir / "err");
    static_cast<void>(app::report({static_cast<ErrorCode>(error), "the tar holds a link"}));
    const QString text = err.text();
    QVERIFY2(text.contains(QStringLiteral(": the tar holds a link. Nothing ")) && text.contains(advice),
             qPrintable(text));
}

QTEST_GUILESS_MAIN(TestCommand)
#include "tst_command.moc"
