// SPDX-License-Identifier: Apache-2.0
// The reader of forms: what it understands, and one broken form per rule, made by one edit; each must give just the
// faults expected, at the line where somebody would repair it.
#include <random>

#include <QTest>

#include "form_fixture.h"

using namespace sotto;
using namespace sotto::test;
using study::ItemType;

namespace {

/// `marker` is a text whose line the fault must bear.
void row(const char* name, const char* from, const char* to, const char* marker, const char* part, int count = 1) {
    QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(marker) << text(part) << count;
}

}  // namespace

class TestForms : public QObject {
    Q_OBJECT

private:
    static void columns() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("marker");
        QTest::addColumn<QString>("part");
        QTest::addColumn<int>("count");
    }
    /// With a count of 0 the edit breaks what the rest of the form needs: this fault must be among those found.
    static void checkRow(study::Severity severity) {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, marker);
        QFETCH(QString, part);
        QFETCH(int, count);
        study::PackFiles files = packWithSheet();
        edit(files, text(kSheet), from, to);
        const auto checked = study::checkPack(files);
        const QByteArray found = allFaults(checked.faults);
        const bool isJustThose =
            static_cast<int>(checked.faults.size()) == count && countOf(checked.faults, severity) == count;
        QVERIFY2(count == 0 || isJustThose, found);
        QVERIFY2(hasFault(checked.faults, text(kSheet), lineOf(files, text(kSheet), marker), part), found);
        QCOMPARE(checked.hasErrors(), severity == study::Severity::Error);
    }

private slots:
    void theModelHoldsWhatTheFileSays() {
        const auto checked = study::checkPack(packWithSheet());
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const study::Form* form = checked.pack.form(text("sheet"));
        QVERIFY(form != nullptr);
        QVERIFY(checked.pack.form(text("other")) == nullptr);
        QCOMPARE(form->title.at(text("en")), text("A sheet"));
        QCOMPARE(form->intro.at(text("en")), text("Some questions."));
        QVERIFY(form->wording.at(text("en")) == study::Wording::Official);
        QCOMPARE(form->credit, text("Its owners."));
        QVERIFY(form->kept == study::Kept::Session);
        QVERIFY(form->isPrivate);
        QVERIFY(!form->skippable);
        QCOMPARE(form->items.size(), 12U);
        QCOMPARE(form->carry.at(text("helpers")), text("helpers_band"));
        QCOMPARE(form->scores.front().bands.back().range, (study::Range{5, 15}));
        QCOMPARE(form->alerts.size(), 2U);
        QCOMPARE(form->alerts.front().protocol, text("item-nine"));
        QCOMPARE(form->alerts.front().tells.at(text("en")), text("Somebody is told."));
    }

    void itemsHoldWhatTheirTypeNeeds() {
        const auto checked = study::checkPack(packWithSheet());
        const study::Form& form = *checked.pack.form(text("sheet"));
        QVERIFY(form.items.front().type == ItemType::Heading);
        QCOMPARE(form.items.front().text.at(text("en")), text("You"));
        const study::FormItem& adult = *form.item(text("adult"));
        QVERIFY(adult.type == ItemType::Single);
        QCOMPARE(adult.options.size(), 2U);
        QCOMPARE(adult.option(text("no"))->name.at(text("fr")), text("Non"));
        QCOMPARE(adult.right, text("yes"));
        QVERIFY(!form.mayDecline(adult));
        QVERIFY(form.mayDecline(*form.item(text("sad"))));
        QCOMPARE(*form.item(text("tired"))->option(text("daily"))->value, 3);
        QCOMPARE(form.item(text("helpers"))->most, 9);
        QCOMPARE(form.item(text("helpers"))->unit.at(text("en")), text("people"));
        QCOMPARE(form.item(text("strength"))->names.at(5).at(text("en")), text("strong"));
        QVERIFY(form.item(text("since"))->precision == study::DatePrecision::Month);
        QVERIFY(form.item(text("forms"))->option(text("other"))->isOther);
        QCOMPARE(form.item(text("who-acts"))->parts.back().id, text("who-acts-state"));
        QCOMPARE(form.item(text("who-acts"))->when->anyOf.size(), 2U);
    }

    void aBrokenFormIsReportedWhereItIs_data() {
        columns();
        row("unknown key", "kept: session", "kept: session\ncolour: red", "colour", "unknown key \"colour\" in a form");
        row("title missing", "title: {en: \"A sheet\"}\n", "", "intro", "a form lacks \"title\"");
        row("items missing", "items:", "things:", "title", "lacks \"items\"", 0);
        row("place kept", "kept: session", "kept: here", "kept: here", "session, apart or screening");
        row("private", "private: true", "private: maybe", "private:", "must be true or false");
        row("wording kind", "{en: official}", "{en: nice}", "nice", "official, unverified or own");
        row("wording of a language that is not there", "{en: official}", "{en: official, de: own}", "de: own",
            "unknown key \"de\"");
        row("credit missing", "credit: \"Its owners.\"\n", "", "wording", "add \"credit\"");
        row("required though skippable", "skippable: false", "skippable: true", "id: adult", "skippable: false");
        row("item type", "type: scale", "type: slider", "id: strength", "needs a type", 2);
        row("item type missing", "id: sad, type: single", "id: sad", "id: sad", "needs a type", 3);
        row("item id", "{id: since", "{id: Since", "id: Since", "cannot be an id", 2);
        row("item id twice", "{id: sad", "{id: tired", "{id: tired, type: single, options: often, text: {en: \"Sad",
            "is used already at line 15", 0);
        row("part id of an item", "id: who-acts-state", "id: sad", "id: sad, text", "is used already");
        row("item text in no language", "text: {en: \"Sad?\"}", "text: {}", "id: sad", "lacks \"en\"");
        row("key of another type", "type: date,", "type: date, unit: {en: x},", "id: since", "unknown key \"unit\"");
        row("not a list of items", "  - heading: {en: \"You\"}\n", "  - You\n", "- You", "an item must be written as");
        row("list that is not there", "id: tired, type: single, options: often", "id: tired, type: single, options: of",
            "id: tired", "there is no list of options \"of\"", 2);
        row("options missing", "id: adult, type: single, options: yes-no,", "id: adult, type: single,", "id: adult",
            "lacks \"options\"", 3);
        row("options as a map",
            "options: [{id: group, name: {en: \"Group\"}}, {id: other, other: true, name: {en: "
            "\"Other\"}}]",
            "options: {id: group}", "options: {id", "must be a list", 2);
        row("list never used",
            "  often:", "  seldom: [{id: a, name: {en: A}}, {id: b, name: {en: B}}]\n  often:", "seldom",
            "no item uses the list");
        row("list named yes-no",
            "  often:", "  yes-no: [{id: a, name: {en: A}}, {id: b, name: {en: B}}]\n  often:", "  yes-no: [",
            "yes-no is there already", 0);
        row("option twice", "{id: other, other: true", "{id: group, other: true", "id: group",
            "the option \"group\" is here twice", 2);
        row("two options for others", "{id: group,", "{id: group, other: true,", "id: group", "only one option");
        row("one option", "[{id: group, name: {en: \"Group\"}}, {id: other", "[{id: other", "options: [{id: other",
            "options are a list of 2", 0);
        row("value", "value: 3", "value: much", "value: much", "must be a whole number", 0);
        row("right answer", "right: yes", "right: perhaps", "right:", "\"perhaps\" is no option of \"adult\"");
        row("number bounds", "{id: helpers-seen, type: number, least: 0, most: 9",
            "{id: helpers-seen, type: number, "
            "least: 9, most: 9",
            "id: helpers-seen", "\"least\" must be below \"most\"");
        row("scale too long", "least: 1, most: 5", "least: 1, most: 500", "id: strength", "at most 101 steps", 0);
        row("scale without words at an end", "5: {en: \"strong\"}", "4: {en: \"strong\"}", "id: strength",
            "words for both its ends, 1 and 5");
        row("scale names a step that is not there", "5: {en: \"strong\"}", "5: {en: \"strong\"}, 6: {en: x}",
            "id: strength", "unknown key \"6\"");
        row("precision", "precision: month", "precision: week", "id: since", "must be day, month or year", 2);
        row("no parts",
            "parts: [{id: who-acts-family, text: {en: \"Family\"}}, {id: who-acts-state, text: {en: "
            "\"State\"}}]",
            "parts: []", "parts: []", "is a list of 1 to");
    }
    void aBrokenFormIsReportedWhereItIs() { checkRow(study::Severity::Error); }

    void aConditionThatCannotWorkIsReported_data() {
        columns();
        row("item below", "when: {forms: {includes: other}}", "when: {since: 2020-01, long-since: x}", "id: why-other",
            "looks at \"long-since\", which is not an item above it");
        row("itself", "when: {forms: {includes: other}}", "when: {why-other: x}", "id: why-other",
            "which is not an item above it");
        row("score in a rule", "when: {forms: {includes: other}}", "when: {total: 3}", "id: why-other",
            "looks at \"total\"");
        row("another form", "when: {forms: {includes: other}}", "when: {phq-9.total: 3}", "id: why-other",
            "looks at \"phq-9.total\"");
        row("alert on nothing", "{sad: {least: 1}}", "{glad: {least: 1}}", "glad", "an item or a score of this form");
        row("option that is not there", "{includes: other}", "{includes: others}", "id: why-other",
            "\"others\" is no option of \"forms\"");
        row("equals several", "{forms: {includes: other}}", "{forms: other}", "id: why-other",
            "write {includes: other}");
        row("includes one", "when: {forms: {includes: other}}", "when: {adult: {includes: yes}}", "id: why-other",
            "is for items with several answers");
        row("bounds of options without value", "when: {forms: {includes: other}}", "when: {adult: {least: 1}}",
            "id: why-other", "has no number to compare");
        row("bounds of words", "when: {since: {below: 2020-06}}", "when: {why-other: {least: 1}}", "id: long-since",
            "has no number to compare");
        row("bound that is no number", "{above: 0}", "{above: some}", "id: helpers-seen", "must be a whole number");
        row("bound that is not as precise", "{below: 2020-06}", "{below: 2020-06-01}", "id: long-since",
            "is no date as precise");
        row("unknown bound", "{above: 0}", "{over: 0}", "id: helpers-seen", "unknown key \"over\"");
        row("never", "{above: 0}", "{above: 9}", "id: helpers-seen",
            "can never hold for \"helpers\", which goes from 0");
        row("always", "{above: 0}", "{above: -1}", "id: helpers-seen", "always holds for \"helpers\"");
        row("score never", "{total: {least: 10}}", "{total: {least: 16}}", "id: much", "can never hold");
        row("score always", "{total: {least: 10}}", "{total: {below: 40}}", "id: much", "always holds");
        row("bounds that contradict", "{above: 0}", "{least: 5, below: 3}", "id: helpers-seen", "can never hold");
        row("empty", "when: {sad: {least: 1}}", "when: {}", "id: sadness", "must be written as {item: answer}");
        row("a word", "when: {forms: {includes: other}}", "when: often", "id: why-other", "must be written as");
        row("any beside others", "{any: [{adult: yes, helpers: {least: 2}}, {strength: 5}]}",
            "{adult: yes, any: [{helpers: 1}, {strength: 5}]}", "when: {adult", "\"any\" in the rule");
        row("any of one", "{any: [{adult: yes, helpers: {least: 2}}, {strength: 5}]}", "{any: [{strength: 5}]}",
            "when: {any", "stands alone, with a list of two or more");
        row("any in any", "{strength: 5}]", "{any: [{strength: 5}, {strength: 4}]}]", "when: {any",
            "which is not an item above it");
        row("never asked", "when: {since: {below: 2020-06}}", "when: {helpers: 0, helpers-seen: 1}", "id: long-since",
            "\"long-since\" can never be asked");
        row("one of several tests", "when: {since: {below: 2020-06}}",
            "when: {tired: never, sad: daily, forms: "
            "{includes: other}, adult: maybe}",
            "id: long-since", "is no option");
    }
    void aConditionThatCannotWorkIsReported() { checkRow(study::Severity::Error); }

    void aConditionThatCostsTooMuchIsReported() {
        study::PackFiles files = packWithSheet();
        QByteArray many = "when: {any: [";
        for (int i = 0; i < 17; ++i) {
            many += "{strength: 5}, ";
        }
        edit(files, text(kSheet), "when: {any: [", many);
        VERIFY_FAULT(files, 1, kSheet, lineOf(files, text(kSheet), "when: {any"), "looks at more than 16 things");

        files = packWithSheet();
        QByteArray chain;
        for (int i = 1; i <= 4; ++i) {
            chain += "  - {id: c" + QByteArray::number(i) + ", type: single, options: yes-no, text: {en: x}" +
                     (i > 1 ? ", when: {c" + QByteArray::number(i - 1) + ": yes}" : QByteArray()) + "}\n";
        }
        edit(files, text(kSheet), "scores:", chain + "scores:");
        QVERIFY(!study::checkPack(files).hasErrors());
        edit(files, text(kSheet),
             "scores:", "  - {id: c5, type: single, options: yes-no, text: {en: x}, when: {c4: yes}}\nscores:");
        VERIFY_FAULT(files, 1, kSheet, lineOf(files, text(kSheet), "id: c5"), "follows from more than 2 other rules");
    }

    /// Each rule looks at sixteen items: without a limit, what they need in turn would grow sixteenfold at each step.
    void rulesThatFanOutFollowFromOneAnotherOnlySoFar() {
        study::PackFiles files = packWithSheet();
        QByteArray items;
        for (int i = 0; i < 480; ++i) {
            items += "  - {id: n" + QByteArray::number(i) + ", type: number, least: 0, most: 9, text: {en: x}";
            for (int test = 0; i >= 16 && i % 16 == 0 && test < 16; ++test) {
                items += (test == 0 ? ", when: {n" : ", n") + QByteArray::number(i - 16 + test) + ": {least: 1}";
            }
            items += i >= 16 && i % 16 == 0 ? "}}\n" : "}\n";
        }
        edit(files, text(kSheet), "scores:", items + "scores:");
        const auto checked = study::checkPack(files);
        QVERIFY(hasFault(checked.faults, text(kSheet), lineOf(files, text(kSheet), "id: n64,"),
                         text("follows from more than 2 other rules")));
    }

    void tooManyAlertsAreRefused() {
        study::PackFiles files = packWithSheet();
        QByteArray alerts = "alerts:\n";
        for (int i = 0; i < 51; ++i) {
            alerts +=
                "  - {id: a" + QByteArray::number(i) + ", when: {sad: daily}, protocol: severe, tells: {en: T}}\n";
        }
        edit(files, text(kSheet), "alerts:\n", alerts);
        VERIFY_FAULT(files, 1, kSheet, lineOf(files, text(kSheet), "id: a0,"), "a form has at most 50 alerts");
    }

    void aScoreOrAlertThatCannotWorkIsReported_data() {
        columns();
        row("sum of nothing there", "[tired, sad, helpers]", "[tired, sad, help]", "sum:", "is no item of this form",
            0);
        row("sum without values", "[tired, sad, helpers]", "[tired, sad, helpers, adult]",
            "sum:", "give each of its options a value");
        row("sum of what is not always asked", "[tired, sad, helpers]", "[tired, sad, helpers, helpers-seen]",
            "sum:", "is not always asked");
        row("item twice in a sum", "[tired, sad, helpers]", "[tired, sad, helpers, sad]", "sum:", "is here twice");
        row("score named like an item", "- id: total", "- id: sad", "- id: sad", "is used already", 2);
        row("hole", "least: 5, most: 15", "least: 6, most: 15", "id: high", "the band \"high\" should begin at 5");
        row("overlap", "least: 5, most: 15", "least: 4, most: 15", "id: high", "the band \"high\" should begin at 5");
        row("bands begin too late", "least: 0, most: 4", "least: 1, most: 4", "id: low", "should begin at 0");
        row("bands end too early", "least: 5, most: 15", "least: 5, most: 14", "id: high",
            "goes from 0 to 15, but the bands end at 14");
        row("bands end too late", "least: 5, most: 15", "least: 5, most: 16", "id: high", "the bands end at 16");
        row("band upside down", "least: 0, most: 4", "least: 0, most: -1", "id: low", "the band \"low\"");
        row("band twice", "id: high", "id: low", "{id: low, least: 5", "the band \"low\" is here twice");
        row("band without name", ", name: {en: \"high\"}", "", "id: high", "lacks \"name\"");
        row("alert without protocol", "protocol: item-nine, ", "", "id: sadness", "lacks \"protocol\"");
        row("alert that is not told", ", tells: {en: \"Somebody is told.\"}", "", "id: sadness", "lacks \"tells\"");
        row("alert twice", "{id: much", "{id: sadness", "{id: sadness, when: {total", "is here twice");
        row("carry nothing", "{adult: is_adult,", "{adults: is_adult,", "carry:", "cannot be carried over");
        row("carry words", "{adult: is_adult,", "{why-other: is_adult,", "carry:", "cannot be carried over");
        row("carry to no name", "{adult: is_adult,", "{adult: \"Is adult\",", "carry:", "cannot be a field");
        row("carry twice to a field", "{adult: is_adult,", "{adult: helpers_band,", "carry:", "each field once");
        row("carry from a screening", "kept: session", "kept: screening",
            "carry:", "only for forms that are kept with the session", 0);
    }
    void aScoreOrAlertThatCannotWorkIsReported() { checkRow(study::Severity::Error); }

    void whatSomebodyShouldLookAtIsAWarning_data() {
        columns();
        row("unverified wording", "{en: official}", "{en: unverified}", "wording", "the wording in en is not verified");
    }
    void whatSomebodyShouldLookAtIsAWarning() { checkRow(study::Severity::Warning); }

    void aSheetKeptApartSetsNothingOffAndAsksForNoWords() {
        study::PackFiles files = packWithSheet();
        edit(files, text(kSheet), "kept: session", "kept: apart");
        edit(files, text(kSheet), "carry: {adult: is_adult, helpers: helpers_band}\n", "");
        const auto checked = study::checkPack(files);
        const QByteArray found = allFaults(checked.faults);
        QVERIFY2(hasFault(checked.faults, text(kSheet), lineOf(files, text(kSheet), "id: sadness"),
                          text("can set nothing off")),
                 found);
        QVERIFY2(countOf(checked.faults, study::Severity::Error) == 1, found);
        QVERIFY2(countOf(checked.faults, study::Severity::Warning) == 4,
                 found);  // forms, why-other, long-since, who-acts
    }

    void yesAndNoAreWrittenOutInOtherLanguages() {
        study::PackFiles files = packWithSheet();
        for (const char* path : {"guides/member.", "consents/member."}) {
            files[text(path) + text("de.md")] = files.at(text(path) + text("en.md"));
        }
        edit(files, text("study.yaml"), "languages: [en]", "languages: [en, de]");
        const auto checked = study::checkPack(files);
        QVERIFY2(hasFault(checked.faults, text(kSheet), lineOf(files, text(kSheet), "id: adult"),
                          text("there is no list of options \"yes-no\"")),
                 allFaults(checked.faults).constData());
    }

    /// Pieces cut out and doubled at random: always a fault in this file, or a form that can be used.
    void aDamagedFormIsRefusedOrUsable() {
        std::mt19937 random(5);
        const auto upTo = [&](qsizetype most) { return std::uniform_int_distribution<qsizetype>(0, most)(random); };
        int usable = 0;
        for (int round = 0; round < 1500; ++round) {
            QByteArray content(kSheetText);
            for (qsizetype edits = 1 + upTo(1); edits > 0; --edits) {
                const qsizetype from = upTo(content.size() - 1);
                const QByteArray piece = content.mid(from, 1 + upTo(5));
                content.remove(from, piece.size());
                if (upTo(1) == 0) content.insert(upTo(content.size()), piece + piece);
            }
            study::PackFiles files = minimalPack();
            files[text(kSheet)] = bytesOf(content);
            const auto checked = study::checkPack(files);
            for (const study::Fault& fault : checked.faults) {
                QVERIFY(fault.file == text(kSheet) && fault.line <= content.count('\n') + 1);
            }
            const study::Form* form = checked.pack.form(text("sheet"));
            if (checked.hasErrors() || form == nullptr) continue;
            ++usable;
            const study::AnsweredForm empty{form, {}};
            QVERIFY(study::alerts(empty).empty());
            for (const study::Score& score : form->scores) {
                QVERIFY(study::totalSoFar(empty, score) == study::possibleRange(*form, score));
            }
        }
        QVERIFY2(usable > 50 && usable < 1400, QByteArray::number(usable));
    }

    void tooManyItemsAreRefused() {
        study::PackFiles files = packWithSheet();
        QByteArray items;
        for (int i = 0; i < 500; ++i) {
            items += "  - {id: x" + QByteArray::number(i) + ", type: text, text: {en: x}}\n";
        }
        edit(files, text(kSheet), "scores:", items + "scores:");
        QVERIFY(hasFault(study::checkPack(files).faults, text(kSheet), lineOf(files, text(kSheet), "items:") + 1,
                         text("a form holds at most 500 items")));
    }
};

QTEST_GUILESS_MAIN(TestForms)
#include "tst_forms.moc"
