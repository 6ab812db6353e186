// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "consent/press.h"

namespace sotto::test {

/// Lays out nothing: a PDF is its title, a picture is whatever begins with "picture". The real one has tests of its
/// own.
class FakePress final : public consent::Press {
public:
    [[nodiscard]] Result<Bytes> print(const consent::Document& document, consent::PageSize size) const override {
        const QByteArray text =
            "%PDF of " + document.papers.front().form.title.toUtf8() + (size == consent::PageSize::A5 ? " small" : "");
        return Bytes(text.begin(), text.end());
    }
    [[nodiscard]] Result<consent::Attachment> picture(ByteView file) const override {
        const QByteArray bytes = byteArrayOf(file);
        if (!bytes.startsWith("picture")) return fail(ErrorCode::ParseFailed, "no picture");
        return consent::Attachment{consent::kPictureType, Bytes(bytes.begin(), bytes.end())};
    }
};

}  // namespace sotto::test
