// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/forget_fixture.h"
#include "core/workflow/group_home.h"

using namespace sotto;
using namespace sotto::test;

namespace {

/// A group of three that spoke in turn; the second one's name and what was noted of their words hold the canary.
struct SpokenGroup : GroupHome {
    explicit SpokenGroup(const std::map<QString, bool>& items = consentItems()) : GroupHome(items) {
        people::Identities names(home->identities());
        must(names.remove(people[1].id));
        must(names.add(people[1].id, QStringLiteral("Camille ") + QString::fromLatin1(kWord), clock.now()));
        must(names.confirm(people[1].id));
        const auto live = must(begin(everybody()));
        session = live->id();
        must(live->record());
        const QStringList words{QStringLiteral("of the first"), QString::fromLatin1(kWord) + QStringLiteral(" sang"),
                                QStringLiteral("of the third")};
        for (std::size_t i = 0; i < people.size(); ++i) {
            must(live->speak(id(i)));
            must(speak(*live, 2600));
            must(live->commit(note(words.at(static_cast<qsizetype>(i)))));
            interview::Event mark;
            mark.kind = interview::EventKind::Mark;
            must(live->commit(mark));
        }
        must(live->stop());
        must(live->end());
    }
    /// Everything that the lab finds, below the folder of the session.
    [[nodiscard]] QByteArray atTheLab(const char* folder) {
        QByteArray all;
        const Path root = kLabOut / session.toString().toStdString() / folder;
        for (const QString& name : filesBelow(files, root))
            all += name.toUtf8() + '\n' + byteArrayOf(files.content(root / name.toStdString())) + '\n';
        return all;
    }
    SessionId session;
};

}  // namespace

class TestGroupSeal : public QObject {
    Q_OBJECT

private slots:
    void aGroupArrivesAsOneSessionWithTheConsentOfEach() {
        SpokenGroup world;
        const auto report = must(workflow::sealSession(*world.home, world.session));
        QCOMPARE(report.packages.size(), std::size_t{3});
        must(world.deliver(*world.home));
        must(world.receive());
        const QByteArray identity = world.atTheLab("identity");
        for (const char* part : {"members/01/consent.json", "members/02/consent.json", "members/03/person.json"})
            QVERIFY2(identity.contains(part), part);
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(identity.contains(world.id(i).toUtf8()));
        const QByteArray content = world.atTheLab("content");
        QVERIFY(content.contains("\"kind\": \"speaker\""));
        QVERIFY(content.contains("of the third"));
        QVERIFY(!content.contains("Camille"));
        const QByteArray research = world.atTheLab("research");
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(research.contains(world.people[i].researchCode.toUtf8()));
            QVERIFY(!research.contains(world.people[i].pseudonym.toUtf8()));
            QVERIFY(!research.contains(world.id(i).toUtf8()));
        }
    }

    void whoDoesNotShareIsInNoResearchPackage() {
        SpokenGroup world(consentItems(true, false));
        must(workflow::sealSession(*world.home, world.session));
        must(world.deliver(*world.home));
        must(world.receive());
        const QByteArray research = world.atTheLab("research");
        QVERIFY(research.contains(world.people[0].researchCode.toUtf8()));
        QVERIFY(!research.contains(world.people[1].researchCode.toUtf8()));
        QVERIFY(world.atTheLab("content").contains(world.people[1].pseudonym.toUtf8()));
    }

    void whoTakesItBackBeforeItLeftIsInNoPackage() {
        SpokenGroup world;
        must(workflow::sealSession(*world.home, world.session));
        must(workflow::eraseParticipant(*world.home, world.people[1].id));
        QCOMPARE(must(rowOf(*world.home, world.session)).state, interview::SessionState::Interrupted);
        must(workflow::sealSession(*world.home, world.session));
        must(world.deliver(*world.home));
        must(world.receive());
        for (const char* folder : {"content", "identity", "research"}) {
            const QByteArray all = world.atTheLab(folder);
            QVERIFY2(!all.isEmpty(), folder);
            QVERIFY2(!all.contains(kWord), folder);
            QVERIFY2(!all.contains(world.id(1).toUtf8()), folder);
            QVERIFY2(!all.contains(world.people[1].pseudonym.toUtf8()), folder);
        }
        QVERIFY(world.atTheLab("content").contains("of the third"));
    }

    void whatHadLeftIsNamedAndNothingOfTheirsStaysHere() {
        SpokenGroup world;
        must(workflow::sealSession(*world.home, world.session));
        must(world.deliver(*world.home));
        const auto report = must(workflow::eraseParticipant(*world.home, world.people[1].id));
        QCOMPARE(report.packagesLeft.size(), 3);
        QVERIFY(filesBelow(world.files, kHome / "outbox").isEmpty());
        QVERIFY(!broughtToLight(world.snapshot(), allIdentities(world.home->keyring())).contains(kWord));
    }
};

QTEST_GUILESS_MAIN(TestGroupSeal)
#include "tst_group_seal.moc"
