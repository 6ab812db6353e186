// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "study/study_pack.h"
#include "workflow/overview.h"

namespace sotto::app {

/// Everybody who takes part, as the home screen lists them: pairs stay together, whoever needs something comes first.
/// No names. At first only the first twenty: a page that makes a row for each of hundreds opens slowly, and who is
/// looked for is found by the search. GUI thread.
class PeopleListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")

public:
    enum Role { Participant = Qt::UserRole, Pseudonym, RoleName, StateText, Tone, NextText, IsPaired };

    explicit PeopleListModel(QObject* parent = nullptr);
    void set(std::vector<workflow::PersonOverview> people, const std::vector<study::Role>& roles,
             const QString& language);
    [[nodiscard]] const workflow::PersonOverview* find(const QString& participant) const;
    /// Only those of whom pseudonym or role has these words; empty for all.
    void filter(const QString& words);
    /// Fifty more of those that are not shown yet.
    void showMore();
    /// How many match and are not shown yet.
    [[nodiscard]] int hidden() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<workflow::PersonOverview> m_all;
    std::vector<workflow::PersonOverview> m_matching;
    std::size_t m_limit;
    std::map<QString, QString> m_roleNames;
    QString m_filter;
};

/// Where somebody stands, in words for the screen.
[[nodiscard]] QString stateText(workflow::PersonState state);
/// The tone of a chip that says so: "", "accent", "good", "warning".
[[nodiscard]] QString stateTone(workflow::PersonState state);
[[nodiscard]] QString nextText(workflow::NextStep next);
/// A text in the language of the screen, or in the first that there is.
[[nodiscard]] QString inLanguage(const study::LocalText& text, const QString& language);

}  // namespace sotto::app
