// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/forget_fixture.h"

using namespace sotto;
using namespace sotto::test;

namespace {

sync::OutboxItem itemOf(Home& home, const SessionId& session, package::PackageKind kind) {
    for (const auto& item : must(outboxItems(home))) {
        if (item.session == session && item.kind == kind) return item;
    }
    qFatal("no such package");
    return {};
}

bool hasFile(World& world, const sync::OutboxItem& item) {
    return must(world.files.exists(kHome / "outbox" / (item.id.toString().toStdString() + ".age")));
}

bool isInStore(World& world, const sync::OutboxItem& item) {
    return must(world.files.exists(kStore / (item.id.toString() + sync::kManifestSuffix).toStdString()));
}

/// The lab takes everything that lies in the store, and nothing seems forged to it.
void receiveAll(World& world) {
    for (const sync::Received& received : must(world.receive()))
        QVERIFY2(received.outcome != sync::Received::Outcome::Refused, received.note.toUtf8());
}

bool labHas(World& world, const SessionId& session, const char* name) {
    return must(world.files.exists(kLabOut / session.toString().toStdString() / "content" / name));
}

/// The program died just after it had brought the first package whole into the store: the queue does not say so yet.
Snapshot homeThatDiedWhileSending(TwoInterviews& held) {
    const Snapshot before = sealedHome(held);
    for (std::uint64_t n = 1;; ++n) {
        World world(before);
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, true);
            if (world.deliver(*home)) qFatal("it never died at the right moment");
            world.files.clearFaults();
        }
        const auto home = must(world.unlock());
        const auto content = itemOf(*home, held.firstSession, package::PackageKind::Content);
        if (content.state == sync::PackageState::Queued && isInStore(world, content)) return world.snapshot();
    }
}

}  // namespace

class TestForgetLeft : public QObject {
    Q_OBJECT

private slots:
    void packagesThatHadLeftAreNamed();
    void whatIsStillQueuedOfASessionThatBeganToLeaveIsSealedAnew();
    void erasedSoundDoesNotGoOutAgain();
    void receiptsStillComeForWhatHasNoFileAnyMore();
    void whatMayHaveLeftIsTreatedAsLeft();
    void whatDidNotLeaveAfterAllIsSealedAnew();
    void aSessionThatMayHaveLeftIsNamedWhenItGoes();
    void whatLeavesWhileAnErasureIsStuckIsNamedAsWell();
};

void TestForgetLeft::packagesThatHadLeftAreNamed() {
    TwoInterviews held;
    World world(sealedHome(held));
    {
        const auto home = must(world.unlock());
        must(world.deliver(*home));
        const auto report = must(eraseSession(*home, held.firstSession));
        QCOMPARE(report.packagesLeft.size(), 3);
        QVERIFY(report.packagesLeft[0][u"sha256"].toString().size() == 64);
    }
    const auto home = must(world.unlock());
    QCOMPARE(must(Erasures(home->sessions()).all())[0].packagesLeft.size(), 3);
}

void TestForgetLeft::whatIsStillQueuedOfASessionThatBeganToLeaveIsSealedAnew() {
    TwoInterviews held;
    World world(sealedHome(held));
    constexpr std::string_view kAssistant = "assistant";
    PackageId content;
    {
        const auto home = must(world.unlock());
        must(addPerson(*home, QStringLiteral("ra"), viewOf(kAssistant), {Compartment::Outbox}, cheapOptions()));
        for (const auto& item : must(outboxItems(*home))) {
            if (item.session == held.firstSession && item.kind == package::PackageKind::Content) content = item.id;
        }
    }
    const Path file = kHome / "outbox" / (content.toString().toStdString() + ".age");
    const Bytes whole = world.files.content(file);
    world.files.setContent(file, {1, 2, 3});
    QVERIFY(!world.deliver(*must(world.unlock(kAssistant))));  // the others leave, this one can't
    world.files.setContent(file, whole);
    const auto home = must(world.unlock());
    QCOMPARE(must(eraseAudio(*home, held.firstSession)).packagesLeft.size(), 2);
    must(world.deliver(*home));
    must(world.receive());
    const Path opened = kLabOut / held.firstSession.toString().toStdString() / "content";
    QVERIFY(must(world.files.exists(opened / "timeline.json")));
    QVERIFY(!must(world.files.exists(opened / "audio.opus")));
}

void TestForgetLeft::erasedSoundDoesNotGoOutAgain() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    must(world.deliver(*home));
    const auto content = itemOf(*home, held.firstSession, package::PackageKind::Content);
    const auto identity = itemOf(*home, held.firstSession, package::PackageKind::Identity);
    const auto other = itemOf(*home, held.secondSession, package::PackageKind::Content);
    QCOMPARE(must(eraseAudio(*home, held.firstSession)).packagesLeft.size(), 3);
    QVERIFY(!hasFile(world, content));
    QVERIFY(hasFile(world, identity));  // it holds nothing of what was said
    for (const QString& name : filesBelow(world.files, kStore))
        must(world.files.remove(kStore / name.toStdString()));
    must(world.deliver(*home));
    QVERIFY(!isInStore(world, content));
    QVERIFY(isInStore(world, identity) && isInStore(world, other));
}

void TestForgetLeft::receiptsStillComeForWhatHasNoFileAnyMore() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    must(world.deliver(*home));
    must(eraseSpans(*home, held.firstSession, {{400, 700}}));
    receiveAll(world);
    must(world.deliver(*home));
    QCOMPARE(must(rowOf(*home, held.firstSession)).state, interview::SessionState::Received);
}

void TestForgetLeft::whatMayHaveLeftIsTreatedAsLeft() {
    TwoInterviews held;
    World world(homeThatDiedWhileSending(held));
    const auto home = must(world.unlock());
    const auto content = itemOf(*home, held.firstSession, package::PackageKind::Content);
    const auto report = must(eraseAudio(*home, held.firstSession));
    QCOMPARE(report.packagesLeft.size(), 1);
    QCOMPARE(report.packagesLeft[0][u"id"].toString(), content.id.toString());
    QVERIFY(!hasFile(world, content));
    must(world.deliver(*home));
    QCOMPARE(itemOf(*home, held.firstSession, package::PackageKind::Content).id, content.id);
    receiveAll(world);
    must(world.deliver(*home));
    QCOMPARE(must(rowOf(*home, held.firstSession)).state, interview::SessionState::Received);
}

void TestForgetLeft::whatDidNotLeaveAfterAllIsSealedAnew() {
    TwoInterviews held;
    World world(homeThatDiedWhileSending(held));
    const auto home = must(world.unlock());
    const auto content = itemOf(*home, held.firstSession, package::PackageKind::Content);
    must(world.files.remove(kStore / (content.id.toString() + sync::kManifestSuffix).toStdString()));
    must(eraseAudio(*home, held.firstSession));
    must(world.deliver(*home));
    receiveAll(world);
    QVERIFY(labHas(world, held.firstSession, "timeline.json"));
    QVERIFY(!labHas(world, held.firstSession, "audio.opus"));
}

void TestForgetLeft::aSessionThatMayHaveLeftIsNamedWhenItGoes() {
    TwoInterviews held;
    World world(homeThatDiedWhileSending(held));
    const auto home = must(world.unlock());
    QCOMPARE(must(eraseSession(*home, held.firstSession)).packagesLeft.size(), 1);
}

void TestForgetLeft::whatLeavesWhileAnErasureIsStuckIsNamedAsWell() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    constexpr std::string_view kAssistant = "assistant";
    int delivered = 0;
    for (std::uint64_t n = 1; n <= 40 && delivered == 0; ++n) {
        World world(before);
        {
            const auto home = must(world.unlock());
            must(addPerson(*home, QStringLiteral("ra"), viewOf(kAssistant), {Compartment::Outbox}, cheapOptions()));
        }
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, true);
            QVERIFY(!eraseAudio(*home, held.firstSession));
            world.files.clearFaults();
        }
        must(world.deliver(*must(world.unlock(kAssistant))));
        const auto home = must(world.unlock());
        const auto erasures = must(Erasures(home->sessions()).all());
        if (erasures.empty()) continue;  // it had not begun
        ++delivered;
        QCOMPARE(erasures[0].stage, workflow::ErasureStage::Done);
        QCOMPARE(erasures[0].packagesLeft.size(), 3);
        receiveAll(world);
        must(world.deliver(*home));
        // The session waits for sealing; what was sealed of it is taken up.
        must(sealSession(*home, held.firstSession));
        must(world.deliver(*home));
        receiveAll(world);
    }
    QCOMPARE(delivered, 1);
}

QTEST_GUILESS_MAIN(TestForgetLeft)
#include "tst_forget_left.moc"
