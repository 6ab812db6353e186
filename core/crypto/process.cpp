// SPDX-License-Identifier: Apache-2.0
#include "crypto/process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <sodium.h>

#include "base/check.h"
#include "crypto/sodium_ready.h"

namespace sotto::crypto {

void ensureSodium() {
    static const bool ready = ::sodium_init() >= 0;
    SOTTO_CHECK(ready);
}

Result<> hardenProcess() {
    ensureSodium();
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0) {
        return fail(ErrorCode::PermissionDenied, "the system does not let this process switch core dumps off");
    }
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        return fail(ErrorCode::PermissionDenied, "the system does not let this process close its memory to others");
    }
    return {};
}

}  // namespace sotto::crypto
