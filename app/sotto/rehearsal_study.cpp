// SPDX-License-Identifier: Apache-2.0
#include "rehearsal_study.h"

#include <QProcess>

#include "assets/assets.h"
#include "commandline/command.h"
#include "commandline/key_files.h"

namespace sotto::app {

namespace {

constexpr std::uint64_t kMaxSignedPack = 64U << 20;

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

Result<study::PackFiles> unsignedPack(FileSystem& files, const StudyChoice& choice) {
    if (!choice.study) return assets::practiceStudy();
    return study::readPackFolder(files, choice.study->toStdString());
}

/// True if a signed file was named, and no folder.
bool isSignedFile(FileSystem& files, const StudyChoice& choice) {
    return choice.study && !files.list(choice.study->toStdString());
}

Result<study::SignedPack> readSigned(FileSystem& files, const StudyChoice& choice) {
    SOTTO_ASSIGN(const Bytes bytes, readFile(files, choice.study->toStdString(), kMaxSignedPack));
    return study::openSignedPack(bytes, std::nullopt);
}

/// The folder of the lab's keys; makes them there when the folder has none.
Result<Path> keyFolder(FileSystem& files, const StudyChoice& choice) {
    Path folder = choice.home;
    folder += "-keys";
    if (choice.keys) folder = choice.keys->toStdString();
    SOTTO_ASSIGN(const bool exists, files.exists(folder));
    if (!exists) {
        SOTTO_TRY(generateKeys(files, folder, kKeyNames));
        say(QStringLiteral("Keys for practice were made in %1.").arg(QString::fromStdString(folder.string())));
    }
    return folder;
}

Result<Bytes> signWith(FileSystem& files, const study::PackFiles& pack, const Path& folder) {
    SOTTO_ASSIGN(auto keys, readLabKeys(files, folder));
    SOTTO_ASSIGN(const auto signing, readSigningKey(files, folder));
    if (!signing) return fail(ErrorCode::NotFound, folder.string() + " holds no lab-signing.key");
    return study::signPack(pack, std::move(keys), *signing);
}

/// Every fault is shown, not only the first.
Result<study::StudyPack> refuseFaults(const study::PackFiles& files) {
    auto checked = study::checkPack(files);
    if (!checked.hasErrors()) return std::move(checked.pack);
    for (const auto& fault : checked.faults)
        say(fault.toString());
    return fail(ErrorCode::ParseFailed, "the study pack has faults; mend what is listed and run it again");
}

Result<std::pair<QString, std::optional<crypto::VerifyKey>>> chosenIdentity(FileSystem& files,
                                                                            const StudyChoice& choice) {
    if (!isSignedFile(files, choice)) {
        SOTTO_ASSIGN(const auto pack, packForNewHome(files, choice));
        return std::pair{pack.id, std::optional<crypto::VerifyKey>{}};
    }
    SOTTO_ASSIGN(const auto pack, readSigned(files, choice));
    return std::pair{pack.pack.id, std::optional(pack.keys.signing)};
}

}  // namespace

Result<study::StudyPack> packForNewHome(FileSystem& files, const StudyChoice& choice) {
    if (isSignedFile(files, choice)) {
        SOTTO_ASSIGN(auto study, readSigned(files, choice));
        return std::move(study.pack);
    }
    SOTTO_ASSIGN(const auto pack, unsignedPack(files, choice));
    return refuseFaults(pack);
}

Result<study::SignedPack> studyForNewHome(FileSystem& files, const StudyChoice& choice) {
    if (isSignedFile(files, choice)) return readSigned(files, choice);
    SOTTO_ASSIGN(const auto pack, unsignedPack(files, choice));
    SOTTO_ASSIGN(const Path folder, keyFolder(files, choice));
    SOTTO_ASSIGN(const Bytes bytes, signWith(files, pack, folder));
    return study::openSignedPack(bytes, std::nullopt);
}

Result<> checkSameStudy(FileSystem& files, const StudyChoice& choice, const study::SignedPack& home) {
    if (choice.study) {
        SOTTO_ASSIGN(const auto chosen, chosenIdentity(files, choice));
        if (chosen.first != home.pack.id || (chosen.second && *chosen.second != home.keys.signing)) {
            return fail(ErrorCode::NotAllowed, "this home belongs to the study '" + home.pack.id.toStdString() +
                                                   "' of another lab or name; use another --home for this one");
        }
    }
    if (choice.keys) {
        SOTTO_ASSIGN(const bool exists, files.exists(choice.keys->toStdString()));
        if (!exists) return fail(ErrorCode::NotFound, "there is no key folder " + choice.keys->toStdString());
        SOTTO_ASSIGN(const auto signing, readSigningKey(files, choice.keys->toStdString()));
        if (signing && signing->verifyKey() != home.keys.signing) {
            return fail(ErrorCode::NotAllowed, "this home trusts another lab key than the one in " +
                                                   choice.keys->toStdString() + "; use another --home");
        }
    }
    return {};
}

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
