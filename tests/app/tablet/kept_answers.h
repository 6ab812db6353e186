// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tablet/form_view_model.h"

namespace sotto::test {

/// What a form saved, in order, and a disk that can fail.
struct KeptAnswers {
    std::vector<std::pair<QString, std::optional<study::Answer>>> saves;
    QStringList alerts;
    bool fails = false;
    std::function<void()> later;  ///< if set, the answer of the disk waits in here

    [[nodiscard]] app::AnswerSaver saver() {
        return [this](const QString& item, const std::optional<study::Answer>& answer,
                      const std::function<void(const Result<QStringList>&)>& then) {
            saves.emplace_back(item, answer);
            if (fails) return then(fail(ErrorCode::NoSpace, "the disk is full"));
            if (isSlow) {
                later = [this, then] { then(std::exchange(alerts, {})); };
                return;
            }
            then(std::exchange(alerts, {}));
        };
    }
    bool isSlow = false;
};

}  // namespace sotto::test
