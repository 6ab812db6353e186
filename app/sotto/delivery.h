// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workflow/deliver.h"

namespace sotto::app {

/// What people should know of a delivery beyond its counts: packages sealed anew, receipts refused.
void sayTroubles(const workflow::DeliveryReport& delivered);

}  // namespace sotto::app
