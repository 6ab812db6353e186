// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "consent/strict_json.h"
#include "support/fake_clock.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::consent;

class TestStrictJson final : public QObject {
    Q_OBJECT

private slots:
    void wholeNumbersComeBackExactly() {
        for (const std::int64_t number :
             {std::int64_t{0}, std::int64_t{-1}, StrictObject::kMost, StrictObject::kLeast}) {
            const QByteArray text = compactJson({{QStringLiteral("n"), static_cast<qint64>(number)}});
            const auto json = parseJsonObject(viewOf(text), "test");
            VERIFY_OK(json);
            StrictObject fields(*json, "test");
            QCOMPARE(fields.integer(QLatin1String("n")), number);
            VERIFY_OK(fields.finish());
        }
    }

    void numbersThatAreNotWholeOrOutOfRangeAreRefused() {
        for (const QJsonValue& bad : {QJsonValue(1.5), QJsonValue(1e300), QJsonValue(QStringLiteral("1")),
                                      QJsonValue(true), QJsonValue(static_cast<qint64>(StrictObject::kMost + 2))}) {
            StrictObject fields({{QStringLiteral("n"), bad}}, "test");
            QCOMPARE(fields.integer(QLatin1String("n")), std::int64_t{0});
            VERIFY_FAILS(fields.finish(), ErrorCode::ParseFailed);
        }
        StrictObject bounded({{QStringLiteral("n"), 5}}, "test");
        static_cast<void>(bounded.integer(QLatin1String("n"), 6, 7));  // only the fault is of interest
        VERIFY_FAILS(bounded.finish(), ErrorCode::ParseFailed);
    }

    void missingAndUnknownFieldsAreRefused() {
        StrictObject missing({}, "test");
        QVERIFY(missing.text(QLatin1String("a")).isEmpty());
        VERIFY_FAILS(missing.finish(), ErrorCode::ParseFailed);
        StrictObject unknown({{QStringLiteral("a"), true}, {QStringLiteral("b"), true}}, "test");
        QVERIFY(unknown.boolean(QLatin1String("a")));
        VERIFY_FAILS(unknown.finish(), ErrorCode::ParseFailed);
    }

    void errorTextsNameTheFieldAndNeverItsValue() {
        StrictObject fields({{QStringLiteral("a"), QStringLiteral("canary")}, {QStringLiteral("canary"), 1}}, "test");
        static_cast<void>(fields.id<SessionId>(QLatin1String("a")));  // only the fault is of interest
        const auto result = fields.finish();
        VERIFY_FAILS(result, ErrorCode::ParseFailed);
        QVERIFY(result.error().context.find("\"a\"") != std::string::npos);
        QVERIFY(result.error().context.find("canary") == std::string::npos);
    }

    void instantsComeBackWithAllFourReadings() {
        const Instant instant = test::FakeClock().now();
        StrictObject fields({{QStringLiteral("at"), instantToJson(instant)}}, "test");
        const Instant read = fields.instant(QLatin1String("at"));
        VERIFY_OK(fields.finish());
        QCOMPARE(read.utcMs, instant.utcMs);
        QCOMPARE(read.bootMs, instant.bootMs);
        QCOMPARE(read.bootId, instant.bootId);
        QCOMPARE(read.zoneOffsetMinutes, instant.zoneOffsetMinutes);
    }

    void aZoneBeyondADayIsNoInstant() {
        Instant instant = test::FakeClock().now();
        instant.zoneOffsetMinutes = 24 * 60 + 1;
        StrictObject fields({{QStringLiteral("at"), instantToJson(instant)}}, "test");
        static_cast<void>(fields.instant(QLatin1String("at")));  // only the fault is of interest
        VERIFY_FAILS(fields.finish(), ErrorCode::ParseFailed);
    }

    void bytesThatAreNoObjectAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("cut off") << QByteArray(R"({"a":)");
        QTest::newRow("more behind") << QByteArray("{} {}");
        QTest::newRow("not UTF-8") << QByteArray("{\"a\":\"\xff\xfe\"}");
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void bytesThatAreNoObjectAreRefused() {
        QFETCH(const QByteArray, bytes);
        VERIFY_FAILS(parseJsonObject(viewOf(bytes), "test"), ErrorCode::ParseFailed);
    }
};

QTEST_GUILESS_MAIN(TestStrictJson)
#include "tst_strict_json.moc"
