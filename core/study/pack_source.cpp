// SPDX-License-Identifier: Apache-2.0
#include "study/pack_source.h"

#include <algorithm>

#include <QRegularExpression>

#include "study/pack_parts.h"
#include "study/source_text.h"

namespace sotto::study {
namespace {

const QRegularExpression& namedFile() {
    static const QRegularExpression pattern(
        QStringLiteral("^(?:(guides|consents)/([a-z][a-z0-9-]{0,63})\\.([a-z]{2,3})\\.md|(instruments|screening)/"
                       "([a-z][a-z0-9-]{0,63})\\.yaml)\\z"));
    return pattern;
}

const QStringList& fixedFiles() {
    static const QStringList names = {QStringLiteral("study.yaml"), QStringLiteral("codebook.yaml"),
                                      QStringLiteral("deident.yaml")};
    return names;
}

/// One look at all files of a pack.
class PackChecker {
public:
    explicit PackChecker(const PackFiles& files) : m_files(files) {}

    [[nodiscard]] Checked check() {
        checkNamesAndSizes();
        if (const auto text = source(QStringLiteral("study.yaml"))) {
            FaultList faults = listOf(QStringLiteral("study.yaml"));
            readStudyFile(*text, m_result.pack, faults);
        }
        if (const auto text = source(QStringLiteral("codebook.yaml"))) {
            FaultList faults = listOf(QStringLiteral("codebook.yaml"));
            readCodebookFile(*text, m_result.pack.languages, m_result.pack.codebook, faults);
        }
        if (const auto text = source(QStringLiteral("deident.yaml"))) {
            FaultList faults = listOf(QStringLiteral("deident.yaml"));
            readDeidentFile(*text, m_result.pack.deident, faults);
        }
        readNamedFiles();
        checkEveryRoleHasItsFiles();
        compareLanguages();
        warnOfUnusedForms();
        for (GuideFile& file : m_guides) {
            m_result.pack.guides.push_back(std::move(file.guide));
        }
        for (ConsentFile& file : m_consents) {
            m_result.pack.consents.push_back(std::move(file.form));
        }
        std::ranges::stable_sort(m_result.faults, [](const Fault& a, const Fault& b) {
            return std::tie(a.file, a.line) < std::tie(b.file, b.line);
        });
        return std::move(m_result);
    }

private:
    [[nodiscard]] FaultList listOf(const QString& file) { return {file, m_result.faults}; }

    void checkNamesAndSizes() {
        std::size_t total = 0;
        for (const auto& [path, bytes] : m_files) {
            total += bytes.size();
            if (!isPackPath(path)) {
                listOf(path).add(
                    FaultList::kWholeFile,
                    QStringLiteral("this file is not part of a study pack: take it out of the folder, or check "
                                   "its name"));
            }
        }
        if (m_files.size() > kMaxPackFiles || total > kMaxPackBytes) {
            m_tooLarge = true;
            listOf(QStringLiteral("study.yaml"))
                .add(FaultList::kWholeFile, QStringLiteral("the pack is too large: at most %1 files and %2 MiB in all")
                                                .arg(kMaxPackFiles)
                                                .arg(kMaxPackBytes / (1024 * 1024)));
        }
        for (const QString& name : fixedFiles()) {
            if (m_files.contains(name)) continue;
            listOf(name).add(FaultList::kWholeFile, QStringLiteral("this file is missing: every study pack has one"));
        }
    }
    std::optional<QByteArray> source(const QString& path) {
        const auto file = m_files.find(path);
        if (file == m_files.end() || m_tooLarge) return std::nullopt;
        FaultList faults = listOf(path);
        if (file->second.size() > kMaxPackFileBytes) {
            faults.add(FaultList::kWholeFile,
                       QStringLiteral("this file is larger than 1 MiB: it holds something that is not text, or several "
                                      "files in one"));
            return std::nullopt;
        }
        return readSourceText(file->second, faults);
    }
    void readNamedFiles() {
        for (const auto& [path, bytes] : m_files) {
            if (fixedFiles().contains(path) || !isPackPath(path)) continue;
            const auto text = source(path);
            if (!text) continue;
            FaultList faults = listOf(path);
            const auto name = namedFile().match(path);
            if (name.captured(1).isEmpty()) {
                readYamlFile(*text, name.captured(4), name.captured(5), faults);
                continue;
            }
            checkBelongs(name.captured(2), name.captured(3), faults);
            if (name.captured(1) == QStringLiteral("guides")) {
                GuideFile file = readGuideFile(*text, m_result.pack.roles, faults);
                file.path = path;
                file.guide.role = name.captured(2);
                file.guide.language = name.captured(3);
                m_guides.push_back(std::move(file));
            } else {
                ConsentFile file = readConsentFile(*text, faults);
                file.path = path;
                file.form.role = name.captured(2);
                file.form.language = name.captured(3);
                file.form.hash = crypto::sha256(bytes);
                m_consents.push_back(std::move(file));
            }
        }
    }
    /// In the order of the paths, so that a screening finds all forms.
    void readYamlFile(const QByteArray& text, const QString& folder, const QString& name, FaultList& faults) {
        StudyPack& pack = m_result.pack;
        if (folder == QStringLiteral("instruments")) {
            pack.forms.push_back(readFormFile(text, name, pack.languages, faults));
            return;
        }
        checkBelongs(name, {}, faults);
        pack.screenings.push_back(readScreeningFile(text, name, pack, faults));
    }
    /// With an empty language (a file for all of them) only the role is checked.
    void checkBelongs(const QString& role, const QString& language, FaultList& faults) const {
        const StudyPack& pack = m_result.pack;
        if (!pack.roles.empty() && pack.role(role) == nullptr) {
            faults.add(
                FaultList::kWholeFile,
                QStringLiteral("study.yaml has no role %1: add the role there, or rename this file").arg(quoted(role)));
        }
        if (!language.isEmpty() && !pack.languages.isEmpty() && !pack.languages.contains(language)) {
            faults.add(FaultList::kWholeFile,
                       QStringLiteral("study.yaml does not name the language %1: add it there, or take this file out")
                           .arg(quoted(language)));
        }
    }
    void checkEveryRoleHasItsFiles() {
        for (const Role& role : m_result.pack.roles) {
            for (const QString& language : m_result.pack.languages) {
                for (const QString& folder : {QStringLiteral("guides"), QStringLiteral("consents")}) {
                    const QString path = QStringLiteral("%1/%2.%3.md").arg(folder, role.id, language);
                    if (m_files.contains(path)) continue;
                    listOf(path).add(
                        FaultList::kWholeFile,
                        QStringLiteral("this file is missing: every role needs a guide and a consent form in "
                                       "every language of the study"));
                }
            }
        }
    }
    void compareLanguages() {
        for (const GuideFile& here : m_guides) {
            for (const GuideFile& there : m_guides) {
                if (&here == &there || here.guide.role != there.guide.role) continue;
                FaultList faults = listOf(here.path);
                compareAnchors(here.anchors, there.anchors, there.path, faults);
            }
        }
        for (const ConsentFile& here : m_consents) {
            for (const ConsentFile& there : m_consents) {
                if (&here == &there || here.form.role != there.form.role) continue;
                FaultList faults = listOf(here.path);
                compareAnchors(here.anchors, there.anchors, there.path, faults);
                if (here.form.version == there.form.version) continue;
                faults.add(here.versionLine,
                           QStringLiteral("version %1 here, but %2 in %3: every language of a form bears the "
                                          "same version")
                               .arg(quoted(here.form.version), quoted(there.form.version), there.path));
            }
        }
    }

    void warnOfUnusedForms() {
        for (const Form& form : m_result.pack.forms) {
            const auto asks = [&](const Screening& screening) { return screening.forms.contains(form.id); };
            if (form.kept != Kept::Screening || std::ranges::any_of(m_result.pack.screenings, asks)) continue;
            listOf(QStringLiteral("instruments/%1.yaml").arg(form.id))
                .warn(FaultList::kWholeFile, QStringLiteral("no screening asks this form: name it under \"forms\" of "
                                                            "one, or take it out"));
        }
    }

    const PackFiles& m_files;
    Checked m_result;
    bool m_tooLarge = false;
    std::vector<GuideFile> m_guides;
    std::vector<ConsentFile> m_consents;
};

/// At most one byte more than a pack file may have: enough for the check to see that it is too large.
Result<Bytes> readBounded(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::Read));
    SOTTO_ASSIGN(const std::uint64_t size, file->size());
    Bytes bytes(static_cast<std::size_t>(std::min<std::uint64_t>(size, kMaxPackFileBytes + 1)));
    SOTTO_ASSIGN(const std::size_t count, file->read(0, bytes));
    bytes.resize(count);
    return bytes;
}

Result<> readFolder(FileSystem& files, const Path& folder, const QString& prefix, PackFiles& result) {
    SOTTO_ASSIGN(const auto entries, files.list(folder));
    for (const DirectoryEntry& entry : entries) {
        const QString path = prefix + QString::fromStdString(entry.name);
        const bool isKnownFolder = path == QStringLiteral("guides") || path == QStringLiteral("consents") ||
                                   path == QStringLiteral("instruments") || path == QStringLiteral("screening");
        if (entry.name.starts_with('.')) continue;
        if (result.size() > kMaxPackFiles) break;
        if (entry.isDirectory && isKnownFolder) {
            SOTTO_TRY(readFolder(files, folder / entry.name, path + QLatin1Char('/'), result));
        } else if (entry.isDirectory || !isPackPath(path)) {
            result[path] = {};
        } else {
            SOTTO_ASSIGN(result[path], readBounded(files, folder / entry.name));
        }
    }
    return {};
}

}  // namespace

bool isPackPath(const QString& path) {
    return fixedFiles().contains(path) || namedFile().match(path).hasMatch();
}

Result<PackFiles> readPackFolder(FileSystem& files, const Path& folder) {
    PackFiles result;
    SOTTO_TRY(readFolder(files, folder, {}, result));
    return result;
}

bool Checked::hasErrors() const {
    return firstError() != nullptr;
}

const Fault* Checked::firstError() const {
    const auto found = std::ranges::find(faults, Severity::Error, &Fault::severity);
    return found == faults.end() ? nullptr : &*found;
}

Checked checkPack(const PackFiles& files) {
    return PackChecker(files).check();
}

Result<StudyPack> parsePack(const PackFiles& files) {
    Checked checked = checkPack(files);
    if (const Fault* error = checked.firstError()) {
        return fail(ErrorCode::ParseFailed, error->toString().toStdString());
    }
    return std::move(checked.pack);
}

}  // namespace sotto::study
