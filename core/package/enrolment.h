// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <QByteArray>
#include <QString>

#include "base/file.h"
#include "base/ids.h"
#include "crypto/sign.h"

namespace sotto::package {

inline constexpr std::uint64_t kMaxEnrolmentSize = 16 * 1024;  ///< bytes of a request or of a certificate

/// What a tablet says of itself so that a lab may enrol it. The device signs it: that proves nothing about whose tablet
/// it is (the words do, compared by people), but a slip in copying is noticed.
struct TabletRequest {
    crypto::VerifyKey device{};
    HomeId home;
    QString study;  ///< id of the study pack on the tablet
    std::int64_t atUtcMs = 0;
};
inline constexpr std::string_view kTabletContext = "sotto-tablet-v1";
[[nodiscard]] QByteArray signTabletRequest(const TabletRequest& request, const crypto::SigningKey& device);
/// ParseFailed, SignatureInvalid (not signed by the key that it names), NewerVersion.
[[nodiscard]] Result<TabletRequest> openTabletRequest(ByteView text);

/// The lab's word that a tablet's signing key is one of its own.
struct Enrolment {
    crypto::VerifyKey device{};
    std::optional<HomeId> home;    ///< nothing if the key came without a request
    std::optional<QString> study;  ///< the same
    crypto::VerifyKey lab{};
    std::int64_t atUtcMs = 0;
};
inline constexpr std::string_view kEnrolmentContext = "sotto-enrolment-v1";
/// `lab` in `enrolment` is set from the key that signs.
[[nodiscard]] QByteArray signEnrolment(const Enrolment& enrolment, const crypto::SigningKey& lab);
/// SignatureInvalid unless `lab` signed it, before anything in it is looked at. ParseFailed, NewerVersion.
[[nodiscard]] Result<Enrolment> openEnrolment(ByteView text, const crypto::VerifyKey& lab);

/// The certificate of one tablet in a folder of certificates: `<key, 64 hex digits>.tablet`.
[[nodiscard]] Path enrolmentFile(const Path& folder, const crypto::VerifyKey& device);

struct Filed {
    Enrolment enrolment;
    bool isNew = false;
};
/// Signs and files a certificate in `folder` (made if it is not there); whole or not at all, durable on return. A
/// tablet that is enrolled already keeps its certificate byte for byte, and that one is returned. SignatureInvalid or
/// ParseFailed if what lies under its name is no certificate of this lab for this tablet: nothing is overwritten.
[[nodiscard]] Result<Filed> fileEnrolment(FileSystem& files, const Path& folder, const Enrolment& enrolment,
                                          const crypto::SigningKey& lab);

/// The tablets that a folder of certificates vouches for.
struct EnrolledTablets {
    std::set<crypto::VerifyKey> devices;
    /// One sentence for each certificate that counts for nothing: altered, by another lab, under another tablet's name.
    std::vector<QString> refused;
};
/// Nothing if there is no folder or it holds no `.tablet` file at all: no tablet was ever enrolled. A bad certificate
/// is told and does not count. Fails if the folder or a file in it can't be read.
[[nodiscard]] Result<std::optional<EnrolledTablets>> readEnrolments(FileSystem& files, const Path& folder,
                                                                    const crypto::VerifyKey& lab);

}  // namespace sotto::package
