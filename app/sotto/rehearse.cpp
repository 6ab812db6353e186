// SPDX-License-Identifier: Apache-2.0
#include "assets/assets.h"
#include "base/check.h"
#include "commandline/key_files.h"
#include "commands.h"
#include "delivery.h"
#include "pacing.h"
#include "platform/wav/wav_input.h"
#include "rehearsal_voice.h"
#include "studies/study_choice.h"
#include "sync/store.h"
#include "unlocking.h"
#include "workflow/deliver.h"
#include "workflow/rehearsal.h"
#include "workflow/seal_session.h"

namespace sotto::app {

namespace {

using workflow::Compartment;

QString option(const char* name) {
    return QString::fromLatin1(name);
}

Result<study::RehearsalScript> loadScript(FileSystem& files, const Arguments& arguments) {
    Bytes yaml;
    if (arguments.isSet(option("script"))) {
        SOTTO_ASSIGN(yaml, readFile(files, arguments.path(option("script")), 1U << 20));
    } else {
        const auto shipped = assets::practiceScript(QStringLiteral("person"));
        SOTTO_CHECK(shipped.has_value());
        const ByteView bytes = viewOf(*shipped);
        yaml.assign(bytes.begin(), bytes.end());
    }
    auto script = study::parseRehearsalScript(yaml);
    if (!script) {
        const QString name = arguments.value(option("script")).value_or(QStringLiteral("the shipped script"));
        return fail(script.error().code, name.toStdString() + ", " + script.error().context);
    }
    return script;
}

StudyChoice studyChoice(const Arguments& arguments) {
    return {arguments.value(option("study")), arguments.value(option("keys")), arguments.path(option("home"))};
}

/// For a home that is not there yet: a script that does not fit is told before keys, voice or home are made.
Result<> checkFirst(FileSystem& files, const Arguments& arguments, const study::RehearsalScript& script) {
    SOTTO_ASSIGN(const bool exists, keyring::Keyring::exists(files, arguments.path(option("home"))));
    if (exists) return {};
    SOTTO_ASSIGN(const auto pack, packForNewHome(files, studyChoice(arguments)));
    return workflow::checkScript(script, pack);
}

/// Unlocks the home, or makes it when there is none.
Result<std::unique_ptr<workflow::Home>> homeFor(FileSystem& files, const Arguments& arguments, const Clock& clock) {
    const Path path = arguments.path(option("home"));
    const StudyChoice choice = studyChoice(arguments);
    SOTTO_ASSIGN(const bool exists, keyring::Keyring::exists(files, path));
    if (exists) {
        SOTTO_ASSIGN(auto home, openHome(files, clock, arguments));
        SOTTO_TRY(home->need({Compartment::Sessions, Compartment::Identities, Compartment::Outbox}));
        SOTTO_TRY(checkSameStudy(files, choice, home->study()));
        return home;
    }
    SOTTO_ASSIGN(const auto passphrase, readPassphrase(files, arguments.path(option("passphrase-file"))));
    SOTTO_ASSIGN(const auto study, studyForNewHome(files, choice));
    SOTTO_ASSIGN(const auto options, newKeyOptions());
    SOTTO_ASSIGN(auto home,
                 workflow::Home::create(files, path, passphrase.view(), study, clock, options, personOf(arguments)));
    say(QStringLiteral("A new home was made at %1; its study is '%2', vouched for by the lab key with the words: %3.")
            .arg(arguments.required(option("home")), study.pack.id,
                 study::fingerprintWords(study.keys.signing, QStringLiteral("en"))));
    return home;
}

QString seconds(std::int64_t ms) {
    return QString::number(static_cast<double>(ms) / 1000.0, 'f', 1);
}

void sayResult(const workflow::RehearsalReport& result) {
    say(QStringLiteral("The interview ended: %1 s recorded, %2 steps of the script done.")
            .arg(seconds(result.sealed.recordedMs))
            .arg(result.stepsDone));
    if (result.stepsAfterEnd > 0) {
        say(QStringLiteral("%1 step(s) of the script lie after the end of the voice and were left out.")
                .arg(result.stepsAfterEnd));
    }
    for (const auto& item : result.sealed.packages) {
        say(QStringLiteral("Sealed: %1 package, %2 bytes.").arg(package::packageKindName(item.kind)).arg(item.size));
    }
    if (result.sealed.researchWithheld)
        say(QStringLiteral("No research package: the participant did not agree to it."));
}

void sayDelivery(const workflow::RehearsalReport& result, const workflow::DeliveryReport& delivered,
                 const QString& store) {
    say(QStringLiteral("Sent to %1: %2 package(s), %3 bytes. Receipts taken: %4.")
            .arg(store)
            .arg(delivered.sent)
            .arg(delivered.bytes)
            .arg(delivered.receipts));
    sayTroubles(delivered);
    say(QStringLiteral("Session %1. The lab opens it with: sotto-lab receive %2 --keys DIR --out DIR")
            .arg(result.sealed.session.toString(), store));
}

/// A store that can't be one is told before the home is touched; a new one is made only once the home is open.
Result<> checkStore(FileSystem& files, const std::optional<QString>& store) {
    if (!store) return {};
    SOTTO_ASSIGN(const bool exists, files.exists(store->toStdString()));
    if (exists) SOTTO_TRY(sync::openFolderStore(files, store->toStdString()));
    return {};
}

Result<> sendTo(workflow::Home& home, const QString& store, const workflow::RehearsalReport& result) {
    SOTTO_ASSIGN(const auto opened, sync::openFolderStore(home.files(), store.toStdString()));
    SOTTO_ASSIGN(const auto delivered, workflow::deliver(home, *opened));
    sayDelivery(result, delivered, store);
    return {};
}

Result<> rehearse(const Arguments& arguments) {
    PosixFileSystem files;
    const SystemClock clock;
    SOTTO_ASSIGN(const auto script, loadScript(files, arguments));
    SOTTO_TRY(checkFirst(files, arguments, script));
    SOTTO_ASSIGN(const Path voicePath,
                 voiceFor(files, arguments.value(option("voice")), script.language, arguments.path(option("home"))));
    SOTTO_ASSIGN(const auto voice, platform::WavInput::open(voicePath));
    const auto store = arguments.value(option("store"));
    SOTTO_TRY(checkStore(files, store));
    SOTTO_ASSIGN(const auto home, homeFor(files, arguments, clock));
    SOTTO_TRY(workflow::checkScript(script, home->study().pack));
    if (store) {
        SOTTO_TRY(files.createDirectories(store->toStdString()));
        SOTTO_TRY(sync::openFolderStore(files, store->toStdString()));
    }
    sayWhatWasMended(home->recovery());
    SOTTO_ASSIGN(auto pacing,
                 Pacing::open(arguments.isSet(option("realtime")), arguments.value(option("frame-counter"))));
    workflow::RehearsalHooks hooks;
    hooks.say = &say;
    hooks.samplesHanded = [&pacing](std::size_t samples) { pacing.countSamples(samples); };
    hooks.tick = [&pacing](const workflow::RehearsalProgress& progress) { pacing.tick(progress); };
    SOTTO_ASSIGN(const auto result, workflow::rehearse(*home, script, *voice, hooks));
    sayResult(result);
    if (store) {
        SOTTO_TRY(sendTo(*home, *store, result));
    } else {
        say(QStringLiteral("Session %1. Its packages wait in the home: `sotto deliver` sends them.")
                .arg(result.sealed.session.toString()));
    }
    say(pacing.memoryReport());
    return home->writeAnchors();
}

int runRehearse(const Arguments& arguments) {
    if (const auto done = rehearse(arguments); !done) return report(done.error());
    return static_cast<int>(ExitCode::Ok);
}

}  // namespace

Command rehearseCommand() {
    return {
        QStringLiteral("rehearse"),
        QStringLiteral("act out an interview from a script and a WAV file; makes a practice session"),
        {},
        {{option("study"), option("PACKDIR|FILE"),
          QStringLiteral("study pack folder or .sottostudy; default: the practice study"), false},
         {option("script"), option("FILE.yaml"), QStringLiteral("what happens when; default: the shipped one"), false},
         {option("voice"), option("WAV"), QStringLiteral("what the microphone hears; default: a spoken sample"), false},
         {option("home"), option("DIR"), QStringLiteral("the tablet's home; made if it is not there"), true},
         {option("store"), option("DIR"),
          QStringLiteral("folder that the sealed packages are sent to; default: they wait for `sotto deliver`"), false},
         {option("passphrase-file"), option("FILE"), QStringLiteral("file with the passphrase"), true},
         {option("person"), option("NAME"), QStringLiteral("who conducts it; of a new home, its first person"), false},
         {option("keys"), option("DIR"), QStringLiteral("the lab's keys, to sign an unsigned pack for a new home"),
          false},
         {option("realtime"), QString(), QStringLiteral("pace by the clock; a JSON line per second on stdout"), false},
         {option("frame-counter"), option("FILE"), QStringLiteral("memory-mapped count of samples recorded"), false}},
        QStringLiteral(
            "Everything but the microphone is what the app uses. While the script pauses or goes off the record the\n"
            "voice speaks on unheard, so the recording is that much shorter than the WAV. The frame counter counts\n"
            "48 kHz samples handed to the recorder. Interviews broken off earlier are sealed first."),
        runRehearse};
}

}  // namespace sotto::app
