// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QString>

#include "base/file.h"
#include "base/result.h"

namespace sotto::package {

using ByteSink = std::function<Result<>(ByteView)>;
using ByteSource = std::function<Result<std::size_t>(ByteSpan)>;

/// Writes a tar stream (POSIX ustar/pax by libarchive) with fixed owner, mode and time: nothing of the device leaks.

class TarWriter {
public:
    [[nodiscard]] static Result<TarWriter> start(ByteSink sink);
    TarWriter(TarWriter&&) noexcept;
    ~TarWriter();
    [[nodiscard]] Result<> add(const QString& name, ByteView content);
    /// Streams an entry of exactly `size` bytes: `produce` is given a sink for them.
    [[nodiscard]] Result<> addStream(const QString& name, std::uint64_t size,
                                     const std::function<Result<>(const ByteSink&)>& produce);
    [[nodiscard]] Result<> finish();

private:
    struct State;
    explicit TarWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Unpacks regular files and folders below `target`, which must not exist yet: into `<target>.part` first, renamed
/// when whole, so nothing half-written stays. Names that climb out of the folder, absolute names, links, devices,
/// doubled names and absurd sizes are ParseFailed.
[[nodiscard]] Result<> unpackTar(FileSystem& files, const ByteSource& source, const Path& target);

}  // namespace sotto::package
