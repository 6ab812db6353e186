// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/forget_fixture.h"
#include "core/workflow/group_home.h"
#include "workflow/late_notes.h"

using namespace sotto;
using namespace sotto::test;

namespace {

const QString kSang = QStringLiteral("kanarienvogel sang");

/// A group of three; the second one's name and what was noted of their words hold the canary.
struct SungGroup : GroupHome {
    SungGroup() {
        const QString canary = QString::fromLatin1(kWord);
        people::Identities names(home->identities());
        must(names.remove(people[1].id));
        must(names.add(people[1].id, QStringLiteral("Camille ") + canary, clock.now()));
        must(names.confirm(people[1].id));
        const auto live = must(begin(everybody()));
        session = live->id();
        must(live->record());
        turn(*live, 0, QStringLiteral("of the first"));
        turn(*live, 1, kSang);
        turn(*live, 2, QStringLiteral("of the third"));
        must(live->stop());
        must(live->commit(note(QStringLiteral("a memo of all"))));
        must(live->end());
    }
    void turn(LiveSession& live, std::size_t who, const QString& words) {
        must(live.speak(id(who)));
        must(test::speak(live, 3000));
        must(live.commit(note(words)));
    }
    [[nodiscard]] QByteArray notes() const {
        QByteArray all;
        for (const auto& event : must(recordsOf(*home, session)).events)
            all += event.text.toUtf8() + '\n';
        return all;
    }

    SessionId session;
};

/// What lies on the disk, for worlds that can fail.
struct Held {
    Held() {
        SungGroup world;
        session = world.session;
        member = world.people[1].id;
        pseudonym = world.people[1].pseudonym.toUtf8();
        world.home.reset();
        files = world.snapshot();
    }
    Snapshot files;
    SessionId session;
    ParticipantId member;
    QByteArray pseudonym;
};

QByteArray allNotes(Home& home, const SessionId& session) {
    QByteArray all;
    for (const auto& event : must(recordsOf(home, session)).events)
        all += event.text.toUtf8() + '\n';
    return all;
}

}  // namespace

class TestGroupForget : public QObject {
    Q_OBJECT

private slots:
    void oneMemberGoesWithTheirWordsAndTheOthersStay() {
        SungGroup world;
        const auto before = must(recording::mapAudio(must(recordsOf(*world.home, world.session)).log));
        VERIFY_OK(workflow::eraseMember(*world.home, world.session, world.people[1].id));
        const auto records = must(recordsOf(*world.home, world.session));
        QCOMPARE(records.log.integrity(), sealedlog::Integrity::Ok);
        QCOMPARE(records.opening.group->members.size(), std::size_t{2});
        QCOMPARE(records.opening.group->withdrawn, 1);
        QVERIFY(!world.notes().contains(kWord));
        for (const char* kept : {"of the first", "of the third", "a memo of all"})
            QVERIFY2(world.notes().contains(kept), kept);
        const auto audio = must(recording::mapAudio(records.log));
        QCOMPARE(audio.durationMs(), before.durationMs());
        QVERIFY(audio.hasSound());
        QCOMPARE(audio.erased.size(), std::size_t{1});
        // Their turn is from 3 to 6 s; the touch comes late, so the sound goes from 1 s on.
        const auto start = RecordedOffset::fromSamples(audio.erased.front().firstSample - audio.preSkip).ms;
        const auto end = RecordedOffset::fromSamples(audio.erased.front().endSample - audio.preSkip).ms;
        QVERIFY2(start <= 1000 && start > 800, qPrintable(QString::number(start)));
        QVERIFY2(end >= 6000 && end < 6200, qPrintable(QString::number(end)));
        QVERIFY(must(people::Groups(world.home->sessions()).sessionsOf(world.people[1].id)).empty());
        VERIFY_FAILS(workflow::eraseMember(*world.home, world.session, world.people[1].id), ErrorCode::NotFound);
    }

    void whoIsForgottenIsForgottenInTheirGroupsToo() {
        SungGroup world;
        const QByteArray pseudonym = world.people[1].pseudonym.toUtf8();
        const QByteArray id = world.id(1).toUtf8();
        VERIFY_OK(workflow::eraseParticipant(*world.home, world.people[1].id));
        QCOMPARE(whereItSings(*world.home), QStringList());
        world.relock();
        const QByteArray light = broughtToLight(world.snapshot(), allIdentities(world.home->keyring()));
        QVERIFY(!light.contains(kWord));
        QVERIFY(!light.contains(pseudonym));
        QVERIFY(!light.contains(id));
        QVERIFY(world.notes().contains("of the third"));
        QVERIFY(must(Erasures(world.home->sessions()).unfinished()).empty());
        QCOMPARE(must(people::Groups(world.home->sessions()).find(world.group.id))->members.size(), std::size_t{2});
    }

    void aLateNoteThatNamesThemGoesAndAnotherStays() {
        SungGroup world;
        must(workflow::addLateNote(*world.home, world.session,
                                   world.people[1].pseudonym + QStringLiteral(" was tired")));
        must(workflow::addLateNote(*world.home, world.session, QStringLiteral("a warm room")));
        VERIFY_OK(workflow::eraseMember(*world.home, world.session, world.people[1].id));
        const auto notes = must(workflow::lateNotes(*world.home, world.session));
        QCOMPARE(notes.size(), std::size_t{1});
        QCOMPARE(notes.front().text, QStringLiteral("a warm room"));
    }

    void withTheLastOneTheWholeSessionGoes() {
        SungGroup world;
        for (const std::size_t who : {0, 1})
            VERIFY_OK(workflow::eraseMember(*world.home, world.session, world.people[who].id));
        VERIFY_OK(workflow::eraseMember(*world.home, world.session, world.people[2].id));
        QVERIFY(!must(interview::SessionIndex(world.home->sessions()).find(world.session)).has_value());
    }

    void everyFaultMeanwhileIsMadeGoodAtTheNextUnlock_data() {
        QTest::addColumn<int>("fault");
        for (std::size_t i = 0; i < kDiskFaults.size(); ++i)
            QTest::newRow(kDiskFaults[i].name) << static_cast<int>(i);
    }
    void everyFaultMeanwhileIsMadeGoodAtTheNextUnlock() {
        QFETCH(int, fault);
        static const Held kHeld;
        const DiskFault& kind = kDiskFaults[static_cast<std::size_t>(fault)];
        std::uint64_t operations = 0;
        {
            World world(kHeld.files);
            const auto home = must(world.unlock());
            world.files.resetOperations();
            must(eraseParticipant(*home, kHeld.member));
            operations = world.files.operations();
        }
        const FaultStride stride(operations, fault);
        for (std::uint64_t n = stride.first; n <= operations; n += stride.step > 1 ? stride.step * 30 : 1) {
            World world(kHeld.files);
            bool claimed = false;
            {
                const auto home = must(world.unlock());
                world.files.resetOperations();
                world.files.failAt(n, kind.forGood);
                claimed = eraseParticipant(*home, kHeld.member).has_value();
                if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
                world.files.clearFaults();
            }
            const auto home = must(world.unlock());
            const bool isThere = must(people::Participants(home->sessions()).find(kHeld.member)).has_value();
            QVERIFY2(!(claimed && isThere), qPrintable(QStringLiteral("operation %1: it came back").arg(n)));
            if (isThere) must(eraseParticipant(*home, kHeld.member));
            const QByteArray light = broughtToLight(world.snapshot(), allIdentities(home->keyring()));
            QVERIFY2(!light.contains(kWord) && !light.contains(kHeld.pseudonym), qPrintable(QString::number(n)));
            const QByteArray notes = allNotes(*home, kHeld.session);
            QVERIFY2(notes.contains("of the first") && notes.contains("of the third"), qPrintable(QString::number(n)));
            QVERIFY2(must(Erasures(home->sessions()).unfinished()).empty(), qPrintable(QString::number(n)));
        }
    }
};

QTEST_GUILESS_MAIN(TestGroupForget)
#include "tst_group_forget.moc"
