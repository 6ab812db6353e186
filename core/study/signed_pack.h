// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "study/pack_source.h"

namespace sotto::study {

/// A `.sottostudy` file, opened and verified: its files are those that the lab key signed.
struct SignedPack {
    StudyPack pack;
    LabKeys keys;
    PackFiles files;
    Bytes bytes;                  ///< the file as it was, to be kept in the vault
    crypto::Sha256Digest hash{};  ///< of `bytes`
};

/// Bundles a checked pack with the lab's recipients and signs it. ParseFailed if the pack has faults; the key that
/// signs is `signing`, keys.signing is set from it.
[[nodiscard]] Result<Bytes> signPack(const PackFiles& files, LabKeys keys, const crypto::SigningKey& signing);

/// Opens a signed pack. `pinned`: the lab key this home trusts already; another one is SignatureInvalid. Without a pin
/// the pack's own key is only proved to have signed it: show its fingerprint. ParseFailed, SignatureInvalid,
/// NewerVersion.
[[nodiscard]] Result<SignedPack> openSignedPack(ByteView bytes, const std::optional<crypto::VerifyKey>& pinned);

/// Six words for a key, to be compared by ear or eye (48 bits of its SHA-256; the word list is ours).
[[nodiscard]] QString fingerprintWords(const crypto::VerifyKey& key, const QString& language);

}  // namespace sotto::study
