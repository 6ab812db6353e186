// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "consent/press.h"
#include "recording/sound_devices.h"
#include "workflow/device.h"
#include "workflow/speech.h"

namespace sotto::app {

/// What the program found on this device, or a test made. `sound` and `press` may be used from any thread; the rest
/// from the GUI thread, and null where there is none.
struct Devices {
    std::shared_ptr<recording::SoundDevices> sound;
    std::shared_ptr<const consent::Press> press;
    std::unique_ptr<workflow::KeepAwake> keepAwake;
    std::unique_ptr<workflow::Storage> storage;
    std::unique_ptr<workflow::Battery> battery;
    std::unique_ptr<workflow::Speech> speech;
};

}  // namespace sotto::app
