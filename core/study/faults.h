// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QString>

namespace sotto::study {

/// A warning asks somebody to look; only an error keeps a pack from being signed and used.
enum class Severity { Warning, Error };

/// Something wrong in a pack, for whoever wrote it.
struct Fault {
    QString file;  ///< relative to the pack folder
    int line = 1;  ///< from 1
    QString sentence;
    Severity severity = Severity::Error;
    /// "guides/person.fr.md:12: sentence", with "warning: " before the sentence of a warning.
    [[nodiscard]] QString toString() const;
};

/// Collects what is wrong with one file. Keeps at most kMaxFaults, so that a hostile file cannot fill the memory.
/// Does not own the list it writes to.
class FaultList {
public:
    static constexpr std::size_t kMaxFaults = 1000;
    /// From here on only errors are kept, so that warnings never crowd out an error.
    static constexpr std::size_t kMaxFaultsBeforeWarning = kMaxFaults / 2;
    static constexpr int kWholeFile = 1;  ///< the line of what concerns all of a file, or a file that is missing
    FaultList(QString file, std::vector<Fault>& all) : m_file(std::move(file)), m_all(&all) {}
    [[nodiscard]] const QString& file() const { return m_file; }
    /// Every fault has a line: less than 1 becomes kWholeFile.
    void add(int line, const QString& sentence);
    void warn(int line, const QString& sentence);

private:
    QString m_file;
    std::vector<Fault>* m_all;
};

/// The text in straight quotation marks, on one line and at most 60 characters long, for use in a sentence.
[[nodiscard]] QString quoted(const QString& text);

/// True for a name that ties things together: a small letter, then small letters, digits and hyphens; 64 at most.
[[nodiscard]] bool isValidId(const QString& text);

}  // namespace sotto::study
