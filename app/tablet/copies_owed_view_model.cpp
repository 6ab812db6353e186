// SPDX-License-Identifier: Apache-2.0
#include "copies_owed_view_model.h"

#include <QDateTime>
#include <QLocale>

#include "consent/copies.h"
#include "people/people.h"
#include "vault_thread.h"

namespace sotto::app {

QVariantList CopiesOwedViewModel::people() const {
    QVariantList list;
    for (const Waiting& one : m_waiting) {
        const QDate since = QDateTime::fromMSecsSinceEpoch(one.sinceUtcMs).date();
        list.append(QVariantMap{{QStringLiteral("pseudonym"), one.pseudonym},
                                {QStringLiteral("since"), QLocale().toString(since, QLocale::ShortFormat)}});
    }
    return list;
}

void CopiesOwedViewModel::refresh() {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<std::vector<Waiting>> {
            SOTTO_ASSIGN(auto* home, tablet.home());
            SOTTO_TRY(home->need({workflow::Compartment::Sessions}));
            SOTTO_ASSIGN(const auto owed, consent::copiesOwed(home->sessions()));
            const people::Participants participants(home->sessions());
            std::vector<Waiting> waiting;
            for (const consent::Copy& copy : owed) {
                SOTTO_ASSIGN(const auto participant, participants.find(copy.participant));
                if (participant) waiting.push_back({copy.participant, participant->pseudonym, copy.utcMs});
            }
            return waiting;
        },
        [this](Result<std::vector<Waiting>> waiting) {
            // A reminder: whoever may not read the list is not reminded.
            m_waiting = waiting ? *std::move(waiting) : std::vector<Waiting>{};
            emit changed();
        });
}

void CopiesOwedViewModel::open(int index) {
    if (index >= 0 && static_cast<std::size_t>(index) < m_waiting.size())
        emit chosen(m_waiting[static_cast<std::size_t>(index)].participant);
}

}  // namespace sotto::app
