// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QTest>

#include "core/workflow/store_room.h"
#include "interview/session_index.h"
#include "recording/segment.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

namespace {

const QByteArray kWord(kCanary.data(), kCanary.size());

/// Where the canary still is for whoever has unlocked the home.
QStringList whereItSings(Home& home) {
    QStringList places;
    for (const Compartment compartment : keyring::kCompartments) {
        if (byteArrayOf(home.vault(compartment).plainImage()).contains(kWord)) places += compartmentName(compartment);
    }
    return places;
}

/// A home with two interviews, sealed and queued; what lies on its disk then.
Snapshot sealedHome(TwoInterviews& held) {
    World world;
    {
        const auto home = must(world.create());
        held = holdTwoInterviews(*home);
        must(sealSession(*home, held.firstSession));
        must(sealSession(*home, held.secondSession));
    }
    return world.snapshot();
}

/// The canary is nowhere, the second interview is whole, nothing is half done.
void checkForgotten(World& world, const TwoInterviews& held) {
    const auto home = must(world.unlock());
    QCOMPARE(whereItSings(*home), QStringList());
    QVERIFY(!broughtToLight(world.snapshot(), keysOf(world)).contains(kWord));
    QVERIFY(!must(interview::SessionIndex(home->sessions()).find(held.firstSession)));
    QVERIFY(!must(people::Participants(home->sessions()).find(held.first.id)));
    QVERIFY(must(Erasures(home->sessions()).unfinished()).empty());
    const auto records = must(recordsOf(*home, held.secondSession));
    QCOMPARE(records.log.integrity(), sealedlog::Integrity::Ok);
    QCOMPARE(records.events.size(), std::size_t{1});
    QCOMPARE(must(outboxItems(*home)).size(), std::size_t{3});
    for (const Compartment compartment : keyring::kCompartments)
        QVERIFY(!home->keyring().isRotating(compartment));
}

}  // namespace

class TestForget : public QObject {
    Q_OBJECT

private slots:
    void aParticipantIsForgottenEverywhere();
    void theControlFindsTheCanary();
    void noKeyOnTheDeviceOpensACopyFromBefore();
    void anOldKeyringWithItsPassphraseStillOpensAnOldCopy();
    void theCustodianStillOpensAnOldCopy();
    void erasingASessionLeavesThePersonAndTheNumbers();
    void theAudioAloneGoesAndTheNotesStay();
    void aSpanGoesWithWhatWasSaidInIt();
    void packagesThatHadLeftAreNamed();
    void whatIsStillQueuedOfASessionThatBeganToLeaveIsSealedAnew();
    void nothingIsErasedDuringAnInterview();
    void somebodyWithoutTheCompartmentsErasesNothing();
    void everyFaultWhileErasingIsMadeGoodAtTheNextUnlock_data();
    void everyFaultWhileErasingIsMadeGoodAtTheNextUnlock();
    void aFullDiskIsMadeGoodOnceThereIsRoom();
    void aStuckErasureKeepsNobodyOut();
    void aCopyFromTheMiddleOfARotationIsForgottenToo();
    void aLogThatIsGoneHoldsUpNoErasure();
};

void TestForget::aParticipantIsForgottenEverywhere() {
    TwoInterviews held;
    World world(sealedHome(held));
    {
        const auto home = must(world.unlock());
        const auto report = must(eraseParticipant(*home, held.first.id));
        QCOMPARE(report.sessions, 1);
        QVERIFY(report.packagesLeft.isEmpty());
        QCOMPARE(whereItSings(*home), QStringList());
        QCOMPARE(must(interview::SessionIndex(home->sessions()).search(QString::fromLatin1(kWord))).size(),
                 std::size_t{0});
        VERIFY_OK(vault::AuditTrail(home->sessions()).verify());
        for (const vault::AuditEntry& entry : must(vault::AuditTrail(home->sessions()).entries())) {
            const QByteArray text = QJsonDocument(entry.details).toJson();
            QVERIFY(!text.contains(held.first.id.toString().toLatin1()));
            QVERIFY(!text.contains(held.firstSession.toString().toLatin1()));
        }
        const auto tombstones = must(Erasures(home->sessions()).all());
        QCOMPARE(tombstones.size(), std::size_t{1});
        QCOMPARE(tombstones[0].id, report.tombstone);
        QVERIFY(tombstones[0].logs.empty() && !tombstones[0].participant);
    }
    checkForgotten(world, held);
}

void TestForget::theControlFindsTheCanary() {
    TwoInterviews held;
    World world(sealedHome(held));
    QVERIFY(broughtToLight(world.snapshot(), keysOf(world)).contains(kWord));
    const auto home = must(world.unlock());
    QCOMPARE(whereItSings(*home), (QStringList{QStringLiteral("sessions"), QStringLiteral("identities")}));
    QCOMPARE(must(interview::SessionIndex(home->sessions()).search(QString::fromLatin1(kWord))).size(), std::size_t{1});
}

void TestForget::noKeyOnTheDeviceOpensACopyFromBefore() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    World world(before);
    must(eraseParticipant(*must(world.unlock()), held.first.id));
    const auto keys = keysOf(world);
    QVERIFY(broughtToLight(before, keys).isEmpty());
    // Nor does an old body under a new head: the headers of today's files lead to other file keys, or to their own log.
    const Snapshot now = world.snapshot();
    Snapshot grafted;
    for (const auto& [path, content] : before) {
        const auto today = now.find(path);
        if (today == now.end() || content.size() < 8192 || today->second.size() < 8192) continue;
        Bytes mixed(today->second.begin(), today->second.begin() + 8192);
        mixed.insert(mixed.end(), content.begin() + 8192, content.end());
        grafted[path] = mixed;
    }
    QVERIFY(!broughtToLight(grafted, keys).contains(kWord));
}

void TestForget::anOldKeyringWithItsPassphraseStillOpensAnOldCopy() {
    // The exception that the design names: on a device without a hardware key store nothing can take back a keyring
    // that somebody has copied and whose passphrase they know.
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    World world(before);
    must(eraseParticipant(*must(world.unlock()), held.first.id));
    World thief(before);
    QVERIFY(broughtToLight(before, keysOf(thief)).contains(kWord));
}

void TestForget::theCustodianStillOpensAnOldCopy() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    World world(before);
    must(eraseParticipant(*must(world.unlock()), held.first.id));
    const auto lab = Lab::instance().identities();
    QVERIFY(broughtToLight(before, lab).contains(kWord));
    QVERIFY(!broughtToLight(world.snapshot(), lab).contains(kWord));
}

void TestForget::erasingASessionLeavesThePersonAndTheNumbers() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    must(eraseSession(*home, held.secondSession));
    QVERIFY(must(people::Participants(home->sessions()).find(held.second.id)));
    QVERIFY(must(people::Identities(home->identities()).find(held.second.id)));
    QCOMPARE(must(interview::SessionIndex(home->sessions()).nextNumber()), std::uint64_t{3});
    QCOMPARE(must(outboxItems(*home)).size(), std::size_t{3});
    const auto& names = filesBelow(world.files, kHome / "sessions");
    QCOMPARE(names.size(), 1);
    VERIFY_FAILS(eraseSession(*home, held.secondSession), ErrorCode::NotFound);
}

void TestForget::theAudioAloneGoesAndTheNotesStay() {
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

void TestForget::aSpanGoesWithWhatWasSaidInIt() {
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

void TestForget::packagesThatHadLeftAreNamed() {
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

void TestForget::whatIsStillQueuedOfASessionThatBeganToLeaveIsSealedAnew() {
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

void TestForget::nothingIsErasedDuringAnInterview() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    auto session = must(LiveSession::begin(*home, held.second, true));
    VERIFY_FAILS(eraseParticipant(*home, held.first.id), ErrorCode::NotAllowed);
    VERIFY_OK(session->end());
    session.reset();
    VERIFY_OK(eraseParticipant(*home, held.first.id));
}

void TestForget::somebodyWithoutTheCompartmentsErasesNothing() {
    TwoInterviews held;
    World world(sealedHome(held));
    {
        const auto home = must(world.unlock());
        must(addPerson(*home, QStringLiteral("ra"), viewOf(std::string_view("assistant")), {Compartment::Outbox},
                       cheapOptions()));
    }
    const auto home = must(world.unlock("assistant"));
    VERIFY_FAILS(eraseSession(*home, held.firstSession), ErrorCode::NotAllowed);
}

void TestForget::everyFaultWhileErasingIsMadeGoodAtTheNextUnlock_data() {
    QTest::addColumn<int>("fault");
    for (std::size_t i = 0; i < kDiskFaults.size(); ++i)
        QTest::newRow(kDiskFaults[i].name) << static_cast<int>(i);
}

void TestForget::everyFaultWhileErasingIsMadeGoodAtTheNextUnlock() {
    QFETCH(int, fault);
    const DiskFault& kind = kDiskFaults[static_cast<std::size_t>(fault)];
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    std::uint64_t operations = 0;
    {
        World world(before);
        const auto home = must(world.unlock());
        world.files.resetOperations();
        must(eraseParticipant(*home, held.first.id));
        operations = world.files.operations();
    }
    const FaultStride stride(operations, fault);
    int undone = 0;
    int done = 0;
    for (std::uint64_t n = stride.first; n <= operations; n += stride.step) {
        World world(before);
        bool claimed = false;
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            claimed = eraseParticipant(*home, held.first.id).has_value();
            if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
            world.files.clearFaults();
        }
        const auto home = world.unlock();
        QVERIFY2(home, qPrintable(QStringLiteral("operation %1: %2").arg(n).arg(describe(home))));
        const bool isThere = must(people::Participants((*home)->sessions()).find(held.first.id)).has_value();
        QVERIFY2(!(claimed && isThere), qPrintable(QStringLiteral("operation %1: it came back").arg(n)));
        (isThere ? undone : done) += 1;
        // Not begun, or finished by that unlock: once more, and it is gone in any case.
        if (isThere) must(eraseParticipant(**home, held.first.id));
        QVERIFY2(must(recordsOf(**home, held.secondSession)).events.size() == 1, qPrintable(QString::number(n)));
        QVERIFY2(!broughtToLight(world.snapshot(), allIdentities((*home)->keyring())).contains(kWord),
                 qPrintable(QStringLiteral("operation %1: still readable").arg(n)));
        const auto unfinished = must(Erasures((*home)->sessions()).unfinished());
        QVERIFY2(unfinished.empty(), qPrintable(QStringLiteral("operation %1: unfinished").arg(n)));
    }
    QVERIFY(done > 0);
    QVERIFY(stride.step > 1 || undone > 0);
}

void TestForget::aFullDiskIsMadeGoodOnceThereIsRoom() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    std::uint64_t size = 0;
    for (const auto& [path, content] : before)
        size += content.size();
    World world(before);
    bool failedOnce = false;
    {
        const auto home = must(world.unlock());
        world.files.setCapacity(size + 6000);
        const auto erased = eraseParticipant(*home, held.first.id);
        failedOnce = !erased;
        if (!erased) QCOMPARE(erased.error().code, ErrorCode::NoSpace);
    }
    QVERIFY(failedOnce);
    world.files.setCapacity(std::uint64_t{1} << 30);
    {
        const auto home = must(world.unlock());
        if (must(people::Participants(home->sessions()).find(held.first.id)))
            must(eraseParticipant(*home, held.first.id));
    }
    checkForgotten(world, held);
}

void TestForget::aStuckErasureKeepsNobodyOut() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    int stuck = 0;
    for (std::uint64_t n = 1; n <= 40 && stuck == 0; ++n) {
        World world(before);
        Path package;
        {
            const auto home = must(world.unlock());
            for (const auto& item : must(outboxItems(*home))) {
                if (item.session == held.firstSession)
                    package = home->layout().outboxFolder() / (item.id.toString().toStdString() + ".age");
            }
            world.files.resetOperations();
            world.files.failAt(n, true);
            QVERIFY(!eraseParticipant(*home, held.first.id));
            world.files.clearFaults();
        }
        if (!must(world.files.exists(package))) break;
        // Something that can't be removed takes the place of a file.
        must(world.files.remove(package));
        must(world.files.createDirectories(package));
        world.files.setContent(package / "in the way", {1});
        {
            const auto home = must(world.unlock());
            if (must(people::Participants(home->sessions()).find(held.first.id))) continue;  // it had not begun
            ++stuck;
            QVERIFY(home->recovery().unfinished);
            QCOMPARE(must(recordsOf(*home, held.secondSession)).events.size(), std::size_t{1});
            VERIFY_FAILS(rowOf(*home, held.firstSession), ErrorCode::NotFound);
        }
        must(world.files.remove(package / "in the way"));
        must(world.files.remove(package));
        checkForgotten(world, held);
    }
    QCOMPARE(stuck, 1);
}

void TestForget::aCopyFromTheMiddleOfARotationIsForgottenToo() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    int copies = 0;
    for (std::uint64_t n = 10; n <= 60; n += 5) {
        World world(before);
        const auto home = must(world.unlock());
        world.files.resetOperations();
        world.files.failAt(n, true);
        static_cast<void>(rotate(*home, keyring::kCompartments));
        world.files.clearFaults();
        if (!home->keyring().isRotating(Compartment::Sessions)) continue;
        const Snapshot middle = world.snapshot();
        if (!eraseParticipant(*home, held.first.id)) continue;  // the vault has to be opened anew after such a fault
        ++copies;
        QVERIFY2(!broughtToLight(middle, allIdentities(home->keyring())).contains(kWord),
                 qPrintable(QString::number(n)));
    }
    QVERIFY(copies > 0);
}

void TestForget::aLogThatIsGoneHoldsUpNoErasure() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    must(world.files.remove(home->layout().sessionLog(must(rowOf(*home, held.secondSession)).logName)));
    VERIFY_FAILS(eraseAudio(*home, held.secondSession), ErrorCode::NotFound);
    QVERIFY(must(Erasures(home->sessions()).unfinished()).empty());
    VERIFY_OK(eraseParticipant(*home, held.first.id));
    VERIFY_OK(eraseParticipant(*home, held.second.id));
}

QTEST_GUILESS_MAIN(TestForget)
#include "tst_forget.moc"
