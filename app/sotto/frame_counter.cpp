// SPDX-License-Identifier: Apache-2.0
#include "frame_counter.h"

#include <atomic>
#include <bit>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace sotto::app {

static_assert(std::endian::native == std::endian::little, "the counter file is little-endian");

Result<FrameCounter> FrameCounter::open(const Path& path) {
    const auto failed = [&path] {
        return fail(ErrorCode::IoFailed, "cannot use " + path.string() + " as frame counter");
    };
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed();
    void* memory = MAP_FAILED;
    if (::ftruncate(descriptor, sizeof(std::uint64_t)) == 0) {
        memory = ::mmap(nullptr, sizeof(std::uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    }
    ::close(descriptor);
    if (memory == MAP_FAILED) return failed();
    auto* value = static_cast<std::uint64_t*>(memory);
    std::atomic_ref(*value).store(0);
    return FrameCounter(value);
}

FrameCounter::FrameCounter(FrameCounter&& other) noexcept : m_value(std::exchange(other.m_value, nullptr)) {}

FrameCounter::~FrameCounter() {
    if (m_value != nullptr) ::munmap(m_value, sizeof *m_value);
}

void FrameCounter::add(std::uint64_t samples) {
    std::atomic_ref(*m_value).fetch_add(samples);
}

}  // namespace sotto::app
