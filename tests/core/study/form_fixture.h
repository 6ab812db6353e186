// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pack_fixture.h"
#include "study/answers.h"

namespace sotto::test {

/// A form with every type of item, in the pack that is small otherwise. One language keeps it short.
inline constexpr const char* kSheet = "instruments/sheet.yaml";
inline constexpr const char* kSheetText = R"(title: {en: "A sheet"}
intro: {en: "Some questions."}
wording: {en: official}
credit: "Its owners."
kept: session
private: true
skippable: false
options:
  often:
    - {id: never, value: 0, name: {en: "Never"}}
    - {id: daily, value: 3, name: {en: "Daily"}}
items:
  - heading: {en: "You"}
  - {id: adult, type: single, options: yes-no, required: true, right: yes, text: {en: "Are you an adult?"}}
  - {id: tired, type: single, options: often, text: {en: "Tired?"}}
  - {id: sad, type: single, options: often, text: {en: "Sad?"}}
  - {id: helpers, type: number, least: 0, most: 9, unit: {en: "people"}, text: {en: "How many help you?"}}
  - {id: helpers-seen, type: number, least: 0, most: 9, when: {helpers: {above: 0}}, text: {en: "How many do you see?"}}
  - {id: strength, type: scale, least: 1, most: 5, names: {1: {en: "weak"}, 5: {en: "strong"}}, text: {en: "How strong?"}}
  - {id: since, type: date, precision: month, text: {en: "Since when?"}}
  - id: forms
    type: multiple
    options: [{id: group, name: {en: "Group"}}, {id: other, other: true, name: {en: "Other"}}]
    text: {en: "Which forms?"}
  - {id: why-other, type: text, when: {forms: {includes: other}}, text: {en: "Why?"}}
  - {id: long-since, type: text, when: {since: {below: 2020-06}}, text: {en: "What has changed?"}}
  - id: who-acts
    type: parts
    when: {any: [{adult: yes, helpers: {least: 2}}, {strength: 5}]}
    text: {en: "Who should act?"}
    parts: [{id: who-acts-family, text: {en: "Family"}}, {id: who-acts-state, text: {en: "State"}}]
scores:
  - id: total
    sum: [tired, sad, helpers]
    bands:
      - {id: low, least: 0, most: 4, name: {en: "low"}}
      - {id: high, least: 5, most: 15, name: {en: "high"}}
alerts:
  - {id: sadness, when: {sad: {least: 1}}, protocol: item-nine, tells: {en: "Somebody is told."}}
  - {id: much, when: {total: {least: 10}}, protocol: severe, tells: {en: "Somebody is told."}}
carry: {adult: is_adult, helpers: helpers_band}
)";

/// As the role of the minimal study asks for it.
inline constexpr const char* kAsksSheet = ", forms: [{form: sheet}]";

inline study::PackFiles packWithSheet() {
    study::PackFiles files = minimalPack();
    edit(files, text("study.yaml"), "{en: \"Group member\"}", QByteArray("{en: \"Group member\"}") + kAsksSheet);
    files[text(kSheet)] = bytesOf(kSheetText);
    return files;
}

inline study::Answer chosen(const char* option) {
    return {false, {text(option)}, {}, {}};
}
inline study::Answer number(int value) {
    return {false, {}, value, {}};
}
inline study::Answer words(const char* answer) {
    return {false, {}, {}, text(answer)};
}
inline study::Answer declined() {
    return {true, {}, {}, {}};
}

inline int countOf(const std::vector<study::Fault>& faults, study::Severity severity) {
    return static_cast<int>(std::ranges::count(faults, severity, &study::Fault::severity));
}

}  // namespace sotto::test
