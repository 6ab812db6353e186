// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include <QByteArray>
#include <QString>

#include "base/ids.h"
#include "base/result.h"
#include "crypto/hash.h"
#include "crypto/sign.h"

/// What a tablet and a lab say to each other when somebody takes back what was sent already: the order, signed by the
/// device, and the lab's receipt for the deletion. In clear, like manifests: random ids, hashes, numbers and a time; no
/// name, no code of a person, no reason. Values; pure functions.
namespace sotto::package {

/// One withdrawal; also the name of the tombstone on the tablet.
using OrderId = Id<struct OrderTag>;

inline constexpr std::uint64_t kMaxOrderSize = std::uint64_t{1} << 20;  ///< bytes of an order or of its receipt
inline constexpr std::size_t kMaxWithdrawn = 2000;                      ///< packages, or copies, that one text names

enum class WithdrawnPart {
    All,    ///< whatever was sent
    Audio,  ///< the sound alone; notes and events stay
};
[[nodiscard]] QString withdrawnPartName(WithdrawnPart part);

/// A package that has left the tablet, or may have.
struct WithdrawnPackage {
    PackageId package;
    SessionId session;
    crypto::Sha256Digest sha256{};  ///< of the age file
    bool operator==(const WithdrawnPackage&) const = default;
};

struct WithdrawalOrder {
    OrderId id;
    crypto::VerifyKey device{};
    WithdrawnPart part = WithdrawnPart::All;
    std::vector<WithdrawnPackage> packages;  ///< at least one, no two alike
    std::int64_t atUtcMs = 0;
};
inline constexpr std::string_view kOrderContext = "sotto-withdrawal-v1";
/// `device` in the order is set from the key that signs.
[[nodiscard]] QByteArray signOrder(const WithdrawalOrder& order, const crypto::SigningKey& device);
/// Checks form, bounds and the signature by the key that the order names; whether that device is known, and whether the
/// packages are its own, is the caller's to judge. ParseFailed, SignatureInvalid, NewerVersion.
[[nodiscard]] Result<WithdrawalOrder> openOrder(ByteView text);

/// What became of one package of an order at the lab.
enum class Deletion {
    Removed,    ///< it was here, and is not any more
    NotHere,    ///< it never was; should it come, it is not taken
    AudioOnly,  ///< the sound and the sealed file are gone; what else was opened of it stays
};
[[nodiscard]] QString deletionName(Deletion deletion);

/// The lab's word that it did as it was told.
struct DeletionReceipt {
    OrderId order;
    crypto::Sha256Digest orderSha256{};  ///< of the signed text of the order
    crypto::VerifyKey lab{};
    std::int64_t atUtcMs = 0;
    struct Line {
        PackageId package;
        Deletion what = Deletion::Removed;
    };
    std::vector<Line> packages;  ///< each package of the order once
    /// Copies that the lab made of these packages and that people have to delete by hand. Where they are and whom they
    /// were for stays at the lab.
    struct Copy {
        PackageId package;
        QString how;  ///< "open", "unseal" ...
        std::int64_t atUtcMs = 0;
    };
    std::vector<Copy> copies;
};
inline constexpr std::string_view kDeletionContext = "sotto-deletion-v1";
/// `lab` in the receipt is set from the key that signs.
[[nodiscard]] QByteArray signDeletion(const DeletionReceipt& receipt, const crypto::SigningKey& lab);
/// SignatureInvalid unless `lab`, the pinned key, signed it, before anything in it is looked at. ParseFailed,
/// NewerVersion.
[[nodiscard]] Result<DeletionReceipt> openDeletion(ByteView text, const crypto::VerifyKey& lab);
/// True if the receipt is about just this order and tells of each of its packages once.
[[nodiscard]] bool isFor(const DeletionReceipt& receipt, const WithdrawalOrder& order, ByteView orderText);

}  // namespace sotto::package
