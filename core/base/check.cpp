// SPDX-License-Identifier: Apache-2.0
#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace sotto {

void checkFailed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "sotto: broken invariant %s (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace sotto
