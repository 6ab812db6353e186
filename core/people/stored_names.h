// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <QLatin1String>
#include <QString>

namespace sotto::people {

template <typename Value>
struct Named {
    Value value;
    const char* name;
};
template <typename Value>
Named(Value, const char*) -> Named<Value>;

/// The text by which each value of an enumeration is stored, for ever. Every value has one.
template <typename Value, std::size_t kCount>
struct StoredNames {
    std::array<Named<Value>, kCount> all;

    [[nodiscard]] QString name(Value value) const {
        const auto found =
            std::find_if(all.begin(), all.end(), [value](const auto& one) { return one.value == value; });
        return QLatin1String(found->name);
    }
    [[nodiscard]] std::optional<Value> value(const QString& name) const {
        const auto found =
            std::find_if(all.begin(), all.end(), [&name](const auto& one) { return name == QLatin1String(one.name); });
        if (found == all.end()) return std::nullopt;
        return found->value;
    }
    [[nodiscard]] std::vector<Value> values() const {
        std::vector<Value> values;
        for (const auto& one : all)
            values.push_back(one.value);
        return values;
    }
};
template <typename Value, std::size_t kCount>
StoredNames(std::array<Named<Value>, kCount>) -> StoredNames<Value, kCount>;

}  // namespace sotto::people
