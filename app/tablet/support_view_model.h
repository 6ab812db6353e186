// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "interview/event.h"
#include "tablet.h"
#include "workflow/help_file.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Pause and support: whom to call and what to do, step by step. Read from the home's clear help file, so that it shows
/// while everything is locked; where there is no study yet, or its pack has no protocol, Sotto brings a few steps of
/// its own. Nothing is ever sent or dialled by itself.
///
/// What was done is said to the running interview, locked or not; without one to the audit trail, be it at the next
/// unlock. A note goes to the identities, and only while they are open. GUI thread; the file is small.
class SupportViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed FINAL)
    Q_PROPERTY(QString onCallName READ onCallName NOTIFY changed FINAL)
    Q_PROPERTY(QString onCallPhone READ onCallPhone NOTIFY changed FINAL)
    Q_PROPERTY(bool open READ isOpen WRITE setOpen NOTIFY openChanged FINAL)
    // ---- the protocol
    Q_PROPERTY(QVariantList headings READ headings NOTIFY changed FINAL)
    Q_PROPERTY(QString heading READ heading NOTIFY changed FINAL)
    Q_PROPERTY(QString headingTitle READ headingTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString headingText READ headingText NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList steps READ steps NOTIFY changed FINAL)
    Q_PROPERTY(QString decision READ decision NOTIFY changed FINAL)
    // ---- what is written
    Q_PROPERTY(bool forParticipant READ isForParticipant WRITE setForParticipant NOTIFY changed FINAL)
    Q_PROPERTY(bool canNote READ canNote NOTIFY changed FINAL)
    Q_PROPERTY(bool noteKept READ isNoteKept NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    SupportViewModel(const TabletOptions& options, const SettingsViewModel& settings, VaultThread& vault,
                     QObject* parent = nullptr);

    /// Each: emergency (bool), place, placeName (of the first of a place, otherwise empty), name, phone, text, web,
    /// hours, whom, verified (ISO date, may be empty), old (bool: checked over 90 days ago).
    [[nodiscard]] QVariantList lines() const { return m_lines; }
    [[nodiscard]] QString onCallName() const;
    [[nodiscard]] QString onCallPhone() const;
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    /// true: openAt("pause").
    void setOpen(bool open);
    /// Each: id, title; all but the one shown.
    [[nodiscard]] QVariantList headings() const;
    [[nodiscard]] QString heading() const { return m_heading; }
    [[nodiscard]] QString headingTitle() const;
    [[nodiscard]] QString headingText() const;
    /// Of the heading shown; each: number (from 1), text, doneAt ("14:05", or empty).
    [[nodiscard]] QVariantList steps() const;
    /// What was decided last, as a sentence; empty if nothing was.
    [[nodiscard]] QString decision() const { return m_decision; }
    /// The tablet is in the participant's hands: lines and steps, and nothing to write.
    [[nodiscard]] bool isForParticipant() const { return m_isForParticipant; }
    void setForParticipant(bool is);
    [[nodiscard]] bool canNote() const { return m_isUnlocked && !m_isForParticipant; }
    [[nodiscard]] bool isNoteKept() const { return m_isNoteKept; }
    [[nodiscard]] QString error() const { return m_error; }

    /// Opens the sheet at a heading of the protocol: "pause", "danger", "item-nine" ... (study/protocol.h); at "pause"
    /// if there is no such heading. What an alert of a form calls.
    Q_INVOKABLE void openAt(const QString& heading);
    /// Another heading, in the sheet that is open.
    Q_INVOKABLE void turnTo(const QString& heading);
    /// Ticks a step, with the time; a second touch takes it back.
    Q_INVOKABLE void tick(int step);
    /// stop, go or later; by participant, interviewer, both or on-call.
    Q_INVOKABLE void decide(const QString& outcome, const QString& by);
    /// Seals a note apart, about the person whose page is shown. Ignored unless canNote().
    Q_INVOKABLE void keepNote(const QString& text);

    /// Reads the file again; after an unlock, a study update, a change of language. Says to the audit trail what was
    /// done while the tablet was locked.
    void read();
    /// About whom; steps that were ticked for somebody else are forgotten here.
    void setParticipant(const std::optional<ParticipantId>& participant);
    /// False while the tablet is locked or covered: then nothing can be written.
    void setUnlocked(bool unlocked);

signals:
    void changed();
    void openChanged();

private:
    /// Something done, of which there was nobody to tell yet.
    struct Said {
        interview::Event event;
        std::int64_t utcMs = 0;
        std::optional<ParticipantId> participant;
    };
    void show(const workflow::HelpSheet& sheet);
    void say(interview::Event event);
    void tell(const Said& said);
    void tellWhatWaits();
    [[nodiscard]] const workflow::HelpHeading* shown() const;
    [[nodiscard]] std::int64_t now() const;

    FileSystem* m_files;
    const Clock* m_clock;
    Path m_file;
    const SettingsViewModel* m_settings;
    VaultThread* m_vault;
    workflow::HelpSheet m_sheet;
    QVariantList m_lines;
    QString m_heading;
    std::map<QString, std::map<int, std::int64_t>> m_done;  ///< heading -> step -> when
    std::vector<Said> m_waiting;
    std::optional<ParticipantId> m_participant;
    QString m_decision;
    QString m_error;
    bool m_isOpen = false;
    bool m_isUnlocked = false;
    bool m_isForParticipant = false;
    bool m_isNoteKept = false;
};

}  // namespace sotto::app
