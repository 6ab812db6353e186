// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "base/ids.h"
#include "crypto/age/age.h"
#include "crypto/age/stream.h"

/// age streams over memory, for the tests of age.
namespace sotto::test {

namespace age = crypto::age;

inline Bytes randomBytes(std::size_t size) {
    Bytes bytes(size);
    randomFill(bytes);
    return bytes;
}

/// Hands out a file from memory in pieces of at most `step` bytes.
inline age::Source sourceOf(ByteView file, std::size_t step = SIZE_MAX) {
    return [rest = file, step](ByteSpan target) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({rest.size(), target.size(), step});
        std::copy_n(rest.begin(), count, target.begin());
        rest = rest.subspan(count);
        return count;
    };
}

inline age::Sink appendTo(Bytes& bytes) {
    return [&bytes](ByteView more) -> Result<> {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return {};
    };
}

struct Decrypted {
    age::DecryptFault fault = age::DecryptFault::None;
    Bytes released;
};

inline Decrypted decryptAll(ByteView file, const age::Identity& identity) {
    Decrypted result;
    const auto outcome = age::decrypt(sourceOf(file), {&identity, 1}, appendTo(result.released));
    if (outcome) result.fault = outcome->fault;
    return result;
}

inline Bytes encryptAll(const age::Identity& identity, ByteView plaintext) {
    const age::Recipient recipient = identity.recipient();
    return age::encryptBytes({&recipient, 1}, plaintext).value_or(Bytes());
}

/// The plaintext starts with this one, at a chunk boundary or whole.
inline bool isAuthenticatedPrefix(const Bytes& released, const Bytes& plaintext) {
    if (released.size() > plaintext.size()) return false;
    const bool atBoundary = released.size() % age::kChunkSize == 0 || released.size() == plaintext.size();
    return atBoundary && std::equal(released.begin(), released.end(), plaintext.begin());
}

inline constexpr std::size_t kChunk = age::kChunkSize;
inline constexpr std::size_t kBatch = age::kBatchChunks * kChunk;

}  // namespace sotto::test
