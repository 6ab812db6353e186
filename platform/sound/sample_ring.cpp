// SPDX-License-Identifier: Apache-2.0
#include "platform/sound/sample_ring.h"

#include <algorithm>

#include "base/check.h"
#include "crypto/secure_bytes.h"

namespace sotto::platform {
namespace {

template <typename T>
void wipeVector(std::vector<T>& values) {
    // Growing back to the capacity does not move anything, so that this reaches what a shorter use left behind.
    values.resize(values.capacity());
    const auto bytes = std::as_writable_bytes(std::span(values));
    crypto::wipe({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    values.clear();
}

template <typename T>
void emptyVector(std::vector<T>& values, std::size_t size) {
    if (values.capacity() < size) {
        wipeVector(values);
        values.reserve(size);
    }
    values.clear();
}

void wipeSamples(std::span<std::int16_t> samples) {
    crypto::wipe({reinterpret_cast<std::uint8_t*>(samples.data()), samples.size_bytes()});
}

}  // namespace

void wipeSound(std::vector<float>& sound) {
    wipeVector(sound);
}

void wipeSound(std::vector<std::int16_t>& sound) {
    wipeVector(sound);
}

void emptySound(std::vector<float>& sound, std::size_t size) {
    emptyVector(sound, size);
}

void emptySound(std::vector<std::int16_t>& sound, std::size_t size) {
    emptyVector(sound, size);
}

SampleRing::SampleRing(std::size_t capacity) : m_samples(capacity) {
    SOTTO_CHECK(capacity > 0);
}

SampleRing::~SampleRing() {
    wipeVector(m_samples);
}

std::size_t SampleRing::put(std::span<const std::int16_t> samples) {
    const std::size_t count = std::min(samples.size(), m_samples.size() - m_count);
    const std::size_t at = (m_first + m_count) % m_samples.size();
    const std::size_t untilEdge = std::min(count, m_samples.size() - at);
    std::copy_n(samples.begin(), untilEdge, m_samples.begin() + static_cast<std::ptrdiff_t>(at));
    std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(untilEdge), count - untilEdge, m_samples.begin());
    m_count += count;
    return count;
}

std::size_t SampleRing::get(std::span<std::int16_t> out) {
    const std::size_t count = std::min(out.size(), m_count);
    const std::size_t untilEdge = std::min(count, m_samples.size() - m_first);
    const auto head = std::span(m_samples).subspan(m_first, untilEdge);
    const auto tail = std::span(m_samples).first(count - untilEdge);
    std::copy(head.begin(), head.end(), out.begin());
    std::copy(tail.begin(), tail.end(), out.begin() + static_cast<std::ptrdiff_t>(untilEdge));
    wipeSamples(head);
    wipeSamples(tail);
    m_first = (m_first + count) % m_samples.size();
    m_count -= count;
    return count;
}

void SampleRing::wipeHeld() {
    wipeSamples(m_samples);
    m_first = 0;
    m_count = 0;
}

void SampleRing::offer(std::span<const std::int16_t> samples) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_end) return;
        m_lost += static_cast<std::int64_t>(samples.size() - put(samples));
    }
    m_changed.notify_all();
}

Result<> SampleRing::write(std::span<const std::int16_t> samples) {
    std::unique_lock lock(m_mutex);
    while (!samples.empty()) {
        m_changed.wait(lock, [this] { return m_end || m_count < m_samples.size(); });
        if (m_end) return Failure(*m_end);
        samples = samples.subspan(put(samples));
    }
    return {};
}

Result<std::size_t> SampleRing::read(std::span<std::int16_t> out) {
    if (out.empty()) return std::size_t{0};
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_end || m_count > 0; });
    if (m_count == 0) return Failure(*m_end);
    return get(out);
}

std::size_t SampleRing::take(std::span<std::int16_t> out) {
    std::size_t count = 0;
    {
        const std::lock_guard lock(m_mutex);
        count = get(out);
    }
    if (count > 0) m_changed.notify_all();
    return count;
}

void SampleRing::discard() {
    {
        const std::lock_guard lock(m_mutex);
        wipeHeld();
    }
    m_changed.notify_all();
}

void SampleRing::stop() {
    {
        const std::lock_guard lock(m_mutex);
        wipeHeld();
        if (!m_end) m_end = Error{ErrorCode::Cancelled, "the device was closed"};
    }
    m_changed.notify_all();
}

void SampleRing::fail(Error error) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_end) m_end = std::move(error);
    }
    m_changed.notify_all();
}

std::optional<Error> SampleRing::endedWith() const {
    const std::lock_guard lock(m_mutex);
    return m_end;
}

std::int64_t SampleRing::lost() const {
    const std::lock_guard lock(m_mutex);
    return m_lost;
}

}  // namespace sotto::platform
