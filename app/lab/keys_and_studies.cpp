// SPDX-License-Identifier: Apache-2.0
#include "commandline/key_files.h"
#include "commands.h"
#include "study/pack_source.h"
#include "study/signed_pack.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;

QString shown(const Path& path) {
    return QString::fromStdString(path.string());
}

int runKeygen(const Arguments& arguments) {
    PosixFileSystem files;
    QStringList names = app::kKeyNames;
    if (const auto only = arguments.value(QStringLiteral("only"))) {
        if (!app::kKeyNames.contains(*only)) {
            app::say(QStringLiteral("sotto-lab keygen: --only takes one of %1.")
                         .arg(app::kKeyNames.join(QStringLiteral(", "))));
            return static_cast<int>(ExitCode::Usage);
        }
        names = QStringList{*only};
    }
    const auto made = app::generateKeys(files, arguments.path(QStringLiteral("out")), names);
    if (!made) return app::report(made.error());
    for (const Path& path : *made)
        app::say(QStringLiteral("made %1 and its .pub").arg(shown(path)));
    app::say(QStringLiteral("Keep the secret files off every tablet, and keep a copy of each in a safe place."));
    return static_cast<int>(ExitCode::Ok);
}

/// Checks the pack as it is to be signed today, and prints every fault, warnings too.
study::Checked checkAloud(const Path& folder, const study::PackFiles& pack) {
    auto checked = study::checkPack(pack, study::CheckFor::Signing, QDate::currentDate());
    for (const study::Fault& fault : checked.faults) {
        app::say(shown(folder / fault.toString().toStdString()));
    }
    return checked;
}

/// What an accepted pack is told; its faults are all warnings.
QString verdict(const Path& folder, const study::Checked& checked) {
    const auto warnings = checked.faults.size();
    QString sentence = QStringLiteral("%1: the study pack '%2' version %3 is in order")
                           .arg(shown(folder), checked.pack.id)
                           .arg(checked.pack.version);
    if (warnings == 1) sentence += QStringLiteral("; look at the warning above");
    if (warnings > 1) sentence += QStringLiteral("; look at the %1 warnings above").arg(warnings);
    return sentence;
}

int runCheck(const Arguments& arguments) {
    PosixFileSystem files;
    const Path folder = arguments.positional().at(0).toStdString();
    const auto pack = study::readPackFolder(files, folder);
    if (!pack) return app::report(pack.error());
    const auto checked = checkAloud(folder, *pack);
    if (checked.hasErrors()) return static_cast<int>(ExitCode::Failed);
    app::say(verdict(folder, checked));
    return static_cast<int>(ExitCode::Ok);
}

Result<> sign(const Arguments& arguments, bool& faulty) {
    PosixFileSystem files;
    const Path folder = arguments.positional().at(0).toStdString();
    const Path keyFolder = arguments.path(QStringLiteral("keys"));
    SOTTO_ASSIGN(const auto pack, study::readPackFolder(files, folder));
    faulty = checkAloud(folder, pack).hasErrors();
    if (faulty) return {};
    SOTTO_ASSIGN(auto keys, app::readLabKeys(files, keyFolder));
    SOTTO_ASSIGN(const auto signing, app::readSigningKey(files, keyFolder));
    if (!signing) {
        return fail(ErrorCode::NotFound,
                    keyFolder.string() + " holds no lab-signing.key; `sotto-lab keygen --only lab-signing` makes one");
    }
    SOTTO_ASSIGN(const Bytes bytes, study::signPack(pack, std::move(keys), *signing));
    SOTTO_TRY(replaceFile(files, arguments.path(QStringLiteral("out")), bytes));
    app::say(QStringLiteral("signed by the lab key whose words are: %1")
                 .arg(study::fingerprintWords(signing->verifyKey(), QStringLiteral("en"))));
    return {};
}

int runSign(const Arguments& arguments) {
    bool faulty = false;
    if (const auto done = sign(arguments, faulty); !done) return app::report(done.error());
    return static_cast<int>(faulty ? ExitCode::Failed : ExitCode::Ok);
}

}  // namespace

app::Command keygenCommand() {
    return {QStringLiteral("keygen"),
            QStringLiteral("make the lab's keys"),
            {},
            {{QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("folder for the keys"), true},
             {QStringLiteral("only"), QStringLiteral("NAME"),
              QStringLiteral("content, identity, analyst or lab-signing"), false}},
            QStringLiteral(
                "content.agekey opens interviews, identity.agekey opens names and consent, analyst.agekey opens\n"
                "research data; give them to different people. lab-signing.key signs studies and receipts. A .pub\n"
                "is put beside each. Existing files are never overwritten."),
            runKeygen};
}

app::Command studyCheckCommand() {
    return {
        QStringLiteral("study check"),
        QStringLiteral("check a study pack; every fault as file:line: sentence"),
        {QStringLiteral("PACKDIR")},
        {},
        QStringLiteral("A line with \"warning:\" asks somebody to look and stops nothing; any other is an error, and\n"
                       "ends in exit code 1. What stands in [brackets], storage and protocol are asked for unless\n"
                       "the pack says \"practice: true\"."),
        runCheck};
}

app::Command studySignCommand() {
    return {QStringLiteral("study sign"),
            QStringLiteral("check a study pack and sign it for tablets"),
            {QStringLiteral("PACKDIR")},
            {{QStringLiteral("keys"), QStringLiteral("DIR"),
              QStringLiteral("the lab's keys (the .pub files and lab-signing.key)"), true},
             {QStringLiteral("out"), QStringLiteral("FILE"), QStringLiteral("the .sottostudy file to write"), true}},
            QString(),
            runSign};
}

}  // namespace sotto::lab
