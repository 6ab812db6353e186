// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file.h"
#include "base/ids.h"
#include "sealedlog/log_reader.h"

namespace sotto::test {

/// Keeps anchors of logs by their id in a file on the disk under test, as a keyring does, so that its own writes fail
/// and lose power like all others. Nothing is ever dropped from it.
class AnchorFile {
public:
    AnchorFile(FileSystem& files, Path path) : m_files(files), m_path(std::move(path)) {}

    [[nodiscard]] Result<> remember(const FileId& id, const sealedlog::Anchor& anchor) {
        SOTTO_ASSIGN(const bool isThere, m_files.exists(m_path));
        Bytes content;
        if (isThere) {
            SOTTO_ASSIGN(content, readFile(m_files, m_path, kLimit));
        }
        ByteWriter writer;
        writer.raw(content);
        writer.raw(id.raw());
        writer.u64(anchor.sequence);
        writer.raw(anchor.tag);
        return replaceFile(m_files, m_path, writer.view());
    }

    [[nodiscard]] std::optional<sealedlog::Anchor> find(const FileId& id) {
        const auto content = readFile(m_files, m_path, kLimit);
        if (!content) return std::nullopt;
        ByteReader reader(*content);
        while (reader.remaining() > 0) {
            const FileId known(reader.array<16>());
            sealedlog::Anchor anchor;
            anchor.sequence = reader.u64();
            anchor.tag = reader.array<16>();
            if (known == id) return anchor;
        }
        return std::nullopt;
    }

    /// For opening a log of which an anchor must be known.
    [[nodiscard]] sealedlog::OpenOptions required() {
        sealedlog::OpenOptions options;
        options.anchorRequired = true;
        options.anchorFor = [this](const FileId& id) { return find(id); };
        return options;
    }

private:
    static constexpr std::uint64_t kLimit = 64U << 10;
    FileSystem& m_files;
    Path m_path;
};

}  // namespace sotto::test
