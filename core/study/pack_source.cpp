// SPDX-License-Identifier: Apache-2.0
#include "study/pack_source.h"

#include <algorithm>

#include <QRegularExpression>

#include "study/pack_checks.h"
#include "study/source_text.h"

namespace sotto::study {
namespace {

const QRegularExpression& namedFile() {
    static const QRegularExpression pattern(
        QStringLiteral("^(?:(guides|consents)/([a-z][a-z0-9-]{0,63})\\.([a-z]{2,3})\\.md|(instruments|screening)/"
                       "([a-z][a-z0-9-]{0,63})\\.yaml|protocol\\.([a-z]{2,3})\\.md)\\z"));
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
    PackChecker(const PackFiles& files, CheckFor purpose, QDate today) : m_files(files), m_today(today) {
        m_read.files = &files;
        m_read.pack = &m_result.pack;
        m_read.faults = &m_result.faults;
        m_read.purpose = purpose;
    }

    [[nodiscard]] Checked check() {
        checkNamesAndSizes();
        readFixedFiles();
        readNamedFiles();
        compareGuides();
        checkRoles(m_read);
        checkConsents(m_read);
        checkProtocols(m_read);
        checkRealStudy(m_read);
        takeOver();
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
        auto text = readSourceText(file->second, faults);
        if (text) m_read.texts[path] = *text;
        return text;
    }
    void readFixedFiles() {
        StudyPack& pack = m_result.pack;
        if (const auto text = source(QStringLiteral("study.yaml"))) {
            FaultList faults = listOf(QStringLiteral("study.yaml"));
            m_read.study = readStudyFile(*text, pack, m_today, faults);
        }
        if (const auto text = source(QStringLiteral("codebook.yaml"))) {
            FaultList faults = listOf(QStringLiteral("codebook.yaml"));
            readCodebookFile(*text, pack.languages, pack.codebook, faults);
        }
        if (const auto text = source(QStringLiteral("deident.yaml"))) {
            FaultList faults = listOf(QStringLiteral("deident.yaml"));
            readDeidentFile(*text, pack.deident, faults);
        }
    }
    void readNamedFiles() {
        for (const auto& [path, bytes] : m_files) {
            if (fixedFiles().contains(path) || !isPackPath(path)) continue;
            const auto text = source(path);
            if (!text) continue;
            FaultList faults = listOf(path);
            const auto name = namedFile().match(path);
            if (!name.captured(1).isEmpty()) {
                readMarkdownFile(path, *text, name, faults);
            } else if (!name.captured(4).isEmpty()) {
                readYamlFile(*text, name.captured(4), name.captured(5), faults);
            } else {
                checkLanguage(name.captured(6), faults);
                ProtocolFile file = readProtocolFile(*text, faults);
                file.path = path;
                file.protocol.language = name.captured(6);
                m_read.protocols.push_back(std::move(file));
            }
        }
    }
    void readMarkdownFile(const QString& path, const QByteArray& text, const QRegularExpressionMatch& name,
                          FaultList& faults) {
        checkLanguage(name.captured(3), faults);
        if (name.captured(1) == QStringLiteral("guides")) {
            GuideFile file = readGuideFile(text, m_result.pack.roles, faults);
            file.path = path;
            file.guide.role = name.captured(2);
            file.guide.language = name.captured(3);
            m_read.guides.push_back(std::move(file));
        } else {
            ConsentFile file = readConsentFile(text, name.captured(2), faults);
            file.path = path;
            file.form.language = name.captured(3);
            file.form.hash = crypto::sha256(m_files.at(path));
            m_read.consents.push_back(std::move(file));
        }
    }
    /// In the order of the paths, so that a screening finds all forms.
    void readYamlFile(const QByteArray& text, const QString& folder, const QString& name, FaultList& faults) {
        StudyPack& pack = m_result.pack;
        if (folder == QStringLiteral("instruments")) {
            pack.forms.push_back(readFormFile(text, name, pack.languages, faults));
            return;
        }
        if (!pack.roles.empty() && pack.role(name) == nullptr) {
            faults.add(
                FaultList::kWholeFile,
                QStringLiteral("study.yaml has no role %1: add the role there, or rename this file").arg(quoted(name)));
        }
        pack.screenings.push_back(readScreeningFile(text, name, pack, faults));
    }
    void checkLanguage(const QString& language, FaultList& faults) const {
        const StudyPack& pack = m_result.pack;
        if (pack.languages.isEmpty() || pack.languages.contains(language)) return;
        faults.add(FaultList::kWholeFile,
                   QStringLiteral("study.yaml does not name the language %1: add it there, or take this file out")
                       .arg(quoted(language)));
    }
    void takeOver() {
        StudyPack& pack = m_result.pack;
        pack.guides = guidesByRole(m_read.guides, pack.roles);
        for (ConsentFile& file : m_read.consents)
            pack.consents.push_back(std::move(file.form));
        for (ProtocolFile& file : m_read.protocols)
            pack.protocols.push_back(std::move(file.protocol));
    }
    void compareGuides() {
        for (const GuideFile& here : m_read.guides) {
            for (const GuideFile& there : m_read.guides) {
                if (&here == &there || here.guide.role != there.guide.role) continue;
                FaultList faults = listOf(here.path);
                compareAnchors(here.anchors, there.anchors, there.path, faults);
            }
        }
    }

    const PackFiles& m_files;
    QDate m_today;
    Checked m_result;
    ReadPack m_read;
    bool m_tooLarge = false;
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

Checked checkPack(const PackFiles& files, CheckFor purpose, QDate today) {
    return PackChecker(files, purpose, today).check();
}

Result<StudyPack> parsePack(const PackFiles& files, CheckFor purpose) {
    Checked checked = checkPack(files, purpose);
    if (const Fault* error = checked.firstError()) {
        return fail(ErrorCode::ParseFailed, error->toString().toStdString());
    }
    return std::move(checked.pack);
}

}  // namespace sotto::study
