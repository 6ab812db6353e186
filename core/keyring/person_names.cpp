// SPDX-License-Identifier: Apache-2.0
#include "keyring/person_names.h"

#include <algorithm>
#include <set>

#include <QList>

#include "base/check.h"
#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "keyring/keyring.h"
#include "keyring/keyring_format.h"

namespace sotto::keyring {

namespace {

constexpr qsizetype kMaxCharacters = 64;
constexpr std::size_t kMaxNameBytes = 4 * kMaxCharacters;
/// The blob's size tells no more than how many names there are, roughly.
constexpr std::size_t kPadding = 256;
constexpr std::uint8_t kHintMask = 0x0F;

bool isAllowed(char32_t character) {
    switch (QChar::category(character)) {
        case QChar::Other_Control:
        case QChar::Other_Surrogate:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
        case QChar::Other_NotAssigned:  // a later Unicode may fold it, and the name would be another
            return false;
        default:
            break;
    }
    const bool isEmbedding = character >= 0x202A && character <= 0x202E;
    const bool isIsolate = character >= 0x2066 && character <= 0x2069;
    return !isEmbedding && !isIsolate;
}

crypto::SecureBytes directoryKey(const crypto::SecureBytes& macKey) {
    return crypto::hkdfSha256(macKey.view(), {}, "sotto-keyring-directory");
}

Bytes associatedData(const HomeId& home) {
    ByteWriter writer;
    writer.raw(home.raw());
    writer.raw(viewOf(std::string_view("directory")));
    return writer.take();
}

Failure damaged() {
    return fail(ErrorCode::Damaged, "the keyring is damaged: its names do not fit its persons");
}

}  // namespace

QString unnamedPerson() {
    return QStringLiteral("interviewer");
}

std::optional<QString> cleanName(const QString& name) {
    const QString clean = name.normalized(QString::NormalizationForm_C).trimmed();
    const auto characters = clean.toUcs4();
    if (characters.isEmpty() || characters.size() > kMaxCharacters) return std::nullopt;
    const bool isClean = clean.isValidUtf16() && std::all_of(characters.begin(), characters.end(), isAllowed);
    return isClean ? std::optional(clean) : std::nullopt;
}

QString foldedName(const QString& name) {
    return name.normalized(QString::NormalizationForm_C).toCaseFolded().normalized(QString::NormalizationForm_C);
}

std::uint8_t nameHint(const HomeId& home, const QString& name) {
    ByteWriter writer;
    writer.raw(viewOf(std::string_view("sotto-keyring-name-hint")));
    writer.raw(home.raw());
    const crypto::Sha256Digest key = crypto::sha256(writer.view());
    const QByteArray folded = foldedName(name).toUtf8();
    return crypto::mac128(key, viewOf(folded)).front() & kHintMask;
}

Names defaultNames(std::span<const PersonId> persons) {
    Names names;
    for (const PersonId& person : persons) {
        const std::size_t before = names.size();
        names[person] = before == 0 ? unnamedPerson() : unnamedPerson() + QStringLiteral(" %1").arg(before + 1);
    }
    return names;
}

Bytes sealNames(const HomeId& home, const crypto::SecureBytes& macKey, const Names& names) {
    ByteWriter writer;
    writer.u16(static_cast<std::uint16_t>(names.size()));
    for (const auto& [person, name] : names) {
        writer.raw(person.raw());
        const QByteArray utf8 = name.toUtf8();
        writer.block(viewOf(utf8));
    }
    writer.raw(Bytes(kPadding - writer.size() % kPadding));
    return crypto::sealSecret(directoryKey(macKey).view(), associatedData(home),
                              crypto::SecureBytes::copyOf(writer.view()));
}

Result<Names> openNames(const HomeId& home, const crypto::SecureBytes& macKey, ByteView sealed,
                        std::span<const PersonId> persons) {
    const auto opened = crypto::openSecret(directoryKey(macKey).view(), associatedData(home), sealed);
    if (!opened) return damaged();
    ByteReader reader(opened->view());
    Names names;
    std::set<QString> folded;
    const std::size_t count = reader.u16();
    if (count != persons.size()) return damaged();
    for (const PersonId& expected : persons) {
        const PersonId person(reader.array<16>());
        const ByteView utf8 = reader.block(kMaxNameBytes);
        const QString name = QString::fromUtf8(byteArrayOf(utf8));
        if (reader.failed() || person != expected || cleanName(name) != name) return damaged();
        if (!folded.insert(foldedName(name)).second) return damaged();
        names[person] = name;
    }
    const ByteView padding = reader.raw(reader.remaining());
    const bool isBlank = std::all_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte == 0; });
    return isBlank ? Result<Names>(std::move(names)) : damaged();
}

}  // namespace sotto::keyring
