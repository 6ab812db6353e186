// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/file.h"
#include "package/withdrawal.h"

// Private to this module: which withdrawal orders a lab desk has taken, and how far it has come with each.
namespace sotto::sync {

/// OUT/withdrawn.json, replaced atomically. One thread.
class Withdrawn {
public:
    struct Line {
        package::WithdrawalOrder order;
        QByteArray text;  ///< as the device signed it
        /// What became of each package; empty until all of it is removed.
        std::vector<package::DeletionReceipt::Line> outcome;
        QByteArray receipt;  ///< as this lab signed it; empty until it holds its key
    };
    /// Missing is empty. ParseFailed, NewerVersion: then nothing may be received, or what was taken back would return.
    [[nodiscard]] static Result<Withdrawn> load(FileSystem& files, const Path& path);

    [[nodiscard]] const std::vector<Line>& lines() const { return m_lines; }
    [[nodiscard]] const Line* find(const package::OrderId& id) const;
    /// The order that names the package with this hash.
    [[nodiscard]] const Line* naming(const crypto::Sha256Digest& sha256) const;
    /// Adds a line, or puts it in the place of the one with its id; and writes the file.
    [[nodiscard]] Result<> put(FileSystem& files, const Line& line);

private:
    explicit Withdrawn(Path path) : m_path(std::move(path)) {}
    Path m_path;
    std::vector<Line> m_lines;
};

}  // namespace sotto::sync
