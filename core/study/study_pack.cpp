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
    const ConsentForm* newest = nullptr;
    for (const ConsentForm& form : consents) {
        if (form.role != wantedRole || form.language != language || form.signedBy != SignedBy::Adult) continue;
        if (newest == nullptr || newest->inForce < form.inForce) newest = &form;
    }
    return newest;
}

std::vector<const ConsentForm*> StudyPack::consentsInForce(const QString& wantedRole, QDate day,
                                                           const QString& site) const {
    std::vector<const ConsentForm*> result;
    for (const ConsentForm& form : consents) {
        if (form.role == wantedRole && form.isInForce(day, site)) result.push_back(&form);
    }
    return result;
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

const Protocol* StudyPack::protocol(const QString& language) const {
    return firstOf(protocols, [&](const Protocol& p) { return p.language == language; });
}

const ProtocolHeading* Protocol::heading(const QString& wanted) const {
    return firstOf(headings, [&](const ProtocolHeading& h) { return h.id == wanted; });
}

const Site* StudyPolicy::site(const QString& wanted) const {
    return firstOf(sites, [&](const Site& s) { return s.id == wanted; });
}

const Nomination* StudyPolicy::nominationBy(const QString& wantedRole) const {
    return firstOf(nominations, [&](const Nomination& n) { return n.by == wantedRole; });
}

}  // namespace sotto::study
