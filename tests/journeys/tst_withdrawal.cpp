// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QJsonArray>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

/// Somebody takes back what was sent already: from the tablet to the lab and back, with the real programs.
class WithdrawalTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void peopleAtTheLabMakeCopies();
    void theTabletAsksForItBack();
    void theLabRemovesItAndNamesTheCopies();
    void theTabletLearnsOfIt();
    void itDoesNotComeBack();
    void deliveringNeedsNothingButTheOutbox();

private:
    [[nodiscard]] QString lab(const QString& name) const { return m_stage.path(QStringLiteral("lab/") + name); }
    [[nodiscard]] QStringList filed() const {
        return QDir(lab(QString())).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] Outcome deliver() const { return m_stage.as("passphrase", "deliver --store store --json"); }

    Stage m_stage;
    QString m_session;
    QString m_pseudonym;
};

void WithdrawalTest::initTestCase() {
    m_stage.makeKeys();
    writeWav(m_stage.path(text("voice.wav")), melody(2, 48000), 48000);
    writeAll(m_stage.path(text("script.yaml")), scriptWith({text("at: 0.5, ask: recovery-story")}));
    VERIFY_EXIT(m_stage.sotto(m_stage.rehearsal(text("voice.wav"), text("script.yaml"))), 0);
    VERIFY_EXIT(m_stage.receive(), 0);
    QCOMPARE(filed().size(), 1);
    m_session = filed().constFirst();
    m_pseudonym = readJson(lab(m_session + text("/content/manifest.json")))[u"pseudonym"].toString();
    QVERIFY(!m_pseudonym.isEmpty());
}

void WithdrawalTest::peopleAtTheLabMakeCopies() {
    const QString sealed = text("lab/") + m_session + text("/content.age");
    VERIFY_EXIT(m_stage.lab({text("open"), sealed, text("--keys"), text("keys"), text("--out"), text("for-anna"),
                             text("--for"), text("Anna in room 3")}),
                0);
    VERIFY_EXIT(
        m_stage.lab({text("unseal"), sealed, text("copy.tar"), text("--identity"), text("keys/content.agekey")}), 0);
    const QJsonArray copies = readJson(lab(text("exports.json")))[u"copies"].toArray();
    QCOMPARE(copies.size(), 2);
    QCOMPARE(copies[0][u"for"].toString(), text("Anna in room 3"));
    // Of a file that lies elsewhere it is said that nobody will know.
    copyTree(m_stage.path(sealed), m_stage.path(text("elsewhere.age")));
    const Outcome other = m_stage.lab(words("open elsewhere.age --keys keys --out other"));
    VERIFY_EXIT(other, 0);
    QVERIFY2(other.err.contains("in no list"), other.err);
    VERIFY_EXIT(m_stage.lab(words("unseal elsewhere.age noted.tar --identity keys/content.agekey --desk lab")), 0);
    QCOMPARE(readJson(lab(text("exports.json")))[u"copies"].toArray().size(), 3);
}

void WithdrawalTest::theTabletAsksForItBack() {
    const QByteArray who = " --participant " + m_pseudonym.toLatin1();
    VERIFY_EXIT(m_stage.as("passphrase", QByteArray("withdraw --what everything" + who).constData()), kFailed);
    VERIFY_EXIT(m_stage.as("passphrase", QByteArray("withdraw --what later" + who).constData()), kFailed);
    const Outcome taken = m_stage.as("passphrase", QByteArray("withdraw --what erase --json" + who).constData());
    VERIFY_EXIT(taken, 0);
    QVERIFY(jsonOf(taken)[u"done"].toBool());
    QCOMPARE(jsonOf(taken)[u"packages_sent"].toInt(), 3);
    QVERIFY(m_stage.sessions().isEmpty());
    const Outcome told = deliver();
    VERIFY_EXIT(told, 0);
    QCOMPARE(jsonOf(told)[u"orders"].toInt(), 1);
    QCOMPARE(QDir(m_stage.path(text("store"))).entryList(QDir::Files).size(), 1);
}

void WithdrawalTest::theLabRemovesItAndNamesTheCopies() {
    const Outcome received = m_stage.receive();
    VERIFY_EXIT(received, 0);
    QVERIFY2(received.err.contains("COPY to delete by hand") && received.err.contains("for Anna in room 3"),
             received.err);
    QCOMPARE(filed(), QStringList());
    const Outcome listed = m_stage.lab(words("withdraw-list --out lab"));
    VERIFY_EXIT(listed, 0);
    QCOMPARE(listed.err.count("COPY to delete by hand"), 3);
    QVERIFY2(listed.err.contains(m_stage.path(text("for-anna")).toUtf8()), listed.err);
}

void WithdrawalTest::theTabletLearnsOfIt() {
    const Outcome told = deliver();
    VERIFY_EXIT(told, 0);
    QCOMPARE(jsonOf(told)[u"deletions"].toInt(), 1);
    const Outcome again = deliver();
    QCOMPARE(jsonOf(again)[u"deletions"].toInt(), 0);
}

void WithdrawalTest::itDoesNotComeBack() {
    VERIFY_EXIT(m_stage.receive(), 0);
    QCOMPARE(filed(), QStringList());
}

/// With the outbox alone nothing is known of who took back, and the order still goes out.
void WithdrawalTest::deliveringNeedsNothingButTheOutbox() {
    VERIFY_EXIT(m_stage.sotto(m_stage.rehearsal(text("voice.wav"), text("script.yaml"))), 0);
    VERIFY_EXIT(m_stage.receive(), 0);
    const QString session = filed().value(0);
    const QString pseudonym = readJson(lab(session + text("/content/manifest.json")))[u"pseudonym"].toString();
    const QByteArray who = " --participant " + pseudonym.toLatin1();
    VERIFY_EXIT(m_stage.as("passphrase", QByteArray("withdraw --what erase-audio" + who).constData()), 0);
    writeAll(m_stage.path(text("assistant")), "an assistant delivers with these words\n");
    VERIFY_EXIT(m_stage.as("passphrase", "person add Rita --new-passphrase-file assistant"), 0);
    const Outcome told = m_stage.as("assistant", "deliver --store store --json --person Rita");
    VERIFY_EXIT(told, 0);
    QCOMPARE(jsonOf(told)[u"orders"].toInt(), 1);
    VERIFY_EXIT(m_stage.receive(), 0);
    QVERIFY(!QFile::exists(lab(session + text("/content/audio.opus"))));
    QVERIFY(!QFile::exists(lab(session + text("/content.age"))));
    QVERIFY(QFile::exists(lab(session + text("/content/timeline.json"))));
    QVERIFY(QFile::exists(lab(session + text("/identity.age"))));
}

QTEST_GUILESS_MAIN(WithdrawalTest)
#include "tst_withdrawal.moc"
