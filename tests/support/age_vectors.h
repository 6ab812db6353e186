// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace sotto::test {

/// One file of the public age test kit: `key: value` lines, an empty line, an age file.
struct AgeVector {
    QByteArray expect;             ///< "success", or the name of the failure
    QByteArray payloadSha256;      ///< in hexadecimal, of all that is released; empty if nothing is
    QList<QByteArray> identities;  ///< as a key file has them, one a line
    QByteArray file;               ///< the age file, inflated
    bool isKnown = true;           ///< false: has a key that we do not know, and is to be passed over
};

[[nodiscard]] AgeVector readAgeVector(const QString& path);

/// For a test's _data function: a column "path" and a row, by name, for each file of the kit, which lies beside the
/// repository. Skips the test, saying so, if it is not there.
void addAgeVectorRows();

}  // namespace sotto::test
