// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "package/tar.h"
#include "support/fault_file_system.h"

// A tar out of a hostile package: nothing may crash, and nothing may be written but below the target.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sotto;
    test::FaultFileSystem files;
    files.setCapacity(std::uint64_t{8} << 20);
    std::size_t position = 0;
    const package::ByteSource source = [&](ByteSpan buffer) -> Result<std::size_t> {
        const std::size_t count = std::min(buffer.size(), size - position);
        std::copy_n(data + position, count, buffer.begin());
        position += count;
        return count;
    };
    const bool done = package::unpackTar(files, source, "/lab/out").has_value();
    for (const Path& path : files.paths()) {
        if (!done || path.string().rfind("/lab/out/", 0) != 0) std::abort();
    }
    return 0;
}
