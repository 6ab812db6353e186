// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/vault/vault_fixture.h"
#include "support/every_fault.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

class TestVaultFaults : public QObject {
    Q_OBJECT
private slots:
    void noFaultLosesAnAcknowledgedRow_data();
    void noFaultLosesAnAcknowledgedRow();
    void noFaultInOpeningHurts();
    void noPowerCutLosesAnAcknowledgedRow_data();
    void noPowerCutLosesAnAcknowledgedRow();
    void aFullDiskLosesNothingAndIsForgotten();
    void aFailedSyncIsFinal();
    void afterAFailedCommitTheImageIsWhatSqliteBelieves();
    void everyTruncationOpensToALastCommit();
};

namespace {

/// How many rows were tried, and how many of them acknowledged.
struct Progress {
    bool created = false;
    int acknowledged = 0;
    int tried = 0;
};

/// Creates a vault and adds rows, one or a few per transaction, until a fault stops it or all are there.
Progress work(VaultHome& home) {
    Progress progress;
    auto vault = home.create();
    if (!vault) return progress;
    progress.created = true;
    for (int i = 0; i < 6; ++i) {
        auto transaction = Transaction::begin(**vault);
        if (!transaction) continue;
        const int rows = i % 2 == 0 ? 1 : 3;
        bool added = true;
        for (int row = 0; row < rows && added; ++row) {
            const QString body = QString::number(progress.tried + row) + QString(i == 3 ? 9000 : 20, QLatin1Char('x'));
            added = addNote(**vault, body).has_value();
        }
        progress.tried += rows;
        if (added && transaction->commit()) progress.acknowledged += rows;
    }
    return progress;
}

/// Opens and checks: every acknowledged row is there, in whole transactions, and the database holds together.
void expectAcknowledged(VaultHome& home, const Progress& progress) {
    const auto exists = home.files.exists(kVaultFile);
    VERIFY_OK(exists);
    if (!*exists) {
        QVERIFY(!progress.created);
        VERIFY_OK(home.create());
        return;
    }
    auto vault = home.open();
    if (!vault && !progress.created) return;  // a file broken off while it was made: refused, not believed
    VERIFY_OK(vault);
    QCOMPARE(integrity(**vault), QStringLiteral("ok"));
    const std::int64_t found = notes(**vault);
    QVERIFY2(found >= progress.acknowledged && found <= progress.tried, qPrintable(QString::number(found)));
    QCOMPARE(number(**vault, "SELECT count(*) FROM note WHERE length(body) < 20"), 0);
    VERIFY_OK(addNote(**vault, QStringLiteral("goes on")));
}

}  // namespace

void TestVaultFaults::noFaultLosesAnAcknowledgedRow_data() {
    addFaultRows();
}

void TestVaultFaults::noFaultLosesAnAcknowledgedRow() {
    QFETCH(bool, forGood);
    QFETCH(int, code);
    int runs = 0;
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next(); ++runs) {
        VaultHome home;
        const Progress progress = fault.during(home.files, [&] { return work(home); });
        expectAcknowledged(home, progress);
        QVERIFY2(!QTest::currentTestFailed(), fault.at());
    }
    QVERIFY(runs > 16);
}

void TestVaultFaults::noFaultInOpeningHurts() {
    for (const bool forGood : {false, true}) {
        for (EveryFault fault(forGood); fault.next();) {
            VaultHome home;
            const Progress progress = work(home);
            Bytes tail = home.files.content(kVaultFile);
            tail.insert(tail.end(), 77, std::uint8_t{1});
            home.files.setContent(kVaultFile, tail);
            // May fail; what stays is what counts.
            static_cast<void>(fault.during(home.files, [&] { return home.open().has_value(); }));
            expectAcknowledged(home, progress);
            QVERIFY2(!QTest::currentTestFailed(), fault.at());
        }
    }
}

void TestVaultFaults::noPowerCutLosesAnAcknowledgedRow_data() {
    addLossRows();
}

void TestVaultFaults::noPowerCutLosesAnAcknowledgedRow() {
    QFETCH(int, loss);
    for (EveryFault fault(true); fault.next();) {  // everything stops there, then the power goes
        VaultHome home;
        const Progress progress = fault.during(home.files, [&] { return work(home); });
        home.files.cutPower(kLosses[static_cast<std::size_t>(loss)], static_cast<unsigned>(fault.n()));
        expectAcknowledged(home, progress);
        QVERIFY2(!QTest::currentTestFailed(), fault.at());
    }
}

void TestVaultFaults::aFullDiskLosesNothingAndIsForgotten() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    VERIFY_OK(addNote(**vault, QStringLiteral("before")));
    home.files.setCapacity(home.files.content(kVaultFile).size() + 200);
    int refused = 0;
    for (int i = 0; i < 5; ++i) {
        const auto added = addNote(**vault, QString::number(i) + QString(3000, QLatin1Char('y')));
        if (!added) ++refused;
        QVERIFY(added || added.error().code == ErrorCode::NoSpace);
    }
    QCOMPARE(refused, 5);
    QCOMPARE(notes(**vault), 1);
    QCOMPARE(integrity(**vault), QStringLiteral("ok"));
    QVERIFY(!(*vault)->inTransaction());
    home.files.setCapacity(UINT64_MAX);
    VERIFY_OK(addNote(**vault, QStringLiteral("after")));
    vault->reset();
    vault = home.open();
    VERIFY_OK(vault);
    QCOMPARE(notes(**vault), 2);
    QCOMPARE(integrity(**vault), QStringLiteral("ok"));
}

void TestVaultFaults::aFailedSyncIsFinal() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    VERIFY_OK(addNote(**vault, QStringLiteral("durable")));
    // Of the operations of one commit the last one is the sync.
    home.files.resetOperations();
    VERIFY_OK(addNote(**vault, QStringLiteral("durable too")));
    const std::uint64_t last = home.files.operations();
    home.files.resetOperations();
    home.files.failAt(last, false);
    VERIFY_FAILS(addNote(**vault, QStringLiteral("who knows")), ErrorCode::HandlePoisoned);
    home.files.clearFaults();
    VERIFY_FAILS(addNote(**vault, QStringLiteral("refused")), ErrorCode::HandlePoisoned);
    VERIFY_FAILS(Transaction::begin(**vault), ErrorCode::HandlePoisoned);
    QCOMPARE(notes(**vault), -1);
    const auto recipient = home.identity.recipient();
    VERIFY_FAILS((*vault)->rewrap({&recipient, 1}), ErrorCode::HandlePoisoned);
    vault->reset();
    vault = home.open();
    VERIFY_OK(vault);
    QVERIFY(notes(**vault) == 2 || notes(**vault) == 3);
    VERIFY_OK(addNote(**vault, QStringLiteral("goes on")));
}

void TestVaultFaults::afterAFailedCommitTheImageIsWhatSqliteBelieves() {
    VaultHome home;
    auto vault = home.create();
    VERIFY_OK(vault);
    for (int i = 0; i < 50; ++i)
        VERIFY_OK(addNote(**vault, QString::number(i) + QString(500, QLatin1Char('z'))));
    VERIFY_OK((*vault)->execute("PRAGMA shrink_memory"));
    const Bytes before = (*vault)->plainImage();
    home.files.resetOperations();
    home.files.failAt(1, false, ErrorCode::NoSpace);
    VERIFY_FAILS((*vault)->execute("DELETE FROM note WHERE id > 10"), ErrorCode::NoSpace);
    QVERIFY((*vault)->plainImage() == before);
    QCOMPARE(notes(**vault), 50);
    VERIFY_OK((*vault)->execute("DELETE FROM note WHERE id > 40"));
    const Bytes after = (*vault)->plainImage();
    vault->reset();
    vault = home.open();
    VERIFY_OK(vault);
    QVERIFY((*vault)->plainImage() == after);
    QCOMPARE(notes(**vault), 40);
}

void TestVaultFaults::everyTruncationOpensToALastCommit() {
    VaultHome home;
    std::vector<std::size_t> ends;
    auto vault = home.create();
    VERIFY_OK(vault);
    ends.push_back(home.files.content(kVaultFile).size());
    for (int i = 0; i < 4; ++i) {
        VERIFY_OK(addNote(**vault, QString::number(i)));
        ends.push_back(home.files.content(kVaultFile).size());
    }
    vault->reset();
    const Bytes whole = home.files.content(kVaultFile);
    for (std::size_t size = ends.front(); size <= whole.size(); ++size) {
        home.files.setContent(kVaultFile, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        auto opened = home.openReadOnly();
        VERIFY_OK(opened);
        const auto complete = std::count_if(ends.begin(), ends.end(), [&](std::size_t end) { return end <= size; });
        QCOMPARE(notes(**opened), static_cast<std::int64_t>(complete - 1));
    }
}

QTEST_GUILESS_MAIN(TestVaultFaults)
#include "tst_vault_faults.moc"
