// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "tablet.h"

namespace sotto::app {

class SettingsViewModel;

/// Pause and support: whom to call. Read from the home's clear help file, so that it shows while everything is locked;
/// before there is a home, from the practice study. Nothing is ever sent or dialled by itself. GUI thread; the file is
/// small.
class SupportViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed FINAL)
    Q_PROPERTY(bool open READ isOpen WRITE setOpen NOTIFY openChanged FINAL)

public:
    SupportViewModel(const TabletOptions& options, const SettingsViewModel& settings, QObject* parent = nullptr);

    /// Each: emergency (bool), place, name, phone, text, web, verified (ISO date), old (bool: checked over 90 days
    /// ago).
    [[nodiscard]] QVariantList lines() const { return m_lines; }
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void setOpen(bool open);
    /// Reads the file again; after an unlock, a study update, a change of language.
    void read();

signals:
    void changed();
    void openChanged();

private:
    FileSystem* m_files;
    const Clock* m_clock;
    Path m_file;
    const SettingsViewModel* m_settings;
    QVariantList m_lines;
    bool m_isOpen = false;
};

}  // namespace sotto::app
