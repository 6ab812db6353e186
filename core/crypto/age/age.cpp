// SPDX-License-Identifier: Apache-2.0
#include "crypto/age/age.h"

#include <algorithm>

#include "base/check.h"
#include "base/ids.h"
#include "crypto/age/header.h"
#include "crypto/age/stream.h"

namespace sotto::crypto::age {

struct Encryptor::State {
    PayloadWriter payload;
};

Encryptor::Encryptor(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Encryptor::Encryptor(Encryptor&&) noexcept = default;
Encryptor& Encryptor::operator=(Encryptor&&) noexcept = default;
Encryptor::~Encryptor() = default;

Result<Encryptor> Encryptor::start(std::span<const Recipient> recipients, Sink sink) {
    if (recipients.empty()) return fail(ErrorCode::InvalidArgument, "an age file needs a recipient");
    if (recipients.size() > kMaxStanzas) return fail(ErrorCode::InvalidArgument, "too many recipients for one file");
    const SecureBytes fileKey = SecureBytes::random(kFileKeySize);
    SOTTO_ASSIGN(const std::string header, makeHeader(recipients, fileKey));
    SOTTO_TRY(sink(viewOf(header)));
    std::array<std::uint8_t, kPayloadNonceSize> nonce{};
    randomFill(nonce);
    SOTTO_TRY(sink(nonce));
    return Encryptor(std::unique_ptr<State>(new State{{PayloadKey(fileKey, nonce), std::move(sink)}}));
}

Result<> Encryptor::write(ByteView plaintext) {
    SOTTO_CHECK(m_state != nullptr);
    return m_state->payload.write(plaintext);
}

Result<> Encryptor::finish() {
    SOTTO_CHECK(m_state != nullptr);
    return m_state->payload.finish();
}

namespace {

DecryptOutcome outcome(DecryptFault fault) {
    switch (fault) {
        case DecryptFault::None:
            return {};
        case DecryptFault::NoMatch:
            return {fault, {ErrorCode::WrongKey, "none of the keys given opens this age file"}};
        case DecryptFault::Header:
            return {fault, {ErrorCode::Damaged, "the header is not that of a whole age v1 file"}};
        case DecryptFault::Hmac:
            return {fault, {ErrorCode::Damaged, "the header of the age file was altered"}};
        case DecryptFault::Payload:
            return {fault, {ErrorCode::Damaged, "the content of the age file was altered or cut short"}};
    }
    return {};
}

}  // namespace

Result<DecryptOutcome> decrypt(const Source& source, std::span<const Identity> identities, const Sink& sink) {
    Input input(source);
    SOTTO_ASSIGN(const std::string text, input.readText(kVersionLine, "---", kMaxHeaderSize));
    const auto header = parseHeader(text);
    if (!header) return outcome(DecryptFault::Header);
    const auto fileKey = unwrapFileKey(*header, identities);
    if (!fileKey) {
        return outcome(fileKey.error() == UnwrapFault::Header ? DecryptFault::Header : DecryptFault::NoMatch);
    }
    if (!headerMacIsRight(text, *header, *fileKey)) return outcome(DecryptFault::Hmac);
    std::array<std::uint8_t, kPayloadNonceSize> nonce{};
    SOTTO_ASSIGN(const std::size_t nonceSize, input.read(nonce));
    if (nonceSize < nonce.size()) return outcome(DecryptFault::Header);
    SOTTO_ASSIGN(const bool whole, openPayload(input, PayloadKey(*fileKey, nonce), sink));
    return outcome(whole ? DecryptFault::None : DecryptFault::Payload);
}

Result<Bytes> encryptBytes(std::span<const Recipient> recipients, ByteView plaintext) {
    Bytes file;
    const Sink append = [&file](ByteView bytes) -> Result<> {
        file.insert(file.end(), bytes.begin(), bytes.end());
        return {};
    };
    SOTTO_ASSIGN(Encryptor encryptor, Encryptor::start(recipients, append));
    SOTTO_TRY(encryptor.write(plaintext));
    SOTTO_TRY(encryptor.finish());
    return file;
}

Result<SecureBytes> decryptBytes(std::span<const Identity> identities, ByteView file) {
    // The plaintext is shorter than its file, so this never grows.
    SecureBytes buffer(file.size());
    std::size_t size = 0;
    const Source source = [rest = file](ByteSpan target) mutable -> Result<std::size_t> {
        const std::size_t count = std::min(rest.size(), target.size());
        std::copy_n(rest.begin(), count, target.begin());
        rest = rest.subspan(count);
        return count;
    };
    const Sink sink = [&](ByteView bytes) -> Result<> {
        std::copy(bytes.begin(), bytes.end(), buffer.span().begin() + static_cast<std::ptrdiff_t>(size));
        size += bytes.size();
        return {};
    };
    SOTTO_ASSIGN(const DecryptOutcome outcome, decrypt(source, identities, sink));
    if (outcome.fault != DecryptFault::None) return tl::unexpected(outcome.error);
    return SecureBytes::copyOf(buffer.view().first(size));
}

}  // namespace sotto::crypto::age
