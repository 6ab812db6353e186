// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "keyring/keyring_format.h"
#include "keyring/person_names.h"

namespace {

using namespace sotto;
using namespace sotto::keyring;

/// Puts a fitting checksum at the end, so that the parser behind it is reached.
Bytes withChecksum(ByteView body) {
    ByteWriter writer;
    writer.raw(body);
    writer.raw(crypto::sha256(body));
    return writer.take();
}

/// What was read is written again the same way, but for MAC and checksum: nothing is skipped and nothing made up.
void expectSameBytes(const KeyringFile& file, ByteView bytes) {
    if (file.version != kFormatVersion) return;
    constexpr std::size_t kTrailer = 64;
    const Bytes again = encode(file, crypto::SecureBytes(32));
    if (again.size() != bytes.size()) std::abort();
    if (!std::equal(again.begin(), again.end() - kTrailer, bytes.begin())) std::abort();
}

}  // namespace

// A keyring file from a disk that somebody else had in hand: nothing may crash, grow without bound, or be taken for
// signed without its key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    static const crypto::SecureBytes key = crypto::SecureBytes::random(32);
    for (const Bytes& bytes : {Bytes(input.begin(), input.end()), withChecksum(input)}) {
        const auto file = decode(bytes);
        if (!file) continue;
        if (file->persons.size() > kMaxPersons || file->anchors.size() > kMaxAnchors) std::abort();
        if (macFits(bytes, key)) std::abort();
        expectSameBytes(*file, bytes);
    }

    // A name that somebody typed or sealed.
    const auto name = cleanName(QString::fromUtf8(byteArrayOf(input)));
    if (name) {
        const std::vector<PersonId> ids{PersonId()};
        const HomeId home;
        const auto opened = openNames(home, key, sealNames(home, key, {{ids.front(), *name}}), ids);
        if (!opened || opened->at(ids.front()) != *name) std::abort();
        if (cleanName(*name) != name || foldedName(foldedName(*name)) != foldedName(*name)) std::abort();
    }
    return 0;
}
