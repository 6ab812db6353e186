// SPDX-License-Identifier: Apache-2.0
#include <sys/prctl.h>
#include <sys/resource.h>

#include <QTest>

#include "crypto/process.h"
#include "support/result_check.h"

class ProcessTest : public QObject {
    Q_OBJECT

private slots:
    void hardenedProcessLeavesNoCoreAndNoOpenMemory();
};

void ProcessTest::hardenedProcessLeavesNoCoreAndNoOpenMemory() {
    VERIFY_OK(sotto::crypto::hardenProcess());
    VERIFY_OK(sotto::crypto::hardenProcess());
    rlimit limit{1, 1};
    QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
    QCOMPARE(limit.rlim_cur, rlim_t{0});
    QCOMPARE(limit.rlim_max, rlim_t{0});
    QCOMPARE(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
}

QTEST_GUILESS_MAIN(ProcessTest)
#include "tst_process.moc"
