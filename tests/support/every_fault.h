// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

#include "support/fault_file_system.h"

namespace sotto::test {

/// Tries an act again and again; in the n-th run its n-th file operation fails, until a run ends without reaching it.
///
///     for (EveryFault fault(forGood); fault.next();) {
///         FaultFileSystem files;
///         const auto done = fault.during(files, [&] { return act(files); });
///         QVERIFY2(done.has_value() != fault.reached(), fault.at(describe(done)));
///     }
class EveryFault {
public:
    explicit EveryFault(bool forGood, ErrorCode code = ErrorCode::IoFailed) : m_forGood(forGood), m_code(code) {}

    /// False once a run did not reach its fault. That there is no end to it fails the test, and that no run did.
    [[nodiscard]] bool next() {
        if (m_n > 0 && !m_reached) {
            static_cast<void>(QTest::qVerify(m_n > 1, "n > 1", "no fault was reached", __FILE__, __LINE__));
            return false;
        }
        ++m_n;
        m_reached = false;
        return QTest::qVerify(m_n < kMost, "n < 1000", "the act has no end of operations", __FILE__, __LINE__);
    }

    /// What `act` returns, which runs with the fault; behind it the disk is sound again.
    template <typename Act>
    auto during(FaultFileSystem& files, const Act& act) {
        files.resetOperations();
        files.failAt(m_n, m_forGood, m_code);
        auto done = act();
        m_reached = files.faultHappened();
        files.clearFaults();
        return done;
    }

    /// The operation of this run, counted from 1.
    [[nodiscard]] std::uint64_t n() const { return m_n; }
    [[nodiscard]] bool reached() const { return m_reached; }
    /// `what`, and in which run, for the message of a check.
    [[nodiscard]] QByteArray at(const QString& what = {}) const {
        return QStringLiteral("operation %1: %2").arg(m_n).arg(what).toUtf8();
    }

private:
    static constexpr std::uint64_t kMost = 1000;

    bool m_forGood;
    ErrorCode m_code;
    std::uint64_t m_n = 0;
    bool m_reached = false;
};

/// Columns `forGood` and `code` for a test's _data function: the device fails or is full, once or from then on.
inline void addFaultRows() {
    QTest::addColumn<bool>("forGood");
    QTest::addColumn<int>("code");
    QTest::newRow("once") << false << static_cast<int>(ErrorCode::IoFailed);
    QTest::newRow("for good") << true << static_cast<int>(ErrorCode::IoFailed);
    QTest::newRow("no room once") << false << static_cast<int>(ErrorCode::NoSpace);
    QTest::newRow("no room for good") << true << static_cast<int>(ErrorCode::NoSpace);
}

}  // namespace sotto::test
