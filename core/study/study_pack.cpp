// SPDX-License-Identifier: Apache-2.0
#include "study/study_pack.h"

#include <algorithm>

namespace sotto::study {
namespace {

template <typename List, typename Matches>
auto firstOf(const List& list, Matches matches) -> const typename List::value_type* {
    const auto found = std::ranges::find_if(list, matches);
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

QString standIn(const Role& role, const QString& language) {
    const auto called = role.called.find(language);
    if (called != role.called.end()) return called->second;
    const auto name = role.name.find(language);
    return name != role.name.end() ? name->second.toLower() : QString();
}

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
    static const std::vector<Permission> all = {Permission::RecordAudio,       Permission::Quote,
                                                Permission::ShareDeidentified, Permission::ContactAgain,
                                                Permission::ReceiveReport,     Permission::TakePart};
    return all;
}

const Question* Guide::question(const QString& wanted) const {
    for (const Section& section : sections) {
        if (const Question* found = firstOf(section.questions, [&](const Question& q) { return q.id == wanted; })) {
            return found;
        }
    }
    return nullptr;
}

bool Guide::hasProbe(const QString& wanted) const {
    return std::ranges::any_of(sections, [&](const Section& section) {
        return std::ranges::any_of(section.questions, [&](const Question& question) {
            return std::ranges::any_of(question.probes, [&](const Probe& probe) { return probe.id == wanted; });
        });
    });
}

const Code* Codebook::code(const QString& wanted) const {
    return firstOf(codes, [&](const Code& code) { return code.id == wanted; });
}

const Guide* StudyPack::guide(const QString& wantedRole, const QString& language) const {
    return firstOf(guides, [&](const Guide& g) { return g.role == wantedRole && g.language == language; });
}

const ConsentForm* StudyPack::consent(const QString& wantedRole, const QString& language) const {
    return firstOf(consents, [&](const ConsentForm& c) { return c.role == wantedRole && c.language == language; });
}

const Role* StudyPack::role(const QString& wanted) const {
    return firstOf(roles, [&](const Role& r) { return r.id == wanted; });
}

const Form* StudyPack::form(const QString& wanted) const {
    return firstOf(forms, [&](const Form& f) { return f.id == wanted; });
}

const Screening* StudyPack::screening(const QString& wantedRole) const {
    return firstOf(screenings, [&](const Screening& s) { return s.role == wantedRole; });
}

}  // namespace sotto::study
