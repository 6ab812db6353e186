// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include "core/sealedlog/log_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::sealedlog;

namespace {

using Loss = FaultFileSystem::Loss;

/// A log lived through at random, beside the plain list of what it must hold.
class History {
public:
    explicit History(unsigned seed) : m_random(seed) {}

    /// Empty, or what went wrong.
    QString live(int steps) {
        if (const auto done = begin(); !done) return describe(done);
        for (int i = 0; i < steps && m_wrong.isEmpty(); ++i) {
            step();
        }
        if (m_wrong.isEmpty()) crash();
        return m_wrong;
    }

private:
    Result<> begin() {
        SOTTO_TRY(m_files.createDirectories("/home"));
        SOTTO_ASSIGN(auto log, LogWriter::create(m_files, kLogPath, Kind::Vault, m_keys.recipients()));
        m_log.emplace(std::move(log));
        return {};
    }

    void step() {
        if (m_random() % 6 == 0) m_files.failAt(m_files.operations() + 1 + m_random() % 3, m_random() % 3 == 0);
        switch (m_random() % 10) {
            case 0:
                crash();
                break;
            case 1:
                reopen();
                break;
            case 2:
                rewrap();
                break;
            case 3:
            case 4:
                sync();
                break;
            default:
                append();
        }
        m_files.clearFaults();
    }

    void append() {
        Bytes body(m_random() % 4 == 0 ? m_random() % 9000 : m_random() % 200);
        std::ranges::generate(body, [this] { return static_cast<std::uint8_t>(m_random()); });
        const auto appended = m_log->append(5, body);
        if (!appended) return afterFailure(appended.error());
        m_bodies.push_back(std::move(body));
        if (*appended != m_bodies.size()) m_wrong = QStringLiteral("counted wrongly");
    }

    void sync() {
        const auto synced = m_log->sync();
        if (!synced) return afterFailure(synced.error());
        m_synced = m_bodies.size();
    }

    void rewrap() {
        // The key before stays among the identities: a re-wrap that failed may have got either way.
        m_keys.add();
        if (const auto wrapped = m_log->rewrap(m_keys.recipients()); !wrapped) afterFailure(wrapped.error());
    }

    /// A handle that failed may be poisoned; then it must be opened anew, and nothing synced may be missing.
    void afterFailure(const Error&) {
        m_files.clearFaults();
        if (m_log->sync()) {
            m_synced = m_bodies.size();
            return;
        }
        reopen();
    }

    void reopen() {
        m_files.clearFaults();
        m_log.reset();
        check(m_bodies.size());
        openWriter();
    }

    void crash() {
        m_files.clearFaults();
        constexpr std::array losses{Loss::All,       Loss::Nothing,    Loss::OddOnes,
                                    Loss::TornAt512, Loss::TornAt4096, Loss::Reordered};
        m_files.cutPower(losses[m_random() % losses.size()], static_cast<unsigned>(m_random()));
        m_log.reset();
        check(m_synced);
        openWriter();
    }

    /// The log holds at least `least` records, all of them as they were appended.
    void check(std::size_t least) {
        const auto log = LogReader::open(m_files, kLogPath, m_keys.identities());
        if (!log) {
            m_wrong = describe(log);
            return;
        }
        const std::size_t count = log->records().size();
        if (log->integrity() == Integrity::Damaged) m_wrong = QString::fromStdString(log->integrityNote());
        if (count < least || count > m_bodies.size()) m_wrong = QStringLiteral("%1 records").arg(count);
        for (std::size_t i = 0; i < count && m_wrong.isEmpty(); ++i) {
            const auto body = log->read(log->records()[i]);
            if (!body || *body != m_bodies[i]) m_wrong = QStringLiteral("a wrong body");
        }
        m_bodies.resize(std::min(count, m_bodies.size()));
    }

    void openWriter() {
        auto log = LogWriter::open(m_files, kLogPath, m_keys.identities());
        if (!log) {
            m_wrong = describe(log);
            return;
        }
        m_synced = m_bodies.size();
        if (log->durableSequence() != m_synced) m_wrong = QStringLiteral("opened without making durable");
        m_log.emplace(*std::move(log));
    }

    std::mt19937 m_random;
    FaultFileSystem m_files;
    KeyRing m_keys;
    std::optional<LogWriter> m_log;
    std::vector<Bytes> m_bodies;
    std::size_t m_synced = 0;
    QString m_wrong;
};

}  // namespace

/// Random lives of a log, with faults and crashes, from fixed seeds.
class TestHistory : public QObject {
    Q_OBJECT
private slots:
    void noRandomLifeLosesWhatWasSynced();
};

void TestHistory::noRandomLifeLosesWhatWasSynced() {
    // A long campaign says how many, and from which seed on.
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("SOTTO_HISTORIES", &isGiven);
    const unsigned count = isGiven ? static_cast<unsigned>(given) : 120U;
    const auto first = 1U + static_cast<unsigned>(qEnvironmentVariableIntValue("SOTTO_SEED"));
    qInfo("%u histories from seed %u on", count, first);
    for (unsigned seed = first; seed < first + count; ++seed) {
        const QString wrong = History(seed).live(60);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong)));
    }
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
