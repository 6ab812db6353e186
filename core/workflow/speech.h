// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// Port: a voice of the device that reads aloud. Implementations live in platform/.
namespace sotto::workflow {

/// Reads a text aloud, on the device and without a network. One thread; never blocks.
class Speech {
public:
    virtual ~Speech() = default;
    /// True if there is a voice for that language ("fr", "en").
    [[nodiscard]] virtual bool speaks(const QString& language) = 0;
    /// From its beginning, in place of what is being said. Does nothing without a voice for that language.
    virtual void say(const QString& text, const QString& language) = 0;
    virtual void stop() = 0;
    [[nodiscard]] virtual bool isSpeaking() const = 0;
};

}  // namespace sotto::workflow
