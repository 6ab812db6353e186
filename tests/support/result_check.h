// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

#include "base/result.h"

namespace sotto::test {

/// "ok" or the error in words, so that a failing comparison says why.
template <typename T>
[[nodiscard]] QString describe(const Result<T>& result) {
    if (result) return QStringLiteral("ok");
    return QString::fromLatin1(errorName(result.error().code)) + QStringLiteral(": ") +
           QString::fromStdString(result.error().context);
}

}  // namespace sotto::test

/// The call succeeded; otherwise the test fails and shows the error. Evaluates its argument once.
#define VERIFY_OK(result)                                                                        \
    do {                                                                                         \
        const auto& sottoVerified = (result);                                                    \
        QVERIFY2(sottoVerified.has_value(), qPrintable(::sotto::test::describe(sottoVerified))); \
    } while (false)
/// The call failed with just this code.
#define VERIFY_FAILS(result, expectedCode)                                                                          \
    do {                                                                                                            \
        const auto& sottoVerified = (result);                                                                       \
        QVERIFY2(!sottoVerified.has_value(), "succeeded, but must fail with " #expectedCode);                       \
        QVERIFY2(sottoVerified.error().code == (expectedCode), qPrintable(::sotto::test::describe(sottoVerified))); \
    } while (false)
