// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <vector>

#include <QProcess>
#include <QString>

#include "support/pulse_server.h"

namespace sotto::test {

using Moment = std::chrono::steady_clock::time_point;

/// A second listener at the microphone, beside the app: it knows what was in the air at which moment. The program
/// behind it delivers in pieces, and may be late with any of them; the piece that was least late sets the clock.
class Ear {
public:
    Ear() = default;
    ~Ear();
    Ear(const Ear&) = delete;
    Ear& operator=(const Ear&) = delete;

    /// A piece is longer than those that the app asks for: the server serves the most demanding of its listeners, and
    /// the app is not to gain by us.
    [[nodiscard]] bool start(const PulseServer& server);
    /// Takes what has arrived. To be called all the time.
    void listen();

    [[nodiscard]] double heardSeconds() const { return static_cast<double>(m_heard.size()) / kRate; }
    /// Where the sound of a moment lies, in seconds of what was heard.
    [[nodiscard]] double secondsAt(Moment moment) const;
    /// All that was heard, at kCompareRate.
    [[nodiscard]] std::vector<float> sound() const;

private:
    static constexpr int kRate = 48000;

    QProcess m_listener;
    std::vector<std::int16_t> m_heard;
    /// The moment of its first sample, by the piece that was least late.
    double m_began = std::numeric_limits<double>::max();
};

}  // namespace sotto::test
