// SPDX-License-Identifier: Apache-2.0
// What is kept in which vault, and to whom it is sealed.
#include "base/check.h"
#include "consent/consent.h"
#include "interview/session_index.h"
#include "people/contacts.h"
#include "people/detached_sheets.h"
#include "people/filled_forms.h"
#include "people/groups.h"
#include "people/home_visits.h"
#include "people/incidents.h"
#include "people/nominations.h"
#include "people/people.h"
#include "people/screenings.h"
#include "people/support_notes.h"
#include "sync/outbox.h"
#include "vault/audit.h"
#include "workflow/contact_erasure.h"
#include "workflow/erasures.h"
#include "workflow/home.h"
#include "workflow/keyring_watch.h"
#include "workflow/late_notes.h"
#include "workflow/rebuild_mark.h"
#include "workflow/settings.h"
#include "workflow/study_shelf.h"
#include "workflow/withdrawal.h"

namespace sotto::workflow {

std::vector<vault::Schema> schemasOf(Compartment compartment) {
    switch (compartment) {
        case Compartment::Sessions:
            return {vault::AuditTrail::schema(),
                    StudyShelf::schema(),
                    people::Participants::schema(),
                    people::Screenings::schema(),
                    people::FilledForms::schema(),
                    consent::Consents::sessionsSchema(),
                    interview::SessionIndex::schema(),
                    lateNotesSchema(),
                    Erasures::schema(),
                    people::Groups::schema(),
                    KeyringWatch::schema(),
                    RebuildMark::schema(),
                    Withdrawals::schema()};
        case Compartment::Identities:
            return {people::Identities::schema(), consent::Consents::identitiesSchema(), KeyringWatch::schema(),
                    people::Contacts::schema(),   people::DetachedSheets::schema(),      people::SupportNotes::schema(),
                    people::HomeVisits::schema(), people::Incidents::schema(),           people::Nominations::schema(),
                    contactErasureSchema()};
        case Compartment::Outbox:
            return {vault::AuditTrail::schema(),     StudyShelf::schema(), sync::Outbox::schema(),
                    KeyringWatch::schema(),          Settings::schema(),   RebuildMark::schema(),
                    sync::WithdrawalOrders::schema()};
    }
    SOTTO_CHECK(false);
    return {};
}

sealedlog::Kind kindOf(Compartment compartment) {
    switch (compartment) {
        case Compartment::Sessions:
            return sealedlog::Kind::Vault;
        case Compartment::Identities:
            return sealedlog::Kind::Identities;
        case Compartment::Outbox:
            return sealedlog::Kind::Outbox;
    }
    SOTTO_CHECK(false);
    return {};
}

QString compartmentName(Compartment compartment) {
    switch (compartment) {
        case Compartment::Sessions:
            return QStringLiteral("sessions");
        case Compartment::Identities:
            return QStringLiteral("identities");
        case Compartment::Outbox:
            return QStringLiteral("outbox");
    }
    SOTTO_CHECK(false);
    return {};
}

std::optional<Compartment> compartmentFromName(const QString& name) {
    for (const Compartment compartment : keyring::kCompartments) {
        if (compartmentName(compartment) == name) return compartment;
    }
    return std::nullopt;
}

std::vector<crypto::age::Recipient> recipientsOf(Compartment compartment, const crypto::age::Recipient& epoch,
                                                 const study::LabKeys& lab) {
    const auto& custodians = compartment == Compartment::Identities ? lab.identity : lab.content;
    std::vector<crypto::age::Recipient> all{epoch};
    all.insert(all.end(), custodians.begin(), custodians.end());
    return all;
}

}  // namespace sotto::workflow
