// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/screened_study.h"
#include "tablet/flow_view_model.h"
#include "tablet/form_view_model.h"
#include "tablet/screening_view_model.h"
#include "tablet/waiting_view_model.h"
#include "tablet_fixture.h"

namespace sotto::test {

/// The app on a tablet with the founding study A, which screens everybody and lets people name others; unlocked.
class ScreenedTablet : public TabletFixture {
public:
    ScreenedTablet() {
        passphrase = QStringLiteral("velvet harbour untold bicycle Tuesday");
        const QByteArray words = passphrase.toUtf8();
        const ByteView view(reinterpret_cast<const std::uint8_t*>(words.constData()),
                            static_cast<std::size_t>(words.size()));
        app.reset();
        must(workflow::Home::create(files, dir / "home", view, Lab::instance().sign(screenedPack()), clock,
                                    cheapKeys()));
        restart();
        app->settings()->setLanguage(QStringLiteral("en"));
    }

    /// From the person's page into their screening, at the yes.
    [[nodiscard]] app::ScreeningViewModel* screening() {
        page<app::PersonViewModel>()->takeNextStep();
        if (!isOn(app::TabletApp::Screen::Screening)) return nullptr;
        auto* screening = page<app::ScreeningViewModel>();
        using Step = app::ScreeningViewModel::Step;
        const bool isThere = QTest::qWaitFor([&] { return screening->step() != Step::Loading; }, kPatienceMs);
        return isThere ? screening : nullptr;
    }
    [[nodiscard]] bool at(const app::ScreeningViewModel& screening, app::ScreeningViewModel::Step step) const {
        return QTest::qWaitFor([&] { return screening.step() == step && !screening.isBusy(); }, kPatienceMs);
    }
    /// Goes through the form that is asked to its end. `answer`: the option for each question, by item id; a question
    /// without one gets the last option but for numbers, which get their most.
    [[nodiscard]] bool fillForm(app::ScreeningViewModel& screening, const std::map<QString, QString>& answers = {}) {
        using Kind = app::FormViewModel::Kind;
        const QString title = screening.form()->title();
        if (screening.form()->step() == app::FormViewModel::Step::Intro) screening.form()->start();
        while (screening.form()->step() == app::FormViewModel::Step::Item) {
            app::FormViewModel& form = *screening.form();
            const QVariantList options = form.options();
            const auto said = answers.find(form.text());
            if (said != answers.end() && form.kind() != Kind::Single) {
                form.write(said->second);
            } else if (form.kind() == Kind::Single) {
                const QString first = options.constFirst().toMap()[QStringLiteral("id")].toString();
                form.choose(said != answers.end() ? said->second : first);
            } else if (form.kind() == Kind::Number) {
                form.write(QString::number(form.most()));
            }
            form.next();
        }
        screening.form()->finish();
        return QTest::qWaitFor(
            [&] { return !screening.isBusy() && (screening.form() == nullptr || screening.form()->title() != title); },
            kPatienceMs);
    }
};

}  // namespace sotto::test
