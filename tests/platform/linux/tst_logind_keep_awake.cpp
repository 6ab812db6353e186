// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QThread>

#include "platform/linux/logind_keep_awake.h"

using namespace sotto;

/// Stands in for logind: hands out the one end of a pipe and sees by the other when it is closed.
class FakeLogind : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
public:
    FakeLogind() {
        if (::pipe2(m_pipe.data(), O_CLOEXEC) != 0) qFatal("no pipe");
    }
    ~FakeLogind() override {
        ::close(m_pipe[0]);
        if (m_pipe[1] >= 0) ::close(m_pipe[1]);
    }
    /// True while somebody else holds the lock.
    [[nodiscard]] bool isLocked(int waitMs) const {
        pollfd end{m_pipe[0], POLLIN, 0};
        return ::poll(&end, 1, waitMs) == 0;
    }
    void letGoOfOwnEnd() {
        ::close(m_pipe[1]);
        m_pipe[1] = -1;
    }
    QStringList asked;
    bool refuses = false;

public slots:
    QDBusUnixFileDescriptor Inhibit(const QString& what, const QString& who, const QString& why, const QString& mode) {
        asked = {what, who, why, mode};
        if (refuses) sendErrorReply(QDBusError::AccessDenied, QStringLiteral("no"));
        return QDBusUnixFileDescriptor(m_pipe[1]);
    }

private:
    std::array<int, 2> m_pipe{-1, -1};
};

class TestLogindKeepAwake : public QObject {
    Q_OBJECT
    QProcess m_bus;
    QString m_address;
    QThread m_thread;
    FakeLogind* m_logind = nullptr;

private slots:
    void initTestCase() {
        if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty()) {
            QSKIP("dbus-daemon is not installed");
        }
        m_bus.start(QStringLiteral("dbus-daemon"),
                    {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(m_bus.waitForReadyRead());
        m_address = QString::fromLatin1(m_bus.readLine()).trimmed();
        m_thread.start();
    }

    void cleanupTestCase() {
        m_thread.quit();
        m_thread.wait();
        m_bus.kill();
        m_bus.waitForFinished();
    }

    void init() {
        m_logind = new FakeLogind;
        auto bus = QDBusConnection::connectToBus(m_address, QStringLiteral("logind"));
        QVERIFY(
            bus.registerObject(QStringLiteral("/org/freedesktop/login1"), m_logind, QDBusConnection::ExportAllSlots));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.login1")));
        m_logind->moveToThread(&m_thread);
    }

    void cleanup() {
        QDBusConnection::disconnectFromBus(QStringLiteral("logind"));
        m_logind->deleteLater();
    }

    void idleAndSleepAreHeldOffUntilRelease() {
        platform::LogindKeepAwake awake(m_address);
        QVERIFY(!awake.isHeld());
        awake.hold();
        QVERIFY2(awake.isHeld(), awake.whyNot().c_str());
        QCOMPARE(m_logind->asked.first(), QStringLiteral("idle:sleep"));
        QCOMPARE(m_logind->asked.last(), QStringLiteral("block"));
        m_logind->letGoOfOwnEnd();
        QVERIFY(m_logind->isLocked(200));
        awake.hold();
        awake.release();
        QVERIFY(!awake.isHeld());
        QVERIFY(!m_logind->isLocked(5000));
    }

    void theLockEndsWithItsHolder() {
        {
            platform::LogindKeepAwake awake(m_address);
            awake.hold();
            m_logind->letGoOfOwnEnd();
            QVERIFY(m_logind->isLocked(200));
        }
        QVERIFY(!m_logind->isLocked(5000));
    }

    void aRefusalIsAReasonAndNothingMore() {
        m_logind->refuses = true;
        platform::LogindKeepAwake awake(m_address);
        awake.hold();
        QVERIFY(!awake.isHeld());
        QVERIFY(awake.whyNot().find("AccessDenied") != std::string::npos);
        m_logind->refuses = false;
        awake.hold();
        QVERIFY(awake.isHeld());
        QCOMPARE(awake.whyNot(), std::string());
    }

    void noLogindIsAReasonAndNothingMore() {
        QDBusConnection::disconnectFromBus(QStringLiteral("logind"));
        platform::LogindKeepAwake awake(m_address);
        awake.hold();
        QVERIFY(!awake.isHeld());
        QVERIFY(!awake.whyNot().empty());
    }

    void noBusIsAReasonAndNothingMore() {
        platform::LogindKeepAwake awake(QStringLiteral("unix:path=/nonexistent/bus"));
        awake.hold();
        QVERIFY(!awake.isHeld());
        QCOMPARE(awake.whyNot(), std::string("there is no system bus to ask for staying awake"));
    }
};

QTEST_GUILESS_MAIN(TestLogindKeepAwake)
#include "tst_logind_keep_awake.moc"
