// SPDX-License-Identifier: Apache-2.0
#include "interview/event.h"

#include <algorithm>
#include <array>

#include <QJsonValue>

#include "consent/strict_json.h"
#include "interview/event_words.h"

namespace sotto::interview {

namespace {

/// Which fields a kind needs or may have. One table for writing, reading and checking.
struct Shape {
    EventKind kind;
    QLatin1String name;
    bool needsId = false;
    bool needsTarget = false;
    bool needsText = false;
    bool mayText = false;
    bool mayDimensions = false;
    bool mayPrompted = false;
    bool needsUntil = false;  ///< the end of a span
};

constexpr std::array kShapes{
    Shape{.kind = EventKind::Ask, .name = QLatin1String("ask"), .needsId = true},
    Shape{.kind = EventKind::Probe, .name = QLatin1String("probe"), .needsId = true},
    Shape{.kind = EventKind::Answer, .name = QLatin1String("answer"), .needsId = true, .needsText = true},
    Shape{.kind = EventKind::Mark, .name = QLatin1String("mark"), .mayText = true},
    Shape{.kind = EventKind::Code,
          .name = QLatin1String("code"),
          .needsId = true,
          .mayDimensions = true,
          .mayPrompted = true},
    Shape{.kind = EventKind::Link, .name = QLatin1String("link"), .needsId = true, .needsTarget = true},
    Shape{.kind = EventKind::Note, .name = QLatin1String("note"), .needsText = true},
    Shape{.kind = EventKind::Pause, .name = QLatin1String("pause")},
    Shape{.kind = EventKind::Resume, .name = QLatin1String("resume")},
    Shape{.kind = EventKind::OffRecord, .name = QLatin1String("off-record")},
    Shape{.kind = EventKind::Correct, .name = QLatin1String("correct"), .needsId = true},
    Shape{.kind = EventKind::OffRecordSpan, .name = QLatin1String("off-record-span"), .needsUntil = true},
    Shape{.kind = EventKind::Erased, .name = QLatin1String("erased")},
    Shape{.kind = EventKind::Present, .name = QLatin1String("present"), .needsId = true, .mayDimensions = true},
    Shape{.kind = EventKind::CameIn, .name = QLatin1String("came-in")},
    Shape{.kind = EventKind::Earshot, .name = QLatin1String("earshot"), .needsText = true},
    Shape{.kind = EventKind::Support,
          .name = QLatin1String("support"),
          .needsId = true,
          .needsText = true,
          .mayDimensions = true},
    Shape{.kind = EventKind::Confirmed, .name = QLatin1String("confirmed"), .needsText = true, .mayDimensions = true},
    Shape{.kind = EventKind::Speaker, .name = QLatin1String("speaker"), .needsId = true},
    Shape{.kind = EventKind::Joined, .name = QLatin1String("joined"), .needsId = true, .needsTarget = true},
    Shape{.kind = EventKind::Left, .name = QLatin1String("left"), .needsId = true},
};

const Shape& shapeOf(EventKind kind) {
    return *std::find_if(kShapes.begin(), kShapes.end(), [&](const Shape& shape) { return shape.kind == kind; });
}

bool isEventNumber(const QString& text) {
    bool ok = false;
    const qulonglong number = text.toULongLong(&ok);
    return ok && number > 0 && QString::number(number) == text;
}

Failure misshapen(const Shape& shape, const char* problem) {
    return fail(ErrorCode::InvalidArgument, "an event of kind " + std::string(shape.name.data()) + " " + problem);
}

}  // namespace

QString eventKindName(EventKind kind) {
    return shapeOf(kind).name;
}

std::optional<EventKind> eventKindFromName(const QString& name) {
    const auto found =
        std::find_if(kShapes.begin(), kShapes.end(), [&](const Shape& shape) { return shape.name == name; });
    if (found == kShapes.end()) return std::nullopt;
    return found->kind;
}

Result<> checkShape(const Event& event) {
    const Shape& shape = shapeOf(event.kind);
    if (event.offset.ms < 0) return misshapen(shape, "lies before the recording");
    if (event.id.isEmpty() == shape.needsId) return misshapen(shape, "lacks its id or must not have one");
    if (event.target.isEmpty() == shape.needsTarget) return misshapen(shape, "lacks its target or must not have one");
    if (shape.needsText && event.text.isEmpty()) return misshapen(shape, "lacks its text");
    if (!shape.needsText && !shape.mayText && !event.text.isEmpty()) return misshapen(shape, "must not have a text");
    if (!shape.mayDimensions && !event.dimensions.empty()) return misshapen(shape, "must not have dimensions");
    if (!shape.mayPrompted && event.prompted) return misshapen(shape, "must not have what only a coding has");
    if (event.until.has_value() != shape.needsUntil) return misshapen(shape, "lacks its end or must not have one");
    if (event.until && *event.until <= event.offset) return misshapen(shape, "must end behind its beginning");
    if (!hasItsWords(event)) return misshapen(shape, "has a word that its kind does not have, or lacks one");
    if (event.kind == EventKind::Correct && !isEventNumber(event.id)) {
        return misshapen(shape, "must name the number of an event");
    }
    if (event.text.size() > kMaxEventBytes) return misshapen(shape, "is too long");
    return {};
}

QJsonObject Event::toJson() const {
    QJsonObject json{{QStringLiteral("kind"), eventKindName(kind)},
                     {QStringLiteral("ms"), static_cast<qint64>(offset.ms)},
                     {QStringLiteral("at"), consent::instantToJson(at)}};
    if (number > 0) json.insert(QStringLiteral("n"), static_cast<qint64>(number));
    if (!id.isEmpty()) json.insert(QStringLiteral("id"), id);
    if (!target.isEmpty()) json.insert(QStringLiteral("to"), target);
    if (!text.isEmpty()) json.insert(QStringLiteral("text"), text);
    if (prompted) json.insert(QStringLiteral("prompted"), *prompted);
    if (until) json.insert(QStringLiteral("to_ms"), static_cast<qint64>(until->ms));
    if (!dimensions.empty()) {
        QJsonObject values;
        for (const auto& [name, value] : dimensions) {
            values.insert(name, value);
        }
        json.insert(QStringLiteral("dims"), values);
    }
    return json;
}

Result<Event> Event::fromJson(const QJsonObject& json) {
    consent::StrictObject fields(json, "event");
    Event event;
    const auto kind = eventKindFromName(fields.text(QLatin1String("kind")));
    if (!kind) return fail(ErrorCode::ParseFailed, "event: a kind that this version does not know");
    event.kind = *kind;
    event.offset.ms = fields.integer(QLatin1String("ms"), 0);
    event.at = fields.instant(QLatin1String("at"));
    if (fields.has(QLatin1String("n"))) {
        event.number = static_cast<std::uint64_t>(fields.integer(QLatin1String("n"), 1));
    }
    if (fields.has(QLatin1String("id"))) event.id = fields.text(QLatin1String("id"));
    if (fields.has(QLatin1String("to"))) event.target = fields.text(QLatin1String("to"));
    if (fields.has(QLatin1String("text"))) event.text = fields.text(QLatin1String("text"));
    if (fields.has(QLatin1String("prompted"))) event.prompted = fields.boolean(QLatin1String("prompted"));
    if (fields.has(QLatin1String("to_ms"))) {
        event.until = RecordedOffset{fields.integer(QLatin1String("to_ms"), 0)};
    }
    if (fields.has(QLatin1String("dims"))) event.dimensions = fields.texts(QLatin1String("dims"));
    SOTTO_TRY(fields.finish());
    if (const auto shape = checkShape(event); !shape) return fail(ErrorCode::ParseFailed, shape.error().context);
    return event;
}

RecordedOffset Event::start() const {
    if (kind != EventKind::Mark) return offset;
    return {std::max<std::int64_t>(0, offset.ms - kMarkReachMs)};
}

Event correctionOf(std::uint64_t number, RecordedOffset offset, const Instant& at) {
    Event event;
    event.kind = EventKind::Correct;
    event.offset = offset;
    event.at = at;
    event.id = QString::number(number);
    return event;
}

}  // namespace sotto::interview
