// SPDX-License-Identifier: Apache-2.0
#include "rehearsal_voice.h"

#include <QProcess>

#include "commandline/command.h"

namespace sotto::app {

namespace {

/// Spoken by the synthetic voice; about a minute. Nobody's story.
const char* const kSampleFrench =
    "Bonjour. Ceci est une voix de synthèse, pour la répétition. Je raconte une histoire inventée. "
    "L'an dernier, les matins étaient longs. Ma sœur passait le dimanche, elle apportait de la soupe, "
    "et nous parlions du jardin. Peu à peu, j'ai repris la marche, d'abord jusqu'au coin de la rue, "
    "puis jusqu'à la rivière. Ce qui a aidé, c'est qu'elle était là, sans me presser. "
    "Ce qui a été plus difficile, c'est quand elle voulait décider à ma place. Nous en avons parlé, "
    "et depuis elle demande avant d'agir. Aujourd'hui, je cuisine pour elle le samedi. "
    "Quand la nuit est mauvaise, je lui écris un mot, et elle répond le matin. "
    "Je dirais que le rétablissement, c'est de retrouver des choses à attendre. "
    "Voilà ce que je voulais raconter. Merci de votre écoute.";
const char* const kSampleEnglish =
    "Hello. This is a synthetic voice, for the rehearsal. I am telling an invented story. "
    "Last year the mornings were long. My sister came by on Sundays, she brought soup, "
    "and we talked about the garden. Little by little I took up walking, first to the corner of the street, "
    "then down to the river. What helped was that she was there and did not hurry me. "
    "What was harder was when she wanted to decide for me. We talked about it, "
    "and since then she asks before she acts. Today I cook for her on Saturdays. "
    "When the night is bad I write her a line, and she answers in the morning. "
    "I would say that recovery means having things to look forward to again. "
    "That is what I wanted to tell. Thank you for listening.";

}  // namespace

Result<Path> voiceFor(FileSystem& files, const std::optional<QString>& voice, const QString& language,
                      const Path& home) {
    if (voice) return Path(voice->toStdString());
    Path sample = home;
    sample += ".voice." + language.toStdString() + ".wav";
    Path unfinished = sample;
    unfinished += ".part";
    SOTTO_ASSIGN(const bool exists, files.exists(sample));
    if (exists) return sample;
    SOTTO_TRY(files.createDirectories(sample.parent_path().empty() ? Path(".") : sample.parent_path()));
    const bool isFrench = language == u"fr";
    QProcess espeak;
    espeak.start(QStringLiteral("espeak-ng"),
                 {QStringLiteral("-v"), isFrench ? QStringLiteral("fr") : QStringLiteral("en"), QStringLiteral("-s"),
                  QStringLiteral("95"), QStringLiteral("-w"), QString::fromStdString(unfinished.string()),
                  QString::fromUtf8(isFrench ? kSampleFrench : kSampleEnglish)});
    if (!espeak.waitForFinished(60'000) || espeak.exitStatus() != QProcess::NormalExit || espeak.exitCode() != 0) {
        return fail(ErrorCode::NotFound, "espeak-ng could not speak a sample; install it or name a WAV with --voice");
    }
    SOTTO_TRY(files.rename(unfinished, sample));
    say(QStringLiteral("A synthetic voice spoke a sample into %1.").arg(QString::fromStdString(sample.string())));
    return sample;
}

}  // namespace sotto::app
