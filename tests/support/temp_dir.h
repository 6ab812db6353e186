// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTemporaryDir>

#include "base/check.h"
#include "base/file.h"

namespace sotto::test {

/// A folder that goes away with the test.
class TempDir {
public:
    TempDir() { SOTTO_CHECK(m_dir.isValid()); }
    [[nodiscard]] Path path() const { return m_dir.path().toStdString(); }
    [[nodiscard]] Path operator/(const Path& name) const { return path() / name; }

private:
    QTemporaryDir m_dir;
};

}  // namespace sotto::test
