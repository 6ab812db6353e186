// SPDX-License-Identifier: Apache-2.0
// Feeds study packs to everything of core/study that parses them. The first byte says what the rest is: one of the
// files of a small pack, a rehearsal script, or a signed pack, bare or behind a good prefix.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "study/answers.h"
#include "study/pack_source.h"
#include "study/rehearsal_script.h"
#include "study/signed_pack.h"

using namespace sotto;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

Bytes bytesOf(std::string_view text) {
    return {text.begin(), text.end()};
}

const study::PackFiles& smallPack() {
    static const study::PackFiles pack = {
        {QStringLiteral("study.yaml"),
         bytesOf("id: small\nversion: 1\ntitle: {en: T}\nlanguages: [en]\nethics: none\npurge_after: stored\n"
                 "practice: true\nroles: [{id: member, name: {en: M}, forms: [{form: asked}]}]\n"
                 "emergency: {place: CA, name: {en: E}, phone: '911', verified: 2026-11-22}\n"
                 "crisis_lines: [{place: CA, name: {en: C}, phone: '988', verified: 2026-11-22}]\n")},
        {QStringLiteral("codebook.yaml"), bytesOf("codes: []\n")},
        {QStringLiteral("deident.yaml"), bytesOf("tables: {}\n")},
        {QStringLiteral("instruments/asked.yaml"),
         bytesOf("title: {en: A}\nitems: [{id: a, type: number, least: 0, most: 9, text: {en: A}}]\n")},
        {QStringLiteral("instruments/call.yaml"),
         bytesOf("title: {en: C}\nkept: screening\nitems: [{id: a, type: single, options: yes-no, text: {en: A}}]\n")},
        {QStringLiteral("protocol.en.md"),
         bytesOf("# T\n\n## A {#pause}\n\n1. x\n\n## B {#danger}\n\n1. x\n\n## C {#stop-or-go}\n\n1. x\n")},
        {QStringLiteral("guides/member.en.md"), bytesOf("# T\n\n## S {#s} (5 min)\n\n1. Q {#q}\n   - P {#p}\n")},
        {QStringLiteral("consents/member.en.md"),
         bytesOf("---\nversion: 1\ntitle: T\n---\n## A {#purpose}\n\nx\n\n## A {#funder}\n\nx\n\n## A {#board}\n\nx\n\n"
                 "## A {#contacts}\n\nx\n\n## A {#storage}\n\nx\n\n## A {#confidentiality}\n\nx\n\n## A "
                 "{#withdrawal}\n\nx\n\n"
                 "## A {#items}\n\n- I do. {#in} (take-part, required)\n")},
    };
    return pack;
}

/// A form that nobody has begun: it alerts to nothing, and a screening with it decides nothing that it could not.
void answerNothing(const study::StudyPack& pack, const study::Form& form) {
    const study::AnsweredForm empty{&form, {}};
    require(study::alerts(empty).empty());
    for (const study::Screening& screening : pack.screenings) {
        for (const study::RulesVersion& version : screening.versions) {
            const auto outcome = study::screen(screening, version, std::span(&empty, 1));
            require(outcome.rulesVersion == version.number);
        }
    }
}

/// A fault must point into its file, and whatever is accepted must be usable.
void checkFile(const QString& path, ByteView content) {
    study::PackFiles files = smallPack();
    files[path] = Bytes(content.begin(), content.end());
    const auto lines =
        std::count(content.begin(), content.end(), '\n') + std::count(content.begin(), content.end(), '\r');
    const study::Checked checked = study::checkPack(files);
    for (const study::Fault& fault : checked.faults) {
        require(fault.line >= 0 && !fault.sentence.isEmpty());
        require(fault.file != path || fault.line <= lines + 2);
    }
    require(study::parsePack(files).has_value() != checked.hasErrors());
    if (checked.hasErrors()) return;
    const QString& language = checked.pack.languages.front();
    for (const study::Role& role : checked.pack.roles) {
        const study::Guide* guide = checked.pack.guide(role.id, language);
        require(guide != nullptr || role.manner == study::SessionManner::Alone);
        require(guide == nullptr || (!guide->sections.empty() && !guide->sections.front().questions.empty()));
        const study::ConsentForm* form = checked.pack.consent(role.id, language);
        require(form == nullptr || (form->parts.size() >= 7 && !form->items.empty()));
        for (const study::RoleForm& asked : role.forms)
            require(checked.pack.form(asked.form) != nullptr);
    }
    for (const study::Form& form : checked.pack.forms)
        answerNothing(checked.pack, form);
    require(checked.pack.protocol(language)->heading(QStringLiteral("danger")) != nullptr);
}

void openAnything(ByteView bytes) {
    const auto opened = study::openSignedPack(bytes, std::nullopt);
    if (opened) require(opened->bytes.size() == bytes.size());
}

/// Gets the fuzzer past magic, version and length, into the head.
void openWithHead(ByteView head) {
    ByteWriter writer;
    writer.raw(viewOf(std::string_view("SOTTOSTU")));
    writer.u16(1);
    writer.block(head);
    writer.raw(Bytes(64, 0));
    require(!study::openSignedPack(writer.view(), std::nullopt).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView input(data + 1, size - 1);
    switch (data[0] % 11) {
        case 0:
            checkFile(QStringLiteral("study.yaml"), input);
            break;
        case 1:
            checkFile(QStringLiteral("codebook.yaml"), input);
            break;
        case 2:
            checkFile(QStringLiteral("deident.yaml"), input);
            break;
        case 3:
            checkFile(QStringLiteral("guides/member.en.md"), input);
            break;
        case 4:
            checkFile(QStringLiteral("consents/member.en.md"), input);
            break;
        case 5:
            static_cast<void>(study::parseRehearsalScript(input));  // must only not crash
            break;
        case 6:
            openAnything(input);
            break;
        case 7:
            checkFile(QStringLiteral("protocol.en.md"), input);
            break;
        case 8:
            checkFile(QStringLiteral("instruments/sheet.yaml"), input);
            break;
        case 9:
            checkFile(QStringLiteral("screening/member.yaml"), input);
            break;
        default:
            openWithHead(input);
            break;
    }
    return 0;
}
