// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/forget_fixture.h"

using namespace sotto;
using namespace sotto::test;

class TestForgetCopies : public QObject {
    Q_OBJECT

private slots:
    void noKeyOnTheDeviceOpensACopyFromBefore();
    void anOldKeyringWithItsPassphraseStillOpensAnOldCopy();
    void theCustodianStillOpensAnOldCopy();
    void aCopyFromTheMiddleOfARotationIsForgottenToo();
};

void TestForgetCopies::noKeyOnTheDeviceOpensACopyFromBefore() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    World world(before);
    must(eraseParticipant(*must(world.unlock()), held.first.id));
    const auto keys = keysOf(world);
    QVERIFY(broughtToLight(before, keys).isEmpty());
    // Nor does an old body under a new head: the headers of today's files lead to other file keys, or to their own log.
    const Snapshot now = world.snapshot();
    Snapshot grafted;
    for (const auto& [path, content] : before) {
        const auto today = now.find(path);
        if (today == now.end() || content.size() < 8192 || today->second.size() < 8192) continue;
        Bytes mixed(today->second.begin(), today->second.begin() + 8192);
        mixed.insert(mixed.end(), content.begin() + 8192, content.end());
        grafted[path] = mixed;
    }
    QVERIFY(!broughtToLight(grafted, keys).contains(kWord));
}

void TestForgetCopies::anOldKeyringWithItsPassphraseStillOpensAnOldCopy() {
    // The exception that the design names: on a device without a hardware key store nothing can take back a keyring
    // that somebody has copied and whose passphrase they know.
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    World world(before);
    must(eraseParticipant(*must(world.unlock()), held.first.id));
    World thief(before);
    QVERIFY(broughtToLight(before, keysOf(thief)).contains(kWord));
}

void TestForgetCopies::theCustodianStillOpensAnOldCopy() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    World world(before);
    must(eraseParticipant(*must(world.unlock()), held.first.id));
    const auto lab = Lab::instance().identities();
    QVERIFY(broughtToLight(before, lab).contains(kWord));
    QVERIFY(!broughtToLight(world.snapshot(), lab).contains(kWord));
}

void TestForgetCopies::aCopyFromTheMiddleOfARotationIsForgottenToo() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    int copies = 0;
    for (std::uint64_t n = 10; n <= 60; n += 5) {
        World world(before);
        const auto home = must(world.unlock());
        world.files.resetOperations();
        world.files.failAt(n, true);
        static_cast<void>(rotate(*home, keyring::kCompartments));
        world.files.clearFaults();
        if (!home->keyring().isRotating(Compartment::Sessions)) continue;
        const Snapshot middle = world.snapshot();
        if (!eraseParticipant(*home, held.first.id)) continue;  // the vault has to be opened anew after such a fault
        ++copies;
        QVERIFY2(!broughtToLight(middle, allIdentities(home->keyring())).contains(kWord),
                 qPrintable(QString::number(n)));
    }
    QVERIFY(copies > 0);
}

QTEST_GUILESS_MAIN(TestForgetCopies)
#include "tst_forget_copies.moc"
