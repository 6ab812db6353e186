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

/// Writes a tar stream (POSIX ustar, pax where a size asks for it, by libarchive) with fixed owner, mode and time:
/// nothing of the device leaks. Memory: one block. One thread. After a failure the stream is of no use.
class TarWriter {
public:
    [[nodiscard]] static Result<TarWriter> start(ByteSink sink);
    TarWriter(TarWriter&&) noexcept;
    TarWriter& operator=(TarWriter&&) noexcept;
    ~TarWriter();
    /// InvalidArgument for a name that unpackTar() would refuse or that is not plain ASCII.
    [[nodiscard]] Result<> add(const QString& name, ByteView content);
    /// Streams an entry of exactly `size` bytes: `produce` is given a sink for them. InvalidArgument if it gives
    /// more or fewer.
    [[nodiscard]] Result<> addStream(const QString& name, std::uint64_t size,
                                     const std::function<Result<>(const ByteSink&)>& produce);
    /// Writes the end of the archive. Without it the stream is not whole.
    [[nodiscard]] Result<> finish();

private:
    struct State;
    explicit TarWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// What a tar may hold at most; far above anything that Sotto writes.
inline constexpr int kMaxTarEntries = 100'000;
inline constexpr std::uint64_t kMaxTarFileSize = std::uint64_t{8} << 30;

/// A look at the unpacked tree before it gets its name; a failure discards it.
using TreeCheck = std::function<Result<>(const Path& tree)>;

/// Unpacks regular files and folders below `target`, which must not exist yet (AlreadyExists): into `<target>.part`
/// first, every file and folder synced, `check` asked, then renamed; so nothing half-written stays. Names that climb
/// out of the folder, absolute names, backslashes, links, devices, sparse files, doubled names and absurd sizes are
/// ParseFailed. A `.part` that a crash left behind is replaced.
[[nodiscard]] Result<> unpackTar(FileSystem& files, const ByteSource& source, const Path& target,
                                 const TreeCheck& check = {});

}  // namespace sotto::package
