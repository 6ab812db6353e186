// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/press.h"

namespace sotto::platform {

/// Consent on paper by Qt's PDF writer. Needs a QGuiApplication. Any thread.
class PdfPress final : public consent::Press {
public:
    [[nodiscard]] Result<Bytes> print(const consent::Document& document, consent::PageSize size) const override;
    [[nodiscard]] Result<consent::Attachment> picture(ByteView file) const override;
};

}  // namespace sotto::platform
