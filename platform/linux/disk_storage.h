// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file.h"
#include "workflow/device.h"

namespace sotto::platform {

/// The file system that holds `place` (which must exist), by statvfs: what root keeps for itself does not count.
class DiskStorage final : public workflow::Storage {
public:
    explicit DiskStorage(Path place);
    [[nodiscard]] Result<std::uint64_t> freeBytes() const override;

private:
    Path m_place;
};

}  // namespace sotto::platform
