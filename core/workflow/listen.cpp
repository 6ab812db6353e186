// SPDX-License-Identifier: Apache-2.0
#include "workflow/listen.h"

namespace sotto::workflow {

Listening::~Listening() = default;

Result<std::unique_ptr<Listening>> Listening::open(Home&, const SessionId&, const QString&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<std::unique_ptr<Listening>> Listening::open(Home&, const LiveSession&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<> Listening::seek(RecordedOffset) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<std::size_t> Listening::read(std::span<std::int16_t>) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<> Listening::update(std::vector<interview::Event>) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<WaveformScan> WaveformScan::begin(const Listening&, std::int64_t) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<bool> WaveformScan::advance(std::int64_t) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

}  // namespace sotto::workflow
