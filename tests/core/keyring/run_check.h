// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/result_check.h"

// VERIFY_OK and VERIFY_FAILS for a call with effects: it is made once.
#define RUN_OK(call)                   \
    do {                               \
        const auto& sottoRan = (call); \
        VERIFY_OK(sottoRan);           \
    } while (false)
#define RUN_FAILS(call, expectedCode)         \
    do {                                      \
        const auto& sottoRan = (call);        \
        VERIFY_FAILS(sottoRan, expectedCode); \
    } while (false)
