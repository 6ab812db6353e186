// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <QTest>

#include "core/sealedlog/anchor_file.h"
#include "core/vault/vault_fixture.h"
#include "support/every_fault.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::vault;

namespace {

constexpr int kRows = 12;
const Path kLeftOver = kFolder / "main.vault.rewrite";

/// A vault with rows, some of them deleted, whose anchors are kept on the same disk.
class Home {
public:
    Result<> make() {
        SOTTO_ASSIGN(m_vault, m_home.create());
        for (int i = 0; i < kRows + 2; ++i) {
            SOTTO_TRY(addNote(*m_vault, QString::number(i) + QString(i == 3 ? 9000 : 20, QLatin1Char('x'))));
        }
        SOTTO_TRY(m_vault->execute("DELETE FROM note WHERE id > 12"));
        m_oldId = m_vault->fileId();
        SOTTO_TRY(m_anchors.remember(m_oldId, m_vault->head()));
        return {};
    }

    Result<sealedlog::Rewritten> compact() {
        const auto recipient = m_home.identity.recipient();
        return m_vault->compact({&recipient, 1}, {&m_home.identity, 1}, [this](const sealedlog::Rewritten& rewritten) {
            return m_anchors.remember(rewritten.newId, rewritten.head);
        });
    }

    /// The process dies.
    void die() { m_vault.reset(); }

    /// "old" or "new" if the vault opens as that one, whole, with so many rows; otherwise what is wrong.
    QString reopen(int rows) {
        m_vault.reset();
        auto vault = m_home.open(m_anchors.required());
        if (!vault) return describe(vault);
        m_vault = *std::move(vault);
        if (integrity(*m_vault) != u"ok") return integrity(*m_vault);
        if (notes(*m_vault) != rows) return QStringLiteral("%1 rows").arg(notes(*m_vault));
        if (std::ranges::count(files().paths(), kLeftOver) != 0) return QStringLiteral("a left-over");
        return m_vault->fileId() == m_oldId ? QStringLiteral("old") : QStringLiteral("new");
    }

    FaultFileSystem& files() { return m_home.files; }
    Vault& vault() { return *m_vault; }
    [[nodiscard]] bool isOld() const { return m_vault->fileId() == m_oldId; }

private:
    VaultHome m_home;
    AnchorFile m_anchors{m_home.files, kFolder / "anchors"};
    std::unique_ptr<Vault> m_vault;
    FileId m_oldId;
};

}  // namespace

/// Every file operation of a compaction, those of the owner's anchor among them, fails once, or for good, or the power
/// goes there.
class TestCompactionFaults : public QObject {
    Q_OBJECT
private slots:
    void afterAnyFaultTheVaultGoesOn_data();
    void afterAnyFaultTheVaultGoesOn();
    void everyPowerCutLeavesOneWholeVault_data();
    void everyPowerCutLeavesOneWholeVault();
    void acknowledgedAfterAFaultIsThereAfterAPowerCut();
};

void TestCompactionFaults::afterAnyFaultTheVaultGoesOn_data() {
    addFaultRows();
}

void TestCompactionFaults::afterAnyFaultTheVaultGoesOn() {
    QFETCH(bool, forGood);
    QFETCH(int, code);
    int poisoned = 0;
    int runs = 0;
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next(); ++runs) {
        Home home;
        VERIFY_OK(home.make());
        const auto done = fault.during(home.files(), [&] { return home.compact(); });
        QVERIFY2(done.has_value() != fault.reached(), fault.at(describe(done)));
        int rows = kRows;
        if (!done && done.error().code == ErrorCode::HandlePoisoned) {
            // The one fault behind the rename: nobody knows which log the disk will show.
            ++poisoned;
            VERIFY_FAILS(addNote(home.vault(), QStringLiteral("goes on")), ErrorCode::HandlePoisoned);
        } else {
            QCOMPARE(home.isOld(), !done);
            QCOMPARE(notes(home.vault()), rows);
            VERIFY_OK(addNote(home.vault(), QStringLiteral("goes on")));
            ++rows;
        }
        const QString found = home.reopen(rows);
        QVERIFY2(found == u"old" || found == u"new", fault.at(found));
        if (done) QCOMPARE(found, QStringLiteral("new"));
        VERIFY_OK(home.compact());
        VERIFY_OK(addNote(home.vault(), QStringLiteral("and on")));
        home.files().cutPower(FaultFileSystem::Loss::All);
        QVERIFY2(home.reopen(rows + 1) == u"new", fault.at(QStringLiteral("the second try is undone")));
    }
    QVERIFY2(runs > 16, qPrintable(QString::number(runs)));
    QCOMPARE(poisoned, 1);
}

void TestCompactionFaults::everyPowerCutLeavesOneWholeVault_data() {
    addLossRows();
}

void TestCompactionFaults::everyPowerCutLeavesOneWholeVault() {
    QFETCH(int, loss);
    std::set<QString> seen;
    for (EveryFault fault(true); fault.next();) {
        Home home;
        VERIFY_OK(home.make());
        const auto done = fault.during(home.files(), [&] { return home.compact(); });
        home.files().cutPower(kLosses[static_cast<std::size_t>(loss)], static_cast<unsigned>(fault.n()));
        const QString found = home.reopen(kRows);
        QVERIFY2(found == u"old" || found == u"new", fault.at(found));
        if (done) QCOMPARE(found, QStringLiteral("new"));
        seen.insert(found);
        VERIFY_OK(addNote(home.vault(), QStringLiteral("goes on")));
        VERIFY_OK(home.compact());
        home.files().cutPower(FaultFileSystem::Loss::All);
        QVERIFY2(home.reopen(kRows + 1) == u"new", fault.at(QStringLiteral("the second try is undone")));
    }
    QCOMPARE(seen.size(), std::size_t{2});
}

void TestCompactionFaults::acknowledgedAfterAFaultIsThereAfterAPowerCut() {
    for (EveryFault fault(false); fault.next();) {
        Home home;
        VERIFY_OK(home.make());
        const auto done = fault.during(home.files(), [&] { return home.compact(); });
        if (!done && done.error().code == ErrorCode::HandlePoisoned) {
            // Opened anew in the same life of the machine: the name of the new log is in the cache only.
            const QString found = home.reopen(kRows);
            QVERIFY2(found == u"new", fault.at(found));
        }
        VERIFY_OK(addNote(home.vault(), QStringLiteral("acknowledged")));
        home.die();
        home.files().cutPower(FaultFileSystem::Loss::All);
        const QString found = home.reopen(kRows + 1);
        QVERIFY2(found == u"old" || found == u"new", fault.at(found));
    }
}

QTEST_GUILESS_MAIN(TestCompactionFaults)
#include "tst_compaction_faults.moc"
