// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QJsonObject>

#include "package/enrolment.h"
#include "package/manifest.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::package;
using namespace sotto::test;

namespace {

const Path kFolder = "/keys/tablets";

QByteArray signBody(const QJsonObject& body, std::string_view context, const crypto::SigningKey& key) {
    const QByteArray bytes = QJsonDocument(body).toJson(QJsonDocument::Compact);
    const auto signature = key.sign(context, viewOf(bytes));
    return QJsonDocument(QJsonObject{{QStringLiteral("signed"), QString::fromLatin1(bytes.toBase64())},
                                     {QStringLiteral("signature"), QString::fromStdString(toHex(signature))}})
        .toJson();
}

QJsonObject bodyOf(const QByteArray& text) {
    const QByteArray base64 =
        QJsonDocument::fromJson(text).object().value(QStringLiteral("signed")).toString().toLatin1();
    return QJsonDocument::fromJson(QByteArray::fromBase64(base64)).object();
}

}  // namespace

class EnrolmentTest : public QObject {
    Q_OBJECT
private slots:
    void requestComesBackAsItWas();
    void anyFlippedBitOfARequestIsRefused();
    void aRequestSignedByAnotherKeyIsRefused();
    void certificateComesBackAsItWas();
    void certificateOfAnotherLabIsRefused();
    void anyFlippedBitOfACertificateIsRefused();
    void onePaperIsNeverTakenForAnother();
    void malformedPapersAreRefusedAlthoughSigned_data();
    void malformedPapersAreRefusedAlthoughSigned();
    void newerPapersAreRefusedAsNewer();
    void filedCertificateIsReadBack();
    void enrollingTwiceChangesNothing();
    void whatIsNoCertificateOfOursIsNotOverwritten();
    void badCertificatesAreToldAndDoNotCount();
    void withoutACertificateNobodyWasEverEnrolled();
    void anyFaultLeavesAWholeCertificateOrNone();
    void powerCutLeavesAWholeCertificateOrNone();

private:
    [[nodiscard]] Enrolment paper() const { return {m_device.verifyKey(), m_home, QStringLiteral("practice"), {}, 17}; }
    [[nodiscard]] TabletRequest request() const {
        return {m_device.verifyKey(), m_home, QStringLiteral("practice"), 5};
    }

    crypto::SigningKey m_device = crypto::SigningKey::generate();
    crypto::SigningKey m_lab = crypto::SigningKey::generate();
    HomeId m_home = HomeId::random();
};

void EnrolmentTest::requestComesBackAsItWas() {
    const auto opened = openTabletRequest(viewOf(signTabletRequest(request(), m_device)));
    VERIFY_OK(opened);
    QVERIFY(opened->device == m_device.verifyKey() && opened->home == m_home);
    QCOMPARE(opened->study, QStringLiteral("practice"));
    QCOMPARE(opened->atUtcMs, std::int64_t{5});
}

void EnrolmentTest::anyFlippedBitOfARequestIsRefused() {
    const QByteArray whole = signTabletRequest(request(), m_device);
    for (qsizetype i = 0; i + 1 < whole.size() * 8; ++i) {
        QByteArray altered = whole;
        altered[i / 8] = static_cast<char>(altered[i / 8] ^ (1 << i % 8));
        if (altered.trimmed() == whole.trimmed()) continue;
        QVERIFY2(!openTabletRequest(viewOf(altered)), qPrintable(QString::number(i)));
    }
}

void EnrolmentTest::aRequestSignedByAnotherKeyIsRefused() {
    const QByteArray body = signTabletRequest(request(), m_device);
    VERIFY_FAILS(openTabletRequest(viewOf(signBody(bodyOf(body), kTabletContext, m_lab))), ErrorCode::SignatureInvalid);
}

void EnrolmentTest::certificateComesBackAsItWas() {
    auto opened = openEnrolment(viewOf(signEnrolment(paper(), m_lab)), m_lab.verifyKey());
    VERIFY_OK(opened);
    QVERIFY(opened->device == m_device.verifyKey() && opened->lab == m_lab.verifyKey());
    QVERIFY(opened->home == m_home && opened->study == QStringLiteral("practice"));
    QCOMPARE(opened->atUtcMs, std::int64_t{17});
    const Enrolment bare{m_device.verifyKey(), {}, {}, {}, 17};
    opened = openEnrolment(viewOf(signEnrolment(bare, m_lab)), m_lab.verifyKey());
    VERIFY_OK(opened);
    QVERIFY(!opened->home && !opened->study);
}

void EnrolmentTest::certificateOfAnotherLabIsRefused() {
    const auto other = crypto::SigningKey::generate();
    const auto opened = openEnrolment(viewOf(signEnrolment(paper(), other)), m_lab.verifyKey());
    VERIFY_FAILS(opened, ErrorCode::SignatureInvalid);
    // Signed by us, but it names another lab.
    QJsonObject body = bodyOf(signEnrolment(paper(), other));
    const auto named = openEnrolment(viewOf(signBody(body, kEnrolmentContext, m_lab)), m_lab.verifyKey());
    VERIFY_FAILS(named, ErrorCode::SignatureInvalid);
}

void EnrolmentTest::anyFlippedBitOfACertificateIsRefused() {
    const QByteArray whole = signEnrolment(paper(), m_lab);
    for (qsizetype i = 0; i + 1 < whole.size() * 8; ++i) {
        QByteArray altered = whole;
        altered[i / 8] = static_cast<char>(altered[i / 8] ^ (1 << i % 8));
        if (altered.trimmed() == whole.trimmed()) continue;
        QVERIFY2(!openEnrolment(viewOf(altered), m_lab.verifyKey()), qPrintable(QString::number(i)));
    }
}

void EnrolmentTest::onePaperIsNeverTakenForAnother() {
    const QByteArray asked = signTabletRequest(request(), m_lab);
    VERIFY_FAILS(openEnrolment(viewOf(asked), m_lab.verifyKey()), ErrorCode::SignatureInvalid);
    const QByteArray certified = signEnrolment(paper(), m_device);
    QVERIFY(!openTabletRequest(viewOf(certified)));
    QVERIFY(!openManifest(viewOf(certified)) && !openReceipt(viewOf(certified), m_device.verifyKey()));
}

void EnrolmentTest::malformedPapersAreRefusedAlthoughSigned_data() {
    QTest::addColumn<bool>("isRequest");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    for (const bool isRequest : {true, false}) {
        const auto row = [&](const char* name, const char* key, const QJsonValue& value) {
            QTest::addRow("%s: %s", isRequest ? "request" : "certificate", name)
                << isRequest << QString::fromLatin1(key) << value;
        };
        row("an unknown field", "colour", QStringLiteral("red"));
        row("device too short", "device", QStringLiteral("00"));
        row("device missing", "device", QJsonValue(QJsonValue::Undefined));
        row("device of another type", "device", 7);
        row("home no id", "home", QStringLiteral("here"));
        row("home of another type", "home", QJsonValue::Null);
        row("study empty", "study", QString());
        row("study with a line break", "study", QStringLiteral("a\nb"));
        row("study too long", "study", QString(1000, u'a'));
        row("time with a fraction", "at_utc_ms", 1.5);
        row("time missing", "at_utc_ms", QJsonValue(QJsonValue::Undefined));
        row("format zero", "format", 0);
        row("format missing", "format", QJsonValue(QJsonValue::Undefined));
    }
}

void EnrolmentTest::malformedPapersAreRefusedAlthoughSigned() {
    QFETCH(bool, isRequest);
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QJsonObject body = bodyOf(isRequest ? signTabletRequest(request(), m_device) : signEnrolment(paper(), m_lab));
    // An undefined value takes the field out.
    body.insert(key, value);
    if (isRequest) {
        VERIFY_FAILS(openTabletRequest(viewOf(signBody(body, kTabletContext, m_device))), ErrorCode::ParseFailed);
    } else {
        VERIFY_FAILS(openEnrolment(viewOf(signBody(body, kEnrolmentContext, m_lab)), m_lab.verifyKey()),
                     ErrorCode::ParseFailed);
    }
}

void EnrolmentTest::newerPapersAreRefusedAsNewer() {
    QJsonObject body = bodyOf(signTabletRequest(request(), m_device));
    body.insert(QStringLiteral("format"), 2);
    VERIFY_FAILS(openTabletRequest(viewOf(signBody(body, kTabletContext, m_device))), ErrorCode::NewerVersion);
    body = bodyOf(signEnrolment(paper(), m_lab));
    body.insert(QStringLiteral("format"), 2);
    VERIFY_FAILS(openEnrolment(viewOf(signBody(body, kEnrolmentContext, m_lab)), m_lab.verifyKey()),
                 ErrorCode::NewerVersion);
}

void EnrolmentTest::filedCertificateIsReadBack() {
    FaultFileSystem files;
    const auto filed = fileEnrolment(files, kFolder, paper(), m_lab);
    VERIFY_OK(filed);
    QVERIFY(filed->isNew && filed->enrolment.device == m_device.verifyKey());
    QVERIFY(*files.exists(kFolder / (toHex(m_device.verifyKey()) + ".tablet")));
    const auto tablets = readEnrolments(files, kFolder, m_lab.verifyKey());
    VERIFY_OK(tablets);
    QVERIFY(tablets->has_value() && (*tablets)->refused.empty());
    QVERIFY((*tablets)->devices == std::set{m_device.verifyKey()});
}

void EnrolmentTest::enrollingTwiceChangesNothing() {
    FaultFileSystem files;
    VERIFY_OK(fileEnrolment(files, kFolder, paper(), m_lab));
    const Bytes before = files.content(enrolmentFile(kFolder, m_device.verifyKey()));
    Enrolment later = paper();
    later.atUtcMs = 99;
    const auto again = fileEnrolment(files, kFolder, later, m_lab);
    VERIFY_OK(again);
    QVERIFY(!again->isNew);
    QCOMPARE(again->enrolment.atUtcMs, std::int64_t{17});
    QVERIFY(files.content(enrolmentFile(kFolder, m_device.verifyKey())) == before);
    QCOMPARE(files.paths().size(), std::size_t{1});
}

void EnrolmentTest::whatIsNoCertificateOfOursIsNotOverwritten() {
    const Path path = enrolmentFile(kFolder, m_device.verifyKey());
    const auto other = crypto::SigningKey::generate();
    Enrolment forAnother = paper();
    forAnother.device = other.verifyKey();
    const std::vector<std::pair<QByteArray, ErrorCode>> cases{
        {signEnrolment(paper(), other), ErrorCode::SignatureInvalid},
        {signEnrolment(forAnother, m_lab), ErrorCode::SignatureInvalid},
        {QByteArray("rubbish"), ErrorCode::ParseFailed},
        {QByteArray(100'000, ' '), ErrorCode::ParseFailed}};
    for (const auto& [content, code] : cases) {
        FaultFileSystem files;
        files.setContent(path, Bytes(content.begin(), content.end()));
        const auto filed = fileEnrolment(files, kFolder, paper(), m_lab);
        VERIFY_FAILS(filed, code);
        QVERIFY2(filed.error().context.find("left as it is") != std::string::npos, filed.error().context.c_str());
        QCOMPARE(byteArrayOf(files.content(path)), content);
        QCOMPARE(files.paths().size(), std::size_t{1});
    }
}

void EnrolmentTest::badCertificatesAreToldAndDoNotCount() {
    FaultFileSystem files;
    VERIFY_OK(fileEnrolment(files, kFolder, paper(), m_lab));
    const auto stranger = crypto::SigningKey::generate();
    const Enrolment theirs{stranger.verifyKey(), {}, {}, {}, 1};
    const auto put = [&](const Path& path, const QByteArray& text) {
        files.setContent(path, Bytes(text.begin(), text.end()));
    };
    put(enrolmentFile(kFolder, stranger.verifyKey()), signEnrolment(theirs, stranger));
    put(kFolder / "renamed.tablet", signEnrolment(theirs, m_lab));
    put(kFolder / "notes.txt", "not a certificate and not called one");
    const auto tablets = readEnrolments(files, kFolder, m_lab.verifyKey());
    VERIFY_OK(tablets);
    QVERIFY((*tablets)->devices == std::set{m_device.verifyKey()});
    QCOMPARE((*tablets)->refused.size(), std::size_t{2});
    for (const QString& sentence : (*tablets)->refused)
        QVERIFY2(sentence.contains(QStringLiteral(".tablet: ")), qPrintable(sentence));
}

void EnrolmentTest::withoutACertificateNobodyWasEverEnrolled() {
    FaultFileSystem files;
    auto tablets = readEnrolments(files, kFolder, m_lab.verifyKey());
    VERIFY_OK(tablets);
    QVERIFY(!tablets->has_value());
    files.setContent(kFolder / "notes.txt", {1});
    tablets = readEnrolments(files, kFolder, m_lab.verifyKey());
    VERIFY_OK(tablets);
    QVERIFY(!tablets->has_value());
    // One that is no good still says that this lab enrols its tablets.
    files.setContent(enrolmentFile(kFolder, m_device.verifyKey()), {1});
    tablets = readEnrolments(files, kFolder, m_lab.verifyKey());
    VERIFY_OK(tablets);
    QVERIFY(tablets->has_value() && (*tablets)->devices.empty());
}

void EnrolmentTest::anyFaultLeavesAWholeCertificateOrNone() {
    const Path path = enrolmentFile(kFolder, m_device.verifyKey());
    for (const bool forGood : {false, true}) {
        for (std::uint64_t n = 1;; ++n) {
            FaultFileSystem files;
            VERIFY_OK(files.createDirectories("/keys"));
            files.resetOperations();
            files.failAt(n, forGood);
            const auto filed = fileEnrolment(files, kFolder, paper(), m_lab);
            const bool reached = files.faultHappened();
            files.clearFaults();
            QVERIFY(filed || reached);
            if (*files.exists(path)) VERIFY_OK(openEnrolment(files.content(path), m_lab.verifyKey()));
            VERIFY_OK(fileEnrolment(files, kFolder, paper(), m_lab));
            VERIFY_OK(openEnrolment(files.content(path), m_lab.verifyKey()));
            QCOMPARE(files.paths().size(), std::size_t{1});
            if (!reached) break;
        }
    }
}

void EnrolmentTest::powerCutLeavesAWholeCertificateOrNone() {
    using Loss = FaultFileSystem::Loss;
    const Path path = enrolmentFile(kFolder, m_device.verifyKey());
    for (const Loss loss : {Loss::All, Loss::Nothing, Loss::OddOnes, Loss::TornAt512, Loss::Reordered}) {
        for (std::uint64_t n = 1;; ++n) {
            FaultFileSystem files;
            VERIFY_OK(files.createDirectories("/keys"));
            files.resetOperations();
            files.failAt(n, true);
            const auto filed = fileEnrolment(files, kFolder, paper(), m_lab);
            const bool reached = files.faultHappened();
            files.clearFaults();
            files.cutPower(loss);
            const bool present = *files.exists(path);
            QVERIFY2(present || !filed, "an enrolment that was confirmed is gone");
            if (present) VERIFY_OK(openEnrolment(files.content(path), m_lab.verifyKey()));
            if (!reached) break;
        }
    }
}

QTEST_GUILESS_MAIN(EnrolmentTest)
#include "tst_enrolment.moc"
