// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

const QString kPractice = QStringLiteral(SOTTO_SOURCE_DIR "/assets/studies/practice");

/// A way to spoil the practice study: in `file`, `find` becomes `put`. The fault is in that file and is told in words
/// that include `says`.
struct Spoiling {
    const char* name;
    const char* file;
    const char* find;
    const char* put;
    const char* says;
};

constexpr Spoiling kSpoilings[] = {
    {"unknown key", "study.yaml", "version: 1\n", "version: 1\ncolour: blue\n", "colour"},
    {"duplicate id", "guides/person.en.md", "{#recovery-good-day}", "{#recovery-story}", "recovery-story"},
    {"question without id", "guides/person.en.md", " {#recovery-good-day}", "", "id"},
    {"question without translation", "guides/person.en.md", "{#recovery-good-day}", "{#recovery-fine-day}",
     "recovery-"},
    {"missing translation of a code", "codebook.yaml", "{fr: Présence, en: Presence}", "{fr: Présence}", "en"},
    {"broken YAML", "codebook.yaml", "codes:", "codes: [", ""},
    {"HTML in a guide", "guides/person.fr.md", "## ", "<script>\n\n## ", ""},
    {"form without a part", "consents/person.en.md", "{#withdrawal}", "{#something-else}", "withdrawal"},
    {"field that may not leave", "deident.yaml", "research_code, at_s]", "research_code, at_s, text]", "text"},
};

}  // namespace

/// What people and strangers may hand to the programs: faulty studies, hostile packages, stores that take nothing.
class BadInputTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyFaultOfAStudyHasFileAndLine_data();
    void everyFaultOfAStudyHasFileAndLine();
    void aStudyWithoutOneLanguageIsRefused();
    void anAlteredStudyMakesNoHome_data();
    void anAlteredStudyMakesNoHome();
    void aTarThatClimbsOutIsRefused_data();
    void aTarThatClimbsOutIsRefused();
    void aPackageForAnotherLabIsStoredAndNotOpened();
    void aTruncatedStoreIsRefusedAndTheRestArrives();
    void aReadOnlyStoreKeepsTheSessionOnTheTablet();
    void aFullStoreKeepsTheSessionOnTheTablet();
    void aFullTabletLosesNothing_data();
    void aFullTabletLosesNothing();
    void aTabletThatFillsUpKeepsTheWholeInterview();

private:
    /// A shell line that may mount; skips the test with the reason where this machine allows no mounts.
    [[nodiscard]] bool canMount() const {
        return m_stage.shell(QStringLiteral("unshare -rm mount -t tmpfs none \"$HOME\"")).code == 0;
    }
    [[nodiscard]] Outcome withMounts(const Stage& stage, const QString& script) const {
        writeAll(stage.path(QStringLiteral("mounted.sh")), script.toUtf8());
        return stage.shell(QStringLiteral("unshare -rm bash mounted.sh"));
    }
    void prepare(const Stage& stage) const {
        stage.makeKeys();
        writeWav(stage.path(QStringLiteral("voice.wav")), melody(3, 16000), 16000);
        writeAll(stage.path(QStringLiteral("script.yaml")), scriptWith({QStringLiteral("at: 1, mark: here")}));
    }
    Stage m_stage;
};

namespace {

const QString kRehearse = QStringLiteral(
    "\"$SOTTO\" rehearse --home %1 --store %2 --keys keys --voice voice.wav --script script.yaml"
    " --passphrase-file passphrase");

}  // namespace

void BadInputTest::initTestCase() {
    prepare(m_stage);
    VERIFY_EXIT(m_stage.lab({QStringLiteral("study"), QStringLiteral("sign"), kPractice, QStringLiteral("--keys"),
                             QStringLiteral("keys"), QStringLiteral("--out"), QStringLiteral("good.sottostudy")}),
                0);
}

void BadInputTest::everyFaultOfAStudyHasFileAndLine_data() {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Spoiling& spoiling : kSpoilings)
        QTest::newRow(spoiling.name) << index++;
}

void BadInputTest::everyFaultOfAStudyHasFileAndLine() {
    QFETCH(int, index);
    const Spoiling& spoiling = kSpoilings[index];
    const QString pack = QStringLiteral("pack-%1").arg(index);
    copyTree(kPractice, m_stage.path(pack));
    const QString file = m_stage.path(pack + u'/' + QLatin1String(spoiling.file));
    QByteArray content = readAll(file);
    QVERIFY2(content.contains(spoiling.find), spoiling.find);
    writeAll(file, content.replace(spoiling.find, spoiling.put));
    const Outcome checked = m_stage.lab({QStringLiteral("study"), QStringLiteral("check"), pack});
    VERIFY_EXIT(checked, 1);
    const QRegularExpression fault(QStringLiteral("^%1/[a-z./]+:[1-9][0-9]*: .+$").arg(pack));
    bool named = false;
    const QRegularExpression here(QStringLiteral("^%1/%2:[1-9][0-9]*: .*%3")
                                      .arg(pack, QLatin1String(spoiling.file), QLatin1String(spoiling.says)));
    for (const QByteArray& line : checked.err.trimmed().split('\n')) {
        QVERIFY2(fault.match(QString::fromUtf8(line)).hasMatch(), line);
        named = named || here.match(QString::fromUtf8(line)).hasMatch();
    }
    QVERIFY2(named, checked.err);

    const Snapshot before = snapshot(m_stage.path());
    VERIFY_EXIT(m_stage.lab({QStringLiteral("study"), QStringLiteral("sign"), pack, QStringLiteral("--keys"),
                             QStringLiteral("keys"), QStringLiteral("--out"), QStringLiteral("bad.sottostudy")}),
                1);
    QCOMPARE(snapshot(m_stage.path()), before);
    VERIFY_EXIT(m_stage.sotto(m_stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"),
                                                {QStringLiteral("--study"), pack})),
                1);
    QVERIFY(!QFile::exists(m_stage.path(QStringLiteral("home"))));
}

void BadInputTest::aStudyWithoutOneLanguageIsRefused() {
    copyTree(kPractice, m_stage.path(QStringLiteral("half")));
    QVERIFY(QFile::remove(m_stage.path(QStringLiteral("half/guides/caregiver.en.md"))));
    QVERIFY(QFile::remove(m_stage.path(QStringLiteral("half/consents/person.fr.md"))));
    const Outcome checked = m_stage.lab({QStringLiteral("study"), QStringLiteral("check"), QStringLiteral("half")});
    VERIFY_EXIT(checked, 1);
    QVERIFY2(checked.err.contains("guides/caregiver.en.md:1: "), checked.err);  // all faults, not only the first
    QVERIFY2(checked.err.contains("consents/person.fr.md:1: "), checked.err);
}

void BadInputTest::anAlteredStudyMakesNoHome_data() {
    QTest::addColumn<QByteArray>("content");
    const QByteArray good = readAll(m_stage.path(QStringLiteral("good.sottostudy")));
    QVERIFY(good.size() > 1000);
    const auto with = [&good](qsizetype at, char mask) {
        QByteArray bad = good;
        bad[at] = static_cast<char>(bad[at] ^ mask);
        return bad;
    };
    QTest::newRow("unsigned") << good.chopped(64) + QByteArray(64, '\0');
    QTest::newRow("without signature") << good.chopped(64);
    QTest::newRow("cut") << good.left(good.size() / 2);
    QTest::newRow("longer") << good + 'x';
    QTest::newRow("altered text") << with(good.size() / 2, 1);
    QTest::newRow("altered signature") << with(good.size() - 1, 1);
    QTest::newRow("altered head") << with(40, 1);
    QTest::newRow("altered magic") << with(0, 1);
    QTest::newRow("empty") << QByteArray();
}

void BadInputTest::anAlteredStudyMakesNoHome() {
    QFETCH(QByteArray, content);
    writeAll(m_stage.path(QStringLiteral("bad.sottostudy")), content);
    const Outcome done =
        m_stage.sotto(m_stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"),
                                        {QStringLiteral("--study"), QStringLiteral("bad.sottostudy")}));
    QVERIFY2(done.code == 1 || done.code == 4, qPrintable(done.described()));
    QVERIFY2(done.err.startsWith("sotto: ") && done.err.count('\n') == 1, done.err);
    QVERIFY(!QFile::exists(m_stage.path(QStringLiteral("home"))));
    QCOMPARE(snapshot(m_stage.path(QStringLiteral("store"))), Snapshot());
}

void BadInputTest::aTarThatClimbsOutIsRefused_data() {
    QTest::addColumn<QString>("make");
    const auto row = [](const char* name, const char* python) {
        QTest::newRow(name) << QString(QLatin1String(python));
    };
    row("climbs", "f('../escaped')");
    row("climbs within", "f('notes/../../escaped')");
    row("absolute", "f(cwd + '/escaped')");
    row("symbolic link", "l('notes', tarfile.SYMTYPE, '..'); f('notes/escaped')");
    row("hard link", "l('passphrase-copy', tarfile.LNKTYPE, cwd + '/passphrase')");
    row("device", "l('null', tarfile.CHRTYPE, '')");
    row("the same name twice", "f('timeline.json'); f('timeline.json')");
    row("a file that the manifest lacks", "f('extra.txt')");
    row("no manifest", "");
}

void BadInputTest::aTarThatClimbsOutIsRefused() {
    QFETCH(QString, make);
    const QString python = QStringLiteral(
                               "import io, os, tarfile\n"
                               "cwd = os.getcwd()\n"
                               "tar = tarfile.open('evil.tar', 'w')\n"
                               "def f(name, content=b'gotcha'):\n"
                               "    info = tarfile.TarInfo(name); info.size = len(content)\n"
                               "    tar.addfile(info, io.BytesIO(content))\n"
                               "def l(name, kind, target):\n"
                               "    info = tarfile.TarInfo(name); info.type = kind; info.linkname = target\n"
                               "    tar.addfile(info)\n"
                               "%1"
                               "%2\n"
                               "tar.close()\n")
                               .arg(make.isEmpty() ? QString()
                                                   : QStringLiteral("f('manifest.json', b'{\"format\": 1, \"kind\": "
                                                                    "\"content\", \"files\": []}')\n"),
                                    make);
    Stage stage;
    prepare(stage);
    writeAll(stage.path(QStringLiteral("make.py")), python.toUtf8());
    VERIFY_EXIT(stage.shell(QStringLiteral("mkdir desk && cd desk && cp ../passphrase . && python3 ../make.py && age "
                                           "-R ../keys/content.agekey.pub -o evil.age evil.tar")),
                0);
    const Snapshot before = snapshot(stage.path());
    const Outcome done = stage.lab({QStringLiteral("open"), QStringLiteral("desk/evil.age"), QStringLiteral("--keys"),
                                    QStringLiteral("keys"), QStringLiteral("--out"), QStringLiteral("desk/out")});
    QVERIFY2(done.code == 1 || done.code == 4, qPrintable(done.described()));
    // Before it stands whose list this copy is not in.
    QVERIFY2(done.err.contains("\nsotto-lab: "), done.err);
    QCOMPARE(snapshot(stage.path()), before);
}

void BadInputTest::aPackageForAnotherLabIsStoredAndNotOpened() {
    Stage stage;
    prepare(stage);
    VERIFY_EXIT(stage.sotto(stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"))), 0);
    VERIFY_EXIT(stage.lab({QStringLiteral("keygen"), QStringLiteral("--out"), QStringLiteral("rival")}), 0);
    VERIFY_EXIT(stage.receive(QStringLiteral("rival"), QStringLiteral("rival-desk")), 0);
    const QDir desk(stage.path(QStringLiteral("rival-desk/") + stage.sessions().value(0)[u"id"].toString()));
    QCOMPARE(desk.entryList(QDir::Dirs | QDir::NoDotAndDotDot), QStringList());
    QCOMPARE(desk.entryList({QStringLiteral("*.age")}).size(), 3);
    // Receipts of a lab that this tablet does not trust change nothing.
    const Outcome next = stage.sotto(stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml")));
    VERIFY_EXIT(next, 0);
    QVERIFY2(next.err.contains("do not verify"), next.err);
    QCOMPARE(stage.sessions().value(0)[u"state"].toString(), QStringLiteral("sent"));
}

void BadInputTest::aTruncatedStoreIsRefusedAndTheRestArrives() {
    Stage stage;
    prepare(stage);
    VERIFY_EXIT(stage.sotto(stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"))), 0);
    const QDir store(stage.path(QStringLiteral("store")));
    QString part;
    for (const QString& name : store.entryList(QDir::Files)) {
        if (!name.contains(u'.')) part = store.filePath(name);
    }
    const QByteArray whole = readAll(part);
    QVERIFY(whole.size() > 1000);
    writeAll(part, whole.chopped(1));
    const Outcome first = stage.receive();
    QVERIFY2(first.code == 4 || first.err.contains("not complete"), qPrintable(first.described()));
    const QString desk = stage.path(QStringLiteral("lab/") + stage.sessions().value(0)[u"id"].toString());
    QCOMPARE(QDir(desk).entryList({QStringLiteral("*.age")}).size(), 2);
    QVERIFY(QFile::remove(part));
    QVERIFY2(stage.receive().err.contains("not complete"), "a part that is missing");
    writeAll(part, whole);
    VERIFY_EXIT(stage.receive(), 0);
    QCOMPARE(QDir(desk).entryList({QStringLiteral("*.age")}).size(), 3);
    QCOMPARE(QDir(desk).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 3);
}

void BadInputTest::aReadOnlyStoreKeepsTheSessionOnTheTablet() {
    if (!canMount()) QSKIP("this machine lets nobody mount, and a read-only folder does not stop root");
    Stage stage;
    prepare(stage);
    QVERIFY(QDir().mkpath(stage.path(QStringLiteral("store"))));
    const Outcome done =
        withMounts(stage, QStringLiteral("mount --bind store store && mount -o remount,bind,ro store && ") +
                              kRehearse.arg(QStringLiteral("home"), QStringLiteral("store")));
    VERIFY_EXIT(done, 1);
    QVERIFY2(done.err.contains("sotto: "), done.err);
    QCOMPARE(snapshot(stage.path(QStringLiteral("store"))), Snapshot());
    QCOMPARE(stage.sessions().value(0)[u"state"].toString(), QStringLiteral("sealed"));
    VERIFY_EXIT(stage.sotto(stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"))), 0);
    QCOMPARE(stage.sessions().value(0)[u"state"].toString(), QStringLiteral("sent"));
    VERIFY_EXIT(stage.receive(), 0);
    QCOMPARE(QDir(stage.path(QStringLiteral("lab"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
}

void BadInputTest::aFullStoreKeepsTheSessionOnTheTablet() {
    if (!canMount()) QSKIP("this machine lets nobody mount a small file system");
    Stage stage;
    prepare(stage);
    QVERIFY(QDir().mkpath(stage.path(QStringLiteral("store"))));
    const Outcome done = withMounts(
        stage, QStringLiteral("mount -t tmpfs -o size=24k none store\n") +
                   kRehearse.arg(QStringLiteral("home"), QStringLiteral("store")) +
                   QStringLiteral("\ncode=$?\nls -A store | grep -v -E '^[0-9a-f]{32}(\\.manifest)?$'\nexit $code\n"));
    VERIFY_EXIT(done, 5);
    QCOMPARE(done.out, QByteArray());  // nothing under another name is left in the store
    QCOMPARE(stage.sessions().value(0)[u"state"].toString(), QStringLiteral("sealed"));
    VERIFY_EXIT(stage.sotto(stage.rehearsal(QStringLiteral("voice.wav"), QStringLiteral("script.yaml"))), 0);
    VERIFY_EXIT(stage.receive(), 0);
    QCOMPARE(QDir(stage.path(QStringLiteral("lab"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
}

void BadInputTest::aFullTabletLosesNothing_data() {
    QTest::addColumn<QString>("size");
    for (const char* size : {"16k", "64k", "200k", "400k", "1m", "3m", "8500k", "9m", "11m", "16m"})
        QTest::newRow(size) << QString(QLatin1String(size));
}

/// A home on a disk of some size: the run ends well or says that there is no space, and then there is no home or a
/// whole one, and what was recorded in it can be rescued.
void BadInputTest::aFullTabletLosesNothing() {
    QFETCH(QString, size);
    if (!canMount()) QSKIP("this machine lets nobody mount a small file system");
    Stage stage;
    prepare(stage);
    QVERIFY(QDir().mkpath(stage.path(QStringLiteral("disk"))));
    const QString run = kRehearse.arg(QStringLiteral("disk/home"), QStringLiteral("store"));
    const Outcome done = withMounts(
        stage, QStringLiteral("mount -t tmpfs -o size=%1 none disk\n").arg(size) + run +
                   QStringLiteral("\nfirst=$?\n") + run +
                   QStringLiteral("\nsecond=$?\nls -A disk >listing\nif [ -e disk/home ]; then\n"
                                  "\"$SOTTO\" inspect --home disk/home --passphrase-file passphrase --json >seen.json"
                                  " || exit 99\n\"$LAB\" rescue disk/home --keys keys --out rescued || exit 98\nfi\n"
                                  "echo $first $second\n"));
    VERIFY_EXIT(done, 0);
    qInfo("%s: exit codes %s", qPrintable(size), done.out.trimmed().constData());
    for (const QByteArray& code : done.out.trimmed().split(' '))
        QVERIFY2(code == "0" || code == "5", qPrintable(done.described()));
    const QByteArray listing = readAll(stage.path(QStringLiteral("listing")));
    QVERIFY2(listing.isEmpty() || listing == "home\n", listing);
    if (listing.isEmpty()) return;
    const QJsonObject home = QJsonDocument::fromJson(readAll(stage.path(QStringLiteral("seen.json")))).object();
    QVERIFY(home[u"integrity"] == QStringLiteral("ok") || home[u"integrity"] == QStringLiteral("unsynced-tail"));
    for (const QJsonValue& value : home[u"sessions"].toArray()) {
        const QString folder = stage.path(QStringLiteral("rescued/%1/content").arg(value[u"id"].toString()));
        QVERIFY(QFile::exists(folder + QStringLiteral("/timeline.json")));
    }
}

/// There is room for the interview and not for its package: it stays as recorded, and is sealed once there is room.
void BadInputTest::aTabletThatFillsUpKeepsTheWholeInterview() {
    if (!canMount()) QSKIP("this machine lets nobody mount a small file system");
    constexpr int kMinutes = 16;
    Stage stage;
    prepare(stage);
    writeWav(stage.path(QStringLiteral("long.wav")), melody(60, 8000), 8000, kMinutes);
    QVERIFY(QDir().mkpath(stage.path(QStringLiteral("disk"))));
    const QString run = kRehearse.arg(QStringLiteral("disk/home"), QStringLiteral("store"));
    const Outcome done = withMounts(
        stage, QStringLiteral("mount -t tmpfs -o size=12900k none disk\n") +
                   QString(run).replace(QStringLiteral("voice.wav"), QStringLiteral("long.wav")) +
                   QStringLiteral("\nfirst=$?\nls disk/home/outbox\n"
                                  "\"$SOTTO\" inspect --home disk/home --passphrase-file passphrase --json >seen.json\n"
                                  "mount -o remount,size=40m disk\n") +
                   run + QStringLiteral("\necho $first $?\n"));
    VERIFY_EXIT(done, 0);
    QCOMPARE(done.out, QByteArray("5 0\n"));  // and no half-made package
    const QJsonObject home = QJsonDocument::fromJson(readAll(stage.path(QStringLiteral("seen.json")))).object();
    QCOMPARE(home[u"integrity"].toString(), QStringLiteral("ok"));
    const QJsonObject session = home[u"sessions"].toArray().at(0).toObject();
    QCOMPARE(session[u"recording"].toObject()[u"duration_ms"].toInt(), kMinutes * 60'000);
    VERIFY_EXIT(stage.receive(), 0);
    const QString content = stage.path(QStringLiteral("lab/%1/content/").arg(session[u"id"].toString()));
    QCOMPARE(readJson(content + QStringLiteral("manifest.json"))[u"recording"].toObject()[u"duration_ms"].toInt(),
             kMinutes * 60'000);
    QVERIFY(QFile::exists(content + QStringLiteral("audio.opus")));
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "tst_bad_input.moc"
