// SPDX-License-Identifier: Apache-2.0
#include <QBuffer>
#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "consent/code.h"
#include "core/consent/consent_fixture.h"
#include "platform/pdf/pdf_press.h"
#include "support/result_check.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::consent;

namespace {

study::ConsentForm formIn(const QString& language) {
    study::ConsentForm form = test::consentForm();
    const bool isFrench = language == QLatin1String("fr");
    form.language = language;
    form.title = isFrench ? QStringLiteral("Participer à l’étude") : QStringLiteral("Taking part in the study");
    form.version = QStringLiteral("2026-11-23");
    const QString word = isFrench ? QStringLiteral("éléphant") : QStringLiteral("elephant");
    for (const char* part : {"purpose", "funder", "board", "contacts", "storage", "confidentiality", "withdrawal"}) {
        const QString id = QString::fromLatin1(part);
        form.headings[id] = QStringLiteral("Heading ") + id;
        form.parts.emplace_back(id, QStringLiteral("**%1** %2.\n\n- one\n- two").arg(word, (id + u' ').repeated(60)));
    }
    return form;
}

Document documentOf(const QString& language, bool isBlank = false) {
    Document document;
    document.studyTitle = QStringLiteral("A study of trust");
    document.team = QStringLiteral("team@example.org");
    document.complaints = QStringLiteral("514 555-0199");
    Paper paper{formIn(language), {}};
    if (!isBlank) {
        Answers answers = test::consentAnswers(paper.form);
        answers.items[QStringLiteral("quote")] = false;
        const auto evidence = makeEvidence(ParticipantId::random(), QStringLiteral("s"), paper.form, answers,
                                           crypto::SigningKey::generate());
        SOTTO_CHECK(evidence.has_value());
        paper.evidence = *evidence;
    }
    document.papers.push_back(std::move(paper));
    return document;
}

QByteArray output(const QString& program, const QStringList& arguments, const QByteArray& input) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted()) return {};
    process.write(input);
    process.closeWriteChannel();
    return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
}

/// As a reader of the PDF gets it, on one line.
QString textOf(const Bytes& pdf) {
    const QByteArray text =
        output(QStringLiteral("pdftotext"), {QStringLiteral("-"), QStringLiteral("-")}, byteArrayOf(pdf));
    // Letters that are drawn as one ("fi") are two to whoever searches.
    return QString::fromUtf8(text).normalized(QString::NormalizationForm_KC).simplified();
}

qsizetype pagesOf(const Bytes& pdf) {
    return QString::fromUtf8(
               output(QStringLiteral("pdftotext"), {QStringLiteral("-"), QStringLiteral("-")}, byteArrayOf(pdf)))
        .count(u'\f');
}

QByteArray encoded(const QImage& image, const char* format) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    SOTTO_CHECK(image.save(&buffer, format));
    return bytes;
}

}  // namespace

class TestPdfPress final : public QObject {
    Q_OBJECT

private:
    platform::PdfPress m_press;

private slots:
    void initTestCase() {
        QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty(), "install poppler-utils");
    }

    void aCopyHoldsEveryPartTheAnswersTheCodeAndTheFingerprint_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("en") << QStringLiteral("en")
                            << QStringList{QStringLiteral("Your copy"),
                                           QStringLiteral("Your choices"),
                                           QStringLiteral("No On cite."),
                                           QStringLiteral("Yes On enregistre."),
                                           QStringLiteral("If you change your mind"),
                                           QStringLiteral("Complaints, apart from the team: 514 555-0199"),
                                           QStringLiteral("Others may find this copy"),
                                           QStringLiteral("elephant")};
        QTest::newRow("fr") << QStringLiteral("fr")
                            << QStringList{QStringLiteral("Votre exemplaire"),
                                           QStringLiteral("Vos choix"),
                                           QStringLiteral("Non On cite."),
                                           QStringLiteral("Oui On enregistre."),
                                           QStringLiteral("Si vous changez d’avis"),
                                           QStringLiteral("514 555-0199"),
                                           QStringLiteral("D’autres peuvent trouver"),
                                           QStringLiteral("éléphant")};
    }
    void aCopyHoldsEveryPartTheAnswersTheCodeAndTheFingerprint() {
        QFETCH(const QString, language);
        QFETCH(const QStringList, words);
        const Document document = documentOf(language);
        for (const PageSize size : {PageSize::Letter, PageSize::A4, PageSize::A5}) {
            const auto pdf = m_press.print(document, size);
            VERIFY_OK(pdf);
            const QString text = textOf(*pdf);
            for (const QString& each : words)
                QVERIFY2(text.contains(each), qPrintable(each + QStringLiteral(" | ") + text));
            const Paper& paper = document.papers.front();
            for (const auto& [id, heading] : paper.form.headings)
                QVERIFY2(text.contains(heading), qPrintable(heading));
            QVERIFY(text.contains(shownCode(paper.evidence->code)) && text.contains(paper.form.version));
            const QString hash = QString::fromStdString(toHex(paper.form.hash));
            QVERIFY(QString(text).remove(u' ').contains(hash));
            QVERIFY(text.contains(QStringLiteral("A study of trust")) && text.contains(document.team));
        }
        QVERIFY(pagesOf(*m_press.print(document, PageSize::A5)) > pagesOf(*m_press.print(document, PageSize::A4)));
    }

    void strokesAreDrawn() {
        Document with = documentOf(QStringLiteral("en"));
        with.papers.front().evidence->strokes[Signer::Participant] = {{{0, 0}, {1000, 400}}};
        Document without = with;
        without.papers.front().evidence->strokes.clear();
        const auto inkOf = [this](const Document& document) {
            const auto pdf = m_press.print(document, PageSize::A4);
            SOTTO_CHECK(pdf.has_value());
            // No file: the picture goes through the pipe.
            const QByteArray pages =
                output(QStringLiteral("pdftoppm"),
                       {QStringLiteral("-gray"), QStringLiteral("-r"), QStringLiteral("40")}, byteArrayOf(*pdf));
            return std::count_if(pages.begin(), pages.end(),
                                 [](char byte) { return static_cast<std::uint8_t>(byte) < 128; });
        };
        QVERIFY2(inkOf(with) > inkOf(without) + 60, "a signature must leave ink");
    }

    void twoFormsOfOneActAreOneDocument() {
        Document document = documentOf(QStringLiteral("en"));
        Paper parents = document.papers.front();
        parents.form.title = QStringLiteral("For the parents");
        parents.evidence->signedBy = study::SignedBy::Parent;
        parents.evidence->signatory = QStringLiteral("Noor Imaginary");
        document.papers.push_back(parents);
        const QString text = textOf(*m_press.print(document, PageSize::Letter));
        QVERIFY(text.contains(QStringLiteral("For the parents")));
        QVERIFY(text.contains(QStringLiteral("Parent or guardian: Noor Imaginary")));
        QCOMPARE(text.count(QStringLiteral("If you change your mind")), 1);
    }

    void aBlankFormHasBoxesAndLinesAndNoAnswers() {
        const QString text = textOf(*m_press.print(documentOf(QStringLiteral("fr"), true), PageSize::Letter));
        QCOMPARE(text.count(QStringLiteral("Oui Non")), 4);
        for (const char16_t* word : {u"Nom", u"Signature", u"Date", u"2026-11-23"})
            QVERIFY(text.contains(QString::fromUtf16(word)));
        QVERIFY(!text.contains(QStringLiteral("Si vous changez")) && !text.contains(QStringLiteral("exemplaire")));
    }

    void nothingIsWrittenAnywhere() {
        test::TempDir folder;
        qputenv("TMPDIR", folder.path().string().c_str());
        VERIFY_OK(m_press.print(documentOf(QStringLiteral("en")), PageSize::A4));
        const QDir left(QString::fromStdString(folder.path().string()));
        QCOMPARE(left.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
        qunsetenv("TMPDIR");
    }

    void nothingToPrintIsRefused() { VERIFY_FAILS(m_press.print({}, PageSize::A4), ErrorCode::InvalidArgument); }

    void aPictureIsKeptUprightGreyAndSmallWithoutWhatTheCameraAdded() {
        QImage photo(3000, 4000, QImage::Format_RGB32);
        photo.fill(Qt::white);
        QPainter(&photo).fillRect(100, 100, 900, 90, Qt::darkBlue);
        photo.setText(QStringLiteral("Comment"), QStringLiteral("taken at the kitchen table"));
        for (const char* format : {"JPEG", "PNG"}) {
            const QByteArray bytes = encoded(photo, format);
            const auto kept = m_press.picture(viewOf(bytes));
            VERIFY_OK(kept);
            QCOMPARE(kept->type, kPictureType);
            QVERIFY(kept->bytes.size() < kMostAttachment);
            QVERIFY(!byteArrayOf(kept->bytes).contains("kitchen"));
            QImage read;
            QVERIFY(read.loadFromData(byteArrayOf(kept->bytes)));
            QCOMPARE(read.size(), QSize(1650, 2200));
            QVERIFY(read.isGrayscale());
        }
    }

    void whatIsNoPictureIsRefused() {
        const QByteArray whole = encoded(QImage(200, 200, QImage::Format_RGB32), "PNG");
        for (const QByteArray& bad :
             {QByteArray(), QByteArray("%PDF-1.4 no picture"), QByteArray(5000, 'x'), whole.left(whole.size() / 2)})
            VERIFY_FAILS(m_press.picture(viewOf(bad)), ErrorCode::ParseFailed);
    }

    void aPictureOfTooManyPointsIsRefusedBeforeItIsRead() {
        // The head of a PNG of 60,000 x 60,000 points, and nothing else.
        QByteArray head = encoded(QImage(8, 8, QImage::Format_Mono), "PNG");
        head.replace(16, 8, QByteArray::fromHex("0000ea600000ea60"));
        QVERIFY(!m_press.picture(viewOf(head)).has_value());
    }
};

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    TestPdfPress test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_pdf_press.moc"
