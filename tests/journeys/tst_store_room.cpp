// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

/// Words that occur nowhere else, in lower case: a search index keeps them so.
const QByteArrayList kFirstCanaries{"quarzkuehn", "gnomonique"};
const QByteArrayList kSecondCanaries{"wombatoeuf", "xylophage"};

QByteArray scriptOf(const QByteArrayList& canaries) {
    return "participant: {role: person, language: en, name: Vera " + canaries[0] +
           "}\n"
           "partner: {role: caregiver, name: Bo Imaginary}\n"
           "consent: {items: {take-part: true, audio: true, quote: true, share: true, contact-again: false,"
           " report: false}}\n"
           "steps:\n  - {at: 0.4, ask: recovery-story}\n  - {at: 1, note: about " +
           canaries[1] + "}\n";
}

bool holdsAny(const QByteArray& bytes, const QByteArrayList& canaries) {
    const QByteArray lower = bytes.toLower();
    return std::any_of(canaries.begin(), canaries.end(), [&](const auto& word) { return lower.contains(word); });
}

/// The files below a folder in which one of the canaries occurs.
QStringList filesWith(const QByteArrayList& canaries, const QString& folder) {
    QStringList found;
    QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QString path = each.next();
        if (holdsAny(readAll(path), canaries)) found += QDir(folder).relativeFilePath(path);
    }
    return found;
}

bool hasWith(const QStringList& paths, const char* end) {
    return std::any_of(paths.begin(), paths.end(), [&](const QString& path) { return path.endsWith(text(end)); });
}

}  // namespace

/// One tablet with several people over the years: whom it lets in, whose keys turn, what it forgets. The functions
/// build on each other; those that destroy something work on a copy.
class StoreRoomTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void aWeakPassphraseIsRefused();
    void anAssistantDeliversAndSeesNothing();
    void theTrailTellsWhoDidWhat();
    void nobodyGivesWhatTheyDoNotHold();
    void whoIsShutOutOpensNothing();
    void theLastHolderStays();
    void aPassphraseCanBeChanged();
    void anOlderKeyringIsNoticed();
    void aSecondProgramIsRefused();
    void anErasedParticipantIsNowhere();
    void soundAloneCanBeErased();

private:
    [[nodiscard]] Outcome rehearse(const char* script, const QStringList& further = {}) const {
        return m_stage.sotto(words("rehearse --home home --keys keys --voice voice.wav --passphrase-file passphrase") +
                             QStringList{text("--script"), text(script)} + further);
    }
    void copyHome(const char* name) const {
        QVERIFY(QDir(m_stage.path(text(name))).removeRecursively());
        copyTree(m_stage.path(text("home")), m_stage.path(text(name)));
    }
    /// Everything that the lab's keys open of the home, in the clear.
    [[nodiscard]] QString rescued(const char* out) const;

    Stage m_stage;
    QString m_session;
    QString m_pseudonym;
};

void StoreRoomTest::initTestCase() {
    m_stage.makeKeys();
    writeWav(m_stage.path(text("voice.wav")), melody(3, 16000), 16000);
    writeAll(m_stage.path(text("first.yaml")), scriptOf(kFirstCanaries));
    writeAll(m_stage.path(text("second.yaml")), scriptOf(kSecondCanaries));
    writeAll(m_stage.path(text("rita")), "brass otters lend seven umbrellas\n");
    writeAll(m_stage.path(text("weak")), "sunshine1\n");
    QVERIFY(QDir().mkpath(m_stage.path(text("store"))));
    VERIFY_EXIT(rehearse("first.yaml", words("--person Ana")), 0);
    const QJsonObject person =
        jsonOf(m_stage.as("passphrase", "person list --json"))[u"persons"].toArray().at(0).toObject();
    QCOMPARE(person[u"name"].toString(), text("Ana"));
    QVERIFY(person[u"you"].toBool());
    QCOMPARE(person[u"compartments"].toArray().size(), 3);
    const QJsonObject session = m_stage.sessions().value(0);
    QCOMPARE(session[u"state"].toString(), text("sealed"));
    m_session = session[u"id"].toString();
    m_pseudonym = session[u"participant"].toString();
}

void StoreRoomTest::aWeakPassphraseIsRefused() {
    const Snapshot before = snapshot(m_stage.path(text("home")));
    const Outcome weak = m_stage.as("passphrase", "person add Rita --new-passphrase-file weak");
    VERIFY_EXIT(weak, kFailed);
    QVERIFY2(weak.err.contains("too easy to guess") && isSentence(weak.err), weak.err);
    VERIFY_EXIT(m_stage.as("passphrase", "passwd --new-passphrase-file weak"), kFailed);
    VERIFY_EXIT(m_stage.as("passphrase", "person add Rita"), kUsage);
    VERIFY_EXIT(m_stage.as("passphrase", "person add Rita --new-passphrase-file rita --generate fr"), kUsage);
    VERIFY_EXIT(m_stage.as("passphrase", "person add Rita --new-passphrase-file rita --compartments attic"), kUsage);
    QCOMPARE(snapshot(m_stage.path(text("home"))), before);
}

void StoreRoomTest::anAssistantDeliversAndSeesNothing() {
    VERIFY_EXIT(m_stage.as("passphrase", "person add Rita --new-passphrase-file rita"), 0);
    const Outcome seen = m_stage.as("rita", "inspect --json --person Rita");
    const Outcome sent = m_stage.as("rita", "deliver --store store --person Rita");
    const Outcome trail = m_stage.as("rita", "audit --person Rita");
    VERIFY_EXIT(seen, 0);
    VERIFY_EXIT(sent, 0);
    VERIFY_EXIT(trail, 0);
    QVERIFY2(sent.err.contains("3 package(s)"), sent.err);
    QVERIFY2(trail.err.contains("Rita  packages.delivered"), trail.err);
    const QByteArray all = seen.out + seen.err + sent.out + sent.err + trail.out + trail.err;
    for (const QByteArray& private_ : kFirstCanaries + QByteArrayList{m_session.toUtf8(), m_pseudonym.toUtf8()})
        QVERIFY2(!all.contains(private_), all);
    const Outcome refused = rehearse("first.yaml", words("--person Rita --passphrase-file rita"));
    VERIFY_EXIT(refused, kFailed);
    QVERIFY2(refused.err.contains("not been let into the sessions") && isSentence(refused.err), refused.err);

    VERIFY_EXIT(m_stage.receive(), 0);
    QVERIFY(!filesWith(kFirstCanaries, m_stage.path(text("lab"))).isEmpty());
    QCOMPARE(jsonOf(m_stage.as("rita", "deliver --store store --json"))[u"receipts"].toInt(), 3);
    // That the interview has arrived is seen once somebody unlocks who may see interviews.
    QCOMPARE(m_stage.sessions().value(0)[u"state"].toString(), text("sealed"));
    VERIFY_EXIT(m_stage.as("passphrase", "person list"), 0);
    QCOMPARE(m_stage.sessions().value(0)[u"state"].toString(), text("received"));
}

void StoreRoomTest::theTrailTellsWhoDidWhat() {
    const Outcome read = m_stage.as("passphrase", "audit --json");
    VERIFY_EXIT(read, 0);
    QCOMPARE(jsonOf(read)[u"trail"].toString(), text("sessions"));
    QVERIFY(jsonOf(read)[u"verified"].toBool());
    QStringList actions;
    for (const QJsonValue& entry : jsonOf(read)[u"entries"].toArray()) {
        actions += entry[u"action"].toString();
        QCOMPARE(entry[u"sequence"].toInt(), actions.size());
        QCOMPARE(entry[u"name"].toString(), text("Ana"));
        QVERIFY(entry[u"utc"].toString().endsWith(u'Z'));
    }
    QVERIFY2(actions.contains(text("session.started")) && actions.contains(text("person.added")),
             qPrintable(actions.join(u' ')));
    QCOMPARE(jsonOf(m_stage.as("passphrase", "audit --outbox --json"))[u"trail"].toString(), text("outbox"));
}

void StoreRoomTest::nobodyGivesWhatTheyDoNotHold() {
    const Outcome given = m_stage.as("rita", "person grant Rita sessions");
    VERIFY_EXIT(given, kFailed);
    QVERIFY2(given.err.contains("does not hold 'sessions'") && isSentence(given.err), given.err);
    const Outcome added =
        m_stage.as("rita", "person add Otto --new-passphrase-file passphrase --compartments sessions");
    VERIFY_EXIT(added, kFailed);
    QCOMPARE(jsonOf(m_stage.as("rita", "person list --json"))[u"persons"].toArray().size(), 2);
    const Outcome erased =
        m_stage.sotto(words("erase --home home --passphrase-file rita --session") + QStringList{m_session});
    VERIFY_EXIT(erased, kFailed);
    QVERIFY2(isSentence(erased.err), erased.err);
    VERIFY_EXIT(m_stage.as("passphrase", "person grant Nobody sessions"), kFailed);
}

void StoreRoomTest::whoIsShutOutOpensNothing() {
    VERIFY_EXIT(m_stage.as("passphrase", "person grant Rita sessions"), 0);
    QCOMPARE(m_stage.sessionsIn("home", "rita").at(0)[u"participant"].toString(), m_pseudonym);
    const QByteArray granted = readAll(m_stage.path(text("home/keyring")));
    const Outcome revoked = m_stage.as("passphrase", "person revoke Rita sessions");
    VERIFY_EXIT(revoked, 0);
    QVERIFY2(revoked.err.contains("sessions: 2 of 2 logs"), revoked.err);
    QCOMPARE(m_stage.sessionsIn("home", "rita").size(), 0);
    QCOMPARE(m_stage.sessionsIn("home").size(), 1);
    // Not even with the keyring of then, on the files of now.
    copyHome("copy");
    writeAll(m_stage.path(text("copy/keyring")), granted);
    const Outcome tried = m_stage.as("rita", "inspect --json", "copy");
    VERIFY_EXIT(tried, kDamaged);
    QVERIFY2(tried.out.isEmpty(), tried.out);
    QVERIFY2(isSentence(tried.err), tried.err);
    const Outcome opened = m_stage.as("rita", "person list", "copy");
    VERIFY_EXIT(opened, kDamaged);
    QVERIFY2(isSentence(opened.err), opened.err);
}

void StoreRoomTest::theLastHolderStays() {
    for (const char* line : {"person revoke Ana sessions", "person revoke Ana outbox", "person remove Ana"}) {
        const Outcome refused = m_stage.as("passphrase", line);
        VERIFY_EXIT(refused, kFailed);
        QVERIFY2(isSentence(refused.err), refused.err);
    }
    const Outcome last = m_stage.as("rita", "person revoke Ana identities");
    VERIFY_EXIT(last, kFailed);
    VERIFY_EXIT(m_stage.as("passphrase", "person remove Rita"), 0);
    VERIFY_EXIT(m_stage.as("rita", "inspect"), kWrongKey);
    QCOMPARE(m_stage.sessionsIn("home").size(), 1);
}

void StoreRoomTest::aPassphraseCanBeChanged() {
    const Outcome drawn = m_stage.as("passphrase", "passwd --generate fr");
    VERIFY_EXIT(drawn, 0);
    QCOMPARE(drawn.out.count(' '), 4);
    QVERIFY(drawn.out.endsWith('\n') && !drawn.err.contains(drawn.out.trimmed()));
    QVERIFY2(drawn.err.contains("`sotto rotate`"), drawn.err);  // what a copied keyring still opens
    writeAll(m_stage.path(text("drawn")), drawn.out);
    const Outcome old = m_stage.as("passphrase", "inspect");
    VERIFY_EXIT(old, kWrongKey);
    QVERIFY2(old.err.contains("sotto-lab rekey") && old.err.contains("sotto-lab rescue") && isSentence(old.err),
             old.err);
    QCOMPARE(m_stage.sessionsIn("home", "drawn").size(), 1);
    writeAll(m_stage.path(text("passphrase")), "green kettles never apologise twice\n");
    VERIFY_EXIT(m_stage.as("drawn", "passwd --new-passphrase-file passphrase"), 0);
    QCOMPARE(m_stage.sessionsIn("home").size(), 1);
    VERIFY_EXIT(m_stage.as("drawn", "inspect"), kWrongKey);
}

void StoreRoomTest::anOlderKeyringIsNoticed() {
    copyHome("copy");
    VERIFY_EXIT(m_stage.as("passphrase", "passwd --new-passphrase-file rita", "copy"), 0);
    writeAll(m_stage.path(text("copy/keyring")), readAll(m_stage.path(text("home/keyring"))));
    const Outcome seen = m_stage.as("passphrase", "person list", "copy");
    VERIFY_EXIT(seen, kDamaged);
    QVERIFY2(seen.err.contains("keyring is older") && isSentence(seen.err), seen.err);
}

void StoreRoomTest::aSecondProgramIsRefused() {
    const auto program = m_stage.startSotto(
        words("rehearse --home home --store store --voice voice.wav --script second.yaml --passphrase-file passphrase "
              "--realtime"));
    while (program->state() != QProcess::NotRunning && !program->canReadLine())
        static_cast<void>(program->waitForReadyRead(50));
    for (const QString& line : {text("person list --json"), text("rotate"), text("person remove Ana"),
                                text("erase --session ") + m_session}) {
        const Outcome second = m_stage.as("passphrase", line.toLatin1().constData());
        VERIFY_EXIT(second, kFailed);
        QVERIFY2(second.err.contains("another Sotto is using") && isSentence(second.err), second.err);
        QCOMPARE(second.out, QByteArray());
    }
    QCOMPARE(program->state(), QProcess::Running);
    VERIFY_EXIT(m_stage.as("passphrase", "audit"), 0);
    QVERIFY(program->waitForFinished());
    QCOMPARE(program->exitCode(), 0);
    QCOMPARE(m_stage.sessions().size(), 2);
}

QString StoreRoomTest::rescued(const char* out) const {
    const Outcome done = m_stage.lab(words("rescue home --keys keys --out") + QStringList{text(out)});
    return done.code == 0 ? m_stage.path(text(out)) : QString();
}

void StoreRoomTest::anErasedParticipantIsNowhere() {
    const QString before = rescued("clear-before");
    QVERIFY(hasWith(filesWith(kFirstCanaries, before), "identities.sqlite"));
    QVERIFY(hasWith(filesWith(kFirstCanaries, before), "sessions.sqlite"));
    const Outcome unknown = m_stage.as("passphrase", "erase --participant Nobody-1");
    VERIFY_EXIT(unknown, kFailed);
    QVERIFY2(isSentence(unknown.err), unknown.err);
    VERIFY_EXIT(m_stage.as("passphrase", "erase"), kUsage);
    VERIFY_EXIT(m_stage.as("passphrase", "erase --audio-only --participant Nobody-1"), kUsage);
    copyHome("copy");

    const QByteArray line = "erase --json --participant " + m_pseudonym.toLatin1();
    const Outcome erased = m_stage.as("passphrase", line.constData());
    VERIFY_EXIT(erased, 0);
    QCOMPARE(jsonOf(erased)[u"sessions"].toInt(), 1);
    QVERIFY(!jsonOf(erased)[u"tombstone"].toString().isEmpty());
    QCOMPARE(jsonOf(erased)[u"packages_left"].toArray().size(), 3);
    QCOMPARE(m_stage.sessions().size(), 1);
    const Outcome seen = m_stage.inspect();
    const Outcome trail = m_stage.as("passphrase", "audit --json");
    VERIFY_EXIT(trail, 0);
    QVERIFY(trail.out.contains("\"redacted\": true"));
    for (const QByteArray& gone : kFirstCanaries + QByteArrayList{m_session.toUtf8(), m_pseudonym.toUtf8()})
        QVERIFY2(!(seen.out + trail.out).contains(gone), trail.out);
    const QString after = rescued("clear-after");
    QCOMPARE(filesWith(kFirstCanaries + QByteArrayList{m_session.toUtf8()}, after), QStringList());
    QCOMPARE(filesWith(kFirstCanaries + QByteArrayList{m_session.toUtf8()}, m_stage.path(text("home"))), QStringList());
    QVERIFY(hasWith(filesWith(kSecondCanaries, after), "sessions.sqlite"));
    QVERIFY(hasWith(filesWith(kSecondCanaries, after), "identities.sqlite"));
    // The files of before do not open with the keyring of now.
    QVERIFY(QFile::remove(m_stage.path(text("copy/keyring"))));
    copyTree(m_stage.path(text("home/keyring")), m_stage.path(text("copy/keyring")));
    const Outcome old = m_stage.as("passphrase", "inspect --json", "copy");
    VERIFY_EXIT(old, kDamaged);
    QVERIFY2(!old.out.contains(m_pseudonym.toUtf8()), old.out);
}

void StoreRoomTest::soundAloneCanBeErased() {
    const QJsonObject before = m_stage.sessions().value(0);
    const QString id = before[u"id"].toString();
    const auto erased =
        m_stage.sotto(words("erase --home home --passphrase-file passphrase --audio-only --session") + QStringList{id});
    VERIFY_EXIT(erased, 0);
    QVERIFY2(erased.err.contains("sound alone"), erased.err);
    const QJsonObject after = m_stage.sessions().value(0);
    QCOMPARE(after[u"events"], before[u"events"]);
    QCOMPARE(after[u"recording"], before[u"recording"]);
    const QString clear = rescued("clear-silent");
    QVERIFY(!filesWith(kSecondCanaries, clear).isEmpty());
    const QString content = clear + u'/' + id + text("/content/");
    QVERIFY(QFile::exists(content + text("timeline.json")) && !QFile::exists(content + text("audio.opus")));
    QVERIFY(QFile::exists(m_stage.path(text("clear-after/%1/content/audio.opus").arg(id))));
}

QTEST_GUILESS_MAIN(StoreRoomTest)
#include "tst_store_room.moc"
