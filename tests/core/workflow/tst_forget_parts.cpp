// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>

#include "core/workflow/forget_fixture.h"
#include "recording/segment.h"
#include "sealedlog/rewrite.h"
#include "workflow/inspect.h"

using namespace sotto;
using namespace sotto::test;

namespace {

/// What somebody who looks at the home is told of a session's log.
QString integrityOf(World& world, const SessionId& session) {
    const auto seen = must(workflow::inspectHome(world.files, kHome, viewOf(kPassphrase), world.clock, cheapOptions()));
    for (const QJsonValue& each : seen[u"sessions"].toArray()) {
        if (each[u"id"].toString() == session.toString()) return each[u"integrity"].toString();
    }
    return {};
}

}  // namespace

class TestForgetParts : public QObject {
    Q_OBJECT

private slots:
    void theAudioAloneGoesAndTheNotesStay();
    void aSpanGoesWithWhatWasSaidInIt();
    void aLogStaysAsDamagedAsItWas_data();
    void aLogStaysAsDamagedAsItWas();
    void aBrokenOffErasureDamagesNothing();
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

void TestForgetParts::aLogStaysAsDamagedAsItWas_data() {
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QString>("integrity");
    for (const char* what : {"a bit turned", "cut at a record's border", "a log that nobody remembers"})
        QTest::newRow(what) << QByteArray(what) << QStringLiteral("damaged");
    QTest::newRow("nothing") << QByteArray("nothing") << QStringLiteral("ok");
}

void TestForgetParts::aLogStaysAsDamagedAsItWas() {
    QFETCH(QByteArray, what);
    QFETCH(QString, integrity);
    TwoInterviews held;
    World world(sealedHome(held));
    auto home = must(world.unlock());
    const Path path = home->layout().sessionLog(must(rowOf(*home, held.firstSession)).logName);
    if (what == "a log that nobody remembers") {
        const auto asItIs = [](const sealedlog::RecordInfo& info,
                               Bytes body) -> Result<std::vector<sealedlog::NewRecord>> {
            return std::vector{sealedlog::NewRecord{info.type, std::move(body)}};
        };
        must(sealedlog::rewrite(world.files, path, allIdentities(home->keyring()), home->sessionRecipients(), asItIs));
    } else if (what != "nothing") {
        const auto records = must(recordsOf(*home, held.firstSession)).log.records();
        Bytes content = world.files.content(path);
        if (what == "a bit turned") content[records[records.size() / 2].offset + 50] ^= 1;
        if (what == "cut at a record's border") content.resize(records[records.size() - 2].offset);
        world.files.setContent(path, content);
    }
    must(eraseSpans(*home, held.firstSession, {{400, 500}}));
    must(eraseAudio(*home, held.firstSession));  // a second rewriting forgets it no more than the first
    must(sealSession(*home, held.firstSession));
    must(world.deliver(*home));
    must(world.receive());
    const QByteArray manifest = byteArrayOf(
        world.files.content(kLabOut / held.firstSession.toString().toStdString() / "content" / "manifest.json"));
    QVERIFY2(manifest.contains("\"integrity\": \"" + integrity.toLatin1() + "\""), manifest);
    QCOMPARE(manifest.contains("\"integrity_note\": \"\""), integrity == u"ok");
    home.reset();
    QCOMPARE(integrityOf(world, held.firstSession), integrity);
    QCOMPARE(integrityOf(world, held.secondSession), QStringLiteral("ok"));
}

void TestForgetParts::aBrokenOffErasureDamagesNothing() {
    // Between the anchor of the new log and the log itself, above all.
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    int begun = 0;
    for (std::uint64_t n = 1; n <= 60; ++n) {
        World world(before);
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, true);
            QVERIFY(!eraseAudio(*home, held.firstSession));
            world.files.clearFaults();
        }
        must(world.unlock());
        QVERIFY2(integrityOf(world, held.firstSession) == u"ok", qPrintable(QString::number(n)));
        begun += must(Erasures(must(world.unlock())->sessions()).all()).empty() ? 0 : 1;
    }
    QVERIFY(begun > 20);
}

QTEST_GUILESS_MAIN(TestForgetParts)
#include "tst_forget_parts.moc"
