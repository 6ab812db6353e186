// SPDX-License-Identifier: Apache-2.0
#include "folder_view_model.h"

#include <algorithm>
#include <memory>

#include <QCoreApplication>
#include <QDir>
#include <QPointer>
#include <QStandardPaths>
#include <QStorageInfo>
#include <QThreadPool>

namespace sotto::app {

namespace {

constexpr int kMostEntries = 500;

QVariantMap entryOf(const QString& name, const QString& path, bool isFolder) {
    return {{QStringLiteral("name"), name}, {QStringLiteral("path"), path}, {QStringLiteral("folder"), isFolder}};
}

/// Where people keep files, and what is plugged in.
QVariantList places() {
    QVariantList list;
    for (const auto location : {QStandardPaths::DownloadLocation, QStandardPaths::DocumentsLocation}) {
        const QString path = QStandardPaths::writableLocation(location);
        if (path != QDir::homePath() && QDir(path).exists())
            list.append(entryOf(QStandardPaths::displayName(location), path, true));
    }
    list.append(entryOf(QDir(QDir::homePath()).dirName(), QDir::homePath(), true));
    for (const QStorageInfo& volume : QStorageInfo::mountedVolumes()) {
        const QString root = volume.rootPath();
        const bool isPluggedIn = root.startsWith(QStringLiteral("/media/")) ||
                                 root.startsWith(QStringLiteral("/mnt")) ||
                                 root.startsWith(QStringLiteral("/run/media/"));
        if (isPluggedIn && volume.isReady()) list.append(entryOf(volume.displayName(), root, true));
    }
    list.append(entryOf(QStringLiteral("/"), QStringLiteral("/"), true));
    return list;
}

}  // namespace

FolderViewModel::Listed FolderViewModel::listed(const QString& folder, const QString& suffix) {
    if (folder.isEmpty()) return {places(), true};
    const QDir dir(folder);
    if (!dir.isReadable()) return {{}, false};
    const QStringList endings = suffix.split(u' ', Qt::SkipEmptyParts);
    Listed result;
    const auto found = dir.entryInfoList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot,
                                         QDir::DirsFirst | QDir::IgnoreCase | QDir::LocaleAware);
    for (const QFileInfo& info : found) {
        const bool fits = info.isDir() || std::any_of(endings.begin(), endings.end(), [&info](const QString& ending) {
                              return info.fileName().endsWith(ending, Qt::CaseInsensitive);
                          });
        if (fits && result.entries.size() < kMostEntries)
            result.entries.append(entryOf(info.fileName(), info.absoluteFilePath(), info.isDir()));
    }
    return result;
}

void FolderViewModel::showPlaces() {
    load({});
}

void FolderViewModel::enter(const QString& path) {
    load(QDir::cleanPath(path));
}

void FolderViewModel::leave() {
    QDir dir(m_folder);
    load(m_folder.isEmpty() || dir.isRoot() || !dir.cdUp() ? QString() : dir.absolutePath());
}

void FolderViewModel::load(const QString& folder) {
    m_folder = folder;
    m_isLoading = true;
    emit changed();
    QThreadPool::globalInstance()->start(
        [guard = QPointer<FolderViewModel>(this), folder, suffix = m_suffix, asked = ++m_asked] {
            auto result = std::make_shared<Listed>(listed(folder, suffix));
            // Handed over by the application object: this one may be gone by then.
            QMetaObject::invokeMethod(QCoreApplication::instance(), [guard, result, asked] {
                if (!guard || guard->m_asked != asked) return;
                guard->m_entries = std::move(result->entries);
                guard->m_isReadable = result->isReadable;
                guard->m_isLoading = false;
                emit guard->changed();
            });
        });
}

}  // namespace sotto::app
