// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/bytes.h"
#include "base/result.h"
#include "consent/evidence.h"
#include "study/consent_form.h"

namespace sotto::consent {

/// One form as it goes on paper: with what was answered and signed, or blank.
struct Paper {
    study::ConsentForm form;
    std::optional<Evidence> evidence{};
};

/// What is laid out as one document, in the language of its forms.
struct Document {
    QString studyTitle;
    QString ethics;      ///< certificate; empty: none
    QString team;        ///< whom to ask; empty: the form says it
    QString complaints;  ///< who is independent of the team; empty: the form says it
    std::vector<Paper> papers;
};

enum class PageSize { Letter, A4, A5 };

/// Port: puts consent on paper. Everything happens in memory: no file, no temporary file. Implementations live in
/// platform/. Any thread; one at a time.
class Press {
public:
    virtual ~Press() = default;
    /// A PDF: the participant's copy if the papers have evidence, a form to be filled in with a pen if not.
    [[nodiscard]] virtual Result<Bytes> print(const Document& document, PageSize size) const = 0;
    /// A picture that was taken of a paper, as it is kept: upright, grey, without what cameras add (place, time,
    /// device), no larger than an attachment may be. ParseFailed for anything that is no picture, or a broken one;
    /// InvalidArgument for one of more than 100 million points.
    [[nodiscard]] virtual Result<Attachment> picture(ByteView file) const = 0;
};

}  // namespace sotto::consent
