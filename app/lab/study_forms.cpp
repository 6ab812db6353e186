// SPDX-License-Identifier: Apache-2.0
// Spare forms: what a team takes along on paper, made from the pack, so that paper and tablet bear the same text.
#include "commandline/key_files.h"
#include "commands.h"
#include "platform/pdf/pdf_press.h"
#include "study/pack_source.h"
#include "study/signed_pack.h"

namespace sotto::lab {

namespace {

using app::Arguments;
using app::ExitCode;

const QStringList kSizes{QStringLiteral("letter"), QStringLiteral("a4"), QStringLiteral("a5")};

QString shown(const Path& path) {
    return QString::fromStdString(path.string());
}

consent::PageSize sizeOf(const QString& name) {
    if (name == kSizes[1]) return consent::PageSize::A4;
    return name == kSizes[2] ? consent::PageSize::A5 : consent::PageSize::Letter;
}

QString inLanguage(const study::LocalText& text, const QString& language) {
    const auto found = text.find(language);
    if (found != text.end()) return found->second;
    return text.empty() ? QString() : text.begin()->second;
}

consent::Document blank(const study::StudyPack& pack, const study::ConsentForm& form) {
    consent::Document document;
    document.studyTitle = inLanguage(pack.title, form.language);
    document.ethics = pack.ethicsCertificate;
    document.team = pack.policy.contacts.team;
    document.complaints = pack.policy.contacts.complaints;
    document.papers.push_back({form, {}});
    return document;
}

Result<int> writeForms(const Arguments& arguments, bool& faulty) {
    PosixFileSystem files;
    const Path folder = arguments.positional().at(0).toStdString();
    const Path out = arguments.path(QStringLiteral("out"));
    SOTTO_ASSIGN(const auto source, study::readPackFolder(files, folder));
    const study::Checked checked = study::checkPack(source);
    for (const study::Fault& fault : checked.faults)
        app::say(shown(folder / fault.toString().toStdString()));
    faulty = checked.hasErrors();
    if (faulty) return 0;
    SOTTO_TRY(files.createDirectories(out));
    const platform::PdfPress press;
    const auto size = sizeOf(arguments.value(QStringLiteral("size")).value_or(kSizes.front()));
    int written = 0;
    for (const study::ConsentForm& form : checked.pack.consents) {
        SOTTO_ASSIGN(const Bytes pdf, press.print(blank(checked.pack, form), size));
        const QString name = QStringLiteral("%1.%2.pdf").arg(form.id.isEmpty() ? form.role : form.id, form.language);
        SOTTO_TRY(replaceFile(files, out / name.toStdString(), pdf));
        app::say(shown(out / name.toStdString()));
        ++written;
    }
    return written;
}

int runForms(const Arguments& arguments) {
    const auto size = arguments.value(QStringLiteral("size"));
    if (size && !kSizes.contains(*size)) {
        app::say(
            QStringLiteral("sotto-lab study forms: --size takes one of %1.").arg(kSizes.join(QStringLiteral(", "))));
        return static_cast<int>(ExitCode::Usage);
    }
    bool faulty = false;
    const auto written = writeForms(arguments, faulty);
    if (!written) return app::report(written.error());
    return static_cast<int>(faulty ? ExitCode::Failed : ExitCode::Ok);
}

}  // namespace

app::Command studyFormsCommand() {
    return {QStringLiteral("study forms"),
            QStringLiteral("put the consent forms of a study pack on paper (PDF), to be signed with a pen"),
            {QStringLiteral("PACKDIR")},
            {{QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("folder for the files"), true},
             {QStringLiteral("size"), QStringLiteral("SIZE"), QStringLiteral("letter (default), a4 or a5"), false}},
            QStringLiteral("One file per form and language: FORM.LANGUAGE.pdf. Each page bears the version and the\n"
                           "beginning of the text's fingerprint, as the tablet shows them."),
            runForms};
}

}  // namespace sotto::lab
