// SPDX-License-Identifier: Apache-2.0
#include "interview/off_record.h"

#include <algorithm>
#include <memory>
#include <set>

#include "consent/strict_json.h"
#include "interview/session_log.h"
#include "interview/timeline.h"

namespace sotto::interview {

namespace {

/// Goes through the events of one log in their order.
class Eraser {
public:
    explicit Eraser(std::vector<Span> spans) : m_spans(std::move(spans)) {}
    void beginLog() { m_erased.clear(); }
    /// True if the event of this number has to go.
    [[nodiscard]] bool takes(const Event& event, std::uint64_t number) {
        // Without what it corrects, a correction has nothing to say; one of something that stays has to stay, or that
        // would stand again.
        const bool goes =
            event.kind == EventKind::Correct ? m_erased.count(event.id.toULongLong()) > 0 : goesWith(event, m_spans);
        if (goes) m_erased.insert(number);
        return goes;
    }

private:
    std::vector<Span> m_spans;
    std::set<std::uint64_t> m_erased;
};

Event stubOf(const Event& event) {
    Event stub;
    stub.kind = EventKind::Erased;
    stub.number = event.number;
    stub.offset = event.offset;
    stub.at = event.at;
    return stub;
}

Bytes bytesOf(const QJsonObject& json) {
    const QByteArray text = consent::compactJson(json);
    const ByteView view = viewOf(text);
    return {view.begin(), view.end()};
}

Result<Bytes> withoutContent(Eraser& eraser, Bytes body) {
    SOTTO_ASSIGN(const QJsonObject json, consent::parseJsonObject(body, "event"));
    SOTTO_ASSIGN(const Event event, Event::fromJson(json));
    if (!eraser.takes(event, event.number)) return body;
    return bytesOf(stubOf(event).toJson());
}

}  // namespace

std::vector<Span> spansTakenBack(const std::vector<Event>& events) {
    std::vector<Span> spans;
    for (const Event& event : uncorrectedEvents(events)) {
        if (event.kind == EventKind::OffRecordSpan) spans.push_back({event.offset, event.until.value_or(event.offset)});
    }
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
    std::vector<Span> joined;
    for (const Span& span : spans) {
        if (joined.empty() || joined.back().to < span.from) {
            joined.push_back(span);
        } else {
            joined.back().to = std::max(joined.back().to, span.to);
        }
    }
    return joined;
}

bool goesWith(const Event& event, const std::vector<Span>& spans) {
    switch (event.kind) {
        case EventKind::Note:
        case EventKind::Mark:
        case EventKind::Code:
        case EventKind::Link:
        case EventKind::Answer:
            return std::any_of(spans.begin(), spans.end(),
                               [&](const Span& span) { return event.start() <= span.to && event.offset >= span.from; });
        default:
            return false;
    }
}

std::vector<Event> withoutSpans(const std::vector<Event>& events, const std::vector<Span>& spans) {
    Eraser eraser(spans);
    std::vector<Event> kept = events;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const std::uint64_t number = kept[i].number > 0 ? kept[i].number : i + 1;
        if (eraser.takes(kept[i], number)) kept[i] = stubOf(kept[i]);
    }
    return kept;
}

Result<Bytes> upgradedOpening(ByteView body) {
    SOTTO_ASSIGN(const QJsonObject json, consent::parseJsonObject(body, "session opening"));
    SOTTO_ASSIGN(Opening opening, Opening::fromJson(json));
    opening.format = kSessionFormat;
    return bytesOf(opening.toJson());
}

sealedlog::Filter eraseFilter(std::vector<Span> spans) {
    const auto eraser = std::make_shared<Eraser>(std::move(spans));
    return [eraser](const sealedlog::RecordInfo& record, Bytes body) -> Result<std::vector<sealedlog::NewRecord>> {
        if (record.type == static_cast<std::uint16_t>(RecordType::Opening)) {
            eraser->beginLog();
            SOTTO_ASSIGN(body, upgradedOpening(body));
        } else if (record.type == static_cast<std::uint16_t>(RecordType::Event)) {
            SOTTO_ASSIGN(body, withoutContent(*eraser, std::move(body)));
        }
        std::vector<sealedlog::NewRecord> records;
        records.push_back({record.type, std::move(body)});
        return records;
    };
}

sealedlog::Filter inTurn(sealedlog::Filter first, sealedlog::Filter second) {
    return [first = std::move(first), second = std::move(second)](
               const sealedlog::RecordInfo& record, Bytes body) -> Result<std::vector<sealedlog::NewRecord>> {
        SOTTO_ASSIGN(auto between, first(record, std::move(body)));
        std::vector<sealedlog::NewRecord> after;
        for (sealedlog::NewRecord& one : between) {
            sealedlog::RecordInfo info = record;
            info.type = one.type;
            info.bodySize = static_cast<std::uint32_t>(one.body.size());
            SOTTO_ASSIGN(auto some, second(info, std::move(one.body)));
            std::move(some.begin(), some.end(), std::back_inserter(after));
        }
        return after;
    };
}

}  // namespace sotto::interview
