// SPDX-License-Identifier: Apache-2.0
#include "audit_text.h"

#include <algorithm>
#include <iterator>

#include <QCoreApplication>

namespace sotto::app {

namespace {

struct Line {
    const char* action;
    const char* text;
};

constexpr Line kLines[] = {
    {"audit.redacted", QT_TRANSLATE_NOOP("Audit", "Earlier lines were forgotten with what they were about")},
    {"consent.confirmed", QT_TRANSLATE_NOOP("Audit", "Consent was confirmed at a visit")},
    {"consent.copy-given", QT_TRANSLATE_NOOP("Audit", "The participant got their copy")},
    {"consent.copy-saved", QT_TRANSLATE_NOOP("Audit", "A participant's copy was saved where they chose")},
    {"consent.not-confirmed", QT_TRANSLATE_NOOP("Audit", "Somebody did not wish to go on at a visit")},
    {"consent.not-given", QT_TRANSLATE_NOOP("Audit", "Somebody did not consent")},
    {"consent.signed", QT_TRANSLATE_NOOP("Audit", "Consent was given")},
    {"contacts.erased", QT_TRANSLATE_NOOP("Audit", "Contact details were erased, as nobody may use them any more")},
    {"erased", QT_TRANSLATE_NOOP("Audit", "Something was erased for good")},
    {"export.approval-withdrawn", QT_TRANSLATE_NOOP("Audit", "The approval to share for research was taken back")},
    {"export.approved", QT_TRANSLATE_NOOP("Audit", "Sharing for research was approved")},
    {"form.alert", QT_TRANSLATE_NOOP("Audit", "An answer called for support")},
    {"group.made", QT_TRANSLATE_NOOP("Audit", "A group was made")},
    {"home.created", QT_TRANSLATE_NOOP("Audit", "This tablet was set up")},
    {"home.rebuilt", QT_TRANSLATE_NOOP("Audit", "A lost index was made again from the recordings")},
    {"home.rekeyed", QT_TRANSLATE_NOOP("Audit", "The lab gave this tablet new keys")},
    {"incident.recorded", QT_TRANSLATE_NOOP("Audit", "A confidentiality incident was written down")},
    {"keys.rotated", QT_TRANSLATE_NOOP("Audit", "What is kept was wrapped in new keys")},
    {"nomination.accepted", QT_TRANSLATE_NOOP("Audit", "Somebody who was named agreed to be asked")},
    {"nomination.made", QT_TRANSLATE_NOOP("Audit", "A participant named somebody")},
    {"nominations.forgotten", QT_TRANSLATE_NOOP("Audit", "Contacts that stayed without an answer were erased")},
    {"note.added", QT_TRANSLATE_NOOP("Audit", "A note was added after an interview")},
    {"note.removed", QT_TRANSLATE_NOOP("Audit", "A note was taken away after an interview")},
    {"package.resealed", QT_TRANSLATE_NOOP("Audit", "A damaged package was sealed anew")},
    {"packages.delivered", QT_TRANSLATE_NOOP("Audit", "Packages were sent, or receipts came back")},
    {"passphrase.changed", QT_TRANSLATE_NOOP("Audit", "Somebody changed their passphrase")},
    {"person.added", QT_TRANSLATE_NOOP("Audit", "A team member was let into this tablet")},
    {"person.granted", QT_TRANSLATE_NOOP("Audit", "A team member was let into more")},
    {"person.removed", QT_TRANSLATE_NOOP("Audit", "A team member was shut out of this tablet")},
    {"person.revoked", QT_TRANSLATE_NOOP("Audit", "A team member was shut out of something")},
    {"screening.agreed", QT_TRANSLATE_NOOP("Audit", "Somebody agreed to be asked whether the study suits them")},
    {"screening.deviation", QT_TRANSLATE_NOOP("Audit", "A deviation from the rules was approved")},
    {"screening.fits", QT_TRANSLATE_NOOP("Audit", "The study is the right fit for somebody")},
    {"screening.not-now", QT_TRANSLATE_NOOP("Audit", "The study is not the right fit now for somebody")},
    {"screening.support-given", QT_TRANSLATE_NOOP("Audit", "Support was given during the first questions")},
    {"screening.support-offered", QT_TRANSLATE_NOOP("Audit", "Support was offered during the first questions")},
    {"session.listened", QT_TRANSLATE_NOOP("Audit", "A recording was listened to")},
    {"session.resumed", QT_TRANSLATE_NOOP("Audit", "An interview went on")},
    {"session.sealed", QT_TRANSLATE_NOOP("Audit", "An interview was sealed for the lab")},
    {"session.started", QT_TRANSLATE_NOOP("Audit", "An interview began")},
    {"store.chosen", QT_TRANSLATE_NOOP("Audit", "The folder for sending was chosen")},
    {"study.updated", QT_TRANSLATE_NOOP("Audit", "A newer version of the study came into force")},
    {"support.offered", QT_TRANSLATE_NOOP("Audit", "Support was offered")},
    {"taken-back", QT_TRANSLATE_NOOP("Audit", "Somebody took back their taking part")},
    {"withdrawals.exchanged", QT_TRANSLATE_NOOP("Audit", "Orders to erase were sent, or the lab confirmed them")},
};

const Line* lineOf(const QString& action) {
    const auto* found = std::find_if(std::begin(kLines), std::end(kLines),
                                     [&](const Line& line) { return action == QLatin1String(line.action); });
    return found == std::end(kLines) ? nullptr : found;
}

}  // namespace

QString auditText(const vault::AuditEntry& entry) {
    if (entry.isRedacted)
        return QCoreApplication::translate("Audit", "Forgotten, because what it was about was erased");
    if (const Line* line = lineOf(entry.action)) return QCoreApplication::translate("Audit", line->text);
    if (entry.action.startsWith(QLatin1String("support.")))
        return QCoreApplication::translate("Audit", "A step of pause and support");
    return entry.action;
}

bool hasAuditText(const QString& action) {
    return lineOf(action) != nullptr || action.startsWith(QLatin1String("support."));
}

}  // namespace sotto::app
