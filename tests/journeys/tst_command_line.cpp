// SPDX-License-Identifier: Apache-2.0
#include <utility>
#include <vector>

#include <QCryptographicHash>
#include <QDir>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

/// True for a run that got as far as unlocking the home. That writes to the vaults: durable marks, anchors.
bool hasUnlocked(const QString& line) {
    for (const char* after :
         {"home home --store new-store", "store store --passphrase-file passphrase --voice voice.wav --script unknown-",
          "no-take-part", "--study", "--keys nowhere", "counter"}) {
        if (line.contains(text("sotto rehearse")) && line.contains(text(after))) return true;
    }
    return false;
}

/// The same list of files, with the bytes of sessions, packages, store and lab.
Snapshot withoutVaults(Snapshot all) {
    for (auto file = all.begin(); file != all.end(); ++file) {
        if (file.key().endsWith(text(".vault")) || file.key().endsWith(text("keyring"))) file.value().clear();
    }
    return all;
}

}  // namespace

/// The contract of both programs: help, exit codes, and that a command which fails leaves everything as it was.
class CommandLineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyCommandHelps_data();
    void everyCommandHelps();
    void badInputEndsInASentenceAndChangesNothing_data();
    void badInputEndsInASentenceAndChangesNothing();
    void aWrongPassphraseIsCountedAndChangesNothingElse();
    void aPassphraseFileMayEndInANewlineOrNot();
    void aHomeOfANewerVersionIsRefusedUntouched();
    void aHomeOfAnotherStudyIsRefusedUntouched();
    void inspectChangesNoByte();
    void inspectWorksBesideARunningInterview();
    void keygenNeverOverwrites();
    void keygenMakesOneKeyWhereAsked();

private:
    void copyHome(Stage& stage) const;
    Stage m_stage;
};

void CommandLineTest::initTestCase() {
    m_stage.makeKeys();
    const auto file = [this](const char* name) { return m_stage.path(text(name)); };
    writeWav(file("voice.wav"), melody(2, 16000), 16000);
    writeAll(file("script.yaml"), scriptWith({text("at: 0.5, ask: recovery-story"), text("at: 1, note: quiet")}));
    const Outcome done = m_stage.sotto(m_stage.rehearsal(text("voice.wav"), text("script.yaml")));
    VERIFY_EXIT(done, 0);
    VERIFY_EXIT(m_stage.receive(), 0);

    writeAll(file("empty"), {});
    writeAll(file("prose.wav"), "this is a shopping list, not a recording, although its name ends in wav\n");
    writeWav(file("silent.wav"), {}, 16000);
    writeAll(file("cut.wav"), readAll(file("voice.wav")).left(20));
    writeAll(file("unknown-key.yaml"), scriptWith({text("at: 0.5, sing: aloud")}));
    writeAll(file("unknown-question.yaml"), scriptWith({text("at: 0.5, ask: no-such-question")}));
    writeAll(file("not.yaml"), "steps: [a, {b\n");
    writeAll(file("binary.yaml"), QByteArray("\x00\xff\x12\x80", 4).repeated(50));
    QByteArray role = scriptWith({text("at: 0.5, mark: x")});
    writeAll(file("unknown-role.yaml"), role.replace("role: person", "role: pirate"));
    writeAll(file("no-take-part.yaml"),
             scriptWith({text("at: 0.5, mark: x")}, text("take-part: false, audio: true, share: true")));
    writeAll(file("unknown-item.yaml"), scriptWith({text("at: 0.5, mark: x")},
                                                   text("take-part: true, audio: true, share: true, horoscope: true")));
    VERIFY_EXIT(m_stage.lab(words("study sign " SOTTO_SOURCE_DIR "/assets/studies/practice --keys keys --out "
                                  "practice.sottostudy")),
                0);
    writeAll(file("full/of/things"), "x");
    QVERIFY(QDir().mkpath(file("nothing")));
    VERIFY_EXIT(m_stage.lab(words("keygen --out other-keys")), 0);
    const QString session = m_stage.sessions().value(0)[u"id"].toString();
    copyTree(m_stage.path(text("lab/%1/content.age").arg(session)), file("content.age"));
    const QByteArray package = readAll(file("content.age"));
    writeAll(file("truncated.age"), package.chopped(1));
    writeAll(file("headless.age"), package.mid(1));
    QByteArray altered = package;
    altered[altered.size() / 2] = static_cast<char>(altered[altered.size() / 2] ^ 1);
    writeAll(file("altered.age"), altered);
    copyTree(m_stage.path(text("home/sessions/%1.session").arg(session)), file("one.session"));
    writeAll(file("plain.agekey-folder/content.agekey"), "not a key\n");
}

void CommandLineTest::everyCommandHelps_data() {
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("command");
    for (const char* command : {"",           "rehearse",     "inspect",       "deliver",
                                "erase",      "audit",        "person",        "person list",
                                "person add", "person grant", "person revoke", "person remove",
                                "passwd",     "passphrase",   "tablet",        "rotate",
                                "rebuild",    "seal",         "study update",  "withdraw"})
        QTest::addRow("sotto %s", command) << text("sotto") << text(command);
    for (const char* command : {"", "keygen", "study", "study check", "study sign", "study sheet", "enrol", "receive",
                                "withdraw-list", "open", "rescue", "rekey", "unseal"})
        QTest::addRow("sotto-lab %s", command) << text("sotto-lab") << text(command);
}

void CommandLineTest::everyCommandHelps() {
    QFETCH(QString, program);
    QFETCH(QString, command);
    const Outcome done = m_stage.run(program + u' ' + command + text(" --help"));
    VERIFY_EXIT(done, 0);
    QVERIFY(done.out.contains(program.toUtf8()));
    QVERIFY(done.out.contains(command.toUtf8()));
    QCOMPARE(done.err, QByteArray());
    for (const char* word :
         {"keygen --out --only", "study sign --keys --out", "study sheet --language --out",
          "receive STORE --keys --out", "open FILE.age --keys --out", "rescue LOG|HOME --keys --out",
          "unseal IN OUT --identity", "enrol --tablet --keys --out",
          "person add NAME --home --passphrase-file --person --new-passphrase-file --generate --compartments",
          "rehearse --study --script --voice --home --store --passphrase-file --person --keys --realtime "
          "--frame-counter"}) {
        if (command.isEmpty() || !text(word).startsWith(command + u' ')) continue;
        for (const QString& option : words(word))
            QVERIFY2(done.out.contains(option.toUtf8()), qPrintable(option));
    }
}

void CommandLineTest::badInputEndsInASentenceAndChangesNothing_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    const auto rows = [](const char* before, int code,
                         const std::vector<std::pair<const char*, const char*>>& further) {
        for (const auto& [name, after] : further)
            QTest::newRow(name) << text(before) + u' ' + text(after) << code;
    };
    rows("sotto rehearse --home home --store store --passphrase-file passphrase", kFailed,
         {{"voice missing", "--voice nowhere.wav"},
          {"voice is a folder", "--voice keys"},
          {"voice is prose", "--voice prose.wav"},
          {"voice is an empty file", "--voice empty"},
          {"voice holds no sound", "--voice silent.wav"},
          {"voice is cut in its header", "--voice cut.wav"}});
    rows("sotto rehearse --home home --store store --passphrase-file passphrase --voice voice.wav --script", kFailed,
         {{"script missing", "nowhere.yaml"},
          {"script is a folder", "keys"},
          {"script with an unknown key", "unknown-key.yaml"},
          {"script with an unknown question", "unknown-question.yaml"},
          {"script with an unknown role", "unknown-role.yaml"},
          {"script that refuses to take part", "no-take-part.yaml"},
          {"script that is no YAML", "not.yaml"},
          {"script of bytes", "binary.yaml"},
          {"script empty", "empty"}});
    rows("sotto rehearse --home new --store new-store --passphrase-file passphrase --script", kFailed,
         {{"new home, script with an unknown question", "unknown-question.yaml"},
          {"new home, script with an unknown role", "unknown-role.yaml"},
          {"new home, script with an unknown consent item", "unknown-item.yaml"},
          {"new home, signed study", "unknown-item.yaml --study practice.sottostudy"}});
    rows("sotto rehearse", kFailed,
         {{"new store, script with an unknown item",
           "--home home --store new-store --passphrase-file passphrase --voice voice.wav --script unknown-item.yaml"}});
    rows("sotto rehearse --home home --store store --passphrase-file passphrase --voice voice.wav --script script.yaml",
         kFailed,
         {{"study missing", "--study nowhere"},
          {"study is no study", "--study prose.wav"},
          {"keys missing", "--keys nowhere"},
          {"frame counter impossible", "--frame-counter nowhere/counter"}});
    rows("sotto rehearse --voice voice.wav --passphrase-file", kFailed,
         {{"passphrase file missing", "nowhere --home home --store store"},
          {"passphrase empty", "empty --home home --store store"},
          {"home is a file", "passphrase --home prose.wav --store store --keys keys"},
          {"home holds other things", "passphrase --home full --store store --keys keys"},
          {"store is a file", "passphrase --home home --store prose.wav"},
          {"keys without signing key", "passphrase --home new --store store --keys nothing"},
          {"broken key file", "passphrase --home new --store store --keys plain.agekey-folder"}});
    rows("sotto", kFailed,
         {{"inspect nothing", "inspect --home nothing --passphrase-file passphrase --json"},
          {"inspect nowhere", "inspect --home nowhere --passphrase-file passphrase"}});
    rows("sotto-lab", kFailed,
         {{"receive from nowhere", "receive nowhere --keys keys --out new"},
          {"receive without keys", "receive store --keys nowhere --out new"},
          {"open nothing", "open nowhere.age --keys keys --out new"},
          {"open a folder", "open store --keys keys --out new"},
          {"open onto what is there", "open content.age --keys keys --out lab"},
          {"open with a broken key", "open content.age --keys plain.agekey-folder --out new"},
          {"rescue nothing", "rescue nowhere --keys keys --out new"},
          {"rescue an empty folder", "rescue nothing --keys keys --out new"},
          {"rescue onto what is there", "rescue home --keys keys --out lab"},
          {"unseal with no key file", "unseal --identity nowhere content.age new"},
          {"unseal nothing", "unseal --identity keys/content.agekey nowhere new"},
          {"check nothing", "study check nowhere"},
          {"check an empty folder", "study check nothing"},
          {"sign nothing", "study sign nowhere --keys keys --out new.sottostudy"},
          {"keygen over keys", "keygen --out keys"},
          {"keygen into a file", "keygen --out prose.wav"}});
    rows("sotto-lab", kWrongKey,
         {{"open with other keys", "open content.age --keys other-keys --out new"},
          {"open without keys", "open content.age --keys nothing --out new"},
          {"rescue with other keys", "rescue home --keys other-keys --out new"},
          {"rescue a log with other keys", "rescue one.session --keys other-keys --out new"}});
    rows("sotto-lab", kDamaged,
         {{"open a truncated package", "open truncated.age --keys keys --out new"},
          {"open a headless package", "open headless.age --keys keys --out new"},
          {"open an altered package", "open altered.age --keys keys --out new"},
          {"open an empty file", "open empty --keys keys --out new"}});
    rows("sotto-lab", 10, {{"unseal with another key", "unseal --identity other-keys/content.agekey content.age new"}});
    rows("sotto-lab", kUsage,
         {{"keygen of an unknown kind", "keygen --out new --only master"},
          {"lab without a command", ""},
          {"unknown command", "dance"},
          {"half a command", "study"},
          {"option without its value", "keygen --out"},
          {"one word too few", "unseal --identity keys/content.agekey content.age"}});
    rows("sotto", kUsage, {{"unknown command of the app", "dance"}});
    rows("sotto rehearse --home home --store store --passphrase-file passphrase --voice voice.wav --script script.yaml",
         kUsage, {{"unknown option", "--loud"}, {"one word too many", "more"}});
    rows("sotto rehearse", kUsage, {{"missing option", "--home home --store store"}});
}

void CommandLineTest::badInputEndsInASentenceAndChangesNothing() {
    QFETCH(QString, line);
    QFETCH(int, code);
    const Snapshot before = snapshot(m_stage.path());
    const Outcome done = m_stage.run(line);
    VERIFY_EXIT(done, code);
    QCOMPARE(withoutVaults(snapshot(m_stage.path())), withoutVaults(before));
    if (!hasUnlocked(line)) QCOMPARE(snapshot(m_stage.path()), before);
    const bool listsFaults = line.contains(text("study check nothing"));
    if (words(line).size() > 1 && !listsFaults) QVERIFY2(isSentence(done.err, line.section(u' ', 0, 0)), done.err);
    QVERIFY2(!done.err.contains("quiet passphrase"), done.err);
}

void CommandLineTest::copyHome(Stage& stage) const {
    for (const char* name : {"home", "keys", "voice.wav", "script.yaml"})
        copyTree(m_stage.path(text(name)), stage.path(text(name)));
}

void CommandLineTest::aWrongPassphraseIsCountedAndChangesNothingElse() {
    Stage stage;
    copyHome(stage);
    writeAll(stage.path(text("wrong")), "a wrong passphrase\n");
    Snapshot before = snapshot(stage.path(text("home")));
    const QByteArray attempts = before.take(text("attempts"));
    QVERIFY(!attempts.isEmpty());
    for (const char* command : {"inspect --home home --passphrase-file wrong",
                                "rehearse --home home --store store --voice voice.wav --passphrase-file wrong"}) {
        const Outcome done = stage.sotto(words(command));
        VERIFY_EXIT(done, kWrongKey);
        QVERIFY2(done.err.contains("passphrase"), done.err);
        Snapshot after = snapshot(stage.path(text("home")));
        QVERIFY(after.take(text("attempts")) != attempts);
        QCOMPARE(after, before);
    }
    QCOMPARE(stage.sessions().size(), 1);  // the right one still opens
    QCOMPARE(snapshot(stage.path(text("home")))[text("attempts")], attempts);
    for (int i = 0; i < 5; ++i)
        VERIFY_EXIT(stage.sotto(words("inspect --home home --passphrase-file wrong")), kWrongKey);
    const Outcome tooMany = stage.inspect();
    VERIFY_EXIT(tooMany, kWrongKey);  // even the right one has to wait now
    QVERIFY2(tooMany.err.contains("wait") || tooMany.err.contains("Wait"), tooMany.err);
}

void CommandLineTest::aPassphraseFileMayEndInANewlineOrNot() {
    Stage stage;
    copyHome(stage);
    const QByteArray passphrase = readAll(stage.path(text("passphrase")));
    QVERIFY(passphrase.endsWith('\n'));
    writeAll(stage.path(text("passphrase")), passphrase.chopped(1));
    VERIFY_EXIT(stage.inspect(), 0);
    writeAll(stage.path(text("passphrase")), passphrase + '\n');
    VERIFY_EXIT(stage.inspect(), kWrongKey);  // one newline, not any number of them
}

void CommandLineTest::aHomeOfANewerVersionIsRefusedUntouched() {
    Stage stage;
    copyHome(stage);
    const QString keyring = stage.path(text("home/keyring"));
    QByteArray bytes = readAll(keyring);
    QVERIFY(bytes[8] > 0 && bytes[8] < 100 && bytes[9] == 0);  // the version: see core/keyring/README.md
    bytes[8] = static_cast<char>(bytes[8] + 1);
    bytes = bytes.chopped(32);
    bytes += QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    writeAll(keyring, bytes);
    const Snapshot before = snapshot(stage.path());
    const Outcome seen = stage.inspect();
    VERIFY_EXIT(seen, kFailed);
    QVERIFY2(seen.err.contains("newer"), seen.err);
    const Outcome run = stage.sotto(stage.rehearsal(text("voice.wav"), text("script.yaml")));
    VERIFY_EXIT(run, kFailed);
    QVERIFY2(run.err.contains("newer"), run.err);
    Snapshot after = snapshot(stage.path());
    after.remove(text("store"));  // the empty folder for the store
    QCOMPARE(after, before);
}

void CommandLineTest::aHomeOfAnotherStudyIsRefusedUntouched() {
    Stage stage;
    copyHome(stage);
    VERIFY_EXIT(stage.lab(words("keygen --out rival")), 0);
    VERIFY_EXIT(
        stage.lab(words("study sign " SOTTO_SOURCE_DIR "/assets/studies/practice --keys rival --out rival.study")), 0);
    VERIFY_EXIT(stage.lab(words("study sign " SOTTO_TEST_DATA "/packs/minimal --keys keys --out minimal.study")), 0);
    const Snapshot before = snapshot(stage.path(text("home/sessions")));
    const auto names = snapshot(stage.path(text("home"))).keys();
    for (const char* study : {"rival.study", "minimal.study"}) {
        const Outcome done =
            stage.sotto(stage.rehearsal(text("voice.wav"), text("script.yaml"), {text("--study"), text(study)}));
        VERIFY_EXIT(done, kFailed);
        QVERIFY2(done.err.contains("another"), done.err);
    }
    QCOMPARE(snapshot(stage.path(text("home/sessions"))), before);
    QCOMPARE(snapshot(stage.path(text("home"))).keys(), names);
    QCOMPARE(stage.sessions().size(), 1);
}

void CommandLineTest::inspectChangesNoByte() {
    const Snapshot before = snapshot(m_stage.path());
    VERIFY_EXIT(m_stage.inspect(), 0);
    VERIFY_EXIT(m_stage.sotto(words("inspect --home home --passphrase-file passphrase")), 0);
    QCOMPARE(snapshot(m_stage.path()), before);
    // An unsynced tail stays as well.
    Stage stage;
    copyHome(stage);
    for (const QString& name : snapshot(stage.path(text("home"))).keys()) {
        if (name.endsWith(text(".vault")))
            writeAll(stage.path(text("home/") + name), readAll(stage.path(text("home/") + name)) + "torn");
    }
    const Snapshot torn = snapshot(stage.path());
    const Outcome seen = stage.inspect();
    VERIFY_EXIT(seen, 0);
    QVERIFY2(seen.out.contains("unsynced-tail"), seen.out);
    QCOMPARE(snapshot(stage.path()), torn);
}

void CommandLineTest::inspectWorksBesideARunningInterview() {
    Stage stage;
    copyHome(stage);
    writeWav(stage.path(text("long.wav")), melody(30, 16000), 16000);
    const auto program = stage.startSotto(stage.rehearsal(text("long.wav"), text("script.yaml"), {text("--realtime")}));
    while (program->state() != QProcess::NotRunning && !program->canReadLine())
        static_cast<void>(program->waitForReadyRead(100));
    const auto sessions = stage.sessions();
    QCOMPARE(sessions.size(), 2);
    QCOMPARE(sessions[1][u"state"].toString(), text("open"));
    const Outcome second = stage.sotto(stage.rehearsal(text("voice.wav"), text("script.yaml")));
    VERIFY_EXIT(second, kFailed);
    QVERIFY2(second.err.contains("Close the other program"), second.err);
    QCOMPARE(program->state(), QProcess::Running);
    program->kill();
    static_cast<void>(program->waitForFinished());
    QCOMPARE(stage.sessions().value(1)[u"state"].toString(), text("interrupted"));
}

void CommandLineTest::keygenNeverOverwrites() {
    Stage stage;
    stage.makeKeys();
    QCOMPARE(snapshot(stage.path(text("keys"))).size(), 8);
    for (const char* name : {"content.agekey", "identity.agekey", "analyst.agekey", "lab-signing.key"}) {
        const QString path = stage.path(text("keys/") + text(name));
        QCOMPARE(
            QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
            QFile::Permissions());
    }
    QVERIFY(QFile::remove(stage.path(text("keys/content.agekey"))));
    const Snapshot before = snapshot(stage.path(text("keys")));
    VERIFY_EXIT(stage.lab(words("keygen --out keys")), kFailed);
    VERIFY_EXIT(stage.lab(words("keygen --out keys --only identity")), kFailed);
    VERIFY_EXIT(stage.lab(words("keygen --out keys --only content")), kFailed);  // its .pub is still there
    QCOMPARE(snapshot(stage.path(text("keys"))), before);
    VERIFY_EXIT(
        stage.shell(text("test \"$(age-keygen -y keys/identity.agekey)\" = \"$(cat keys/identity.agekey.pub)\"")), 0);
}

void CommandLineTest::keygenMakesOneKeyWhereAsked() {
    Stage stage;
    for (const char* name : {"content", "identity", "analyst", "lab-signing"}) {
        VERIFY_EXIT(stage.lab({text("keygen"), text("--out"), text(name), text("--only"), text(name)}), 0);
        const auto made = snapshot(stage.path(text(name))).keys();
        QCOMPARE(made.size(), 2);
        QVERIFY(made[0].startsWith(text(name) + u'.'));
        QCOMPARE(made[1], made[0] + text(".pub"));
    }
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_command_line.moc"
