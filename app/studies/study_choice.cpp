// SPDX-License-Identifier: Apache-2.0
#include "study_choice.h"

#include "assets/assets.h"
#include "commandline/command.h"
#include "commandline/key_files.h"

namespace sotto::app {

namespace {

constexpr std::uint64_t kMaxSignedPack = 64U << 20;

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

}  // namespace sotto::app
