// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QRegularExpression>

#include "assets/assets.h"
#include "consent/copies.h"
#include "study/signed_pack.h"
#include "support/result_check.h"
#include "tablet_fixture.h"

using namespace sotto;
using app::ConsentViewModel;
using app::CopyViewModel;
using Screen = app::TabletApp::Screen;
using Step = app::ConsentViewModel::Step;
using study::Permission;

namespace {

const QVariantList kStroke{QPointF(100, 100), QPointF(500, 200)};
const QVariantList kDot{QPointF(500, 200), QPointF(502, 200)};

Bytes withHead(const Bytes& form, const std::string& lines) {
    std::string text(form.begin(), form.end());
    text.insert(text.find('\n') + 1, lines);
    return {text.begin(), text.end()};
}

/// The practice study where a minor may take part too, with questions before signing.
Bytes studyWithMinors() {
    study::PackFiles files = assets::practiceStudy();
    for (const QString& language : {QStringLiteral("en"), QStringLiteral("fr")}) {
        const auto path = [&](const char* name) {
            return QStringLiteral("consents/%1.%2.md").arg(QLatin1String(name), language);
        };
        const Bytes own = files.at(path("person"));
        files[path("minor-parent")] = withHead(own, "role: person\nsigned_by: parent\nwith: minor-assent\n");
        files[path("minor-assent")] = withHead(own, "role: person\nsigned_by: assent\n");
    }
    study::LabKeys keys;
    for (auto* recipients : {&keys.content, &keys.identity, &keys.analyst})
        recipients->push_back(crypto::age::Identity::generate().recipient());
    const auto bytes = study::signPack(files, std::move(keys), crypto::SigningKey::generate());
    if (!bytes) qFatal("%s", bytes.error().context.c_str());
    return *bytes;
}

}  // namespace

/// Consent on paper, by voice, by a mark, by a parent with the child; and the copy.
class TestConsentWays : public QObject {
    Q_OBJECT

private slots:
    void init() { m_tablet = std::make_unique<test::TabletFixture>(); }

    void onPaperRestsOnAPictureAndTheInterviewer();
    void byVoiceRestsOnAStatement();
    void aDotIsASignatureOnceAWitnessSigns();
    void aParentAndTheChildBothAgree();
    void aChildsNoIsANo();
    void theCopyIsOwedUntilItIsGivenAsTheyWant();

private:
    [[nodiscard]] ConsentViewModel* form() const { return m_tablet->page<ConsentViewModel>(); }
    [[nodiscard]] bool isAt(Step step) const {
        return QTest::qWaitFor([&] { return form() != nullptr && form()->step() == step; }, 10'000);
    }
    [[nodiscard]] bool idle() const {
        return QTest::qWaitFor([&] { return !form()->isBusy(); }, 10'000);
    }
    [[nodiscard]] bool toConsent() const {
        m_tablet->page<app::PersonViewModel>()->takeNextStep();
        return m_tablet->isOn(Screen::Consent) &&
               QTest::qWaitFor([&] { return form()->step() != Step::Loading; }, 10'000);
    }
    void readAndAnswer(bool yes = true) const {
        m_tablet->settle();
        while (form()->step() == Step::Read || form()->step() == Step::Understand)
            form()->next();
        while (form()->step() == Step::Item) {
            form()->answerItem(yes || !form()->isRequired());
            form()->next();
        }
        QCOMPARE(form()->step(), Step::Summary);
        form()->next();
    }
    [[nodiscard]] bool signAndKeep() const {
        if (form()->step() != Step::Interviewer) return false;
        form()->keepInterviewerStrokes({QVariant(kStroke)});
        form()->sign();
        return isAt(Step::Done);
    }
    /// What is in force now, and the evidence of it.
    struct Kept {
        consent::ConsentState state;
        consent::Evidence evidence;
        std::optional<consent::Attachment> attachment;
    };
    [[nodiscard]] std::optional<Kept> kept() const {
        std::optional<Result<Kept>> result;
        m_tablet->app->vault().run(
            m_tablet->app.get(),
            [](app::Tablet& tablet) -> Result<Kept> {
                SOTTO_ASSIGN(auto* home, tablet.home());
                SOTTO_ASSIGN(const auto all, people::Participants(home->sessions()).all());
                SOTTO_ASSIGN(const auto state, consent::consentInForce(home->sessions(), all.front().id));
                if (!state) return fail(ErrorCode::NotFound, "no consent");
                const consent::Consents consents(home->sessions(), home->identities());
                SOTTO_ASSIGN(auto evidence, consents.evidence(state->evidence));
                SOTTO_ASSIGN(auto attachment, consents.attachmentOf(evidence));
                return Kept{*state, std::move(evidence), std::move(attachment)};
            },
            [&result](Result<Kept> found) { result = std::move(found); });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, 10'000) || !*result) return std::nullopt;
        return **result;
    }
    [[nodiscard]] bool setUpWithMinors() const;

    std::unique_ptr<test::TabletFixture> m_tablet;
};

void TestConsentWays::onPaperRestsOnAPictureAndTheInterviewer() {
    QVERIFY(m_tablet->setUp() && m_tablet->enrol() && toConsent());
    form()->askManner();
    QCOMPARE(form()->step(), Step::Manner);
    form()->chooseManner(QStringLiteral("paper"));
    QVERIFY(isAt(Step::Language));
    form()->chooseLanguage(QStringLiteral("en"));
    QCOMPARE(form()->step(), Step::Item);  // it was read on paper
    readAndAnswer();
    QCOMPARE(form()->step(), Step::Picture);
    QVERIFY(!form()->canGoOn());
    const auto file = [this](const char* name, const QByteArray& content) {
        const Path path = m_tablet->dir / name;
        SOTTO_CHECK(replaceFile(m_tablet->files, path, viewOf(content)).has_value());
        return QString::fromStdString(path.string());
    };
    for (const QString& bad : {file("no.jpg", "something else"), QStringLiteral("/nowhere/at/all.jpg")}) {
        form()->takePicture(bad);
        QVERIFY(idle());
        QVERIFY2(!form()->error().isEmpty() && !form()->isAttached() && !form()->canGoOn(), qPrintable(bad));
    }
    form()->takePicture(file("scan.jpg", "picture of a paper"));
    QVERIFY(idle() && form()->isAttached() && form()->error().isEmpty());
    form()->setMark(true);
    QVERIFY(!form()->canGoOn());
    form()->enterWitness(QStringLiteral("Noor"));
    form()->next();
    QVERIFY(signAndKeep());
    const auto found = kept();
    QVERIFY(found && found->state.allows(Permission::RecordAudio));
    QVERIFY(found->evidence.kind == consent::Kind::Paper && found->evidence.isMark);
    QCOMPARE(byteArrayOf(found->attachment->bytes), QByteArray("picture of a paper"));
}

void TestConsentWays::byVoiceRestsOnAStatement() {
    QVERIFY(m_tablet->setUp() && m_tablet->enrol() && toConsent());
    form()->chooseLanguage(QStringLiteral("en"));
    QCOMPARE(form()->step(), Step::Read);
    form()->askManner();
    form()->chooseManner(QStringLiteral("oral"));
    QCOMPARE(form()->step(), Step::Read);
    readAndAnswer();
    QCOMPARE(form()->step(), Step::Statement);
    m_tablet->sound->control()->isPlugged = false;
    form()->startStatement();
    QTRY_VERIFY(!form()->error().isEmpty());
    QVERIFY(!form()->isRecording() && !form()->canGoOn());
    m_tablet->sound->control()->isPlugged = true;
    m_tablet->sound->control()->speed = 20;
    form()->startStatement();
    QVERIFY(!form()->canGoOn());
    QTRY_VERIFY(form()->statementTime() >= QStringLiteral("0:02"));
    form()->stopStatement();
    QVERIFY(form()->isAttached() && form()->error().isEmpty());
    form()->next();
    QVERIFY(signAndKeep());
    const auto found = kept();
    QVERIFY(found && found->state.takesPart && found->evidence.kind == consent::Kind::Oral);
    QCOMPARE(found->attachment->type, consent::kSoundType);
    QVERIFY(byteArrayOf(found->attachment->bytes).startsWith("OggS"));
    QVERIFY(found->evidence.strokes.count(consent::Signer::Participant) == 0);
}

void TestConsentWays::aDotIsASignatureOnceAWitnessSigns() {
    QVERIFY(m_tablet->setUp() && m_tablet->enrol() && toConsent());
    form()->chooseLanguage(QStringLiteral("en"));
    readAndAnswer();
    QCOMPARE(form()->step(), Step::Participant);
    QVERIFY(!form()->canGoOn());
    form()->keepParticipantStrokes({QVariant(kStroke)});
    QVERIFY(!form()->needsWitness());
    form()->keepParticipantStrokes({QVariant(kDot)});
    QVERIFY(form()->needsWitness());
    form()->next();
    QCOMPARE(form()->step(), Step::Witness);
    form()->keepWitnessStrokes({QVariant(kStroke)});
    QVERIFY(!form()->canGoOn());
    form()->enterWitness(QStringLiteral("Noor"));
    form()->next();
    QVERIFY(signAndKeep());
    const auto found = kept();
    QVERIFY(found && found->evidence.isMark && found->state.takesPart);
    QCOMPARE(found->evidence.witness, QStringLiteral("Noor"));
}

bool TestConsentWays::setUpWithMinors() const {
    const Path path = m_tablet->dir / "minors.sottostudy";
    if (!replaceFile(m_tablet->files, path, studyWithMinors())) return false;
    if (!m_tablet->isOn(Screen::FirstStart)) return false;
    auto* start = m_tablet->page<app::FirstStartViewModel>();
    start->chooseLanguage(QStringLiteral("en"));
    start->enterName(QStringLiteral("Léa"));
    m_tablet->passphrase = start->generatedWords();
    start->acceptWords();
    start->confirm(m_tablet->passphrase);
    start->importStudy(QString::fromStdString(path.string()));
    if (!QTest::qWaitFor([&] { return start->step() == app::FirstStartViewModel::Step::Trust; }, 20'000)) return false;
    start->create();
    return m_tablet->isOn(Screen::Home) && m_tablet->loaded();
}

void TestConsentWays::aParentAndTheChildBothAgree() {
    QVERIFY(setUpWithMinors() && m_tablet->enrol() && toConsent());
    QCOMPARE(form()->step(), Step::Signer);
    QCOMPARE(form()->signers(), (QVariantList{QStringLiteral("adult"), QStringLiteral("parent")}));
    form()->chooseSigner(QStringLiteral("parent"));
    form()->chooseLanguage(QStringLiteral("en"));
    QCOMPARE(form()->signedBy(), QStringLiteral("parent"));
    readAndAnswer();
    form()->keepParticipantStrokes({QVariant(kStroke)});
    QVERIFY(!form()->canGoOn());
    form()->enterSignatory(QStringLiteral("Ada's mother"));
    QVERIFY(form()->canGoOn() && !form()->isLast());
    form()->next();
    QCOMPARE(form()->signedBy(), QStringLiteral("assent"));
    QVERIFY(form()->answer().isEmpty() && form()->participantStrokes().isEmpty());
    readAndAnswer();
    form()->keepParticipantStrokes({QVariant(kStroke)});
    form()->next();
    QVERIFY(!kept());
    QVERIFY(signAndKeep());
    const auto found = kept();
    QVERIFY(found && found->state.takesPart && found->state.with);
    QVERIFY(found->state.allows(Permission::RecordAudio));
    form()->finish();
    QVERIFY(m_tablet->isOn(Screen::Person) && m_tablet->personLoaded());
    QCOMPARE(m_tablet->page<app::PersonViewModel>()->nextText(), QStringLiteral("Begin the interview"));
}

void TestConsentWays::aChildsNoIsANo() {
    QVERIFY(setUpWithMinors() && m_tablet->enrol() && toConsent());
    form()->chooseSigner(QStringLiteral("parent"));
    form()->chooseLanguage(QStringLiteral("en"));
    readAndAnswer();
    form()->enterSignatory(QStringLiteral("Ada's mother"));
    form()->keepParticipantStrokes({QVariant(kStroke)});
    form()->next();
    readAndAnswer(false);
    // The child has nothing to sign: it is over.
    QVERIFY(m_tablet->isOn(Screen::Person));
    QVERIFY(!kept());
}

void TestConsentWays::theCopyIsOwedUntilItIsGivenAsTheyWant() {
    QVERIFY(m_tablet->setUp() && m_tablet->enrol() && m_tablet->consent());
    m_tablet->app->goHome();
    QTRY_COMPARE(m_tablet->app->copiesOwed()->people().size(), 1);
    m_tablet->app->copiesOwed()->open(0);
    QVERIFY(m_tablet->isOn(Screen::Copy));
    auto* copy = m_tablet->page<CopyViewModel>();
    QTRY_COMPARE(copy->state(), CopyViewModel::State::Owed);
    QCOMPARE(copy->code().size(), 9);
    const auto folder = m_tablet->dir / "stick";
    SOTTO_CHECK(m_tablet->files.createDirectories(folder).has_value());
    copy->save(QStringLiteral("/nowhere/at/all"));
    QTRY_VERIFY(!copy->isBusy());
    QVERIFY(!copy->error().isEmpty() && copy->state() == CopyViewModel::State::Owed);
    // Below the home lies nothing in clear.
    copy->save(QString::fromStdString((m_tablet->dir / "home" / "sessions").string()));
    QTRY_VERIFY(!copy->isBusy());
    QVERIFY(!copy->error().isEmpty() && copy->state() == CopyViewModel::State::Owed);
    copy->save(QString::fromStdString(folder.string()), true);
    QTRY_COMPARE(copy->state(), CopyViewModel::State::Given);
    const QDir stick(QString::fromStdString(folder.string()));
    const QStringList files = stick.entryList(QDir::Files);
    QCOMPARE(files, QStringList{copy->savedAs()});
    QVERIFY(QRegularExpression(QStringLiteral("^document-[A-Z0-9]{6}\\.pdf$")).match(files.front()).hasMatch());
    copy->doWithout();
    QTRY_COMPARE(copy->state(), CopyViewModel::State::NotWanted);
    m_tablet->app->goHome();
    QVERIFY(m_tablet->loaded());
    m_tablet->settle();
    QCOMPARE(m_tablet->app->copiesOwed()->people().size(), 0);
}

QTEST_GUILESS_MAIN(TestConsentWays)
#include "tst_consent_ways.moc"
