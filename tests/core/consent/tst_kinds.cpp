// SPDX-License-Identifier: Apache-2.0
// Consent that is not simply signed on the glass: on paper, by voice, by a mark, by somebody for somebody.
#include <QTest>

#include "consent/code.h"
#include "core/consent/consent_fixture.h"
#include "core/people/two_vaults.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::consent;
using study::Permission;
using study::SignedBy;

namespace {

QByteArray image(vault::Database& database) {
    return byteArrayOf(dynamic_cast<vault::Vault&>(database).plainImage());
}

Attachment attachmentOf(const QString& type, std::size_t size = 64) {
    return {type, Bytes(size, 0x42)};
}

study::ConsentForm formOf(const char* id, SignedBy signedBy, const char* text) {
    study::ConsentForm form = test::consentForm();
    form.id = QString::fromLatin1(id);
    form.signedBy = signedBy;
    form.hash = crypto::sha256(viewOf(std::string_view(text)));
    return form;
}

}  // namespace

class TestKinds final : public QObject {
    Q_OBJECT

private:
    crypto::SigningKey m_device = crypto::SigningKey::generate();
    study::ConsentForm m_form = test::consentForm();
    study::ConsentForm m_parents = formOf("parent", SignedBy::Parent, "the parents' text");
    study::ConsentForm m_childs = formOf("child", SignedBy::Assent, "the child's text");
    ParticipantId m_participant = ParticipantId::random();

    [[nodiscard]] Result<Evidence> make(const Answers& answers) const {
        return makeEvidence(m_participant, QStringLiteral("practice"), m_form, answers, m_device);
    }
    [[nodiscard]] Answers answersOf(Kind kind) const {
        Answers answers = test::consentAnswers(m_form);
        answers.kind = kind;
        if (kind == Kind::Glass) return answers;
        answers.strokes.erase(Signer::Participant);
        answers.attachment = attachmentOf(kind == Kind::Paper ? kPictureType : kSoundType);
        return answers;
    }
    [[nodiscard]] std::pair<Evidence, Evidence> bound(bool parentYes, bool childYes, const char* refusedByChild = "") {
        Answers parents = test::consentAnswers(m_parents);
        parents.signatory = QStringLiteral("Ada's mother");
        parents.items[QStringLiteral("part")] = parentYes;
        Answers childs = test::consentAnswers(m_childs);
        childs.items[QStringLiteral("part")] = childYes;
        if (*refusedByChild != 0) childs.items[QLatin1String(refusedByChild)] = false;
        const auto both = makeBoundEvidence(m_participant, QStringLiteral("practice"), {m_parents, parents},
                                            {m_childs, childs}, m_device);
        SOTTO_CHECK(both.has_value());
        return *both;
    }

private slots:
    void initTestCase() { m_parents.with = m_childs.id; }

    void paperAndVoiceNeedWhatTheyRestOnAndTheInterviewer() {
        for (const Kind kind : {Kind::Paper, Kind::Oral}) {
            const auto evidence = make(answersOf(kind));
            VERIFY_OK(evidence);
            QVERIFY(evidence->kind == kind && evidence->strokes.count(Signer::Participant) == 0);
            QVERIFY(evidence->attachmentHash == crypto::sha256(Bytes(64, 0x42)));
            const auto read = Evidence::fromJson(evidence->toJson());
            VERIFY_OK(read);
            VERIFY_OK(verifyEvidence(*read, m_device.verifyKey()));
            QVERIFY(read->kind == kind && read->attachmentType == evidence->attachmentType);
            Answers bad = answersOf(kind);
            bad.attachment.reset();
            VERIFY_FAILS(make(bad), ErrorCode::InvalidArgument);
            bad = answersOf(kind);
            bad.attachment->type = kind == Kind::Paper ? kSoundType : kPictureType;
            VERIFY_FAILS(make(bad), ErrorCode::InvalidArgument);
            bad = answersOf(kind);
            bad.attachment->bytes.clear();
            VERIFY_FAILS(make(bad), ErrorCode::InvalidArgument);
            bad = answersOf(kind);
            bad.attachment->bytes.resize(kMostAttachment + 1);
            VERIFY_FAILS(make(bad), ErrorCode::InvalidArgument);
            bad = answersOf(kind);
            bad.strokes.clear();
            VERIFY_FAILS(make(bad), ErrorCode::InvalidArgument);
        }
    }

    void aFormThatMustBeReadIsNotGivenByVoice() {
        m_form.mayBeOral = false;
        VERIFY_FAILS(make(answersOf(Kind::Oral)), ErrorCode::InvalidArgument);
        VERIFY_OK(make(answersOf(Kind::Paper)));
        m_form = test::consentForm();
    }

    void aMarkOrADotCountsOnlyWithAWitnessWhoSigns() {
        const std::vector<Stroke> dot{{{500, 200}, {502, 200}}};
        const std::vector<Stroke> cross{{{400, 100}, {500, 200}}, {{500, 100}, {400, 200}}};
        for (const bool isDot : {true, false}) {
            Answers answers = answersOf(Kind::Glass);
            answers.strokes[Signer::Participant] = isDot ? dot : cross;
            answers.isMark = !isDot;
            VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
            answers.witness = QStringLiteral("Noor Imaginary");
            VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
            answers.strokes[Signer::Witness] = {{{10, 10}, {300, 90}}};
            const auto evidence = make(answers);
            VERIFY_OK(evidence);
            QVERIFY(evidence->isMark);
            const auto read = Evidence::fromJson(evidence->toJson());
            VERIFY_OK(read);
            VERIFY_OK(verifyEvidence(*read, m_device.verifyKey()));
            QCOMPARE(read->witness, QStringLiteral("Noor Imaginary"));
            answers.witness = QStringLiteral("  ");
            VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
        }
        Answers crossAlone = answersOf(Kind::Glass);
        crossAlone.strokes[Signer::Participant] = cross;
        VERIFY_OK(make(crossAlone));  // whether a cross is somebody's signature, people tell
    }

    void aFormMayAskForAWitnessOfEverybody() {
        m_form.needsWitness = true;
        for (const Kind kind : {Kind::Glass, Kind::Paper, Kind::Oral}) {
            Answers answers = answersOf(kind);
            VERIFY_FAILS(make(answers), ErrorCode::InvalidArgument);
            answers.witness = QStringLiteral("Noor Imaginary");
            // The witness of a paper signed the paper.
            if (kind != Kind::Paper) answers.strokes[Signer::Witness] = {{{10, 10}, {300, 90}}};
            VERIFY_OK(make(answers));
        }
        m_form = test::consentForm();
    }

    void whatWasUnderstoodIsKeptWithEveryAnswer() {
        Answers answers = answersOf(Kind::Glass);
        answers.understanding[QStringLiteral("may-stop")] = {QStringLiteral("no"), QStringLiteral("yes")};
        const auto evidence = make(answers);
        VERIFY_OK(evidence);
        const auto read = Evidence::fromJson(evidence->toJson());
        VERIFY_OK(read);
        QCOMPARE(read->understanding.at(QStringLiteral("may-stop")).size(), 2);
        QVERIFY(stateOf(*read, m_form).takesPart);
    }

    void evidenceOfTheFirstFormatReadsAndVerifiesAsItWas() {
        const auto made = make(answersOf(Kind::Glass));
        VERIFY_OK(made);
        Evidence old = *made;
        old.format = 1;
        old.signature = m_device.sign(kEvidenceContext, viewOf(old.canonicalBytes()));
        for (const char* field : {"kind", "code", "mark", "signed_by", "site"})
            QVERIFY(!old.toJson().contains(QLatin1String(field)));
        const auto read = Evidence::fromJson(old.toJson());
        VERIFY_OK(read);
        VERIFY_OK(verifyEvidence(*read, m_device.verifyKey()));
        QVERIFY(read->format == 1 && read->signedBy == SignedBy::Adult && read->code.isEmpty());
        QVERIFY(stateOf(*read, m_form).takesPart);
        QJsonObject smuggled = old.toJson();
        smuggled.insert(QStringLiteral("kind"), QStringLiteral("oral"));
        VERIFY_FAILS(Evidence::fromJson(smuggled), ErrorCode::ParseFailed);
    }

    void twoOfOneActCountTogetherOnly() {
        Answers alone = test::consentAnswers(m_parents);
        alone.signatory = QStringLiteral("Ada's mother");
        VERIFY_FAILS(makeEvidence(m_participant, QStringLiteral("s"), m_parents, alone, m_device),
                     ErrorCode::InvalidArgument);
        VERIFY_FAILS(
            makeEvidence(m_participant, QStringLiteral("s"), m_childs, test::consentAnswers(m_childs), m_device),
            ErrorCode::InvalidArgument);
        const auto [parents, childs] = bound(true, true);
        QVERIFY(parents.with == childs.id && childs.with == parents.id);
        QVERIFY(!stateOf(parents, m_parents).takesPart && !stateOf(childs, m_childs).takesPart);
        const ConsentState both = stateOf({childs, m_childs}, {parents, m_parents});
        QVERIFY(both.takesPart && both.allows(Permission::RecordAudio));
        const auto [stranger, other] = bound(true, true);
        QVERIFY(!stateOf({childs, m_childs}, {stranger, m_parents}).takesPart);
    }

    void aNoOfEitherIsANo() {
        for (const auto& [parentYes, childYes] : {std::pair{true, false}, std::pair{false, true}}) {
            const auto [parents, childs] = bound(parentYes, childYes);
            for (const ConsentState& state : {stateOf({childs, m_childs}, {parents, m_parents}),
                                              stateOf({parents, m_parents}, {childs, m_childs})}) {
                QVERIFY(!state.takesPart);
                for (const Permission permission : study::allPermissions())
                    QVERIFY(!state.allows(permission));
            }
        }
        const auto [parents, childs] = bound(true, true, "audio");
        const ConsentState state = stateOf({parents, m_parents}, {childs, m_childs});
        QVERIFY(state.takesPart && !state.allows(Permission::RecordAudio) && state.allows(Permission::Quote));
        QVERIFY(!state.answers.at(QStringLiteral("audio")));
    }

    void whatOnlyOneFormAsksThatOneGrants() {
        std::erase_if(m_childs.items, [](const auto& item) { return item.permission == Permission::Quote; });
        const auto [parents, childs] = bound(true, true);
        QVERIFY(stateOf({childs, m_childs}, {parents, m_parents}).allows(Permission::Quote));
        m_childs = formOf("child", SignedBy::Assent, "the child's text");
    }

    void whoSignsForSomebodyGivesTheirName() {
        Answers nameless = test::consentAnswers(m_parents);
        VERIFY_FAILS(makeBoundEvidence(m_participant, QStringLiteral("s"), {m_parents, nameless},
                                       {m_childs, test::consentAnswers(m_childs)}, m_device),
                     ErrorCode::InvalidArgument);
        Answers named = test::consentAnswers(m_form);
        named.signatory = QStringLiteral("somebody");
        VERIFY_FAILS(make(named), ErrorCode::InvalidArgument);
    }

    void bothComeIntoForceOrNeither() {
        test::TwoVaults vaults({Consents::sessionsSchema()}, {Consents::identitiesSchema()});
        Consents consents(vaults.sessions(), vaults.identities());
        const auto [parents, childs] = bound(true, true);
        VERIFY_FAILS(consents.add(parents, m_parents), ErrorCode::InvalidArgument);
        VERIFY_OK(consents.addBound({parents, m_parents}, {}, {childs, m_childs}, {}));
        const auto state = consents.inForce(m_participant);
        VERIFY_OK(state);
        QVERIFY((*state)->takesPart && (*state)->evidence == childs.id && (*state)->with == parents.id);
        VERIFY_OK(consents.evidence(parents.id));
    }

    void aFaultBetweenTheTwoLeavesNoHalfConsent() {
        int whole = 0;
        bool reached = true;
        for (std::uint64_t n = 1; reached; ++n) {
            QVERIFY(n < 1000);
            test::TwoVaults vaults({Consents::sessionsSchema()}, {Consents::identitiesSchema()});
            const auto [parents, childs] = bound(true, false);
            vaults.files().resetOperations();
            vaults.files().failAt(n, true);
            static_cast<void>(Consents(vaults.sessions(), vaults.identities())
                                  .addBound({parents, m_parents}, {}, {childs, m_childs}, {}));
            reached = vaults.files().faultHappened();
            vaults.cutPower(test::FaultFileSystem::Loss::All);
            VERIFY_OK(vaults.reopen());
            VERIFY_OK(reconcileEvidence(vaults.sessions(), vaults.identities()));
            const Consents consents(vaults.sessions(), vaults.identities());
            const auto state = consents.inForce(m_participant);
            VERIFY_OK(state);
            QVERIFY(!state->has_value() || !(*state)->takesPart);
            QCOMPARE(consents.evidence(parents.id).has_value(), consents.evidence(childs.id).has_value());
            if (state->has_value()) ++whole;
        }
        QVERIFY(whole > 0);
    }

    void theAttachmentIsKeptWithTheIdentitiesAndIsTheOneThatWasSigned() {
        test::TwoVaults vaults({Consents::sessionsSchema()}, {Consents::identitiesSchema()});
        Consents consents(vaults.sessions(), vaults.identities());
        const Answers answers = answersOf(Kind::Oral);
        const auto evidence = make(answers);
        VERIFY_OK(evidence);
        VERIFY_FAILS(consents.add(*evidence, m_form), ErrorCode::InvalidArgument);
        VERIFY_FAILS(consents.add(*evidence, m_form, attachmentOf(kSoundType, 65)), ErrorCode::InvalidArgument);
        VERIFY_OK(consents.add(*evidence, m_form, answers.attachment));
        const auto read = consents.attachmentOf(*evidence);
        VERIFY_OK(read);
        QVERIFY((*read)->bytes == answers.attachment->bytes);
        const QByteArray canary(64, 0x42);
        QVERIFY(image(vaults.identities()).contains(canary) && !image(vaults.sessions()).contains(canary));
        VERIFY_OK(vaults.identities().execute("UPDATE consent_attachment SET bytes = x'00'"));
        VERIFY_FAILS(consents.attachmentOf(*evidence), ErrorCode::Damaged);
        VERIFY_OK(eraseConsents(&vaults.sessions(), &vaults.identities(), m_participant));
        VERIFY_FAILS(consents.attachmentOf(*evidence), ErrorCode::Damaged);
    }

    void aCodeLeadsToItsParticipantHoweverItIsTyped() {
        test::TwoVaults vaults({Consents::sessionsSchema()}, {Consents::identitiesSchema()});
        const auto evidence = make(answersOf(Kind::Glass));
        VERIFY_OK(evidence);
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities()).add(*evidence, m_form));
        const auto later = make(answersOf(Kind::Glass));
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities()).add(*later, m_form));
        const auto find = [&](const QString& typed) {
            const auto found = participantOfCode(vaults.sessions(), typed);
            SOTTO_CHECK(found.has_value());
            return *found;
        };
        const QString code = evidence->code;
        QCOMPARE(code.size(), 8);
        QCOMPARE(shownCode(code).size(), 9);
        for (const QString& typed : {code, shownCode(code), code.toLower(), u' ' + code.left(3) + u' ' + code.mid(3)})
            QVERIFY2(find(typed) == m_participant, qPrintable(typed));
        QVERIFY(find(later->code) == m_participant);
        for (const QString& nobodys :
             {QStringLiteral("AAAA-AAAA"), QString(), QStringLiteral("O0O0-1I1I"), code + u'A'})
            QVERIFY(!find(nobodys).has_value());
        QVERIFY(!image(vaults.sessions()).contains(code.toLatin1()));
        QVERIFY(image(vaults.identities()).contains(code.toLatin1()));
        VERIFY_OK(eraseConsents(&vaults.sessions(), &vaults.identities(), m_participant));
        QVERIFY(!find(code).has_value());
    }

    void aSessionsVaultMadeAnewKnowsTheCodesAgain() {
        test::TwoVaults vaults({Consents::sessionsSchema()}, {Consents::identitiesSchema()});
        const auto [parents, childs] = bound(true, true);
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities())
                      .addBound({parents, m_parents}, {}, {childs, m_childs}, {}));
        VERIFY_OK(vaults.sessions().execute("DELETE FROM consent_state; DELETE FROM consent_code"));
        const auto restored = restoreStates(vaults.sessions(), vaults.identities());
        VERIFY_OK(restored);
        QCOMPARE(*restored, 2);
        const auto found = participantOfCode(vaults.sessions(), parents.code);
        VERIFY_OK(found);
        QVERIFY(*found == m_participant);
        QVERIFY((*consentInForce(vaults.sessions(), m_participant))->takesPart);
    }

    void codesAreDrawnFairlyFromLettersThatCannotBeMistaken() {
        std::map<QChar, int> counts;
        for (int i = 0; i < 2000; ++i) {
            for (const QChar c : freshCode())
                ++counts[c];
        }
        QCOMPARE(counts.size(), std::size_t{25});
        for (const QChar c : QStringLiteral("0O1IL5S8B2Z"))
            QVERIFY(counts.find(c) == counts.end());
        for (const auto& [letter, count] : counts)
            QVERIFY(count > 500 && count < 780);  // 640 expected, five deviations either way
    }
};

QTEST_GUILESS_MAIN(TestKinds)
#include "tst_kinds.moc"
