// SPDX-License-Identifier: Apache-2.0
#include "vault/page_image.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "crypto/secure_bytes.h"

namespace sotto::vault {

namespace {

constexpr std::size_t kWord = 8;  ///< pages are compared by words of so many bytes
constexpr PageImage::Page kZeros{};

struct Range {
    std::size_t start = 0;
    std::size_t end = 0;
};

bool differsAt(const PageImage::Page& a, const PageImage::Page& b, std::size_t offset) {
    return std::memcmp(a.data() + offset, b.data() + offset, kWord) != 0;
}

/// Where two pages differ, in whole words. Two places with one equal word between them are one range: the equal word
/// costs little more than the second range's own 4 bytes.
std::vector<Range> differences(const PageImage::Page& old, const PageImage::Page& fresh) {
    std::vector<Range> ranges;
    if (std::memcmp(old.data(), fresh.data(), old.size()) == 0) return ranges;
    for (std::size_t offset = 0; offset < fresh.size(); offset += kWord) {
        if (!differsAt(old, fresh, offset)) continue;
        if (!ranges.empty() && offset - ranges.back().end <= kWord) {
            ranges.back().end = offset + kWord;
        } else {
            ranges.push_back({offset, offset + kWord});
        }
    }
    return ranges;
}

void writePage(ByteWriter& writer, std::uint32_t number, const PageImage::Page& page,
               const std::vector<Range>& ranges) {
    writer.u32(number);
    writer.u16(static_cast<std::uint16_t>(ranges.size()));
    for (const Range& range : ranges) {
        writer.u16(static_cast<std::uint16_t>(range.start));
        writer.u16(static_cast<std::uint16_t>(range.end - range.start));
        writer.raw(ByteView(page).subspan(range.start, range.end - range.start));
    }
}

Failure badRecord() {
    return fail(ErrorCode::Damaged, "a vault's commit record verifies but is not well formed");
}

void wipePage(const std::unique_ptr<PageImage::Page>& page) {
    if (page) crypto::wipe(*page);
}

}  // namespace

PageImage::~PageImage() {
    for (const auto& page : m_pages)
        wipePage(page);
    for (const auto& [number, page] : m_before)
        wipePage(page);
}

bool PageImage::read(std::uint64_t offset, ByteSpan buffer) const {
    std::size_t done = 0;
    while (done < buffer.size()) {
        const std::uint64_t position = offset + done;
        const std::uint64_t page = position / kPageSize;
        if (page >= m_pages.size()) break;
        const std::size_t start = position % kPageSize;
        const std::size_t count = std::min(kPageSize - start, buffer.size() - done);
        std::memcpy(buffer.data() + done, now(static_cast<std::uint32_t>(page)).data() + start, count);
        done += count;
    }
    std::fill(buffer.begin() + static_cast<std::ptrdiff_t>(done), buffer.end(), std::uint8_t{0});
    return done == buffer.size();
}

void PageImage::write(std::uint32_t page, std::span<const std::uint8_t, kPageSize> content) {
    SOTTO_CHECK(page < kMaxPages);
    if (page >= m_pages.size()) m_pages.resize(page + 1);
    keepBefore(page);
    std::copy(content.begin(), content.end(), writable(page).begin());
}

void PageImage::resize(std::uint32_t pages) {
    SOTTO_CHECK(pages <= kMaxPages);
    for (std::uint32_t page = pages; page < m_pages.size(); ++page) {
        keepBefore(page);
        wipePage(m_pages[page]);
    }
    m_pages.resize(pages);
}

Bytes PageImage::encodeChanges() const {
    ByteWriter changed;
    std::uint32_t count = 0;
    const auto add = [&](std::uint32_t page) {
        const auto ranges = differences(before(page), now(page));
        if (ranges.empty()) return;
        writePage(changed, page, now(page), ranges);
        ++count;
    };
    for (const auto& [page, content] : m_before) {
        if (page < m_pages.size()) add(page);
    }
    for (std::uint32_t page = m_acceptedPages; page < m_pages.size(); ++page)
        add(page);
    if (count == 0 && m_pages.size() == m_acceptedPages) return {};
    ByteWriter record;
    record.u32(pages());
    record.u32(count);
    record.raw(changed.view());
    return record.take();
}

Bytes PageImage::encodeAll() const {
    ByteWriter changed;
    std::uint32_t count = 0;
    for (std::uint32_t page = 0; page < pages(); ++page) {
        const auto ranges = differences(kZeros, now(page));
        if (ranges.empty()) continue;
        writePage(changed, page, now(page), ranges);
        ++count;
    }
    ByteWriter record;
    record.u32(pages());
    record.u32(count);
    record.raw(changed.view());
    return record.take();
}

void PageImage::copyFrom(const PageImage& other) {
    SOTTO_CHECK(m_pages.empty() && m_before.empty());
    m_pages.reserve(other.m_pages.size());
    for (const PagePtr& page : other.m_pages)
        m_pages.push_back(page ? std::make_unique<Page>(*page) : nullptr);
    m_acceptedPages = pages();
}

void PageImage::acceptChanges() {
    for (const auto& [number, page] : m_before)
        wipePage(page);
    m_before.clear();
    m_acceptedPages = pages();
}

Result<> PageImage::apply(ByteView record) {
    SOTTO_CHECK(m_before.empty() && m_acceptedPages == pages());
    ByteReader reader(record);
    const std::uint32_t size = reader.u32();
    const std::uint32_t count = reader.u32();
    if (reader.failed() || size > kMaxPages || count > size) return badRecord();
    for (std::size_t page = size; page < m_pages.size(); ++page)
        wipePage(m_pages[page]);
    m_pages.resize(size);
    std::int64_t last = -1;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t page = reader.u32();
        if (reader.failed() || page >= size || page <= last) return badRecord();
        last = page;
        SOTTO_TRY(applyPage(reader, page));
    }
    if (!reader.finished()) return badRecord();
    m_acceptedPages = pages();
    return {};
}

Result<> PageImage::applyPage(ByteReader& reader, std::uint32_t page) {
    const std::uint16_t ranges = reader.u16();
    if (ranges == 0) return badRecord();
    std::size_t end = 0;
    for (std::uint16_t i = 0; i < ranges; ++i) {
        const std::size_t start = reader.u16();
        const std::size_t length = reader.u16();
        const ByteView bytes = reader.raw(length);
        if (reader.failed() || length == 0 || start < end || start + length > kPageSize) return badRecord();
        end = start + length;
        std::copy(bytes.begin(), bytes.end(), writable(page).begin() + static_cast<std::ptrdiff_t>(start));
    }
    return {};
}

Bytes PageImage::bytes() const {
    Bytes all;
    all.reserve(m_pages.size() * kPageSize);
    for (std::uint32_t page = 0; page < m_pages.size(); ++page) {
        all.insert(all.end(), now(page).begin(), now(page).end());
    }
    return all;
}

void PageImage::keepBefore(std::uint32_t page) {
    if (page >= m_acceptedPages || m_before.count(page) != 0) return;
    m_before.emplace(page, m_pages[page] ? std::make_unique<Page>(*m_pages[page]) : nullptr);
}

PageImage::Page& PageImage::writable(std::uint32_t page) {
    if (!m_pages[page]) m_pages[page] = std::make_unique<Page>();
    return *m_pages[page];
}

const PageImage::Page& PageImage::before(std::uint32_t page) const {
    const auto found = m_before.find(page);
    return found != m_before.end() && found->second ? *found->second : kZeros;
}

const PageImage::Page& PageImage::now(std::uint32_t page) const {
    return m_pages[page] ? *m_pages[page] : kZeros;
}

}  // namespace sotto::vault
