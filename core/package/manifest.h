// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <QByteArray>
#include <QString>

#include "base/ids.h"
#include "base/result.h"
#include "crypto/hash.h"
#include "crypto/sign.h"

namespace sotto::package {

enum class PackageKind { Content, Identity, Research };
[[nodiscard]] QString packageKindName(PackageKind kind);
[[nodiscard]] std::optional<PackageKind> packageKindFromName(const QString& name);

inline constexpr std::uint64_t kPartSize = std::uint64_t{4} << 20;
inline constexpr std::size_t kMaxParts = 4096;                             ///< 16 GiB, weeks of recording
inline constexpr std::uint64_t kMaxManifestSize = std::uint64_t{2} << 20;  ///< bytes of the signed text
inline constexpr std::uint64_t kMaxReceiptSize = 16 * 1024;

/// Bytes as signed texts and ledgers write them: lower-case hexadecimal.
[[nodiscard]] QString hexText(ByteView bytes);

/// True for 32 hexadecimal digits in lower case: the name of a part, and what every other name in a store begins with.
[[nodiscard]] bool isPartName(QStringView name);

/// One part of a package as it lies in a store: 4 MiB at most, random name.
struct Part {
    QString name;  ///< 32 hexadecimal digits
    std::uint64_t size = 0;
    crypto::Sha256Digest sha256{};
};

/// What the device says about one sealed package, in clear: random ids, sizes and hashes only. Signed by the device.
struct Manifest {
    PackageId package;
    SessionId session;
    PackageKind kind = PackageKind::Content;
    bool practice = false;
    crypto::VerifyKey device{};
    std::uint64_t sequence =
        0;                   ///< number of the session on the device; the same number with another hash is a roll-back
    std::uint64_t size = 0;  ///< of the whole age file
    crypto::Sha256Digest sha256{};
    std::vector<Part> parts;           ///< in order; sizes add up to `size`
    crypto::Sha256Digest auditHead{};  ///< of the device's audit trail when the package was made
};

inline constexpr std::string_view kManifestContext = "sotto-manifest-v1";

/// JSON text: {"signed": base64 of the manifest's JSON, "signature": hex}. The signed bytes are kept as they are, so
/// that nothing depends on how JSON is written.
[[nodiscard]] QByteArray signManifest(const Manifest& manifest, const crypto::SigningKey& device);
/// Checks form, bounds and the signature by the key that the manifest names (whether that device is known is the
/// caller's to judge). ParseFailed, SignatureInvalid, NewerVersion.
[[nodiscard]] Result<Manifest> openManifest(ByteView text);

enum class ReceiptKind { Stored, Opened };
[[nodiscard]] QString receiptKindName(ReceiptKind kind);

/// The lab's word that a package arrived: `Stored`: ciphertext hash and signature verified, two copies read back.
/// `Opened`: it also decrypted and every file in it verified.
struct Receipt {
    PackageId package;
    ReceiptKind kind = ReceiptKind::Stored;
    crypto::Sha256Digest sha256{};  ///< of the age file
    std::uint64_t size = 0;
    crypto::VerifyKey lab{};
    std::int64_t atUtcMs = 0;
};
inline constexpr std::string_view kReceiptContext = "sotto-receipt-v1";
[[nodiscard]] QByteArray signReceipt(const Receipt& receipt, const crypto::SigningKey& lab);
/// SignatureInvalid unless signed by `lab`, the pinned key.
[[nodiscard]] Result<Receipt> openReceipt(ByteView text, const crypto::VerifyKey& lab);

}  // namespace sotto::package
