// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace sotto::consent {

/// Reads a JSON object whose set of fields is closed: every field must be known, present (unless asked for as
/// optional) and of the right type. Like ByteReader the first fault sticks and every later value is empty, so that a
/// parser reads a whole structure and calls finish() once. A value; one thread.
///
/// Closed on purpose: a field that a reader skipped would neither be signed nor be shown, yet travel along.
class StrictObject {
public:
    /// `what` names the structure in error texts ("consent evidence").
    StrictObject(QJsonObject object, std::string_view what) : m_object(std::move(object)), m_what(what) {}

    [[nodiscard]] bool has(QLatin1String key) const { return m_object.contains(key); }
    [[nodiscard]] QString text(QLatin1String key);
    /// A whole number within the bounds.
    [[nodiscard]] std::int64_t integer(QLatin1String key, std::int64_t least = kLeast, std::int64_t most = kMost);
    [[nodiscard]] bool boolean(QLatin1String key);
    [[nodiscard]] QJsonObject object(QLatin1String key);
    [[nodiscard]] QJsonArray array(QLatin1String key);
    /// An object of booleans, as answers to items are.
    [[nodiscard]] std::map<QString, bool> booleans(QLatin1String key);
    /// An object of strings.
    [[nodiscard]] std::map<QString, QString> texts(QLatin1String key);
    [[nodiscard]] Instant instant(QLatin1String key);
    /// Exactly `bytes.size()` bytes in hexadecimal.
    void hex(QLatin1String key, ByteSpan bytes);
    template <typename IdType>
    [[nodiscard]] IdType id(QLatin1String key) {
        const auto parsed = IdType::fromString(text(key));
        if (!parsed) fault(key, "is not an id");
        return parsed.value_or(IdType{});
    }
    /// The field "format": NewerVersion, at finish(), above `newest`. Returns it; what it is of a newer one says
    /// nothing.
    int format(int newest);
    /// Remembers a fault found by the caller.
    void fault(QLatin1String key, std::string_view problem);

    /// ParseFailed with the first fault, NewerVersion, or ParseFailed for a field that nobody asked for.
    [[nodiscard]] Result<> finish() const;

    static constexpr std::int64_t kMost = std::int64_t{1} << 53;  ///< what every JSON reader represents exactly
    static constexpr std::int64_t kLeast = -kMost;

private:
    [[nodiscard]] QJsonValue take(QLatin1String key, QJsonValue::Type type);
    QJsonObject m_object;
    std::string m_what;
    QSet<QString> m_seen;
    std::string m_fault;
    bool m_newer = false;
};

/// {"boot": id, "boot_ms": n, "utc_ms": n, "zone_min": n}
[[nodiscard]] QJsonObject instantToJson(const Instant& instant);
[[nodiscard]] QJsonObject booleansToJson(const std::map<QString, bool>& values);
/// Compact, keys sorted (QJsonObject keeps them so), UTF-8.
[[nodiscard]] QByteArray compactJson(const QJsonObject& object);
/// The object in these bytes; ParseFailed for anything else.
[[nodiscard]] Result<QJsonObject> parseJsonObject(ByteView bytes, std::string_view what);

}  // namespace sotto::consent
