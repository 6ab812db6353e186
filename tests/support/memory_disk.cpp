// SPDX-License-Identifier: Apache-2.0
#include "support/memory_disk.h"

#include <algorithm>
#include <numeric>

namespace sotto::test {

namespace {

using Loss = FaultFileSystem::Loss;

/// What a write leaves if the power goes while it runs: whole sectors up to some boundary.
Change tornAt(const Change& change, std::uint64_t sector, std::mt19937& random) {
    Change torn = change;
    if (change.isTruncation || change.bytes.empty()) return torn;
    const std::uint64_t first = change.offset / sector;
    const std::uint64_t last = (change.offset + change.bytes.size() - 1) / sector;
    const std::uint64_t boundary = (first + random() % (last - first + 1)) * sector;
    torn.bytes.resize(boundary > change.offset ? boundary - change.offset : 0);
    return torn;
}

std::vector<Change> survivors(const std::vector<Change>& all, Loss loss, std::mt19937& random) {
    std::vector<Change> kept;
    const std::size_t cut = random() % (all.size() + 1);
    if (loss == Loss::Nothing) kept = all;
    if (loss == Loss::OddOnes) {
        const std::size_t parity = random() % 2;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i % 2 == parity) kept.push_back(all[i]);
        }
    }
    if (loss == Loss::TornAt512 || loss == Loss::TornAt4096) {
        kept.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(cut));
        if (cut < all.size()) kept.push_back(tornAt(all[cut], loss == Loss::TornAt512 ? 512 : 4096, random));
    }
    if (loss == Loss::Reordered) {
        kept = all;
        std::shuffle(kept.begin(), kept.end(), random);
        kept.resize(cut);
    }
    return kept;
}

}  // namespace

void applyChange(Bytes& content, const Change& change) {
    if (change.isTruncation) {
        content.resize(change.offset);
        return;
    }
    const std::uint64_t end = change.offset + change.bytes.size();
    if (content.size() < end) content.resize(end);
    std::copy(change.bytes.begin(), change.bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

NodePtr makeDirectory() {
    auto node = std::make_shared<Node>();
    node->isDirectory = true;
    return node;
}

void losePower(Node& node, Loss loss, std::mt19937& random, std::set<const Node*>& visited) {
    if (!visited.insert(&node).second) return;
    if (node.isDirectory) {
        if (loss == Loss::Nothing) node.durableNames = node.names;
        node.names = node.durableNames;
        for (const auto& [name, child] : node.names) {
            losePower(*child, loss, random, visited);
        }
        return;
    }
    node.lockHolder = nullptr;
    if (loss == Loss::Nothing) {
        node.durable = node.current;
    } else {
        for (const Change& change : survivors(node.unsynced, loss, random)) {
            applyChange(node.durable, change);
        }
        node.current = node.durable;
        node.reserved = 0;
    }
    node.unsynced.clear();
}

void syncBadly(Node& file, unsigned seed) {
    std::mt19937 random(seed);
    for (const Change& change : survivors(file.unsynced, Loss::TornAt512, random)) {
        applyChange(file.durable, change);
    }
    file.unsynced.clear();
}

std::uint64_t roomUsed(const Node& node) {
    if (!node.isDirectory) return node.room();
    return std::accumulate(node.names.begin(), node.names.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& entry) { return sum + roomUsed(*entry.second); });
}

void collectPaths(const Node& node, const Path& prefix, std::vector<Path>& into) {
    for (const auto& [name, child] : node.names) {
        if (child->isDirectory) {
            collectPaths(*child, prefix / name, into);
        } else {
            into.push_back(prefix / name);
        }
    }
}

std::vector<std::string> components(const Path& path) {
    std::vector<std::string> parts;
    for (const Path& part : path.lexically_normal()) {
        if (!part.empty() && part != ".") parts.push_back(part.string());
    }
    return parts;
}

}  // namespace sotto::test
