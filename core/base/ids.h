// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <optional>

#include <QString>

#include "base/bytes.h"

namespace sotto {

/// Fills the span from the operating system's random source. Aborts if there is none: nothing safe could follow.
void randomFill(ByteSpan bytes);

/// A random 128-bit identifier that cannot be mixed up with one of another kind. It says nothing about whom or what
/// it names. Text form: 32 lower-case hexadecimal digits. The default value is the null id.
template <typename Tag>
class Id {
public:
    using Raw = std::array<std::uint8_t, 16>;

    Id() = default;
    explicit Id(const Raw& raw) : m_raw(raw) {}
    [[nodiscard]] static Id random() {
        Id id;
        randomFill(id.m_raw);
        return id;
    }
    /// Nothing unless the text is exactly 32 hexadecimal digits.
    [[nodiscard]] static std::optional<Id> fromString(const QString& text) {
        const auto bytes = text.size() == 32 ? fromHex(text.toStdString()) : std::nullopt;
        if (!bytes) return std::nullopt;
        Id id;
        std::copy(bytes->begin(), bytes->end(), id.m_raw.begin());
        return id;
    }
    [[nodiscard]] QString toString() const { return QString::fromStdString(toHex(m_raw)); }
    [[nodiscard]] const Raw& raw() const { return m_raw; }
    [[nodiscard]] bool isNull() const { return m_raw == Raw{}; }
    auto operator<=>(const Id&) const = default;

private:
    Raw m_raw{};
};

using HomeId = Id<struct HomeTag>;                ///< one tablet's store of sealed logs
using FileId = Id<struct FileTag>;                ///< one sealed log
using PersonId = Id<struct PersonTag>;            ///< somebody who unlocks this tablet
using ParticipantId = Id<struct ParticipantTag>;  ///< somebody who takes part in a study
using PairId = Id<struct PairTag>;                ///< a dyad or triad of participants
using SessionId = Id<struct SessionTag>;          ///< one interview
using EvidenceId = Id<struct EvidenceTag>;        ///< one act of consent
using PackageId = Id<struct PackageTag>;          ///< one sealed package on its way to the lab

}  // namespace sotto
