// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/store_room.h"
#include "interview/speakers.h"
#include "people/groups.h"
#include "workflow/groups.h"

// For the tests of groups: a study in which persons speak in groups of at most four, and a home with some of them.
namespace sotto::test {

using interview::GroupSound;
using workflow::GroupChoice;

inline std::shared_ptr<const study::SignedPack> groupStudy(const QByteArray& ways = "[notes-only, apart]") {
    study::PackFiles files = practicePack();
    const QString path = QStringLiteral("study.yaml");
    edit(files, path, "  - id: caregiver\n", "    session: group\n  - id: caregiver\n");
    edit(files, path, "group: {most: 15, if_one_refuses_audio: [notes-only, apart]}",
         "group: {most: 4, if_one_refuses_audio: " + ways + "}");
    return std::make_shared<study::SignedPack>(Lab::instance().sign(files));
}

/// Three people who consented, in a group.
struct GroupHome : World {
    explicit GroupHome(const std::map<QString, bool>& items = consentItems(),
                       const QByteArray& ways = "[notes-only, apart]")
        : study(groupStudy(ways)) {
        home = must(Home::create(files, kHome, viewOf(kPassphrase), *study, clock, cheapOptions()));
        std::vector<ParticipantId> ids;
        for (int i = 0; i < 3; ++i) {
            people.push_back(consentedPerson(*home, i == 1 ? items : consentItems()));
            ids.push_back(people.back().id);
        }
        group = must(workflow::makeGroup(*home, QStringLiteral("Érable"), ids));
    }
    [[nodiscard]] GroupChoice everybody(GroupSound sound = GroupSound::Recorded) const {
        return {group.members, sound};
    }
    [[nodiscard]] QString id(std::size_t i) const { return people.at(i).id.toString(); }
    [[nodiscard]] Result<std::unique_ptr<LiveSession>> begin(const GroupChoice& choice) const {
        return LiveSession::beginGroup(*home, group.id, choice, true);
    }
    void relock() {
        home.reset();
        home = must(unlock());
    }

    std::shared_ptr<const study::SignedPack> study;
    std::unique_ptr<Home> home;
    std::vector<people::Participant> people;
    people::Group group;
};

}  // namespace sotto::test
