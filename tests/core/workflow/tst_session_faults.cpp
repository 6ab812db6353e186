// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <set>

#include <QElapsedTimer>
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;
using package::PackageKind;

namespace {

using Loss = FaultFileSystem::Loss;

/// What becomes of the n-th operation, and of the disk after it.
struct Fault {
    const char* name;
    bool forGood;
    std::optional<Loss> loss;
    ErrorCode code = ErrorCode::IoFailed;
};
const std::vector<Fault> kFaults{
    {"fails once", false, std::nullopt},          {"has no room once", false, std::nullopt, ErrorCode::NoSpace},
    {"fails for good", true, std::nullopt},       {"power cut, all lost", true, Loss::All},
    {"power cut, odd ones", true, Loss::OddOnes}, {"power cut, torn", true, Loss::TornAt512}};

/// Everything that the program was told had succeeded before the fault.
struct Told {
    std::optional<people::Participant> participant;
    bool consented = false;
    Acknowledged interview;
    std::vector<PackageId> sealed;
    bool delivered = false;
};

/// A stage of the work on a home that is unlocked; fills in what it was told.
using Stage = std::function<Result<>(World&, Home&, Told&)>;

Result<> enrolAndConsent(World&, Home& home, Told& told) {
    SOTTO_ASSIGN(const auto participant, enrolPerson(home));
    told.participant = participant;
    SOTTO_TRY(giveConsent(home, participant));
    told.consented = true;
    return {};
}

Result<> holdInterview(World&, Home& home, Told& told) {
    return interviewShortly(home, *told.participant, told.interview);
}

Result<> seal(World&, Home& home, Told& told) {
    SOTTO_ASSIGN(const auto rows, workflow::unsealedSessions(home));
    for (const auto& row : rows) {
        SOTTO_ASSIGN(const auto report, workflow::sealSession(home, row.id));
        for (const auto& item : report.packages)
            told.sealed.push_back(item.id);
    }
    return {};
}

Result<> deliver(World& world, Home& home, Told& told) {
    SOTTO_TRY(world.deliver(home));
    told.delivered = true;
    return {};
}

/// The fault's number and name, for messages.
QString g_where;

}  // namespace

#define CHECK(condition) QVERIFY2(condition, qPrintable(g_where + QStringLiteral(": " #condition)))
#define CHECK_OK(result)                                                                                           \
    do {                                                                                                           \
        const auto& checkedResult = (result);                                                                      \
        QVERIFY2(checkedResult.has_value(), qPrintable(g_where + QStringLiteral(": ") + describe(checkedResult))); \
    } while (false)

class TestSessionFaults : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void enrolmentAndConsentLiveThroughEveryFault();
    void theInterviewLivesThroughEveryFault();
    void sealingLivesThroughEveryFault();
    void deliveryLivesThroughEveryFault();
    void unlockingLivesThroughEveryFault();

private:
    void loop(const Snapshot& start, const Told& before, const Stage& stage, int stride);
    void checkAfter(World& world, Told told);
    void checkInterview(Home& home, const Told& told);
    void checkOutbox(World& world, Home& home, const Told& told);

    Snapshot m_fresh;
    Snapshot m_enrolled;
    Snapshot m_interrupted;
    Snapshot m_interviewed;
    Snapshot m_sealed;
    Told m_toldEnrolled;
    Told m_toldInterrupted;
    Told m_toldInterviewed;
    Told m_toldSealed;
};

void TestSessionFaults::initTestCase() {
    World world;
    must(world.create());
    m_fresh = world.snapshot();
    Told told;
    must(enrolAndConsent(world, *must(world.unlock()), told));
    m_enrolled = world.snapshot();
    m_toldEnrolled = told;
    must(holdInterview(world, *must(world.unlock()), told));
    m_interviewed = world.snapshot();
    m_toldInterviewed = told;
    must(seal(world, *must(world.unlock()), told));
    m_sealed = world.snapshot();
    m_toldSealed = told;

    // A tablet that died in the middle of an interview: the disk as it was then.
    World dying(m_enrolled);
    m_toldInterrupted = m_toldEnrolled;
    const auto home = must(dying.unlock());
    const auto live = must(LiveSession::begin(*home, *m_toldInterrupted.participant, true));
    must(live->record());
    must(speak(*live, 1100));
    must(live->commit(note(QStringLiteral("first"))));
    m_toldInterrupted.interview = {live->id(), true, {QStringLiteral("first")}, live->synced().ms, false};
    m_interrupted = dying.snapshot();
}

/// Events and synced audio are there, whatever happened.
void TestSessionFaults::checkInterview(Home& home, const Told& told) {
    if (!told.interview.began) return;
    const auto records = recordsOf(home, told.interview.id);
    CHECK_OK(records);
    CHECK(records->log.integrity() != sealedlog::Integrity::Damaged);
    QStringList notes;
    for (const auto& event : records->events) {
        if (event.kind == interview::EventKind::Note) notes += event.text;
    }
    // One more than acknowledged may be there: it was written, and then something failed.
    CHECK(notes.mid(0, told.interview.notes.size()) == told.interview.notes);
    CHECK(notes.size() <= told.interview.notes.size() + 1);
    const auto audio = recording::mapAudio(records->log);
    CHECK_OK(audio);
    CHECK(audio->durationMs() >= told.interview.syncedMs);
}

/// Whole packages, each session once; nothing half.
void TestSessionFaults::checkOutbox(World& world, Home& home, const Told& told) {
    const auto items = outboxItems(home);
    CHECK_OK(items);
    std::map<SessionId, std::multiset<PackageKind>> kinds;
    QStringList names;
    for (const auto& item : *items) {
        kinds[item.session].insert(item.kind);
        const std::string name = item.id.toString().toStdString() + ".age";
        names += QString::fromStdString(name);
        CHECK(must(world.files.exists(kHome / "outbox" / name)));
        CHECK(crypto::sha256(world.files.content(kHome / "outbox" / name)) == item.sha256);
    }
    for (const auto& [session, found] : kinds)
        CHECK(found == (std::multiset{PackageKind::Content, PackageKind::Identity, PackageKind::Research}));
    for (const PackageId& id : told.sealed)
        CHECK(names.contains(id.toString() + QStringLiteral(".age")));
    QStringList present = filesBelow(world.files, kHome / "outbox");
    present.sort();
    names.sort();
    CHECK(present == names);
    for (const QString& name : filesBelow(world.files, kStore))
        CHECK(sync::isObjectName(name) || !told.delivered);
}

/// The home opens; what was told is there; the work can be carried on to the lab.
void TestSessionFaults::checkAfter(World& world, Told told) {
    const auto home = world.unlock();
    CHECK_OK(home);
    CHECK_OK(vault::AuditTrail((*home)->sessions()).verify());
    if (told.participant) {
        CHECK(must(people::Participants((*home)->sessions()).find(told.participant->id)).has_value());
        CHECK(must(people::Identities((*home)->identities()).find(told.participant->id)).has_value());
    }
    if (told.consented) CHECK(must(consent::consentInForce((*home)->sessions(), told.participant->id)).has_value());
    checkInterview(**home, told);
    checkOutbox(world, **home, told);
    if (QTest::currentTestFailed() || !told.interview.began) return;

    CHECK_OK(seal(world, **home, told));
    checkInterview(**home, told);
    CHECK(must(recordsOf(**home, told.interview.id)).log.integrity() == sealedlog::Integrity::Ok);
    CHECK(must(recordsOf(**home, told.interview.id)).log.isFinal());
    checkOutbox(world, **home, told);
    CHECK(must(workflow::unsealedSessions(**home)).empty());
    CHECK_OK(deliver(world, **home, told));
    const auto received = world.receive();
    CHECK_OK(received);
    std::size_t opened = 0;
    for (const auto& package : *received) {
        CHECK(package.outcome == sync::Received::Outcome::New && package.opened);
        if (package.manifest.session == told.interview.id) ++opened;
    }
    CHECK(opened == 3);
}

/// Every operation of the stage fails in every way, `stride` apart in the middle; afterwards nothing told is lost.
void TestSessionFaults::loop(const Snapshot& start, const Told& before, const Stage& stage, int stride) {
    QElapsedTimer timer;
    timer.start();
    std::uint64_t operations = 0;
    {
        World world(start);
        const auto home = must(world.unlock());
        world.files.resetOperations();
        Told told = before;
        must(stage(world, *home, told));
        operations = world.files.operations();
    }
    int runs = 0;
    int survived = 0;
    for (std::size_t kind = 0; kind < kFaults.size(); ++kind) {
        const Fault& fault = kFaults[kind];
        // Each kind begins somewhere else, so that together they come by every operation.
        for (std::uint64_t n = 1 + kind % static_cast<std::size_t>(stride); n <= operations;
             n += static_cast<std::uint64_t>(stride)) {
            g_where = QStringLiteral("operation %1 of %2 %3").arg(n).arg(operations).arg(QLatin1String(fault.name));
            World world(start);
            Told told = before;
            {
                const auto home = must(world.unlock());
                world.files.resetOperations();
                world.files.failAt(n, fault.forGood, fault.code);
                if (stage(world, *home, told)) ++survived;
                CHECK(world.files.faultHappened());
            }
            world.files.clearFaults();
            if (fault.loss) world.files.cutPower(*fault.loss, static_cast<unsigned>(n));
            checkAfter(world, told);
            if (QTest::currentTestFailed()) return;
            ++runs;
        }
    }
    qInfo("%d faults in %d operations, %d lived through without an error, %lld ms", runs, static_cast<int>(operations),
          survived, static_cast<long long>(timer.elapsed()));
    QVERIFY(runs > 0 && survived < runs);
}

void TestSessionFaults::enrolmentAndConsentLiveThroughEveryFault() {
    loop(m_fresh, {}, enrolAndConsent, 1);
}

void TestSessionFaults::theInterviewLivesThroughEveryFault() {
    loop(m_enrolled, m_toldEnrolled, holdInterview, 2);
}

void TestSessionFaults::sealingLivesThroughEveryFault() {
    loop(m_interrupted, m_toldInterrupted, seal, 1);
}

void TestSessionFaults::deliveryLivesThroughEveryFault() {
    loop(m_sealed, m_toldSealed, deliver, 2);
}

void TestSessionFaults::unlockingLivesThroughEveryFault() {
    // What a crash left is mended while the disk fails again.
    std::uint64_t operations = 0;
    {
        World world(m_interrupted);
        world.files.resetOperations();
        must(world.unlock());
        operations = world.files.operations();
    }
    int runs = 0;
    for (const Fault& fault : kFaults) {
        for (std::uint64_t n = 1; n <= operations; ++n) {
            g_where = QStringLiteral("unlock, operation %1 %2").arg(n).arg(QLatin1String(fault.name));
            World world(m_interrupted);
            world.files.resetOperations();
            world.files.failAt(n, fault.forGood, fault.code);
            static_cast<void>(world.unlock());  // may fail; only what it leaves counts
            world.files.clearFaults();
            if (fault.loss) world.files.cutPower(*fault.loss, static_cast<unsigned>(n));
            world.clock.advance(3'600'000);  // should a count of tries have been hit
            checkAfter(world, m_toldInterrupted);
            if (QTest::currentTestFailed()) return;
            ++runs;
        }
    }
    qInfo("%d faults in %d operations of unlocking", runs, static_cast<int>(operations));
}

QTEST_GUILESS_MAIN(TestSessionFaults)
#include "tst_session_faults.moc"
