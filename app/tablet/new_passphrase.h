// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QString>

#include "crypto/secure_bytes.h"

namespace sotto::app {

/// A passphrase that somebody chooses: five words that are drawn, or one's own, then the same once more. Sentences are
/// in the language of the screen. What is typed is wiped in the caller's string. Wipes itself. GUI thread.
class NewPassphrase {
    Q_DECLARE_TR_FUNCTIONS(sotto::app::NewPassphrase)
public:
    NewPassphrase() = default;
    ~NewPassphrase();
    NewPassphrase(const NewPassphrase&) = delete;
    NewPassphrase& operator=(const NewPassphrase&) = delete;

    /// Five words while they are to be written down; otherwise empty.
    [[nodiscard]] QString shownWords() const { return m_shownWords; }
    /// Of what was judged last.
    [[nodiscard]] QString strengthText() const { return m_strengthText; }
    [[nodiscard]] bool isStrongEnough() const { return m_isStrongEnough; }
    [[nodiscard]] bool isEmpty() const { return m_secret.isEmpty(); }

    /// Draws five new words; `language` is "fr" or another, which counts as English.
    void draw(const QString& language);
    /// Forgets what was drawn or typed: one's own comes next.
    void beginOwn();
    /// Judges one's own while it is typed; keeps nothing of it.
    void judge(QString& typed);
    /// Takes one's own. What is wrong with it, or an empty text.
    [[nodiscard]] QString acceptOwn(QString& typed);
    /// Compares with what was drawn or taken. What is wrong, or an empty text.
    [[nodiscard]] QString confirm(QString& typed) const;
    void hideWords();
    void forget();
    /// The secret; it stays until forget().
    [[nodiscard]] crypto::SecureBytes copy() const { return m_secret.clone(); }

private:
    crypto::SecureBytes m_secret;
    QString m_shownWords;
    QString m_strengthText;
    bool m_isStrongEnough = false;
};

}  // namespace sotto::app
