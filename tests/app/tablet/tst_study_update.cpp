// SPDX-License-Identifier: Apache-2.0
#include "assets/assets.h"
#include "commandline/key_files.h"
#include "study/signed_pack.h"
#include "support/result_check.h"
#include "tablet/study_update_view_model.h"
#include "tablet_fixture.h"

using namespace sotto;
using Screen = app::TabletApp::Screen;
using State = app::StudyUpdateViewModel::State;

/// Taking in a newer version of the study from the settings: what is shown before, and what is refused.
class TestStudyUpdate : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void whatIsNoStudyOrNoNewerOneIsRefused();
    void aStudyOfAnotherLabIsRefused();
    void aNewerVersionIsComparedAndThenTaken();

private:
    /// The practice study as version `version`, with one question changed, signed with the keys in `keys`.
    [[nodiscard]] Result<QString> writeStudy(int version, const Path& keys);
    [[nodiscard]] app::StudyUpdateViewModel& update() { return *m_tablet.page<app::TabletViewModel>()->study(); }
    [[nodiscard]] bool isAt(State state) {
        return QTest::qWaitFor([&] { return update().state() == state; }, 10'000);
    }
    test::TabletFixture m_tablet;
};

Result<QString> TestStudyUpdate::writeStudy(int version, const Path& keys) {
    study::PackFiles pack = assets::practiceStudy();
    const auto replace = [](Bytes& bytes, const char* what, const std::string& with) {
        std::string text(bytes.begin(), bytes.end());
        text.replace(text.find(what), std::string(what).size(), with);
        bytes.assign(text.begin(), text.end());
    };
    replace(pack[QStringLiteral("study.yaml")], "version: 1", "version: " + std::to_string(version));
    for (const char* file :
         {"guides/person.en.md", "instruments/context.yaml", "protocol.fr.md", "screening/friend.yaml"})
        pack[QString::fromLatin1(file)].push_back('\n');
    SOTTO_ASSIGN(auto recipients, app::readLabKeys(m_tablet.files, keys));
    SOTTO_ASSIGN(const auto signing, app::readSigningKey(m_tablet.files, keys));
    SOTTO_ASSIGN(const Bytes bytes, study::signPack(pack, std::move(recipients), *signing));
    const Path path = m_tablet.dir / ("v" + std::to_string(version) + ".sottostudy");
    SOTTO_TRY(replaceFile(m_tablet.files, path, bytes));
    return QString::fromStdString(path.string());
}

void TestStudyUpdate::initTestCase() {
    QVERIFY(m_tablet.setUp());
    m_tablet.app->openSettings();
    QVERIFY(m_tablet.isOn(Screen::Settings));
    QVERIFY(isAt(State::Rest));
    QCOMPARE(update().version(), 1);
    QCOMPARE(update().fingerprint().split(u' ').size(), 6);
}

void TestStudyUpdate::whatIsNoStudyOrNoNewerOneIsRefused() {
    update().read(QStringLiteral("/nowhere/a.sottostudy"));
    QVERIFY(isAt(State::Rest));
    QVERIFY(!update().error().isEmpty());
    const auto same = writeStudy(1, m_tablet.dir / "home-keys");
    VERIFY_OK(same);
    update().read(*same);
    QVERIFY(isAt(State::Rest));
    QVERIFY2(update().error().contains(QStringLiteral("version 1")), qPrintable(update().error()));
}

void TestStudyUpdate::aStudyOfAnotherLabIsRefused() {
    const Path others = m_tablet.dir / "other-keys";
    VERIFY_OK(app::generateKeys(m_tablet.files, others, app::kKeyNames));
    const auto foreign = writeStudy(7, others);
    VERIFY_OK(foreign);
    update().read(*foreign);
    QVERIFY(isAt(State::Rest));
    QVERIFY2(update().error().contains(QStringLiteral("not signed by the lab")), qPrintable(update().error()));
    QCOMPARE(update().version(), 1);
}

void TestStudyUpdate::aNewerVersionIsComparedAndThenTaken() {
    const auto newer = writeStudy(2, m_tablet.dir / "home-keys");
    VERIFY_OK(newer);
    update().read(*newer);
    QVERIFY(isAt(State::Compare));
    QCOMPARE(update().newVersion(), 2);
    QCOMPARE(update().changes(), QStringList({QStringLiteral("Changed: Interview guide (person.en)"),
                                              QStringLiteral("Changed: Questionnaire (context)"),
                                              QStringLiteral("Changed: Steps for pause and support (fr)"),
                                              QStringLiteral("Changed: Questions before taking part (friend)"),
                                              QStringLiteral("Changed: Roles, rules of the study and crisis lines")}));
    update().cancel();
    QCOMPARE(update().state(), State::Rest);
    QCOMPARE(update().version(), 1);
    update().read(*newer);
    QVERIFY(isAt(State::Compare));
    update().take();
    QVERIFY(isAt(State::Done));
    QCOMPARE(update().version(), 2);
}

QTEST_GUILESS_MAIN(TestStudyUpdate)
#include "tst_study_update.moc"
