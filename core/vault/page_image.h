// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::vault {

/// The pages of one database in memory, and what has changed since the last commit that the log took.
///
/// Invariant: whatever SQLite writes, cuts or takes back, the versions of the last commit are kept until
/// acceptChanges(), so that encodeChanges() is always the whole way from that commit to now, and a rolled back
/// transaction encodes to nothing. Pages are wiped when they go. One thread.
class PageImage {
public:
    static constexpr std::size_t kPageSize = 4096;
    static constexpr std::uint32_t kMaxPages = 16384;        ///< 64 MiB
    static constexpr std::uint32_t kNearlyFullPages = 8192;  ///< 32 MiB
    using Page = std::array<std::uint8_t, kPageSize>;

    PageImage() = default;
    PageImage(const PageImage&) = delete;
    PageImage& operator=(const PageImage&) = delete;
    ~PageImage();

    [[nodiscard]] std::uint32_t pages() const { return static_cast<std::uint32_t>(m_pages.size()); }
    /// Fills the buffer from byte `offset` on; what lies behind the end is zero. False if some of it does.
    [[nodiscard]] bool read(std::uint64_t offset, ByteSpan buffer) const;
    /// Writes one page, numbered from 0, and grows the image as needed. `page` is below kMaxPages.
    void write(std::uint32_t page, std::span<const std::uint8_t, kPageSize> content);
    /// Cuts or grows (by zeros) to so many pages, at most kMaxPages.
    void resize(std::uint32_t pages);

    /// The commit record's body (grammar in README.md); empty if nothing differs from the last accepted state.
    [[nodiscard]] Bytes encodeChanges() const;
    /// The log has taken what encodeChanges() said.
    void acceptChanges();
    /// Replays one commit record onto an image without changes. Damaged if it is not one that encodeChanges() makes;
    /// the image is then of no use.
    [[nodiscard]] Result<> apply(ByteView record);

    /// The body of a commit record that makes this image from none.
    [[nodiscard]] Bytes encodeAll() const;
    /// Becomes a copy of an image; both count as accepted.
    void copyFrom(const PageImage& other);

    /// All pages in order.
    [[nodiscard]] Bytes bytes() const;

private:
    using PagePtr = std::unique_ptr<Page>;  ///< null stands for a page of zeros

    void keepBefore(std::uint32_t page);
    [[nodiscard]] Page& writable(std::uint32_t page);
    [[nodiscard]] const Page& before(std::uint32_t page) const;
    [[nodiscard]] const Page& now(std::uint32_t page) const;
    [[nodiscard]] Result<> applyPage(ByteReader& reader, std::uint32_t page);

    std::vector<PagePtr> m_pages;
    std::map<std::uint32_t, PagePtr> m_before;  ///< accepted versions of pages touched since
    std::uint32_t m_acceptedPages = 0;
};

}  // namespace sotto::vault
