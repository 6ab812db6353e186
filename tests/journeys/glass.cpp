// SPDX-License-Identifier: Apache-2.0
#include "journeys/glass.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <sys/prctl.h>
#include <xcb/xcb.h>
#include <xcb/xcbext.h>

#include "base/check.h"

namespace sotto::test {

namespace {

constexpr int kStartLimitMs = 30'000;
constexpr int kLeftButton = 1;
constexpr int kWheelUp = 4;
constexpr int kWheelDown = 5;
constexpr quint32 kShiftSymbol = 0xffe1;
constexpr quint32 kReturnSymbol = 0xff0d;

/// An answer of the X server, which is ours to free.
template <typename T>
using Answer = std::unique_ptr<T, decltype(&std::free)>;

template <typename T>
Answer<T> owned(T* answer) {
    return {answer, &std::free};
}

/// The request FakeInput of the XTEST extension (X.org, "XTEST Extension Protocol", 2.2), written by hand: the one
/// request does not pay for a library more.
struct FakeInput {
    quint8 major = 0;
    quint8 minor = 0;
    quint16 length = 0;
    quint8 type = 0;
    quint8 detail = 0;
    std::array<quint8, 2> unused1{};
    quint32 delayMs = 0;
    quint32 root = 0;
    std::array<quint8, 8> unused2{};
    qint16 x = 0;
    qint16 y = 0;
    std::array<quint8, 8> unused3{};
};
static_assert(sizeof(FakeInput) == 36);

}  // namespace

struct Glass::Keyboard {
    quint8 first = 0;
    quint8 perKey = 0;
    std::vector<quint32> symbols;

    /// Which key, and whether with shift.
    [[nodiscard]] std::pair<quint8, bool> find(quint32 symbol) const {
        for (std::size_t i = 0; i < symbols.size(); ++i) {
            const bool isFirstGroup = i % perKey < 2;
            if (isFirstGroup && symbols[i] == symbol) return {quint8(first + i / perKey), i % perKey == 1};
        }
        return {0, false};
    }
};

Glass::Glass() = default;

Glass::~Glass() {
    if (m_connection != nullptr) ::xcb_disconnect(m_connection);
    m_server.kill();
    m_server.waitForFinished();
}

bool Glass::start() {
    m_server.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_server.setStandardErrorFile(QProcess::nullDevice());
    // Square, so that a window may stand and lie on it.
    m_server.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                    QStringLiteral("1280x1280x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp"),
                    QStringLiteral("-noreset")});
    while (!m_server.canReadLine()) {
        if (!m_server.waitForReadyRead(kStartLimitMs)) return false;
    }
    m_display = u':' + QString::fromLatin1(m_server.readLine()).trimmed();
    m_connection = ::xcb_connect(m_display.toLatin1().constData(), nullptr);
    if (::xcb_connection_has_error(m_connection) != 0) return false;
    const xcb_setup_t* setup = ::xcb_get_setup(m_connection);
    m_root = ::xcb_setup_roots_iterator(setup).data->root;
    const auto count = static_cast<quint8>(setup->max_keycode - setup->min_keycode + 1);
    const auto map = owned(::xcb_get_keyboard_mapping_reply(
        m_connection, ::xcb_get_keyboard_mapping(m_connection, setup->min_keycode, count), nullptr));
    if (!map) return false;
    const xcb_keysym_t* symbols = ::xcb_get_keyboard_mapping_keysyms(map.get());
    m_keyboard = std::make_unique<Keyboard>();
    m_keyboard->first = setup->min_keycode;
    m_keyboard->perKey = map->keysyms_per_keycode;
    m_keyboard->symbols.assign(symbols, symbols + ::xcb_get_keyboard_mapping_keysyms_length(map.get()));
    return true;
}

void Glass::fake(int type, int detail, const QPoint& place) const {
    constexpr quint8 kFakeInputCode = 2;
    static xcb_extension_t extension{"XTEST", 0};
    FakeInput request;
    request.type = static_cast<quint8>(type);
    request.detail = static_cast<quint8>(detail);
    request.root = type == XCB_MOTION_NOTIFY ? m_root : XCB_NONE;
    request.x = static_cast<qint16>(place.x());
    request.y = static_cast<qint16>(place.y());
    const xcb_protocol_request_t protocol{1, &extension, kFakeInputCode, 1};
    std::array<iovec, 3> parts{};  // the library uses the two before the first
    parts[2] = {&request, sizeof(request)};
    ::xcb_send_request(m_connection, 0, &parts[2], &protocol);
    ::xcb_flush(m_connection);
}

void Glass::moveTo(const QPoint& place) const {
    fake(XCB_MOTION_NOTIFY, 0, place);
}

void Glass::press() const {
    fake(XCB_BUTTON_PRESS, kLeftButton);
}

void Glass::release() const {
    fake(XCB_BUTTON_RELEASE, kLeftButton);
}

void Glass::click(const QPoint& place) const {
    moveTo(place);
    press();
    release();
}

void Glass::turnWheel(int steps) const {
    const int button = steps > 0 ? kWheelDown : kWheelUp;
    for (int i = 0; i < std::abs(steps); ++i) {
        fake(XCB_BUTTON_PRESS, button);
        fake(XCB_BUTTON_RELEASE, button);
    }
}

void Glass::stroke(quint32 symbol) const {
    const auto [key, shifted] = m_keyboard->find(symbol);
    SOTTO_CHECK(key != 0);
    const quint8 shift = m_keyboard->find(kShiftSymbol).first;
    if (shifted) fake(XCB_KEY_PRESS, shift);
    fake(XCB_KEY_PRESS, key);
    fake(XCB_KEY_RELEASE, key);
    if (shifted) fake(XCB_KEY_RELEASE, shift);
}

void Glass::type(const QString& text) const {
    for (const QChar letter : text)
        stroke(letter.unicode());
}

void Glass::pressEnter() const {
    stroke(kReturnSymbol);
}

void Glass::strike(quint32 symbol, std::initializer_list<quint32> held) const {
    for (const quint32 one : held)
        fake(XCB_KEY_PRESS, m_keyboard->find(one).first);
    stroke(symbol);
    for (const quint32 one : held)
        fake(XCB_KEY_RELEASE, m_keyboard->find(one).first);
}

quint32 Glass::atom(const char* name) const {
    const auto length = static_cast<quint16>(qstrlen(name));
    const auto answer =
        owned(::xcb_intern_atom_reply(m_connection, ::xcb_intern_atom(m_connection, 0, length, name), nullptr));
    return answer ? answer->atom : quint32(XCB_NONE);
}

qint64 Glass::processOf(quint32 window) const {
    const auto cookie = ::xcb_get_property(m_connection, 0, window, atom("_NET_WM_PID"), XCB_ATOM_CARDINAL, 0, 1);
    const auto answer = owned(::xcb_get_property_reply(m_connection, cookie, nullptr));
    if (!answer || ::xcb_get_property_value_length(answer.get()) != 4) return 0;
    return *static_cast<const quint32*>(::xcb_get_property_value(answer.get()));
}

std::optional<quint32> Glass::windowOf(qint64 process) const {
    const auto tree = owned(::xcb_query_tree_reply(m_connection, ::xcb_query_tree(m_connection, m_root), nullptr));
    if (!tree) return {};
    const xcb_window_t* windows = ::xcb_query_tree_children(tree.get());
    for (int i = ::xcb_query_tree_children_length(tree.get()) - 1; i >= 0; --i) {
        const auto state = owned(::xcb_get_window_attributes_reply(
            m_connection, ::xcb_get_window_attributes(m_connection, windows[i]), nullptr));
        const bool isShown = state && state->map_state == XCB_MAP_STATE_VIEWABLE;
        if (isShown && processOf(windows[i]) == process) return windows[i];
    }
    return {};
}

void Glass::place(quint32 window, const QSize& size) const {
    const std::array<quint32, 5> values{0, 0, static_cast<quint32>(size.width()), static_cast<quint32>(size.height()),
                                        XCB_STACK_MODE_ABOVE};
    ::xcb_configure_window(m_connection, window,
                           XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
                               XCB_CONFIG_WINDOW_HEIGHT | XCB_CONFIG_WINDOW_STACK_MODE,
                           values.data());
    ::xcb_set_input_focus(m_connection, XCB_INPUT_FOCUS_PARENT, window, XCB_CURRENT_TIME);
    ::xcb_flush(m_connection);
}

void Glass::askToClose(quint32 window) const {
    xcb_client_message_event_t event{};
    event.response_type = XCB_CLIENT_MESSAGE;
    event.format = 32;
    event.window = window;
    event.type = atom("WM_PROTOCOLS");
    event.data.data32[0] = atom("WM_DELETE_WINDOW");
    ::xcb_send_event(m_connection, 0, window, XCB_EVENT_MASK_NO_EVENT, reinterpret_cast<const char*>(&event));
    ::xcb_flush(m_connection);
}

}  // namespace sotto::test
