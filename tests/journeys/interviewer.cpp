// SPDX-License-Identifier: Apache-2.0
#include "journeys/interviewer.h"

#include <csignal>
#include <sys/prctl.h>

#include <QDeadlineTimer>
#include <QStandardPaths>

namespace sotto::test {

namespace {

constexpr int kLimitMs = 60'000;
constexpr QSize kUpright{800, 1280};

bool isAbove(const Thing& thing, const Thing& scroll) {
    return thing.place.top() < scroll.place.top();
}

/// All of it, or as much as there is room for.
bool isInside(const Thing& thing, const Thing& scroll) {
    if (scroll.place.contains(thing.place)) return true;
    return thing.place.height() > scroll.place.height() && scroll.place.contains(thing.place.center());
}

}  // namespace

QString Interviewer::missingPrograms() {
    QStringList missing;
    for (const auto* name : {"Xvfb", "dbus-daemon", "ffmpeg", "opusdec"}) {
        if (QStandardPaths::findExecutable(QLatin1String(name)).isEmpty()) missing += QLatin1String(name);
    }
    if (!QFile::exists(QStringLiteral("/usr/share/dbus-1/services/org.a11y.Bus.service")))
        missing += QStringLiteral("at-spi2-core");
    if (!missing.isEmpty()) return QStringLiteral("not installed: ") + missing.join(QStringLiteral(", "));
    return PulseServer::missingPrograms();
}

Interviewer::~Interviewer() {
    if (!m_app) return;
    m_app->kill();
    m_app->waitForFinished();
}

void Interviewer::fail(const QString& what) {
    if (!m_trouble.isEmpty()) return;
    m_trouble = what + QStringLiteral(". The screen reader saw:\n") + described(m_seen);
    if (m_app && m_app->state() == QProcess::NotRunning) {
        m_trouble += QStringLiteral("The app had ended by itself: %1 %2\n")
                         .arg(m_app->exitStatus() == QProcess::CrashExit ? QStringLiteral("signal")
                                                                         : QStringLiteral("exit code"))
                         .arg(m_app->exitCode());
    }
    if (m_app) m_trouble += QString::fromUtf8(m_app->readAllStandardError());
}

void Interviewer::prepare() {
    if (!m_glass.start()) return fail(QStringLiteral("no screen"));
    if (!m_sound.start()) return fail(QStringLiteral("no sound server: ") + m_sound.log());
    if (!m_ear.start(m_sound)) return fail(QStringLiteral("nobody listens at the microphone"));
    QProcessEnvironment buses = m_stage->environment();
    buses.insert(QStringLiteral("DISPLAY"), m_glass.display());
    if (!m_reader.start(buses)) return fail(QStringLiteral("no accessibility bus"));
}

QProcessEnvironment Interviewer::environment() const {
    QProcessEnvironment all = m_stage->environment();
    m_reader.addTo(all);
    all.insert(QStringLiteral("DISPLAY"), m_glass.display());
    all.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    all.insert(QStringLiteral("QT_QUICK_BACKEND"), QStringLiteral("software"));
    all.insert(QStringLiteral("PULSE_SERVER"), m_sound.environment().value(QStringLiteral("PULSE_SERVER")));
    return all;
}

std::unique_ptr<QProcess> Interviewer::startSotto(const QStringList& arguments) const {
    return m_stage->startSotto(arguments, environment());
}

void Interviewer::openApp() {
    if (!m_trouble.isEmpty()) return;
    m_seen.clear();
    static_cast<void>(change(startSotto({QStringLiteral("--home"), m_stage->path(QStringLiteral("home"))})));
}

std::unique_ptr<QProcess> Interviewer::change(std::unique_ptr<QProcess> other) {
    std::swap(m_app, other);
    const bool opened = waitUntil([this] { return m_glass.windowOf(m_app->processId()).has_value(); });
    if (!opened) fail(QStringLiteral("the app showed no window"));
    turnTo(kUpright);
    return other;
}

void Interviewer::turnTo(const QSize& size) {
    if (!m_trouble.isEmpty()) return;
    const auto window = m_glass.windowOf(m_app->processId());
    if (!window) return fail(QStringLiteral("the app has no window any more"));
    m_glass.place(*window, size);
}

void Interviewer::askToClose() {
    if (!m_trouble.isEmpty()) return;
    const auto window = m_glass.windowOf(m_app->processId());
    if (!window) return fail(QStringLiteral("the app has no window any more"));
    m_glass.askToClose(*window);
}

void Interviewer::killApp() {
    if (!m_trouble.isEmpty()) return;
    m_app->kill();
    if (!m_app->waitForFinished(kLimitMs)) fail(QStringLiteral("the app survives"));
}

void Interviewer::waitForEnd() {
    if (!m_trouble.isEmpty()) return;
    if (!waitUntil([this] { return m_app->state() == QProcess::NotRunning; })) fail(QStringLiteral("the app goes on"));
}

bool Interviewer::waitUntil(const std::function<bool()>& isSo) {
    const QDeadlineTimer limit(kLimitMs);
    while (!isSo()) {
        const bool hadEnded = m_app && m_app->state() == QProcess::NotRunning;
        if (hadEnded || limit.hasExpired()) return false;
        listenFor(0.05);
        if (m_app) static_cast<void>(m_app->waitForFinished(1));
    }
    return true;
}

void Interviewer::listenFor(double seconds) {
    const double until = m_ear.heardSeconds() + seconds;
    const QDeadlineTimer limit(kLimitMs + static_cast<qint64>(1000 * seconds));
    do {
        m_ear.listen();
        if (limit.hasExpired()) return fail(QStringLiteral("the microphone hears nothing"));
    } while (m_ear.heardSeconds() < until && m_trouble.isEmpty());
}

void Interviewer::look() {
    m_ear.listen();
    m_seen = m_reader.look(m_app->processId());
    m_ear.listen();
}

/// What is in front comes last in the list; below an open dialog nothing can be reached.
Thing Interviewer::find(const Wanted& wanted, const QString& what) {
    Thing found;
    const auto isThere = [&] {
        look();
        qsizetype dialog = -1;
        for (qsizetype i = 0; i < m_seen.size(); ++i) {
            if (m_seen[i].role == Thing::Dialog) dialog = i;
        }
        for (auto thing = m_seen.crbegin(); thing != m_seen.crend(); ++thing) {
            if (thing->dialog != dialog || !wanted(*thing)) continue;
            found = *thing;
            return true;
        }
        return false;
    };
    if (!m_trouble.isEmpty()) return {};
    if (!waitUntil(isThere)) fail(QStringLiteral("there is no \"%1\"").arg(what));
    return found;
}

Thing Interviewer::see(const QString& name) {
    return find([&name](const Thing& thing) { return thing.name == name; }, name);
}

Thing Interviewer::seeBeginningOf(const QString& name) {
    return find([&name](const Thing& thing) { return thing.name.startsWith(name); }, name);
}

void Interviewer::seeNot(const QString& name) {
    if (!m_trouble.isEmpty()) return;
    const auto isGone = [&] {
        look();
        const auto same = [&name](const Thing& thing) { return thing.name == name; };
        return !m_seen.isEmpty() && std::none_of(m_seen.cbegin(), m_seen.cend(), same);
    };
    if (!waitUntil(isGone)) fail(QStringLiteral("\"%1\" is still there").arg(name));
}

/// Waits until it can be touched: it is there, enabled, at rest and in sight.
Thing Interviewer::reach(const Wanted& wanted, const QString& what) {
    QRect before;
    const QDeadlineTimer limit(kLimitMs);
    while (m_trouble.isEmpty()) {
        const Thing thing = find(wanted, what);
        const bool rests = thing.place == before;
        before = thing.place;
        if (!rests) continue;
        if (thing.scroll < 0 || isInside(thing, m_seen[thing.scroll])) return thing;
        scrollTo(thing, m_seen[thing.scroll]);
        if (limit.hasExpired()) fail(QStringLiteral("\"%1\" can't be scrolled into sight").arg(what));
    }
    return {};
}

void Interviewer::scrollTo(const Thing& thing, const Thing& scroll) {
    m_glass.moveTo(scroll.place.center());
    m_glass.turnWheel(isAbove(thing, scroll) ? -1 : 1);
    listenFor(0.1);
}

Moment Interviewer::touch(const Wanted& wanted, const QString& what) {
    const Thing thing = reach(wanted, what);
    if (!m_trouble.isEmpty()) return {};
    m_glass.click(thing.place.center());
    ++m_touches;
    return std::chrono::steady_clock::now();
}

Moment Interviewer::press(const QString& name) {
    const auto wanted = [&](const Thing& thing) {
        return thing.isPressable() && thing.isEnabled && thing.name == name;
    };
    return touch(wanted, name);
}

Moment Interviewer::pressBeginningOf(const QString& name) {
    const auto wanted = [&](const Thing& thing) {
        return thing.isPressable() && thing.isEnabled && thing.name.startsWith(name);
    };
    return touch(wanted, name);
}

Moment Interviewer::pressDescribed(const QString& description) {
    const auto wanted = [&](const Thing& thing) {
        return thing.isPressable() && thing.isEnabled && thing.description.startsWith(description);
    };
    return touch(wanted, description);
}

void Interviewer::enter(const QString& label, const QString& text) {
    const auto wanted = [&](const Thing& thing) {
        return thing.role == Thing::Field && thing.isEnabled && thing.name == label;
    };
    touch(wanted, label);
    if (m_trouble.isEmpty()) m_glass.type(text);
}

void Interviewer::type(const QString& text) {
    if (m_trouble.isEmpty()) m_glass.type(text);
}

void Interviewer::typeLine(const QString& text) {
    if (!m_trouble.isEmpty()) return;
    m_glass.type(text);
    m_glass.pressEnter();
}

void Interviewer::strike(quint32 symbol, std::initializer_list<quint32> held) {
    if (m_trouble.isEmpty()) m_glass.strike(symbol, held);
}

void Interviewer::draw(const QString& name) {
    const Thing pad = reach([&](const Thing& thing) { return thing.name == name; }, name);
    if (!m_trouble.isEmpty()) return;
    const auto at = [&pad](double x, double y) {
        return pad.place.topLeft() + QPointF(x * pad.place.width(), y * pad.place.height()).toPoint();
    };
    for (const double from : {0.2, 0.5}) {
        m_glass.moveTo(at(from, 0.7));
        m_glass.press();
        for (int i = 1; i <= 20; ++i)
            m_glass.moveTo(at(from + 0.01 * i, i % 2 == 0 ? 0.7 : 0.7 - 0.02 * i));
        m_glass.release();
        ++m_touches;
    }
}

}  // namespace sotto::test
