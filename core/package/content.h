// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QByteArray>
#include <QString>

#include "consent/consent.h"
#include "deident/research_tables.h"
#include "interview/session_log.h"
#include "package/tar.h"
#include "people/support_notes.h"
#include "recording/playback.h"
#include "recording/segment.h"
#include "study/answers.h"

namespace sotto::package {

/// One small file of a package before sealing. A file named manifest.json holds only facts ("kind", "session" ...);
/// sealing adds "format" and the list of files to it.
struct PackageFile {
    QString name;  ///< ASCII, relative, '/' between folders
    QByteArray content;
};

/// Everything of one session that the custodian gets: manifest.json (what is in here, with SHA-256 of every file),
/// timeline.json (opening, events, segments, coverage, section times), notes/<n>.txt, audio.opus. The same builder
/// serves sealing and rescue, so that a rescued session looks like one that was sent, but for permissionsFile() and
/// instrumentFile(), which need the vaults.
struct ContentPackage {
    std::vector<PackageFile> files;  ///< without audio
    bool hasAudio = false;
    std::uint64_t audioSize = 0;  ///< bytes of the Ogg stream
    crypto::Sha256Digest audioSha256{};
    std::uint32_t oggSerial = 0;  ///< random per package; the same serial gives the same bytes
};

/// "ok", "unsynced-tail" or "damaged": the word that manifests and `inspect` have for it.
[[nodiscard]] QString integrityName(sealedlog::Integrity integrity);

/// What was taken off the record afterwards is left out, events and sound, be it that the log still holds it. A session
/// whose sound was erased altogether has no audio; its manifest says "erased".
/// `guide` is that of the study pack that the session was held under (opening.studyHash), never that of a newer one: a
/// question that was removed since would lose its line. It may be missing (rescue without the study): then coverage is
/// left out. Reads the audio once, to size and hash it. `sealedBy` is the key that signs the package, where that is not
/// the tablet's key of the session's day (a home that was rekeyed since). `earlierDamage` is what was wrong with the
/// log before it was rewritten, if anything was: the manifest says damaged, with that note.
[[nodiscard]] Result<ContentPackage> buildContent(const interview::SessionRecords& session,
                                                  const recording::AudioMap& audio, const study::Guide* guide,
                                                  const std::optional<crypto::VerifyKey>& sealedBy = std::nullopt,
                                                  const QString& earlierDamage = {});
/// The audio stream that buildContent() measured.
[[nodiscard]] Result<> writeContentAudio(const interview::SessionRecords& session, const recording::AudioMap& audio,
                                         const ContentPackage& content, const ByteSink& sink);

/// instruments/<form>.json: what was answered to a form that is kept with the session, with its scores; the words of
/// the questions are those of the study pack, named by their hash. `further` numbers a second wording of the same form.
[[nodiscard]] PackageFile instrumentFile(const study::AnsweredForm& answered, const QString& hash, bool finished,
                                         int further = 0);

/// One evidence with its form and what it rests on. The form is the one that was signed, found by its hash among all
/// that the home ever had; it is a bug to pass another.
struct SignedPaper {
    consent::Evidence evidence;
    study::ConsentForm form;
    std::optional<consent::Attachment> attachment;
};

/// consent.json (evidence with signature and device key, form text), consent-with.json for a second one that counts
/// together with the first, what they rest on (consent.jpg, consent.ogg ...), person.json (name, participant id, role).
/// `papers` holds one or two; `device` is the key that they verify with; `sealedBy` as in buildContent().
[[nodiscard]] std::vector<PackageFile> buildIdentity(const std::vector<SignedPaper>& papers,
                                                     const people::IdentityRecord& identity,
                                                     const crypto::VerifyKey& device, const SessionId& session,
                                                     bool practice,
                                                     const std::optional<crypto::VerifyKey>& sealedBy = std::nullopt);
/// support_notes.json, for the identity package alone: what was written apart about this person, oldest first.
[[nodiscard]] PackageFile supportNotesFile(const std::vector<people::SupportNote>& notes);
/// permissions.json: what the participant allows to be done with this, wherever it goes (may_quote and the rest).
[[nodiscard]] PackageFile permissionsFile(const consent::ConsentState& consent);
/// <table>.csv and codebook.json, study.json. `pack` is the one that the session was held under. The manifest tells
/// whether words may be quoted.
[[nodiscard]] std::vector<PackageFile> buildResearch(const std::vector<deident::ResearchTable>& tables,
                                                     const study::StudyPack& pack, bool practice, bool mayQuote);

}  // namespace sotto::package
