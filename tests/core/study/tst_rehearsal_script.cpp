// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "base/file.h"
#include "study/rehearsal_script.h"
#include "support/result_check.h"

using namespace sotto;
using study::ScriptStep;
using Action = study::ScriptStep::Action;

namespace {

const QByteArray kScript =
    "participant: {role: person, language: fr, name: Camille}\n"
    "partner: {role: caregiver, name: Dominique}\n"
    "consent:\n"
    "  items: {audio: true, quote: false}\n"
    "steps:\n"
    "  - {at: 0, ask: a-question}\n"
    "  - {at: 1.5, probe: a-probe}\n"
    "  - {at: 2, answer: declined}\n"
    "  - {at: 3, mark: \"un tournant : ici\"}\n"
    "  - {at: 4, code: {id: presence, valence: positive, reciprocity: both, prompted: false}}\n"
    "  - {at: 5, link: {from: presence, to: communication}}\n"
    "  - {at: 6, note: Sourit.}\n"
    "  - {at: 7, pause: 2.25}\n"
    "  - {at: 8, off_record: 3}\n";

Result<study::RehearsalScript> parse(const QByteArray& text) {
    return study::parseRehearsalScript(viewOf(text));
}

}  // namespace

class TestRehearsalScript : public QObject {
    Q_OBJECT

private slots:
    void everyStepIsRead();
    void aPartnerMayBeMissing();
    void aFaultNamesItsLine_data();
    void aFaultNamesItsLine();
    void truncatedScriptsNeverCrash();
    void anEndlessScriptIsRefused();
};

void TestRehearsalScript::everyStepIsRead() {
    const auto script = parse(kScript);
    VERIFY_OK(script);
    QCOMPARE(script->role, QStringLiteral("person"));
    QCOMPARE(script->language, QStringLiteral("fr"));
    QCOMPARE(script->name, QStringLiteral("Camille"));
    QCOMPARE(script->partnerRole, QStringLiteral("caregiver"));
    QCOMPARE(script->partnerName, QStringLiteral("Dominique"));
    QVERIFY(script->consent ==
            (std::map<QString, bool>{{QStringLiteral("audio"), true}, {QStringLiteral("quote"), false}}));
    const std::vector actions{Action::Ask,  Action::Probe, Action::Answer, Action::Mark,     Action::Code,
                              Action::Link, Action::Note,  Action::Pause,  Action::OffRecord};
    QCOMPARE(script->steps.size(), actions.size());
    for (std::size_t i = 0; i < actions.size(); ++i) {
        QCOMPARE(script->steps[i].action, actions[i]);
        QCOMPARE(script->steps[i].line, static_cast<int>(i) + 6);
    }
    QCOMPARE(script->steps[1].atMs, std::int64_t{1500});
    QCOMPARE(script->steps[1].id, QStringLiteral("a-probe"));
    QCOMPARE(script->steps[2].text, QStringLiteral("declined"));
    QCOMPARE(script->steps[3].text, QStringLiteral("un tournant : ici"));
    QCOMPARE(script->steps[4].dimensions.size(), std::size_t{2});
    QCOMPARE(script->steps[4].dimensions.at(QStringLiteral("reciprocity")), QStringLiteral("both"));
    QVERIFY(script->steps[4].prompted == false);
    QVERIFY(!script->steps[6].prompted.has_value());
    QCOMPARE(script->steps[5].id + script->steps[5].target, QStringLiteral("presencecommunication"));
    QCOMPARE(script->steps[7].durationMs, std::int64_t{2250});
    QCOMPARE(script->steps[8].durationMs, std::int64_t{3000});
}

void TestRehearsalScript::aPartnerMayBeMissing() {
    QByteArray text = kScript;
    text.replace("partner: {role: caregiver, name: Dominique}\n", "");
    const auto script = parse(text);
    VERIFY_OK(script);
    QVERIFY(script->partnerRole.isEmpty());
}

void TestRehearsalScript::aFaultNamesItsLine_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char* name, const char* from, const char* to, const char* said) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(said);
    };
    row("unknown key", "partner:", "friend:", "line 2: 'friend'");
    row("unknown key of the participant", "name: Camille", "name: Camille, age: 40", "line 1: 'age'");
    row("unknown key of a step", "ask: a-question", "sing: a-song", "line 6: 'sing'");
    row("twice the same key", "quote: false", "audio: false", "line 4: 'audio' stands twice");
    row("missing name", ", name: Camille", "", "line 1: 'participant' lacks 'name'");
    row("missing steps", "steps:", "moves:", "line 5: 'moves'");
    row("consent that is no truth", "quote: false", "quote: maybe", "line 4: ");
    row("missing time", "{at: 0, ask", "{ask", "line 6: a step has 'at'");
    row("two actions", "ask: a-question", "ask: a-question, note: more", "line 6: a step has 'at'");
    row("negative time", "at: 0,", "at: -1,", "line 6: ");
    row("time that is none", "at: 0,", "at: soon,", "line 6: ");
    row("not a number", "at: 0,", "at: .nan,", "line 6: ");
    row("endless time", "at: 0,", "at: .inf,", "line 6: ");
    row("out of order", "at: 3,", "at: 30,", "line 10: ");
    row("answer of another kind", "declined", "shrugged", "line 8: ");
    row("code without id", "id: presence, valence", "valence", "line 10: ");
    row("prompted that is no truth", "prompted: false", "prompted: often", "line 10: ");
    row("link with more", "to: communication", "to: communication, via: air", "line 11: 'via'");
    row("link to nothing", ", to: communication", "", "line 11: ");
    row("pause that is no number", "pause: 2.25", "pause: long", "line 13: ");
    row("steps that are no list", "steps:\n", "steps: none\nx:\n", "line ");
    row("no YAML", "{at: 0, ask: a-question}", "{at: 0, ask: [a-question}", "line ");
}

void TestRehearsalScript::aFaultNamesItsLine() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, said);
    QByteArray text = kScript;
    QVERIFY(text.contains(from));
    text.replace(text.indexOf(from), from.size(), to);
    const auto script = parse(text);
    VERIFY_FAILS(script, ErrorCode::ParseFailed);
    QVERIFY2(script.error().context.starts_with(said.toStdString()), script.error().context.c_str());
}

void TestRehearsalScript::truncatedScriptsNeverCrash() {
    for (qsizetype size = 0; size < kScript.size(); ++size) {
        const QByteArray cut = kScript.left(size);
        const auto script = parse(cut);
        // Cut behind a whole step it is a shorter script; anywhere else it is none.
        if (script) {
            QVERIFY2(cut.trimmed().endsWith('}') && !script->steps.empty(), cut.constData());
        } else {
            QVERIFY2(script.error().code == ErrorCode::ParseFailed && !script.error().context.empty(), cut.constData());
        }
    }
}

void TestRehearsalScript::anEndlessScriptIsRefused() {
    VERIFY_FAILS(parse(kScript + QByteArray(2 << 20, '#')), ErrorCode::ParseFailed);
    VERIFY_FAILS(parse({}), ErrorCode::ParseFailed);
    VERIFY_FAILS(parse(QByteArray(100'000, '[')), ErrorCode::ParseFailed);
}

QTEST_GUILESS_MAIN(TestRehearsalScript)
#include "tst_rehearsal_script.moc"
