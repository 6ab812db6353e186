// SPDX-License-Identifier: Apache-2.0
#include "journeys/screen_reader.h"

#include <array>
#include <csignal>
#include <sys/prctl.h>

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusReply>
#include <QStringList>

namespace sotto::test {

namespace {

constexpr int kStartLimitMs = 30'000;
constexpr int kCallLimitMs = 20'000;
const QString kConnectionName = QStringLiteral("screen-reader");

/// Numbers of states in the AT-SPI protocol (at-spi2-core, Accessibility.idl).
enum State : unsigned { Checked = 4, Enabled = 8, Focused = 12, Sensitive = 24, Showing = 25, Visible = 30 };

Thing::Role roleOf(uint number) {
    switch (number) {
        case 43:  // push button
            return Thing::Button;
        case 7:   // check box
        case 44:  // radio button
            return Thing::Choice;
        case 40:  // password
        case 61:  // text
        case 79:  // entry
            return Thing::Field;
        case 16:
            return Thing::Dialog;
        case 28:  // layered pane
            return Thing::Scroll;
        case 2:   // alert
        case 29:  // label
        case 83:  // heading
            return Thing::Words;
        default:
            return Thing::Other;
    }
}

using Paths = QStringList;

Paths pathsIn(const QDBusMessage& answer) {
    Paths paths;
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty()) return paths;
    const auto list = answer.arguments().constFirst().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        QString service;
        QDBusObjectPath path;
        list.beginStructure();
        list >> service >> path;
        list.endStructure();
        paths += path.path();
    }
    list.endArray();
    return paths;
}

QRect rectIn(const QDBusMessage& answer) {
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty()) return {};
    const auto values = answer.arguments().constFirst().value<QDBusArgument>();
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    values.beginStructure();
    values >> x >> y >> width >> height;
    values.endStructure();
    return {x, y, width, height};
}

quint64 statesIn(const QDBusMessage& answer) {
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty()) return 0;
    const auto words = qdbus_cast<QList<uint>>(answer.arguments().constFirst());
    return words.size() == 2 ? words[0] | static_cast<quint64>(words[1]) << 32 : 0;
}

QString textIn(const QDBusMessage& answer) {
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty()) return {};
    return answer.arguments().constFirst().value<QDBusVariant>().variant().toString();
}

/// The questions about one thing, all asked before the first is answered: a thing of the program's answers costs one
/// way there and back, not five.
struct Questions {
    Questions(const QDBusConnection& bus, const QString& service, const QString& path) {
        const auto ask = [&](const char* interface, const char* method, const QVariantList& arguments = {}) {
            auto call = QDBusMessage::createMethodCall(service, path, QLatin1String(interface), QLatin1String(method));
            call.setArguments(arguments);
            return bus.asyncCall(call, kCallLimitMs);
        };
        constexpr const char* kAccessible = "org.a11y.atspi.Accessible";
        const auto property = [&](const char* name) {
            return ask("org.freedesktop.DBus.Properties", "Get", {QLatin1String(kAccessible), QLatin1String(name)});
        };
        calls = {ask(kAccessible, "GetState"),
                 ask(kAccessible, "GetRole"),
                 property("Name"),
                 property("Description"),
                 ask("org.a11y.atspi.Component", "GetExtents", {uint(0)}),
                 ask(kAccessible, "GetChildren")};
    }

    QDBusMessage answer(qsizetype which) {
        calls[which].waitForFinished();
        return calls[which].reply();
    }

    QList<QDBusPendingCall> calls;
};

/// Reads what is shown below a thing into a list.
class Walk {
public:
    Walk(const QDBusConnection& bus, QString service) : m_bus(bus), m_service(std::move(service)) {}

    void read(const Paths& paths, const Thing& parent) {
        QList<Questions> all;
        for (const QString& path : paths)
            all += Questions(m_bus, m_service, path);
        for (Questions& questions : all)
            take(questions, parent);
    }

    QList<Thing> things;

private:
    void take(Questions& questions, const Thing& parent) {
        const quint64 states = statesIn(questions.answer(0));
        const auto is = [states](State state) { return (states >> state & 1) != 0; };
        if (!is(Showing) || !is(Visible)) return;
        Thing thing;
        const QDBusMessage role = questions.answer(1);
        thing.role = roleOf(role.arguments().value(0).toUInt());
        thing.name = textIn(questions.answer(2));
        // Qt gives no name to a field whose text is hidden; the group around it bears it.
        if (thing.role == Thing::Field && thing.name.isEmpty()) thing.name = parent.name;
        thing.description = textIn(questions.answer(3));
        thing.place = rectIn(questions.answer(4));
        thing.isEnabled = is(Enabled) && is(Sensitive);
        thing.isChecked = is(Checked);
        thing.hasFocus = is(Focused);
        thing.dialog = parent.dialog;
        thing.scroll = parent.scroll;
        thing.depth = parent.depth + 1;
        things += thing;
        if (thing.role == Thing::Dialog) {
            thing.dialog = things.size() - 1;
            thing.scroll = -1;
        }
        if (thing.role == Thing::Scroll) thing.scroll = things.size() - 1;
        read(pathsIn(questions.answer(5)), thing);
    }

    QDBusConnection m_bus;
    QString m_service;
};

}  // namespace

ScreenReader::ScreenReader() = default;

ScreenReader::~ScreenReader() {
    m_connection.reset();
    QDBusConnection::disconnectFromBus(kConnectionName);
    m_bus.terminate();  // the accessibility bus goes with it
    if (!m_bus.waitForFinished(kStartLimitMs)) m_bus.kill();
}

bool ScreenReader::start(const QProcessEnvironment& environment) {
    m_bus.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_bus.setProcessEnvironment(environment);
    m_bus.setStandardErrorFile(QProcess::nullDevice());
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    while (!m_bus.canReadLine()) {
        if (!m_bus.waitForReadyRead(kStartLimitMs)) return false;
    }
    m_address = QString::fromLatin1(m_bus.readLine()).trimmed();
    const QString name = QStringLiteral("session-of-the-journey");
    const auto session = QDBusConnection::connectToBus(m_address, name);
    QDBusInterface bus(QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"), QStringLiteral("org.a11y.Bus"),
                       session);
    const QDBusReply<QString> address = bus.call(QStringLiteral("GetAddress"));
    QDBusConnection::disconnectFromBus(name);
    if (!address.isValid()) return false;
    m_connection = QDBusConnection::connectToBus(address.value(), kConnectionName);
    return m_connection->isConnected();
}

void ScreenReader::addTo(QProcessEnvironment& environment) const {
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_address);
    environment.insert(QStringLiteral("QT_LINUX_ACCESSIBILITY_ALWAYS_ON"), QStringLiteral("1"));
}

QString ScreenReader::serviceOf(qint64 process) {
    const QString root = QStringLiteral("/org/a11y/atspi/accessible/root");
    const auto call =
        QDBusMessage::createMethodCall(QStringLiteral("org.a11y.atspi.Registry"), root,
                                       QStringLiteral("org.a11y.atspi.Accessible"), QStringLiteral("GetChildren"));
    const QDBusMessage answer = m_connection->call(call, QDBus::Block, kCallLimitMs);
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty()) return {};
    QStringList services;
    const auto list = answer.arguments().constFirst().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        QString service;
        QDBusObjectPath path;
        list.beginStructure();
        list >> service >> path;
        list.endStructure();
        services += service;
    }
    list.endArray();
    for (const QString& service : services) {
        const QDBusReply<uint> pid = m_connection->interface()->servicePid(service);
        if (pid.isValid() && static_cast<qint64>(pid.value()) == process) return service;
    }
    return {};
}

QList<Thing> ScreenReader::look(qint64 process) {
    const QString service = serviceOf(process);
    if (service.isEmpty()) return {};
    const auto call =
        QDBusMessage::createMethodCall(service, QStringLiteral("/org/a11y/atspi/accessible/root"),
                                       QStringLiteral("org.a11y.atspi.Accessible"), QStringLiteral("GetChildren"));
    Walk walk(*m_connection, service);
    walk.read(pathsIn(m_connection->call(call, QDBus::Block, kCallLimitMs)), Thing());
    return walk.things;
}

QString described(const QList<Thing>& things) {
    static constexpr std::array kRoles{"-", "button", "choice", "field", "dialog", "scroll", "words"};
    QString all;
    for (const Thing& thing : things) {
        const QRect& at = thing.place;
        all +=
            QStringLiteral("%1%2 \"%3\" (%4) %5,%6 %7x%8%9%10%11\n")
                .arg(QString(2 * thing.depth, u' '), QLatin1String(kRoles[thing.role]), thing.name, thing.description)
                .arg(at.x())
                .arg(at.y())
                .arg(at.width())
                .arg(at.height())
                .arg(thing.isEnabled ? QString() : QStringLiteral(" disabled"),
                     thing.isChecked ? QStringLiteral(" checked") : QString(),
                     thing.hasFocus ? QStringLiteral(" focus") : QString());
    }
    return all;
}

}  // namespace sotto::test
