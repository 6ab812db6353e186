// SPDX-License-Identifier: Apache-2.0
#include "assets/assets.h"

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

}  // namespace sotto::assets
