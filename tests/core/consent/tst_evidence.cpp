// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QTest>

#include "consent/strict_json.h"
#include "core/consent/consent_fixture.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::consent;

namespace {

/// JSON with single quotes, which reads better in a test.
QByteArray quoted(const char* json) {
    return QByteArray(json).replace('\'', '"');
}

/// Every value that can be reached in `json`, changed in one place at a time: text gets a letter more, a number one
/// more, a truth is turned round.
std::vector<QJsonValue> alterations(const QJsonValue& json) {
    std::vector<QJsonValue> altered;
    if (json.isString()) altered.emplace_back(json.toString() + QLatin1Char('x'));
    if (json.isDouble()) altered.emplace_back(json.toInteger() + 1);
    if (json.isBool()) altered.emplace_back(!json.toBool());
    if (json.isArray()) {
        const QJsonArray array = json.toArray();
        for (int i = 0; i < array.size(); ++i) {
            for (const QJsonValue& value : alterations(array.at(i))) {
                QJsonArray copy = array;
                copy.replace(i, value);
                altered.emplace_back(copy);
            }
            QJsonArray shorter = array;
            shorter.removeAt(i);
            altered.emplace_back(shorter);
        }
    }
    if (json.isObject()) {
        const QJsonObject object = json.toObject();
        for (const QString& key : object.keys()) {
            for (const QJsonValue& value : alterations(object.value(key))) {
                QJsonObject copy = object;
                copy.insert(key, value);
                altered.emplace_back(copy);
            }
            QJsonObject smaller = object;
            smaller.remove(key);
            altered.emplace_back(smaller);
        }
        QJsonObject larger = object;
        larger.insert(QStringLiteral("extra"), true);
        altered.emplace_back(larger);
    }
    return altered;
}

/// One hexadecimal digit turned, so that ids, hashes and signatures stay well formed.
QString withOneDigitTurned(QString hex) {
    hex[0] = hex[0] == u'0' ? u'1' : u'0';
    return hex;
}

QByteArray textOf(const QJsonValue& json) {
    return QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact);
}

}  // namespace

class TestEvidence final : public QObject {
    Q_OBJECT

private:
    crypto::SigningKey m_device = crypto::SigningKey::generate();
    study::ConsentForm m_form = test::consentForm();
    ParticipantId m_participant = ParticipantId::random();

    [[nodiscard]] Result<Evidence> make(const Answers& answers) const {
        return makeEvidence(m_participant, QStringLiteral("practice"), m_form, answers, m_device);
    }

private slots:
    void evidenceBindsTheFormTheAnswersAndBothTimes() {
        const Answers answers = test::consentAnswers(m_form);
        const auto evidence = make(answers);
        VERIFY_OK(evidence);
        VERIFY_OK(verifyEvidence(*evidence, m_device.verifyKey()));
        QVERIFY(evidence->participant == m_participant);
        QVERIFY(evidence->formHash == m_form.hash);
        QCOMPARE(evidence->formVersion, m_form.version);
        QCOMPARE(evidence->language, m_form.language);
        QVERIFY(evidence->answers == answers.items);
        QVERIFY(evidence->strokes == answers.strokes);
        QCOMPARE(evidence->signedAt.bootMs - evidence->shownAt.bootMs, std::int64_t{90'000});
        QCOMPARE(evidence->signedAt.bootId, answers.signedAt.bootId);
    }

    void evidenceComesBackFromItsJsonAndVerifies() {
        const auto evidence = make(test::consentAnswers(m_form));
        VERIFY_OK(evidence);
        const QByteArray text = textOf(evidence->toJson());
        const auto read = Evidence::fromJson(QJsonDocument::fromJson(text).object());
        VERIFY_OK(read);
        QCOMPARE(textOf(read->toJson()), text);
        VERIFY_OK(verifyEvidence(*read, m_device.verifyKey()));
    }

    void canonicalBytesAreCompactJsonWithSortedKeys() {
        const auto evidence = make(test::consentAnswers(m_form));
        VERIFY_OK(evidence);
        const QByteArray bytes = evidence->canonicalBytes();
        QVERIFY(bytes.startsWith(quoted("{'answers':{'audio':true,'contact':true,'part':true,'quote':true},'code':'")));
        QVERIFY(bytes.contains(quoted("'form_version':'2','format':2,'id':'")));
        QVERIFY(bytes.contains(quoted("'kind':'glass','language':'fr','mark':false,'participant':'")));
        QVERIFY(bytes.contains(
            quoted("'strokes':{'interviewer':[[[12,40],[13,42]]],'participant':[[[10,50],[400,55]],[[410,20]]]}")));
        QVERIFY(bytes.contains(quoted("'boot_ms':3600000,'utc_ms':1790000000000,'zone_min':-300")));
        QVERIFY(!bytes.contains("signature"));
        QVERIFY(!bytes.contains('\n') && !bytes.contains(": "));
    }

    void anyChangedAddedOrDroppedFieldIsFoundOut() {
        const auto evidence = make(test::consentAnswers(m_form));
        VERIFY_OK(evidence);
        int accepted = 0;
        const auto altered = alterations(evidence->toJson());
        for (const QJsonValue& json : altered) {
            const auto read = Evidence::fromJson(json.toObject());
            if (read && verifyEvidence(*read, m_device.verifyKey())) ++accepted;
        }
        QCOMPARE(accepted, 0);
        QVERIFY2(altered.size() > 50, "the walk must reach answers, points and times");
    }

    void everyFieldIsCoveredByTheSignature_data() {
        QTest::addColumn<QString>("field");
        for (const char* field : {"id", "participant", "form_sha256", "signature"}) {
            QTest::newRow(field) << QString::fromLatin1(field);
        }
    }
    void everyFieldIsCoveredByTheSignature() {
        QFETCH(const QString, field);
        const auto evidence = make(test::consentAnswers(m_form));
        VERIFY_OK(evidence);
        QJsonObject json = evidence->toJson();
        json.insert(field, withOneDigitTurned(json.value(field).toString()));
        const auto read = Evidence::fromJson(json);
        VERIFY_OK(read);
        VERIFY_FAILS(verifyEvidence(*read, m_device.verifyKey()), ErrorCode::SignatureInvalid);
    }

    void anotherDeviceDidNotSignIt() {
        const auto evidence = make(test::consentAnswers(m_form));
        VERIFY_OK(evidence);
        VERIFY_FAILS(verifyEvidence(*evidence, crypto::SigningKey::generate().verifyKey()),
                     ErrorCode::SignatureInvalid);
    }

    void aNewerFormatIsRefusedAsNewer() {
        const auto evidence = make(test::consentAnswers(m_form));
        VERIFY_OK(evidence);
        QJsonObject json = evidence->toJson();
        json.insert(QStringLiteral("format"), kEvidenceFormat + 1);
        json.insert(QStringLiteral("something_new"), 1);
        VERIFY_FAILS(Evidence::fromJson(json), ErrorCode::NewerVersion);
    }

    void pointsThatAreNotWholeOrNotOnThePadAreRefused() {
        const auto evidence = make(test::consentAnswers(m_form));
        VERIFY_OK(evidence);
        for (const QJsonValue& bad : {QJsonValue(QJsonArray{1.5, 2}), QJsonValue(QJsonArray{1}), QJsonValue(-1),
                                      QJsonValue(QJsonArray{-1, 2}), QJsonValue(QJsonArray{1, 2, 3})}) {
            QJsonObject json = evidence->toJson();
            json.insert(QStringLiteral("strokes"),
                        QJsonObject{{QStringLiteral("participant"), QJsonArray{QJsonArray{bad}}}});
            VERIFY_FAILS(Evidence::fromJson(json), ErrorCode::ParseFailed);
        }
    }

    void anUnansweredItemIsNoConsent() {
        Answers answers = test::consentAnswers(m_form);
        answers.items.erase(QStringLiteral("quote"));
        VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
    }

    void anAnswerToNoItemIsNoConsent() {
        Answers answers = test::consentAnswers(m_form);
        answers.items[QStringLiteral("unknown")] = true;
        VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
    }

    void withoutTheParticipantsSignatureThereIsNoConsent() {
        Answers answers = test::consentAnswers(m_form);
        answers.strokes.erase(Signer::Participant);
        VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
        answers.strokes[Signer::Participant] = {{}, {}};
        VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
    }

    void aSignatureOffThePadIsRefused() {
        Answers answers = test::consentAnswers(m_form);
        answers.strokes[Signer::Participant].push_back({{-1, 5}});
        VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
    }

    void signingBeforeSeeingIsRefusedByTheBootClockWhateverTheWallClockSays() {
        Answers answers = test::consentAnswers(m_form);
        answers.signedAt.utcMs = answers.shownAt.utcMs - 3'600'000;
        VERIFY_OK(make(answers));
        answers.signedAt.bootMs = answers.shownAt.bootMs - 1;
        VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
        answers.signedAt.bootId = QStringLiteral("another boot");
        VERIFY_OK(make(answers));
    }

    void aRefusalIsEvidenceToo() {
        Answers answers = test::consentAnswers(m_form);
        answers.items[QStringLiteral("part")] = false;
        const auto evidence = make(answers);
        VERIFY_OK(evidence);
        QVERIFY(!stateOf(*evidence, m_form).takesPart);
    }
};

QTEST_GUILESS_MAIN(TestEvidence)
#include "tst_evidence.moc"
