// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "support/every_fault.h"
#include "vault/audit.h"
#include "workflow/settings.h"

using namespace sotto;
using namespace sotto::test;
using workflow::Settings;

class TestSettings : public QObject {
    Q_OBJECT

private slots:
    void theStoreIsRememberedAcrossUnlocks();
    void theStoreCanBeForgotten();
    void relativePathsAndTheHomeItselfAreNoStores();
    void theTrailSaysThatAndNotWhere();
    void openingTheStoreSaysWhatIsMissing();
    void aNewHomeKnowsNoStore();
    void choosingLivesThroughEveryFault_data();
    void choosingLivesThroughEveryFault();
};

void TestSettings::theStoreIsRememberedAcrossUnlocks() {
    World world;
    {
        const auto home = must(world.create());
        VERIFY_OK(workflow::setStoreFolder(*home, "/media/stick/\xC3\xA9tude"));
        VERIFY_OK(workflow::setStoreFolder(*home, kStore));
    }
    const auto home = must(world.unlock());
    QVERIFY(must(workflow::storeFolder(*home)) == kStore);
    const auto store = workflow::openStore(*home);
    VERIFY_OK(store);
    VERIFY_OK(workflow::deliver(*home, **store));
}

void TestSettings::theStoreCanBeForgotten() {
    World world;
    const auto home = must(world.create());
    must(workflow::setStoreFolder(*home, "/media/stick/\xC3\xA9tude"));
    QVERIFY(must(workflow::storeFolder(*home)) == Path("/media/stick/\xC3\xA9tude"));
    VERIFY_OK(workflow::setStoreFolder(*home, {}));
    QVERIFY(!must(workflow::storeFolder(*home)));
}

void TestSettings::relativePathsAndTheHomeItselfAreNoStores() {
    World world;
    const auto home = must(world.create());
    for (const Path& wrong : {Path("stick"), kHome, kHome / "outbox", kHome / "x" / ".." / "outbox"})
        VERIFY_FAILS(workflow::setStoreFolder(*home, wrong), ErrorCode::InvalidArgument);
    QVERIFY(!must(workflow::storeFolder(*home)));
    VERIFY_OK(workflow::setStoreFolder(*home, kHome.string() + "-store"));
    VERIFY_FAILS(Settings(home->outbox()).setValue(QString(), QStringLiteral("x")), ErrorCode::InvalidArgument);
}

void TestSettings::theTrailSaysThatAndNotWhere() {
    World world;
    const auto home = must(world.create());
    must(workflow::setStoreFolder(*home, "/media/secret-name"));
    const auto entry = must(vault::AuditTrail(home->outbox()).entries()).back();
    QCOMPARE(entry.action, QStringLiteral("store.chosen"));
    QCOMPARE(entry.details, (QJsonObject{{QStringLiteral("none"), false}}));
}

void TestSettings::openingTheStoreSaysWhatIsMissing() {
    World world;
    const auto home = must(world.create());
    VERIFY_FAILS(workflow::openStore(*home), ErrorCode::NotFound);
    must(workflow::setStoreFolder(*home, "/media/away"));
    VERIFY_FAILS(workflow::openStore(*home), ErrorCode::NotFound);
}

void TestSettings::aNewHomeKnowsNoStore() {
    World world;
    const auto home = must(world.create());
    QVERIFY(!must(workflow::storeFolder(*home)));
    QVERIFY(!must(Settings(home->outbox()).value(QStringLiteral("anything"))));
}

void TestSettings::choosingLivesThroughEveryFault_data() {
    addFaultRows();
}

void TestSettings::choosingLivesThroughEveryFault() {
    QFETCH(const bool, forGood);
    QFETCH(const int, code);
    World start;
    must(workflow::setStoreFolder(*must(start.create()), "/old"));
    const Snapshot before = start.snapshot();
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
        World world(before);
        Result<> done;
        {
            const auto home = must(world.unlock());
            done = fault.during(world.files, [&] { return workflow::setStoreFolder(*home, "/new"); });
        }
        const auto home = must(world.unlock());
        const auto folder = must(workflow::storeFolder(*home));
        QVERIFY2(folder == Path("/new") || (!done && folder == Path("/old")), fault.at(describe(done)));
    }
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
