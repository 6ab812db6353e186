// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "workflow/help_file.h"

using namespace sotto;
using workflow::HelpSheet;
using workflow::parseHelp;

namespace {

study::StudyPack packWithAll() {
    study::StudyPack pack;
    study::Role role;
    role.id = QStringLiteral("caregiver");
    role.name = {{QStringLiteral("fr"), QStringLiteral("Proche")}, {QStringLiteral("en"), QStringLiteral("Caregiver")}};
    pack.roles = {role};
    pack.emergency.place = QStringLiteral("CA");
    pack.emergency.name = {{QStringLiteral("fr"), QStringLiteral("Urgence")},
                           {QStringLiteral("en"), QStringLiteral("Emergency")}};
    pack.emergency.phone = QStringLiteral("911");
    pack.emergency.verified = QStringLiteral("2026-11-01");
    study::CrisisLine line;
    line.place = QStringLiteral("QC");
    line.name = {{QStringLiteral("fr"), QStringLiteral("Ligne\td'aide\nQC")},
                 {QStringLiteral("en"), QStringLiteral("Help line QC")}};
    line.phone = QStringLiteral("1 866 277-3553");
    line.hours = {{QStringLiteral("fr"), QStringLiteral("jour et nuit")},
                  {QStringLiteral("en"), QStringLiteral("day and night")}};
    line.roles = {QStringLiteral("caregiver")};
    pack.crisisLines = {line};
    pack.policy.onCall = study::OnCall{QStringLiteral("Sam"), QStringLiteral("514 555-0100")};
    study::Protocol protocol;
    protocol.language = QStringLiteral("fr");
    protocol.headings = {{QStringLiteral("pause"),
                          QStringLiteral("Faire une pause"),
                          QStringLiteral("Rien ne presse.\n\nUne \\barre."),
                          {QStringLiteral("Arrêtez"), QStringLiteral("Offrez\nde l'eau")}},
                         {QStringLiteral("danger"), QStringLiteral("Danger"), {}, {}}};
    pack.protocols = {protocol};
    return pack;
}

}  // namespace

class TestHelpFile final : public QObject {
    Q_OBJECT

private slots:
    void everythingComesBackAsItWasWritten() {
        const HelpSheet sheet = parseHelp(workflow::helpText(packWithAll()), QStringLiteral("fr"));
        QCOMPARE(sheet.lines.size(), std::size_t{2});
        QVERIFY(sheet.lines[0].isEmergency && !sheet.lines[1].isEmergency);
        QCOMPARE(sheet.lines[0].phone, QStringLiteral("911"));
        QCOMPARE(sheet.lines[0].verified, QStringLiteral("2026-11-01"));
        QCOMPARE(sheet.lines[1].name, QStringLiteral("Ligne\td'aide\nQC"));
        QCOMPARE(sheet.lines[1].place, QStringLiteral("QC"));
        QCOMPARE(sheet.lines[1].hours, QStringLiteral("jour et nuit"));
        QCOMPARE(sheet.lines[1].whom, QStringLiteral("Proche"));
        QVERIFY(sheet.lines[1].verified.isEmpty());
        QVERIFY(sheet.onCall && sheet.onCall->phone == u"514 555-0100" && sheet.onCall->name == u"Sam");
        QCOMPARE(sheet.headings.size(), std::size_t{2});
        const auto* pause = sheet.heading(QStringLiteral("pause"));
        QVERIFY(pause != nullptr);
        QCOMPARE(pause->text, QStringLiteral("Rien ne presse.\n\nUne \\barre."));
        QCOMPARE(pause->steps, (QStringList{QStringLiteral("Arrêtez"), QStringLiteral("Offrez\nde l'eau")}));
        QVERIFY(sheet.heading(QStringLiteral("severe")) == nullptr);
    }

    void eachLanguageIsShownByItself() {
        const HelpSheet sheet = parseHelp(workflow::helpText(packWithAll()), QStringLiteral("en"));
        QCOMPARE(sheet.lines.size(), std::size_t{2});
        QCOMPARE(sheet.lines[1].name, QStringLiteral("Help line QC"));
        QVERIFY(sheet.headings.empty());
        QVERIFY(sheet.onCall.has_value());
    }

    void aLanguageThatTheStudyLacksGetsWhatThereIs() {
        QCOMPARE(parseHelp(workflow::helpText(packWithAll()), QStringLiteral("de")).lines.size(), std::size_t{2});
    }

    void theFirstVersionStillHelps() {
        const QByteArray old =
            "CA\tfr\tUrgence\t911\t\t\t2026-11-22\nCA\ten\tEmergency\t911\t\t\t2026-11-22\n"
            "QC\tfr\tAppelle\t1 866\t535353\tsuicide.ca\t2026-08-01\nQC\ten\tCall\t1 866\t\t\t2026-08-01\n";
        const HelpSheet sheet = parseHelp(old, QStringLiteral("fr"));
        QCOMPARE(sheet.lines.size(), std::size_t{2});
        QVERIFY(sheet.lines[0].isEmergency && sheet.lines[0].name == u"Urgence");
        QVERIFY(!sheet.lines[1].isEmergency && sheet.lines[1].place == u"QC" && sheet.lines[1].text == u"535353");
        QCOMPARE(sheet.lines[1].web, QStringLiteral("suicide.ca"));
    }

    void whatIsNotUnderstoodIsPassedOver() {
        QByteArray text = workflow::helpText(packWithAll());
        text.replace("sotto-help\t2", "sotto-help\t3");
        text += "map\tfr\tsomewhere\nline\tfr\tshort\nstep\tfr\tnowhere\tdo\n\t\t\t\n";
        const HelpSheet sheet = parseHelp(text, QStringLiteral("fr"));
        QCOMPARE(sheet.lines.size(), std::size_t{2});
        QCOMPARE(sheet.headings.size(), std::size_t{2});
        QVERIFY(parseHelp({}, QStringLiteral("fr")).lines.empty());
    }

    void damageTakesNothingThatIsElsewhere() {
        const QByteArray whole = workflow::helpText(packWithAll());
        std::mt19937 random(20261123);
        for (int round = 0; round < 2000; ++round) {
            QByteArray text = whole;
            const auto place = static_cast<qsizetype>(random() % static_cast<unsigned>(text.size()));
            if (round % 2 == 0) {
                text[place] = static_cast<char>(random() % 256);
            } else {
                text.truncate(place);
            }
            const HelpSheet sheet = parseHelp(text, QStringLiteral("fr"));
            QVERIFY(sheet.lines.size() <= 4 && sheet.headings.size() <= 2);
            if (round % 2 == 0) QVERIFY(sheet.lines.size() + sheet.headings.size() >= 2);
        }
    }
};

QTEST_GUILESS_MAIN(TestHelpFile)
#include "tst_help_file.moc"
