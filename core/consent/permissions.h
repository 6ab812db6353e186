// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "study/consent_form.h"

namespace sotto::consent {

/// What a yes to one kind of item does. Each is enforced where the table says and tested both ways
/// (tests/core/workflow/tst_permissions.cpp walks them all). Who asks is ConsentState::allows(), and nobody else.
struct Effect {
    study::Permission permission;
    std::string_view allows;   ///< with a yes
    std::string_view without;  ///< with a no, and where no item asks
    std::string_view where;    ///< the module that refuses
};

/// One for each permission there is.
[[nodiscard]] std::span<const Effect> effects();

}  // namespace sotto::consent
