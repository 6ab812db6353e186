// SPDX-License-Identifier: Apache-2.0
#include "study/deident_fields.h"

namespace sotto::study {

const std::map<QString, QStringList>& deidentUniverse() {
    static const std::map<QString, QStringList> universe = {
        {QStringLiteral("sessions"),
         {QStringLiteral("research_code"), QStringLiteral("role"), QStringLiteral("language"), QStringLiteral("visit"),
          QStringLiteral("day_offset"), QStringLiteral("duration_s"), QStringLiteral("consent_version"),
          QStringLiteral("may_quote")}},
        {QStringLiteral("coverage"),
         {QStringLiteral("research_code"), QStringLiteral("section"), QStringLiteral("question"),
          QStringLiteral("coverage"), QStringLiteral("first_asked_s"), QStringLiteral("probes")}},
        {QStringLiteral("codes"),
         {QStringLiteral("research_code"), QStringLiteral("code"), QStringLiteral("at_s"), QStringLiteral("valence"),
          QStringLiteral("reciprocity"), QStringLiteral("source"), QStringLiteral("prompted")}},
        {QStringLiteral("links"),
         {QStringLiteral("research_code"), QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("at_s")}},
        {QStringLiteral("marks"), {QStringLiteral("research_code"), QStringLiteral("at_s")}},
        // Only items that a form names under "carry", in bands and options, never in words.
        {QStringLiteral("context"), {QStringLiteral("research_code"), QStringLiteral("item"), QStringLiteral("value")}},
        {QStringLiteral("scores"),
         {QStringLiteral("research_code"), QStringLiteral("form"), QStringLiteral("score"), QStringLiteral("band")}},
    };
    return universe;
}

}  // namespace sotto::study
