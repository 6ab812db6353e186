// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonObject>

#include "package/content.h"
#include "package/json_file.h"
#include "package/seal.h"
#include "people/form_answers.h"

namespace sotto::package {

namespace {

QJsonObject scoresOf(const study::AnsweredForm& answered) {
    QJsonObject scores;
    for (const study::Score& score : answered.form->scores) {
        QJsonObject one;
        if (const auto total = study::total(answered, score)) one.insert(QStringLiteral("total"), *total);
        if (const study::Band* band = study::band(answered, score)) one.insert(QStringLiteral("band"), band->id);
        scores.insert(score.id, one);
    }
    return scores;
}

}  // namespace

PackageFile instrumentFile(const study::AnsweredForm& answered, const QString& hash, bool finished, int further) {
    QJsonObject answers;
    for (const auto& [item, answer] : answered.answers)
        answers.insert(item, people::answerToJson(answer));
    const QString suffix = further > 0 ? QStringLiteral("-%1").arg(further + 1) : QString();
    PackageFile file = jsonFile(QLatin1String("instrument.json"), {{QStringLiteral("format"), kPackageFormat},
                                                                   {QStringLiteral("form"), answered.form->id},
                                                                   {QStringLiteral("form_sha256"), hash},
                                                                   {QStringLiteral("finished"), finished},
                                                                   {QStringLiteral("answers"), answers},
                                                                   {QStringLiteral("scores"), scoresOf(answered)}});
    file.name = QStringLiteral("instruments/%1%2.json").arg(answered.form->id, suffix);
    return file;
}

}  // namespace sotto::package
