// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

/// Ports: what the app asks of the device besides sound. Implementations live in platform/.
namespace sotto::workflow {

/// Keeps the device from dimming to a lock or falling asleep while an interview runs. Never a reason to stop one: where
/// the system does not allow it, isHeld() is false and whyNot() says so. One thread.
class KeepAwake {
public:
    virtual ~KeepAwake() = default;
    /// Holds until release() or destruction; may block for a second. Does nothing if it holds already.
    virtual void hold() = 0;
    virtual void release() = 0;
    [[nodiscard]] virtual bool isHeld() const = 0;
    /// English, for the log and the support screen: why the last hold() failed; empty if it did not.
    [[nodiscard]] virtual std::string whyNot() const = 0;
};

/// Room on the file system that holds the home. Thread-safe.
class Storage {
public:
    virtual ~Storage() = default;
    /// Bytes that this user may still write. NotFound, PermissionDenied, IoFailed.
    [[nodiscard]] virtual Result<std::uint64_t> freeBytes() const = 0;
};

struct BatteryState {
    int percent = 0;  ///< 0 to 100
    bool isCharging = false;
    bool operator==(const BatteryState&) const = default;
};

/// Thread-safe.
class Battery {
public:
    virtual ~Battery() = default;
    /// Nothing if the device has no battery, or none that can be read.
    [[nodiscard]] virtual std::optional<BatteryState> state() const = 0;
};

/// Whole minutes of recording that fit into so many bytes, at an Opus target of `bitrate` bits per second (above 0),
/// what the sealed log adds included. Rather too few than too many: a voice at variable bitrate may run above its
/// target for a while.
[[nodiscard]] std::int64_t minutesOfRecording(std::uint64_t freeBytes, int bitrate);

}  // namespace sotto::workflow
