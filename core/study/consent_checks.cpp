// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "study/pack_checks.h"

namespace sotto::study {
namespace {

bool shareASite(const ConsentForm& one, const ConsentForm& other) {
    if (one.sites.isEmpty() || other.sites.isEmpty()) return true;
    return std::ranges::any_of(one.sites, [&](const QString& site) { return other.sites.contains(site); });
}

bool endsBefore(const ConsentForm& one, const ConsentForm& other) {
    return one.until.isValid() && other.inForce.isValid() && one.until < other.inForce;
}

bool isForSame(const ConsentForm& one, const ConsentForm& other) {
    return one.role == other.role && one.signedBy == other.signedBy && shareASite(one, other);
}

bool allows(const ConsentForm& form, Permission permission) {
    return std::ranges::find(form.items, permission, &ConsentItem::permission) != form.items.end();
}

class ConsentChecker {
public:
    explicit ConsentChecker(const ReadPack& read) : m_read(read), m_pack(*read.pack) {}

    void check() {
        checkEveryoneCanSign();
        for (const ConsentFile& file : m_read.consents) {
            FaultList faults = m_read.listOf(file.path);
            checkNames(file, faults);
            checkWith(file, faults);
            checkUnderstands(file, faults);
            checkRecording(file, faults);
            checkVersions(file, faults);
            for (const ConsentFile& other : m_read.consents) {
                if (&file == &other || file.form.id != other.form.id) continue;
                compareAnchors(file.anchors, other.anchors, other.path, faults);
                compareHeads(file, other, faults);
            }
        }
    }

private:
    /// In every language, each form and for each role one that the person, or who stands for them, can sign.
    void checkEveryoneCanSign() {
        std::set<QString> ids;
        for (const ConsentFile& file : m_read.consents)
            ids.insert(file.form.id);
        for (const Role& role : m_pack.roles) {
            const auto isFor = [&](const ConsentFile& file) {
                return file.form.role == role.id &&
                       (file.form.signedBy == SignedBy::Adult || file.form.signedBy == SignedBy::Representative);
            };
            if (std::ranges::none_of(m_read.consents, isFor)) ids.insert(role.id);
        }
        for (const QString& id : ids) {
            for (const QString& language : m_pack.languages) {
                const QString path = QStringLiteral("consents/%1.%2.md").arg(id, language);
                if (m_read.has(path)) continue;
                m_read.listOf(path).add(FaultList::kWholeFile,
                                        QStringLiteral("this file is missing: every role needs a consent form that an "
                                                       "adult or a representative signs, and every form is there in "
                                                       "every language of the study"));
            }
        }
    }

    void checkNames(const ConsentFile& file, FaultList& faults) const {
        const ConsentForm& form = file.form;
        if (!form.role.isEmpty() && !m_pack.roles.empty() && m_pack.role(form.role) == nullptr) {
            faults.add(file.lineOf(QStringLiteral("role")),
                       QStringLiteral("study.yaml has no role %1: add it there, or say \"role: ...\" between the --- "
                                      "lines")
                           .arg(quoted(form.role)));
        }
        for (const QString& site : form.sites) {
            if (m_pack.policy.site(site) != nullptr) continue;
            faults.add(file.lineOf(QStringLiteral("sites")),
                       QStringLiteral("study.yaml has no site %1: add it under \"sites\" there").arg(quoted(site)));
        }
    }

    void checkWith(const ConsentFile& file, FaultList& faults) const {
        const ConsentForm& form = file.form;
        const auto isWith = [&](const ConsentFile& other) {
            return other.form.id == form.with && other.form.role == form.role &&
                   other.form.signedBy == SignedBy::Assent;
        };
        if (!form.with.isEmpty() && std::ranges::none_of(m_read.consents, isWith)) {
            faults.add(file.lineOf(QStringLiteral("with")),
                       QStringLiteral("there is no form %1 with \"signed_by: assent\" for the role %2")
                           .arg(quoted(form.with), quoted(form.role)));
        }
        if (form.signedBy != SignedBy::Assent) return;
        const auto goesWithIt = [&](const ConsentFile& other) { return other.form.with == form.id; };
        if (std::ranges::any_of(m_read.consents, goesWithIt)) return;
        faults.warn(file.lineOf(QStringLiteral("signed_by")),
                    QStringLiteral("no form of a parent or representative says \"with: %1\": nobody will be asked this")
                        .arg(form.id));
    }

    void checkUnderstands(const ConsentFile& file, FaultList& faults) const {
        const QString& id = file.form.understands;
        if (id.isEmpty()) return;
        const int line = file.lineOf(QStringLiteral("understands"));
        const Form* asked = m_pack.form(id);
        if (asked == nullptr) {
            faults.add(line, QStringLiteral("there is no form %1: add instruments/%2.yaml").arg(quoted(id), id));
            return;
        }
        if (!asked->scores.empty() || !asked->alerts.empty()) {
            faults.add(line, QStringLiteral("the form %1 counts or sets something off: questions before signing only "
                                            "explain, nobody is tested")
                                 .arg(quoted(id)));
        }
        const auto hasRight = [](const FormItem& item) { return !item.right.isEmpty(); };
        if (std::ranges::any_of(asked->items, hasRight)) return;
        faults.warn(line, QStringLiteral("no item of the form %1 says which answer is \"right\": nothing will be "
                                         "explained further")
                              .arg(quoted(id)));
    }

    void checkRecording(const ConsentFile& file, FaultList& faults) const {
        const Role* role = m_pack.role(file.form.role);
        if (role == nullptr) return;
        const bool asksForSound = allows(file.form, Permission::RecordAudio);
        const int line = file.lineOf(QStringLiteral("role"));
        if (asksForSound && role->manner == SessionManner::Alone) {
            faults.warn(line,
                        QStringLiteral("this asks for a recording, but the role %1 answers alone: nothing will be "
                                       "recorded")
                            .arg(quoted(role->id)));
        }
        if (asksForSound || role->manner != SessionManner::Group) return;
        const auto asksInGroup = [&](const ConsentFile& other) {
            const Role* theirs = m_pack.role(other.form.role);
            return theirs != nullptr && theirs->manner == SessionManner::Group &&
                   allows(other.form, Permission::RecordAudio);
        };
        if (std::ranges::none_of(m_read.consents, asksInGroup)) return;
        faults.warn(line, QStringLiteral("other members of a group are asked for a recording, but not this role: with "
                                         "one of them there, nothing can be recorded"));
    }

    /// Whoever signs has one text before them, and evidence names one text.
    void checkVersions(const ConsentFile& file, FaultList& faults) const {
        const ConsentForm& form = file.form;
        for (const ConsentFile& other : m_read.consents) {
            const bool isOlder =
                form.inForce < other.form.inForce || (form.inForce == other.form.inForce && form.id < other.form.id);
            if (form.id == other.form.id || form.language != other.form.language || !isOlder) continue;
            if (!isForSame(form, other.form)) continue;
            if (!endsBefore(form, other.form) && !endsBefore(other.form, form)) {
                faults.add(file.lineOf(QStringLiteral("version")),
                           QStringLiteral("two versions in force: this one and %1 could be signed on the same day; say "
                                          "\"until: ...\" in the older one")
                               .arg(other.path));
            } else if (form.version == other.form.version) {
                faults.add(file.lineOf(QStringLiteral("version")),
                           QStringLiteral("%1 bears the same version %2: evidence could not tell them apart, give each "
                                          "its own")
                               .arg(other.path, quoted(form.version)));
            }
        }
    }

    const ReadPack& m_read;
    const StudyPack& m_pack;
};

}  // namespace

void checkConsents(const ReadPack& read) {
    ConsentChecker(read).check();
}

}  // namespace sotto::study
