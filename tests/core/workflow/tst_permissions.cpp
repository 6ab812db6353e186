// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QTest>

#include "consent/permissions.h"
#include "core/workflow/workflow_fixture.h"
#include "people/contacts.h"
#include "workflow/session_plan.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;
using study::Permission;

namespace {

/// The practice study with an item for every permission there is.
study::SignedPack studyWithEveryItem() {
    study::PackFiles files = practicePack();
    edit(files, QStringLiteral("study.yaml"), "visits: {most: 3", "visits: {most: 1");
    for (const char* language : {"en", "fr"}) {
        const QString path = QStringLiteral("consents/person.%1.md").arg(QLatin1String(language));
        Bytes& form = files[path];
        const QByteArray more = "- Link. {#link} (link-sheet, optional)\n- Talk. {#talk} (talk-about-me, optional)\n";
        form.insert(form.end(), more.begin(), more.end());
    }
    return Lab::instance().sign(files);
}

/// A home with one participant who answered `yes` to exactly these permissions.
struct Consented {
    Consented(World& world, const study::SignedPack& pack, const std::vector<Permission>& yes) {
        home = must(Home::create(world.files, kHome, viewOf(kPassphrase), pack, world.clock, cheapOptions()));
        participant = must(enrolPerson(*home));
        must(people::Contacts(home->identities())
                 .setSafeContact(participant.id, QStringLiteral("Canary way"), QStringLiteral("evenings")));
        std::map<QString, bool> items;
        for (const study::ConsentItem& item : home->study().pack.consent(participant.role, QStringLiteral("en"))->items)
            items[item.id] = std::find(yes.begin(), yes.end(), item.permission) != yes.end();
        must(giveConsent(*home, participant, items));
    }
    /// The whole way: an interview, with sound if there may be, sealed.
    [[nodiscard]] SealReport interviewAndSeal() {
        const auto live = must(LiveSession::begin(*home, participant, true));
        hasRecorded = live->record().has_value();
        if (hasRecorded) must(speak(*live, 400));
        must(live->commit(note(QStringLiteral("a note"))));
        must(live->end());
        return must(sealSession(*home, live->id()));
    }
    [[nodiscard]] bool has(const SealReport& report, package::PackageKind kind) const {
        return std::any_of(report.packages.begin(), report.packages.end(),
                           [kind](const sync::OutboxItem& item) { return item.kind == kind; });
    }
    std::unique_ptr<Home> home;
    people::Participant participant;
    bool hasRecorded = false;
};

/// "may_quote" of everything that the lab got.
QList<bool> quotes(World& world, Home& home) {
    must(world.deliver(home));
    must(world.receive());
    QList<bool> all;
    for (const Path& path : world.files.paths()) {
        const Path file = Path("/") / path;
        const bool isTelling = file.filename() == "permissions.json" ||
                               (file.filename() == "manifest.json" && file.parent_path().filename() == "research");
        if (!isTelling) continue;
        all += QJsonDocument::fromJson(byteArrayOf(world.files.content(file)))[u"may_quote"].toBool();
    }
    return all;
}

/// True if what the permission is for happened. No default: a new permission does not build without its test.
bool happens(Permission permission, World& world, Consented& one) {
    if (permission == Permission::TakePart) return LiveSession::begin(*one.home, one.participant, true).has_value();
    const auto report = one.interviewAndSeal();
    switch (permission) {
        case Permission::TakePart:
            return true;
        case Permission::RecordAudio:
            return one.hasRecorded;
        case Permission::ShareDeidentified:
            return one.has(report, package::PackageKind::Research);
        case Permission::Quote: {
            const QList<bool> all = quotes(world, *one.home);
            if (all.isEmpty() || all.count(all.front()) != all.size()) qFatal("packages differ about quotes");
            return all.front();
        }
        case Permission::ContactAgain:
            return !must(people::Contacts(one.home->identities()).card(one.participant.id)).safeWays.isEmpty();
        case Permission::ReceiveReport:
        case Permission::LinkSheet:
        case Permission::TalkAboutMe:
            // Enforced where forms and pairs are kept, by this answer alone.
            return must(consent::consentInForce(one.home->sessions(), one.participant.id))->allows(permission);
    }
    qFatal("a permission without a test");
}

}  // namespace

/// Every item of consent is enforced, in both directions.
class TestPermissions : public QObject {
    Q_OBJECT

private slots:
    void theTableHasEachPermissionOnce() {
        QCOMPARE(consent::effects().size(), study::allPermissions().size());
        for (const Permission permission : study::allPermissions()) {
            const auto count = std::count_if(consent::effects().begin(), consent::effects().end(),
                                             [&](const auto& effect) { return effect.permission == permission; });
            QCOMPARE(count, 1);
        }
    }

    void aYesLetsItHappenAndANoDoesNot_data() {
        QTest::addColumn<int>("permission");
        for (const Permission permission : study::allPermissions())
            QTest::newRow(qPrintable(study::permissionName(permission))) << static_cast<int>(permission);
    }
    void aYesLetsItHappenAndANoDoesNot() {
        QFETCH(const int, permission);
        const auto asked = static_cast<Permission>(permission);
        const study::SignedPack pack = studyWithEveryItem();
        {
            World world;
            Consented alone(world, pack, {Permission::TakePart, asked});
            QVERIFY(happens(asked, world, alone));
        }
        std::vector<Permission> others = study::allPermissions();
        std::erase(others, asked);
        World world;
        Consented allButThis(world, pack, others);
        QVERIFY(!happens(asked, world, allButThis));
    }
};

QTEST_GUILESS_MAIN(TestPermissions)
#include "tst_permissions.moc"
