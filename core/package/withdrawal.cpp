// SPDX-License-Identifier: Apache-2.0
#include "package/withdrawal.h"

#include <algorithm>
#include <array>
#include <set>

#include <QJsonArray>
#include <QJsonObject>

#include "consent/strict_json.h"
#include "package/manifest.h"
#include "package/signed_text.h"

namespace sotto::package {

namespace {

constexpr int kFormat = 1;
constexpr std::string_view kOrder = "withdrawal order";
constexpr std::string_view kReceipt = "deletion receipt";
constexpr qsizetype kMaxHow = 40;

constexpr std::array kPartNames{QLatin1String("all"), QLatin1String("audio")};
constexpr std::array kDeletionNames{QLatin1String("removed"), QLatin1String("not-here"), QLatin1String("audio-only")};

Result<> checkCount(const QJsonArray& array, qsizetype least, std::string_view what) {
    if (array.size() >= least && static_cast<std::size_t>(array.size()) <= kMaxWithdrawn) return {};
    return fail(ErrorCode::ParseFailed, "the " + std::string(what) + " names too few packages or too many");
}

Result<std::vector<WithdrawnPackage>> readPackages(const QJsonArray& array) {
    SOTTO_TRY(checkCount(array, 1, kOrder));
    std::vector<WithdrawnPackage> packages;
    std::set<PackageId> ids;
    for (const QJsonValue& value : array) {
        consent::StrictObject fields(value.toObject(), "package of a withdrawal order");
        WithdrawnPackage one;
        one.package = fields.id<PackageId>(QLatin1String("package"));
        one.session = fields.id<SessionId>(QLatin1String("session"));
        fields.hex(QLatin1String("sha256"), one.sha256);
        SOTTO_TRY(fields.finish());
        if (!ids.insert(one.package).second) {
            return fail(ErrorCode::ParseFailed, "the withdrawal order names a package twice");
        }
        packages.push_back(one);
    }
    return packages;
}

Result<std::vector<DeletionReceipt::Line>> readLines(const QJsonArray& array) {
    SOTTO_TRY(checkCount(array, 1, kReceipt));
    std::vector<DeletionReceipt::Line> lines;
    for (const QJsonValue& value : array) {
        consent::StrictObject fields(value.toObject(), "line of a deletion receipt");
        DeletionReceipt::Line line;
        line.package = fields.id<PackageId>(QLatin1String("package"));
        const QString what = fields.text(QLatin1String("what"));
        const auto found = std::find(kDeletionNames.begin(), kDeletionNames.end(), what);
        if (found == kDeletionNames.end()) fields.fault(QLatin1String("what"), "is no outcome of a deletion");
        SOTTO_TRY(fields.finish());
        line.what = static_cast<Deletion>(std::distance(kDeletionNames.begin(), found));
        lines.push_back(line);
    }
    return lines;
}

Result<std::vector<DeletionReceipt::Copy>> readCopies(const QJsonArray& array) {
    SOTTO_TRY(checkCount(array, 0, kReceipt));
    std::vector<DeletionReceipt::Copy> copies;
    for (const QJsonValue& value : array) {
        consent::StrictObject fields(value.toObject(), "copy in a deletion receipt");
        DeletionReceipt::Copy copy;
        copy.package = fields.id<PackageId>(QLatin1String("package"));
        copy.how = fields.text(QLatin1String("how"));
        if (copy.how.size() > kMaxHow) fields.fault(QLatin1String("how"), "is too long");
        copy.atUtcMs = fields.integer(QLatin1String("at_utc_ms"));
        SOTTO_TRY(fields.finish());
        copies.push_back(std::move(copy));
    }
    return copies;
}

}  // namespace

QString withdrawnPartName(WithdrawnPart part) {
    return kPartNames[static_cast<std::size_t>(part)];
}

QString deletionName(Deletion deletion) {
    return kDeletionNames[static_cast<std::size_t>(deletion)];
}

QByteArray signOrder(const WithdrawalOrder& order, const crypto::SigningKey& device) {
    QJsonArray packages;
    for (const WithdrawnPackage& one : order.packages) {
        packages.append(QJsonObject{{QStringLiteral("package"), one.package.toString()},
                                    {QStringLiteral("session"), one.session.toString()},
                                    {QStringLiteral("sha256"), hexText(one.sha256)}});
    }
    const QJsonObject body{{QStringLiteral("format"), kFormat},
                           {QStringLiteral("order"), order.id.toString()},
                           {QStringLiteral("device"), hexText(device.verifyKey())},
                           {QStringLiteral("what"), withdrawnPartName(order.part)},
                           {QStringLiteral("packages"), packages},
                           {QStringLiteral("at_utc_ms"), static_cast<qint64>(order.atUtcMs)}};
    return wrapSigned(consent::compactJson(body), kOrderContext, device);
}

Result<WithdrawalOrder> openOrder(ByteView text) {
    SOTTO_ASSIGN(const SignedText envelope, unwrapSigned(text, kMaxOrderSize, kOrder));
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(viewOf(envelope.body), kOrder));
    consent::StrictObject fields(std::move(object), kOrder);
    fields.format(kFormat);
    WithdrawalOrder order;
    order.id = fields.id<OrderId>(QLatin1String("order"));
    fields.hex(QLatin1String("device"), order.device);
    const QString part = fields.text(QLatin1String("what"));
    order.part = part == kPartNames[1] ? WithdrawnPart::Audio : WithdrawnPart::All;
    if (part != withdrawnPartName(order.part)) fields.fault(QLatin1String("what"), "is nothing that can be withdrawn");
    const QJsonArray packages = fields.array(QLatin1String("packages"));
    order.atUtcMs = fields.integer(QLatin1String("at_utc_ms"));
    SOTTO_TRY(fields.finish());
    SOTTO_ASSIGN(order.packages, readPackages(packages));
    SOTTO_TRY(checkSigned(envelope, kOrderContext, order.device, kOrder));
    return order;
}

QByteArray signDeletion(const DeletionReceipt& receipt, const crypto::SigningKey& lab) {
    QJsonArray lines;
    for (const DeletionReceipt::Line& line : receipt.packages) {
        lines.append(QJsonObject{{QStringLiteral("package"), line.package.toString()},
                                 {QStringLiteral("what"), deletionName(line.what)}});
    }
    QJsonArray copies;
    for (const DeletionReceipt::Copy& copy : receipt.copies) {
        copies.append(QJsonObject{{QStringLiteral("package"), copy.package.toString()},
                                  {QStringLiteral("how"), copy.how},
                                  {QStringLiteral("at_utc_ms"), static_cast<qint64>(copy.atUtcMs)}});
    }
    const QJsonObject body{{QStringLiteral("format"), kFormat},
                           {QStringLiteral("order"), receipt.order.toString()},
                           {QStringLiteral("order_sha256"), hexText(receipt.orderSha256)},
                           {QStringLiteral("lab"), hexText(lab.verifyKey())},
                           {QStringLiteral("packages"), lines},
                           {QStringLiteral("copies"), copies},
                           {QStringLiteral("at_utc_ms"), static_cast<qint64>(receipt.atUtcMs)}};
    return wrapSigned(consent::compactJson(body), kDeletionContext, lab);
}

Result<DeletionReceipt> openDeletion(ByteView text, const crypto::VerifyKey& lab) {
    SOTTO_ASSIGN(const SignedText envelope, unwrapSigned(text, kMaxOrderSize, kReceipt));
    // The pinned key first: nothing in a receipt is looked at before it is known to be the lab's.
    SOTTO_TRY(checkSigned(envelope, kDeletionContext, lab, kReceipt));
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(viewOf(envelope.body), kReceipt));
    consent::StrictObject fields(std::move(object), kReceipt);
    fields.format(kFormat);
    DeletionReceipt receipt;
    receipt.order = fields.id<OrderId>(QLatin1String("order"));
    fields.hex(QLatin1String("order_sha256"), receipt.orderSha256);
    fields.hex(QLatin1String("lab"), receipt.lab);
    const QJsonArray lines = fields.array(QLatin1String("packages"));
    const QJsonArray copies = fields.array(QLatin1String("copies"));
    receipt.atUtcMs = fields.integer(QLatin1String("at_utc_ms"));
    SOTTO_TRY(fields.finish());
    SOTTO_ASSIGN(receipt.packages, readLines(lines));
    SOTTO_ASSIGN(receipt.copies, readCopies(copies));
    if (receipt.lab != lab) {
        return fail(ErrorCode::SignatureInvalid, "the deletion receipt names another key than signed it");
    }
    return receipt;
}

bool isFor(const DeletionReceipt& receipt, const WithdrawalOrder& order, ByteView orderText) {
    if (receipt.order != order.id || receipt.orderSha256 != crypto::sha256(orderText)) return false;
    std::multiset<PackageId> told;
    for (const DeletionReceipt::Line& line : receipt.packages)
        told.insert(line.package);
    return told.size() == order.packages.size() &&
           std::all_of(order.packages.begin(), order.packages.end(),
                       [&](const WithdrawnPackage& one) { return told.count(one.package) == 1; });
}

}  // namespace sotto::package
