// SPDX-License-Identifier: Apache-2.0
#include "commandline/key_files.h"

#include "crypto/secure_bytes.h"

namespace sotto::app {

namespace {

constexpr std::uint64_t kMaxKeyFile = 64 * 1024;
constexpr std::string_view kSigningPrefix = "SOTTO-LAB-SIGNING-KEY-1-";
constexpr std::string_view kVerifyPrefix = "sotto-lab-signing-1-";

Path secretPath(const Path& folder, const QString& name) {
    return folder / (name.toStdString() + (name == u"lab-signing" ? ".key" : ".agekey"));
}

Path publicPath(const Path& folder, const QString& name) {
    Path path = secretPath(folder, name);
    path += ".pub";
    return path;
}

/// Reads a small file whose content is secret into memory that is wiped.
Result<crypto::SecureBytes> readSecret(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::Read));
    SOTTO_ASSIGN(const std::uint64_t size, file->size());
    if (size > kMaxKeyFile)
        return fail(ErrorCode::ParseFailed, path.string() + " is too large to be a key or passphrase");
    crypto::SecureBytes content(size);
    SOTTO_ASSIGN(const std::size_t count, file->read(0, content.span()));
    if (count != size) return fail(ErrorCode::IoFailed, path.string() + " became shorter while it was read");
    return content;
}

/// Writes files that are new, and can take back those that it wrote, and no others.
class NewFiles {
public:
    explicit NewFiles(FileSystem& files) : m_files(files) {}
    Result<> write(const Path& path, ByteView content) {
        SOTTO_ASSIGN(const auto file, m_files.open(path, OpenMode::CreateNew));
        m_made.push_back(path);
        SOTTO_TRY(file->write(0, content));
        return file->sync();
    }
    /// Ignores failures: this follows one, and the first is the one that counts.
    void takeBack() {
        for (const Path& path : m_made)
            static_cast<void>(m_files.remove(path));
    }

private:
    FileSystem& m_files;
    std::vector<Path> m_made;
};

Result<> writePair(NewFiles& files, const Path& folder, const QString& name, ByteView secret,
                   const std::string& publicText) {
    SOTTO_TRY(files.write(secretPath(folder, name), secret));
    return files.write(publicPath(folder, name), viewOf(publicText + "\n"));
}

crypto::SecureBytes joined(std::string_view head, ByteView tail) {
    crypto::SecureBytes text(head.size() + tail.size() + 1);
    std::copy(head.begin(), head.end(), text.span().begin());
    std::copy(tail.begin(), tail.end(), text.span().begin() + static_cast<std::ptrdiff_t>(head.size()));
    text.span().back() = '\n';
    return text;
}

Result<> generateKey(NewFiles& files, const Path& folder, const QString& name) {
    if (name == u"lab-signing") {
        const auto key = crypto::SigningKey::generate();
        const crypto::SecureBytes seed = key.seed();
        crypto::SecureBytes hex(seed.size() * 2);
        static constexpr std::string_view kDigits = "0123456789abcdef";
        for (std::size_t i = 0; i < seed.size(); ++i) {
            hex.span()[2 * i] = static_cast<std::uint8_t>(kDigits[seed.view()[i] >> 4]);
            hex.span()[2 * i + 1] = static_cast<std::uint8_t>(kDigits[seed.view()[i] & 15]);
        }
        return writePair(files, folder, name, joined(kSigningPrefix, hex.view()).view(),
                         std::string(kVerifyPrefix) + toHex(key.verifyKey()));
    }
    const auto identity = crypto::age::Identity::generate();
    const std::string recipient = identity.recipient().toString();
    const std::string head = "# Sotto, " + name.toStdString() + " key\n# public key: " + recipient + "\n";
    return writePair(files, folder, name, joined(head, identity.toText().view()).view(), recipient);
}

int hexDigit(std::uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Result<std::vector<crypto::age::Recipient>> readRecipients(FileSystem& files, const Path& folder, const QString& name) {
    SOTTO_ASSIGN(const bool hasPublic, files.exists(publicPath(folder, name)));
    std::vector<crypto::age::Recipient> recipients;
    if (hasPublic) {
        SOTTO_ASSIGN(const Bytes content, readFile(files, publicPath(folder, name), kMaxKeyFile));
        for (const QByteArray& line : byteArrayOf(content).split('\n')) {
            if (line.trimmed().isEmpty() || line.startsWith('#')) continue;
            SOTTO_ASSIGN(const auto recipient, crypto::age::Recipient::parse(line.trimmed().toStdString()));
            recipients.push_back(recipient);
        }
    } else {
        SOTTO_ASSIGN(const auto secret, readSecret(files, secretPath(folder, name)));
        SOTTO_ASSIGN(const auto identities, crypto::age::parseIdentityFile(secret.view()));
        for (const auto& identity : identities)
            recipients.push_back(identity.recipient());
    }
    if (recipients.empty()) {
        return fail(ErrorCode::NotFound,
                    folder.string() + " holds no " + name.toStdString() + " key; `sotto-lab keygen` makes one");
    }
    return recipients;
}

}  // namespace

Result<std::vector<Path>> generateKeys(FileSystem& files, const Path& folder, const QStringList& names) {
    std::vector<Path> made;
    for (const QString& name : names) {
        for (const Path& path : {secretPath(folder, name), publicPath(folder, name)}) {
            SOTTO_ASSIGN(const bool exists, files.exists(path));
            if (exists) {
                return fail(ErrorCode::AlreadyExists, path.string() + " is there already and is never overwritten");
            }
        }
        made.push_back(secretPath(folder, name));
    }
    SOTTO_TRY(files.createDirectories(folder));
    NewFiles written(files);
    const auto writeAll = [&]() -> Result<> {
        for (const QString& name : names)
            SOTTO_TRY(generateKey(written, folder, name));
        return files.syncDirectory(folder);
    };
    if (auto done = writeAll(); !done) {
        written.takeBack();  // half a set of keys would stand in the way of the next try
        return Failure(std::move(done).error());
    }
    return made;
}

Result<std::vector<crypto::age::Identity>> readIdentities(FileSystem& files, const Path& folder) {
    std::vector<crypto::age::Identity> all;
    SOTTO_ASSIGN(const auto entries, files.list(folder));
    for (const DirectoryEntry& entry : entries) {
        if (entry.isDirectory || Path(entry.name).extension() != ".agekey") continue;
        SOTTO_ASSIGN(const auto content, readSecret(files, folder / entry.name));
        auto identities = crypto::age::parseIdentityFile(content.view());
        if (!identities) {
            return fail(ErrorCode::ParseFailed, (folder / entry.name).string() + " is not an age identity file");
        }
        for (auto& identity : *identities)
            all.push_back(std::move(identity));
    }
    return all;
}

Result<std::optional<crypto::SigningKey>> readSigningKey(FileSystem& files, const Path& folder) {
    const Path path = secretPath(folder, QStringLiteral("lab-signing"));
    SOTTO_ASSIGN(const bool exists, files.exists(path));
    if (!exists) return std::nullopt;
    SOTTO_ASSIGN(const auto content, readSecret(files, path));
    const auto notAKey = [&path] { return fail(ErrorCode::ParseFailed, path.string() + " is not a lab signing key"); };
    crypto::SecureBytes seed(32);
    ByteView text = content.view();
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text = text.first(text.size() - 1);
    if (text.size() != kSigningPrefix.size() + 64) return notAKey();
    if (!std::equal(kSigningPrefix.begin(), kSigningPrefix.end(), text.begin())) return notAKey();
    text = text.subspan(kSigningPrefix.size());
    for (std::size_t i = 0; i < 32; ++i) {
        const int high = hexDigit(text[2 * i]);
        const int low = hexDigit(text[2 * i + 1]);
        if (high < 0 || low < 0) return notAKey();
        seed.span()[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    SOTTO_ASSIGN(auto key, crypto::SigningKey::fromSeed(seed));
    return std::optional(std::move(key));
}

Result<study::LabKeys> readLabKeys(FileSystem& files, const Path& folder) {
    study::LabKeys keys;
    SOTTO_ASSIGN(keys.content, readRecipients(files, folder, QStringLiteral("content")));
    SOTTO_ASSIGN(keys.identity, readRecipients(files, folder, QStringLiteral("identity")));
    SOTTO_ASSIGN(keys.analyst, readRecipients(files, folder, QStringLiteral("analyst")));
    return keys;
}

Result<crypto::SecureBytes> readPassphrase(FileSystem& files, const Path& path) {
    SOTTO_ASSIGN(auto content, readSecret(files, path));
    std::size_t size = content.size();
    if (size > 0 && content.view()[size - 1] == '\n') --size;
    if (size > 0 && size < content.size() && content.view()[size - 1] == '\r') --size;
    if (size == 0) return fail(ErrorCode::InvalidArgument, path.string() + " holds no passphrase");
    return crypto::SecureBytes::copyOf(content.view().first(size));
}

}  // namespace sotto::app
