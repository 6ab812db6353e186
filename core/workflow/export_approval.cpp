// SPDX-License-Identifier: Apache-2.0
#include "workflow/export_approval.h"

#include <QJsonDocument>

#include "workflow/settings.h"

namespace sotto::workflow {

namespace {

const QString kSetting = QStringLiteral("export.approval");
constexpr qsizetype kMaxName = 200;

const study::DataCustodian* custodianOf(const Home& home) {
    const auto& custodian = home.study().pack.policy.custodian;
    return custodian && custodian->approvesExport ? &*custodian : nullptr;
}

/// The setting and its audit entry become durable together.
Result<> keep(Home& home, const QString& value, const QString& action) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.outbox()));
    SOTTO_TRY(Settings(home.outbox()).setValue(kSetting, value));
    SOTTO_TRY(home.auditOutbox(action));
    return transaction.commit();
}

}  // namespace

Result<std::optional<ExportApproval>> exportApproval(Home& home) {
    SOTTO_TRY(home.need({Compartment::Outbox}));
    SOTTO_ASSIGN(const auto value, Settings(home.outbox()).value(kSetting));
    const study::DataCustodian* custodian = custodianOf(home);
    if (!value || custodian == nullptr) return std::nullopt;
    const QJsonObject json = QJsonDocument::fromJson(value->toUtf8()).object();
    ExportApproval approval{json[QStringLiteral("custodian")].toString(), json[QStringLiteral("by")].toString(),
                            json[QStringLiteral("utc_ms")].toInteger()};
    if (approval.custodian != custodian->name || approval.approvedBy.isEmpty()) return std::nullopt;
    return approval;
}

Result<bool> isExportHeld(Home& home) {
    SOTTO_ASSIGN(const auto approval, exportApproval(home));
    return custodianOf(home) != nullptr && !approval;
}

Result<> approveExport(Home& home, const QString& approvedBy) {
    SOTTO_TRY(home.need({Compartment::Outbox}));
    const study::DataCustodian* custodian = custodianOf(home);
    if (custodian == nullptr) {
        return fail(ErrorCode::NotAllowed, "this study asks nobody for an approval before data leave for research");
    }
    const QString name = approvedBy.trimmed();
    if (name.isEmpty() || name.size() > kMaxName) {
        return fail(ErrorCode::InvalidArgument, "an approval names who gave it, in at most 200 characters");
    }
    const QJsonObject approval{{QStringLiteral("custodian"), custodian->name},
                               {QStringLiteral("by"), name},
                               {QStringLiteral("utc_ms"), static_cast<qint64>(home.clock().now().utcMs)}};
    return keep(home, QString::fromUtf8(QJsonDocument(approval).toJson(QJsonDocument::Compact)),
                QStringLiteral("export.approved"));
}

Result<> withdrawExportApproval(Home& home) {
    SOTTO_ASSIGN(const auto approval, exportApproval(home));
    if (!approval) return {};
    return keep(home, {}, QStringLiteral("export.approval-withdrawn"));
}

}  // namespace sotto::workflow
