// SPDX-License-Identifier: Apache-2.0
#include "study/fingerprint_words.h"

namespace sotto::study {
namespace {

constexpr std::array<std::string_view, 256> kFrench = {
    "abeille",   "abri",      "achat",    "acier",    "aigle",     "aile",      "algue",   "amande",  "ami",
    "ancre",     "anneau",    "arbre",    "arc",      "argent",    "atelier",   "atlas",   "avion",   "avril",
    "bague",     "balai",     "balcon",   "ballon",   "bambou",    "banane",    "banc",    "barque",  "bassin",
    "bateau",    "berger",    "bijou",    "blanc",    "bleu",      "bocal",     "bois",    "bol",     "bonnet",
    "botte",     "bouche",    "bougie",   "bourgeon", "bouteille", "branche",   "bras",    "brique",  "brise",
    "brosse",    "bruine",    "buffle",   "bulle",    "bureau",    "cabane",    "cactus",  "cadre",   "caillou",
    "calme",     "camion",    "canard",   "canoe",    "carotte",   "carte",     "castor",  "cerf",    "cerise",
    "chaise",    "chalet",    "champ",    "chant",    "chat",      "chemin",    "cheval",  "chou",    "ciel",
    "cigale",    "citron",    "clavier",  "cloche",   "clou",      "coffre",    "colline", "colombe", "compas",
    "copain",    "coq",       "corail",   "corde",    "coton",     "coude",     "coupe",   "coussin", "crabe",
    "craie",     "crayon",    "croix",    "cube",     "cuivre",    "cycle",     "cygne",   "dauphin", "demain",
    "dent",      "dessin",    "dimanche", "disque",   "doigt",     "domino",    "dragon",  "drap",    "dune",
    "eau",       "echelle",   "eclair",   "ecole",    "ecorce",    "ecran",     "encre",   "epaule",  "epice",
    "erable",    "escalier",  "etoile",   "farine",   "faucon",    "fenouil",   "ferme",   "feuille", "figue",
    "filet",     "flamme",    "fleur",    "flocon",   "flute",     "foin",      "foulard", "fourmi",  "fraise",
    "framboise", "fromage",   "fruit",    "galet",    "gant",      "garage",    "gare",    "gazon",   "genou",
    "girafe",    "givre",     "glace",    "globe",    "gomme",     "goutte",    "graine",  "grange",  "grenier",
    "gris",      "groseille", "guitare",  "hamac",    "herbe",     "hibou",     "hiver",   "huile",   "hublot",
    "iris",      "jardin",    "jeudi",    "jonc",     "jouet",     "jour",      "jupe",    "kayak",   "lac",
    "laine",     "lampe",     "lapin",    "lavande",  "lettre",    "libellule", "lierre",  "ligne",   "lilas",
    "lion",      "livre",     "lune",     "lundi",    "lynx",      "maison",    "mangue",  "manteau", "marche",
    "mardi",     "mare",      "marmite",  "mars",     "matin",     "melon",     "menthe",  "mer",     "merle",
    "miel",      "mimosa",    "miroir",   "montagne", "moulin",    "mouton",    "muguet",  "nappe",   "navet",
    "neige",     "nid",       "noix",     "nord",     "nuage",     "oasis",     "ocean",   "oeuf",    "oie",
    "olive",     "ombre",     "onde",     "orage",    "orange",    "orge",      "orteil",  "ours",    "outil",
    "page",      "pain",      "palmier",  "panier",   "papier",    "parc",      "peigne",  "pelle",   "perle",
    "phare",     "piano",     "pierre",   "pigeon",   "pinceau",   "plume",     "pluie",   "poire",   "pomme",
    "pont",      "porte",     "potage",   "poule",    "prune",     "puits",     "radis",   "raisin",  "renard",
    "riviere",   "robe",      "rose",     "sable"};

constexpr std::array<std::string_view, 256> kEnglish = {
    "acorn",   "actor",   "album",    "almond",   "anchor",  "ankle",   "apple",   "apron",   "arrow",   "artist",
    "atlas",   "attic",   "autumn",   "bacon",    "badge",   "bagel",   "bakery",  "balcony", "bamboo",  "banana",
    "banjo",   "barley",  "barn",     "basin",    "basket",  "beach",   "beaver",  "bench",   "berry",   "bicycle",
    "birch",   "biscuit", "blanket",  "blossom",  "blue",    "boat",    "bonnet",  "book",    "bottle",  "branch",
    "bread",   "breeze",  "brick",    "bridge",   "brook",   "bubble",  "bucket",  "button",  "cabin",   "cactus",
    "candle",  "canoe",   "canvas",   "carpet",   "carrot",  "castle",  "cedar",   "cello",   "chair",   "chalk",
    "cherry",  "chess",   "circle",   "citrus",   "clay",    "clock",   "cloud",   "clover",  "coast",   "cobalt",
    "coffee",  "comet",   "compass",  "copper",   "coral",   "corner",  "cotton",  "cousin",  "crane",   "crayon",
    "cricket", "crystal", "cup",      "curtain",  "daisy",   "dance",   "dawn",    "desert",  "diamond", "dinner",
    "dolphin", "donkey",  "door",     "dragon",   "drawer",  "dream",   "drum",    "duck",    "eagle",   "early",
    "echo",    "eight",   "elbow",    "elm",      "ember",   "empty",   "engine",  "evening", "fabric",  "falcon",
    "family",  "feather", "fence",    "fern",     "ferry",   "fiddle",  "field",   "finger",  "flame",   "flute",
    "fog",     "forest",  "fossil",   "fountain", "fox",     "friend",  "frost",   "fruit",   "galaxy",  "garden",
    "garlic",  "ginger",  "giraffe",  "glacier",  "glove",   "goat",    "gold",    "goose",   "grape",   "grass",
    "green",   "guitar",  "hammer",   "harbor",   "harvest", "hat",     "hazel",   "hedge",   "hen",     "heron",
    "hill",    "honey",   "horse",    "hotel",    "house",   "iceberg", "igloo",   "iris",    "island",  "ivory",
    "ivy",     "jacket",  "jam",      "jasmine",  "jelly",   "jewel",   "journey", "juice",   "jungle",  "kayak",
    "kettle",  "key",     "kitchen",  "kite",     "kiwi",    "ladder",  "lake",    "lamp",    "lantern", "lark",
    "laurel",  "lemon",   "letter",   "library",  "lily",    "linen",   "lion",    "lizard",  "lobster", "lunch",
    "maple",   "marble",  "market",   "meadow",   "melon",   "mint",    "mirror",  "mitten",  "monday",  "moon",
    "morning", "moss",    "mountain", "mouse",    "museum",  "music",   "napkin",  "needle",  "nest",    "nickel",
    "north",   "nutmeg",  "oak",      "ocean",    "olive",   "onion",   "orange",  "orchard", "otter",   "oven",
    "owl",     "oyster",  "paddle",   "palm",     "panda",   "paper",   "parrot",  "pasta",   "peach",   "pearl",
    "pebble",  "pencil",  "pepper",   "piano",    "pillow",  "pine",    "planet",  "plum",    "pocket",  "pond",
    "potato",  "prism",   "puddle",   "pumpkin",  "puzzle",  "quartz",  "quilt",   "rabbit",  "radish",  "rainbow",
    "raven",   "ribbon",  "river",    "robin",    "rocket",  "saddle"};

}  // namespace

const std::array<std::string_view, 256>& fingerprintWordList(std::string_view language) {
    return language == "fr" ? kFrench : kEnglish;
}

}  // namespace sotto::study
