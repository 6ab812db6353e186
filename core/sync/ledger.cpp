// SPDX-License-Identifier: Apache-2.0
#include "sync/ledger.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "consent/strict_json.h"

namespace sotto::sync {

namespace {

using package::hexText;

constexpr int kFormat = 1;
constexpr std::uint64_t kMaxSize = std::uint64_t{256} << 20;
constexpr std::string_view kWhat = "ledger.json";

/// Names both packages of a contradiction, so that people can look for each: numbers, random ids and hashes only.
std::string both(const package::Manifest& now, std::uint64_t sequence, const SessionId& session,
                 const crypto::Sha256Digest& sha256) {
    const auto one = [](std::uint64_t number, const SessionId& id, const crypto::Sha256Digest& hash) {
        return "number " + std::to_string(number) + ", session " + id.toString().toStdString() + ", sha256 " +
               toHex(hash);
    };
    return "; first came " + one(sequence, session, sha256) + "; now " + one(now.sequence, now.session, now.sha256);
}

}  // namespace

Result<Ledger> Ledger::load(FileSystem& files, const Path& path) {
    Ledger ledger(path);
    SOTTO_ASSIGN(const bool present, files.exists(path));
    if (!present) return ledger;
    SOTTO_ASSIGN(const Bytes text, readFile(files, path, kMaxSize));
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(text, kWhat));
    consent::StrictObject fields(std::move(object), kWhat);
    fields.format(kFormat);
    const QJsonArray lines = fields.array(QLatin1String("packages"));
    SOTTO_TRY(fields.finish());
    for (const QJsonValue& value : lines) {
        consent::StrictObject line(value.toObject(), kWhat);
        crypto::VerifyKey device{};
        Line entry;
        line.hex(QLatin1String("device"), device);
        const auto sequence = static_cast<std::uint64_t>(line.integer(QLatin1String("sequence"), 0));
        const auto kind = package::packageKindFromName(line.text(QLatin1String("kind")));
        if (!kind) line.fault(QLatin1String("kind"), "is no kind of package");
        entry.session = line.id<SessionId>(QLatin1String("session"));
        line.hex(QLatin1String("sha256"), entry.sha256);
        SOTTO_TRY(line.finish());
        ledger.m_lines.emplace(Place{device, sequence, *kind}, entry);
    }
    return ledger;
}

Result<> Ledger::check(const package::Manifest& manifest, const IsEnrolled& isEnrolled) const {
    const bool enrolled = isEnrolled(manifest.device);
    for (const auto& [place, line] : m_lines) {
        const auto& [device, sequence, kind] = place;
        const bool samePlace = device == manifest.device && sequence == manifest.sequence;
        if (samePlace && line.session != manifest.session) {
            return fail(ErrorCode::NotAllowed,
                        "this tablet has sent another session under the same number before: a roll-back or a copied "
                        "tablet; ask the interviewer before trusting either" +
                            both(manifest, sequence, line.session, line.sha256));
        }
        if (kind != manifest.kind || (!samePlace && line.session != manifest.session)) continue;
        if (!samePlace && isEnrolled(device) != enrolled) continue;
        if (line.sha256 != manifest.sha256 || !samePlace) {
            return fail(ErrorCode::NotAllowed,
                        "this session has been received before with other bytes, a roll-back or a forgery; what was "
                        "received first is kept" +
                            both(manifest, sequence, line.session, line.sha256));
        }
    }
    return {};
}

Result<> Ledger::add(FileSystem& files, const package::Manifest& manifest) {
    const Place place{manifest.device, manifest.sequence, manifest.kind};
    if (!m_lines.emplace(place, Line{manifest.session, manifest.sha256}).second) return {};
    Result<> done = replaceFile(files, m_path, viewOf(toJson()));
    if (!done) m_lines.erase(place);
    return done;
}

bool Ledger::holds(const package::Manifest& manifest) const {
    const auto found = m_lines.find(Place{manifest.device, manifest.sequence, manifest.kind});
    return found != m_lines.end() && found->second == Line{manifest.session, manifest.sha256};
}

std::optional<Ledger::Filed> Ledger::find(const crypto::Sha256Digest& sha256) const {
    for (const auto& [place, line] : m_lines) {
        if (line.sha256 == sha256) return Filed{std::get<0>(place), line.session, std::get<2>(place)};
    }
    return std::nullopt;
}

Result<> Ledger::forget(FileSystem& files, const package::Manifest& manifest) {
    if (!holds(manifest)) return {};
    const auto node = m_lines.find(Place{manifest.device, manifest.sequence, manifest.kind});
    const auto kept = *node;
    m_lines.erase(node);
    Result<> done = replaceFile(files, m_path, viewOf(toJson()));
    if (!done) m_lines.insert(kept);
    return done;
}

QByteArray Ledger::toJson() const {
    QJsonArray lines;
    for (const auto& [place, line] : m_lines) {
        const auto& [device, sequence, kind] = place;
        lines.append(QJsonObject{{QStringLiteral("device"), hexText(device)},
                                 {QStringLiteral("sequence"), static_cast<qint64>(sequence)},
                                 {QStringLiteral("kind"), package::packageKindName(kind)},
                                 {QStringLiteral("session"), line.session.toString()},
                                 {QStringLiteral("sha256"), hexText(line.sha256)}});
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("format"), kFormat}, {QStringLiteral("packages"), lines}})
        .toJson();
}

}  // namespace sotto::sync
