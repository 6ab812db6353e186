// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/consent.h"
#include "support/fake_clock.h"

namespace sotto::test {

/// A form with one item of each kind that matters: take part and audio, quote, contact.
[[nodiscard]] inline study::ConsentForm consentForm() {
    study::ConsentForm form;
    form.role = QStringLiteral("person");
    form.language = QStringLiteral("fr");
    form.version = QStringLiteral("2");
    form.title = QStringLiteral("Consentement");
    form.items = {
        {QStringLiteral("part"), QStringLiteral("Je participe."), study::Permission::TakePart, true},
        {QStringLiteral("audio"), QStringLiteral("On enregistre."), study::Permission::RecordAudio, false},
        {QStringLiteral("quote"), QStringLiteral("On cite."), study::Permission::Quote, false},
        {QStringLiteral("contact"), QStringLiteral("On rappelle."), study::Permission::ContactAgain, false},
    };
    form.hash = crypto::sha256(viewOf(std::string_view("the exact text")));
    return form;
}

[[nodiscard]] inline consent::Answers consentAnswers(const study::ConsentForm& form, bool yes = true) {
    FakeClock clock;
    consent::Answers answers;
    for (const study::ConsentItem& item : form.items) {
        answers.items[item.id] = item.required || yes;
    }
    answers.strokes[consent::Signer::Participant] = {{{10, 50}, {400, 55}}, {{410, 20}}};
    answers.strokes[consent::Signer::Interviewer] = {{{12, 40}, {13, 42}}};
    answers.shownAt = clock.now();
    clock.advance(90'000);
    answers.signedAt = clock.now();
    return answers;
}

}  // namespace sotto::test
