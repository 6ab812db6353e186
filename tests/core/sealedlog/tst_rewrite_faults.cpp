// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/sealedlog/anchor_file.h"
#include "core/sealedlog/log_fixture.h"
#include "sealedlog/rewrite.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::sealedlog;

namespace {

using Loss = FaultFileSystem::Loss;
constexpr std::array kLosses{Loss::All,       Loss::Nothing,    Loss::OddOnes,
                             Loss::TornAt512, Loss::TornAt4096, Loss::Reordered};
const Path kTail = "/home/one.log.tail-1";
const Path kLeftOver = "/home/one.log.rewrite";
constexpr std::uint64_t kRecords = 7;
constexpr std::uint64_t kDropped = 3;

Bytes staleContent() {
    return Bytes(9000, 2);
}

Result<std::vector<NewRecord>> dropThird(const RecordInfo& record, Bytes body) {
    std::vector<NewRecord> kept;
    if (record.sequence != kDropped) kept.push_back({record.type, std::move(body)});
    return kept;
}

/// A home with one log, a quarantine file, a left-over of an earlier try, and a file that keeps an anchor for each id.
class Home {
public:
    Home(const KeyRing& keys, bool isFinished) : m_keys(keys), m_isFinished(isFinished) {}

    Result<> make() {
        SOTTO_TRY(makeLog(files, kLogPath, m_keys, kRecords, {3, kRecords}, m_isFinished));
        SOTTO_ASSIGN(const auto log, LogReader::open(files, kLogPath, m_keys.identities()));
        m_oldId = log.fileId();
        SOTTO_TRY(m_anchors.remember(m_oldId, log.head()));
        files.setContent(kTail, Bytes(50, 1));
        files.setContent(kLeftOver, staleContent());
        files.resetOperations();
        return {};
    }

    Result<Rewritten> rewriteIt() {
        return rewrite(
            files, kLogPath, m_keys.identities(), m_keys.recipients(), dropThird,
            [this](const Rewritten& rewritten) { return m_anchors.remember(rewritten.newId, rewritten.head); },
            options());
    }

    /// "old" or "new" if the log at the name is that one, whole, and known by its anchor; otherwise what is wrong.
    QString judge() {
        const auto log = LogReader::open(files, kLogPath, m_keys.identities(), options());
        if (!log) return describe(log);
        if (log->integrity() != Integrity::Ok) return QString::fromStdString(log->integrityNote());
        if (log->hasDamagedSlot() || log->isFinal() != m_isFinished) return QStringLiteral("not as it was left");
        const bool isOld = log->fileId() == m_oldId;
        const std::uint64_t expected = (isOld ? kRecords : kRecords - 1) + (m_isFinished ? 1 : 0);
        if (log->records().size() != expected) return QStringLiteral("%1 records").arg(log->records().size());
        for (const RecordInfo& record : log->records()) {
            if (record.type == kFinalType) continue;
            const std::uint64_t was = isOld || record.sequence < kDropped ? record.sequence : record.sequence + 1;
            const auto body = log->read(record);
            if (!body || *body != bodyOf(was) || record.type != typeOf(was)) return QStringLiteral("a wrong record");
        }
        return isOld ? QStringLiteral("old") : QStringLiteral("new");
    }

    [[nodiscard]] bool exists(const Path& path) const { return std::ranges::count(files.paths(), path) != 0; }

    FaultFileSystem files;

private:
    OpenOptions options() {
        OpenOptions result = m_anchors.required();
        result.mustBeFinal = m_isFinished;
        return result;
    }

    const KeyRing& m_keys;
    bool m_isFinished;
    FileId m_oldId;
    AnchorFile m_anchors{files, "/home/anchors"};
};

QByteArray at(std::uint64_t n, const QString& what) {
    return QStringLiteral("operation %1: %2").arg(n).arg(what).toUtf8();
}

}  // namespace

/// Every file operation of a rewrite, those of the owner's anchor among them, fails once, or for good, or the power
/// goes there.
class TestRewriteFaults : public QObject {
    Q_OBJECT
private slots:
    void everyFaultLeavesOneWholeLog_data() { kinds(); }
    void everyFaultLeavesOneWholeLog();
    void everyPowerCutLeavesOneWholeLog_data() { kinds(); }
    void everyPowerCutLeavesOneWholeLog();
    void aRewriteThatIsAcknowledgedSurvivesAnyPowerCut();
    void everyFaultInDroppingALeftOverIsReported();

private:
    static void kinds() {
        QTest::addColumn<bool>("isFinished");
        QTest::newRow("live") << false;
        QTest::newRow("finished") << true;
    }
    /// A second try, without faults, after whatever became of the first one.
    void tryAgain(Home& home, std::uint64_t n);

    KeyRing m_keys;
};

void TestRewriteFaults::tryAgain(Home& home, std::uint64_t n) {
    VERIFY_OK(dropUnfinishedRewrite(home.files, kLogPath));
    QVERIFY(!home.exists(kLeftOver));
    const QString found = home.judge();
    QVERIFY2(found == u"old" || found == u"new", at(n, found));
    if (found == u"new") {
        QVERIFY(!home.exists(kTail));  // what goes with the old log does not outlive it
        return;
    }
    VERIFY_OK(home.rewriteIt());
    home.files.cutPower(Loss::All);
    QCOMPARE(home.judge(), QStringLiteral("new"));
    QVERIFY(!home.exists(kLeftOver) && !home.exists(kTail));
}

void TestRewriteFaults::everyFaultLeavesOneWholeLog() {
    QFETCH(bool, isFinished);
    int olds = 0;
    int news = 0;
    for (const ErrorCode code : {ErrorCode::IoFailed, ErrorCode::NoSpace}) {
        for (const bool forGood : {false, true}) {
            for (std::uint64_t n = 1;; ++n) {
                Home home(m_keys, isFinished);
                VERIFY_OK(home.make());
                home.files.failAt(n, forGood, code);
                const auto done = home.rewriteIt();
                const bool reached = home.files.faultHappened();
                home.files.clearFaults();
                QVERIFY2(done.has_value() != reached, at(n, describe(done)));
                const QString found = home.judge();
                QVERIFY2(found == u"old" || found == u"new", at(n, found));
                if (!reached) break;
                ++(found == u"old" ? olds : news);
                // A single fault leaves nothing half-made; the left-over of before may stay if it came before that.
                if (!forGood && home.exists(kLeftOver)) QVERIFY(home.files.content(kLeftOver) == staleContent());
                tryAgain(home, n);
                QVERIFY2(!QTest::currentTestFailed(), at(n, found));
            }
        }
    }
    QVERIFY2(olds > 80, qPrintable(QString::number(olds)));
    QCOMPARE(news, 4);  // the folder sync behind the rename
}

void TestRewriteFaults::everyPowerCutLeavesOneWholeLog() {
    QFETCH(bool, isFinished);
    for (const Loss loss : kLosses) {
        for (std::uint64_t n = 1;; ++n) {
            Home home(m_keys, isFinished);
            VERIFY_OK(home.make());
            home.files.failAt(n, true);
            const auto done = home.rewriteIt();
            const bool reached = home.files.faultHappened();
            home.files.clearFaults();
            home.files.cutPower(loss, static_cast<unsigned>(n));
            const QString found = home.judge();
            QVERIFY2(found == u"old" || found == u"new", at(n, found));
            if (done) QVERIFY2(found == u"new", at(n, QStringLiteral("an acknowledged rewrite is undone")));
            tryAgain(home, n);
            QVERIFY2(!QTest::currentTestFailed(), at(n, found));
            if (!reached) break;
            QVERIFY(n < 1000);
        }
    }
}

void TestRewriteFaults::aRewriteThatIsAcknowledgedSurvivesAnyPowerCut() {
    for (const Loss loss : kLosses) {
        Home home(m_keys, false);
        VERIFY_OK(home.make());
        // The folder's sync fails: the new log stands, but not for good, until recovery makes it so.
        for (std::uint64_t n = 1;; ++n) {
            QVERIFY(n < 200);
            Home trial(m_keys, false);
            VERIFY_OK(trial.make());
            trial.files.failAt(n, false);
            static_cast<void>(trial.rewriteIt());  // only the fault that leaves "new" is looked for here
            trial.files.clearFaults();
            if (trial.judge() != u"new" || !trial.files.faultHappened()) continue;
            VERIFY_OK(dropUnfinishedRewrite(trial.files, kLogPath));
            trial.files.cutPower(loss);
            QCOMPARE(trial.judge(), QStringLiteral("new"));
            break;
        }
        VERIFY_OK(home.rewriteIt());
        home.files.cutPower(loss);
        QCOMPARE(home.judge(), QStringLiteral("new"));
    }
}

void TestRewriteFaults::everyFaultInDroppingALeftOverIsReported() {
    for (std::uint64_t n = 1; n <= 2; ++n) {
        Home home(m_keys, false);
        VERIFY_OK(home.make());
        home.files.failAt(n, false);
        VERIFY_FAILS(dropUnfinishedRewrite(home.files, kLogPath), ErrorCode::IoFailed);
        QCOMPARE(home.judge(), QStringLiteral("old"));
        VERIFY_OK(dropUnfinishedRewrite(home.files, kLogPath));
        QVERIFY(!home.exists(kLeftOver));
    }
}

QTEST_GUILESS_MAIN(TestRewriteFaults)
#include "tst_rewrite_faults.moc"
