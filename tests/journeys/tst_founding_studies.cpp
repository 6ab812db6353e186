// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QTest>

#include "journeys/programs.h"
#include "journeys/sound.h"

using namespace sotto::test;

namespace {

constexpr const char* kStudies = SOTTO_SOURCE_DIR "/studies/";

QString folderOf(const QString& study) {
    return text(kStudies) + study;
}

int count(const QByteArray& text, const char* part) {
    return static_cast<int>(text.count(part));
}

}  // namespace

/// The packs that ship, through the real programs: checked as a team would, and acted out from the tablet to the lab.
class FoundingStudiesTest : public QObject {
    Q_OBJECT

private slots:
    void theCheckPassesAStudyWithWarnings_data();
    void theCheckPassesAStudyWithWarnings();
    void theCheckNamesWhatARealStudyLacksAndFails();
    void theSheetForTheBoardIsMadeFromAFolderAndFromASignedStudy();
    void aStudyIsActedOutAndArrivesAtTheLab_data();
    void aStudyIsActedOutAndArrivesAtTheLab();
};

void FoundingStudiesTest::theCheckPassesAStudyWithWarnings_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("uncalled");
    QTest::addColumn<int>("unverified");
    QTest::newRow("a") << folderOf(text("a-caregiver-support")) << 4 << 4;
    QTest::newRow("b") << folderOf(text("b-peer-support")) << 4 << 0;
}

void FoundingStudiesTest::theCheckPassesAStudyWithWarnings() {
    QFETCH(QString, folder);
    QFETCH(int, uncalled);
    QFETCH(int, unverified);
    Stage stage;
    const Outcome checked = stage.lab({text("study"), text("check"), folder});
    VERIFY_EXIT(checked, 0);
    const QByteArray said = checked.out + checked.err;
    QVERIFY2(said.contains("is in order; look at the"), qPrintable(checked.described()));
    QCOMPARE(count(said, "warning: nobody of the team has called this number yet"), uncalled);
    QCOMPARE(count(said, "warning: the wording in"), unverified);
    QCOMPARE(count(said, "warning: "), uncalled + unverified);
}

void FoundingStudiesTest::theCheckNamesWhatARealStudyLacksAndFails() {
    Stage stage;
    stage.makeKeys();
    copyTree(folderOf(text("b-peer-support")), stage.path(text("pack")));
    const QString study = stage.path(text("pack/study.yaml"));
    writeAll(study, readAll(study).replace("\npractice: true\n", "\n"));
    const Outcome checked = stage.lab(words("study check pack"));
    VERIFY_EXIT(checked, kFailed);
    const QByteArray said = checked.out + checked.err;
    QVERIFY2(count(said, "fill in what stands in [square brackets]") > 20, qPrintable(checked.described()));
    const QByteArray written = readAll(study);
    const int ethics = count(written.left(written.indexOf("\nethics:")), "\n") + 2;
    QVERIFY(said.contains("pack/study.yaml:" + QByteArray::number(ethics) + ": fill in"));
    QVERIFY(said.contains("pack/consents/interviewee-parent.fr.md:"));
    VERIFY_EXIT(stage.lab(words("study sign pack --keys keys --out pack.sottostudy")), kFailed);
    QVERIFY(!QFile::exists(stage.path(text("pack.sottostudy"))));
}

void FoundingStudiesTest::theSheetForTheBoardIsMadeFromAFolderAndFromASignedStudy() {
    Stage stage;
    stage.makeKeys();
    const QString pack = folderOf(text("b-peer-support"));
    const Outcome printed = stage.lab({text("study"), text("sheet"), pack, text("--language"), text("en")});
    VERIFY_EXIT(printed, 0);
    QVERIFY(printed.out.startsWith("# Ethics sheet: Peer support: a consultation\n"));
    QVERIFY(printed.out.contains("before this community approves"));
    VERIFY_EXIT(stage.lab({text("study"), text("sign"), pack, text("--keys"), text("keys"), text("--out"), text("b")}),
                0);
    VERIFY_EXIT(stage.lab(words("study sheet b --language fr --out sheet.md")), 0);
    const QByteArray french = readAll(stage.path(text("sheet.md")));
    QVERIFY2(french.startsWith("# Fiche d'\xc3\xa9thique"), french.left(80));
    QCOMPARE(count(french, "\n## "), count(printed.out, "\n## "));
    QCOMPARE(count(french, "\n- "), count(printed.out, "\n- "));
    VERIFY_EXIT(stage.lab(words("study sheet b --language de")), kUsage);
    VERIFY_EXIT(stage.lab(words("study sheet nowhere --language fr")), kFailed);
}

void FoundingStudiesTest::aStudyIsActedOutAndArrivesAtTheLab_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("packages");
    QTest::newRow("a") << text("a-caregiver-support") << 3;
    QTest::newRow("b") << text("b-peer-support") << 2;  // no research package before the community approves
}

void FoundingStudiesTest::aStudyIsActedOutAndArrivesAtTheLab() {
    QFETCH(QString, name);
    QFETCH(int, packages);
    Stage stage;
    stage.makeKeys();
    writeWav(stage.path(text("voice.wav")), melody(48, 16000), 16000);
    const Outcome done = stage.sotto(stage.rehearsal(
        text("voice.wav"), folderOf(text("scripts/")) + name + text(".yaml"), {text("--study"), folderOf(name)}));
    VERIFY_EXIT(done, 0);
    VERIFY_EXIT(stage.receive(), 0);
    const QStringList manifests = snapshot(stage.path(text("store"))).keys().filter(text(".manifest"));
    QVERIFY2(manifests.size() == packages, qPrintable(snapshot(stage.path(text("store"))).keys().join(u' ')));
    QCOMPARE(stage.sessions().size(), 1);
}

QTEST_GUILESS_MAIN(FoundingStudiesTest)
#include "tst_founding_studies.moc"
