// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include <QTest>

#include "base/check.h"
#include "study/pack_source.h"

namespace sotto::test {

inline QString text(const char* utf8) {
    return QString::fromUtf8(utf8);
}

inline Bytes bytesOf(const QByteArray& content) {
    return {content.begin(), content.end()};
}

/// The files of a pack in the source tree.
inline study::PackFiles packIn(const char* folder) {
    PosixFileSystem disk;
    auto files = study::readPackFolder(disk, Path(SOTTO_SOURCE_DIR) / folder);
    SOTTO_CHECK(files.has_value());
    return *files;
}
inline study::PackFiles practicePack() {
    return packIn("assets/studies/practice");
}
inline study::PackFiles minimalPack() {
    return packIn("tests/data/packs/minimal");
}

/// Replaces the first `from`, which must be there, so that a test that no longer edits anything fails.
inline void edit(study::PackFiles& files, const QString& path, const QByteArray& from, const QByteArray& to) {
    QByteArray content = byteArrayOf(files.at(path));
    const qsizetype place = content.indexOf(from);
    SOTTO_CHECK(place >= 0);
    files[path] = bytesOf(content.replace(place, from.size(), to));
}

/// The number of the first line that holds `needle`.
inline int lineOf(const study::PackFiles& files, const QString& path, const QByteArray& needle) {
    const QByteArray content = byteArrayOf(files.at(path));
    const qsizetype place = content.indexOf(needle);
    SOTTO_CHECK(place >= 0);
    return static_cast<int>(content.left(place).count('\n')) + 1;
}

inline QByteArray allFaults(const std::vector<study::Fault>& faults) {
    QByteArray result = "the faults found are:\n";
    for (const study::Fault& fault : faults) {
        result += fault.toString().toUtf8() + '\n';
    }
    return result;
}

inline bool hasFault(const std::vector<study::Fault>& faults, const QString& file, int line, const QString& part) {
    return std::ranges::any_of(faults, [&](const study::Fault& fault) {
        return fault.file == file && fault.line == line && fault.sentence.contains(part);
    });
}

}  // namespace sotto::test

/// The pack has just this many faults, and one of them stands there and says that.
#define VERIFY_FAULT(files, count, file, line, part)                                                                 \
    do {                                                                                                             \
        const auto checkedPack = ::sotto::study::checkPack(files);                                                   \
        QVERIFY2(checkedPack.faults.size() == static_cast<std::size_t>(count) && checkedPack.hasErrors(),            \
                 ::sotto::test::allFaults(checkedPack.faults).constData());                                          \
        QVERIFY2(                                                                                                    \
            ::sotto::test::hasFault(checkedPack.faults, ::sotto::test::text(file), line, ::sotto::test::text(part)), \
            ::sotto::test::allFaults(checkedPack.faults).constData());                                               \
    } while (false)
