// SPDX-License-Identifier: Apache-2.0
// sotto_screenshots FOLDER [fr|en] writes every screen, at each size, theme and scale of text, for people to look at.
#include <QDir>
#include <QGuiApplication>
#include <QTextStream>

#include "scenes.h"

namespace {

using namespace sotto;

struct Look {
    QSize size;
    const char* theme;
    double scale;
};

std::vector<Look> allLooks() {
    std::vector<Look> looks;
    for (const QSize size : {QSize(360, 800), QSize(800, 1280), QSize(1280, 800)}) {
        for (const char* theme : {"light", "dark"}) {
            for (const double scale : {1.0, 2.0})
                looks.push_back({size, theme, scale});
        }
    }
    return looks;
}

int written = 0;

void photograph(test::Scenes& scenes, const QDir& folder, const QString& scene, const Look& look) {
    auto* settings = scenes.tablet().app->settings();
    settings->setTheme(QLatin1String(look.theme));
    settings->setFontScale(look.scale);
    scenes.window().resize(look.size);
    QTest::qWait(120);  // lets the layout settle
    const QString name = QStringLiteral("%1-%2-%3x%4-x%5.png")
                             .arg(scene, settings->language())
                             .arg(look.size.width())
                             .arg(look.size.height())
                             .arg(look.scale);
    const QString sub = QLatin1String(look.theme);
    if (folder.mkpath(sub) && scenes.window().grabWindow().save(folder.filePath(sub + u'/' + name))) ++written;
}

}  // namespace

int main(int argc, char** argv) {
    const QGuiApplication gui(argc, argv);
    const QStringList words = QGuiApplication::arguments();
    if (words.size() < 2) return 2;
    const QDir folder(words[1]);
    test::Scenes scenes;
    scenes.tablet().app->settings()->setLanguage(words.value(2, QStringLiteral("fr")));
    const std::vector<Look> looks = allLooks();
    const bool reached = scenes.walk([&](const QString& scene) {
        for (const Look& look : looks)
            photograph(scenes, folder, scene, look);
    });
    QTextStream(stdout) << written << " pictures\n";
    if (!reached) QTextStream(stderr) << "stopped after " << scenes.where() << '\n';
    return reached ? 0 : 1;
}
