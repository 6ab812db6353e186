// SPDX-License-Identifier: Apache-2.0
#include "sync/withdrawn.h"

#include <algorithm>
#include <array>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "consent/strict_json.h"

namespace sotto::sync {

namespace {

using package::Deletion;

constexpr int kFormat = 1;
constexpr std::uint64_t kMaxSize = std::uint64_t{256} << 20;
constexpr std::string_view kWhat = "withdrawn.json";
constexpr std::array kOutcomes{Deletion::Removed, Deletion::NotHere, Deletion::AudioOnly};

Result<package::DeletionReceipt::Line> readOutcome(const QJsonValue& value) {
    consent::StrictObject fields(value.toObject(), kWhat);
    package::DeletionReceipt::Line line;
    line.package = fields.id<PackageId>(QLatin1String("package"));
    const QString what = fields.text(QLatin1String("what"));
    const auto found = std::find_if(kOutcomes.begin(), kOutcomes.end(),
                                    [&](Deletion deletion) { return package::deletionName(deletion) == what; });
    if (found == kOutcomes.end()) fields.fault(QLatin1String("what"), "is no outcome of a deletion");
    SOTTO_TRY(fields.finish());
    line.what = *found;
    return line;
}

Result<Withdrawn::Line> readLine(const QJsonValue& value) {
    consent::StrictObject fields(value.toObject(), kWhat);
    Withdrawn::Line line;
    line.text = QByteArray::fromBase64(fields.text(QLatin1String("order")).toLatin1());
    line.receipt = QByteArray::fromBase64(fields.text(QLatin1String("receipt")).toLatin1());
    const QJsonArray outcome = fields.array(QLatin1String("outcome"));
    SOTTO_TRY(fields.finish());
    SOTTO_ASSIGN(line.order, package::openOrder(viewOf(line.text)));
    for (const QJsonValue& one : outcome) {
        SOTTO_ASSIGN(const auto read, readOutcome(one));
        line.outcome.push_back(read);
    }
    return line;
}

QJsonObject toJson(const Withdrawn::Line& line) {
    QJsonArray outcome;
    for (const auto& one : line.outcome) {
        outcome.append(QJsonObject{{QStringLiteral("package"), one.package.toString()},
                                   {QStringLiteral("what"), package::deletionName(one.what)}});
    }
    return {{QStringLiteral("order"), QString::fromLatin1(line.text.toBase64())},
            {QStringLiteral("outcome"), outcome},
            {QStringLiteral("receipt"), QString::fromLatin1(line.receipt.toBase64())}};
}

}  // namespace

Result<Withdrawn> Withdrawn::load(FileSystem& files, const Path& path) {
    Withdrawn withdrawn(path);
    SOTTO_ASSIGN(const bool present, files.exists(path));
    if (!present) return withdrawn;
    SOTTO_ASSIGN(const Bytes text, readFile(files, path, kMaxSize));
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(text, kWhat));
    consent::StrictObject fields(std::move(object), kWhat);
    fields.format(kFormat);
    const QJsonArray lines = fields.array(QLatin1String("orders"));
    SOTTO_TRY(fields.finish());
    for (const QJsonValue& value : lines) {
        SOTTO_ASSIGN(Line line, readLine(value));
        withdrawn.m_lines.push_back(std::move(line));
    }
    return withdrawn;
}

const Withdrawn::Line* Withdrawn::find(const package::OrderId& id) const {
    const auto found =
        std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& line) { return line.order.id == id; });
    return found == m_lines.end() ? nullptr : &*found;
}

const Withdrawn::Line* Withdrawn::naming(const crypto::Sha256Digest& sha256) const {
    const auto found = std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& line) {
        return std::any_of(line.order.packages.begin(), line.order.packages.end(),
                           [&](const package::WithdrawnPackage& one) { return one.sha256 == sha256; });
    });
    return found == m_lines.end() ? nullptr : &*found;
}

Result<> Withdrawn::put(FileSystem& files, const Line& line) {
    auto next = m_lines;
    const auto same =
        std::find_if(next.begin(), next.end(), [&](const Line& one) { return one.order.id == line.order.id; });
    if (same == next.end()) {
        next.push_back(line);
    } else {
        *same = line;
    }
    QJsonArray orders;
    for (const Line& one : next)
        orders.append(toJson(one));
    const QJsonObject object{{QStringLiteral("format"), kFormat}, {QStringLiteral("orders"), orders}};
    SOTTO_TRY(replaceFile(files, m_path, viewOf(QJsonDocument(object).toJson())));
    m_lines = std::move(next);
    return {};
}

}  // namespace sotto::sync
