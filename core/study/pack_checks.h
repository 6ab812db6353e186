// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "study/pack_parts.h"
#include "study/pack_source.h"

// The checks that look at several files of a pack together; private to this module.
namespace sotto::study {

/// All that was read of a pack, before guides and forms are moved into it.
struct ReadPack {
    const PackFiles* files = nullptr;
    StudyPack* pack = nullptr;
    std::vector<Fault>* faults = nullptr;
    CheckFor purpose = CheckFor::Signing;
    std::map<QString, QByteArray> texts;  ///< by path, as readSourceText() gave them
    std::optional<YamlNode> study;        ///< study.yaml
    std::vector<GuideFile> guides;        ///< role: the name of the file
    std::vector<ConsentFile> consents;
    std::vector<ProtocolFile> protocols;

    [[nodiscard]] FaultList listOf(const QString& file) const { return {file, *faults}; }
    [[nodiscard]] bool has(const QString& path) const { return files->contains(path); }
    /// What may be missing from a pack that was signed before Sotto asked for it: an error only before signing.
    void needBeforeSigning(const QString& file, int line, const QString& sentence) const;
    /// The line of a key of a role in study.yaml, or of the role itself.
    [[nodiscard]] int lineOfRole(const QString& role, const QString& key) const;
    [[nodiscard]] int lineOfStudyKey(const QString& key) const;
};

/// Every text in a YAML document, with its line.
void forEachText(const YamlNode& node, const std::function<void(const YamlNode&)>& look);

/// Guides and forms of roles: there, used, and saying the same wherever they ask the same.
void checkRoles(const ReadPack& read);
/// Who signs what, where and when.
void checkConsents(const ReadPack& read);
/// What opens when an answer or an interview becomes hard.
void checkProtocols(const ReadPack& read);
/// What a study needs before anybody takes part for real.
void checkRealStudy(const ReadPack& read);

/// The guides of a pack by role: those that roles share are there once for each, with their sections scaled to the
/// minutes of the role.
[[nodiscard]] std::vector<Guide> guidesByRole(const std::vector<GuideFile>& files, const std::vector<Role>& roles);

}  // namespace sotto::study
