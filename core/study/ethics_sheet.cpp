// SPDX-License-Identifier: Apache-2.0
#include "study/ethics_sheet.h"

#include <algorithm>

namespace sotto::study {
namespace {

/// Writes the parts of a sheet in one language. The two texts of a call say the same.
class SheetWriter {
public:
    SheetWriter(const StudyPack& pack, const QString& language)
        : m_pack(pack), m_language(language), m_isFrench(language == QStringLiteral("fr")) {}

    [[nodiscard]] EthicsSheet write(const QString& build) {
        m_sheet.title = say("Fiche d'éthique : ", "Ethics sheet: ") + own(m_pack.title);
        m_sheet.about = say("Étude « %1 », version %2. Certificat : %3. Écrit par Sotto %4.",
                            "Study \"%1\", version %2. Certificate: %3. Written by Sotto %4.")
                            .arg(m_pack.id)
                            .arg(m_pack.version)
                            .arg(m_pack.ethicsCertificate, build);
        if (m_pack.practice) {
            m_sheet.about +=
                say(" Exercice : rien de ceci n'est encore une recherche.", " Practice: none of this is research yet.");
        }
        writeWho();
        writeWhatIsKept();
        writeHowLong();
        writeWhatLeaves();
        writeConsent();
        writeProtection();
        writeTests();
        return std::move(m_sheet);
    }

private:
    [[nodiscard]] QString say(const char* french, const char* english) const {
        QString text = QString::fromUtf8(m_isFrench ? french : english);
        if (!m_isFrench) return text;
        const QString nbsp(QChar(0xa0));
        for (const char* mark : {":", ";", "?", "!", "»"}) {
            text.replace(QLatin1Char(' ') + QString::fromUtf8(mark), nbsp + QString::fromUtf8(mark));
        }
        return text.replace(QStringLiteral("« "), QStringLiteral("«") + nbsp);
    }
    /// Words of the study.
    [[nodiscard]] QString own(const LocalText& text) const {
        const auto found = text.find(m_language);
        if (found != text.end()) return found->second;
        return text.empty() ? QString() : text.begin()->second;
    }
    [[nodiscard]] QString orNotSaid(const QString& text) const {
        return text.isEmpty() ? say("non précisé", "not said") : text;
    }
    void begin(const char* french, const char* english) { m_sheet.parts.push_back({say(french, english), {}}); }
    void add(const QString& line) { m_sheet.parts.back().lines.append(line); }
    void add(const char* french, const char* english) { add(say(french, english)); }

    void writeWho() {
        begin("Qui participe", "Who takes part");
        for (const Role& role : m_pack.roles) {
            QString line = own(role.name);
            line += say(" : ", ": ") + manner(role.manner);
            if (role.planned) line += say(", %1 personnes prévues", ", %1 people planned").arg(*role.planned);
            if (m_pack.screening(role.id) != nullptr) {
                line += say(", après quelques questions pour voir si l'étude convient",
                            ", after some questions to see whether the study is the right fit");
            }
            add(line + QLatin1Char('.'));
        }
        for (const Nomination& nomination : m_pack.policy.nominations) {
            const Role* by = m_pack.role(nomination.by);
            QStringList names;
            for (const QString& id : nomination.of) {
                if (const Role* role = m_pack.role(id)) names.append(own(role->name));
            }
            add(say("Qui participe comme « %1 » peut nommer : %2. Sans réponse, les coordonnées sont effacées après %3 "
                    "jours. On ne dit jamais à qui a nommé si l'autre a accepté.",
                    "Whoever takes part as \"%1\" may name: %2. Without an answer, the contact details are erased "
                    "after "
                    "%3 days. Whoever named somebody is never told whether they accepted.")
                    .arg(by != nullptr ? own(by->name) : nomination.by, names.join(QStringLiteral(", ")),
                         QString::number(nomination.forgetAfterDays)));
        }
    }
    [[nodiscard]] QString manner(SessionManner manner) const {
        switch (manner) {
            case SessionManner::Single:
                return say("entrevue d'une personne", "an interview of one");
            case SessionManner::Group:
                return say("rencontre de groupe", "a group session");
            case SessionManner::Alone:
                return say("formulaires seulement", "forms only");
        }
        return {};
    }

    void writeWhatIsKept() {
        begin("Ce qui est gardé, où, sous quelle clé, et qui peut le lire",
              "What is kept, where, under which key, and who can read it");
        add("Entrevue (son, notes, marques, réponses) : sur la tablette, chiffrée dès la première seconde. La lisent "
            "les "
            "personnes de l'équipe qui ont accès aux entrevues sur cette tablette, avec leur phrase de passe, et, au "
            "labo, la personne qui détient la clé du contenu.",
            "Interview (sound, notes, marks, answers): on the tablet, encrypted from the first second. It can be read "
            "by "
            "members of the team who have access to interviews on this tablet, with their passphrase, and at the lab "
            "by "
            "whoever holds the content key.");
        add("Noms, coordonnées, consentements signés, notes de soutien, incidents : sur la tablette, dans un coffre à "
            "part. Les lisent les "
            "personnes "
            "qui ont accès aux identités, et, au labo, la personne qui détient la clé des identités, qui devrait être "
            "une autre.",
            "Names, contact details, signed consent, support notes, incidents: on the tablet, in a vault of their own. "
            "They can be read by those "
            "who have access to identities, and at the lab by whoever holds the identity key, who should be another "
            "person.");
        const auto has = [&](Kept kept) {
            return std::ranges::any_of(m_pack.forms, [&](const Form& form) { return form.kept == kept; });
        };
        if (has(Kept::Apart)) {
            add("Feuilles à part : avec les identités, sans nom, sans lien avec l'entrevue et sans heure, sauf si la "
                "personne a permis le lien.",
                "Sheets kept apart: with the identities, without a name, a link to the interview or an hour, unless "
                "the "
                "person allowed the link.");
        }
        if (has(Kept::Screening)) {
            add("Questions avant la participation : si l'étude ne convient pas maintenant, les réponses sont effacées; "
                "il "
                "reste le jour, le rôle et une raison générale.",
                "Questions before taking part: if the study is not the right fit now, the answers are erased; the day, "
                "the role and a general reason stay.");
        }
        add("Journal de la tablette : ce qui a été fait, quand et par qui, sans nom et sans contenu.",
            "The tablet's audit trail: what was done, when and by whom, without names and without content.");
        add("En clair, même quand la tablette est verrouillée : les lignes d'aide, les étapes de soutien et la "
            "personne de "
            "garde. Rien sur les personnes qui participent; on voit combien de fichiers il y a, leur taille et leur "
            "jour.",
            "In the clear, even while the tablet is locked: the help lines, the steps for support and who is on call. "
            "Nothing about participants; how many files there are, how large and of which day can be seen.");
    }

    void writeHowLong() {
        begin("Combien de temps", "How long");
        if (m_pack.purgeAfter == QStringLiteral("opened")) {
            add("Sur la tablette : jusqu'à ce que le labo ait signé qu'il a ouvert le paquet.",
                "On the tablet: until the lab has signed that it opened the package.");
        } else {
            add("Sur la tablette : jusqu'à ce que le labo ait signé qu'il détient le paquet.",
                "On the tablet: until the lab has signed that it holds the package.");
        }
        const Retention& retention = m_pack.policy.retention;
        add(say("Au labo : %1.", "At the lab: %1.")
                .arg(retention.years > 0 ? say("%1 ans", "%1 years").arg(retention.years) : orNotSaid({})));
        add(say("Les données peuvent être reprises, en un geste et sans raison, jusqu'au : %1.",
                "Data can be taken back, in one action and without a reason, until: %1.")
                .arg(retention.untilWithdrawal ? retention.untilWithdrawal->toString(Qt::ISODate) : orNotSaid({})));
    }

    void writeWhatLeaves() {
        begin("Ce qui sort", "What leaves");
        add("Rien ne part tout seul : Sotto n'a pas de réseau à lui. Des paquets scellés vont dans le dossier que "
            "l'équipe "
            "choisit, et seul le labo peut les ouvrir.",
            "Nothing leaves by itself: Sotto has no network of its own. Sealed packages go to the folder that the team "
            "chooses, and only the lab can open them.");
        QStringList tables;
        for (const auto& [table, fields] : m_pack.deident.allowedFields) {
            if (!fields.isEmpty())
                tables.append(QStringLiteral("%1 (%2)").arg(table, fields.join(QStringLiteral(", "))));
        }
        if (tables.isEmpty()) {
            add("Pour la recherche : rien.", "For research: nothing.");
        } else {
            add(say("Pour la recherche, de qui l'a permis, sous un code : %1.",
                    "For research, of those who allowed it, under a code: %1.")
                    .arg(tables.join(QStringLiteral("; "))));
        }
        const StoragePolicy& storage = m_pack.policy.storage;
        add(say("Le labo garde les données ici : %1. Évaluation pour un lieu hors du Québec : %2.",
                "The lab keeps the data here: %1. Assessment for a place outside Québec: %2.")
                .arg(orNotSaid(storage.place),
                     storage.assessment.isEmpty() ? say("aucune", "none") : storage.assessment));
        if (!m_pack.policy.custodian) return;
        add(m_pack.policy.custodian->approvesExport
                ? say("Rien ne sort pour la recherche avant que cette communauté l'approuve : %1.",
                      "Nothing leaves for research before this community approves: %1.")
                      .arg(m_pack.policy.custodian->name)
                : say("Communauté qui gouverne les données : %1.", "Community that governs the data: %1.")
                      .arg(m_pack.policy.custodian->name));
    }

    void writeConsent() {
        begin("Consentement", "Consent");
        for (const Role& role : m_pack.roles) {
            const QString language = m_pack.languages.contains(m_language) ? m_language : m_pack.languages.value(0);
            const ConsentForm* form = m_pack.consent(role.id, language);
            if (form == nullptr) continue;
            QStringList free;
            for (const ConsentItem& item : form->items) {
                if (!item.required) free.append(itemName(item.permission));
            }
            add(say("%1, version %2. Au choix : %3.", "%1, version %2. Free to choose: %3.")
                    .arg(own(role.name), form->version,
                         free.isEmpty() ? say("rien", "nothing") : free.join(QStringLiteral(", "))));
        }
        add("Chaque choix est appliqué par le programme : sans permission, le micro ne peut pas démarrer, la citation "
            "n'est "
            "pas permise, rien ne part pour la recherche.",
            "Each choice is enforced by the program: without permission the microphone cannot start, nothing may be "
            "quoted, "
            "nothing leaves for research.");
    }
    [[nodiscard]] QString itemName(Permission permission) const {
        switch (permission) {
            case Permission::RecordAudio:
                return say("le son", "sound");
            case Permission::Quote:
                return say("les citations", "quotes");
            case Permission::ShareDeidentified:
                return say("le partage sous un code", "sharing under a code");
            case Permission::ContactAgain:
                return say("une nouvelle prise de contact", "being contacted again");
            case Permission::ReceiveReport:
                return say("le résumé", "the summary");
            case Permission::TakePart:
                return say("la participation", "taking part");
            case Permission::LinkSheet:
                return say("le lien avec la feuille à part", "the link with the sheet kept apart");
            case Permission::TalkAboutMe:
                return say("qu'une autre personne parle de soi", "another person talking about oneself");
        }
        return {};
    }

    void writeProtection() {
        begin("Quand c'est difficile", "When it is hard");
        add(say("« Pause et soutien » est sur chaque écran, tablette verrouillée ou non, avec %1 lignes d'aide. Aucune "
                "réponse "
                "et aucun total ne disent jamais que tout va bien.",
                "\"Pause and support\" is on every screen, locked or not, with %1 help lines. No answer and no total "
                "ever says "
                "that all is well.")
                .arg(m_pack.crisisLines.size() + 1));
        const auto isUnchecked = [](const CrisisLine& line) { return line.verified.isEmpty(); };
        const auto unchecked =
            std::ranges::count_if(m_pack.crisisLines, isUnchecked) + (isUnchecked(m_pack.emergency) ? 1 : 0);
        if (unchecked > 0) {
            add(say("Numéros que l'équipe n'a pas encore appelés : %1.",
                    "Numbers that the team has not called yet: %1.")
                    .arg(unchecked));
        }
        add(say("Questions sur l'étude : %1. Plaintes : %2.", "Questions about the study: %1. Complaints: %2.")
                .arg(orNotSaid(m_pack.policy.contacts.team), orNotSaid(m_pack.policy.contacts.complaints)));
    }

    void writeTests() {
        begin("Comment cela a été vérifié", "How this was tested");
        add("Avant chaque version, des essais automatiques coupent le courant et arrêtent le programme au milieu des "
            "écritures, "
            "changent les fichiers scellés bit par bit, cherchent dans tout ce qui reste les mots d'une personne "
            "effacée, et "
            "refusent chaque permission l'une après l'autre.",
            "Before each version, automatic tests cut the power and end the program in the middle of writing, change "
            "sealed "
            "files bit by bit, look for the words of somebody erased in everything that is left, and refuse each "
            "permission "
            "one after the other.");
        add("Limites : une tablette déverrouillée peut être lue par qui la prend; qui détient seul la clé du contenu "
            "peut "
            "ouvrir les entrevues. Cette fiche décrit l'outil; elle n'est pas un avis juridique.",
            "Limits: an unlocked tablet can be read by whoever takes it; whoever holds the content key can open the "
            "interviews "
            "alone. This sheet describes the tool; it is not legal advice.");
    }

    const StudyPack& m_pack;
    QString m_language;
    bool m_isFrench;
    EthicsSheet m_sheet;
};

/// Text of a study shown as it is, whatever it holds.
QString escaped(const QString& text) {
    QString result;
    for (const QChar c : text) {
        if (QStringLiteral("\\`*_[]<>#").contains(c)) result += QLatin1Char('\\');
        result += c;
    }
    return result;
}

}  // namespace

EthicsSheet ethicsSheet(const StudyPack& pack, const QString& language, const QString& build) {
    return SheetWriter(pack, language).write(build);
}

QString toMarkdown(const EthicsSheet& sheet) {
    QString text = QStringLiteral("# %1\n\n%2\n").arg(escaped(sheet.title), escaped(sheet.about));
    for (const SheetPart& part : sheet.parts) {
        text += QStringLiteral("\n## %1\n\n").arg(escaped(part.title));
        for (const QString& line : part.lines)
            text += QStringLiteral("- %1\n").arg(escaped(line));
    }
    return text;
}

}  // namespace sotto::study
