// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file.h"
#include "workflow/device.h"

namespace sotto::platform {

/// The batteries that the kernel shows (its ABI document sysfs-class-power). Of several that feed the machine the one
/// that is fullest counts, for the machine runs until the last is empty; those of a mouse or a pen (scope Device)
/// don't.
class PowerSupply final : public workflow::Battery {
public:
    explicit PowerSupply(Path folder = "/sys/class/power_supply");
    [[nodiscard]] std::optional<workflow::BatteryState> state() const override;

private:
    Path m_folder;
};

}  // namespace sotto::platform
