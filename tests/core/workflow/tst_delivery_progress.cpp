// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"

using namespace sotto;
using namespace sotto::test;
using workflow::DeliveryHooks;
using workflow::DeliveryProgress;

namespace {

/// Two sealed interviews that wait to be sent.
struct TwoSealed : World {
    TwoSealed() {
        home = must(create());
        const auto participant = consentedPerson(*home);
        for (int i = 0; i < 2; ++i) {
            Acknowledged told;
            must(interviewShortly(*home, participant, told));
            must(workflow::sealSession(*home, told.id));
        }
        items = must(outboxItems(*home));
        for (const auto& item : items)
            total += item.size;
    }
    [[nodiscard]] Result<workflow::DeliveryReport> send(const DeliveryHooks& hooks) {
        const auto store = must(sync::openFolderStore(files, kStore));
        return workflow::deliver(*home, *store, hooks);
    }
    /// A package of three parts, as an interview of half an hour makes it.
    void queueLarge() {
        const PackageId id = PackageId::random();
        const Path path = kHome / "outbox" / (id.toString().toStdString() + ".age");
        const auto sealed = must(package::sealFiles(files, path, home->study().keys.content,
                                                    {{QStringLiteral("large.bin"), QByteArray(9 << 20, 'x')}}));
        package::Manifest manifest;
        manifest.package = id;
        manifest.session = items.front().session;
        manifest.device = home->keyring().deviceKey().verifyKey();
        manifest.sequence = 1;
        manifest.size = sealed.size;
        manifest.sha256 = sealed.sha256;
        manifest.parts = sealed.parts;
        sync::OutboxItem item;
        item.id = id;
        item.session = manifest.session;
        item.size = sealed.size;
        item.sha256 = sealed.sha256;
        item.signedManifest = package::signManifest(manifest, home->keyring().deviceKey());
        must(sync::Outbox(home->outbox(), files, home->layout().outboxFolder()).add(item));
    }
    [[nodiscard]] int sentCount() {
        const auto entries = must(workflow::listOutbox(*home));
        return int(std::count_if(entries.begin(), entries.end(),
                                 [](const auto& entry) { return entry.state == sync::PackageState::Sent; }));
    }
    std::unique_ptr<Home> home;
    std::vector<sync::OutboxItem> items;
    std::uint64_t total = 0;
};

}  // namespace

class TestDeliveryProgress : public QObject {
    Q_OBJECT

private slots:
    void theListShowsWhatIsInTheOutbox();
    void progressRunsFromNothingToAllOfIt();
    void anEmptyOutboxHasNothingToTell();
    void cancellingKeepsWhatWasSentAndTheNextSendsTheRest();
    void cancellingAtOnceTouchesNothing();
    void aPackageSealedAnewIsCountedAnew();
    void aLargePackageTellsEachPartAndStopsBetweenThem();
};

void TestDeliveryProgress::theListShowsWhatIsInTheOutbox() {
    TwoSealed world;
    const auto entries = must(workflow::listOutbox(*world.home));
    QCOMPARE(entries.size(), std::size_t{6});
    for (std::size_t i = 0; i < entries.size(); ++i) {
        QVERIFY(entries[i].package == world.items[i].id && entries[i].session == world.items[i].session);
        QVERIFY(entries[i].kind == world.items[i].kind && entries[i].size == world.items[i].size);
        QVERIFY(entries[i].state == sync::PackageState::Queued);
    }
    must(world.send({}));
    QCOMPARE(world.sentCount(), 6);
}

void TestDeliveryProgress::progressRunsFromNothingToAllOfIt() {
    TwoSealed world;
    std::vector<DeliveryProgress> steps;
    const auto report = world.send({[&](const DeliveryProgress& step) { steps.push_back(step); }, {}});
    VERIFY_OK(report);
    QCOMPARE(report->sent, 6);
    QVERIFY(steps.size() >= 7);
    QCOMPARE(steps.front().done, std::uint64_t{0});
    QCOMPARE(steps.front().packagesDone, 0);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const DeliveryProgress& step = steps[i];
        QCOMPARE(step.total, world.total);
        QCOMPARE(step.packages, 6);
        QVERIFY(step.done <= step.total && step.packageDone <= step.packageTotal);
        if (i > 0) QVERIFY(step.done > steps[i - 1].done);
        const auto item = std::find_if(world.items.begin(), world.items.end(),
                                       [&](const auto& one) { return one.id == step.package; });
        QVERIFY(item != world.items.end() && item->kind == step.kind && item->size == step.packageTotal);
    }
    QCOMPARE(steps.back().done, world.total);
    QCOMPARE(steps.back().packagesDone, 6);
}

void TestDeliveryProgress::anEmptyOutboxHasNothingToTell() {
    TwoSealed world;
    must(world.send({}));
    int calls = 0;
    VERIFY_OK(world.send({[&](const DeliveryProgress&) { ++calls; }, {}}));
    QCOMPARE(calls, 0);
}

void TestDeliveryProgress::cancellingKeepsWhatWasSentAndTheNextSendsTheRest() {
    // Cancelled at each place where it is asked, until it is not asked so often any more.
    bool sawSome = false;
    for (int allowed = 0;; ++allowed) {
        TwoSealed world;
        int asked = 0;
        const auto stopped = world.send({{}, [&] { return asked++ == allowed; }});
        if (stopped) {
            QVERIFY(asked <= allowed);
            break;
        }
        QCOMPARE(int(stopped.error().code), int(ErrorCode::Cancelled));
        const int sent = world.sentCount();
        QVERIFY(sent < 6);
        sawSome = sawSome || sent > 0;
        const auto rest = world.send({});
        VERIFY_OK(rest);
        QCOMPARE(rest->sent, 6 - sent);
        const auto received = must(world.receive());
        QCOMPARE(received.size(), std::size_t{6});
        for (const auto& one : received)
            QVERIFY2(one.opened, qPrintable(one.note));
        allowed += allowed < 4 ? 0 : 3;
    }
    QVERIFY(sawSome);
}

void TestDeliveryProgress::cancellingAtOnceTouchesNothing() {
    TwoSealed world;
    VERIFY_FAILS(world.send({{}, [] { return true; }}), ErrorCode::Cancelled);
    QVERIFY(filesBelow(world.files, kStore).isEmpty());
    QCOMPARE(world.sentCount(), 0);
}

void TestDeliveryProgress::aPackageSealedAnewIsCountedAnew() {
    TwoSealed world;
    const Path file = kHome / "outbox" / (world.items.front().id.toString().toStdString() + ".age");
    Bytes content = world.files.content(file);
    content[content.size() / 2] ^= 1;
    world.files.setContent(file, content);
    std::vector<DeliveryProgress> steps;
    const auto report = world.send({[&](const DeliveryProgress& step) { steps.push_back(step); }, {}});
    VERIFY_OK(report);
    QCOMPARE(report->resealed, 1);
    QCOMPARE(steps.back().packages, 1);
    QVERIFY(steps.back().done == steps.back().total && steps.back().packagesDone == 1);
}

void TestDeliveryProgress::aLargePackageTellsEachPartAndStopsBetweenThem() {
    TwoSealed world;
    must(world.send({}));
    world.queueLarge();
    const std::uint64_t size = must(workflow::listOutbox(*world.home)).back().size;
    std::uint64_t done = 0;
    const auto stopped = world.send(
        {[&](const DeliveryProgress& step) { done = step.done; }, [&] { return done > package::kPartSize; }});
    VERIFY_FAILS(stopped, ErrorCode::Cancelled);
    QCOMPARE(done, 2 * package::kPartSize);
    QCOMPARE(world.sentCount(), 6);
    std::vector<std::uint64_t> steps;
    const auto rest = world.send({[&](const DeliveryProgress& step) { steps.push_back(step.done); }, {}});
    VERIFY_OK(rest);
    QVERIFY2(rest->bytes == size - 2 * package::kPartSize, "parts that were there were sent again");
    QCOMPARE(steps, (std::vector{std::uint64_t{0}, package::kPartSize, 2 * package::kPartSize, size}));
}

QTEST_GUILESS_MAIN(TestDeliveryProgress)
#include "tst_delivery_progress.moc"
