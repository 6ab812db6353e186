// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include "core/sealedlog/rewrite_fixture.h"
#include "sealedlog/record.h"
#include "sealedlog/slots.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::sealedlog;

namespace {

bool holds(const Bytes& content, ByteView needle) {
    return std::search(content.begin(), content.end(), needle.begin(), needle.end()) != content.end();
}

/// The file key of a log and all that is derived from it.
LogKeys keysOf(FileSystem& files, const Path& path, const KeyRing& keys) {
    const auto file = files.open(path, OpenMode::Read);
    return std::move(readHead(**file, keys.identities())->keys);
}

LogKeys withOtherId(const LogKeys& keys, const FileId& id) {
    return deriveKeys(id, crypto::SecureBytes::copyOf(keys.file.view()));
}

/// True if a record of `log`, cut out of `content`, opens with these keys.
bool opensAny(const LogKeys& keys, const LogReader& log, const Bytes& content) {
    return std::ranges::any_of(log.records(), [&](const RecordInfo& record) {
        const ByteView sealed = ByteView(content).subspan(record.offset, recordSize(record.bodySize));
        Bytes body(record.bodySize);
        return parseRecordHeader(keys, sealed.first(kRecordHeaderSize)) || openRecord(keys, sealed, body);
    });
}

/// A log with random records and a filter that decides at random, but always the same for the same record.
struct RandomCase {
    explicit RandomCase(unsigned seed) : random(seed) {
        const std::size_t count = random() % 30;
        for (std::size_t i = 0; i < count; ++i) {
            Bytes body(16 + (random() % 5 == 0 ? random() % 20000 : random() % 300));
            std::ranges::generate(body, [this] { return static_cast<std::uint8_t>(random()); });
            bodies.push_back(std::move(body));
            types.push_back(static_cast<std::uint16_t>(random() % kFirstReservedType));
            decisions.push_back(static_cast<unsigned>(random() % 4));
        }
        isFinished = random() % 2 == 0;
    }

    Result<> write(FileSystem& files, const KeyRing& keys) {
        SOTTO_TRY(files.createDirectories("/home"));
        SOTTO_ASSIGN(auto log, LogWriter::create(files, kLogPath, Kind::Session, keys.recipients()));
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            SOTTO_TRY(log.append(types[i], bodies[i]));
        }
        return isFinished ? log.finish() : log.sync();
    }

    /// 0: dropped; 1: itself; 2: itself twice, the second time shorter; 3: something else.
    std::vector<NewRecord> decide(std::size_t i) const {
        std::vector<NewRecord> result;
        if (decisions[i] == 1 || decisions[i] == 2) result.push_back({types[i], bodies[i]});
        if (decisions[i] == 2) result.push_back({7, Bytes(bodies[i].begin(), bodies[i].begin() + 1)});
        if (decisions[i] == 3) result.push_back({9, Bytes(i, 0x33)});
        return result;
    }

    Filter filter() {
        return [this](const RecordInfo& record, const Bytes& body) -> Result<std::vector<NewRecord>> {
            const std::size_t i = record.sequence - 1;
            if (i >= bodies.size() || body != bodies[i] || record.type != types[i]) {
                return fail(ErrorCode::Damaged, "the filter was given something else");
            }
            return decide(i);
        };
    }

    std::vector<std::pair<std::uint16_t, Bytes>> expected() const {
        std::vector<std::pair<std::uint16_t, Bytes>> result;
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            for (const NewRecord& record : decide(i)) {
                result.emplace_back(record.type, record.body);
            }
        }
        return result;
    }

    std::mt19937 random;
    std::vector<Bytes> bodies;
    std::vector<std::uint16_t> types;
    std::vector<unsigned> decisions;
    bool isFinished = false;
};

}  // namespace

/// Random logs and random filters, from fixed seeds.
class TestRewriteRandom : public QObject {
    Q_OBJECT
private slots:
    void randomLogsKeepJustWhatTheFilterKept();
};

void TestRewriteRandom::randomLogsKeepJustWhatTheFilterKept() {
    std::size_t dropped = 0;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        FaultFileSystem files;
        const KeyRing keys;
        RandomCase given(seed);
        VERIFY_OK(given.write(files, keys));
        const Bytes oldContent = files.content(kLogPath);
        files.setContent("/aside/old.log", oldContent);
        const LogKeys oldKeys = keysOf(files, kLogPath, keys);
        const auto done = rewrite(files, kLogPath, keys.identities(), keys.recipients(), given.filter());
        VERIFY_OK(done);
        const auto log = LogReader::open(files, kLogPath, keys.identities());
        VERIFY_OK(log);
        QVERIFY(log->integrity() == Integrity::Ok);
        QCOMPARE(log->isFinal(), given.isFinished);
        QVERIFY2(contentOf(*log) == given.expected(), qPrintable(QString::number(seed)));
        // A dropped record is in none of the new ones, and not in its old, sealed form either.
        const Bytes newContent = files.content(kLogPath);
        const auto old = LogReader::open(files, "/aside/old.log", keys.identities());
        VERIFY_OK(old);
        for (std::size_t i = 0; i < given.bodies.size(); ++i) {
            QVERIFY(!holds(newContent, old->records()[i].tag));
            if (given.decisions[i] == 1 || given.decisions[i] == 2) continue;
            ++dropped;
            QVERIFY(std::ranges::none_of(contentOf(*log),
                                         [&](const auto& record) { return holds(record.second, given.bodies[i]); }));
        }
        // Neither file key opens anything of the other file, not even under the other id.
        const LogKeys newKeys = keysOf(files, kLogPath, keys);
        QVERIFY(!opensAny(oldKeys, *log, newContent) && !opensAny(newKeys, *old, oldContent));
        QVERIFY(!opensAny(withOtherId(oldKeys, newKeys.id), *log, newContent));
        QVERIFY(!opensAny(withOtherId(newKeys, oldKeys.id), *old, oldContent));
        QVERIFY(log->records().empty() || opensAny(newKeys, *log, newContent));
        QVERIFY(old->records().empty() || opensAny(oldKeys, *old, oldContent));
    }
    QVERIFY(dropped > 500);
}

QTEST_GUILESS_MAIN(TestRewriteRandom)
#include "tst_rewrite_random.moc"
