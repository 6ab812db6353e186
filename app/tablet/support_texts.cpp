// SPDX-License-Identifier: Apache-2.0
#include "support_texts.h"

#include <algorithm>
#include <iterator>

#include <QCoreApplication>

namespace sotto::app {

namespace {

QString words(const char* text) {
    return QCoreApplication::translate("SupportTexts", text);
}

struct Named {
    const char* id;
    const char* name;
};

constexpr Named kPlaces[] = {{"CA", QT_TRANSLATE_NOOP("SupportTexts", "All of Canada")},
                             {"AB", QT_TRANSLATE_NOOP("SupportTexts", "Alberta")},
                             {"BC", QT_TRANSLATE_NOOP("SupportTexts", "British Columbia")},
                             {"MB", QT_TRANSLATE_NOOP("SupportTexts", "Manitoba")},
                             {"NB", QT_TRANSLATE_NOOP("SupportTexts", "New Brunswick")},
                             {"NL", QT_TRANSLATE_NOOP("SupportTexts", "Newfoundland and Labrador")},
                             {"NS", QT_TRANSLATE_NOOP("SupportTexts", "Nova Scotia")},
                             {"NT", QT_TRANSLATE_NOOP("SupportTexts", "Northwest Territories")},
                             {"NU", QT_TRANSLATE_NOOP("SupportTexts", "Nunavut")},
                             {"ON", QT_TRANSLATE_NOOP("SupportTexts", "Ontario")},
                             {"PE", QT_TRANSLATE_NOOP("SupportTexts", "Prince Edward Island")},
                             {"QC", QT_TRANSLATE_NOOP("SupportTexts", "Québec")},
                             {"SK", QT_TRANSLATE_NOOP("SupportTexts", "Saskatchewan")},
                             {"YT", QT_TRANSLATE_NOOP("SupportTexts", "Yukon")}};

constexpr Named kOutcomes[] = {{"stop", QT_TRANSLATE_NOOP("SupportTexts", "Stop here")},
                               {"go", QT_TRANSLATE_NOOP("SupportTexts", "Go on")},
                               {"later", QT_TRANSLATE_NOOP("SupportTexts", "Go on another day")}};

constexpr Named kDeciders[] = {{"participant", QT_TRANSLATE_NOOP("SupportTexts", "decided by the participant")},
                               {"interviewer", QT_TRANSLATE_NOOP("SupportTexts", "decided by the interviewer")},
                               {"both", QT_TRANSLATE_NOOP("SupportTexts", "decided together")},
                               {"on-call", QT_TRANSLATE_NOOP("SupportTexts", "decided with the person on call")}};

template <std::size_t N>
QString nameOf(const Named (&all)[N], const QString& id) {
    const auto* found =
        std::find_if(std::begin(all), std::end(all), [&](const Named& one) { return id == QLatin1String(one.id); });
    return found == std::end(all) ? id : words(found->name);
}

}  // namespace

QByteArray emergencyAlone() {
    return "CA\tfr\tUrgence, danger immédiat\t911\t\t\t2026-11-22\n"
           "CA\ten\tEmergency, immediate danger\t911\t\t\t2026-11-22\n"
           "CA\tfr\tAide en cas de crise de suicide, partout au Canada\t988\t988\t\t2026-11-22\n"
           "CA\ten\tSuicide crisis helpline, all of Canada\t988\t988\t\t2026-11-22\n";
}

std::vector<workflow::HelpHeading> ownProtocol() {
    using study::kProtocolDanger;
    using study::kProtocolPause;
    using study::kProtocolStopOrGo;
    const auto id = [](const char* name) { return QString::fromLatin1(name); };
    return {
        {id(kProtocolPause),
         words(QT_TRANSLATE_NOOP("SupportTexts", "A pause")),
         {},
         {words(QT_TRANSLATE_NOOP("SupportTexts", "Pause the recording and put the tablet aside.")),
          words(QT_TRANSLATE_NOOP("SupportTexts",
                                  "Say that there is no hurry, and ask what would help now: silence, "
                                  "water, fresh air, somebody to call.")),
          words(QT_TRANSLATE_NOOP("SupportTexts", "Offer the lines below, and stay while the person calls.")),
          words(QT_TRANSLATE_NOOP("SupportTexts", "Ask whether to go on, go on another day, or stop."))}},
        {id(kProtocolDanger),
         words(QT_TRANSLATE_NOOP("SupportTexts", "Somebody is in danger now")),
         {},
         {words(QT_TRANSLATE_NOOP("SupportTexts", "Call 911. Say where you are.")),
          words(QT_TRANSLATE_NOOP("SupportTexts", "Stay with the person if you are safe there; leave if you are not.")),
          words(QT_TRANSLATE_NOOP("SupportTexts", "Call the person on call in your team."))}},
        {id(kProtocolStopOrGo),
         words(QT_TRANSLATE_NOOP("SupportTexts", "Stop or go on")),
         words(QT_TRANSLATE_NOOP("SupportTexts", "The person decides. When in doubt, stop.")),
         {}},
    };
}

QString placeName(const QString& place) {
    return nameOf(kPlaces, place);
}

QString decisionText(const QString& outcome, const QString& by) {
    return QCoreApplication::translate("SupportTexts", "%1: %2.")
        .arg(nameOf(kOutcomes, outcome), nameOf(kDeciders, by));
}

QString supportEventText(const interview::Event& event) {
    const auto word = [&](const char* name) {
        const auto found = event.dimensions.find(QString::fromLatin1(name));
        return found == event.dimensions.end() ? QString() : found->second;
    };
    if (event.text == u"step") return QCoreApplication::translate("SupportTexts", "Step %1 done").arg(word("step"));
    if (event.text == u"undone")
        return QCoreApplication::translate("SupportTexts", "Step %1 not done after all").arg(word("step"));
    if (event.text == u"decided") return decisionText(word("outcome"), word("by"));
    if (event.text == u"noted") return QCoreApplication::translate("SupportTexts", "A note was sealed apart");
    return QCoreApplication::translate("SupportTexts", "Opened");
}

}  // namespace sotto::app
