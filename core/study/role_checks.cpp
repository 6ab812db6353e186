// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>

#include <QRegularExpression>

#include "study/pack_checks.h"

namespace sotto::study {
namespace {

const QString& guideOf(const Role& role) {
    return role.guide.isEmpty() ? role.id : role.guide;
}

int minutesOf(const Guide& guide) {
    int sum = 0;
    for (const Section& section : guide.sections)
        sum += section.plannedMinutes;
    return sum;
}

/// Sections of a guide that is shared, as long in proportion as the role has; the rounding is spread, so that the sum
/// is right whenever there is a minute for each.
void scale(Guide& guide, int minutes) {
    const int before = minutesOf(guide);
    if (before == 0) return;
    int elapsed = 0;
    int given = 0;
    for (Section& section : guide.sections) {
        elapsed += section.plannedMinutes;
        const int end = static_cast<int>(std::lround(static_cast<double>(elapsed) * minutes / before));
        section.plannedMinutes = std::max(1, end - given);
        given += section.plannedMinutes;
    }
}

void checkGuidesAreThere(const ReadPack& read) {
    std::set<QString> reported;
    for (const Role& role : read.pack->roles) {
        if (role.manner == SessionManner::Alone && role.guide.isEmpty()) continue;
        for (const QString& language : read.pack->languages) {
            const QString path = QStringLiteral("guides/%1.%2.md").arg(guideOf(role), language);
            if (read.has(path) || !reported.insert(path).second) continue;
            read.listOf(path).add(
                FaultList::kWholeFile,
                QStringLiteral("this file is missing: the role %1 needs its guide in every language of "
                               "the study")
                    .arg(quoted(role.id)));
        }
    }
}

void checkGuidesAreUsed(const ReadPack& read) {
    const auto& roles = read.pack->roles;
    for (const GuideFile& file : read.guides) {
        const QString& id = file.guide.role;
        const auto uses = [&](const Role& role) { return guideOf(role) == id; };
        if (roles.empty() || std::ranges::any_of(roles, uses)) continue;
        const Role* role = read.pack->role(id);
        read.listOf(file.path).add(
            FaultList::kWholeFile,
            role != nullptr
                ? QStringLiteral("the role %1 says \"guide: %2\", so that nobody uses this one: take one of the "
                                 "two out")
                      .arg(quoted(id), role->guide)
                : QStringLiteral("study.yaml has no role %1, and none that says \"guide: %2\": add it there, or "
                                 "rename this file")
                      .arg(quoted(id), id));
    }
}

/// A guide of one's own is not scaled: its sections say how long they are.
void warnOfOtherMinutes(const ReadPack& read) {
    constexpr double kTolerance = 0.1;
    for (const Role& role : read.pack->roles) {
        if (!role.minutes || !role.guide.isEmpty()) continue;
        const auto own = std::ranges::find(read.guides, role.id, [](const GuideFile& file) { return file.guide.role; });
        if (own == read.guides.end()) continue;
        const int sum = minutesOf(own->guide);
        if (std::abs(sum - *role.minutes) <= kTolerance * *role.minutes) continue;
        read.listOf(QStringLiteral("study.yaml"))
            .warn(read.lineOfRole(role.id, QStringLiteral("minutes")),
                  QStringLiteral("the role %1 has %2 minutes, but the sections of %3 come to %4")
                      .arg(quoted(role.id))
                      .arg(*role.minutes)
                      .arg(own->path)
                      .arg(sum));
    }
}

void checkRoleForms(const ReadPack& read) {
    FaultList faults = read.listOf(QStringLiteral("study.yaml"));
    for (const Role& role : read.pack->roles) {
        const int line = read.lineOfRole(role.id, QStringLiteral("forms"));
        for (const RoleForm& asked : role.forms) {
            const Form* form = read.pack->form(asked.form);
            if (form == nullptr) {
                faults.add(
                    line,
                    QStringLiteral("there is no form %1: add instruments/%2.yaml").arg(quoted(asked.form), asked.form));
            } else if (form->kept == Kept::Screening) {
                faults.add(line, QStringLiteral("the form %1 is kept only for screening: name it under \"forms\" of a "
                                                "screening, or say \"kept: session\" in it")
                                     .arg(quoted(asked.form)));
            } else if (form->isPrivate && asked.by == FilledBy::Interviewer) {
                faults.add(line,
                           QStringLiteral("the form %1 is private, but the interviewer would fill it in: say \"by: "
                                          "participant\"")
                               .arg(quoted(asked.form)));
            }
        }
    }
}

void warnOfUnusedForms(const ReadPack& read) {
    const StudyPack& pack = *read.pack;
    for (const Form& form : pack.forms) {
        const auto screens = [&](const Screening& screening) { return screening.forms.contains(form.id); };
        const auto asks = [&](const Role& role) {
            return std::ranges::any_of(role.forms, [&](const RoleForm& asked) { return asked.form == form.id; });
        };
        const auto explains = [&](const ConsentFile& file) { return file.form.understands == form.id; };
        if (std::ranges::any_of(pack.screenings, screens) || std::ranges::any_of(pack.roles, asks) ||
            std::ranges::any_of(read.consents, explains))
            continue;
        read.listOf(QStringLiteral("instruments/%1.yaml").arg(form.id))
            .warn(FaultList::kWholeFile,
                  QStringLiteral("nobody is asked this form: name it under \"forms\" of a %1, or take it out")
                      .arg(form.kept == Kept::Screening ? QStringLiteral("screening") : QStringLiteral("role")));
    }
}

/// "de {caregiver}" would be read aloud as "de Alex" or "de votre proche", but also as "de Émile".
void warnOfElision(const ReadPack& read) {
    static const QRegularExpression elided(QStringLiteral("\\b([Dd]e|[Qq]ue|[Jj]usque|[Ll]orsque)\\s+\\{[a-z]"));
    for (const GuideFile& file : read.guides) {
        if (file.guide.language != QStringLiteral("fr")) continue;
        const auto lines = QString::fromUtf8(read.texts.at(file.path)).split(QLatin1Char('\n'));
        for (int i = 0; i < lines.size(); ++i) {
            const auto found = elided.match(lines[i]);
            if (!found.hasMatch()) continue;
            read.listOf(file.path).warn(i + 1, QStringLiteral("%1 before a name does not hold for every name: turn the "
                                                              "sentence, such as \"avec {...}\"")
                                                   .arg(quoted(found.captured(1))));
        }
    }
}

/// Whoever asks the same in a form and in a guide wants to lay the answers side by side. What is to be ticked in the
/// one and told in the other cannot have the same words.
void warnOfOtherWords(const ReadPack& read) {
    for (const GuideFile& file : read.guides) {
        std::map<QString, QString> asked;
        for (const Section& section : file.guide.sections) {
            for (const Question& question : section.questions)
                asked[question.id] = question.text;
        }
        for (const Anchor& anchor : file.anchors) {
            const auto question = asked.find(anchor.id);
            if (anchor.kind != QStringLiteral("question") || question == asked.end()) continue;
            for (const Form& form : read.pack->forms) {
                const FormItem* item = form.item(anchor.id);
                const bool isInWords =
                    item != nullptr && (item->type == ItemType::Text || item->type == ItemType::Parts);
                if (!isInWords || !item->text.contains(file.guide.language)) continue;
                if (item->text.at(file.guide.language).simplified() == question->second.simplified()) continue;
                read.listOf(file.path).warn(
                    anchor.line, QStringLiteral("%1 is worded otherwise in instruments/%2.yaml: the same id asks "
                                                "the same, or give one of them another id")
                                     .arg(quoted(anchor.id), form.id));
            }
        }
    }
}

}  // namespace

void checkRoles(const ReadPack& read) {
    checkGuidesAreThere(read);
    checkGuidesAreUsed(read);
    warnOfOtherMinutes(read);
    checkRoleForms(read);
    warnOfUnusedForms(read);
    warnOfElision(read);
    warnOfOtherWords(read);
}

std::vector<Guide> guidesByRole(const std::vector<GuideFile>& files, const std::vector<Role>& roles) {
    std::vector<Guide> guides;
    for (const GuideFile& file : files) {
        const bool isOwn = std::ranges::any_of(
            roles, [&](const Role& role) { return role.id == file.guide.role && role.guide.isEmpty(); });
        if (isOwn || roles.empty()) guides.push_back(file.guide);
    }
    for (const Role& role : roles) {
        if (role.guide.isEmpty()) continue;
        for (const GuideFile& file : files) {
            if (file.guide.role != role.guide) continue;
            Guide guide = file.guide;
            guide.role = role.id;
            if (role.minutes) scale(guide, *role.minutes);
            guides.push_back(std::move(guide));
        }
    }
    return guides;
}

}  // namespace sotto::study
