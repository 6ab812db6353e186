// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sotto::keyring {

/// What people choose, most frequent first, in lower case without accents: passwords, rows of the AZERTY keyboard,
/// first names, places, the small words of French. From our own knowledge; zxcvbn as Debian builds it has no list of
/// passwords and knows only English. The place in the list is the number of guesses, so it need not be long.
inline constexpr const char* kFrequentPasswords[] = {
    "123456",     "password",   "motdepasse", "azerty",     "qwerty",    "azertyuiop", "soleil",    "bonjour",
    "doudou",     "loulou",     "chouchou",   "iloveyou",   "jetaime",   "amour",      "marseille", "qwertyuiop",
    "coucou",     "admin",      "welcome",    "letmein",    "princesse", "abc123",     "passe",     "mot",
    "secret",     "sunshine",   "princess",   "dragon",     "monkey",    "football",   "camille",   "nicolas",
    "marie",      "julien",     "thomas",     "mamour",     "cheval",    "chocolat",   "bonheur",   "titi",
    "toto",       "tata",       "poupette",   "canada",     "quebec",    "montreal",   "france",    "paris",
    "hockey",     "canadiens",  "nordiques",  "tabarnak",   "caramel",   "minou",      "kikou",     "louloute",
    "vanille",    "master",     "login",      "superman",   "batman",    "shadow",     "baseball",  "trustno",
    "hello",      "freedom",    "whatever",   "starwars",   "pokemon",   "passphrase", "phrase",    "code",
    "secrete",    "tablette",   "entrevue",   "interview",  "recherche", "sotto",      "famille",   "maison",
    "papa",       "maman",      "enfant",     "vacances",   "ete",       "hiver",      "printemps", "automne",
    "janvier",    "fevrier",    "mars",       "avril",      "mai",       "juin",       "juillet",   "aout",
    "septembre",  "octobre",    "novembre",   "decembre",   "lundi",     "mardi",      "mercredi",  "jeudi",
    "vendredi",   "samedi",     "dimanche",   "qsdfghjklm", "qsdfgh",    "qsdf",       "wxcvbn",    "azer",
    "poiuytreza", "mlkjhgfdsq", "aqwzsx",     "azeqsd",     "asdfgh",    "zxcvbn",     "emma",      "lea",
    "chloe",      "alexandre",  "alex",       "sophie",     "antoine",   "maxime",     "pierre",    "jean",
    "louis",      "claire",     "julie",      "laura",      "sarah",     "manon",      "lucas",     "hugo",
    "theo",       "nathan",     "mathieu",    "martin",     "olivier",   "philippe",   "michel",    "francois",
    "francoise",  "nathalie",   "isabelle",   "sylvie",     "catherine", "christine",  "monique",   "jacques",
    "andre",      "daniel",     "david",      "eric",       "patrick",   "stephane",   "sebastien", "guillaume",
    "vincent",    "charles",    "gabriel",    "samuel",     "felix",     "william",    "zoe",       "alice",
    "rose",       "charlotte",  "juliette",   "florence",   "genevieve", "veronique",  "caroline",  "melanie",
    "melissa",    "jessica",    "vanessa",    "audrey",     "amelie",    "celine",     "aurelie",   "pauline",
    "anais",      "oceane",     "mathilde",   "simon",      "benjamin",  "raphael",    "arthur",    "paul",
    "jules",      "leo",        "noah",       "liam",       "olivia",    "florian",    "romain",    "valentin",
    "clement",    "kevin",      "jeremy",     "fabien",     "cedric",    "christian",  "gilles",    "serge",
    "alain",      "bernard",    "gerard",     "roger",      "robert",    "denis",      "yves",      "luc",
    "marc",       "guy",        "laurent",    "bruno",      "pascal",    "thierry",    "didier",    "de",
    "la",         "le",         "et",         "les",        "des",       "en",         "un",        "du",
    "une",        "que",        "est",        "pour",       "qui",       "dans",       "a",         "par",
    "plus",       "pas",        "au",         "sur",        "ne",        "se",         "il",        "ce",
    "sont",       "avec",       "son",        "sa",         "mon",       "ma",         "mes",       "je",
    "tu",         "on",         "nous",       "vous",       "elle",      "ils",        "elles",     "ton",
    "ta",         "tes",        "ses",        "notre",      "votre",     "leur",       "leurs",     "me",
    "te",         "moi",        "toi",        "lui",        "eux",       "aux",        "ou",        "mais",
    "donc",       "or",         "ni",         "car",        "si",        "comme",      "tout",      "tous",
    "bien",       "suis",       "es",         "ai",         "as",        "ont",        "etre",      "avoir",
    "fait",       "faire",      "va",         "vais",       "aime",      "aimer",      "ici",       "deux",
    "trois",      "quatre",     "cinq",       "six",        "sept",      "huit",       "neuf",      "dix",
    "vie",        "mort",       "dieu",       "jesus",      "femme",     "homme",      "fille",     "fils",
    "frere",      "soeur",      "ami",        "amie",       "chat",      "chien",      "petit",     "petite",
    "grand",      "grande",     "beau",       "belle",      "toujours",  "jamais",     "merci",     "liberte",
    "travail",
};

}  // namespace sotto::keyring
