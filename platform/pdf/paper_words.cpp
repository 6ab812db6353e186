// SPDX-License-Identifier: Apache-2.0
#include "paper_words.h"

#include <array>

#include <QLocale>

namespace sotto::platform {

namespace {

struct Line {
    Word word;
    const char16_t* english;
    const char16_t* french;
};

constexpr std::array kLines{
    Line{Word::Copy, u"Your copy", u"Votre exemplaire"},
    Line{Word::Choices, u"Your choices", u"Vos choix"},
    Line{Word::Yes, u"Yes", u"Oui"},
    Line{Word::No, u"No", u"Non"},
    Line{Word::Required, u"needed to take part", u"nécessaire pour participer"},
    Line{Word::Signatures, u"Signatures", u"Signatures"},
    Line{Word::PersonSigned, u"The person who takes part", u"La personne qui participe"},
    Line{Word::ParentSigned, u"Parent or guardian: %1", u"Parent ou titulaire de l’autorité parentale\u00A0: %1"},
    Line{Word::RepresentativeSigned, u"Representative: %1", u"Mandataire ou tutelle\u00A0: %1"},
    Line{Word::AssentSigned, u"The person themself", u"La personne elle-même"},
    Line{Word::InterviewerSigned, u"The interviewer, who explained the study and answered the questions",
         u"La personne qui mène l’entrevue, qui a expliqué l’étude et répondu aux questions"},
    Line{Word::WitnessSigned, u"Witness: %1", u"Témoin\u00A0: %1"},
    Line{Word::Mark, u"A mark, made before the witness", u"Une marque, faite devant le témoin"},
    Line{Word::OnPaper, u"Signed on paper. A picture of it is kept.", u"Signé sur papier. Une image en est gardée."},
    Line{Word::Aloud, u"Read aloud and answered aloud. A recording of it is kept.",
         u"Lu à voix haute, avec une réponse à voix haute. Un enregistrement en est gardé."},
    Line{Word::Name, u"Name", u"Nom"},
    Line{Word::Signature, u"Signature", u"Signature"},
    Line{Word::Date, u"Date", u"Date"},
    Line{Word::Questions, u"Questions: %1", u"Questions\u00A0: %1"},
    Line{Word::Complaints, u"Complaints, apart from the team: %1", u"Plaintes, hors de l’équipe\u00A0: %1"},
    Line{Word::Ethics, u"Ethics approval: %1", u"Approbation éthique\u00A0: %1"},
    Line{Word::ChangeYourMind, u"If you change your mind", u"Si vous changez d’avis"},
    Line{Word::CodeExplained,
         u"This code helps to find what is yours. Nobody asks why. Without the code it works too: say your name.",
         u"Ce code aide à retrouver ce qui est à vous. On ne vous demandera pas pourquoi. Sans le code, c’est possible "
         u"aussi\u00A0: dites votre nom."},
    Line{Word::FoundAtHome, u"Others may find this copy where you live. You may also leave it with the team.",
         u"D’autres peuvent trouver cet exemplaire chez vous. Vous pouvez aussi le laisser à l’équipe."},
    Line{Word::Fingerprint, u"Fingerprint of this text: %1", u"Empreinte de ce texte\u00A0: %1"},
    Line{Word::Version, u"version %1", u"version %1"},
    Line{Word::Page, u"%1 of %2", u"%1 de %2"},
};

}  // namespace

QString paperWord(Word word, const QString& language) {
    for (const Line& line : kLines) {
        if (line.word != word) continue;
        return QString::fromUtf16(language == QLatin1String("fr") ? line.french : line.english);
    }
    return {};
}

QString paperTime(std::int64_t utcMs, int zoneOffsetMinutes, const QString& language) {
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(utcMs, Qt::OffsetFromUTC, zoneOffsetMinutes * 60);
    return QLocale(language == QLatin1String("fr") ? QLocale::French : QLocale::English)
        .toString(at, QStringLiteral("d MMMM yyyy, H:mm"));
}

}  // namespace sotto::platform
