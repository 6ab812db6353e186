// SPDX-License-Identifier: Apache-2.0
#include "study/consent_form.h"

#include <algorithm>
#include <array>

namespace sotto::study {
namespace {

constexpr std::array kSigners = {SignedBy::Adult, SignedBy::Parent, SignedBy::Assent, SignedBy::Representative};

}  // namespace

QString permissionName(Permission permission) {
    switch (permission) {
        case Permission::RecordAudio:
            return QStringLiteral("record-audio");
        case Permission::Quote:
            return QStringLiteral("quote");
        case Permission::ShareDeidentified:
            return QStringLiteral("share-deidentified");
        case Permission::ContactAgain:
            return QStringLiteral("contact-again");
        case Permission::ReceiveReport:
            return QStringLiteral("receive-report");
        case Permission::TakePart:
            return QStringLiteral("take-part");
        case Permission::LinkSheet:
            return QStringLiteral("link-sheet");
        case Permission::TalkAboutMe:
            return QStringLiteral("talk-about-me");
    }
    return {};
}

std::optional<Permission> permissionFromName(const QString& name) {
    for (const Permission permission : allPermissions()) {
        if (permissionName(permission) == name) return permission;
    }
    return std::nullopt;
}

const std::vector<Permission>& allPermissions() {
    static const std::vector<Permission> all = {
        Permission::RecordAudio,   Permission::Quote,    Permission::ShareDeidentified, Permission::ContactAgain,
        Permission::ReceiveReport, Permission::TakePart, Permission::LinkSheet,         Permission::TalkAboutMe};
    return all;
}

QString signedByName(SignedBy who) {
    switch (who) {
        case SignedBy::Adult:
            return QStringLiteral("adult");
        case SignedBy::Parent:
            return QStringLiteral("parent");
        case SignedBy::Assent:
            return QStringLiteral("assent");
        case SignedBy::Representative:
            return QStringLiteral("representative");
    }
    return {};
}

std::optional<SignedBy> signedByFromName(const QString& name) {
    const auto* found = std::ranges::find_if(kSigners, [&](SignedBy who) { return signedByName(who) == name; });
    return found == kSigners.end() ? std::nullopt : std::optional(*found);
}

bool ConsentForm::isInForce(QDate day, const QString& site) const {
    const bool hasBegun = !inForce.isValid() || inForce <= day;
    const bool hasEnded = until.isValid() && until < day;
    const bool isHere = sites.isEmpty() || sites.contains(site) || (site.isEmpty() && sites.size() == 1);
    return hasBegun && !hasEnded && isHere;
}

}  // namespace sotto::study
