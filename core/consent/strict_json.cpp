// SPDX-License-Identifier: Apache-2.0
#include "consent/strict_json.h"

#include <algorithm>

#include <QJsonDocument>

namespace sotto::consent {

namespace {

constexpr std::int64_t kMostZoneMinutes = 24 * 60;

/// toInteger() answers its default for a number that is not whole; two defaults tell that from a real value.
bool isWhole(const QJsonValue& value) {
    return value.isDouble() && value.toInteger(0) == value.toInteger(1);
}

}  // namespace

void StrictObject::fault(QLatin1String key, std::string_view problem) {
    if (!m_fault.empty()) return;
    m_fault = m_what + ": field \"" + std::string(key.data(), static_cast<std::size_t>(key.size())) + "\" ";
    m_fault += problem;
}

QJsonValue StrictObject::take(QLatin1String key, QJsonValue::Type type) {
    m_seen.insert(key);
    const QJsonValue value = m_object.value(key);
    if (value.isUndefined()) {
        fault(key, "is missing");
    } else if (value.type() != type) {
        fault(key, "has the wrong type");
    }
    return value;
}

QString StrictObject::text(QLatin1String key) {
    return take(key, QJsonValue::String).toString();
}

std::int64_t StrictObject::integer(QLatin1String key, std::int64_t least, std::int64_t most) {
    const QJsonValue value = take(key, QJsonValue::Double);
    if (!isWhole(value)) {
        fault(key, "is not a whole number");
        return 0;
    }
    const std::int64_t number = value.toInteger();
    if (number < least || number > most) {
        fault(key, "is out of range");
        return 0;
    }
    return number;
}

bool StrictObject::boolean(QLatin1String key) {
    return take(key, QJsonValue::Bool).toBool();
}

QJsonObject StrictObject::object(QLatin1String key) {
    return take(key, QJsonValue::Object).toObject();
}

QJsonArray StrictObject::array(QLatin1String key) {
    return take(key, QJsonValue::Array).toArray();
}

std::map<QString, bool> StrictObject::booleans(QLatin1String key) {
    std::map<QString, bool> result;
    const QJsonObject values = object(key);
    for (auto entry = values.begin(); entry != values.end(); ++entry) {
        if (!entry.value().isBool()) fault(key, "holds something other than yes or no");
        result.emplace(entry.key(), entry.value().toBool());
    }
    return result;
}

std::map<QString, QString> StrictObject::texts(QLatin1String key) {
    std::map<QString, QString> result;
    const QJsonObject values = object(key);
    for (auto entry = values.begin(); entry != values.end(); ++entry) {
        if (!entry.value().isString()) fault(key, "holds something other than text");
        result.emplace(entry.key(), entry.value().toString());
    }
    return result;
}

Instant StrictObject::instant(QLatin1String key) {
    StrictObject fields(object(key), m_what);
    Instant result;
    result.utcMs = fields.integer(QLatin1String("utc_ms"));
    result.bootMs = fields.integer(QLatin1String("boot_ms"), 0);
    result.bootId = fields.text(QLatin1String("boot"));
    result.zoneOffsetMinutes =
        static_cast<int>(fields.integer(QLatin1String("zone_min"), -kMostZoneMinutes, kMostZoneMinutes));
    if (!fields.finish()) fault(key, "is not an instant");
    return result;
}

void StrictObject::hex(QLatin1String key, ByteSpan bytes) {
    const auto parsed = fromHex(text(key).toStdString());
    if (!parsed || parsed->size() != bytes.size()) {
        fault(key, "is not hexadecimal of the right length");
        return;
    }
    std::copy(parsed->begin(), parsed->end(), bytes.begin());
}

int StrictObject::format(int newest) {
    const std::int64_t number = integer(QLatin1String("format"), 1);
    if (number > newest) m_newer = true;
    return static_cast<int>(std::min<std::int64_t>(number, newest));
}

Result<> StrictObject::finish() const {
    if (m_newer) return fail(ErrorCode::NewerVersion, m_what + " was written by a newer version of Sotto");
    if (!m_fault.empty()) return fail(ErrorCode::ParseFailed, m_fault);
    const QStringList keys = m_object.keys();
    const bool allKnown =
        std::all_of(keys.begin(), keys.end(), [&](const QString& key) { return m_seen.contains(key); });
    if (!allKnown) return fail(ErrorCode::ParseFailed, m_what + " has a field that is not part of its format");
    return {};
}

QJsonObject instantToJson(const Instant& instant) {
    return {{QStringLiteral("utc_ms"), static_cast<qint64>(instant.utcMs)},
            {QStringLiteral("boot_ms"), static_cast<qint64>(instant.bootMs)},
            {QStringLiteral("boot"), instant.bootId},
            {QStringLiteral("zone_min"), instant.zoneOffsetMinutes}};
}

QJsonObject booleansToJson(const std::map<QString, bool>& values) {
    QJsonObject result;
    for (const auto& [key, value] : values) {
        result.insert(key, value);
    }
    return result;
}

QByteArray compactJson(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<QJsonObject> parseJsonObject(ByteView bytes, std::string_view what) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(byteArrayOf(bytes), &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        return fail(ErrorCode::ParseFailed, std::string(what) + " is not a JSON object");
    }
    return document.object();
}

}  // namespace sotto::consent
