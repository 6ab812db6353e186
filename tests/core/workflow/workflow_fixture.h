// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QStringList>

#include "base/check.h"
#include "core/recording/signals.h"
#include "core/study/pack_fixture.h"
#include "study/signed_pack.h"
#include "support/fake_clock.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"
#include "sync/lab_desk.h"
#include "workflow/deliver.h"
#include "workflow/home.h"
#include "workflow/live_session.h"
#include "workflow/seal_session.h"

namespace sotto::test {

using workflow::Home;
using workflow::LiveSession;

inline const Path kHome = "/tablet/home";
inline const Path kStore = "/store";
inline const Path kLabOut = "/lab";
inline constexpr std::string_view kPassphrase = "cinq mots \xC3\xA0 voix basse";

/// The least that Argon2id takes, so that a test may unlock thousands of times.
inline keyring::KeyringOptions cheapOptions() {
    return {{8, 1}, {8, 1}};
}

/// Keeps the value of a step that the test only prepares with.
template <typename T>
T must(Result<T> result) {
    if (!result) qFatal("%s", qPrintable(describe(result)));
    return *std::move(result);
}
inline void must(const Result<>& result) {
    if (!result) qFatal("%s", qPrintable(describe(result)));
}

/// The lab with its keys, and the practice study as it signed it. Made once.
class Lab {
public:
    [[nodiscard]] static const Lab& instance() {
        static const Lab kLab;
        return kLab;
    }
    [[nodiscard]] std::vector<crypto::age::Identity> identities() const {
        std::vector<crypto::age::Identity> all;
        for (const auto* identity : {&content, &identity_, &analyst})
            all.push_back(identity->clone());
        return all;
    }
    [[nodiscard]] sync::LabDeskKeys deskKeys() const {
        sync::LabDeskKeys keys;
        keys.identities = identities();
        keys.signing = must(crypto::SigningKey::fromSeed(signing.seed()));
        return keys;
    }
    /// Another pack of the same lab.
    [[nodiscard]] study::SignedPack sign(const study::PackFiles& files) const {
        study::LabKeys keys;
        keys.content = {content.recipient()};
        keys.identity = {identity_.recipient()};
        keys.analyst = {analyst.recipient()};
        const Bytes bytes = must(study::signPack(files, keys, signing));
        return must(study::openSignedPack(bytes, std::nullopt));
    }

    crypto::age::Identity content = crypto::age::Identity::generate();
    crypto::age::Identity identity_ = crypto::age::Identity::generate();
    crypto::age::Identity analyst = crypto::age::Identity::generate();
    crypto::SigningKey signing = crypto::SigningKey::generate();
    std::shared_ptr<const study::SignedPack> study = std::make_shared<study::SignedPack>(sign(practicePack()));
};

/// What was on a disk at some moment, so that a fault loop need not live through everything anew.
using Snapshot = std::map<Path, Bytes>;

/// A disk with a home, a folder store and a lab on it, and a clock.
class World {
public:
    World() {
        for (const Path& folder : {Path("/tablet"), kStore, kLabOut})
            must(files.createDirectories(folder));
    }
    explicit World(const Snapshot& snapshot) : World() {
        for (const Path& folder : {kHome / "sessions", kHome / "outbox"})
            must(files.createDirectories(folder));
        for (const auto& [path, content] : snapshot)
            files.setContent(path, content);
    }
    [[nodiscard]] Snapshot snapshot() const {
        Snapshot all;
        for (const Path& path : files.paths())
            all[Path("/") / path] = files.content(path);
        return all;
    }

    [[nodiscard]] Result<std::unique_ptr<Home>> create() {
        return Home::create(files, kHome, viewOf(kPassphrase), *Lab::instance().study, clock, cheapOptions());
    }
    [[nodiscard]] Result<std::unique_ptr<Home>> unlock(std::string_view passphrase = kPassphrase) {
        return Home::unlock(files, kHome, viewOf(passphrase), clock, cheapOptions());
    }
    [[nodiscard]] Result<workflow::DeliveryReport> deliver(Home& home) {
        SOTTO_ASSIGN(const auto store, sync::openFolderStore(files, kStore));
        return workflow::deliver(home, *store);
    }
    [[nodiscard]] Result<std::vector<sync::Received>> receive() {
        SOTTO_ASSIGN(const auto store, sync::openFolderStore(files, kStore));
        return sync::receive(files, *store, Lab::instance().deskKeys(), kLabOut, clock);
    }

    FaultFileSystem files;
    FakeClock clock;
};

/// Names of the files below a folder, relative to it.
inline QStringList filesBelow(const FaultFileSystem& files, const Path& folder) {
    QStringList names;
    for (const Path& path : files.paths()) {
        const Path relative = (Path("/") / path).lexically_relative(folder);
        if (!relative.empty() && *relative.begin() != "..") names += QString::fromStdString(relative.string());
    }
    return names;
}

inline std::map<QString, bool> consentItems(bool audio = true, bool share = true) {
    return {{QStringLiteral("take-part"), true},      {QStringLiteral("audio"), audio},
            {QStringLiteral("quote"), true},          {QStringLiteral("share"), share},
            {QStringLiteral("contact-again"), false}, {QStringLiteral("report"), true}};
}

inline Result<> giveConsent(Home& home, const people::Participant& participant,
                            const std::map<QString, bool>& items = consentItems()) {
    const auto& form = *home.study().pack.consent(participant.role, QStringLiteral("en"));
    consent::Answers answers;
    answers.items = items;
    answers.strokes[consent::Signer::Participant] = {{{10, 50}, {400, 55}}, {{410, 20}}};
    answers.strokes[consent::Signer::Interviewer] = {{{12, 40}, {13, 42}}};
    answers.shownAt = home.clock().now();
    answers.signedAt = home.clock().now();
    SOTTO_ASSIGN(const auto evidence, consent::makeEvidence(participant.id, home.study().pack.id, form, answers,
                                                            home.keyring().deviceKey()));
    consent::Consents consents(home.sessions(), home.identities());
    return consents.add(evidence, form);
}

inline Result<people::Participant> enrolPerson(Home& home, const QString& name = QStringLiteral("Camille Invention")) {
    return people::enrol(home.sessions(), home.identities(), QStringLiteral("person"), name, std::nullopt,
                         home.clock().now());
}

inline people::Participant consentedPerson(Home& home, const std::map<QString, bool>& items = consentItems()) {
    auto participant = must(enrolPerson(home));
    must(giveConsent(home, participant, items));
    return participant;
}

inline interview::Event note(const QString& text) {
    interview::Event event;
    event.kind = interview::EventKind::Note;
    event.text = text;
    return event;
}

inline interview::Event ask(const QString& question) {
    interview::Event event;
    event.kind = interview::EventKind::Ask;
    event.id = question;
    return event;
}

/// Something like speech, encoded again and again by the tests of this folder.
inline std::span<const std::int16_t> voice(int milliseconds) {
    static const Samples kVoice = babble(48000 * 10);
    return std::span(kVoice).first(static_cast<std::size_t>(milliseconds) * 48);
}

/// Feeds the recorder in pieces of 20 ms, as a microphone does.
inline Result<> speak(LiveSession& session, int milliseconds) {
    for (int at = 0; at < milliseconds; at += 20)
        SOTTO_TRY(session.feed(voice(at + 20).subspan(static_cast<std::size_t>(at) * 48)));
    return {};
}

/// What a program was told of an interview; none of it may ever be lost.
struct Acknowledged {
    SessionId id;
    bool began = false;
    QStringList notes;
    std::int64_t syncedMs = 0;
    bool ended = false;
};

/// Length of the interview below: 1300, 260 and 100 ms, each but the last filled up to whole packets of 20 ms that
/// hold the encoder's look-ahead too.
inline constexpr std::int64_t kShortlyMs = 1320 + 280 + 100;

/// A short interview with everything in it: three segments, notes, a pause, a moment off the record.
inline Result<> interviewShortly(Home& home, const people::Participant& participant, Acknowledged& told) {
    SOTTO_ASSIGN(const auto session, LiveSession::begin(home, participant, true));
    told.began = true;
    told.id = session->id();
    const auto part = [&](const QString& words, int milliseconds) -> Result<> {
        SOTTO_TRY(session->record());
        // A segment begins at a packet's border: until something of it is on the disk, that place says nothing.
        const RecordedOffset start = session->position();
        const Result<> spoken = speak(*session, milliseconds);
        if (session->synced() > start) told.syncedMs = session->synced().ms;
        SOTTO_TRY(spoken);
        SOTTO_TRY(session->commit(note(words)));
        told.notes += words;
        return {};
    };
    SOTTO_TRY(session->commit(ask(QStringLiteral("recovery-story"))));
    SOTTO_TRY(part(QStringLiteral("first"), 1300));
    SOTTO_TRY(session->pause());
    SOTTO_TRY(part(QStringLiteral("second"), 260));
    SOTTO_TRY(session->goOffRecord());
    told.syncedMs = session->synced().ms;
    SOTTO_TRY(part(QStringLiteral("third"), 100));
    SOTTO_TRY(session->end());
    told.syncedMs = session->synced().ms;
    told.ended = true;
    return {};
}

inline Result<interview::SessionRow> rowOf(Home& home, const SessionId& id) {
    const interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const auto row, index.find(id));
    if (!row) return fail(ErrorCode::NotFound, "no row of that session");
    return *row;
}

inline Result<interview::SessionRecords> recordsOf(Home& home, const SessionId& id) {
    SOTTO_ASSIGN(const auto row, rowOf(home, id));
    return interview::readSession(home.files(), home.layout().sessionLog(row.logName),
                                  home.keyring().identities(keyring::Compartment::Sessions));
}

inline Result<std::vector<sync::OutboxItem>> outboxItems(Home& home) {
    return sync::Outbox(home.outbox(), home.files(), home.layout().outboxFolder()).items();
}

}  // namespace sotto::test
