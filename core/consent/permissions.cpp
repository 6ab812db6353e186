// SPDX-License-Identifier: Apache-2.0
#include "consent/permissions.h"

#include <array>

namespace sotto::consent {

using study::Permission;

std::span<const Effect> effects() {
    static constexpr std::array kEffects{
        Effect{Permission::TakePart, "an interview begins", "no session is opened", "workflow: planSession()"},
        Effect{Permission::RecordAudio, "the microphone records", "notes only; the microphone does not start",
               "recording: Recorder::open(), workflow: LiveSession::record()"},
        Effect{Permission::Quote, "packages say that words may be quoted", "packages say that they may not",
               "package: permissions.json, research manifest, column may_quote"},
        Effect{Permission::ShareDeidentified, "a research package is made", "none is made",
               "deident: researchTables()"},
        Effect{Permission::ContactAgain, "contact details stay", "they are erased when the last visit is sealed",
               "workflow: eraseContactsOfTheDone()"},
        Effect{Permission::ReceiveReport, "an address for the report may be kept, apart", "none is asked for",
               "workflow: forms that are kept apart"},
        Effect{Permission::LinkSheet, "the demographic sheet bears the research code", "it stays without a link",
               "workflow: forms that are kept apart"},
        Effect{Permission::TalkAboutMe, "another person of the triad may speak about this one",
               "that other interview does not begin", "workflow: the pair"},
    };
    return kEffects;
}

}  // namespace sotto::consent
