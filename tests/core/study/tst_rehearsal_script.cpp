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
    row("unknown key", "partner:", "friend:", "line 2: unknown key \"friend\" in the script");
    row("unknown key of the participant", "name: Camille", "name: Camille, age: 40", "line 1: unknown key \"age\"");
    row("unknown key of a step", "ask: a-question", "sing: a-song", "line 6: unknown key \"sing\" in a step");
    row("twice the same key", "quote: false", "audio: false", "line 4: the key \"audio\" is here twice");
    row("missing name", ", name: Camille", "", "line 1: the participant lacks \"name\"");
    row("nameless participant", "name: Camille", "name: ' '", "line 1: \"name\" of the participant is empty");
    row("nameless partner", "name: Dominique", "name: ' '", "line 2: \"name\" of the partner is empty");
    row("missing steps", "steps:", "moves:", "line 6: unknown key \"moves\"");
    row("consent that is no truth", "quote: false", "quote: maybe", "line 4: \"quote\" of the items must be true");
    row("missing time", "{at: 0, ask", "{ask", "line 6: a step has \"at\"");
    row("two actions", "ask: a-question", "ask: a-question, note: more", "line 6: a step has \"at\"");
    row("negative time", "at: 0,", "at: -1,", "line 6: \"at\" must be a number of seconds");
    row("time that is none", "at: 0,", "at: soon,", "line 6: \"at\" must be");
    row("not a number", "at: 0,", "at: .nan,", "line 6: \"at\" must be");
    row("not a number for C", "at: 0,", "at: nan,", "line 6: \"at\" must be");
    row("endless time", "at: 0,", "at: inf,", "line 6: \"at\" must be");
    row("out of order", "at: 3,", "at: 30,", "line 10: the steps must stand in order");
    row("answer of another kind", "declined", "shrugged", "line 8: \"shrugged\" is no answer");
    row("note without words", "note: Sourit.", "note: ' '", "line 12: \"note\" of a step is empty");
    row("code without id", "id: presence, valence", "valence", "line 10: a code step lacks \"id\"");
    row("prompted that is no truth", "prompted: false", "prompted: often", "line 10: \"prompted\" of a code step");
    row("link with more", "to: communication", "to: communication, via: air", "line 11: unknown key \"via\"");
    row("link to nothing", ", to: communication", "", "line 11: a link step lacks \"to\"");
    row("pause that is no number", "pause: 2.25", "pause: long", "line 13: \"pause\" must be a number");
    row("steps that are no list", "steps:\n", "steps: none\nx:\n", "line 7: unknown key \"x\"");
    row("no YAML", "{at: 0, ask: a-question}", "{at: 0, ask: [a-question}", "line ");
    row("anchor", "ask: a-question", "ask: &q a-question", "line 6: an anchor with &");
    row("reference", "at: 1.5, probe: a-probe", "at: 1.5, probe: *q", "line ");
    row("tag", "ask: a-question", "ask: !!str a-question", "line 6: a tag with !");
    row("second script", "  - {at: 8, off_record: 3}\n", "---\nsteps: []\n", "line 14: ");
    row("control character", "note: Sourit.", "note: S\x01.", "line 12: this line holds an invisible control");
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
    QVERIFY2(QByteArray::fromStdString(script.error().context).startsWith(said), script.error().context.c_str());
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
