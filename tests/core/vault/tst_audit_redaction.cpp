// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "core/vault/vault_fixture.h"
#include "support/fake_clock.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

namespace {

const QString kSession = QStringLiteral("79146509576a64b4e87df5d327ee8627");
const QString kOther = QStringLiteral("abdc520caa2ab8314da5657926694e1f");

/// What the schema was before entries could be redacted.
Schema versionOne() {
    return {"audit",
            {"CREATE TABLE audit (sequence INTEGER PRIMARY KEY, entry BLOB NOT NULL, hash BLOB NOT NULL) STRICT;"}};
}

/// Appends as version 1 did: without a salt.
Result<> appendVersionOne(Database& database, std::int64_t sequence, crypto::Sha256Digest& previous) {
    const QJsonObject object{{QStringLiteral("sequence"), qint64(sequence)},
                             {QStringLiteral("utc_ms"), qint64(1'790'000'000'000 + sequence)},
                             {QStringLiteral("boot_ms"), qint64(5)},
                             {QStringLiteral("boot_id"), QStringLiteral("boot-1")},
                             {QStringLiteral("zone_minutes"), 60},
                             {QStringLiteral("person"), PersonId::random().toString()},
                             {QStringLiteral("action"), QStringLiteral("session.sealed")},
                             {QStringLiteral("details"), QJsonObject{{QStringLiteral("session"), kSession}}}};
    const QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    crypto::Sha256 hash;
    hash.update(previous);
    hash.update(viewOf(bytes));
    previous = hash.finish();
    SOTTO_ASSIGN(Statement insert, database.prepare("INSERT INTO audit (sequence, entry, hash) VALUES (?, ?, ?)"));
    return insert.bind(1, sequence).bind(2, viewOf(bytes)).bind(3, ByteView(previous)).run();
}

}  // namespace

class TestAuditRedaction : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void whatMentionsTheIdIsForgottenAndTheChainVerifies();
    void mentioned_data();
    void mentioned();
    void theRedactionItselfHoldsNoContent();
    void redactingTwiceIsHarmless();
    void aRedactionIsNeverRedacted();
    void redactedByHandDoesNotVerify();
    void tamperingWithARedactedLineIsFound_data();
    void tamperingWithARedactedLineIsFound();
    void aRedactedFirstLineKeepsItsNumber();
    void redactionFollowsTheTransaction();
    void afterCompactionTheWordIsNowhere();
    void aTrailOfVersionOneMigrates();
    void aTrailGoesOnAfterItsLastEntryWasRedacted();

private:
    Result<> append(const QJsonObject& details) {
        m_clock.advance(1000);
        return AuditTrail(*m_vault).append(m_clock.now(), m_person, QStringLiteral("session.started"), details);
    }
    Result<std::size_t> redact(const std::vector<QString>& ids) {
        return AuditTrail(*m_vault).redact(m_clock.now(), m_person, ids);
    }

    std::unique_ptr<VaultHome> m_home;
    std::unique_ptr<Vault> m_vault;
    FakeClock m_clock;
    PersonId m_person = PersonId::random();
};

void TestAuditRedaction::init() {
    m_vault.reset();
    m_home = std::make_unique<VaultHome>();
    m_home->schemas.push_back(AuditTrail::schema());
    auto vault = m_home->create();
    VERIFY_OK(vault);
    m_vault = *std::move(vault);
    for (int i = 1; i <= 6; ++i) {
        const QString session = i == 2 || i == 5 ? kSession : kOther;
        VERIFY_OK(append({{QStringLiteral("session"), session}, {QStringLiteral("count"), i}}));
    }
}

void TestAuditRedaction::cleanup() {
    m_vault.reset();
    m_home.reset();
}

void TestAuditRedaction::whatMentionsTheIdIsForgottenAndTheChainVerifies() {
    const auto before = AuditTrail(*m_vault).entries();
    VERIFY_OK(before);
    const auto count = redact({kSession});
    VERIFY_OK(count);
    QCOMPARE(*count, std::size_t{2});
    VERIFY_OK(AuditTrail(*m_vault).verify());
    const auto entries = AuditTrail(*m_vault).entries();
    VERIFY_OK(entries);
    QCOMPARE(entries->size(), std::size_t{7});
    for (std::size_t i = 0; i < 6; ++i) {
        const AuditEntry& entry = (*entries)[i];
        QCOMPARE(entry.isRedacted, i == 1 || i == 4);
        QCOMPARE(entry.sequence, (*before)[i].sequence);
        QVERIFY(entry.hash == (*before)[i].hash);
        QCOMPARE(entry.details, entry.isRedacted ? QJsonObject() : (*before)[i].details);
        QCOMPARE(entry.action, entry.isRedacted ? QString() : (*before)[i].action);
    }
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM audit WHERE entry IS NULL"), 2);
    const QByteArray image = byteArrayOf(m_vault->plainImage());
    QVERIFY(!image.contains(kSession.toLatin1()) && image.contains(kOther.toLatin1()));
    // It is so on the disk.
    m_vault.reset();
    auto again = m_home->open();
    VERIFY_OK(again);
    m_vault = *std::move(again);
    VERIFY_OK(AuditTrail(*m_vault).verify());
}

void TestAuditRedaction::mentioned_data() {
    QTest::addColumn<QByteArray>("details");
    QTest::addColumn<bool>("isMentioned");
    QTest::addRow("a value") << QByteArray(R"({"participant":"P-1"})") << true;
    QTest::addRow("a key") << QByteArray(R"({"P-1":7})") << true;
    QTest::addRow("deep inside") << QByteArray(R"({"a":[1,{"b":["x","P-1"]}]})") << true;
    QTest::addRow("in a text") << QByteArray(R"({"note":"dyad (P-1, P-2) was sealed"})") << true;
    QTest::addRow("in a path") << QByteArray(R"({"file":"sessions/P-1.session"})") << true;
    QTest::addRow("the second time") << QByteArray(R"({"note":"P-12 and P-1"})") << true;
    QTest::addRow("another one") << QByteArray(R"({"participant":"P-12"})") << false;
    QTest::addRow("another one before") << QByteArray(R"({"participant":"XP-1"})") << false;
    QTest::addRow("not at all") << QByteArray(R"({"count":1,"flag":true,"none":null})") << false;
    QTest::addRow("nothing") << QByteArray("{}") << false;
}

void TestAuditRedaction::mentioned() {
    QFETCH(QByteArray, details);
    QFETCH(bool, isMentioned);
    VERIFY_OK(append(QJsonDocument::fromJson(details).object()));
    QCOMPARE(redact({QStringLiteral("P-1"), QString()}).value(), std::size_t{isMentioned ? 1U : 0U});
    QCOMPARE(number(*m_vault, "SELECT entry IS NULL FROM audit WHERE sequence = 7"), isMentioned ? 1 : 0);
    VERIFY_OK(AuditTrail(*m_vault).verify());
}

void TestAuditRedaction::theRedactionItselfHoldsNoContent() {
    VERIFY_OK(redact({kSession, QStringLiteral("some name")}));
    const auto entries = AuditTrail(*m_vault).entries();
    VERIFY_OK(entries);
    const AuditEntry& last = entries->back();
    QCOMPARE(last.action, QStringLiteral("audit.redacted"));
    QCOMPARE(last.person, m_person);
    const QJsonObject expected{{QStringLiteral("sequences"), QJsonArray{2, 5}}};
    QCOMPARE(last.details, expected);
}

void TestAuditRedaction::redactingTwiceIsHarmless() {
    VERIFY_OK(redact({kSession}));
    const auto head = AuditTrail(*m_vault).head().value();
    QCOMPARE(redact({kSession}).value(), std::size_t{0});
    QCOMPARE(redact({}).value(), std::size_t{0});
    QVERIFY(AuditTrail(*m_vault).head().value() == head);
    QCOMPARE(redact({kOther}).value(), std::size_t{4});
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM audit WHERE entry IS NULL"), 6);
    VERIFY_OK(AuditTrail(*m_vault).verify());
}

void TestAuditRedaction::aRedactionIsNeverRedacted() {
    VERIFY_OK(redact({kSession}));
    QCOMPARE(redact({QStringLiteral("sequences"), QStringLiteral("2")}).value(), std::size_t{0});
    VERIFY_OK(AuditTrail(*m_vault).verify());
}

void TestAuditRedaction::redactedByHandDoesNotVerify() {
    VERIFY_OK(m_vault->execute("UPDATE audit SET entry = NULL WHERE sequence = 3"));
    VERIFY_FAILS(AuditTrail(*m_vault).verify(), ErrorCode::Damaged);
    VERIFY_OK(AuditTrail(*m_vault).entries());
    // A redaction of something else does not cover it, nor does one that came before it.
    VERIFY_OK(redact({kSession}));
    VERIFY_FAILS(AuditTrail(*m_vault).verify(), ErrorCode::Damaged);
    init();
    VERIFY_OK(redact({kSession}));
    VERIFY_OK(append({}));
    VERIFY_OK(AuditTrail(*m_vault).verify());
    VERIFY_OK(m_vault->execute("UPDATE audit SET entry = NULL WHERE sequence = 8"));
    VERIFY_FAILS(AuditTrail(*m_vault).verify(), ErrorCode::Damaged);
    // The redaction itself can't be taken away either.
    init();
    VERIFY_OK(redact({kSession}));
    VERIFY_OK(m_vault->execute("UPDATE audit SET entry = NULL WHERE sequence = 7"));
    VERIFY_FAILS(AuditTrail(*m_vault).verify(), ErrorCode::Damaged);
}

void TestAuditRedaction::tamperingWithARedactedLineIsFound_data() {
    QTest::addColumn<QString>("sql");
    QTest::newRow("its hash changed") << "UPDATE audit SET hash = zeroblob(32) WHERE sequence = 2";
    QTest::newRow("its hash cut") << "UPDATE audit SET hash = zeroblob(3) WHERE sequence = 2";
    QTest::newRow("dropped") << "DELETE FROM audit WHERE sequence = 2";
    QTest::newRow("filled again") << "UPDATE audit SET entry = (SELECT entry FROM audit WHERE sequence = 1) WHERE "
                                     "sequence = 2";
    QTest::newRow("the redaction dropped") << "DELETE FROM audit WHERE sequence = 7";
    QTest::newRow("one put in") << "INSERT INTO audit VALUES (8, NULL, zeroblob(32))";
}

void TestAuditRedaction::tamperingWithARedactedLineIsFound() {
    QFETCH(QString, sql);
    VERIFY_OK(redact({kSession}));
    VERIFY_OK(AuditTrail(*m_vault).verify());
    VERIFY_OK(m_vault->execute(sql.toStdString()));
    VERIFY_FAILS(AuditTrail(*m_vault).verify(), ErrorCode::Damaged);
}

void TestAuditRedaction::aRedactedFirstLineKeepsItsNumber() {
    // Its place among the others, its hash and what names it are all as they were; the number alone is not.
    VERIFY_OK(redact({kOther}));
    VERIFY_OK(AuditTrail(*m_vault).verify());
    VERIFY_OK(m_vault->execute("UPDATE audit SET sequence = -4 WHERE sequence = 1"));
    VERIFY_FAILS(AuditTrail(*m_vault).verify(), ErrorCode::Damaged);
}

void TestAuditRedaction::redactionFollowsTheTransaction() {
    const auto head = AuditTrail(*m_vault).head().value();
    {
        auto transaction = Transaction::begin(*m_vault);
        VERIFY_OK(transaction);
        QCOMPARE(redact({kSession}).value(), std::size_t{2});
        QVERIFY(m_vault->inTransaction());
    }
    QVERIFY(AuditTrail(*m_vault).head().value() == head);
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM audit WHERE entry IS NULL"), 0);
    // Alone, it is one commit: the content never goes without the line that says so.
    const std::int64_t records = m_home->records();
    VERIFY_OK(redact({kSession}));
    QCOMPARE(m_home->records(), records + 1);
    m_home->files.resetOperations();
    m_home->files.failAt(1, false, ErrorCode::NoSpace);
    VERIFY_FAILS(redact({kOther}), ErrorCode::NoSpace);
    m_home->files.clearFaults();
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM audit WHERE entry IS NULL"), 2);
    VERIFY_OK(AuditTrail(*m_vault).verify());
}

void TestAuditRedaction::afterCompactionTheWordIsNowhere() {
    VERIFY_OK(redact({kSession}));
    const auto inLog = [this] {
        const auto log = sealedlog::LogReader::open(m_home->files, kVaultFile, {&m_home->identity, 1});
        return log && std::ranges::any_of(log->records(), [&](const sealedlog::RecordInfo& record) {
                   const auto body = log->read(record);
                   return body && byteArrayOf(*body).contains(kSession.toLatin1());
               });
    };
    QVERIFY(inLog());
    const auto recipient = m_home->identity.recipient();
    VERIFY_OK(m_vault->compact({&recipient, 1}, {&m_home->identity, 1}));
    QVERIFY(!inLog());
    VERIFY_OK(AuditTrail(*m_vault).verify());
}

void TestAuditRedaction::aTrailOfVersionOneMigrates() {
    m_vault.reset();
    VERIFY_OK(m_home->files.remove(kVaultFile));
    m_home->schemas = {versionOne()};
    crypto::Sha256Digest head{};
    {
        auto old = m_home->create();
        VERIFY_OK(old);
        for (int i = 1; i <= 3; ++i) {
            VERIFY_OK(appendVersionOne(**old, i, head));
        }
    }
    m_home->schemas = {AuditTrail::schema()};
    auto migrated = m_home->open();
    VERIFY_OK(migrated);
    m_vault = *std::move(migrated);
    QCOMPARE(number(*m_vault, "SELECT version FROM sotto_schema WHERE module = 'audit'"), 2);
    QVERIFY(AuditTrail(*m_vault).head().value() == head);
    VERIFY_OK(AuditTrail(*m_vault).verify());
    VERIFY_OK(append({{QStringLiteral("session"), kOther}}));
    QCOMPARE(redact({kSession}).value(), std::size_t{3});
    VERIFY_OK(AuditTrail(*m_vault).verify());
    QCOMPARE(AuditTrail(*m_vault).entries()->size(), std::size_t{5});
    // A program that only knows version 1 leaves it alone.
    m_vault.reset();
    m_home->schemas = {versionOne()};
    const Bytes before = m_home->files.content(kVaultFile);
    VERIFY_FAILS(m_home->open(), ErrorCode::NewerVersion);
    QVERIFY(m_home->files.content(kVaultFile) == before);
}

void TestAuditRedaction::aTrailGoesOnAfterItsLastEntryWasRedacted() {
    VERIFY_OK(redact({kSession, kOther}));
    for (int i = 0; i < 3; ++i) {
        VERIFY_OK(append({{QStringLiteral("count"), i}}));
    }
    QCOMPARE(AuditTrail(*m_vault).entries()->back().sequence, 10);
    VERIFY_OK(AuditTrail(*m_vault).verify());
}

QTEST_GUILESS_MAIN(TestAuditRedaction)
#include "tst_audit_redaction.moc"
