// SPDX-License-Identifier: Apache-2.0
// Making a home: beside its path, and given its name when it is whole.
#include "package/tree.h"
#include "vault/audit.h"
#include "workflow/home.h"
#include "workflow/home_files.h"
#include "workflow/keyring_watch.h"
#include "workflow/study_shelf.h"

namespace sotto::workflow {

namespace {

using Anchors = std::map<FileId, sealedlog::Anchor>;

Result<std::unique_ptr<vault::Vault>> createVault(FileSystem& files, const HomeLayout& layout,
                                                  const keyring::Keyring& keys, const study::SignedPack& study,
                                                  Compartment compartment) {
    return vault::Vault::create(files, layout.vault(compartment), kindOf(compartment),
                                recipientsOf(compartment, keys.currentRecipient(compartment), study.keys),
                                schemasOf(compartment));
}

Result<Anchors> createVaults(FileSystem& files, const HomeLayout& layout, const keyring::Keyring& keys,
                             const study::SignedPack& study, const Clock& clock) {
    Anchors anchors;
    for (const Compartment compartment : keyring::kCompartments) {
        SOTTO_ASSIGN(const auto vault, createVault(files, layout, keys, study, compartment));
        if (compartment != Compartment::Identities) SOTTO_TRY(StudyShelf(*vault).add(study, clock.now()));
        if (compartment == Compartment::Sessions) {
            SOTTO_TRY(vault::AuditTrail(*vault).append(clock.now(), keys.personId(), QStringLiteral("home.created")));
        }
        // Setting the anchors writes the keyring once more.
        SOTTO_TRY(KeyringWatch(*vault).remember(keys.generation() + 1));
        anchors[vault->fileId()] = vault->head();
    }
    return anchors;
}

/// Everything of a new home, below a folder that nobody looks into yet.
Result<> fillHome(FileSystem& files, const HomeLayout& layout, ByteView passphrase, const study::SignedPack& study,
                  const Clock& clock, const keyring::KeyringOptions& options, const QString& person) {
    SOTTO_TRY(files.createDirectories(layout.sessionFolder()));
    SOTTO_TRY(files.createDirectories(layout.outboxFolder()));
    SOTTO_TRY(takeBallast(files, layout));
    SOTTO_TRY(writeHelp(files, layout, study.pack));
    SOTTO_ASSIGN(auto keys, keyring::Keyring::create(files, layout.root, passphrase, clock, options, person));
    SOTTO_ASSIGN(const auto anchors, createVaults(files, layout, keys, study, clock));
    SOTTO_TRY(keys.setAnchors(anchors));
    return files.syncDirectory(layout.root);
}

/// "home/" names the folder "home": what is built beside it must not land inside.
Path withoutTrailingSlash(const Path& path) {
    return path.has_filename() ? path : path.parent_path();
}

Path stagingFor(const Path& home) {
    Path staging = home;
    staging += ".sotto-unfinished";
    return staging;
}

/// Removes what an earlier try left. Busy while another program is building there.
Result<> clearStaging(FileSystem& files, const HomeLayout& staging) {
    SOTTO_ASSIGN(const bool exists, files.exists(staging.root));
    if (!exists) return {};
    const auto lock = files.open(staging.lock(), OpenMode::ReadWrite);
    if (lock && !(*lock)->lock()) {
        return fail(ErrorCode::Busy, "another Sotto is making a home at " + staging.root.string() + "; wait for it");
    }
    return package::removeTree(files, staging.root);
}

/// Builds the home in the staging folder and gives it its name. Holds the lock all the while, or a second program
/// would take what grows here for the left-over of a crash.
Result<> buildHome(FileSystem& files, const HomeLayout& staging, const Path& path, ByteView passphrase,
                   const study::SignedPack& study, const Clock& clock, const keyring::KeyringOptions& options,
                   const QString& person) {
    SOTTO_TRY(files.createDirectories(staging.root));
    SOTTO_ASSIGN(const auto lock, files.open(staging.lock(), OpenMode::CreateNew));
    SOTTO_TRY(lock->lock());
    SOTTO_TRY(fillHome(files, staging, passphrase, study, clock, options, person));
    return files.rename(staging.root, path);
}

Result<> refuseUsedFolder(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const bool exists, files.exists(path));
    if (!exists) return {};
    SOTTO_ASSIGN(const bool isHome, keyring::Keyring::exists(files, path));
    if (isHome) return fail(ErrorCode::AlreadyExists, "there is a Sotto home at " + path.string() + " already");
    SOTTO_ASSIGN(const auto entries, files.list(path));
    if (!entries.empty()) {
        return fail(ErrorCode::AlreadyExists,
                    path.string() + " is not empty and holds no Sotto home; choose another folder");
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Home>> Home::create(FileSystem& files, const Path& path, ByteView passphrase,
                                           const study::SignedPack& study, const Clock& clock,
                                           const keyring::KeyringOptions& options, const QString& person) {
    const Path target = withoutTrailingSlash(path);
    SOTTO_TRY(refuseUsedFolder(files, target));
    const HomeLayout staging{stagingFor(target)};
    SOTTO_TRY(clearStaging(files, staging));
    if (Result<> built = buildHome(files, staging, target, passphrase, study, clock, options, person); !built) {
        // The first error is the one that counts; what is left is cleared by the next try.
        static_cast<void>(clearStaging(files, staging));
        return Failure(std::move(built).error());
    }
    SOTTO_TRY(files.syncDirectory(target.parent_path()));
    return unlock(files, target, passphrase, clock, options, person);
}

}  // namespace sotto::workflow
