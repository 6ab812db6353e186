// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/age/keys.h"

/// age v1 (https://age-encryption.org/v1): X25519 recipients, binary form, streaming both ways. No armor, no
/// passphrases, no plugins. age gives no proof of the sender: whoever has a recipient can encrypt to it, so Sotto
/// signs packages besides.
namespace sotto::crypto::age {

/// Takes bytes in order. A failure stops the stream and is handed back to whoever drives it.
using Sink = std::function<Result<>(ByteView)>;
/// Fills the buffer, returns how much; fewer than asked, and then 0, only at the end.
using Source = std::function<Result<std::size_t>(ByteSpan)>;

inline constexpr std::size_t kChunkSize = 64 * 1024;

/// Encrypts a stream as it comes. Memory: at most 4 MiB; above 1 MiB of plaintext a thread seals one part while the
/// caller brings the next. The sink is called on the caller's thread only. Not thread-safe.
class Encryptor {
public:
    /// Writes the header at once. InvalidArgument without recipients.
    [[nodiscard]] static Result<Encryptor> start(std::span<const Recipient> recipients, Sink sink);
    Encryptor(Encryptor&&) noexcept;
    Encryptor& operator=(Encryptor&&) noexcept;
    ~Encryptor();
    [[nodiscard]] Result<> write(ByteView plaintext);
    /// Writes the final chunk. Without it the output is not a valid age file, and readers say so.
    [[nodiscard]] Result<> finish();

private:
    struct State;
    explicit Encryptor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Why a file did not decrypt, in the classes of the age test kit.
enum class DecryptFault { None, NoMatch, Header, Hmac, Payload };

struct DecryptOutcome {
    DecryptFault fault = DecryptFault::None;
    Error error;  ///< meaningful unless fault is None; WrongKey for NoMatch, Damaged for the others
};

/// Decrypts `source` to `sink`. Every byte handed to the sink is authenticated, chunk by chunk, but only fault None
/// says that the file was whole: a caller that writes a file must keep it under another name until then.
/// A failing source or sink comes back as an Error of the Result itself. Both are called on the caller's thread only;
/// memory and threads as for Encryptor.
[[nodiscard]] Result<DecryptOutcome> decrypt(const Source& source, std::span<const Identity> identities,
                                             const Sink& sink);

/// For small things in memory (wrapped keys). decryptBytes returns all or nothing.
[[nodiscard]] Result<Bytes> encryptBytes(std::span<const Recipient> recipients, ByteView plaintext);
[[nodiscard]] Result<SecureBytes> decryptBytes(std::span<const Identity> identities, ByteView file);

}  // namespace sotto::crypto::age
