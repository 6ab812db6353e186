// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/forget_fixture.h"
#include "recording/segment.h"

using namespace sotto;
using namespace sotto::test;

class TestForgetParts : public QObject {
    Q_OBJECT

private slots:
    void theAudioAloneGoesAndTheNotesStay();
    void aSpanGoesWithWhatWasSaidInIt();
    void whatIsStillQueuedOfASessionThatBeganToLeaveIsSealedAnew();
};

void TestForgetParts::theAudioAloneGoesAndTheNotesStay() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    const auto before = must(recordsOf(*home, held.firstSession));
    const auto map = must(recording::mapAudio(before.log));
    must(eraseAudio(*home, held.firstSession));
    const auto after = must(recordsOf(*home, held.firstSession));
    QCOMPARE(after.log.integrity(), sealedlog::Integrity::Ok);
    QCOMPARE(after.events.size(), before.events.size());
    QCOMPARE(must(recording::mapAudio(after.log)).totalSamples(), map.totalSamples());
    for (const auto& record : after.log.records())
        QVERIFY(record.type != static_cast<std::uint16_t>(interview::RecordType::AudioPackets));
    // It had not begun to leave, so it is sealed anew, without the sound.
    QCOMPARE(must(rowOf(*home, held.firstSession)).state, interview::SessionState::Interrupted);
    QCOMPARE(must(outboxItems(*home)).size(), std::size_t{3});
    VERIFY_OK(sealSession(*home, held.firstSession));
    QCOMPARE(must(outboxItems(*home)).size(), std::size_t{6});
}

void TestForgetParts::aSpanGoesWithWhatWasSaidInIt() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    must(eraseSpans(*home, held.firstSession, {{400, 700}}));
    QVERIFY(!broughtToLight(world.snapshot(), allIdentities(home->keyring())).contains(kWord + " sang"));
    const auto after = must(recordsOf(*home, held.firstSession));
    QCOMPARE(after.events.size(), std::size_t{1});
    QCOMPARE(after.events[0].kind, interview::EventKind::Erased);
    QVERIFY(!must(recording::mapAudio(after.log)).erased.empty());
    VERIFY_FAILS(eraseSpans(*home, held.firstSession, {{700, 400}}), ErrorCode::InvalidArgument);
}

void TestForgetParts::whatIsStillQueuedOfASessionThatBeganToLeaveIsSealedAnew() {
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

QTEST_GUILESS_MAIN(TestForgetParts)
#include "tst_forget_parts.moc"
