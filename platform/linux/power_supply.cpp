// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/power_supply.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>

namespace sotto::platform {
namespace {

/// The first line of a small file; empty if there is none. The kernel's files answer in one piece and hold no secrets,
/// so that they do not go through the FileSystem port.
std::string lineOf(const Path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::optional<int> percentOf(const Path& supply) {
    const std::string text = lineOf(supply / "capacity");
    int percent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
    if (error != std::errc() || end != text.data() + text.size() || percent < 0 || percent > 100) return std::nullopt;
    return percent;
}

std::optional<workflow::BatteryState> batteryAt(const Path& supply) {
    if (lineOf(supply / "type") != "Battery" || lineOf(supply / "scope") == "Device") return std::nullopt;
    const auto percent = percentOf(supply);
    if (!percent) return std::nullopt;
    const std::string status = lineOf(supply / "status");
    // "Not charging" is a full or spared battery on the mains: nothing to warn of.
    return workflow::BatteryState{*percent, status == "Charging" || status == "Full" || status == "Not charging"};
}

}  // namespace

PowerSupply::PowerSupply(Path folder) : m_folder(std::move(folder)) {}

std::optional<workflow::BatteryState> PowerSupply::state() const {
    std::optional<workflow::BatteryState> all;
    std::error_code error;
    std::filesystem::directory_iterator supply(m_folder, error);
    for (; !error && supply != std::filesystem::directory_iterator(); supply.increment(error)) {
        const auto battery = batteryAt(supply->path());
        if (!battery) continue;
        if (!all) {
            all = battery;
        } else {
            all->percent = std::max(all->percent, battery->percent);
            all->isCharging = all->isCharging || battery->isCharging;
        }
    }
    return all;
}

}  // namespace sotto::platform
