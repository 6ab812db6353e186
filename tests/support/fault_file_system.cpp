// SPDX-License-Identifier: Apache-2.0
#include "support/fault_file_system.h"

#include <algorithm>
#include <mutex>
#include <random>
#include <set>

#include "base/check.h"
#include "support/memory_disk.h"

namespace sotto::test {

struct FaultFileSystem::Disk {
    std::mutex mutex;
    NodePtr root = makeDirectory();
    std::uint64_t powerCycle = 0;
    std::uint64_t operations = 0;
    std::uint64_t failingOperation = 0;  // 0: none
    bool failForGood = false;
    bool faultHappened = false;
    ErrorCode faultCode = ErrorCode::IoFailed;
    std::uint64_t capacity = UINT64_MAX;

    /// Counts one operation; true if it must fail.
    [[nodiscard]] bool faultDue() {
        ++operations;
        if (failingOperation == 0) return false;
        const bool due = operations == failingOperation || (failForGood && operations > failingOperation);
        faultHappened = faultHappened || due;
        return due;
    }
    [[nodiscard]] Failure fault(const Path& path) const {
        return fail(faultCode, "injected fault at operation " + std::to_string(operations) + " on " + path.string());
    }
    [[nodiscard]] NodePtr find(const Path& path) const {
        NodePtr node = root;
        for (const std::string& part : components(path)) {
            const auto child = node->names.find(part);
            if (child == node->names.end()) return nullptr;
            node = child->second;
        }
        return node;
    }
    [[nodiscard]] NodePtr folderOf(const Path& path) const {
        const NodePtr folder = find(path.lexically_normal().parent_path());
        return folder && folder->isDirectory ? folder : nullptr;
    }
    /// Folders are durable at once: journalling file systems commit a new folder with whatever is synced inside.
    NodePtr makeFolders(const Path& path) {
        NodePtr node = root;
        for (const std::string& part : components(path)) {
            NodePtr& child = node->names[part];
            if (!child) {
                child = makeDirectory();
                node->durableNames[part] = child;
            }
            node = child;
        }
        return node;
    }
    /// How many bytes a file of `before` bytes may grow to on the way to `after`.
    [[nodiscard]] std::uint64_t allowedSize(const Node& node, std::uint64_t after) const {
        if (after <= node.room()) return after;
        const std::uint64_t others = roomUsed(*root) - node.room();
        const std::uint64_t free = capacity > others ? capacity - others : 0;
        return std::min(after, std::max(free, node.room()));
    }

    class OpenFile;
};

class FaultFileSystem::Disk::OpenFile final : public File {
public:
    OpenFile(std::shared_ptr<Disk> disk, NodePtr node, Path path, bool writable)
        : m_disk(std::move(disk)),
          m_node(std::move(node)),
          m_path(std::move(path)),
          m_powerCycle(m_disk->powerCycle),
          m_writable(writable) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() override {
        const std::lock_guard guard(m_disk->mutex);
        if (m_node->lockHolder == this) m_node->lockHolder = nullptr;
    }

    Result<std::uint64_t> size() const override {
        const std::lock_guard guard(m_disk->mutex);
        SOTTO_TRY(alive());
        return m_node->current.size();
    }

    Result<std::size_t> read(std::uint64_t offset, ByteSpan buffer) const override {
        const std::lock_guard guard(m_disk->mutex);
        SOTTO_TRY(alive());
        if (m_disk->faultDue()) return m_disk->fault(m_path);
        const Bytes& content = m_node->current;
        if (offset >= content.size()) return std::size_t{0};
        const std::size_t count = std::min(buffer.size(), content.size() - offset);
        std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(offset), count, buffer.begin());
        return count;
    }

    Result<> write(std::uint64_t offset, ByteView bytes) override {
        const std::lock_guard guard(m_disk->mutex);
        SOTTO_TRY(writable());
        if (m_disk->faultDue()) {
            put(offset, bytes.first(bytes.size() / 2));
            return m_disk->fault(m_path);
        }
        const std::uint64_t end = offset + bytes.size();
        const std::uint64_t allowed = m_disk->allowedSize(*m_node, end);
        if (allowed < end) {
            put(offset, bytes.first(allowed > offset ? allowed - offset : 0));
            return fail(ErrorCode::NoSpace, "no room left to write " + m_path.string());
        }
        put(offset, bytes);
        return {};
    }

    Result<> sync() override {
        const std::lock_guard guard(m_disk->mutex);
        SOTTO_TRY(writable());
        if (m_disk->faultDue()) {
            syncBadly(*m_node, static_cast<unsigned>(m_disk->operations));
            return m_disk->fault(m_path);
        }
        for (const Change& change : m_node->unsynced) {
            applyChange(m_node->durable, change);
        }
        m_node->unsynced.clear();
        return {};
    }

    Result<> truncate(std::uint64_t size) override {
        const std::lock_guard guard(m_disk->mutex);
        SOTTO_TRY(writable());
        if (m_disk->faultDue()) return m_disk->fault(m_path);
        if (m_disk->allowedSize(*m_node, size) < size) {
            return fail(ErrorCode::NoSpace, "no room left to lengthen " + m_path.string());
        }
        m_node->reserved = 0;
        m_node->change({true, size, {}});
        return {};
    }

    Result<> reserve(std::uint64_t size) override {
        const std::lock_guard guard(m_disk->mutex);
        SOTTO_TRY(writable());
        if (m_disk->faultDue()) return m_disk->fault(m_path);
        if (m_disk->allowedSize(*m_node, size) < size) {
            return fail(ErrorCode::NoSpace, "no room left to reserve for " + m_path.string());
        }
        m_node->reserved = std::max(m_node->reserved, size);
        return {};
    }

    Result<> lock() override {
        const std::lock_guard guard(m_disk->mutex);
        SOTTO_TRY(alive());
        if (m_node->lockHolder != nullptr && m_node->lockHolder != this) {
            return fail(ErrorCode::Busy, m_path.string() + " is held by somebody else");
        }
        m_node->lockHolder = this;
        return {};
    }

private:
    Result<> alive() const {
        if (m_powerCycle == m_disk->powerCycle) return {};
        return fail(ErrorCode::IoFailed, m_path.string() + " was open when the power went");
    }
    Result<> writable() const {
        SOTTO_TRY(alive());
        if (m_writable) return {};
        return fail(ErrorCode::IoFailed, m_path.string() + " was opened for reading only");
    }
    void put(std::uint64_t offset, ByteView bytes) {
        if (!bytes.empty()) m_node->change({false, offset, Bytes(bytes.begin(), bytes.end())});
    }

    std::shared_ptr<Disk> m_disk;
    NodePtr m_node;
    Path m_path;
    std::uint64_t m_powerCycle;
    bool m_writable;
};

FaultFileSystem::FaultFileSystem() : m_disk(std::make_shared<Disk>()) {
    m_disk->makeFolders("/");
}

FaultFileSystem::~FaultFileSystem() = default;

void FaultFileSystem::failAt(std::uint64_t operation, bool forGood, ErrorCode code) {
    const std::lock_guard guard(m_disk->mutex);
    m_disk->failingOperation = operation;
    m_disk->failForGood = forGood;
    m_disk->faultCode = code;
    m_disk->faultHappened = false;
}

void FaultFileSystem::clearFaults() {
    const std::lock_guard guard(m_disk->mutex);
    m_disk->failingOperation = 0;
}

bool FaultFileSystem::faultHappened() const {
    return m_disk->faultHappened;
}

std::uint64_t FaultFileSystem::operations() const {
    return m_disk->operations;
}

void FaultFileSystem::resetOperations() {
    const std::lock_guard guard(m_disk->mutex);
    m_disk->operations = 0;
}

void FaultFileSystem::cutPower(Loss loss, unsigned seed) {
    const std::lock_guard guard(m_disk->mutex);
    ++m_disk->powerCycle;
    std::mt19937 random(seed);
    std::set<const Node*> visited;
    losePower(*m_disk->root, loss, random, visited);
}

Bytes FaultFileSystem::content(const Path& path) const {
    const std::lock_guard guard(m_disk->mutex);
    const NodePtr node = m_disk->find(path);
    SOTTO_CHECK(node && !node->isDirectory);
    return node->current;
}

void FaultFileSystem::setContent(const Path& path, Bytes content) {
    const std::lock_guard guard(m_disk->mutex);
    const NodePtr folder = m_disk->makeFolders(path.lexically_normal().parent_path());
    NodePtr& node = folder->names[path.filename().string()];
    if (!node) node = std::make_shared<Node>();
    node->current = std::move(content);
    node->durable = node->current;
    node->unsynced.clear();
    node->reserved = 0;
    folder->durableNames[path.filename().string()] = node;
}

std::vector<Path> FaultFileSystem::paths() const {
    const std::lock_guard guard(m_disk->mutex);
    std::vector<Path> result;
    collectPaths(*m_disk->root, {}, result);
    return result;
}

void FaultFileSystem::setCapacity(std::uint64_t bytes) {
    const std::lock_guard guard(m_disk->mutex);
    m_disk->capacity = bytes;
}

Result<std::unique_ptr<File>> FaultFileSystem::open(const Path& path, OpenMode mode) {
    const std::lock_guard guard(m_disk->mutex);
    if (m_disk->faultDue()) return m_disk->fault(path);
    NodePtr node = m_disk->find(path);
    if (mode == OpenMode::CreateNew) {
        if (node) return fail(ErrorCode::AlreadyExists, path.string() + " exists");
        const NodePtr folder = m_disk->folderOf(path);
        if (!folder) return fail(ErrorCode::NotFound, "no folder for " + path.string());
        node = std::make_shared<Node>();
        folder->names[path.filename().string()] = node;
    }
    if (!node) return fail(ErrorCode::NotFound, "no file " + path.string());
    if (node->isDirectory) return fail(ErrorCode::IoFailed, path.string() + " is a folder");
    return std::make_unique<Disk::OpenFile>(m_disk, node, path, mode != OpenMode::Read);
}

Result<bool> FaultFileSystem::exists(const Path& path) {
    const std::lock_guard guard(m_disk->mutex);
    return m_disk->find(path) != nullptr;
}

Result<> FaultFileSystem::rename(const Path& from, const Path& to) {
    const std::lock_guard guard(m_disk->mutex);
    if (m_disk->faultDue()) return m_disk->fault(to);
    const NodePtr node = m_disk->find(from);
    const NodePtr target = m_disk->folderOf(to);
    if (!node || !target) return fail(ErrorCode::NotFound, "cannot rename to " + to.string());
    const NodePtr present = m_disk->find(to);
    if (present && (present->isDirectory != node->isDirectory || !present->names.empty())) {
        return fail(ErrorCode::IoFailed, to.string() + " is in the way");
    }
    m_disk->folderOf(from)->names.erase(from.lexically_normal().filename().string());
    target->names[to.lexically_normal().filename().string()] = node;
    return {};
}

Result<> FaultFileSystem::remove(const Path& path) {
    const std::lock_guard guard(m_disk->mutex);
    if (m_disk->faultDue()) return m_disk->fault(path);
    const NodePtr node = m_disk->find(path);
    if (!node) return fail(ErrorCode::NotFound, "no file " + path.string());
    if (!node->names.empty()) return fail(ErrorCode::IoFailed, path.string() + " is not empty");
    m_disk->folderOf(path)->names.erase(path.lexically_normal().filename().string());
    return {};
}

Result<> FaultFileSystem::createDirectories(const Path& path) {
    const std::lock_guard guard(m_disk->mutex);
    if (m_disk->faultDue()) return m_disk->fault(path);
    Path partial;
    for (const std::string& part : components(path)) {
        partial /= part;
        const NodePtr node = m_disk->find(partial);
        if (node && !node->isDirectory) return fail(ErrorCode::NotFound, partial.string() + " is a file");
    }
    m_disk->makeFolders(path);
    return {};
}

Result<> FaultFileSystem::syncDirectory(const Path& path) {
    const std::lock_guard guard(m_disk->mutex);
    if (m_disk->faultDue()) return m_disk->fault(path);
    const NodePtr node = m_disk->find(path);
    if (!node || !node->isDirectory) return fail(ErrorCode::NotFound, "no folder " + path.string());
    node->durableNames = node->names;
    return {};
}

Result<std::vector<DirectoryEntry>> FaultFileSystem::list(const Path& path) {
    const std::lock_guard guard(m_disk->mutex);
    if (m_disk->faultDue()) return m_disk->fault(path);
    const NodePtr node = m_disk->find(path);
    if (!node || !node->isDirectory) return fail(ErrorCode::NotFound, "no folder " + path.string());
    std::vector<DirectoryEntry> entries;
    for (const auto& [name, child] : node->names) {
        entries.push_back({name, child->isDirectory});
    }
    return entries;
}

}  // namespace sotto::test
