// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/logind_keep_awake.h"

#include <fcntl.h>
#include <unistd.h>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDBusUnixFileDescriptor>
#include <QUuid>

#include "base/log.h"

namespace sotto::platform {
namespace {

constexpr int kPatienceMs = 1000;

/// A connection of our own, closed when it goes out of scope: the lock does not need it to stay.
class Bus {
public:
    explicit Bus(const QString& address)
        : m_name(QUuid::createUuid().toString()),
          m_connection(address.isEmpty() ? QDBusConnection::connectToBus(QDBusConnection::SystemBus, m_name)
                                         : QDBusConnection::connectToBus(address, m_name)) {}
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;
    ~Bus() { QDBusConnection::disconnectFromBus(m_name); }
    [[nodiscard]] QDBusConnection& connection() { return m_connection; }

private:
    QString m_name;
    QDBusConnection m_connection;
};

QDBusMessage inhibitCall() {
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
    // Anybody on this machine can list the locks: the reason says no more than any dictaphone would.
    call << QStringLiteral("idle:sleep") << QStringLiteral("Sotto") << QStringLiteral("A recording is running")
         << QStringLiteral("block");
    return call;
}

}  // namespace

LogindKeepAwake::LogindKeepAwake(QString busAddress) : m_busAddress(std::move(busAddress)) {}

LogindKeepAwake::~LogindKeepAwake() {
    release();
}

void LogindKeepAwake::hold() {
    if (isHeld()) return;
    m_whyNot.clear();
    Bus bus(m_busAddress);
    if (!bus.connection().isConnected()) {
        m_whyNot = "there is no system bus to ask for staying awake";
    } else {
        const QDBusReply<QDBusUnixFileDescriptor> reply =
            bus.connection().call(inhibitCall(), QDBus::Block, kPatienceMs);
        if (reply.isValid()) {
            m_lock = ::fcntl(reply.value().fileDescriptor(), F_DUPFD_CLOEXEC, 0);
            if (m_lock < 0) m_whyNot = "the lock that logind gave is of no use";
        } else {
            m_whyNot = "logind does not keep the device awake: " + reply.error().name().toStdString();
        }
    }
    if (!isHeld()) qCWarning(logWorkflow, "the device may fall asleep: no lock from logind");
}

void LogindKeepAwake::release() {
    if (isHeld()) ::close(m_lock);
    m_lock = -1;
}

}  // namespace sotto::platform
