// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QJsonArray>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

/// What a tablet gets from outside when it can't help itself: a newer study, an index that was lost, a passphrase that
/// nobody knows any more.
class CustodianTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theStudyMovesForwardOnly();
    void aLostIndexIsMadeAgain();
    void aLostOutboxLeavesItToPeopleWhatIsSealedAgain();
    void theCustodianHelpsWhenThePassphraseIsForgotten();

private:
    void copyHome(const char* name) const {
        QVERIFY(QDir(m_stage.path(text(name))).removeRecursively());
        copyTree(m_stage.path(text("home")), m_stage.path(text(name)));
    }
    Stage m_stage;
};

void CustodianTest::initTestCase() {
    m_stage.makeKeys();
    VERIFY_EXIT(m_stage.lab(words("keygen --out rival")), 0);
    writeWav(m_stage.path(text("voice.wav")), melody(3, 16000), 16000);
    writeAll(m_stage.path(text("script.yaml")), scriptWith({text("at: 0.5, ask: recovery-story")}));
    writeAll(m_stage.path(text("new")), "brass otters lend seven umbrellas\n");
    VERIFY_EXIT(m_stage.sotto(m_stage.rehearsal(text("voice.wav"), text("script.yaml"))), 0);
}

void CustodianTest::theStudyMovesForwardOnly() {
    copyTree(text(SOTTO_SOURCE_DIR "/assets/studies/practice"), m_stage.path(text("pack")));
    const QByteArray first = readAll(m_stage.path(text("pack/study.yaml")));
    const auto sign = [&](int version, const char* keys, const char* out) {
        QByteArray edited = first;
        edited.replace("\nversion: 1\n", "\nversion: " + QByteArray::number(version) + '\n');
        const QString path = m_stage.path(text("pack/study.yaml"));
        QVERIFY(QFile::remove(path));
        writeAll(path, edited);
        VERIFY_EXIT(m_stage.lab({text("study"), text("sign"), text("pack"), text("--keys"), text(keys), text("--out"),
                                 text(out)}),
                    0);
    };
    sign(1, "keys", "one.sottostudy");
    sign(2, "keys", "two.sottostudy");
    sign(3, "rival", "three.sottostudy");
    const Outcome updated = m_stage.as("passphrase", "study update two.sottostudy");
    VERIFY_EXIT(updated, 0);
    QVERIFY2(updated.err.contains("from version 1 to version 2"), updated.err);
    for (const char* line : {"study update one.sottostudy", "study update two.sottostudy"}) {
        const Outcome older = m_stage.as("passphrase", line);
        VERIFY_EXIT(older, kFailed);
        QVERIFY2(older.err.contains("not newer than version 2") && isSentence(older.err), older.err);
    }
    const Outcome rival = m_stage.as("passphrase", "study update three.sottostudy");
    VERIFY_EXIT(rival, kDamaged);
    QVERIFY2(rival.err.contains("not signed by the lab") && isSentence(rival.err), rival.err);
    QCOMPARE(m_stage.sessions().size(), 1);
}

void CustodianTest::aLostIndexIsMadeAgain() {
    const QJsonArray before = m_stage.sessionsIn("home");
    copyHome("copy");
    QVERIFY(QFile::remove(m_stage.path(text("copy/sessions.vault"))));
    const Outcome lost = m_stage.as("passphrase", "person list", "copy");
    VERIFY_EXIT(lost, kFailed);
    QVERIFY2(lost.err.contains("`sotto rebuild`") && isSentence(lost.err), lost.err);
    const Outcome rebuilt = m_stage.as("passphrase", "rebuild --json", "copy");
    VERIFY_EXIT(rebuilt, 0);
    QCOMPARE(jsonOf(rebuilt)[u"rebuilt"].toArray().at(0).toString(), text("sessions"));
    QCOMPARE(jsonOf(rebuilt)[u"sessions"].toInt(), 1);
    QJsonArray after = m_stage.sessionsIn("copy");
    QCOMPARE(after.size(), before.size());
    for (qsizetype i = 0; i < before.size(); ++i) {
        for (const auto key : {QLatin1String("id"), QLatin1String("events"), QLatin1String("recording")})
            QCOMPARE(after[i][key], before[i][key]);
    }
    const Outcome sound = m_stage.as("passphrase", "rebuild", "copy");
    VERIFY_EXIT(sound, kFailed);
    QVERIFY2(sound.err.contains("nothing to rebuild") && isSentence(sound.err), sound.err);
}

void CustodianTest::aLostOutboxLeavesItToPeopleWhatIsSealedAgain() {
    copyHome("copy");
    VERIFY_EXIT(m_stage.as("passphrase", "rehearse --script script.yaml --voice voice.wav", "copy"), 0);
    QVERIFY(QFile::remove(m_stage.path(text("copy/outbox.vault"))));
    const Outcome rebuilt = m_stage.as("passphrase", "rebuild", "copy");
    VERIFY_EXIT(rebuilt, 0);
    QVERIFY2(
        rebuilt.err.contains("1 interview(s) may have been sealed") && rebuilt.err.contains("`sotto seal SESSION`"),
        rebuilt.err);
    const Outcome seen = m_stage.as("passphrase", "inspect", "copy");
    QVERIFY2(seen.err.contains("interrupted, may have been sealed before a rebuild"), seen.err);
    const Outcome bad = m_stage.as("passphrase", "seal nobody", "copy");
    VERIFY_EXIT(bad, kUsage);
    const auto state = [this] { return m_stage.sessionsIn("copy").at(1)[u"state"].toString(); };
    QCOMPARE(state(), text("interrupted"));
    const QByteArray line = "seal " + m_stage.sessionsIn("copy").at(1)[u"id"].toString().toLatin1();
    VERIFY_EXIT(m_stage.as("passphrase", line.constData(), "copy"), 0);
    QCOMPARE(state(), text("sealed"));
    VERIFY_EXIT(m_stage.as("passphrase", line.constData(), "copy"), kFailed);
}

void CustodianTest::theCustodianHelpsWhenThePassphraseIsForgotten() {
    copyHome("copy");
    writeAll(m_stage.path(text("half/content.agekey")), readAll(m_stage.path(text("keys/content.agekey"))));
    writeAll(m_stage.path(text("other-half/identity.agekey")), readAll(m_stage.path(text("keys/identity.agekey"))));
    const auto rekey = [this](const char* keys) {
        return m_stage.lab(words("rekey copy --passphrase-file new --person Mia --keys") + QStringList{text(keys)});
    };
    for (const auto& [keys, missing] :
         {std::pair{"half", "the identity key is missing"}, std::pair{"other-half", "the content key is missing"},
          std::pair{"rival", "the content key is missing"}, std::pair{"store", "no .agekey file"}}) {
        const Outcome refused = rekey(keys);
        VERIFY_EXIT(refused, kWrongKey);
        QVERIFY2(refused.err.contains(missing) && isSentence(refused.err), refused.err);
        QCOMPARE(snapshot(m_stage.path(text("copy"))), snapshot(m_stage.path(text("home"))));
    }
    writeAll(m_stage.path(text("weak")), "password1\n");
    const Outcome weak = m_stage.lab(words("rekey copy --passphrase-file weak --keys keys"));
    VERIFY_EXIT(weak, kFailed);
    QVERIFY2(weak.err.contains("too easy to guess") && isSentence(weak.err), weak.err);
    QCOMPARE(snapshot(m_stage.path(text("copy"))), snapshot(m_stage.path(text("home"))));
    const Outcome done = rekey("keys");
    VERIFY_EXIT(done, 0);
    const QJsonArray sessions = m_stage.sessionsIn("copy", "new");
    QCOMPARE(sessions.size(), 1);
    QCOMPARE(sessions.at(0)[u"id"], m_stage.sessions().value(0)[u"id"]);
    VERIFY_EXIT(m_stage.as("passphrase", "inspect", "copy"), kWrongKey);
    const QJsonObject tablet = jsonOf(m_stage.as("new", "tablet --json --person Mia", "copy"));
    QVERIFY2(done.err.contains("enrolled again"), done.err);
    QVERIFY2(done.err.contains(tablet[u"words"][u"fr"].toString().toUtf8()), done.err);
    QVERIFY(tablet[u"device"] != jsonOf(m_stage.as("passphrase", "tablet --json"))[u"device"]);
    const Outcome trail = m_stage.as("new", "audit", "copy");
    VERIFY_EXIT(trail, 0);
    QVERIFY2(trail.err.contains("Mia  home.rekeyed"), trail.err);
}

QTEST_GUILESS_MAIN(CustodianTest)
#include "tst_custodian.moc"
