// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/vault/vault_fixture.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

class TestMigrations : public QObject {
    Q_OBJECT
private slots:
    void aNewScriptKeepsTheRows();
    void aScriptThatFailsIsTakenBackWhole();
    void aNewerModuleIsRefusedUntouched();
    void aModuleThatIsNotNamedIsLeftAlone();
    void eachScriptRunsOnce();
    void openingAnUpToDateVaultWritesNothing();
};

namespace {

Schema versionTwo() {
    Schema schema = noteSchema();
    schema.scripts.push_back(
        "ALTER TABLE note ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;"
        "CREATE INDEX note_kind ON note (kind);");
    return schema;
}

std::int64_t version(Database& database) {
    return number(database, "SELECT version FROM sotto_schema WHERE module = 'notes'");
}

}  // namespace

void TestMigrations::aNewScriptKeepsTheRows() {
    VaultHome home;
    {
        auto vault = home.create();
        VERIFY_OK(vault);
        for (int i = 0; i < 100; ++i)
            VERIFY_OK(addNote(**vault, QString::number(i)));
        QCOMPARE(version(**vault), 1);
    }
    home.schemas = {versionTwo()};
    auto vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(version(**vault), 2);
    QCOMPARE(notes(**vault), 100);
    QCOMPARE(number(**vault, "SELECT sum(hidden) FROM note"), 0);
    QCOMPARE(number(**vault, "SELECT count(*) FROM note_search WHERE note_search MATCH '42'"), 1);
    QCOMPARE(integrity(**vault), QStringLiteral("ok"));
}

void TestMigrations::aScriptThatFailsIsTakenBackWhole() {
    VaultHome home;
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kVaultFile);
    Schema bad = noteSchema();
    bad.scripts.push_back("CREATE TABLE half (a); CREATE TABLE note (b);");
    home.schemas = {bad};
    VERIFY_FAILS(home.open(), ErrorCode::InvalidArgument);
    QVERIFY(home.files.content(kVaultFile) == before);
    bad.scripts.back() = "CREATE TABLE half (a); COMMIT;";
    home.schemas = {bad};
    VERIFY_FAILS(home.open(), ErrorCode::InvalidArgument);
    // A vault that can't be made leaves no file.
    VERIFY_OK(home.files.remove(kVaultFile));
    bad.scripts.back() = "nonsense";
    home.schemas = {bad};
    VERIFY_FAILS(home.create(), ErrorCode::InvalidArgument);
    QVERIFY(home.files.paths().empty());
}

void TestMigrations::aNewerModuleIsRefusedUntouched() {
    VaultHome home;
    home.schemas = {versionTwo()};
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kVaultFile);
    // The other module's script would be due; it must not run either.
    home.schemas = {Schema{"other", {"CREATE TABLE other (a)"}}, noteSchema()};
    VERIFY_FAILS(home.open(), ErrorCode::NewerVersion);
    QVERIFY(home.files.content(kVaultFile) == before);
    auto readable = home.openReadOnly();
    VERIFY_OK(readable);
    QCOMPARE(notes(**readable), 0);
}

void TestMigrations::aModuleThatIsNotNamedIsLeftAlone() {
    VaultHome home;
    VERIFY_OK(home.create());
    home.schemas = {Schema{"other", {"CREATE TABLE other (a) STRICT", "CREATE TABLE more (a INTEGER) STRICT"}}};
    home.schemas.front().scripts.front() = "CREATE TABLE other (a INTEGER) STRICT";
    auto vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(version(**vault), 1);
    QCOMPARE(number(**vault, "SELECT version FROM sotto_schema WHERE module = 'other'"), 2);
}

void TestMigrations::eachScriptRunsOnce() {
    VaultHome home;
    home.schemas = {Schema{
        "count", {"CREATE TABLE run (a INTEGER) STRICT; INSERT INTO run VALUES (1)", "INSERT INTO run VALUES (2)"}}};
    VERIFY_OK(home.create());
    for (int i = 0; i < 3; ++i)
        VERIFY_OK(home.open());
    auto vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(number(**vault, "SELECT count(*) FROM run"), 2);
    QCOMPARE(home.records(), 2);
}

void TestMigrations::openingAnUpToDateVaultWritesNothing() {
    VaultHome home;
    VERIFY_OK(home.create());
    const Bytes before = home.files.content(kVaultFile);
    VERIFY_OK(home.open());
    QVERIFY(home.files.content(kVaultFile) == before);
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
