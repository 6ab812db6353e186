// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QFontMetricsF>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickView>
#include <QRegularExpression>
#include <QTest>

#include "core/study/pack_fixture.h"
#include "tablet/form_view_model.h"

using namespace sotto;
using app::FormViewModel;

/// The forty-one questions of study B on a phone, at twice the size of text: nothing is cut off or broken, in either
/// language. SOTTO_PICTURES names a folder for pictures of each question.
class TestLongForm : public QObject {
    Q_OBJECT

private slots:
    void everyQuestionFitsAPhoneAtTwiceTheSize_data();
    void everyQuestionFitsAPhoneAtTwiceTheSize();
};

namespace {

const char* kPage = R"(
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components
import Sotto.Pages

PageFrame {
    id: page

    required property FormViewModel form

    title: page.form.title
    footer: FormKeys { form: page.form }
    FormItems { form: page.form }
    Component.onCompleted: {
        Theme.fontScale = 2;
        Theme.reducedMotion = true;
    }
}
)";

QString faultOf(QQuickItem* item, int width) {
    if (!item->isVisible()) return {};
    const QString text = item->property("text").toString();
    if (item->inherits("QQuickText") && !text.isEmpty()) {
        const double left = item->mapToItem(nullptr, QPointF()).x();
        const QFontMetricsF metrics(item->property("font").value<QFont>());
        if (item->property("truncated").toBool() || item->implicitHeight() > item->height() + 1.5)
            return QStringLiteral("cut off: ") + text;
        if (left < -1 || left + item->width() > width + 1) return QStringLiteral("past the window: ") + text;
        static const QRegularExpression kBlank(QStringLiteral("[\\s-]+"));
        for (const QString& word : text.split(kBlank)) {
            if (metrics.horizontalAdvance(word) > item->width() + 1) return QStringLiteral("broken: ") + word;
        }
    }
    for (QQuickItem* child : item->childItems()) {
        const QString fault = faultOf(child, width);
        if (!fault.isEmpty()) return fault;
    }
    return {};
}

}  // namespace

void TestLongForm::everyQuestionFitsAPhoneAtTwiceTheSize_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("fr") << QStringLiteral("fr");
    QTest::newRow("en") << QStringLiteral("en");
}

void TestLongForm::everyQuestionFitsAPhoneAtTwiceTheSize() {
    QFETCH(QString, language);
    QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML|qml|TypeError")));
    const auto pack = study::parsePack(test::packIn("studies/b-peer-support"), study::CheckFor::Use);
    const study::Form* consultation = pack ? pack->form(QStringLiteral("consultation")) : nullptr;
    QVERIFY(consultation != nullptr);
    FormViewModel form(*consultation, language, {},
                       [](const QString&, const std::optional<study::Answer>&,
                          const std::function<void(const Result<QStringList>&)>& then) { then(QStringList()); });
    QQuickView view;
    view.engine()->addImportPath(QStringLiteral("qrc:/qt/qml"));
    QQmlComponent component(view.engine());
    component.setData(kPage, QUrl());
    std::unique_ptr<QObject> page(
        component.createWithInitialProperties({{QStringLiteral("form"), QVariant::fromValue(&form)}}));
    QVERIFY2(page != nullptr, qPrintable(component.errorString()));
    auto* root = qobject_cast<QQuickItem*>(page.get());
    root->setParentItem(view.contentItem());
    root->setSize({360, 800});
    view.resize(360, 800);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    int questions = 0;
    const QString pictures = qEnvironmentVariable("SOTTO_PICTURES");
    for (form.start(); form.step() == FormViewModel::Step::Item; form.next()) {
        QTest::qWait(40);  // lets the layout settle
        ++questions;
        const QString fault = faultOf(root, 360);
        QVERIFY2(fault.isEmpty(), qPrintable(QStringLiteral("question %1: %2").arg(questions).arg(fault)));
        if (!pictures.isEmpty())
            view.grabWindow().save(QStringLiteral("%1/%2-%3.png").arg(pictures, language).arg(questions));
    }
    QVERIFY2(questions >= 40, qPrintable(QString::number(questions)));
}

QTEST_MAIN(TestLongForm)
#include "tst_long_form.moc"
