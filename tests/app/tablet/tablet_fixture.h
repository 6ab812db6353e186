// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSignalSpy>
#include <QTest>

#include "fake_press.h"
#include "fake_sound.h"
#include "support/fake_clock.h"
#include "support/temp_dir.h"
#include "tablet/consent_view_model.h"
#include "tablet/first_start_view_model.h"
#include "tablet/home_view_model.h"
#include "tablet/interview_view_model.h"
#include "tablet/outbox_view_model.h"
#include "tablet/person_view_model.h"
#include "tablet/playback_view_model.h"
#include "tablet/tablet_app.h"
#include "tablet/tablet_view_model.h"
#include "tablet/unlock_view_model.h"
#include "tablet/wrap_up_view_model.h"

namespace sotto::test {

inline keyring::KeyringOptions cheapKeys() {
    return {{8, 1}, {8, 1}};
}

/// The app without its window, on a new tablet in a temporary folder: real disk, unless the test brings another, real
/// home, cheap keys, a tone for a microphone. Each verb below does what a user does and waits for what the user would
/// see.
class TabletFixture {
public:
    explicit TabletFixture(FileSystem* troubled = nullptr) : disk(troubled != nullptr ? troubled : &files) {
        static_cast<void>(disk->createDirectories(dir / ""));
        restart();
    }

    /// As if the program were ended and started again.
    void restart() {
        app.reset();
        app::TabletOptions options;
        options.files = disk;
        options.clock = &clock;
        options.home = dir / "home";
        options.keyOptions = [] { return Result<keyring::KeyringOptions>(cheapKeys()); };
        options.unlockOptions = cheapKeys();
        app::Devices devices;
        devices.sound = sound;
        devices.press = press;
        app = std::make_unique<app::TabletApp>(std::move(options), std::move(devices),
                                               QString::fromStdString((dir / "tablet.ini").string()));
    }

    template <typename Page>
    [[nodiscard]] Page* page() const {
        return qobject_cast<Page*>(app->page());
    }
    [[nodiscard]] bool isOn(app::TabletApp::Screen screen) const {
        return QTest::qWaitFor([&] { return app->screen() == screen; }, kPatienceMs);
    }

    /// First start with the practice study, as far as the home screen.
    [[nodiscard]] bool setUp(const QString& language = QStringLiteral("en")) {
        if (!isOn(app::TabletApp::Screen::FirstStart)) return false;
        auto* start = page<app::FirstStartViewModel>();
        start->chooseLanguage(language);
        start->enterName(QStringLiteral("Léa"));
        passphrase = start->generatedWords();
        start->acceptWords();
        start->confirm(passphrase);
        start->takePracticeStudy();
        if (!QTest::qWaitFor([&] { return start->step() == app::FirstStartViewModel::Step::Trust; }, kPatienceMs))
            return false;
        start->create();
        return isOn(app::TabletApp::Screen::Home) && loaded();
    }
    [[nodiscard]] bool unlock() {
        if (!isOn(app::TabletApp::Screen::Unlock)) return false;
        page<app::UnlockViewModel>()->unlock({}, passphrase);
        return isOn(app::TabletApp::Screen::Home) && loaded();
    }
    [[nodiscard]] bool loaded() const {
        return QTest::qWaitFor([&] { return !page<app::HomeViewModel>()->isLoading(); }, kPatienceMs);
    }
    /// Enrols somebody; on their page afterwards.
    [[nodiscard]] bool enrol(const QString& role = QStringLiteral("person")) {
        page<app::HomeViewModel>()->addPerson(role, QStringLiteral("Zoé Tremblay"), {});
        return isOn(app::TabletApp::Screen::Person) && personLoaded();
    }
    [[nodiscard]] bool personLoaded() const {
        return QTest::qWaitFor([&] { return !page<app::PersonViewModel>()->isLoading(); }, kPatienceMs);
    }
    /// Consent from the person's page, every item answered yes but those named; back on the page afterwards.
    [[nodiscard]] bool consent(const QStringList& refused = {}) {
        page<app::PersonViewModel>()->takeNextStep();
        if (!isOn(app::TabletApp::Screen::Consent)) return false;
        auto* form = page<app::ConsentViewModel>();
        using Step = app::ConsentViewModel::Step;
        if (!QTest::qWaitFor([&] { return form->step() == Step::Language; }, kPatienceMs)) return false;
        form->chooseLanguage(QStringLiteral("en"));
        if (!QTest::qWaitFor([&] { return app->vault().waiting() == 0; }, kPatienceMs)) return false;
        QTest::qWait(10);
        while (form->step() == Step::Read)
            form->next();
        while (form->step() == Step::Item) {
            const bool isRefused = std::any_of(refused.begin(), refused.end(),
                                               [&](const QString& words) { return form->text().contains(words); });
            form->answerItem(!isRefused);
            form->next();
        }
        form->next();
        const QVariantList stroke{QPointF(100, 100), QPointF(500, 200)};
        form->keepParticipantStrokes({QVariant(stroke)});
        form->next();
        form->keepInterviewerStrokes({QVariant(stroke)});
        form->sign();
        if (!QTest::qWaitFor([&] { return form->step() == Step::Done; }, kPatienceMs)) return false;
        form->finish();
        return isOn(app::TabletApp::Screen::Person) && personLoaded();
    }
    /// From the person's page into an interview that is ready or, without sound, begun.
    [[nodiscard]] app::InterviewViewModel* beginInterview() {
        page<app::PersonViewModel>()->takeNextStep();
        if (!isOn(app::TabletApp::Screen::Interview)) return nullptr;
        auto* interview = page<app::InterviewViewModel>();
        using State = app::InterviewViewModel::State;
        const bool isReady = QTest::qWaitFor([&] { return interview->state() != State::Opening; }, kPatienceMs);
        return isReady ? interview : nullptr;
    }
    /// Until what was asked of the vault thread was done and told.
    void settle() const {
        static_cast<void>(QTest::qWaitFor([&] { return app->vault().waiting() == 0; }, kPatienceMs));
        QTest::qWait(50);
    }

    static constexpr int kPatienceMs = 20'000;
    TempDir dir;
    PosixFileSystem files;
    FileSystem* disk;
    FakeClock clock;
    std::shared_ptr<const consent::Press> press = std::make_shared<FakePress>();
    std::shared_ptr<FakeSound> sound = std::make_shared<FakeSound>();
    QString passphrase;
    std::unique_ptr<app::TabletApp> app;
};

}  // namespace sotto::test
