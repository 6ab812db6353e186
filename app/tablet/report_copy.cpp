// SPDX-License-Identifier: Apache-2.0
#include "report_copy.h"

namespace sotto::app {

namespace {

study::LocalText inBoth(const char16_t* french, const char16_t* english) {
    return {{QStringLiteral("fr"), QString::fromUtf16(french)}, {QStringLiteral("en"), QString::fromUtf16(english)}};
}

}  // namespace

study::Form reportCopyForm() {
    study::Form form;
    form.id = kReportCopyForm;
    form.title = inBoth(u"Recevoir le rapport", u"Receiving the report");
    form.intro = inBoth(
        u"Vous avez dit que vous aimeriez recevoir le rapport. L'adresse que vous donnez ici est conservée à part, "
        u"sans "
        u"lien avec vos réponses ni avec l'entrevue. Donnez-en une où il peut arriver sans vous gêner\u00a0: d'autres "
        u"personnes pourraient le voir chez vous.",
        u"You said that you would like to receive the report. The address that you give here is kept apart, without a "
        u"link to your answers or to the interview. Give one where it may arrive without trouble for you: others could "
        u"see it at your home.");
    form.kept = study::Kept::Apart;
    study::FormItem address;
    address.type = study::ItemType::Text;
    address.id = QStringLiteral("address");
    address.text = inBoth(u"Où faut-il envoyer le rapport\u00a0? Une adresse courriel ou postale.",
                          u"Where should the report be sent? An e-mail or a postal address.");
    form.items = {address};
    return form;
}

}  // namespace sotto::app
