// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <QJsonDocument>
#include <QTest>

#include "core/vault/vault_fixture.h"
#include "support/fake_clock.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

class TestAudit : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void entriesComeBackInOrder();
    void theChainIsWhatTheReadmeSays();
    void anUntouchedTrailVerifies();
    void tamperingIsFound_data();
    void tamperingIsFound();
    void aCutEndShowsAgainstTheHead();
    void entriesFollowTheTransaction();
    void theTrailSurvivesReopening();

private:
    VaultHome* m_home = nullptr;
    std::unique_ptr<Vault> m_vault;
    FakeClock m_clock;
    PersonId m_person = PersonId::random();
};

void TestAudit::init() {
    m_home = new VaultHome;
    m_home->schemas.push_back(AuditTrail::schema());
    auto vault = m_home->create();
    VERIFY_OK(vault);
    m_vault = std::move(*vault);
    AuditTrail trail(*m_vault);
    for (int i = 1; i <= 5; ++i) {
        m_clock.advance(1000);
        VERIFY_OK(trail.append(m_clock.now(), m_person, QStringLiteral("session.started"),
                               {{QStringLiteral("count"), i}, {QStringLiteral("b"), true}}));
    }
}

void TestAudit::cleanup() {
    m_vault.reset();
    delete m_home;
}

void TestAudit::entriesComeBackInOrder() {
    const auto entries = AuditTrail(*m_vault).entries();
    VERIFY_OK(entries);
    QCOMPARE(entries->size(), std::size_t{5});
    const AuditEntry& last = entries->back();
    QCOMPARE(last.sequence, 5);
    QCOMPARE(last.at.utcMs, m_clock.now().utcMs);
    QCOMPARE(last.at.bootMs, m_clock.now().bootMs);
    QCOMPARE(last.at.bootId, m_clock.now().bootId);
    QCOMPARE(last.at.zoneOffsetMinutes, -300);
    QCOMPARE(last.person, m_person);
    QCOMPARE(last.action, QStringLiteral("session.started"));
    QCOMPARE(last.details[u"count"].toInt(), 5);
    QVERIFY(last.hash == AuditTrail(*m_vault).head().value());
}

void TestAudit::theChainIsWhatTheReadmeSays() {
    auto query = m_vault->prepare("SELECT entry, hash FROM audit ORDER BY sequence");
    VERIFY_OK(query);
    Bytes previous(32);
    std::set<QByteArray> salts;
    for (int i = 1; i <= 2; ++i) {
        QVERIFY(query->step().value());
        Bytes message = previous;
        const Bytes entry = query->blob(0);
        message.insert(message.end(), entry.begin(), entry.end());
        const auto hash = crypto::sha256(message);
        previous.assign(hash.begin(), hash.end());
        QVERIFY(query->blob(1) == previous);
        const QByteArray salt = QJsonDocument::fromJson(byteArrayOf(entry)).object()[u"salt"].toString().toLatin1();
        QCOMPARE(salt.size(), 32);
        QVERIFY(salts.insert(salt).second);
        const QByteArray expected =
            QByteArrayLiteral("{\"action\":\"session.started\",\"boot_id\":\"boot-1\",\"boot_ms\":") +
            QByteArray::number(3'600'000 + (m_clock.now().bootMs - 3'600'000) - (5 - i) * 1000) +
            ",\"details\":{\"b\":true,\"count\":" + QByteArray::number(i) + "},\"person\":\"" +
            m_person.toString().toLatin1() + "\",\"salt\":\"" + salt + "\",\"sequence\":" + QByteArray::number(i) +
            ",\"utc_ms\":" + QByteArray::number(m_clock.now().utcMs - (5 - i) * 1000) + ",\"zone_minutes\":-300}";
        QCOMPARE(byteArrayOf(entry), expected);
    }
}

void TestAudit::anUntouchedTrailVerifies() {
    VERIFY_OK(AuditTrail(*m_vault).verify());
    VERIFY_OK(m_vault->execute("DELETE FROM audit"));
    VERIFY_OK(AuditTrail(*m_vault).verify());
    QVERIFY(AuditTrail(*m_vault).head().value() == crypto::Sha256Digest{});
}

void TestAudit::tamperingIsFound_data() {
    QTest::addColumn<QString>("sql");
    QTest::newRow("a changed action")
        << "UPDATE audit SET entry = replace(entry, 'started', 'deleted') WHERE sequence = 3";
    QTest::newRow("a changed hash") << "UPDATE audit SET hash = zeroblob(32) WHERE sequence = 5";
    QTest::newRow("a short hash") << "UPDATE audit SET hash = zeroblob(3) WHERE sequence = 5";
    QTest::newRow("a dropped entry") << "DELETE FROM audit WHERE sequence = 3";
    QTest::newRow("a dropped first entry") << "DELETE FROM audit WHERE sequence = 1";
    QTest::newRow("a gap closed up")
        << "DELETE FROM audit WHERE sequence = 3; UPDATE audit SET sequence = sequence - 1 WHERE sequence > 3";
    QTest::newRow("two exchanged") << "UPDATE audit SET sequence = -2 WHERE sequence = 2;"
                                      "UPDATE audit SET sequence = 2 WHERE sequence = 3;"
                                      "UPDATE audit SET sequence = 3 WHERE sequence = -2";
    QTest::newRow("two contents exchanged")
        << "CREATE TEMP TABLE t AS SELECT * FROM audit;"
           "UPDATE audit SET entry = (SELECT entry FROM t WHERE sequence = 3), hash = (SELECT hash FROM t WHERE "
           "sequence = 3) WHERE sequence = 2";
    QTest::newRow("one put in") << "INSERT INTO audit SELECT 6, entry, hash FROM audit WHERE sequence = 5";
    QTest::newRow("no JSON") << "UPDATE audit SET entry = x'00' WHERE sequence = 1";
}

void TestAudit::tamperingIsFound() {
    QFETCH(QString, sql);
    // replace() answers text; the column takes blobs only, so the text goes through a cast.
    sql.replace(QStringLiteral("replace(entry, 'started', 'deleted')"),
                QStringLiteral("CAST(replace(CAST(entry AS TEXT), 'started', 'deleted') AS BLOB)"));
    VERIFY_OK(m_vault->execute(sql.toStdString()));
    VERIFY_FAILS(AuditTrail(*m_vault).verify(), ErrorCode::Damaged);
}

void TestAudit::aCutEndShowsAgainstTheHead() {
    const auto head = AuditTrail(*m_vault).head();
    VERIFY_OK(head);
    VERIFY_OK(m_vault->execute("DELETE FROM audit WHERE sequence = 5"));
    VERIFY_OK(AuditTrail(*m_vault).verify());
    QVERIFY(AuditTrail(*m_vault).head().value() != *head);
}

void TestAudit::entriesFollowTheTransaction() {
    AuditTrail trail(*m_vault);
    {
        auto transaction = Transaction::begin(*m_vault);
        VERIFY_OK(transaction);
        VERIFY_OK(trail.append(m_clock.now(), m_person, QStringLiteral("undone")));
    }
    QCOMPARE(trail.entries()->size(), std::size_t{5});
    VERIFY_OK(trail.append(m_clock.now(), m_person, QStringLiteral("done")));
    QCOMPARE(trail.entries()->back().sequence, 6);
    VERIFY_OK(trail.verify());
}

void TestAudit::theTrailSurvivesReopening() {
    const auto head = AuditTrail(*m_vault).head().value();
    m_vault.reset();
    m_vault = std::move(m_home->open().value());
    VERIFY_OK(AuditTrail(*m_vault).verify());
    QVERIFY(AuditTrail(*m_vault).head().value() == head);
}

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
