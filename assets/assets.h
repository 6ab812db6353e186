// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include <QByteArray>

#include "study/pack_source.h"

/// What ships inside the programs. Reads only from the embedded resources; safe to call from any thread.
namespace sotto::assets {

/// The practice study, ready for study::checkPack.
[[nodiscard]] study::PackFiles practiceStudy();

/// The rehearsal script (YAML) of a role of the practice study; nothing for another role.
[[nodiscard]] std::optional<QByteArray> practiceScript(const QString& role);

enum class WordLanguage { French, English };

/// The 7,776 words for generated passphrases (assets/words/README.md), sorted, a-z only. Lives as long as the program.
[[nodiscard]] std::span<const std::string_view> words(WordLanguage language);

}  // namespace sotto::assets
