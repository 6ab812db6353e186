// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include <QDir>
#include <QJsonArray>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

constexpr int kFlipsInLog = 150;
constexpr int kFlipsElsewhere = 60;
constexpr int kCuts = 40;

/// Every event as one text, so that sets of them can be compared.
QStringList eventsOf(const QString& folder) {
    QStringList all;
    for (const QJsonValue& event : readJson(folder + text("/timeline.json"))[u"events"].toArray())
        all += QStringLiteral("%1 %2 %3")
                   .arg(event[u"n"].toInteger())
                   .arg(event[u"kind"].toString())
                   .arg(event[u"offset_ms"].toInteger());
    return all;
}

int durationOf(const QString& folder) {
    return readJson(folder + text("/manifest.json"))[u"recording"].toObject()[u"duration_ms"].toInt(-1);
}

}  // namespace

/// Flipped bits and cuts at dice-thrown places in each kind of file, as people would meet them. The unit tests of
/// each format try every bit.
class DamageTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aFlippedBitInASessionIsNoticedAndTheRestComesBack();
    void aCutSessionGivesBackWhatIsBeforeTheCut();
    void aFlippedBitInTheKeyringIsNoticed();
    void aFlippedBitInAPackageIsNoticed();
    void aFlippedBitInAStudyIsNoticed();
    void aFlippedBitInAManifestOrPartIsNoticed();
    void aFlippedBitInAReceiptCountsForNothing();
    void inspectTellsOfADamagedSession();

private:
    [[nodiscard]] QByteArray flipped(const QByteArray& content) {
        QByteArray bad = content;
        const auto at = static_cast<qsizetype>(m_dice() % static_cast<unsigned>(content.size()));
        bad[at] = static_cast<char>(bad[at] ^ (1 << m_dice() % 8));
        m_place = QByteArray::number(at);
        return bad;
    }
    [[nodiscard]] Outcome rescue(const QString& log) const {
        QDir(m_stage.path(text("rescued"))).removeRecursively();
        return m_stage.lab({text("rescue"), log, text("--keys"), text("keys"), text("--out"), text("rescued")});
    }

    Stage m_stage;
    std::mt19937 m_dice{20261122};
    QByteArray m_place;
    QString m_log;
    QStringList m_events;
    int m_duration = 0;
};

void DamageTest::initTestCase() {
    qInfo("seed 20261122");
    m_stage.makeKeys();
    writeWav(m_stage.path(text("voice.wav")), melody(4, 16000), 16000);
    QStringList steps;
    for (int i = 1; i < 20; ++i)
        steps += QStringLiteral("at: %1, mark: moment %2").arg(i * 0.2).arg(i);
    writeAll(m_stage.path(text("script.yaml")), scriptWith(steps));
    VERIFY_EXIT(m_stage.sotto(m_stage.rehearsal(text("voice.wav"), text("script.yaml"))), 0);
    m_log = m_stage.path(m_stage.sessions().value(0)[u"log"].toString());
    VERIFY_EXIT(rescue(m_log), 0);
    m_events = eventsOf(m_stage.path(text("rescued")));
    m_duration = durationOf(m_stage.path(text("rescued")));
    QCOMPARE(m_events.size(), 19);
    QVERIFY(m_duration > 3900);
}

void DamageTest::aFlippedBitInASessionIsNoticedAndTheRestComesBack() {
    const QByteArray whole = readAll(m_log);
    int opened = 0;
    for (int i = 0; i < kFlipsInLog; ++i) {
        writeAll(m_stage.path(text("bad.session")), flipped(whole));
        const Outcome done = rescue(text("bad.session"));
        // A fault in the FINAL record itself, seen without the vault, looks like the end of a broken-off write: it is
        // told, and everything before it is there.
        const bool isInFinal = m_place.toLongLong() >= whole.size() - 104;
        const bool isTold = done.described().contains(text("broken-off write"));
        QVERIFY2(done.code == kDamaged || (isInFinal && isTold), m_place + ": " + done.described().toUtf8());
        const QString folder = m_stage.path(text("rescued"));
        if (!QFile::exists(folder + text("/timeline.json"))) continue;
        ++opened;
        const QStringList events = eventsOf(folder);
        QVERIFY2(events.size() >= m_events.size() - 1, m_place);  // one record, one event
        QVERIFY2(std::all_of(events.begin(), events.end(),
                             [this](const QString& event) { return m_events.contains(event); }),
                 m_place);
        QVERIFY2(durationOf(folder) >= m_duration - 260 && durationOf(folder) <= m_duration + 26, m_place);
        const QString audio = folder + text("/audio.opus");
        QVERIFY2(m_stage.tool(text("opusinfo"), {audio}).code == 0, m_place);
    }
    qInfo("%d of %d damaged logs gave back their session", opened, kFlipsInLog);
    QVERIFY(opened >= kFlipsInLog * 8 / 10);
}

void DamageTest::aCutSessionGivesBackWhatIsBeforeTheCut() {
    const QByteArray whole = readAll(m_log);
    for (int i = 0; i < kCuts; ++i) {
        const auto size = static_cast<qsizetype>(m_dice() % static_cast<unsigned>(whole.size()));
        writeAll(m_stage.path(text("bad.session")), whole.left(size));
        const Outcome done = rescue(text("bad.session"));
        const QByteArray place = QByteArray::number(size) + ": " + done.described().toUtf8();
        const QString folder = m_stage.path(text("rescued"));
        if (!QFile::exists(folder + text("/timeline.json"))) {
            QVERIFY2(done.code != 0, place);
            QVERIFY2(size < 20'000, place);  // the head, the opening
            continue;
        }
        // Alone, without home and anchor, a cut log looks like one that was broken off.
        QVERIFY2(done.code == 0 || done.code == kDamaged, place);
        const QStringList events = eventsOf(folder);
        QVERIFY2(events == m_events.mid(0, events.size()), place);
        // Without its end a segment counts as long as its packets, up to 26 ms more than was heard.
        QVERIFY2(durationOf(folder) <= m_duration + 26, place);
    }
}

void DamageTest::aFlippedBitInTheKeyringIsNoticed() {
    const QString keyring = m_stage.path(text("home/keyring"));
    const QByteArray whole = readAll(keyring);
    for (int i = 0; i < kFlipsElsewhere; ++i) {
        const QByteArray bad = flipped(whole);
        writeAll(keyring, bad);
        const Outcome seen = m_stage.inspect();
        QVERIFY2(seen.code == kDamaged, m_place + ": " + seen.described().toUtf8());
        QVERIFY2(readAll(keyring) == bad, m_place);  // looked at, and not touched
    }
    writeAll(keyring, whole);
    VERIFY_EXIT(m_stage.inspect(), 0);
}

void DamageTest::aFlippedBitInAPackageIsNoticed() {
    const QDir outbox(m_stage.path(text("home/outbox")));
    for (const QString& name : outbox.entryList({text("*.age")})) {
        const QByteArray whole = readAll(outbox.filePath(name));
        for (int i = 0; i < kFlipsElsewhere / 3; ++i) {
            writeAll(m_stage.path(text("bad.age")), flipped(whole));
            const Outcome done = m_stage.lab(
                {text("open"), text("bad.age"), text("--keys"), text("keys"), text("--out"), text("opened")});
            // A flip in a key stanza may look as if the package were for somebody else.
            QVERIFY2(done.code == kDamaged || done.code == 3, m_place + ": " + done.described().toUtf8());
            QVERIFY2(!QFile::exists(m_stage.path(text("opened"))), m_place);
        }
    }
    QCOMPARE(QDir(m_stage.path()).entryList({text("opened*"), text(".opened*")}, QDir::AllEntries | QDir::Hidden),
             QStringList());
}

void DamageTest::aFlippedBitInAStudyIsNoticed() {
    VERIFY_EXIT(m_stage.lab({text("study"), text("sign"), text(SOTTO_SOURCE_DIR "/assets/studies/practice"),
                             text("--keys"), text("keys"), text("--out"), text("good.study")}),
                0);
    const QByteArray whole = readAll(m_stage.path(text("good.study")));
    for (int i = 0; i < kFlipsElsewhere; ++i) {
        writeAll(m_stage.path(text("bad.study")), flipped(whole));
        const Outcome done = m_stage.sotto({text("rehearse"), text("--study"), text("bad.study"), text("--home"),
                                            text("new-home"), text("--store"), text("new-store"), text("--voice"),
                                            text("voice.wav"), text("--passphrase-file"), text("passphrase")});
        QVERIFY2(done.code == kDamaged || done.code == 1, m_place + ": " + done.described().toUtf8());
        QVERIFY2(!QFile::exists(m_stage.path(text("new-home"))), m_place);
    }
}

void DamageTest::aFlippedBitInAManifestOrPartIsNoticed() {
    const QDir store(m_stage.path(text("store")));
    const QStringList names = store.entryList(QDir::Files);
    QCOMPARE(names.size(), 6);
    for (int i = 0; i < kFlipsElsewhere; ++i) {
        const QString path = store.filePath(names[i % names.size()]);
        const QByteArray whole = readAll(path);
        writeAll(path, flipped(whole));
        QDir(m_stage.path(text("desk"))).removeRecursively();
        const Outcome done = m_stage.receive(text("keys"), text("desk"));
        QVERIFY2(done.code == kDamaged, qPrintable(path + u' ' + QString::fromLatin1(m_place) + done.described()));
        int packages = 0;
        for (const QString& name : snapshot(m_stage.path(text("desk"))).keys())
            packages += name.endsWith(text(".age")) ? 1 : 0;
        QVERIFY2(packages == 2, m_place);  // the two others arrive all the same
        for (const QString& receipt : store.entryList({text("*.stored"), text("*.opened")}))
            QVERIFY(QFile::remove(store.filePath(receipt)));
        writeAll(path, whole);
    }
}

void DamageTest::aFlippedBitInAReceiptCountsForNothing() {
    VERIFY_EXIT(m_stage.receive(), 0);
    const QDir store(m_stage.path(text("store")));
    const QStringList receipts = store.entryList({text("*.stored"), text("*.opened")});
    QCOMPARE(receipts.size(), 6);
    for (const QString& name : receipts)
        writeAll(store.filePath(name), flipped(readAll(store.filePath(name))));
    const Outcome next = m_stage.sotto(m_stage.rehearsal(text("voice.wav"), text("script.yaml")));
    VERIFY_EXIT(next, 0);
    QVERIFY2(next.err.contains("do not verify"), next.err);
    QCOMPARE(m_stage.sessions().value(0)[u"state"].toString(), text("sent"));
}

void DamageTest::inspectTellsOfADamagedSession() {
    const QByteArray whole = readAll(m_log);
    // In each of the two header slots, which can replace each other, and in the records.
    for (const qsizetype place : {qsizetype{150}, qsizetype{5000}, whole.size() / 3, whole.size() / 2}) {
        QByteArray bad = whole;
        bad[place] = static_cast<char>(bad[place] ^ 4);
        writeAll(m_log, bad);
        const Outcome seen = m_stage.inspect();
        VERIFY_EXIT(seen, kDamaged);
        QVERIFY2(seen.out.contains("\"integrity\": \"damaged\""), seen.out);
        QCOMPARE(readAll(m_log), bad);
    }
    writeAll(m_log, whole);
    for (const char* vault : {"home/sessions.vault", "home/identities.vault", "home/outbox.vault"}) {
        const QString path = m_stage.path(text(vault));
        const QByteArray good = readAll(path);
        for (const qsizetype place : {qsizetype{150}, qsizetype{5000}, qsizetype{8300}}) {
            QByteArray bad = good;
            bad[place] = static_cast<char>(bad[place] ^ 4);
            writeAll(path, bad);
            const Outcome seen = m_stage.inspect();
            VERIFY_EXIT(seen, kDamaged);
            QVERIFY2(seen.out.contains("\"integrity\": \"damaged\""), seen.out);
        }
        writeAll(path, good);
    }
    // A finished session that lost its end is noticed, because the vault knows how it ended.
    writeAll(m_log, whole.chopped(200));
    VERIFY_EXIT(m_stage.inspect(), kDamaged);
    QVERIFY(QFile::remove(m_log));
    VERIFY_EXIT(m_stage.inspect(), kDamaged);
    writeAll(m_log, whole);
    VERIFY_EXIT(m_stage.inspect(), 0);
}

QTEST_GUILESS_MAIN(DamageTest)
#include "tst_damage.moc"
