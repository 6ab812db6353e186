// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/a_form.h"
#include "core/people/all_rows.h"
#include "core/people/two_vaults.h"
#include "people/detached_sheets.h"
#include "people/filled_forms.h"
#include "people/people.h"
#include "support/every_fault.h"
#include "support/fake_clock.h"
#include "vault/migrations.h"

using namespace sotto;
using namespace sotto::people;
using namespace sotto::test;

namespace {

const QString kTrace = QStringLiteral("zanzibar");
const QString kWhy = QStringLiteral("why");
const QString kMood = QStringLiteral("mood");

}  // namespace

/// Answers in the sessions vault, and sheets that are kept apart in that of the identities.
class TestFilledForms final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void answersComeBackUnderTheWordsThatWereRead();
    void declinedIsNotTheSameAsNotReached();
    void whatDoesNotFitLeavesTheAnswerBefore();
    void anAlertIsNamedOnceAndStays();
    void aFormIsBegunAndFinished();
    void answersGoWithTheParticipant();
    void anAcknowledgedAnswerLivesThroughEveryFault_data() { addFaultRows(); }
    void anAcknowledgedAnswerLivesThroughEveryFault();
    void aSheetKeptApartLeadsToNobody();
    void sheetsLieInNoOrderOfFillingIn();
    void aLinkedSheetIsGoneOnWithAndGoesWithTheIdentity();
    void aFormIsKeptInOnePlaceOnly();
    void vaultsFromBeforeGetTheTables();

private:
    [[nodiscard]] FilledForms forms() { return FilledForms(m_vaults->sessions()); }
    [[nodiscard]] DetachedSheets sheets() { return DetachedSheets(m_vaults->identities()); }
    [[nodiscard]] ParticipantId enrolOne();
    [[nodiscard]] Result<QStringList> keep(const ParticipantId& id, const QString& item, const study::Answer& answer) {
        return forms().keep(id, m_form, item, answer, m_clock.now());
    }

    FakeClock m_clock;
    study::Form m_form = aForm();
    study::Form m_apart = aForm(study::Kept::Apart);
    std::unique_ptr<TwoVaults> m_vaults;
};

void TestFilledForms::init() {
    m_apart.alerts.clear();
    m_vaults = std::make_unique<TwoVaults>(std::vector{Participants::schema(), FilledForms::schema()},
                                           std::vector{Identities::schema(), DetachedSheets::schema()});
}

ParticipantId TestFilledForms::enrolOne() {
    const auto enrolled = enrol(m_vaults->sessions(), m_vaults->identities(), QStringLiteral("person"),
                                QStringLiteral("Camille Invention"), std::nullopt, m_clock.now());
    return enrolled ? enrolled->id : ParticipantId();
}

void TestFilledForms::answersComeBackUnderTheWordsThatWereRead() {
    const ParticipantId id = enrolOne();
    VERIFY_OK(keep(id, kWhy, wrote(QStringLiteral("first"))));
    VERIFY_OK(keep(id, kWhy, wrote(QStringLiteral("second"))));
    VERIFY_OK(keep(id, QStringLiteral("age"), counted(7)));
    VERIFY_OK(keep(enrolOne(), kWhy, wrote(QStringLiteral("somebody else"))));
    study::Form changed = m_form;
    changed.items[3].text[QStringLiteral("en")] = QStringLiteral("Why, then?");
    VERIFY_OK(m_vaults->reopen());
    const auto answers = forms().answers(id, m_form).value();
    QCOMPARE(answers.size(), std::size_t{2});
    QVERIFY(same(answers.at(kWhy), wrote(QStringLiteral("second"))));
    QVERIFY(same(answers.at(QStringLiteral("age")), counted(7)));
    QVERIFY(forms().answers(id, changed).value().empty());
    VERIFY_OK(forms().keep(id, changed, kWhy, wrote(QStringLiteral("third")), m_clock.now()));
    QCOMPARE(forms().answers(id, m_form).value().at(kWhy).text, QStringLiteral("second"));
    QCOMPARE(forms().progress(id).value().size(), std::size_t{2});
}

void TestFilledForms::declinedIsNotTheSameAsNotReached() {
    const ParticipantId id = enrolOne();
    VERIFY_OK(keep(id, kMood, keptSilent()));
    VERIFY_OK(keep(id, kWhy, wrote(kTrace)));
    VERIFY_OK(forms().keep(id, m_form, kWhy, {}, m_clock.now()));
    const auto answers = forms().answers(id, m_form).value();
    QCOMPARE(answers.size(), std::size_t{1});
    QVERIFY(answers.at(kMood).declined);
    QCOMPARE(mentioning(allRows(m_vaults->sessions()), {kTrace}), QStringList());
}

void TestFilledForms::whatDoesNotFitLeavesTheAnswerBefore() {
    const ParticipantId id = enrolOne();
    const QString age = QStringLiteral("age");
    VERIFY_OK(keep(id, age, counted(3)));
    VERIFY_FAILS(keep(id, age, counted(99)), ErrorCode::InvalidArgument);
    VERIFY_FAILS(keep(id, QStringLiteral("weight"), counted(3)), ErrorCode::InvalidArgument);
    VERIFY_FAILS(keep(ParticipantId::random(), age, counted(4)), ErrorCode::NotFound);
    QCOMPARE(forms().answers(id, m_form).value().at(age).number, std::optional(3));
}

void TestFilledForms::anAlertIsNamedOnceAndStays() {
    const ParticipantId id = enrolOne();
    QCOMPARE(keep(id, kMood, chose({QStringLiteral("well")})).value(), QStringList());
    m_clock.advance(5000);
    const std::int64_t when = m_clock.now().utcMs;
    QCOMPARE(keep(id, kMood, chose({QStringLiteral("low")})).value(), QStringList(QStringLiteral("low-mood")));
    m_clock.advance(5000);
    QCOMPARE(keep(id, QStringLiteral("age"), counted(1)).value(), QStringList());
    QCOMPARE(keep(id, kMood, chose({QStringLiteral("well")})).value(), QStringList());
    QCOMPARE(keep(id, kMood, chose({QStringLiteral("low")})).value(), QStringList());
    VERIFY_OK(m_vaults->reopen());
    const auto alerts = forms().alerts(id).value();
    QCOMPARE(alerts.size(), std::size_t{1});
    QCOMPARE(alerts.front().form, m_form.id);
    QCOMPARE(alerts.front().alert, QStringLiteral("low-mood"));
    QCOMPARE(alerts.front().utcMs, when);
}

void TestFilledForms::aFormIsBegunAndFinished() {
    const ParticipantId id = enrolOne();
    QVERIFY(forms().progress(id).value().empty());
    const std::int64_t begun = m_clock.now().utcMs;
    VERIFY_OK(keep(id, kWhy, wrote(kTrace)));
    m_clock.advance(60'000);
    QVERIFY(!forms().progress(id).value().front().isFinished);
    VERIFY_OK(forms().finish(id, m_form, m_clock.now()));
    const auto progress = forms().progress(id).value();
    QCOMPARE(progress.size(), std::size_t{1});
    QVERIFY(progress.front().isFinished);
    QCOMPARE(progress.front().begunUtcMs, begun);
    QCOMPARE(progress.front().finishedUtcMs, begun + 60'000);
    VERIFY_FAILS(forms().finish(ParticipantId::random(), m_form, m_clock.now()), ErrorCode::NotFound);
}

void TestFilledForms::answersGoWithTheParticipant() {
    const ParticipantId gone = enrolOne();
    const ParticipantId stays = enrolOne();
    for (const ParticipantId& id : {gone, stays}) {
        VERIFY_OK(keep(id, kMood, chose({QStringLiteral("low")})));
        VERIFY_OK(keep(id, kWhy, wrote(kTrace)));
        VERIFY_OK(forms().finish(id, m_form, m_clock.now()));
    }
    QCOMPARE(mentioning(allRows(m_vaults->sessions()), {gone.toString()}).size(), 5);
    VERIFY_OK(Participants(m_vaults->sessions()).erase(gone));
    QCOMPARE(mentioning(allRows(m_vaults->sessions()), {gone.toString()}), QStringList());
    QCOMPARE(forms().answers(stays, m_form).value().size(), std::size_t{2});
    VERIFY_FAILS(keep(gone, kWhy, wrote(kTrace)), ErrorCode::NotFound);
}

void TestFilledForms::anAcknowledgedAnswerLivesThroughEveryFault() {
    QFETCH(const bool, forGood);
    QFETCH(const int, code);
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
        init();
        const ParticipantId id = enrolOne();
        VERIFY_OK(keep(id, kWhy, wrote(QStringLiteral("first"))));
        const auto kept = fault.during(m_vaults->files(), [&] { return keep(id, kMood, keptSilent()); });
        VERIFY_OK(m_vaults->reopen());
        const auto answers = forms().answers(id, m_form).value();
        QVERIFY2(answers.contains(kWhy) && answers.at(kWhy).text == u"first", fault.at());
        if (kept) QVERIFY2(answers.contains(kMood) && answers.at(kMood).declined, fault.at());
    }
}

void TestFilledForms::aSheetKeptApartLeadsToNobody() {
    const ParticipantId id = enrolOne();
    const SheetId sheet = sheets().begin(m_apart, m_clock.now()).value();
    VERIFY_OK(sheets().keep(sheet, m_apart, kWhy, wrote(kTrace)));
    VERIFY_OK(sheets().keep(sheet, m_apart, kMood, keptSilent()));
    VERIFY_OK(sheets().keep(sheet, m_apart, kMood, {}));
    VERIFY_FAILS(sheets().keep(sheet, m_apart, QStringLiteral("age"), counted(99)), ErrorCode::InvalidArgument);
    VERIFY_FAILS(sheets().keep(SheetId::random(), m_apart, kWhy, wrote(kTrace)), ErrorCode::NotFound);
    QVERIFY(sheets().finished().value().empty());
    VERIFY_OK(sheets().finish(sheet));
    VERIFY_OK(forms().finish(id, m_apart, m_clock.now()));
    VERIFY_OK(m_vaults->reopen());

    const QStringList apart = mentioning(allRows(m_vaults->identities()), {sheet.toString()});
    QCOMPARE(apart.size(), 2);
    QVERIFY(mentioning(apart, {id.toString()}).isEmpty());
    QVERIFY(mentioning(allRows(m_vaults->sessions()), {sheet.toString(), kTrace}).isEmpty());
    // Neither side knows a time that would lead from one to the other.
    constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
    const auto progress = forms().progress(id).value();
    QVERIFY(progress.front().isFinished && progress.front().finishedUtcMs % kDayMs == 0);
    QVERIFY(progress.front().begunUtcMs % kDayMs == 0);
    const auto all = sheets().all(m_apart.id).value();
    QCOMPARE(all.size(), std::size_t{1});
    QVERIFY(!all.front().participant && all.front().isFinished && all.front().day.isValid());
    QCOMPARE(all.front().answers.at(kWhy).text, kTrace);
    QCOMPARE(sheets().finished().value().at(m_apart.id), 1);
    // The name goes, the sheet stays: nobody can tell whose it is.
    VERIFY_OK(Identities(m_vaults->identities()).remove(id));
    QCOMPARE(sheets().all(m_apart.id).value().size(), std::size_t{1});
}

void TestFilledForms::sheetsLieInNoOrderOfFillingIn() {
    constexpr int kSheets = 24;
    int inOrder = 0;
    QString before;
    for (int i = 0; i < kSheets; ++i) {
        const SheetId sheet = sheets().begin(m_apart, m_clock.now()).value();
        VERIFY_OK(sheets().keep(sheet, m_apart, QStringLiteral("why"), wrote(QString::number(i))));
    }
    const auto all = sheets().all(m_apart.id).value();
    QCOMPARE(all.size(), std::size_t(kSheets));
    for (std::size_t i = 0; i < all.size(); ++i) {
        inOrder += all[i].answers.at(kWhy).text == QString::number(i) ? 1 : 0;
        QVERIFY(before < all[i].id.toString());
        before = all[i].id.toString();
    }
    // By chance alone one is in its place on average; half of them never are.
    QVERIFY2(inOrder < kSheets / 2, qPrintable(QString::number(inOrder)));
    auto rowids = m_vaults->identities().prepare("SELECT rowid FROM detached_sheet");
    QVERIFY2(!rowids, "rows are numbered in the order in which they came");
}

void TestFilledForms::aLinkedSheetIsGoneOnWithAndGoesWithTheIdentity() {
    const ParticipantId id = enrolOne();
    const SheetId linked = sheets().begin(m_apart, m_clock.now(), id).value();
    VERIFY_OK(sheets().keep(linked, m_apart, kWhy, wrote(kTrace)));
    const SheetId detached = sheets().begin(m_apart, m_clock.now()).value();
    QVERIFY(detached != linked);
    QVERIFY(sheets().begin(m_apart, m_clock.now(), id).value() == linked);
    QCOMPARE(sheets().answers(linked).value().at(kWhy).text, kTrace);
    VERIFY_OK(Identities(m_vaults->identities()).remove(id));
    QCOMPARE(mentioning(allRows(m_vaults->identities()), {kTrace, id.toString(), linked.toString()}), QStringList());
    QCOMPARE(sheets().all(m_apart.id).value().size(), std::size_t{1});
}

void TestFilledForms::aFormIsKeptInOnePlaceOnly() {
    const ParticipantId id = enrolOne();
    VERIFY_FAILS(forms().keep(id, m_apart, kWhy, wrote(kTrace), m_clock.now()), ErrorCode::InvalidArgument);
    VERIFY_FAILS(sheets().begin(m_form, m_clock.now()), ErrorCode::InvalidArgument);
    QCOMPARE(mentioning(allRows(m_vaults->sessions()), {kTrace}), QStringList());
}

void TestFilledForms::vaultsFromBeforeGetTheTables() {
    m_vaults = std::make_unique<TwoVaults>(std::vector{Participants::schema()}, std::vector{Identities::schema()});
    const ParticipantId id = enrolOne();
    VERIFY_OK(vault::migrate(m_vaults->sessions(), std::vector{Participants::schema(), FilledForms::schema()}));
    VERIFY_OK(vault::migrate(m_vaults->identities(), std::vector{Identities::schema(), DetachedSheets::schema()}));
    VERIFY_OK(keep(id, kWhy, wrote(kTrace)));
    VERIFY_OK(sheets().begin(m_apart, m_clock.now()));
    QCOMPARE(forms().answers(id, m_form).value().size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(TestFilledForms)
#include "tst_filled_forms.moc"
