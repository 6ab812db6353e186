// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QProcess>
#include <QStandardPaths>

#include "crypto/age/age.h"
#include "package/seal.h"
#include "package/tar.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"
#include "support/temp_dir.h"

namespace sotto::test {

[[nodiscard]] inline package::ByteSource sourceOf(const Bytes& bytes, std::size_t& position) {
    return [&bytes, &position](ByteSpan buffer) -> Result<std::size_t> {
        const std::size_t count = std::min(buffer.size(), bytes.size() - position);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(position), count, buffer.begin());
        position += count;
        return count;
    };
}

[[nodiscard]] inline Result<> unpack(FileSystem& files, const Bytes& tar, const Path& target) {
    std::size_t position = 0;
    return package::unpackTar(files, sourceOf(tar, position), target);
}

[[nodiscard]] inline package::ByteSink appendTo(Bytes& bytes) {
    return [&bytes](ByteView more) -> Result<> {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return {};
    };
}

/// Runs a program to its end; its exit code, -1 if it did not start or crashed.
[[nodiscard]] inline int run(const QString& program, const QStringList& arguments, const QString& folder = {},
                             QByteArray* output = nullptr) {
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit) return -1;
    if (output) *output = process.readAllStandardOutput();
    return process.exitCode();
}

[[nodiscard]] inline QString text(const Path& path) {
    return QString::fromStdString(path.string());
}

/// An identity and its recipient, for sealing to and opening with.
struct KeyPair {
    KeyPair() { identities.push_back(crypto::age::Identity::generate()); }
    [[nodiscard]] std::vector<crypto::age::Recipient> recipients() const { return {identities.front().recipient()}; }
    std::vector<crypto::age::Identity> identities;
};

/// Some files of a package: facts, a text, something larger than several age chunks in a folder.
[[nodiscard]] inline std::vector<package::PackageFile> someFiles() {
    return {{QStringLiteral("manifest.json"), QByteArrayLiteral("{\"kind\":\"content\",\"practice\":true}")},
            {QStringLiteral("timeline.json"), QByteArrayLiteral("{}")},
            {QStringLiteral("notes/0001.txt"), QByteArray(300'000, 'n')},
            {QStringLiteral("empty.txt"), {}}};
}

}  // namespace sotto::test
