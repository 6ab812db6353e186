// SPDX-License-Identifier: Apache-2.0
#include "study/signed_pack.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "study/fingerprint_words.h"

namespace sotto::study {
namespace {

constexpr std::string_view kMagic = "SOTTOSTU";
constexpr std::string_view kContext = "sotto-study-v1";
constexpr std::uint16_t kFormatVersion = 1;
constexpr std::size_t kMaxHeadBytes = 256 * 1024;
constexpr std::size_t kMaxRecipients = 16;
constexpr std::size_t kPrefixBytes = 8 + 2 + 4;
constexpr std::size_t kSignatureBytes = std::tuple_size_v<crypto::Signature>;

/// One file as the head lists it.
struct ListedFile {
    QString path;
    crypto::Sha256Digest hash{};
    std::size_t size = 0;
};

/// The JSON head. Its bytes are canonical: whatever parses to something else than it was written from is refused.
struct Head {
    QString study;
    int version = 0;
    LabKeys keys;
    std::vector<ListedFile> files;
};

QString hexOf(ByteView bytes) {
    return QString::fromStdString(toHex(bytes));
}

QJsonArray recipientsJson(const std::vector<crypto::age::Recipient>& recipients) {
    QJsonArray array;
    for (const auto& recipient : recipients) {
        array.append(QString::fromStdString(recipient.toString()));
    }
    return array;
}

QByteArray headBytes(const Head& head) {
    QJsonArray files;
    for (const ListedFile& file : head.files) {
        files.append(QJsonObject{{QStringLiteral("path"), file.path},
                                 {QStringLiteral("sha256"), hexOf(file.hash)},
                                 {QStringLiteral("size"), static_cast<qint64>(file.size)}});
    }
    const QJsonObject keys{{QStringLiteral("content"), recipientsJson(head.keys.content)},
                           {QStringLiteral("identity"), recipientsJson(head.keys.identity)},
                           {QStringLiteral("analyst"), recipientsJson(head.keys.analyst)},
                           {QStringLiteral("signing"), hexOf(head.keys.signing)}};
    return QJsonDocument(QJsonObject{{QStringLiteral("study"), head.study},
                                     {QStringLiteral("version"), head.version},
                                     {QStringLiteral("keys"), keys},
                                     {QStringLiteral("files"), files}})
        .toJson(QJsonDocument::Compact);
}

Failure malformed(const char* what) {
    return fail(ErrorCode::ParseFailed, std::string("this is not a whole signed study pack: ") + what);
}

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> bytesFromHex(const QString& text) {
    const auto bytes = fromHex(text.toStdString());
    if (!bytes || bytes->size() != N) return std::nullopt;
    std::array<std::uint8_t, N> result{};
    std::ranges::copy(*bytes, result.begin());
    return result;
}

Result<std::vector<crypto::age::Recipient>> parseRecipients(const QJsonValue& value) {
    std::vector<crypto::age::Recipient> result;
    const QJsonArray array = value.toArray();
    if (static_cast<std::size_t>(array.size()) > kMaxRecipients) return malformed("too many recipients");
    for (const QJsonValue& text : array) {
        SOTTO_ASSIGN(auto recipient, crypto::age::Recipient::parse(text.toString().toStdString()));
        result.push_back(recipient);
    }
    return result;
}

Result<LabKeys> parseKeys(const QJsonObject& json) {
    LabKeys keys;
    SOTTO_ASSIGN(keys.content, parseRecipients(json[QStringLiteral("content")]));
    SOTTO_ASSIGN(keys.identity, parseRecipients(json[QStringLiteral("identity")]));
    SOTTO_ASSIGN(keys.analyst, parseRecipients(json[QStringLiteral("analyst")]));
    const auto signing = bytesFromHex<32>(json[QStringLiteral("signing")].toString());
    if (!signing) return malformed("its signing key is not readable");
    keys.signing = *signing;
    return keys;
}

/// Paths must be known to a pack and in ascending order, which rules out both tricks and duplicates.
Result<std::vector<ListedFile>> parseFiles(const QJsonArray& array) {
    std::vector<ListedFile> result;
    std::size_t total = 0;
    if (static_cast<std::size_t>(array.size()) > kMaxPackFiles) return malformed("too many files");
    for (const QJsonValue& value : array) {
        const QString path = value[QStringLiteral("path")].toString();
        const auto hash = bytesFromHex<32>(value[QStringLiteral("sha256")].toString());
        const qint64 size = value[QStringLiteral("size")].toInteger(-1);
        if (!isPackPath(path)) return malformed("it lists a file that is not part of a study pack");
        if (!result.empty() && !(result.back().path < path)) return malformed("its list of files is out of order");
        if (!hash || size < 0 || static_cast<std::size_t>(size) > kMaxPackFileBytes) {
            return malformed("an entry in its list of files is not readable");
        }
        total += static_cast<std::size_t>(size);
        result.push_back({path, *hash, static_cast<std::size_t>(size)});
    }
    if (total > kMaxPackBytes) return malformed("its files are too large");
    return result;
}

Result<Head> parseHead(ByteView bytes) {
    const QByteArray text = byteArrayOf(bytes);
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    Head head;
    head.study = json[QStringLiteral("study")].toString();
    head.version = json[QStringLiteral("version")].toInt();
    SOTTO_ASSIGN(head.keys, parseKeys(json[QStringLiteral("keys")].toObject()));
    SOTTO_ASSIGN(head.files, parseFiles(json[QStringLiteral("files")].toArray()));
    if (headBytes(head) != text) return malformed("its head is not as Sotto writes it");
    return head;
}

Result<PackFiles> splitFiles(ByteReader& reader, const std::vector<ListedFile>& list) {
    PackFiles files;
    for (const ListedFile& file : list) {
        const ByteView bytes = reader.raw(file.size);
        if (reader.failed() || crypto::sha256(bytes) != file.hash) return malformed("a file in it is not as listed");
        files[file.path] = Bytes(bytes.begin(), bytes.end());
    }
    if (!reader.finished()) return malformed("there is something after its last file");
    return files;
}

}  // namespace

Result<Bytes> signPack(const PackFiles& files, LabKeys keys, const crypto::SigningKey& signing) {
    SOTTO_ASSIGN(const StudyPack pack, parsePack(files));
    if (keys.content.empty() || keys.identity.empty()) {
        return fail(ErrorCode::InvalidArgument, "a study needs at least one content and one identity recipient");
    }
    for (const auto* recipients : {&keys.content, &keys.identity, &keys.analyst}) {
        if (recipients->size() > kMaxRecipients) return fail(ErrorCode::InvalidArgument, "more than 16 recipients");
    }
    keys.signing = signing.verifyKey();
    Head head{pack.id, pack.version, std::move(keys), {}};
    for (const auto& [path, bytes] : files) {
        head.files.push_back({path, crypto::sha256(bytes), bytes.size()});
    }
    ByteWriter writer;
    writer.raw(viewOf(kMagic));
    writer.u16(kFormatVersion);
    writer.block(viewOf(headBytes(head)));
    for (const auto& file : files) {
        writer.raw(file.second);
    }
    writer.raw(signing.sign(kContext, writer.view()));
    return writer.take();
}

Result<SignedPack> openSignedPack(ByteView bytes, const std::optional<crypto::VerifyKey>& pinned) {
    if (bytes.size() > kPrefixBytes + kMaxHeadBytes + kMaxPackBytes + kSignatureBytes)
        return malformed("it is too large");
    ByteReader prefix(bytes);
    if (!std::ranges::equal(prefix.raw(kMagic.size()), viewOf(kMagic))) {
        return malformed("it does not begin like one; a folder must be signed with \"sotto-lab study sign\" first");
    }
    if (const std::uint16_t version = prefix.u16(); version > kFormatVersion) {
        return fail(ErrorCode::NewerVersion, "this study pack was signed by a newer Sotto: update Sotto to open it");
    } else if (version != kFormatVersion || bytes.size() < kPrefixBytes + kSignatureBytes) {
        return malformed("it is cut off");
    }
    const ByteView signedPart = bytes.first(bytes.size() - kSignatureBytes);
    ByteReader reader(signedPart);
    static_cast<void>(reader.raw(kMagic.size() + 2));  // read above
    const ByteView headPart = reader.block(kMaxHeadBytes);
    if (reader.failed()) return malformed("it is cut off");
    SOTTO_ASSIGN(Head head, parseHead(headPart));
    if (pinned && *pinned != head.keys.signing) {
        return fail(ErrorCode::SignatureInvalid,
                    "the study pack is signed by another lab key than the one trusted here");
    }
    crypto::Signature signature{};
    std::ranges::copy(bytes.last(kSignatureBytes), signature.begin());
    if (!crypto::verifySignature(head.keys.signing, kContext, signedPart, signature)) {
        return fail(ErrorCode::SignatureInvalid,
                    "the study pack was altered or cut off: its signature does not verify");
    }
    SignedPack result;
    SOTTO_ASSIGN(result.files, splitFiles(reader, head.files));
    SOTTO_ASSIGN(result.pack, parsePack(result.files, CheckFor::Use));
    if (result.pack.id != head.study || result.pack.version != head.version) {
        return malformed("its head names another study than its files");
    }
    if (head.keys.content.empty() || head.keys.identity.empty()) return malformed("it names no recipients");
    result.keys = std::move(head.keys);
    result.bytes.assign(bytes.begin(), bytes.end());
    result.hash = crypto::sha256(bytes);
    return result;
}

QString fingerprintWords(const crypto::VerifyKey& key, const QString& language) {
    constexpr std::size_t kWords = 6;
    const crypto::Sha256Digest digest = crypto::sha256(key);
    const auto& words = fingerprintWordList(language.toStdString());
    QStringList result;
    for (std::size_t i = 0; i < kWords; ++i) {
        const std::string_view word = words[digest[i]];
        result.append(QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size())));
    }
    return result.join(QLatin1Char(' '));
}

}  // namespace sotto::study
