// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace sotto::app {

/// What lies in a folder of this device, for choosing a study's file or the folder that packages go to: the places
/// where a stick or a file usually is, then folder by folder. Names of files only; nothing is opened. GUI thread; the
/// folder is read on another one, since a stick may take its time.
class FolderViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString suffix MEMBER m_suffix FINAL)
    Q_PROPERTY(QString folder READ folder NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList entries READ entries NOTIFY changed FINAL)
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    Q_PROPERTY(bool readable READ isReadable NOTIFY changed FINAL)

public:
    explicit FolderViewModel(QObject* parent = nullptr) : QObject(parent) {}

    /// The folder shown; empty for the list of places.
    [[nodiscard]] QString folder() const { return m_folder; }
    /// Each: name, path, folder (or a file). Files only if they end in `suffix`, or in one of
    /// several with blanks between, and none without one.
    [[nodiscard]] QVariantList entries() const { return m_entries; }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    [[nodiscard]] bool isReadable() const { return m_isReadable; }

    Q_INVOKABLE void showPlaces();
    Q_INVOKABLE void enter(const QString& path);
    /// The folder around it; the places above the outermost.
    Q_INVOKABLE void leave();

signals:
    void changed();

private:
    struct Listed {
        QVariantList entries;
        bool isReadable = true;
    };
    void load(const QString& folder);
    [[nodiscard]] static Listed listed(const QString& folder, const QString& suffix);

    QString m_suffix;
    QString m_folder;
    QVariantList m_entries;
    bool m_isLoading = false;
    bool m_isReadable = true;
    int m_asked = 0;  ///< counts, so that a late answer is dropped
};

}  // namespace sotto::app
