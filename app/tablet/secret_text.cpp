// SPDX-License-Identifier: Apache-2.0
#include "secret_text.h"

namespace sotto::app {

crypto::SecureBytes takeSecret(QString& typed) {
    QString normal = typed.trimmed().normalized(QString::NormalizationForm_C);
    QByteArray utf8 = normal.toUtf8();
    auto secret = crypto::SecureBytes::copyOf(viewOf(utf8));
    crypto::wipe({reinterpret_cast<std::uint8_t*>(utf8.data()), static_cast<std::size_t>(utf8.size())});
    dropSecret(typed);
    dropSecret(normal);  // the two may have shared their characters: the last one wipes them
    return secret;
}

QString showSecret(const crypto::SecureBytes& secret) {
    return QString::fromUtf8(reinterpret_cast<const char*>(secret.view().data()),
                             static_cast<qsizetype>(secret.size()));
}

void dropSecret(QString& shown) {
    // Not data(): it would detach from a copy that somebody else holds and wipe the wrong one.
    if (shown.isDetached()) shown.fill(u'\0');
    shown.clear();
}

}  // namespace sotto::app
