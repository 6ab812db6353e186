// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonDocument>

#include "core/workflow/store_room.h"
#include "vault/audit.h"
#include "workflow/screening.h"

// A home with the founding study A, which screens everybody, and what a caller answers.
namespace sotto::test {

/// Study A with one more question whose answer is words, so that a canary can sing in it.
inline study::PackFiles screenedPack() {
    study::PackFiles files = packIn("studies/a-caregiver-support");
    edit(files, QStringLiteral("instruments/call-person.yaml"), "items:\n",
         "items:\n  - {id: remark, type: text, text: {fr: \"Une remarque?\", en: \"A remark?\"}}\n");
    return files;
}

struct ScreenedHome : World {
    explicit ScreenedHome(const study::PackFiles& pack = screenedPack())
        : signedPack(Lab::instance().sign(pack)),
          home(must(Home::create(files, kHome, viewOf(kPassphrase), signedPack, clock, cheapOptions()))) {}

    void lockAndUnlock() {
        home.reset();
        home = must(unlock());
    }
    [[nodiscard]] people::Participant enrolAs(const QString& role = QStringLiteral("person"),
                                              const QString& name = QStringLiteral("Camille Invention")) {
        return must(people::enrol(home->sessions(), home->identities(), role, name, std::nullopt, clock.now()));
    }
    [[nodiscard]] Result<QStringList> keep(const people::Participant& person, const QString& form, const QString& item,
                                           const study::Answer& answer) {
        return workflow::keepScreeningAnswer(*home, person.id, *home->study().pack.form(form), item, answer);
    }
    [[nodiscard]] Result<QStringList> choose(const people::Participant& person, const QString& form,
                                             const QString& item, const QString& option) {
        study::Answer answer;
        answer.options = {option};
        return keep(person, form, item, answer);
    }
    /// All of the call's questions, as somebody answers whom the study suits.
    void answerTheCall(const people::Participant& person) {
        const QString form = QStringLiteral("call-person");
        for (const char* item : {"adult", "language", "diagnosed", "in-recovery", "able"})
            must(choose(person, form, QLatin1String(item), QStringLiteral("yes")));
        study::Answer helpers;
        helpers.number = 2;
        must(keep(person, form, QStringLiteral("helpers"), helpers));
    }
    /// Every item of an instrument with the same option.
    void answerAll(const people::Participant& person, const QString& form, int items, const QString& option) {
        for (int i = 1; i <= items; ++i)
            must(choose(person, form, QStringLiteral("item-%1").arg(i), option));
    }
    /// Consent, whatever the study asks, with the same answer to whether they take part.
    void consent(const people::Participant& person, bool takesPart = true) {
        std::map<QString, bool> items;
        for (const study::ConsentItem& item : home->study().pack.consent(person.role, QStringLiteral("en"))->items)
            items[item.id] = takesPart;
        must(giveConsent(*home, person, items));
    }
    void agree(const people::Participant& person) {
        must(workflow::beginScreening(*home, person, people::AskedHow::Telephone));
    }
    void answerAsFits(const people::Participant& person) {
        agree(person);
        answerTheCall(person);
        answerAll(person, QStringLiteral("phq-9"), 9, QStringLiteral("not-at-all"));
        answerAll(person, QStringLiteral("gad-7"), 7, QStringLiteral("not-at-all"));
    }
    [[nodiscard]] QStringList trail() const {
        QStringList lines;
        for (const auto& entry : must(vault::AuditTrail(home->sessions()).entries())) {
            lines +=
                entry.action + u' ' + QString::fromUtf8(QJsonDocument(entry.details).toJson(QJsonDocument::Compact));
        }
        return lines;
    }
    /// Where these words still are: in an open vault, or on any page that the keys of today open.
    [[nodiscard]] QStringList whereIs(const QString& words) {
        QStringList places;
        for (const Compartment compartment : keyring::kCompartments) {
            if (byteArrayOf(home->vault(compartment).plainImage()).contains(words.toUtf8()))
                places += workflow::compartmentName(compartment);
        }
        if (broughtToLight(snapshot(), keysOf(*this)).contains(words.toUtf8())) places += QStringLiteral("a log");
        return places;
    }

    study::SignedPack signedPack;
    std::unique_ptr<Home> home;
};

}  // namespace sotto::test
