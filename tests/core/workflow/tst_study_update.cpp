// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "core/workflow/store_room.h"
#include "workflow/study_update.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

namespace {

/// The practice study, some versions later.
study::PackFiles practiceVersion(int version) {
    study::PackFiles files = practicePack();
    edit(files, QStringLiteral("study.yaml"), "version: 1", "version: " + QByteArray::number(version));
    return files;
}

/// Version 2: one question less, and the consent form says something else.
study::PackFiles changedPractice() {
    study::PackFiles files = practiceVersion(2);
    for (const char* language : {"en", "fr"}) {
        edit(files, QStringLiteral("consents/person.%1.md").arg(QLatin1String(language)), "2026-11-22", "2026-12-01");
        const QString guide = QStringLiteral("guides/person.%1.md").arg(QLatin1String(language));
        QByteArray text;
        for (const QByteArray& line : byteArrayOf(files.at(guide)).split('\n')) {
            if (!line.contains("{#harder-advice")) text += line + '\n';
        }
        files[guide] = bytesOf(text);
    }
    return files;
}

Result<> update(Home& home, const study::PackFiles& files) {
    return updateStudy(home, Lab::instance().sign(files).bytes);
}

QByteArray contentOf(World& world, const SessionId& session, const char* name) {
    return byteArrayOf(world.files.content(kLabOut / session.toString().toStdString() / "content" / name));
}

/// The lines of a timeline that say which question was met.
QByteArray coverageOf(const QByteArray& timeline) {
    return QJsonDocument(QJsonDocument::fromJson(timeline)[u"coverage"].toArray()).toJson();
}

}  // namespace

class TestStudyUpdate : public QObject {
    Q_OBJECT

private slots:
    void aNewerVersionTakesOver();
    void whatWasHeldBeforeStaysAsItWas();
    void olderForeignAndUnsignedOnesAreRefused();
    void newCustodiansOpenWhatIsThere();
    void nothingIsUpdatedDuringAnInterview();
    void everyFaultLeavesOneVersionWhole();
};

void TestStudyUpdate::aNewerVersionTakesOver() {
    World world;
    {
        const auto home = must(world.create());
        VERIFY_OK(update(*home, practiceVersion(3)));
        QCOMPARE(home->study().pack.version, 3);
    }
    const auto home = must(world.unlock());
    QCOMPARE(home->study().pack.version, 3);
    VERIFY_OK(home->studyOf(QString::fromStdString(toHex(Lab::instance().study->hash))));
}

void TestStudyUpdate::whatWasHeldBeforeStaysAsItWas() {
    World world;
    SessionId session;
    const study::ConsentForm form =
        *Lab::instance().study->pack.consent(QStringLiteral("person"), QStringLiteral("en"));
    {
        const auto home = must(world.create());
        const auto participant = consentedPerson(*home);
        const auto live = must(LiveSession::begin(*home, participant, true));
        must(live->record());
        must(speak(*live, 300));
        must(live->commit(ask(QStringLiteral("harder-advice"))));
        must(live->end());
        session = live->id();
    }
    {
        const auto home = must(world.unlock());
        VERIFY_OK(update(*home, changedPractice()));
        const auto* guide = home->study().pack.guide(QStringLiteral("person"), QStringLiteral("en"));
        QVERIFY(guide != nullptr && guide->question(QStringLiteral("harder-advice")) == nullptr);
        must(sealSession(*home, session));
        must(world.deliver(*home));
    }
    must(world.receive());
    // The guide of then tells what was asked: the coverage still has the line of a question that is gone by now.
    const QByteArray coverage = coverageOf(contentOf(world, session, "timeline.json"));
    QVERIFY2(coverage.contains("harder-advice"), coverage);
    const QByteArray consent =
        byteArrayOf(world.files.content(kLabOut / session.toString().toStdString() / "identity" / "consent.json"));
    QVERIFY(consent.contains(form.version.toUtf8()));
    QVERIFY(contentOf(world, session, "manifest.json").contains("\"version\": 1"));
}

void TestStudyUpdate::olderForeignAndUnsignedOnesAreRefused() {
    World world;
    const auto home = must(world.create());
    must(update(*home, practiceVersion(5)));
    VERIFY_FAILS(update(*home, practiceVersion(5)), ErrorCode::NotAllowed);
    VERIFY_FAILS(update(*home, practiceVersion(4)), ErrorCode::NotAllowed);
    study::PackFiles other = practiceVersion(6);
    edit(other, QStringLiteral("study.yaml"), "id: practice", "id: another");
    VERIFY_FAILS(update(*home, other), ErrorCode::NotAllowed);
    study::LabKeys keys = Lab::instance().study->keys;
    const auto foreign = must(study::signPack(practiceVersion(6), keys, crypto::SigningKey::generate()));
    VERIFY_FAILS(updateStudy(*home, foreign), ErrorCode::SignatureInvalid);
    Bytes altered = Lab::instance().sign(practiceVersion(6)).bytes;
    altered[altered.size() / 2] ^= 1;
    QVERIFY(!updateStudy(*home, altered));
    QCOMPARE(home->study().pack.version, 5);
}

void TestStudyUpdate::newCustodiansOpenWhatIsThere() {
    TwoInterviews held;
    World world;
    const auto custodian = crypto::age::Identity::generate();
    {
        const auto home = must(world.create());
        held = holdTwoInterviews(*home);
        study::LabKeys keys = Lab::instance().study->keys;
        keys.content = {custodian.recipient()};
        must(updateStudy(*home, must(study::signPack(practiceVersion(2), keys, Lab::instance().signing))));
    }
    std::vector<crypto::age::Identity> fresh;
    fresh.push_back(custodian.clone());
    QVERIFY(broughtToLight(world.snapshot(), fresh).contains(QByteArray(kCanary.data())));
    std::vector<crypto::age::Identity> former;
    former.push_back(Lab::instance().content.clone());
    QVERIFY(broughtToLight(world.snapshot(), former).isEmpty());
    const auto home = must(world.unlock());
    QCOMPARE(must(recordsOf(*home, held.firstSession)).events.size(), std::size_t{1});
}

void TestStudyUpdate::nothingIsUpdatedDuringAnInterview() {
    World world;
    const auto home = must(world.create());
    const auto live = must(LiveSession::begin(*home, consentedPerson(*home), true));
    VERIFY_FAILS(update(*home, practiceVersion(2)), ErrorCode::NotAllowed);
}

void TestStudyUpdate::everyFaultLeavesOneVersionWhole() {
    World start;
    must(start.create());
    const Snapshot before = start.snapshot();
    std::uint64_t operations = 0;
    {
        World world(before);
        const auto home = must(world.unlock());
        world.files.resetOperations();
        must(update(*home, practiceVersion(2)));
        operations = world.files.operations();
    }
    for (std::uint64_t n = 1; n <= operations; ++n) {
        for (const DiskFault& kind : kDiskFaults) {
            World world(before);
            bool claimed = false;
            {
                const auto home = must(world.unlock());
                world.files.resetOperations();
                world.files.failAt(n, kind.forGood);
                claimed = update(*home, practiceVersion(2)).has_value();
                if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
                world.files.clearFaults();
            }
            const auto home = must(world.unlock());
            QVERIFY(!claimed || home->study().pack.version == 2);
            if (home->study().pack.version == 1) VERIFY_OK(update(*home, practiceVersion(2)));
        }
    }
}

QTEST_GUILESS_MAIN(TestStudyUpdate)
#include "tst_study_update.moc"
