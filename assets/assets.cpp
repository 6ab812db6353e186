// SPDX-License-Identifier: Apache-2.0
#include "assets/assets.h"

#include <algorithm>
#include <vector>

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include "base/check.h"

// The macro must stand outside of any namespace.
static void ensureResources() {
    Q_INIT_RESOURCE(sotto_assets);
}

namespace sotto::assets {
namespace {

QByteArray embedded(const QString& path) {
    QFile file(path);
    SOTTO_CHECK(file.open(QIODevice::ReadOnly));  // built into the program: cannot be absent
    return file.readAll();
}

/// The lines of an embedded file, which stays in memory for good.
class Lines {
public:
    explicit Lines(const QString& path) : m_content(embedded(path)) {
        const std::string_view text(m_content.constData(), static_cast<std::size_t>(m_content.size()));
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = std::min(text.find('\n', start), text.size());
            m_lines.push_back(text.substr(start, end - start));
            start = end + 1;
        }
    }
    [[nodiscard]] std::span<const std::string_view> all() const { return m_lines; }

private:
    QByteArray m_content;
    std::vector<std::string_view> m_lines;
};

}  // namespace

study::PackFiles practiceStudy() {
    ensureResources();
    const QDir root(QStringLiteral(":/sotto/studies/practice"));
    study::PackFiles files;
    QDirIterator paths(root.path(), QDir::Files, QDirIterator::Subdirectories);
    while (paths.hasNext()) {
        const QString path = paths.next();
        const QByteArray content = embedded(path);
        files[root.relativeFilePath(path)] = Bytes(content.begin(), content.end());
    }
    SOTTO_CHECK(!files.empty());
    return files;
}

std::optional<QByteArray> practiceScript(const QString& role) {
    ensureResources();
    const QString path = QStringLiteral(":/sotto/scripts/%1.yaml").arg(role);
    if (!study::isValidId(role) || !QFile::exists(path)) return std::nullopt;
    return embedded(path);
}

std::span<const std::string_view> words(WordLanguage language) {
    ensureResources();
    if (language == WordLanguage::French) {
        static const Lines french(QStringLiteral(":/sotto/words/fr.txt"));
        return french.all();
    }
    static const Lines english(QStringLiteral(":/sotto/words/en.txt"));
    return english.all();
}

}  // namespace sotto::assets
