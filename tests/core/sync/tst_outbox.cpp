// SPDX-License-Identifier: Apache-2.0
#include "core/sync/outbox_fixture.h"

using namespace sotto;
using namespace sotto::test;

namespace {

constexpr int kLarge = 9'000'000;  // three parts

}  // namespace

class OutboxTest : public QObject {
    Q_OBJECT

private slots:
    void itemsComeBackInOrder();
    void itemThatContradictsItsManifestIsRefused();
    void manifestArrivesLast();
    void repeatSendsOnlyWhatIsMissing();
    void brokenPartInTheStoreIsReplaced();
    void partLostAfterSendingIsSentAgain();
    void goneFileOfASentPackageFailsNothing();
    void whatMayHaveLeftIsKnownBeforeItLeaves();
    void aManifestThatHadLeftCountsAsSentWithoutItsFile();
    void storedPackageIsNotSentAgain();
    void alteredFileNeverLeaves();
    void oneBrokenFileDoesNotHoldUpTheOthers();
    void crashAtAnyOperationOnlyRepeats();
};

void OutboxTest::itemsComeBackInOrder() {
    Traffic box;
    const auto first = box.queue();
    const auto second = box.queue(20);
    VERIFY_OK(first);
    VERIFY_OK(second);
    VERIFY_FAILS(box.tablet.outbox->add(*first), ErrorCode::AlreadyExists);
    VERIFY_OK(box.tablet.reopen());
    const auto items = box.tablet.outbox->items();
    VERIFY_OK(items);
    QCOMPARE(items->size(), std::size_t{2});
    QCOMPARE(items->at(0).id, first->id);
    QVERIFY(items->at(1).sha256 == second->sha256 && items->at(1).size == second->size);
    QCOMPARE(items->at(1).signedManifest, second->signedManifest);
}

void OutboxTest::itemThatContradictsItsManifestIsRefused() {
    Traffic box;
    auto item = box.seal();
    VERIFY_OK(item);
    item->size += 1;
    VERIFY_FAILS(box.tablet.outbox->add(*item), ErrorCode::InvalidArgument);
}

void OutboxTest::manifestArrivesLast() {
    OnePackage box(kLarge);
    for (int allowed = 0; allowed < 4; ++allowed) {
        box.store.objects.clear();
        box.store.failPutAfter = allowed;
        VERIFY_FAILS(box.send(), ErrorCode::NoSpace);
        QCOMPARE(box.store.objects.size(), static_cast<std::size_t>(allowed));
        QCOMPARE(box.store.objects.count(box.item.id.toString() + sync::kManifestSuffix), std::size_t{0});
        QVERIFY(box.states()->front() == PackageState::Queued);
    }
}

void OutboxTest::repeatSendsOnlyWhatIsMissing() {
    OnePackage box(kLarge);
    box.store.failPutAfter = 2;
    VERIFY_FAILS(box.send(), ErrorCode::NoSpace);
    box.store.failPutAfter = -1;
    std::uint64_t last = 0;
    const auto report =
        box.tablet.outbox->send(box.store, [&](const PackageId&, std::uint64_t done, std::uint64_t total) {
            QVERIFY(done > last && done <= total);
            last = done;
        });
    VERIFY_OK(report);
    QCOMPARE(report->sent, 1);
    QCOMPARE(report->bytes, box.item.size - 2 * package::kPartSize);
    QCOMPARE(last, box.item.size);
    QCOMPARE(box.store.puts, 4);
    const auto again = box.send();
    VERIFY_OK(again);
    QCOMPARE(again->sent, 0);
    QCOMPARE(box.store.puts, 4);
}

void OutboxTest::brokenPartInTheStoreIsReplaced() {
    OnePackage box(kLarge);
    box.store.failPutAfter = 3;
    VERIFY_FAILS(box.send(), ErrorCode::NoSpace);
    box.store.failPutAfter = -1;
    const auto whole = box.store.objects;
    box.store.objects.begin()->second[17] ^= 1;               // same size, other bytes
    std::next(box.store.objects.begin())->second.pop_back();  // cut short
    VERIFY_OK(box.send());
    for (const auto& [name, content] : whole) {
        QVERIFY(box.store.objects.at(name) == content);
    }
}

void OutboxTest::partLostAfterSendingIsSentAgain() {
    OnePackage box(kLarge);
    VERIFY_OK(box.send());
    const auto whole = box.store.objects;
    const auto manifest = package::openManifest(viewOf(box.item.signedManifest));
    VERIFY_OK(manifest);
    box.store.objects.erase(manifest->parts[1].name);
    box.store.objects.at(manifest->parts[2].name)[5] ^= 1;
    box.store.objects.erase(box.item.id.toString() + sync::kManifestSuffix);
    const int putsBefore = box.store.puts;
    const auto report = box.send();
    VERIFY_OK(report);
    QVERIFY(box.store.objects == whole);
    QCOMPARE(box.store.puts, putsBefore + 3);
    QCOMPARE(report->sent, 0);
    QCOMPARE(report->bytes, manifest->parts[1].size + manifest->parts[2].size);
    QVERIFY(box.states()->front() == PackageState::Sent);
}

void OutboxTest::goneFileOfASentPackageFailsNothing() {
    Traffic box;
    const auto gone = box.queue();
    const auto broken = box.queue();
    VERIFY_OK(gone);
    VERIFY_OK(broken);
    VERIFY_OK(box.send());
    VERIFY_OK(box.tablet.files.remove(box.tablet.outbox->fileOf(gone->id)));
    box.tablet.files.setContent(box.tablet.outbox->fileOf(broken->id), Bytes{'x'});
    const auto whole = box.store.objects;
    const auto fresh = box.queue();
    VERIFY_OK(fresh);
    const auto report = box.send();
    VERIFY_OK(report);
    QCOMPARE(report->sent, 1);
    for (const auto& [name, content] : whole) {
        QVERIFY(box.store.objects.at(name) == content);
    }
    const auto now = box.states();
    VERIFY_OK(now);
    QVERIFY(*now == std::vector<PackageState>(3, PackageState::Sent));
}

void OutboxTest::whatMayHaveLeftIsKnownBeforeItLeaves() {
    OnePackage box;
    for (const int allowed : {0, 1}) {  // no part; the part, but not the manifest
        box.store.failPutAfter = allowed;
        VERIFY_FAILS(box.send(), ErrorCode::NoSpace);
        VERIFY_OK(box.tablet.reopen());
        const auto items = box.tablet.outbox->items();
        VERIFY_OK(items);
        QCOMPARE(items->front().state, PackageState::Queued);
        QCOMPARE(items->front().mayHaveLeft(), allowed == 1);
    }
}

void OutboxTest::aManifestThatHadLeftCountsAsSentWithoutItsFile() {
    for (const char* there : {"the manifest", "another one", "nothing"}) {
        OnePackage box;
        VERIFY_OK(box.send());
        // The program died before it could write down that it had sent the package.
        VERIFY_OK(box.tablet.vault->execute("UPDATE outbox_package SET state = 'queued'"));
        VERIFY_OK(box.tablet.files.remove(box.tablet.outbox->fileOf(box.item.id)));
        auto& manifest = box.store.objects.at(box.item.id.toString() + sync::kManifestSuffix);
        if (QByteArray(there) == "another one") manifest[20] ^= 1;
        if (QByteArray(there) == "nothing") box.store.objects.clear();
        if (QByteArray(there) == "the manifest") {
            const auto report = box.send();
            VERIFY_OK(report);
            QCOMPARE(report->sent, 1);
            QCOMPARE(report->bytes, std::uint64_t{0});
            QVERIFY(box.states()->front() == PackageState::Sent);
        } else {
            VERIFY_FAILS(box.send(), ErrorCode::NotFound);
            QVERIFY(box.states()->front() == PackageState::Queued);
        }
    }
}

void OutboxTest::storedPackageIsNotSentAgain() {
    OnePackage box;
    VERIFY_OK(box.send());
    box.putReceipt(box.item, ReceiptKind::Stored);
    VERIFY_OK(box.collect());
    box.store.objects.clear();
    VERIFY_OK(box.send());
    QVERIFY(box.store.objects.empty());
}

void OutboxTest::alteredFileNeverLeaves() {
    OnePackage box(kLarge);
    Bytes changed = box.tablet.files.content(box.tablet.outbox->fileOf(box.item.id));
    changed[changed.size() - 1] ^= 1;
    box.tablet.files.setContent(box.tablet.outbox->fileOf(box.item.id), changed);
    VERIFY_FAILS(box.send(), ErrorCode::Damaged);
    QVERIFY(box.store.objects.empty());
    QVERIFY(box.states()->front() == PackageState::Queued);
}

void OutboxTest::oneBrokenFileDoesNotHoldUpTheOthers() {
    Traffic box;
    const auto broken = box.queue();
    const auto sound = box.queue();
    VERIFY_OK(broken);
    VERIFY_OK(sound);
    VERIFY_OK(box.tablet.files.remove(box.tablet.outbox->fileOf(broken->id)));
    VERIFY_FAILS(box.send(), ErrorCode::NotFound);
    const auto now = box.states();
    VERIFY_OK(now);
    QVERIFY(now->at(0) == PackageState::Queued && now->at(1) == PackageState::Sent);
}

void OutboxTest::crashAtAnyOperationOnlyRepeats() {
    for (std::uint64_t n = 1;; ++n) {
        OnePackage box(100'000);
        Tablet& tablet = box.tablet;
        VERIFY_OK(tablet.files.createDirectories("/stick"));
        const auto store = sync::openFolderStore(tablet.files, "/stick");
        VERIFY_OK(store);
        VERIFY_OK(tablet.files.syncDirectory("/home/outbox"));
        VERIFY_OK(tablet.files.syncDirectory("/home"));
        tablet.files.resetOperations();
        tablet.files.failAt(n, true);
        static_cast<void>(tablet.outbox->send(**store));
        const bool reached = tablet.files.faultHappened();
        tablet.files.cutPower(FaultFileSystem::Loss::OddOnes);
        tablet.files.clearFaults();
        VERIFY_OK(tablet.reopen());
        const auto again = sync::openFolderStore(tablet.files, "/stick");
        VERIFY_OK(again);
        VERIFY_OK(tablet.outbox->send(**again));
        QVERIFY(box.states()->front() == PackageState::Sent);
        const auto list = (*again)->list();
        VERIFY_OK(list);
        QCOMPARE(list->size(), std::size_t{2});
        const auto manifest = package::openManifest(viewOf(box.item.signedManifest));
        for (const auto& part : manifest->parts) {
            const auto content = (*again)->get(part.name, part.size);
            VERIFY_OK(content);
            QVERIFY(crypto::sha256(*content) == part.sha256);
        }
        if (!reached) break;
    }
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
