// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "people_list_model.h"
#include "workflow/late_notes.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Home: what is next, everybody and where each stands, planned against actual, the search. GUI thread.
class HomeViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    Q_PROPERTY(QString studyTitle READ studyTitle NOTIFY changed FINAL)
    Q_PROPERTY(bool practice READ isPractice NOTIFY changed FINAL)
    Q_PROPERTY(bool readsSessions READ readsSessions NOTIFY changed FINAL)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::PeopleListModel* people READ people CONSTANT FINAL)
    Q_PROPERTY(int morePeople READ morePeople NOTIFY listed FINAL)
    Q_PROPERTY(QVariantList roles READ roles NOTIFY changed FINAL)
    Q_PROPERTY(int waitingToBeSent READ waitingToBeSent NOTIFY changed FINAL)
    Q_PROPERTY(int waitingForAnswer READ waitingForAnswer NOTIFY changed FINAL)
    Q_PROPERTY(QString soFar READ soFar NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList pairChoices READ pairChoices NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList foundNotes READ foundNotes NOTIFY found FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    HomeViewModel(VaultThread& vault, SettingsViewModel& settings, QObject* parent = nullptr);

    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    [[nodiscard]] QString studyTitle() const { return m_studyTitle; }
    [[nodiscard]] bool isPractice() const { return m_isPractice; }
    /// False for somebody who only delivers: there is nothing to read for them here.
    [[nodiscard]] bool readsSessions() const { return m_readsSessions; }
    [[nodiscard]] bool isEmpty() const { return m_overview.people.empty(); }
    [[nodiscard]] PeopleListModel* people() { return &m_people; }
    /// How many more there are than the list shows.
    [[nodiscard]] int morePeople() const { return m_people.hidden(); }
    /// Each: id, name, people, interviewed, planned (-1 if the study plans none), nominated (paired by being named).
    [[nodiscard]] QVariantList roles() const;
    [[nodiscard]] int waitingToBeSent() const { return m_overview.waitingToBeSent; }
    /// Of people who were named by somebody.
    [[nodiscard]] int waitingForAnswer() const { return m_waitingForAnswer; }
    /// "12 of 30 interviewed", all roles together.
    [[nodiscard]] QString soFar() const;
    /// Whom a new person can be paired with: participant, text.
    [[nodiscard]] QVariantList pairChoices() const;
    /// Notes with the words looked for: participant, pseudonym, snippet.
    [[nodiscard]] QVariantList foundNotes() const { return m_foundNotes; }
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void open(const QString& participant);
    /// Enrols somebody and opens their page. `pairWith`: participant id or empty.
    Q_INVOKABLE void addPerson(const QString& role, const QString& name, const QString& pairWith);
    Q_INVOKABLE void showMorePeople();
    Q_INVOKABLE void search(const QString& words);

signals:
    void changed();
    void found();
    void listed();
    void personChosen(const sotto::ParticipantId& participant);

private:
    struct Loaded;
    void loaded(Result<Loaded> loaded);
    void setError(const Error& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    PeopleListModel m_people;
    workflow::Overview m_overview;
    std::vector<study::Role> m_roles;
    QString m_studyTitle;
    QVariantList m_foundNotes;
    QString m_error;
    int m_waitingForAnswer = 0;
    QStringList m_nominated;  ///< roles that are named by somebody, and so paired in that way
    bool m_isPractice = false;
    bool m_isLoading = true;
    bool m_readsSessions = true;
};

}  // namespace sotto::app
