// SPDX-License-Identifier: Apache-2.0
#include "crypto/kdf.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <sodium.h>

#include "base/check.h"
#include "crypto/hash.h"
#include "crypto/sodium_ready.h"

namespace sotto::crypto {

namespace {

/// One block of the expansion: HMAC(prk, previous || info || counter).
void expandBlock(const Mac256& prk, ByteView previous, std::string_view info, std::uint8_t counter, Mac256& block) {
    crypto_auth_hmacsha256_state state;
    ::crypto_auth_hmacsha256_init(&state, prk.data(), prk.size());
    ::crypto_auth_hmacsha256_update(&state, previous.data(), previous.size());
    ::crypto_auth_hmacsha256_update(&state, viewOf(info).data(), info.size());
    ::crypto_auth_hmacsha256_update(&state, &counter, 1);
    ::crypto_auth_hmacsha256_final(&state, block.data());
    ::sodium_memzero(&state, sizeof state);
}

}  // namespace

SecureBytes hkdfSha256(ByteView inputKey, ByteView salt, std::string_view info, std::size_t size) {
    SOTTO_CHECK(size >= 1 && size <= std::size_t{255} * 32);
    ensureSodium();
    static constexpr std::array<std::uint8_t, 32> kNoSalt{};
    Mac256 prk = hmacSha256(salt.empty() ? ByteView(kNoSalt) : salt, inputKey);
    SecureBytes output(size);
    Mac256 block{};
    std::size_t previousSize = 0;
    std::uint8_t counter = 0;
    for (std::size_t done = 0; done < size; done += block.size()) {
        expandBlock(prk, ByteView(block).first(previousSize), info, ++counter, block);
        previousSize = block.size();
        std::copy_n(block.begin(), std::min(block.size(), size - done), output.span().data() + done);
    }
    wipe(prk);
    wipe(block);
    return output;
}

Result<> checkArgon2Cost(Argon2Cost cost, Argon2Cost floor) {
    if (cost.memoryKiB < floor.memoryKiB || cost.passes < floor.passes) {
        return fail(ErrorCode::ParseFailed, "the stored cost of the passphrase is too low to be ours");
    }
    if (cost.memoryKiB > kArgon2Ceiling.memoryKiB || cost.passes > kArgon2Ceiling.passes) {
        return fail(ErrorCode::ParseFailed, "the stored cost of the passphrase is too high to be ours");
    }
    return {};
}

Result<SecureBytes> argon2id(ByteView passphrase, ByteView salt, Argon2Cost cost) {
    ensureSodium();
    if (salt.size() != crypto_pwhash_SALTBYTES)
        return fail(ErrorCode::InvalidArgument, "an Argon2id salt has 16 bytes");
    const std::size_t memory = std::size_t{cost.memoryKiB} * 1024;
    if (memory < crypto_pwhash_MEMLIMIT_MIN || cost.passes < crypto_pwhash_OPSLIMIT_MIN) {
        return fail(ErrorCode::InvalidArgument, "Argon2id needs at least 8 KiB and one pass");
    }
    SecureBytes key(32);
    const int status =
        ::crypto_pwhash(key.span().data(), key.size(), reinterpret_cast<const char*>(passphrase.data()),
                        passphrase.size(), salt.data(), cost.passes, memory, crypto_pwhash_ALG_ARGON2ID13);
    if (status != 0) {
        return fail(ErrorCode::NoSpace,
                    "not enough memory to check the passphrase: " + std::to_string(cost.memoryKiB / 1024) + " MiB");
    }
    return key;
}

namespace {

Result<std::int64_t> measureMs(Argon2Cost cost) {
    static constexpr std::array<std::uint8_t, 16> kSalt{};
    const auto begin = std::chrono::steady_clock::now();
    SOTTO_TRY(argon2id(viewOf(std::string_view("calibration")), kSalt, cost));
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

Result<Argon2Cost> calibrateArgon2(Argon2Cost start, int targetMs) {
    Argon2Cost cost = start;
    for (;;) {
        SOTTO_ASSIGN(const std::int64_t elapsed, measureMs(cost));
        if (elapsed >= targetMs || cost.passes >= kArgon2Ceiling.passes) return cost;
        // Time grows with the passes; one more at least, so that the loop ends.
        const std::int64_t wanted = std::int64_t{cost.passes} * targetMs / std::max<std::int64_t>(elapsed, 1);
        const std::int64_t passes = std::clamp<std::int64_t>(wanted, cost.passes + 1, kArgon2Ceiling.passes);
        cost.passes = static_cast<std::uint32_t>(passes);
    }
}

}  // namespace sotto::crypto
