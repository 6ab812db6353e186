// SPDX-License-Identifier: Apache-2.0
// Feeds age files and key texts to everything of crypto that parses them. The first byte says what the rest is.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "crypto/age/age.h"
#include "crypto/age/base64.h"
#include "crypto/age/header.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

const age::Identity& fixedIdentity() {
    static const age::Identity identity = [] {
        return std::move(*age::Identity::fromSecret(SecureBytes::copyOf(Bytes(32, 0x42))));
    }();
    return identity;
}

/// The file key is known to the harness, so that the fuzzer gets past the MAC and into the chunks.
Bytes wellFormedFile(ByteView plaintext) {
    const age::Recipient recipient = fixedIdentity().recipient();
    return *age::encryptBytes({&recipient, 1}, plaintext);
}

void decryptAnything(ByteView file) {
    std::size_t released = 0;
    const age::Source source = [rest = file](ByteSpan target) mutable -> Result<std::size_t> {
        const std::size_t count = std::min(rest.size(), target.size());
        std::copy_n(rest.begin(), count, target.begin());
        rest = rest.subspan(count);
        return count;
    };
    const age::Sink sink = [&](ByteView bytes) -> Result<> {
        released += bytes.size();
        return {};
    };
    const auto outcome = age::decrypt(source, {&fixedIdentity(), 1}, sink);
    require(outcome.has_value() && released <= file.size());
}

/// The header of a good file with bytes overwritten: position, value, position, value ...
void decryptAltered(ByteView edits) {
    static const Bytes good = wellFormedFile(Bytes(64, 1));
    Bytes file = good;
    bool changed = false;
    for (std::size_t i = 0; i + 1 < edits.size(); i += 2) {
        std::uint8_t& byte = file[edits[i] % file.size()];
        changed = changed || byte != edits[i + 1];
        byte = edits[i + 1];
    }
    const auto opened = age::decryptBytes({&fixedIdentity(), 1}, file);
    require(opened.has_value() == (file == good));
}

/// Whatever parses must come out of our own writer again.
void parseTexts(ByteView bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (const auto recipient = age::Recipient::parse(text)) {
        require(age::Recipient::parse(recipient->toString()) == *recipient);
    }
    if (const auto identity = age::Identity::parse(text)) require(identity->toText().size() == text.size());
    if (const auto decoded = age::fromBase64(text)) require(age::toBase64(*decoded) == text);
    static_cast<void>(age::parseIdentityFile(bytes));  // must only not crash
    if (const auto header = age::parseHeader(text)) {
        require(!header->stanzas.empty() && header->macInputSize < text.size());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView input(data + 1, size - 1);
    if (data[0] % 3 == 0) decryptAnything(input);
    if (data[0] % 3 == 1) decryptAltered(input);
    if (data[0] % 3 == 2) parseTexts(input);
    return 0;
}
