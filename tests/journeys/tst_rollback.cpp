// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

/// What a manifest in the store says: the part that the device signed.
QJsonObject signedPart(const QString& path) {
    const QByteArray base64 = readJson(path)[u"signed"].toString().toLatin1();
    return QJsonDocument::fromJson(QByteArray::fromBase64(base64)).object();
}

}  // namespace

/// Which tablets the lab knows, and a tablet whose whole home was put back to an earlier day.
class RollbackTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aTabletAndItsLabShowTheSameWords();
    void aSlipInARequestIsNoticed();
    void enrollingTwiceSaysSoAndChangesNothing();
    void unknownTabletsAreFiledApartUntilTheyAreEnrolled();
    void aHomePutBackIsFoundAtTheLab();

private:
    [[nodiscard]] Outcome tablet(const QStringList& further = {}) const {
        return m_stage.sotto(words("tablet --home home --passphrase-file passphrase") + further);
    }
    [[nodiscard]] Outcome rehearse() const {
        return m_stage.sotto(m_stage.rehearsal(text("voice.wav"), text("script.yaml")));
    }
    /// The manifests in the store of one session, by kind.
    [[nodiscard]] QMap<QString, QJsonObject> manifestsOf(const QString& session) const;
    Stage m_stage;
};

void RollbackTest::initTestCase() {
    m_stage.makeKeys();
    writeWav(m_stage.path(text("voice.wav")), melody(2, 16000), 16000);
    writeAll(m_stage.path(text("script.yaml")), scriptWith({text("at: 0.5, ask: recovery-story")}));
    VERIFY_EXIT(rehearse(), 0);
}

QMap<QString, QJsonObject> RollbackTest::manifestsOf(const QString& session) const {
    QMap<QString, QJsonObject> found;
    const QDir store(m_stage.path(text("store")));
    for (const QString& name : store.entryList({text("*.manifest")}, QDir::Files)) {
        const QJsonObject manifest = signedPart(store.filePath(name));
        if (manifest[u"session"].toString() == session) found[manifest[u"kind"].toString()] = manifest;
    }
    return found;
}

void RollbackTest::aTabletAndItsLabShowTheSameWords() {
    const Snapshot home = snapshot(m_stage.path(text("home")));
    const Outcome shown = tablet({text("--json")});
    VERIFY_EXIT(shown, 0);
    const QJsonObject json = QJsonDocument::fromJson(shown.out).object();
    const QString key = json[u"device"].toString();
    QCOMPARE(key.size(), 64);
    QCOMPARE(manifestsOf(m_stage.sessions().value(0)[u"id"].toString())[text("content")][u"device"].toString(), key);
    VERIFY_EXIT(tablet({text("--out"), text("request")}), 0);
    QCOMPARE(snapshot(m_stage.path(text("home"))), home);
    const QJsonObject request = signedPart(m_stage.path(text("request")));
    QCOMPARE(request[u"device"].toString(), key);
    QCOMPARE(request[u"home"].toString(), json[u"home"].toString());
    QCOMPARE(request[u"study"].toString(), text("practice"));
    const Outcome prose = tablet();
    VERIFY_EXIT(prose, 0);
    QCOMPARE(prose.out, QByteArray());
    copyTree(m_stage.path(text("keys")), m_stage.path(text("other-desk")));
    const Outcome byKey = m_stage.lab({text("enrol"), text("--tablet"), key, text("--keys"), text("other-desk")});
    VERIFY_EXIT(byKey, 0);
    const Outcome byFile = m_stage.lab(words("enrol --tablet request --keys keys --out certificate"));
    VERIFY_EXIT(byFile, 0);
    for (const QString& language : {text("fr"), text("en")}) {
        const QByteArray line = json[u"words"].toObject()[language].toString().toUtf8();
        QCOMPARE(line.count(' '), qsizetype{5});
        for (const QByteArray& said : {prose.err, byKey.err, byFile.err})
            QVERIFY2(said.contains(line), said);
    }
    const QString certificate = m_stage.path(text("keys/tablets/%1.tablet").arg(key));
    QCOMPARE(readAll(m_stage.path(text("certificate"))), readAll(certificate));
    QCOMPARE(signedPart(certificate)[u"study"].toString(), text("practice"));
    VERIFY_EXIT(tablet({text("--out"), text("request")}), kFailed);  // never overwritten
    QVERIFY(QDir(m_stage.path(text("keys/tablets"))).removeRecursively());
}

void RollbackTest::aSlipInARequestIsNoticed() {
    QByteArray altered = readAll(m_stage.path(text("request")));
    const qsizetype at = altered.indexOf("signed\":\"") + 30;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    writeAll(m_stage.path(text("altered")), altered);
    const Snapshot keys = snapshot(m_stage.path(text("keys")));
    const Outcome done = m_stage.lab(words("enrol --tablet altered --keys keys"));
    QVERIFY2(done.code == kFailed || done.code == kDamaged, qPrintable(done.described()));
    QVERIFY2(done.err.startsWith("sotto-lab: ") && done.err.trimmed().endsWith('.'), done.err);
    VERIFY_EXIT(m_stage.lab(words("enrol --tablet voice.wav --keys keys")), kFailed);
    VERIFY_EXIT(m_stage.lab(words("enrol --tablet nowhere --keys keys")), kFailed);
    VERIFY_EXIT(m_stage.lab(words("enrol --tablet request --keys store")), kFailed);
    QCOMPARE(snapshot(m_stage.path(text("keys"))), keys);
}

void RollbackTest::enrollingTwiceSaysSoAndChangesNothing() {
    const Snapshot before = snapshot(m_stage.path(text("other-desk")));
    const Outcome again = m_stage.lab(words("enrol --tablet request --keys other-desk"));
    VERIFY_EXIT(again, 0);
    QVERIFY2(again.err.contains("nothing was changed"), again.err);
    QCOMPARE(snapshot(m_stage.path(text("other-desk"))), before);
}

void RollbackTest::unknownTabletsAreFiledApartUntilTheyAreEnrolled() {
    const QString session = m_stage.sessions().value(0)[u"id"].toString();
    const QString stranger = text("0123456789abcdef").repeated(4);
    copyTree(m_stage.path(text("keys")), m_stage.path(text("desk-keys")));
    const Outcome none = m_stage.receive(text("keys"), text("first-desk"));
    VERIFY_EXIT(none, 0);
    QVERIFY2(none.err.contains("No tablet is enrolled yet"), none.err);
    for (const QString& name : QDir(m_stage.path(text("store"))).entryList({text("*.stored"), text("*.opened")}))
        QVERIFY(QFile::remove(m_stage.path(text("store/") + name)));
    VERIFY_EXIT(m_stage.lab({text("enrol"), text("--tablet"), stranger, text("--keys"), text("desk-keys")}), 0);
    const Outcome apart = m_stage.receive(text("desk-keys"), text("desk"));
    VERIFY_EXIT(apart, 0);
    const QByteArray key = signedPart(m_stage.path(text("request")))[u"device"].toString().toUtf8();
    QVERIFY2(apart.err.contains("UNKNOWN TABLET") && apart.err.contains(key), apart.err);
    const QString waiting = m_stage.path(text("desk/unknown-tablets/") + session);
    QCOMPARE(QDir(waiting).entryList({text("*.age")}, QDir::Files).size(), 3);
    QVERIFY(!QDir(m_stage.path(text("desk/") + session)).exists());
    QCOMPARE(QDir(m_stage.path(text("store"))).entryList({text("*.stored"), text("*.opened")}).size(), 0);

    VERIFY_EXIT(m_stage.lab(words("enrol --tablet request --keys desk-keys")), 0);
    // A desk that does not sign checks the certificates with the public key alone, and needs it.
    QVERIFY(QFile::remove(m_stage.path(text("desk-keys/lab-signing.key"))));
    const Outcome refiled = m_stage.receive(text("desk-keys"), text("desk"));
    VERIFY_EXIT(refiled, 0);
    QVERIFY2(refiled.err.contains("had waited"), refiled.err);
    QVERIFY(QFile::exists(m_stage.path(text("desk/%1/content/timeline.json").arg(session))));
    QVERIFY(!QDir(waiting).exists());
    QVERIFY(QFile::remove(m_stage.path(text("desk-keys/lab-signing.key.pub"))));
    const Outcome blind = m_stage.receive(text("desk-keys"), text("desk"));
    VERIFY_EXIT(blind, kFailed);
    QVERIFY2(blind.err.contains("lab-signing.key.pub"), blind.err);
}

void RollbackTest::aHomePutBackIsFoundAtTheLab() {
    VERIFY_EXIT(m_stage.lab(words("enrol --tablet request --keys keys")), 0);
    copyTree(m_stage.path(text("home")), m_stage.path(text("kept-home")));
    VERIFY_EXIT(rehearse(), 0);
    const QString genuine = m_stage.sessions().value(1)[u"id"].toString();
    VERIFY_EXIT(m_stage.receive(), 0);
    const Snapshot lab = snapshot(m_stage.path(text("lab")));
    // The thief, or the backup: yesterday's home, and another interview in it.
    QVERIFY(QDir(m_stage.path(text("home"))).removeRecursively());
    QVERIFY(QDir().rename(m_stage.path(text("kept-home")), m_stage.path(text("home"))));
    VERIFY_EXIT(rehearse(), 0);
    const QString other = m_stage.sessions().value(1)[u"id"].toString();
    QVERIFY(other != genuine);
    const auto before = manifestsOf(genuine);
    const auto now = manifestsOf(other);
    QCOMPARE(now[text("content")][u"sequence"].toInt(), before[text("content")][u"sequence"].toInt());
    const Outcome found = m_stage.receive();
    VERIFY_EXIT(found, kDamaged);
    QCOMPARE(found.err.count("REFUSED"), now.size());
    const QByteArray number = "number " + QByteArray::number(now[text("content")][u"sequence"].toInt());
    for (const QByteArray& line : found.err.split('\n')) {
        if (!line.contains("REFUSED")) continue;
        QVERIFY2(line.contains("roll-back") && line.contains(number), line);
        QVERIFY2(line.contains(genuine.toUtf8()) && line.contains(other.toUtf8()), line);
    }
    QVERIFY2(found.err.contains(now[text("content")][u"sha256"].toString().toUtf8()), found.err);
    QVERIFY2(found.err.contains(before[text("content")][u"sha256"].toString().toUtf8()), found.err);
    QCOMPARE(snapshot(m_stage.path(text("lab"))), lab);
}

QTEST_GUILESS_MAIN(RollbackTest)
#include "tst_rollback.moc"
