// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "support/fault_file_system.h"

/// The inside of FaultFileSystem: files and folders in memory, each with what is on the disk and what is only in the
/// cache. For that class alone.
namespace sotto::test {

/// A write that was not synced yet, or a truncation (then `offset` is the new size).
struct Change {
    bool isTruncation = false;
    std::uint64_t offset = 0;
    Bytes bytes;
};

/// Applies it to a file's content.
void applyChange(Bytes& content, const Change& change);

/// A file or a folder; names belong to the folder above.
struct Node {
    bool isDirectory = false;
    // of a file
    Bytes durable;
    Bytes current;
    std::vector<Change> unsynced;
    std::uint64_t reserved = 0;
    const void* lockHolder = nullptr;
    // of a folder
    std::map<std::string, std::shared_ptr<Node>> durableNames;
    std::map<std::string, std::shared_ptr<Node>> names;

    void change(Change what) {
        applyChange(current, what);
        unsynced.push_back(std::move(what));
    }
    [[nodiscard]] std::uint64_t room() const { return std::max<std::uint64_t>(current.size(), reserved); }
};

using NodePtr = std::shared_ptr<Node>;

[[nodiscard]] NodePtr makeDirectory();
/// Brings the node, and all below it, to what the disk holds after a power cut.
void losePower(Node& node, FaultFileSystem::Loss loss, std::mt19937& random, std::set<const Node*>& visited);
/// A sync that fails: part of the unsynced writes reached the disk, one of them torn; the rest counts as clean from now
/// on, as on Linux, and no later sync tries again.
void syncBadly(Node& file, unsigned seed);
/// Bytes taken by a file, or by all files below a folder.
[[nodiscard]] std::uint64_t roomUsed(const Node& node);
/// Appends the paths of all files below the folder.
void collectPaths(const Node& node, const Path& prefix, std::vector<Path>& into);
/// The names a path consists of, without dots and empty ones.
[[nodiscard]] std::vector<std::string> components(const Path& path);

}  // namespace sotto::test
