// SPDX-License-Identifier: Apache-2.0
// Feeds study packs to everything of core/study that parses them. The first byte says what the rest is: one of the
// files of a small pack, a rehearsal script, or a signed pack, bare or behind a good prefix.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

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
                 "roles: [{id: member, name: {en: M}}]\n"
                 "emergency: {place: CA, name: {en: E}, phone: '911', verified: 2026-11-22}\n"
                 "crisis_lines: [{place: CA, name: {en: C}, phone: '988', verified: 2026-11-22}]\n")},
        {QStringLiteral("codebook.yaml"), bytesOf("codes: []\n")},
        {QStringLiteral("deident.yaml"), bytesOf("tables: {}\n")},
        {QStringLiteral("guides/member.en.md"), bytesOf("# T\n\n## S {#s} (5 min)\n\n1. Q {#q}\n   - P {#p}\n")},
        {QStringLiteral("consents/member.en.md"),
         bytesOf("---\nversion: 1\ntitle: T\n---\n## A {#purpose}\n\nx\n\n## A {#funder}\n\nx\n\n## A {#board}\n\nx\n\n"
                 "## A {#contacts}\n\nx\n\n## A {#storage}\n\nx\n\n## A {#confidentiality}\n\nx\n\n## A "
                 "{#withdrawal}\n\nx\n\n"
                 "## A {#items}\n\n- I do. {#in} (take-part, required)\n")},
    };
    return pack;
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
    for (const study::Role& role : checked.pack.roles) {
        const study::Guide* guide = checked.pack.guide(role.id, checked.pack.languages.front());
        require(guide != nullptr && !guide->sections.empty() && !guide->sections.front().questions.empty());
        const study::ConsentForm* form = checked.pack.consent(role.id, checked.pack.languages.front());
        require(form != nullptr && form->parts.size() >= 7 && !form->items.empty());
    }
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
    switch (data[0] % 8) {
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
        default:
            openWithHead(input);
            break;
    }
    return 0;
}
