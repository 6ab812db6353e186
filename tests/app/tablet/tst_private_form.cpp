// SPDX-License-Identifier: Apache-2.0
#include <QMetaProperty>
#include <QTest>

#include "core/people/a_form.h"
#include "kept_answers.h"
#include "tablet/form_view_model.h"

using namespace sotto;
using app::FormViewModel;

/// What somebody answered for themself alone is never handed out again.
class TestPrivateForm : public QObject {
    Q_OBJECT

private slots:
    void answersOfAPrivateFormAreNotHandedOutAgain();
    void nothingCanBeReadAfterClosing();

private:
    [[nodiscard]] std::unique_ptr<FormViewModel> make(study::Form form, study::Answers known = {}) {
        m_kept = {};
        return std::make_unique<FormViewModel>(std::move(form), QStringLiteral("en"), std::move(known), m_kept.saver());
    }
    static void goTo(FormViewModel& form, const QString& about) {
        for (int i = 0; i < 20 && !form.text().contains(about); ++i)
            form.next();
    }
    test::KeptAnswers m_kept;
};

void TestPrivateForm::answersOfAPrivateFormAreNotHandedOutAgain() {
    study::Form secret = test::aForm();
    secret.isPrivate = true;
    const auto form = make(secret, {{QStringLiteral("mood"), test::chose({QStringLiteral("low")})},
                                    {QStringLiteral("why"), test::wrote(QStringLiteral("zanzibar"))},
                                    {QStringLiteral("places-home"), test::wrote(QStringLiteral("zanzibar"))}});
    form->start();
    QVERIFY(form->text().contains(u"roles"));  // the rule that asks for "why" still holds, and it is answered
    form->back();
    QVERIFY(form->text().contains(u"why") && form->isKeptHidden() && form->isAnswered());
    QCOMPARE(form->words(), QString());
    form->back();
    QVERIFY(form->isKeptHidden() && form->chosen().isEmpty());
    goTo(*form, QStringLiteral("places"));
    QVERIFY(form->isKeptHidden());
    for (const QVariant& part : form->parts())
        QVERIFY(part.toMap()[QStringLiteral("value")].toString().isEmpty());
    QVERIFY(m_kept.saves.empty());
    form->writePart(QStringLiteral("places-home"), QStringLiteral("anew"));
    QVERIFY(!form->isKeptHidden());
    QCOMPARE(form->parts()[0].toMap()[QStringLiteral("value")].toString(), QStringLiteral("anew"));
}

void TestPrivateForm::nothingCanBeReadAfterClosing() {
    study::Form secret = test::aForm();
    secret.isPrivate = true;
    const auto form = make(secret);
    form->start();
    form->choose(QStringLiteral("low"));
    form->next();
    form->write(QStringLiteral("zanzibar"));
    form->close();
    QVERIFY(m_kept.saves.back().second->text == u"zanzibar");
    // Whatever is asked of it, nothing comes back.
    form->start();
    form->lookAgain();
    form->back();
    form->choose(QStringLiteral("low"));
    const QMetaObject* type = form->metaObject();
    for (int i = 0; i < type->propertyCount(); ++i) {
        const QVariant value = type->property(i).read(form.get());
        QVERIFY2(!value.toString().contains(u"zanzibar") && !value.toStringList().contains(QStringLiteral("low")),
                 type->property(i).name());
    }
    QVERIFY(form->answers().empty());
    QVERIFY(form->chosen().isEmpty() && form->words().isEmpty() && form->unanswered() == 0);
}

QTEST_GUILESS_MAIN(TestPrivateForm)
#include "tst_private_form.moc"
