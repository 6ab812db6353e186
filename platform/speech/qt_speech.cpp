// SPDX-License-Identifier: Apache-2.0
#include "platform/speech/qt_speech.h"

#ifdef SOTTO_HAS_SPEECH

#include <algorithm>
#include <optional>

#include <QLocale>
#include <QTextToSpeech>

namespace sotto::platform {

namespace {

class QtSpeech final : public workflow::Speech {
public:
    bool speaks(const QString& language) override { return voiceFor(language).has_value(); }
    void say(const QString& text, const QString& language) override {
        const auto locale = voiceFor(language);
        if (!locale) return;
        m_engine->stop();
        m_engine->setLocale(*locale);
        m_engine->say(text);
    }
    void stop() override {
        if (m_engine) m_engine->stop();
    }
    [[nodiscard]] bool isSpeaking() const override { return m_engine && m_engine->state() == QTextToSpeech::Speaking; }

private:
    /// Made late: to reach the system's service takes a moment, and most sittings never need it.
    [[nodiscard]] std::optional<QLocale> voiceFor(const QString& language) {
        if (!m_engine && QTextToSpeech::availableEngines().isEmpty()) return std::nullopt;
        if (!m_engine) m_engine = std::make_unique<QTextToSpeech>();
        if (m_engine->state() == QTextToSpeech::Error) return std::nullopt;
        const QLocale wanted(language);
        const auto locales = m_engine->availableLocales();
        const auto found = std::find_if(locales.begin(), locales.end(),
                                        [&wanted](const QLocale& one) { return one.language() == wanted.language(); });
        return found == locales.end() ? std::nullopt : std::optional(*found);
    }

    std::unique_ptr<QTextToSpeech> m_engine;
};

}  // namespace

std::unique_ptr<workflow::Speech> systemSpeech() {
    return std::make_unique<QtSpeech>();
}

}  // namespace sotto::platform

#else

namespace sotto::platform {

std::unique_ptr<workflow::Speech> systemSpeech() {
    return nullptr;
}

}  // namespace sotto::platform

#endif
