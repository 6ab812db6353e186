// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "pack_fixture.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::test;

namespace {

void put(FaultFileSystem& disk, const char* path, const QByteArray& content) {
    disk.setContent(Path("pack") / path, bytesOf(content));
}

}  // namespace

class TestPackSource : public QObject {
    Q_OBJECT

private slots:
    void theSmallestPackPasses() {
        const study::Checked checked = study::checkPack(minimalPack());
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        QCOMPARE(checked.pack.id, text("minimal"));
        QCOMPARE(checked.pack.version, 3);
        QCOMPARE(checked.pack.purgeAfter, text("opened"));
        QVERIFY(!checked.pack.practice);
        QVERIFY(!checked.pack.codebook.liveCoding);
        QVERIFY(checked.pack.codebook.codes.empty());
        QVERIFY(checked.pack.deident.allowedFields.empty());
    }

    void windowsLineEndsAndByteOrderMarksChangeNothingButTheHash() {
        study::PackFiles files = practicePack();
        const study::Checked plain = study::checkPack(files);
        for (auto& [path, bytes] : files) {
            bytes = bytesOf("\xef\xbb\xbf" + byteArrayOf(bytes).replace("\n", "\r\n"));
        }
        const study::Checked windows = study::checkPack(files);
        QVERIFY2(windows.faults.empty(), allFaults(windows.faults).constData());
        const auto* before = plain.pack.consent(text("person"), text("fr"));
        const auto* after = windows.pack.consent(text("person"), text("fr"));
        QVERIFY(before->parts == after->parts);
        QVERIFY(before->hash != after->hash);
        QCOMPARE(windows.pack.guide(text("person"), text("fr"))->question(text("helped"))->text,
                 plain.pack.guide(text("person"), text("fr"))->question(text("helped"))->text);
    }

    void linesAreCountedTheSameWithWindowsLineEnds() {
        study::PackFiles files = practicePack();
        const QString path = text("guides/person.fr.md");
        edit(files, path, "{caregiver} et vous", "{soignant} et vous");
        const int line = lineOf(files, path, "{soignant}");
        files[path] = bytesOf("\xef\xbb\xbf" + byteArrayOf(files[path]).replace("\n", "\r\n"));
        VERIFY_FAULT(files, 1, "guides/person.fr.md", line, "{soignant}");
    }

    void probesMayBeIndentedAsTheWriterLikes() {
        study::PackFiles files = practicePack();
        const study::Checked before = study::checkPack(files);
        const QString path = text("guides/person.fr.md");
        files[path] = bytesOf(byteArrayOf(files[path]).replace("\n   - ", "\n- "));
        const study::Checked after = study::checkPack(files);
        QVERIFY2(after.faults.empty(), allFaults(after.faults).constData());
        const auto* question = after.pack.guide(text("person"), text("fr"))->question(text("relationship-story"));
        QCOMPARE(question->probes.size(),
                 before.pack.guide(text("person"), text("fr"))->question(text("relationship-story"))->probes.size());
    }

    void minutesMayStandBeforeTheIdAndEmphasisIsTakenOff() {
        study::PackFiles files = minimalPack();
        edit(files, text("guides/member.en.md"), "## The only section {#only} (5 min)",
             "## The **only** section (5 min) {#only}");
        edit(files, text("guides/member.en.md"), "What brings you here?", "What *really* brings\n   you here?");
        const study::Checked checked = study::checkPack(files);
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const study::Section& section = checked.pack.guides.at(0).sections.at(0);
        QCOMPARE(section.title, text("The only section"));
        QCOMPARE(section.plannedMinutes, 5);
        QCOMPARE(section.questions.at(0).text, text("What really brings you here?"));
    }

    void aFormMayExplainMoreThanItMust() {
        study::PackFiles files = minimalPack();
        edit(files, text("consents/member.en.md"), "## About the board",
             "## Compensation {#compensation}\n\nThirty dollars.\n\n- in cash\n- or not at all\n\n## About the board");
        const study::Checked checked = study::checkPack(files);
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const auto& parts = checked.pack.consents.at(0).parts;
        QCOMPARE(parts.size(), 8U);
        QCOMPARE(parts.at(2).first, text("compensation"));
        QCOMPARE(parts.at(2).second, text("Thirty dollars.\n\n- in cash\n- or not at all"));
    }

    void onlyKnownNamesArePackPaths_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("known");
        const char* known[] = {"study.yaml",
                               "codebook.yaml",
                               "deident.yaml",
                               "guides/peer-worker.fr.md",
                               "consents/person.en.md",
                               "instruments/phq-9.yaml"};
        const char* unknown[] = {"",
                                 "Study.yaml",
                                 "study.yaml\n",
                                 "guides/person.fr.md\n",
                                 "/study.yaml",
                                 "../study.yaml",
                                 "guides/../study.yaml",
                                 "guides/person.md",
                                 "guides/person.fr.txt",
                                 "guides/Person.fr.md",
                                 "guides//person.fr.md",
                                 "guides\\person.fr.md",
                                 "guides/person.fr.md/x",
                                 "instruments/../../x.yaml",
                                 "instruments/.yaml",
                                 "./study.yaml"};
        for (const char* path : known)
            QTest::newRow(path) << text(path) << true;
        for (const char* path : unknown)
            QTest::newRow(path) << text(path) << false;
    }
    void onlyKnownNamesArePackPaths() {
        QFETCH(QString, path);
        QFETCH(bool, known);
        QCOMPARE(study::isPackPath(path), known);
    }

    void aFolderIsReadWithForeignFilesNamedAndHiddenOnesPassedOver() {
        FaultFileSystem disk;
        for (const auto& [path, bytes] : minimalPack()) {
            disk.setContent(Path("pack") / path.toStdString(), bytes);
        }
        put(disk, "guides/.~lock.member.en.md#", "x");
        put(disk, ".DS_Store", "x");
        put(disk, "guides/member.docx", "x");
        put(disk, "drafts/old.md", "x");
        const auto files = study::readPackFolder(disk, "pack");
        VERIFY_OK(files);
        QCOMPARE(files->size(), minimalPack().size() + 2);
        const study::Checked checked = study::checkPack(*files);
        QCOMPARE(checked.faults.size(), 2U);
        QVERIFY(hasFault(checked.faults, text("drafts"), 1, text("not part of a study pack")));
        QVERIFY(hasFault(checked.faults, text("guides/member.docx"), 1, text("not part of a study pack")));
    }

    void aHugeFileIsNotReadWhole() {
        FaultFileSystem disk;
        put(disk, "study.yaml", QByteArray(5 * 1024 * 1024, 'x'));
        const auto files = study::readPackFolder(disk, "pack");
        VERIFY_OK(files);
        QCOMPARE(files->at(text("study.yaml")).size(), study::kMaxPackFileBytes + 1);
        QVERIFY(hasFault(study::checkPack(*files).faults, text("study.yaml"), 1, text("larger than 1 MiB")));
    }

    void everyDiskFaultIsHandedOn() {
        FaultFileSystem disk;
        for (const auto& [path, bytes] : minimalPack()) {
            disk.setContent(Path("pack") / path.toStdString(), bytes);
        }
        disk.resetOperations();
        VERIFY_OK(study::readPackFolder(disk, "pack"));
        const std::uint64_t operations = disk.operations();
        QVERIFY(operations >= 8);
        for (std::uint64_t n = 1; n <= operations; ++n) {
            disk.resetOperations();
            disk.failAt(n, false);
            const auto files = study::readPackFolder(disk, "pack");
            if (!disk.faultHappened()) continue;
            VERIFY_FAILS(files, ErrorCode::IoFailed);
            disk.clearFaults();
        }
        VERIFY_FAILS(study::readPackFolder(disk, "elsewhere"), ErrorCode::NotFound);
    }

    void hostileYamlEndsQuicklyAndInAFault_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("deep lists") << QByteArray(100'000, '[');
        QTest::newRow("deep maps") << QByteArray("{a: ").repeated(50'000);
        QTest::newRow("deep block lists") << QByteArray("- ").repeated(5'000);
        QTest::newRow("aliases of aliases") << QByteArray("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n");
        QTest::newRow("alias of itself") << QByteArray("id: &a [*a]\n");
        QTest::newRow("seventeen maps") << QByteArray("{a: ").repeated(17) + "1" + QByteArray(17, '}');
        QTest::newRow("a list as key") << QByteArray("? [a, b]\n: c\n");
        QTest::newRow("merge key") << QByteArray("<<: {id: x}\n");
        QTest::newRow("only a colon") << QByteArray(":");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("comment") << QByteArray("# nothing\n");
        QTest::newRow("a number") << QByteArray("42");
        QTest::newRow("directive") << QByteArray("%YAML 9.9\n---\nid: x\n");
        QTest::newRow("NUL") << QByteArray("id: a\0b\n", 8);
        QTest::newRow("UTF-16") << QByteArray("\xff\xfei\0d\0", 6);
    }
    void hostileYamlEndsQuicklyAndInAFault() {
        QFETCH(QByteArray, content);
        for (const char* path : {"study.yaml", "codebook.yaml", "deident.yaml", "instruments/x.yaml"}) {
            study::PackFiles files = minimalPack();
            files[text(path)] = bytesOf(content);
            const study::Checked checked = study::checkPack(files);
            const bool isBlamed = std::ranges::any_of(
                checked.faults, [&](const study::Fault& fault) { return fault.file == text(path); });
            const bool isPlainInstrument =
                text(path).startsWith(text("instr")) && (content.startsWith("<<") || content.startsWith("%"));
            QVERIFY2(isBlamed || isPlainInstrument, path);
            QVERIFY(checked.faults.size() <= study::FaultList::kMaxFaults);
        }
    }

    void hostileMarkdownNeverPassesForAGuide_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("only a heading mark") << QByteArray("#");
        QTest::newRow("empty items") << QByteArray("# T\n\n## S {#s} (1 min)\n\n1.\n2.\n-\n");
        QTest::newRow("deep quotations") << QByteArray(20'000, '>');
        QTest::newRow("deep lists") << QByteArray("- ").repeated(20'000);
        QTest::newRow("brackets") << QByteArray(100'000, '[');
        QTest::newRow("stars") << QByteArray("*_").repeated(50'000);
        QTest::newRow("braces") << QByteArray("{#").repeated(50'000);
        QTest::newRow("front matter without end") << QByteArray("---\nversion: 1\ntitle: x\n");
        QTest::newRow("front matter of nothing") << QByteArray("---\n---\n");
        QTest::newRow("reference definitions") << QByteArray("[a]: b\n[a]: b\n");
    }
    void hostileMarkdownNeverPassesForAGuide() {
        QFETCH(QByteArray, content);
        for (const char* path : {"guides/member.en.md", "consents/member.en.md"}) {
            study::PackFiles files = minimalPack();
            files[text(path)] = bytesOf(content);
            const study::Checked checked = study::checkPack(files);
            QVERIFY(std::ranges::any_of(checked.faults,
                                        [&](const study::Fault& fault) { return fault.file == text(path); }));
        }
    }
};

QTEST_GUILESS_MAIN(TestPackSource)
#include "tst_pack_source.moc"
