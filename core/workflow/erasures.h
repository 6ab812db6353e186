// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QJsonArray>
#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "sealedlog/format.h"
#include "vault/vault.h"

namespace sotto::workflow {

/// What was asked to be forgotten. Numbers are stored.
enum class ErasureKind { Session = 1, Participant = 2, Audio = 3, Spans = 4, Nomination = 5, Member = 6 };

/// How far an erasure has come; it goes on at the next unlock until it is done.
enum class ErasureStage {
    Removing = 1,  ///< rows, names, packages and logs are being removed, as the plan says
    Turning = 2,   ///< everything is removed, the plan is gone; the keys that old copies open with are being destroyed
    Done = 3,
};

/// A stretch of a recording, in milliseconds of the stitched stream.
struct ErasedSpan {
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0;
};

/// One erasure: while it runs the plan of what is to go, afterwards a tombstone without content.
struct Erasure {
    QString id;  ///< random; the only name that what was erased still has
    ErasureKind kind = ErasureKind::Session;
    ErasureStage stage = ErasureStage::Removing;
    std::int64_t utcMs = 0;
    int sessions = 0;  ///< how many it concerned
    /// {id, sha256} of packages that had left before; while the plan is there also {session, kind}.
    QJsonArray packagesLeft;
    // The plan; empty from Turning on.
    struct Log {
        SessionId session;
        std::string name;
        FileId id;                                ///< of the file that lay there when the plan was made
        std::optional<sealedlog::Anchor> anchor;  ///< that was known of it then
    };
    std::vector<Log> logs;
    std::optional<ParticipantId> participant;
    std::vector<ErasedSpan> spans;
    std::optional<ParticipantId> member;  ///< Member: who is taken out of a group's session
    QString pseudonym;                    ///< of them, for they may be gone when it is carried out
    bool reachesLab = false;              ///< what has left is called back by an order
};

/// The journal of erasures in the sessions vault. One thread; within the transaction that is open, or its own.
class Erasures {
public:
    explicit Erasures(vault::Database& sessions) : m_sessions(&sessions) {}
    [[nodiscard]] static vault::Schema schema();

    [[nodiscard]] Result<> add(const Erasure& erasure);
    /// More of what is to be erased has left than was known when the plan was made.
    [[nodiscard]] Result<> setPackagesLeft(const QString& id, const QJsonArray& packages);
    /// Turning drops the plan, and of the packages that left all but id and hash. NotFound.
    [[nodiscard]] Result<> setStage(const QString& id, ErasureStage stage);
    /// Oldest first.
    [[nodiscard]] Result<std::vector<Erasure>> all() const;
    [[nodiscard]] Result<std::vector<Erasure>> unfinished() const;
    /// Of these, the ones that still have something to remove.
    [[nodiscard]] Result<std::vector<Erasure>> removing() const;

private:
    vault::Database* m_sessions;
};

}  // namespace sotto::workflow
