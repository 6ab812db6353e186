// SPDX-License-Identifier: Apache-2.0
#include "base/ids.h"

#include <sys/random.h>

#include "base/check.h"

namespace sotto {

void randomFill(ByteSpan bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::getrandom(bytes.data() + done, bytes.size() - done, 0);
        if (count < 0 && errno == EINTR) continue;
        SOTTO_CHECK(count > 0);
        done += static_cast<std::size_t>(count);
    }
}

}  // namespace sotto
