// SPDX-License-Identifier: Apache-2.0
// One broken pack per rule, made from the practice study by one edit; each must give just the faults expected, at the
// file and line where somebody would repair it.
#include <QTest>

#include "pack_fixture.h"

using namespace sotto;
using namespace sotto::test;

namespace {

constexpr const char* kStudy = "study.yaml";
constexpr const char* kCodes = "codebook.yaml";
constexpr const char* kDeident = "deident.yaml";
constexpr const char* kGuide = "guides/person.fr.md";
constexpr const char* kEnglish = "guides/person.en.md";
constexpr const char* kConsent = "consents/person.fr.md";

/// `marker` is a text whose line the fault must bear; empty for the whole file, which stands for line 1.
void row(const char* name, const char* path, const char* from, const char* to, const char* marker, const char* part,
         int count = 1) {
    QTest::newRow(name) << text(path) << QByteArray(from) << QByteArray(to) << QByteArray(marker) << text(part)
                        << count;
}

}  // namespace

class TestBrokenPacks : public QObject {
    Q_OBJECT

private:
    static void columns() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("marker");
        QTest::addColumn<QString>("part");
        QTest::addColumn<int>("count");
    }
    static void checkRow() {
        QFETCH(QString, path);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, marker);
        QFETCH(QString, part);
        QFETCH(int, count);
        study::PackFiles files = practicePack();
        edit(files, path, from, to);
        const int line = marker.isEmpty() ? 1 : lineOf(files, path, marker);
        VERIFY_FAULT(files, count, path.toUtf8().constData(), line, part.toUtf8().constData());
    }

private slots:
    void aBrokenStudyFileIsReportedWhereItIs_data() {
        columns();
        row("unknown key", kStudy,
            "ethics:", "funding: x\nethics:", "funding:", "unknown key \"funding\" in study.yaml");
        row("missing key", kStudy, "ethics: \"none (practice only)\"\n", "", "id: practice", "lacks \"ethics\"");
        row("empty key", kStudy, "\"none (practice only)\"", "\"  \"", "ethics:", "is empty");
        row("duplicate key", kStudy, "version: 1\n", "version: 1\nversion: 2\n", "version: 2",
            "the key \"version\" is here twice (first at line 3)");
        row("version not a number", kStudy, "version: 1", "version: one", "version: one", "must be a whole number");
        row("version zero", kStudy, "version: 1", "version: 0", "version: 0", "must be a whole number");
        row("id with capitals", kStudy, "id: practice", "id: Practice", "id: Practice", "cannot be an id");
        row("id with an accent", kStudy, "id: practice", "id: pr\xc3\xa9lude", "id: pr", "cannot be an id");
        row("title in one language", kStudy, "  en: \"Practice study: support from someone close during recovery\"\n",
            "", "  fr: ", "\"title\" of study.yaml lacks \"en\"");
        row("duplicate role", kStudy, "id: caregiver", "id: person", "id: person\n    name: {fr: \"Proche",
            "the role \"person\" is here twice", 0);
        row("purge rule", kStudy, "purge_after: stored", "purge_after: never", "purge_after", "must be stored");
        row("practice flag", kStudy, "practice: true", "practice: perhaps", "practice: perhaps",
            "must be true or false");
        row("bitrate", kStudy, "bitrate: 32000", "bitrate: 8", "bitrate: 8", "from 16000 to 128000");
        row("audio key", kStudy, "bitrate: 32000", "bitrate: 32000\n  codec: mp3", "codec",
            "unknown key \"codec\" in audio");
        row("no crisis line number", kStudy, "    phone: \"811\"\n", "", "place: QC\n    name: {fr: \"Info",
            "no way to reach it");
        row("crisis line number", kStudy, "phone: \"811\"", "phone: \"call us\"", "call us", "is no telephone number");
        row("crisis line date", kStudy, "phone: \"911\"\n  verified: 2026-11-22",
            "phone: \"911\"\n  verified: last week", "last week", "is no date");
        row("impossible date", kStudy, "phone: \"911\"\n  verified: 2026-11-22",
            "phone: \"911\"\n  verified: 2026-02-30", "2026-02-30", "is no date");
        row("emergency missing", kStudy, "emergency:", "crisis: \nemergencies:", "id: practice", "lacks \"emergency\"",
            3);
        row("list instead of map", kStudy,
            "  - id: caregiver\n    name: {fr: \"Proche\", en: \"Person close to them\"}\n"
            "    called: {fr: \"votre proche\", en: \"the person close to you\"}\n    forms:\n"
            "      - {form: context, when: any, by: participant}\n"
            "      - {form: about-you, when: any, by: participant}\n",
            "  - caregiver\n", "- caregiver", "a role must be written as", 0);
        row("called in one language", kStudy, "{fr: \"votre proche\", en: \"the person close to you\"}",
            "{fr: \"votre proche\"}", "votre proche", "\"called\" of a role lacks \"en\"");
        row("called with braces", kStudy, "\"votre proche\"", "\"votre {x}\"", "votre {x}", "can hold no braces");
        row("bad YAML", kStudy, "title:", "title: [", "  en: \"", "cannot be read as YAML", 0);
        row("alias", kStudy, "\"none (practice only)\"", "*none", "*none", "cannot be read as YAML", 0);
        row("anchor", kStudy, "\"none (practice only)\"", "&x none", "&x none", "an anchor with &");
        row("anchor and alias", kStudy, "id: practice\nversion: 1", "id: &x practice\nversion: *x", "version: *x",
            "a reference with *", 3);
        row("tag", kStudy, "\"none (practice only)\"", "!!binary aGk=", "!!binary", "a tag with !");
        row("language code", kStudy, "languages: [fr, en]", "languages: [fr, en, English]", "languages",
            "is no language code");
        row("language twice", kStudy, "languages: [fr, en]", "languages: [fr, en, fr]", "languages", "is here twice");
    }
    void aBrokenStudyFileIsReportedWhereItIs() {
        QFETCH(int, count);
        if (count > 0) {
            checkRow();
            return;
        }
        // breaks what other files rest on: more faults follow, this one must be among them
        QFETCH(QString, path);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, marker);
        QFETCH(QString, part);
        study::PackFiles files = practicePack();
        edit(files, path, from, to);
        const auto checked = study::checkPack(files);
        QVERIFY2(hasFault(checked.faults, path, lineOf(files, path, marker), part),
                 allFaults(checked.faults).constData());
    }

    void aBrokenGuideIsReportedWhereItIs_data() {
        columns();
        row("question without id", kGuide, "aujourd'hui. {#recovery-story}", "aujourd'hui.", "1. Pour commencer",
            "this question has no id", 2);
        row("duplicate id", kGuide, "{#recovery-good-day}", "{#recovery-story}", "2. \xc3\x80 quoi ressemble",
            "the id \"recovery-story\" is used already at line 9", 5);
        row("bad id", kGuide, "{#recovery-story}", "{#Recovery Story}", "1. Pour commencer", "cannot be an id", 2);
        row("unknown role in braces", kGuide, "{caregiver} et vous", "{soignant} et vous", "{soignant}",
            "{soignant} is no role of this study: write one of {person}, {caregiver}, {friend}, {circle}");
        row("brace alone", kGuide, "ces temps-ci?", "ces} temps-ci?", "ces}", "a brace without its other half");
        row("no planned time", kGuide, "{#recovery} (15 min)", "{#recovery}", "{#recovery}", "no planned time");
        row("other planned time", kGuide, "{#recovery} (15 min)", "{#recovery} (20 min)", "{#recovery}",
            "differs from guides/person.en.md:5 (here: 20 min; there: 15 min)", 2);
        row("missing translation", kEnglish, "2. What does a good day look like lately? {#recovery-good-day}\n", "",
            "- And a harder one?", "differs from", 3);
        row("no title", kGuide, "# Entrevue d'exercice avec la personne en r\xc3\xa9tablissement\n", "", "\nCe guide",
            "the guide has no title");
        row("second title", kGuide, "## La relation", "# La relation", "# La relation", "a second title", 1);
        row("deep heading", kGuide, "## La relation {#relationship} (10 min)",
            "## La relation {#relationship} (10 min)\n\n### Plus\n", "### Plus",
            "a guide has a title (#) and sections (##) only");
        row("text after a question", kGuide,
            "   - Et une journ\xc3\xa9"
            "e plus difficile? {#recovery-hard-day}\n",
            "   - Et une journ\xc3\xa9"
            "e plus difficile? {#recovery-hard-day}\n\nUn mot.\n",
            "Un mot.", "stands after a question");
        row("remark after a question", kGuide, "{#recovery-story}", "{#recovery-story} (important)", "(important)",
            "nothing may follow the id");
        row("numbered probe", kGuide, "   - Et une journ", "   1. Et une journ", "1. Et une journ",
            "probes are a simple list", 2);
        row("HTML", kGuide, "racontez-moi", "racontez-<b>moi</b>", "<b>", "HTML is not allowed", 2);
        row("HTML block", kGuide, "## La relation", "<script>x</script>\n\n## La relation", "<script>",
            "HTML is not allowed");
        row("link", kGuide, "racontez-moi", "[racontez](http://x.example)-moi", "[racontez]", "links are not allowed");
        row("image", kGuide, "racontez-moi", "![photo](x.png) racontez-moi", "![photo]", "images are not allowed");
        row("entity", kGuide, "racontez-moi", "racontez&nbsp;moi", "&nbsp;", "write the character itself");
        row("quotation", kGuide, "Commencez loin", "> Commencez loin", "> Commencez", "quotations are not allowed");
        row("code block", kGuide, "Commencez loin", "```\nx\n```\n\nCommencez loin", "x\n```",
            "code blocks are not allowed");
        row("accidental heading", kGuide, "laissez la personne choisir ses mots.",
            "laissez la personne choisir ses mots.\n---", "Commencez loin", "the line of dashes");
        row("control character", kGuide, "racontez", "racon\x01tez", "racon\x01tez", "invisible control character", 1);
        row("not UTF-8", kGuide, "racontez", "racont\xe9z", "racont\xe9z", "not in UTF-8", 1);
        row("overlong UTF-8", kGuide, "racontez", "racont\xc0\xafz", "racont\xc0\xafz", "not in UTF-8", 1);
        row("cut UTF-8 at the end of a line", kGuide, "aujourd'hui. {#recovery-story}",
            "aujourd'hui. {#recovery-story} \xc3", "1. Pour commencer", "not in UTF-8", 1);
    }
    void aBrokenGuideIsReportedWhereItIs() { checkRow(); }

    void aMissingTranslationIsReportedAtTheQuestionThatLacksIt() {
        study::PackFiles files = practicePack();
        edit(files, text(kEnglish), "   - And a harder one? {#recovery-hard-day}\n", "");
        VERIFY_FAULT(files, 1, kGuide, lineOf(files, text(kGuide), "{#recovery-hard-day}"),
                     "the probe \"recovery-hard-day\" has no counterpart in guides/person.en.md: add it there");
    }

    void anotherOrderInOneLanguageIsReported() {
        study::PackFiles files = practicePack();
        edit(files, text(kEnglish), "   - How did you come to know each other? {#relationship-beginning}\n", "");
        edit(files, text(kEnglish), "   - What do you usually do together? {#relationship-together}\n",
             "   - What do you usually do together? {#relationship-together}\n"
             "   - How did you come to know each other? {#relationship-beginning}\n");
        VERIFY_FAULT(files, 2, kEnglish, lineOf(files, text(kEnglish), "{#relationship-beginning}"),
                     "comes earlier in guides/person.fr.md (line 18)");
    }

    void aBrokenConsentFormIsReportedWhereItIs_data() {
        columns();
        row("missing part", kConsent, "{#storage}", "{#stockage}", "{#items}", "the part {#storage} is missing", 3);
        row("empty part", kConsent,
            "Personne ne finance cet exercice et personne n'est pay\xc3\xa9 pour y participer. Dans une "
            "vraie \xc3\xa9tude, on nomme ici l'organisme\nqui la finance.\n",
            "", "{#funder}", "the part \"funder\" is empty");
        row("item enforcing nothing", kConsent, "{#quote} (quote, optional)", "{#quote}", "{#quote}",
            "the item \"quote\" enforces nothing", 2);
        row("unknown permission", kConsent, "(quote, optional)", "(publish, optional)", "(publish",
            "the item \"quote\" enforces nothing", 2);
        row("duty missing", kConsent, "(quote, optional)", "(quote)", "(quote)", "must say required or optional");
        row("other duty", kConsent, "(quote, optional)", "(quote, required)", "(quote, required)",
            "differs from consents/person.en.md", 2);
        row("taking part optional", kConsent, "(take-part, required)", "(take-part, optional)", "(take-part",
            "taking part cannot be optional", 3);
        row("no item for taking part", kConsent,
            "- J'accepte de participer \xc3\xa0 cette entrevue d'exercice. {#take-part} (take-part, required)\n", "",
            "{#items}", "no item asks for taking part", 2);
        row("two items for one permission", kConsent, "(contact-again, optional)", "(quote, optional)",
            "{#contact-again}", "both allow quote", 3);
        row("duplicate item", kConsent, "{#contact-again}", "{#quote}", "communique de nouveau",
            "is used already at line", 4);
        row("text among items", kConsent, "## Vos choix {#items}\n", "## Vos choix {#items}\n\nChoisissez.\n",
            "Choisissez.", "one simple list only");
        row("text before the parts", kConsent, "\n## \xc3\x80 quoi sert", "\nBonjour.\n\n## \xc3\x80 quoi sert",
            "Bonjour.", "stands before the first part");
        row("title in the body", kConsent, "## \xc3\x80 quoi sert", "# Titre\n\n## \xc3\x80 quoi sert", "# Titre",
            "the title stands between the --- lines");
        row("name in braces", kConsent, "la personne proche. Votre", "{caregiver}. Votre", "Ce que vous dites",
            "a consent form names nobody");
        row("other version", kConsent, "version: 2026-11-22", "version: 2026-12-01",
            "version:", "version \"2026-12-01\" here, but \"2026-11-22\" in consents/person.en.md", 2);
        row("strange version", kConsent, "version: 2026-11-22", "version: ../../x", "version:", "cannot be a version",
            3);
        row("unknown key in the head", kConsent, "version:", "date: x\nversion:", "date: x", "unknown key \"date\"");
        row("missing head", kConsent, "---\nversion", "version", "version", "begins with its version and title", 5);
    }
    void aBrokenConsentFormIsReportedWhereItIs() { checkRow(); }

    void aBrokenCodebookOrPolicyIsReportedWhereItIs_data() {
        columns();
        row("duplicate code", kCodes, "id: validation", "id: presence", "id: presence\n    name: {fr: Validation",
            "the code \"presence\" is here twice");
        row("missing definition", kCodes,
            "      en: \"Giving or receiving affection, comfort, trust or compassion.\"\n", "", "      fr: \"Donner ou",
            "lacks \"en\"");
        row("colour", kCodes, "\"#1b6ca8\"", "blue", "color: blue", "\"blue\" is no colour");
        row("unknown key", kCodes, "live_coding: true", "live_coding: true\nshortcuts: []", "shortcuts",
            "unknown key \"shortcuts\"");
        row("dimension value", kCodes, "[positive, negative]", "[positive, Negative]", "valence",
            "cannot be used for a dimension");
        row("dimension twice", kCodes, "[positive, negative]", "[positive, positive]", "valence", "is here twice");
        row("unknown table", kDeident,
            "  marks:", "  notes: [text]\n  marks:", "  notes:", "unknown key \"notes\" in tables");
        row("unknown field", kDeident, "marks: [research_code, at_s]", "marks: [research_code, text]",
            "marks:", "\"text\" is no field of the table \"marks\": its fields are research_code, at_s");
        row("field twice", kDeident, "marks: [research_code, at_s]", "marks: [at_s, at_s]", "marks:", "is here twice");
        row("second document", kDeident, "tables:", "tables: {}\n---\ntables:", "---", "a second document", 1);
    }
    void aBrokenCodebookOrPolicyIsReportedWhereItIs() { checkRow(); }

    void missingForeignAndHugeFilesAreReported() {
        study::PackFiles files = practicePack();
        files.erase(text("guides/caregiver.en.md"));
        VERIFY_FAULT(files, 1, "guides/caregiver.en.md", 1, "this file is missing");

        files = practicePack();
        files.erase(text("deident.yaml"));
        VERIFY_FAULT(files, 1, "deident.yaml", 1, "this file is missing");

        files = practicePack();
        files[text("guides/notes.docx")] = {};
        VERIFY_FAULT(files, 1, "guides/notes.docx", 1, "this file is not part of a study pack");

        files = practicePack();
        files[text("guides/stranger.fr.md")] = files[text("guides/person.fr.md")];
        VERIFY_FAULT(files, 1, "guides/stranger.fr.md", 1, "study.yaml has no role \"stranger\"");

        files = practicePack();
        files[text(kGuide)] = Bytes(study::kMaxPackFileBytes + 1, 'x');
        VERIFY_FAULT(files, 1, kGuide, 1, "larger than 1 MiB");

        files = practicePack();
        for (int i = 0; i < 200; ++i) {
            files[QStringLiteral("instruments/sheet%1.yaml").arg(i)] = bytesOf("title: x\n");
        }
        const auto checked = study::checkPack(files);
        QVERIFY(hasFault(checked.faults, text(kStudy), 1, text("the pack is too large")));
    }

    void allFaultsAreFoundInOneGo() {
        study::PackFiles files = practicePack();
        edit(files, text(kStudy), "purge_after: stored", "purge_after: never");
        edit(files, text(kCodes), "\"#1b6ca8\"", "blue");
        edit(files, text(kGuide), "{caregiver} et vous", "{soignant} et vous");
        edit(files, text(kConsent), "(quote, optional)", "(quote)");
        const auto checked = study::checkPack(files);
        QCOMPARE(checked.faults.size(), 4U);
        const auto parsed = study::parsePack(files);
        QVERIFY(!parsed.has_value());
        QCOMPARE(parsed.error().code, ErrorCode::ParseFailed);
        QVERIFY(QString::fromStdString(parsed.error().context).startsWith(text("codebook.yaml:")));
    }

    void aFaultIsWrittenWithFileAndLine() {
        const study::Fault fault{text("guides/person.fr.md"), 12, text("say it.")};
        QCOMPARE(fault.toString(), text("guides/person.fr.md:12: say it."));
        const study::Fault warning{text("study.yaml"), 3, text("look at it."), study::Severity::Warning};
        QCOMPARE(warning.toString(), text("study.yaml:3: warning: look at it."));
    }

    void onlyErrorsMakeAPackUnusable() {
        study::Checked checked;
        study::FaultList faults(text("study.yaml"), checked.faults);
        faults.warn(0, text("look at it."));
        QVERIFY(!checked.hasErrors());
        QVERIFY(checked.firstError() == nullptr);
        QCOMPARE(checked.faults.front().line, 1);
        faults.add(2, text("mend it."));
        QVERIFY(checked.hasErrors());
        QCOMPARE(checked.firstError()->sentence, text("mend it."));
    }

    void aFloodOfWarningsHidesNoError() {
        study::Checked checked;
        study::FaultList faults(text("study.yaml"), checked.faults);
        for (std::size_t i = 0; i < 2 * study::FaultList::kMaxFaults; ++i) {
            faults.warn(1, text("look at it."));
        }
        QVERIFY(!checked.hasErrors());
        QVERIFY(checked.faults.size() < study::FaultList::kMaxFaults);
        faults.add(2, text("mend it."));
        QVERIFY(checked.hasErrors());
    }
};

QTEST_GUILESS_MAIN(TestBrokenPacks)
#include "tst_broken_packs.moc"
