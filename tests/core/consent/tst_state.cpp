// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QTest>

#include "consent/state.h"
#include "core/consent/consent_fixture.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::consent;
using study::Permission;

class TestState final : public QObject {
    Q_OBJECT

private:
    study::ConsentForm m_form = test::consentForm();

    [[nodiscard]] ConsentState stateWith(const std::map<QString, bool>& changes, bool yes = true) const {
        Evidence evidence;
        evidence.id = EvidenceId::random();
        evidence.participant = ParticipantId::random();
        evidence.formHash = m_form.hash;
        evidence.answers = test::consentAnswers(m_form, yes).items;
        for (const auto& [item, answer] : changes) {
            evidence.answers[item] = answer;
        }
        return stateOf(evidence, m_form);
    }

private slots:
    void eachItemGrantsItsOwnPermissionAndNoOther_data() {
        QTest::addColumn<QString>("item");
        QTest::addColumn<int>("permission");
        QTest::newRow("audio") << QStringLiteral("audio") << static_cast<int>(Permission::RecordAudio);
        QTest::newRow("quote") << QStringLiteral("quote") << static_cast<int>(Permission::Quote);
        QTest::newRow("contact") << QStringLiteral("contact") << static_cast<int>(Permission::ContactAgain);
    }
    void eachItemGrantsItsOwnPermissionAndNoOther() {
        QFETCH(const QString, item);
        QFETCH(const int, permission);
        const ConsentState onlyThis = stateWith({{item, true}}, false);
        const ConsentState allButThis = stateWith({{item, false}}, true);
        for (const Permission each : {Permission::RecordAudio, Permission::Quote, Permission::ContactAgain}) {
            const bool isThis = each == static_cast<Permission>(permission);
            QCOMPARE(onlyThis.allows(each), isThis);
            QCOMPARE(allButThis.allows(each), !isThis);
        }
    }

    void whoDoesNotTakePartAllowsNothing() {
        const ConsentState state = stateWith({{QStringLiteral("part"), false}});
        QVERIFY(!state.takesPart);
        QVERIFY(state.granted.empty());
        for (const Permission each :
             {Permission::TakePart, Permission::RecordAudio, Permission::Quote, Permission::ShareDeidentified,
              Permission::ContactAgain, Permission::ReceiveReport}) {
            QVERIFY(!state.allows(each));
        }
    }

    void takingPartIsAllowedByTheRequiredItems() {
        QVERIFY(stateWith({}, false).allows(Permission::TakePart));
        m_form.items[1].required = true;
        const ConsentState state = stateWith({{QStringLiteral("audio"), false}});
        QVERIFY(!state.takesPart);
        m_form = test::consentForm();
    }

    void whatNoItemNamesIsNotAllowed() { QVERIFY(!stateWith({}).allows(Permission::ShareDeidentified)); }

    void twoItemsOfOnePermissionNeedTwoYes() {
        m_form.items.push_back({QStringLiteral("voice"), QStringLiteral("La voix."), Permission::RecordAudio, false});
        QVERIFY(stateWith({}).allows(Permission::RecordAudio));
        QVERIFY(!stateWith({{QStringLiteral("voice"), false}}).allows(Permission::RecordAudio));
        QVERIFY(!stateWith({{QStringLiteral("audio"), false}}).allows(Permission::RecordAudio));
        m_form = test::consentForm();
    }

    void evidenceOfAnotherTextAllowsNothing() {
        Evidence evidence;
        evidence.answers = test::consentAnswers(m_form).items;
        evidence.formHash = crypto::sha256(viewOf(std::string_view("an older text")));
        const ConsentState state = stateOf(evidence, m_form);
        QVERIFY(!state.takesPart);
        QVERIFY(!state.allows(Permission::RecordAudio));
    }

    void aMissingAnswerIsANo() {
        Evidence evidence;
        evidence.formHash = m_form.hash;
        evidence.answers[QStringLiteral("part")] = true;
        const ConsentState state = stateOf(evidence, m_form);
        QVERIFY(state.takesPart);
        QVERIFY(!state.allows(Permission::RecordAudio));
    }

    void aStateComesBackFromItsJson() {
        const ConsentState state = stateWith({{QStringLiteral("quote"), false}});
        const auto read = stateFromJson(stateToJson(state));
        VERIFY_OK(read);
        QVERIFY(read->evidence == state.evidence);
        QVERIFY(read->participant == state.participant);
        QVERIFY(read->formHash == state.formHash);
        QVERIFY(read->answers == state.answers);
        QVERIFY(read->granted == state.granted);
        QVERIFY(read->takesPart);
    }

    void aStateWithAnUnknownPermissionIsRefused() {
        QJsonObject json = stateToJson(stateWith({}));
        json.insert(QStringLiteral("granted"), QJsonArray{QStringLiteral("everything")});
        VERIFY_FAILS(stateFromJson(json), ErrorCode::ParseFailed);
    }
};

QTEST_GUILESS_MAIN(TestState)
#include "tst_state.moc"
