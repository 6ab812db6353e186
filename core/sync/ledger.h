// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <tuple>

#include "base/file.h"
#include "package/manifest.h"

// Private to this module: what a lab desk remembers of what arrived.
namespace sotto::sync {

/// (device, sequence, kind) -> what came under it, kept in OUT/ledger.json and replaced atomically. The same place in
/// a device's count with other bytes is a roll-back or a second tablet with a stolen key. One thread.
class Ledger {
public:
    /// Missing is empty. ParseFailed, NewerVersion: then nothing may be received, or roll-backs would go unseen.
    [[nodiscard]] static Result<Ledger> load(FileSystem& files, const Path& path);

    /// True for the devices that this lab has enrolled.
    using IsEnrolled = std::function<bool(const crypto::VerifyKey&)>;
    /// NotAllowed if the manifest contradicts what is known: same place, other hash or session; or same session and
    /// kind, other hash. What a device says of itself always counts. Of one session, only those on the same side
    /// contradict each other: an unknown tablet cannot take the place of an enrolled one.
    [[nodiscard]] Result<> check(const package::Manifest& manifest, const IsEnrolled& isEnrolled) const;
    /// Notes it and writes the file, unless it is known.
    [[nodiscard]] Result<> add(FileSystem& files, const package::Manifest& manifest);
    /// True if just this package is noted.
    [[nodiscard]] bool holds(const package::Manifest& manifest) const;
    /// What came with this hash, whoever sent it.
    struct Filed {
        crypto::VerifyKey device{};
        SessionId session;
        package::PackageKind kind = package::PackageKind::Content;
    };
    [[nodiscard]] std::optional<Filed> find(const crypto::Sha256Digest& sha256) const;
    /// Takes just this package out and writes the file: it was set aside and must not stand in another's place.
    [[nodiscard]] Result<> forget(FileSystem& files, const package::Manifest& manifest);

private:
    explicit Ledger(Path path) : m_path(std::move(path)) {}
    using Place = std::tuple<crypto::VerifyKey, std::uint64_t, package::PackageKind>;
    struct Line {
        SessionId session;
        crypto::Sha256Digest sha256{};
        bool operator==(const Line&) const = default;
    };
    [[nodiscard]] QByteArray toJson() const;
    Path m_path;
    std::map<Place, Line> m_lines;
};

}  // namespace sotto::sync
