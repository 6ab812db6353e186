// SPDX-License-Identifier: Apache-2.0
// Who signs which form, where, from when until when; and the protocol, which says what to do when it becomes hard.
#include <QTest>

#include "form_fixture.h"

using namespace sotto;
using namespace sotto::test;
using study::SignedBy;

namespace {

constexpr const char* kAdult = "consents/member.en.md";
constexpr const char* kProtocol = "protocol.en.md";

/// The smallest study with a form for a parent, the child's own, and questions before signing.
study::PackFiles packWithFamily() {
    study::PackFiles files = minimalPack();
    const QByteArray form = byteArrayOf(files.at(text(kAdult)));
    const auto withHead = [&](const QByteArray& lines) {
        return bytesOf(QByteArray(form).replace("version: 1\n", "version: 1\n" + lines));
    };
    files[text("consents/parent.en.md")] =
        withHead("role: member\nsigned_by: parent\nwith: child\nwitness: required\n");
    files[text("consents/child.en.md")] =
        withHead("role: member\nsigned_by: assent\nunderstands: questions\nread_aloud: false\n");
    files[text("instruments/questions.yaml")] =
        bytesOf("title: {en: Q}\nitems: [{id: a, type: single, options: yes-no, right: yes, text: {en: A}}]\n");
    return files;
}

/// Two versions of the form for adults, the older one as it was signed.
study::PackFiles packWithTwoVersions() {
    study::PackFiles files = minimalPack();
    files[text("consents/member-2025.en.md")] = files.at(text(kAdult));
    edit(files, text("consents/member-2025.en.md"), "version: 1\n",
         "version: 2025-03-01\nrole: member\nuntil: 2026-01-31\n");
    edit(files, text(kAdult), "version: 1\n", "version: 2\nin_force: 2026-02-01\n");
    return files;
}

}  // namespace

class TestConsentsAndProtocols : public QObject {
    Q_OBJECT

private slots:
    void aFormSaysWhoSignsItAndHow() {
        const auto checked = study::checkPack(packWithFamily());
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const auto named = [&](const char* id) {
            return std::ranges::find(checked.pack.consents, text(id), &study::ConsentForm::id);
        };
        const auto parent = named("parent");
        QCOMPARE(parent->role, text("member"));
        QVERIFY(parent->signedBy == SignedBy::Parent && parent->needsWitness && parent->mayBeOral);
        QCOMPARE(parent->with, text("child"));
        const auto child = named("child");
        QVERIFY(child->signedBy == SignedBy::Assent && !child->needsWitness && !child->mayBeOral);
        QCOMPARE(child->understands, text("questions"));
        QVERIFY(named("member")->signedBy == SignedBy::Adult && !named("member")->inForce.isValid());
        QCOMPARE(checked.pack.consent(text("member"), text("en"))->id, text("member"));
        QCOMPARE(checked.pack.consentsInForce(text("member"), QDate(2026, 11, 23), {}).size(), 3U);
    }

    void oldVersionsStayInThePackAndTheNewestIsInForce() {
        const auto checked = study::checkPack(packWithTwoVersions());
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const auto versionOn = [&](QDate day) {
            const auto forms = checked.pack.consentsInForce(text("member"), day, {});
            return forms.size() == 1 ? forms.front()->version : QString();
        };
        QCOMPARE(versionOn(QDate(2025, 2, 28)), QString());
        QCOMPARE(versionOn(QDate(2025, 3, 1)), text("2025-03-01"));
        QCOMPARE(versionOn(QDate(2026, 1, 31)), text("2025-03-01"));
        QCOMPARE(versionOn(QDate(2026, 2, 1)), text("2"));
        QCOMPARE(checked.pack.consent(text("member"), text("en"))->version, text("2"));
    }

    void twoVersionsInForceOnOneDayAreReported() {
        study::PackFiles files = packWithTwoVersions();
        edit(files, text("consents/member-2025.en.md"), "until: 2026-01-31", "until: 2026-02-01");
        VERIFY_FAULT(files, 1, "consents/member-2025.en.md", 2, "two versions in force: this one and ");
        edit(files, text("consents/member-2025.en.md"), "until: 2026-02-01\n", "");
        VERIFY_FAULT(files, 1, "consents/member-2025.en.md", 2, "say \"until: ...\" in the older one");
    }

    void twoSitesMayHaveFormsOfTheirOwn() {
        study::PackFiles files = packWithTwoVersions();
        edit(files, text("study.yaml"), "storage:",
             "sites: [{id: east, name: {en: E}, place: CA}, {id: west, name: {en: W}, place: CA}]\nstorage:");
        edit(files, text("consents/member-2025.en.md"), "until: 2026-01-31", "sites: [east]");
        edit(files, text(kAdult), "in_force: 2026-02-01", "sites: [west]");
        const auto checked = study::checkPack(files);
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const QDate day(2026, 11, 23);
        QCOMPARE(checked.pack.consentsInForce(text("member"), day, text("east")).size(), 1U);
        edit(files, text(kAdult), "sites: [west]", "sites: [west, east]");
        QVERIFY(study::checkPack(files).hasErrors());
        edit(files, text(kAdult), "sites: [west, east]", "sites: [north]");
        VERIFY_FAULT(files, 1, kAdult, 3, "study.yaml has no site \"north\"");
    }

    void aVersionNamesOneText() {
        study::PackFiles files = packWithTwoVersions();
        edit(files, text(kAdult), "version: 2\n", "version: 2025-03-01\n");
        VERIFY_FAULT(files, 1, "consents/member-2025.en.md", 2, "bears the same version \"2025-03-01\"");
    }

    void aHeadThatCannotWorkIsReported_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("marker");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const char* path, const char* from, const char* to, const char* marker,
                            const char* part) {
            QTest::newRow(name) << text(path) << QByteArray(from) << QByteArray(to) << QByteArray(marker) << text(part);
        };
        const char* parent = "consents/parent.en.md";
        const char* child = "consents/child.en.md";
        row("no such role", child, "role: member", "role: friend", "role: friend", "study.yaml has no role \"friend\"");
        row("signer", parent, "signed_by: parent", "signed_by: aunt", "aunt", "must be one of adult, assent, parent");
        row("parent alone", parent, "with: child\n", "", "signed_by", "a parent's yes needs the child's own");
        row("with nothing", parent, "with: child", "with: member", "with:", "there is no form \"member\" with");
        row("adult with", kAdult, "version: 1\n", "version: 1\nwith: child\n",
            "with:", "\"with\" is only for forms that a parent or a representative signs");
        row("witness", parent, "witness: required", "witness: maybe", "witness", "must be one of optional, required");
        row("no day", kAdult, "version: 1\n", "version: 1\nin_force: soon\n", "in_force", "\"soon\" is no date");
        row("ends first", kAdult, "version: 1\n", "version: 2026-02-01\nuntil: 2026-01-31\n", "until",
            "this form ends before it begins");
        row("questions", child, "understands: questions", "understands: riddles", "understands", "no form \"riddles\"");
        row("unknown", kAdult, "version: 1\n", "version: 1\nby: x\n", "by: x", "unknown key \"by\"");
        row("empty item", kAdult, "- I take part. {#take-part}", "- {#take-part}", "- {#take-part}", "has no text");
    }
    void aHeadThatCannotWorkIsReported() {
        QFETCH(QString, path);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, marker);
        QFETCH(QString, part);
        study::PackFiles files = packWithFamily();
        edit(files, path, from, to);
        const auto checked = study::checkPack(files);
        QVERIFY2(hasFault(checked.faults, path, lineOf(files, path, marker), part),
                 allFaults(checked.faults).constData());
        QVERIFY(checked.hasErrors());
    }

    void questionsBeforeSigningTestNobody() {
        study::PackFiles files = packWithFamily();
        edit(files, text("instruments/questions.yaml"), "options: yes-no",
             "options: [{id: yes, value: 1, name: {en: Y}}, {id: no, value: 0, name: {en: N}}]");
        files[text("instruments/questions.yaml")] =
            bytesOf(byteArrayOf(files[text("instruments/questions.yaml")]) + "scores: [{id: total, sum: [a]}]\n");
        VERIFY_FAULT(files, 1, "consents/child.en.md", 5, "nobody is tested");
        files = packWithFamily();
        edit(files, text("instruments/questions.yaml"), "right: yes, ", "");
        QVERIFY(hasFault(study::checkPack(files).faults, text("consents/child.en.md"), 5, text("is \"right\"")));
    }

    void everyLanguageOfAFormSaysTheSameAndIsThere() {
        study::PackFiles files = practicePack();
        edit(files, text("consents/person.fr.md"), "title:", "witness: required\ntitle:");
        VERIFY_FAULT(files, 2, "consents/person.fr.md", 3, "\"witness\" is \"required\" here, but \"optional\" in");
        files = practicePack();
        files[text("consents/person-2.fr.md")] = files.at(text("consents/person.fr.md"));
        edit(files, text("consents/person-2.fr.md"), "title:", "role: person\nsigned_by: representative\ntitle:");
        VERIFY_FAULT(files, 1, "consents/person-2.en.md", 1, "this file is missing");
    }

    void somebodyCanSignForEveryRole() {
        study::PackFiles files = packWithFamily();
        files.erase(text(kAdult));
        VERIFY_FAULT(files, 1, kAdult, 1, "an adult or a representative signs");
        edit(files, text("consents/parent.en.md"), "signed_by: parent", "signed_by: representative");
        QVERIFY(!study::checkPack(files).hasErrors());
    }

    void aRecordingThatCannotBeIsAWarning() {
        study::PackFiles files = packWithSheet();
        const char* item = "- I take part. {#take-part} (take-part, required)\n";
        edit(files, text(kAdult), item, QByteArray(item) + "- Record me. {#audio} (record-audio, optional)\n");
        edit(files, text("study.yaml"), "forms:", "session: alone, forms:");
        const auto checked = study::checkPack(files);
        QVERIFY(!checked.hasErrors());
        QVERIFY2(hasFault(checked.faults, text(kAdult), 1, text("nothing will be recorded")),
                 allFaults(checked.faults).constData());
    }

    void aProtocolHoldsItsHeadingsAndSteps() {
        study::PackFiles files = minimalPack();
        edit(files, text(kProtocol), "1. Stop asking.", "Breathe *out*.\n\nOnce more.\n\n1. Stop asking.\n2. Wait.");
        const auto checked = study::checkPack(files);
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const study::Protocol* protocol = checked.pack.protocol(text("en"));
        QVERIFY(protocol != nullptr && checked.pack.protocol(text("fr")) == nullptr);
        QCOMPARE(protocol->title, text("Pause and support"));
        QCOMPARE(protocol->text, text("For whoever leads the interview."));
        QCOMPARE(protocol->headings.size(), 5U);
        const study::ProtocolHeading* pause = protocol->heading(text(study::kProtocolPause));
        QCOMPARE(pause->title, text("A break"));
        QCOMPARE(pause->text, text("Breathe out.\n\nOnce more."));
        QVERIFY((pause->steps == std::vector{text("Stop asking."), text("Wait.")}));
        QVERIFY(protocol->heading(text("wrap-up")) == nullptr);
    }

    void aProtocolThatCannotBeFollowedIsReported_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("marker");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const char* from, const char* to, const char* marker, const char* part) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(marker) << text(part);
        };
        row("no danger", "## Danger {#danger}\n\n1. Call 911.\n", "", "# Pause", "the heading {#danger} is missing");
        row("no title", "# Pause and support\n\n", "", "For", "the protocol has no title");
        row("unknown heading", "{#severe}", "{#sad}", "{#sad}", "nothing ever opens the heading \"sad\"");
        row("heading twice", "{#severe}", "{#pause}", "A hard time", "is used already at line 5");
        row("no step", "1. Ask calmly.\n", "", "A hard answer", "this heading has no step");
        row("dashes", "1. Ask calmly.", "1. Ask calmly.\n   - Or not.", "- Or", "one simple numbered list");
        row("text after a step", "1. Ask calmly.\n", "1. Ask calmly.\n\nGently.\n", "Gently", "stands after a step");
        row("deep heading", "## A hard time {#severe}", "### A hard time {#severe}", "### A", "headings (##) only");
        row("a name", "1. Ask calmly.", "1. Ask {person}.", "{person}", "a protocol names nobody");
        row("no risk", "1. Ask calmly.", "1. Say there is No  risk.", "No  risk", "nobody can know that");
        row("without risk in French", "1. Ask calmly.", "1. Dites : aucun risque.", "aucun", "nobody can know that");
    }
    void aProtocolThatCannotBeFollowedIsReported() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, marker);
        QFETCH(QString, part);
        study::PackFiles files = minimalPack();
        edit(files, text(kProtocol), from, to);
        const auto checked = study::checkPack(files);
        QVERIFY2(hasFault(checked.faults, text(kProtocol), lineOf(files, text(kProtocol), marker), part),
                 allFaults(checked.faults).constData());
        QVERIFY(checked.hasErrors());
    }

    void aProtocolIsTheSameInEveryLanguage() {
        study::PackFiles files = practicePack();
        files[text(kProtocol)] = minimalPack().at(text(kProtocol));
        files[text("protocol.fr.md")] = files.at(text(kProtocol));
        QVERIFY(study::checkPack(files).faults.empty());
        edit(files, text("protocol.fr.md"), "1. Call 911.", "1. Appelez.\n2. Restez.");
        VERIFY_FAULT(files, 2, kProtocol, 9, "differs from protocol.fr.md:9 (here: 1 step; there: 2 steps)");
        files.erase(text("protocol.fr.md"));
        VERIFY_FAULT(files, 1, "protocol.fr.md", 1, "in every language of the study");
    }

    void aRealStudyHasAProtocolAndAlertsOpenIt() {
        study::PackFiles files = packWithSheet();
        edit(files, text(kProtocol), "## A hard answer {#item-nine}\n\n1. Ask calmly.\n", "");
        VERIFY_FAULT(files, 1, kSheet, lineOf(files, text(kSheet), "id: sadness"),
                     "the alert \"sadness\" opens the heading {#item-nine}, which the protocol does not have");
        files = minimalPack();
        files.erase(text(kProtocol));
        VERIFY_FAULT(files, 1, kProtocol, 1, "this file is missing");
    }

    void noScreeningSaysThatThereIsNoRisk() {
        study::PackFiles files = packIn("studies/a-caregiver-support");
        const QString path = text("screening/person.yaml");
        edit(files, path, "forms:", "# no risk is ever said\nforms:");
        QVERIFY(!study::checkPack(files).hasErrors());
        edit(files, path, "en: \"", "en: \"Without risk. ");
        QVERIFY(study::checkPack(files).hasErrors());
    }

    void theSameIdAsksTheSameInAGuideAndAForm() {
        study::PackFiles files = packWithSheet();
        edit(files, text("guides/member.en.md"), "## The only section",
             "## Once {#once} (1 min)\n\n1. Why? {#why-other}\n\n## The only section");
        QVERIFY(study::checkPack(files).faults.empty());
        edit(files, text("guides/member.en.md"), "1. Why?", "1. And why?");
        const auto checked = study::checkPack(files);
        QVERIFY(!checked.hasErrors());
        QVERIFY2(hasFault(checked.faults, text("guides/member.en.md"),
                          lineOf(files, text("guides/member.en.md"), "And why?"),
                          text("is worded otherwise in instruments/sheet.yaml")),
                 allFaults(checked.faults).constData());
    }

    void aFrenchGuideNeverElidesAName() {
        study::PackFiles files = practicePack();
        const QString path = text("guides/person.fr.md");
        edit(files, path, "{caregiver} et vous", "vous, aupr\xc3\xa8s de {caregiver}");
        const auto checked = study::checkPack(files);
        QVERIFY(!checked.hasErrors());
        QVERIFY(hasFault(checked.faults, path, lineOf(files, path, "de {caregiver}"), text("\"de\" before a name")));
    }
};

QTEST_GUILESS_MAIN(TestConsentsAndProtocols)
#include "tst_consents_and_protocols.moc"
