// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/vault/vault_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

class TestDatabase : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void valuesComeBackAsTheyWereBound();
    void emptyIsNotNull();
    void aStatementIsUsedAgain();
    void aWrongPositionIsReportedByTheNextStep();
    void errorTextsNeverQuoteAValue();
    void prepareTakesOneStatement();
    void runRefusesRows();
    void transactionsRollBackUnlessCommitted();
    void aMovedStatementWorksOn();

private:
    VaultHome* m_home = nullptr;
    std::unique_ptr<Vault> m_vault;
};

void TestDatabase::init() {
    m_home = new VaultHome;
    auto vault = m_home->create();
    VERIFY_OK(vault);
    m_vault = std::move(*vault);
    VERIFY_OK(m_vault->execute("CREATE TABLE any (i INTEGER, t TEXT, b BLOB) STRICT"));
}

void TestDatabase::cleanup() {
    m_vault.reset();
    delete m_home;
}

void TestDatabase::valuesComeBackAsTheyWereBound() {
    const QString text = QStringLiteral("\u00E9t\u00E9 \u2019 \U0001F399 a\0b").left(11);
    const Bytes blob{0, 1, 255, 0};
    auto insert = m_vault->prepare("INSERT INTO any VALUES (?, ?, ?)");
    VERIFY_OK(insert);
    VERIFY_OK(insert->bind(1, std::numeric_limits<std::int64_t>::min()).bind(2, text).bind(3, ByteView(blob)).run());
    QCOMPARE(m_vault->lastInsertId(), 1);
    auto query = m_vault->prepare("SELECT i, t, b FROM any");
    VERIFY_OK(query);
    QVERIFY(query->step().value());
    QCOMPARE(query->integer(0), std::numeric_limits<std::int64_t>::min());
    QCOMPARE(query->text(1), text);
    QVERIFY(query->blob(2) == blob);
    QVERIFY(!query->step().value());
}

void TestDatabase::emptyIsNotNull() {
    auto insert = m_vault->prepare("INSERT INTO any VALUES (?, ?, ?)");
    VERIFY_OK(insert);
    VERIFY_OK(insert->bind(1, 0).bind(2, std::string_view()).bind(3, ByteView()).run());
    VERIFY_OK(insert->bindNull(1).bind(2, QString()).bindNull(3).run());
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM any WHERE t IS NOT NULL"), 2);
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM any WHERE b IS NOT NULL"), 1);
    auto query = m_vault->prepare("SELECT i, b FROM any ORDER BY rowid DESC");
    VERIFY_OK(query);
    QVERIFY(query->step().value());
    QVERIFY(query->isNull(0));
    QVERIFY(query->isNull(1));
    QVERIFY(query->blob(1).empty());
}

void TestDatabase::aStatementIsUsedAgain() {
    auto insert = m_vault->prepare("INSERT INTO any (i) VALUES (?)");
    VERIFY_OK(insert);
    for (int i = 0; i < 10; ++i)
        VERIFY_OK(insert->bind(1, i).run());
    QCOMPARE(number(*m_vault, "SELECT sum(i) FROM any"), 45);
    // Also after an error.
    VERIFY_OK(m_vault->execute("CREATE UNIQUE INDEX any_i ON any (i)"));
    VERIFY_FAILS(insert->bind(1, 3).run(), ErrorCode::AlreadyExists);
    VERIFY_OK(insert->bind(1, 33).run());
}

void TestDatabase::aWrongPositionIsReportedByTheNextStep() {
    auto insert = m_vault->prepare("INSERT INTO any (i) VALUES (?)");
    VERIFY_OK(insert);
    VERIFY_FAILS(insert->bind(1, 1).bind(2, 2).run(), ErrorCode::InvalidArgument);
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM any"), 0);
    VERIFY_OK(insert->bind(1, 1).run());
}

void TestDatabase::errorTextsNeverQuoteAValue() {
    VERIFY_OK(addNote(*m_vault, QStringLiteral("kanarienvogel")));
    const auto again = addNote(*m_vault, QStringLiteral("kanarienvogel"));
    VERIFY_FAILS(again, ErrorCode::AlreadyExists);
    QVERIFY(again.error().context.find("note.body") != std::string::npos);
    QVERIFY(again.error().context.find("kanarienvogel") == std::string::npos);
    auto search = m_vault->prepare("SELECT rowid FROM note_search WHERE note_search MATCH ?");
    VERIFY_OK(search);
    for (const char* words : {"kanarienvogel:x", "\"kanarienvogel", "kanarienvogel (", "AND kanarienvogel"}) {
        search->bind(1, QString::fromLatin1(words));
        const auto found = search->step();
        QVERIFY2(!found.has_value(), words);
        QVERIFY2(found.error().context.find("kanarien") == std::string::npos, found.error().context.c_str());
        search->reset();
    }
    auto insert = m_vault->prepare("INSERT INTO any (i) VALUES (?)");
    VERIFY_OK(insert);
    const auto wrongType = insert->bind(1, QStringLiteral("kanarienvogel")).run();
    QVERIFY(!wrongType.has_value());
    QVERIFY2(wrongType.error().context.find("kanarien") == std::string::npos, wrongType.error().context.c_str());
}

void TestDatabase::prepareTakesOneStatement() {
    VERIFY_FAILS(m_vault->prepare("SELECT 1; SELECT 2"), ErrorCode::InvalidArgument);
    VERIFY_FAILS(m_vault->prepare(""), ErrorCode::InvalidArgument);
    VERIFY_FAILS(m_vault->prepare("SELEKT"), ErrorCode::InvalidArgument);
    VERIFY_OK(m_vault->prepare("SELECT 1;\n"));
    VERIFY_OK(m_vault->prepare(std::string_view("SELECT 1 garbage after the end").substr(0, 8)));
}

void TestDatabase::runRefusesRows() {
    auto query = m_vault->prepare("SELECT 1");
    VERIFY_OK(query);
    VERIFY_FAILS(query->run(), ErrorCode::InvalidArgument);
}

void TestDatabase::transactionsRollBackUnlessCommitted() {
    {
        auto transaction = Transaction::begin(*m_vault);
        VERIFY_OK(transaction);
        QVERIFY(m_vault->inTransaction());
        VERIFY_FAILS(Transaction::begin(*m_vault), ErrorCode::InvalidArgument);
        QVERIFY(m_vault->inTransaction());
        VERIFY_OK(m_vault->execute("INSERT INTO any (i) VALUES (1)"));
        Transaction moved(std::move(*transaction));
    }
    QVERIFY(!m_vault->inTransaction());
    QCOMPARE(number(*m_vault, "SELECT count(*) FROM any"), 0);
}

void TestDatabase::aMovedStatementWorksOn() {
    auto first = m_vault->prepare("SELECT 1");
    auto second = m_vault->prepare("SELECT 2");
    VERIFY_OK(first);
    VERIFY_OK(second);
    Statement moved(std::move(*first));
    moved = std::move(*second);
    QVERIFY(moved.step().value());
    QCOMPARE(moved.integer(0), 2);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
