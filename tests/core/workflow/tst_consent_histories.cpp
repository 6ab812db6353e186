// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "core/workflow/forget_fixture.h"
#include "package/seal.h"
#include "workflow/listen.h"
#include "workflow/session_plan.h"
#include "workflow/withdrawal.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;
using package::PackageKind;

// Random histories of consent, recording, pauses, taking back and sealing. Whatever their order: no sound outside what
// was granted, nothing in a package that consent keeps out, nothing to be read after an erasure.

namespace {

struct Held {
    SessionId id;
    bool audioAllowed = false;  ///< when it began
    bool shareAllowed = false;
    bool recorded = false;
};

/// What we know of somebody, beside the program.
struct Person {
    people::Participant participant;
    QString word;  ///< in their name and notes, and nobody else's
    bool hasConsent = false;
    bool takesPart = false;
    bool audio = false;
    bool share = false;
    std::optional<Wish> wish;
    bool soundErased = false;
    std::vector<Held> sessions;

    [[nodiscard]] bool mayGoOn() const { return takesPart && !wish; }
};

class History {
public:
    explicit History(unsigned seed, const Snapshot& begin) : m_random(seed), m_world(begin) {
        m_home = must(m_world.unlock());
        m_people.reserve(3);
    }

    /// Empty, or what went wrong.
    [[nodiscard]] QString run() {
        const int steps = 8 + pick(14);
        for (int i = 0; i < steps && m_wrong.isEmpty(); ++i)
            step();
        closeLive();
        finish();
        return m_wrong.isEmpty() ? QString() : m_wrong + QStringLiteral("\n after: ") + m_told.join(u' ');
    }

private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(m_random); }
    bool coin() { return pick(2) == 0; }
    void told(const QString& what) { m_told.append(what); }
    void check(bool holds, const QString& what) {
        if (!holds && m_wrong.isEmpty()) m_wrong = what;
    }
    Person* somebody() {
        std::vector<Person*> there;
        for (Person& one : m_people) {
            if (one.wish != Wish::Erase) there.push_back(&one);
        }
        return there.empty() ? nullptr : there[static_cast<std::size_t>(pick(static_cast<int>(there.size())))];
    }

    void step() {
        if (m_people.empty() || (m_people.size() < 3 && pick(5) == 0)) return enrol();
        Person* person = m_live ? m_inLive : somebody();
        if (person == nullptr) return enrol();
        switch (pick(m_live ? 10 : 9)) {
            case 0:
            case 1:
                return consent(*person);
            case 2:
            case 3:
                return m_live ? talk() : begin(*person);
            case 4:
                return m_live ? record() : resume(*person);
            case 5:
                return m_live ? pause() : seal(*person);
            case 6:
                return m_live ? closeLive() : restart();
            case 7:
                return pick(3) == 0 ? takeBack(*person) : static_cast<void>(pick(2));
            case 8:
                return m_live ? talk() : deliver();
            default:
                return m_live ? record() : seal(*person);
        }
    }

    void enrol() {
        if (m_people.size() == 3) return;
        Person person;
        person.word = QStringLiteral("zz%1kanari%1").arg(QChar(char16_t(u'a' + m_people.size())));
        person.participant = must(enrolPerson(*m_home, QStringLiteral("Camille ") + person.word));
        m_people.push_back(person);
        told(QStringLiteral("enrol"));
    }

    void consent(Person& person) {
        if (m_live && coin()) return;
        auto items = consentItems(coin(), coin());
        items[QStringLiteral("take-part")] = pick(5) != 0;
        if (const auto given = giveConsent(*m_home, person.participant, items); !given) return;
        person.hasConsent = true;
        person.takesPart = items[QStringLiteral("take-part")];
        person.audio = person.takesPart && items[QStringLiteral("audio")];
        person.share = person.takesPart && items[QStringLiteral("share")];
        told(QStringLiteral("consent(%1%2%3)").arg(person.takesPart).arg(person.audio).arg(person.share));
    }

    void begin(Person& person) {
        const bool planned = planSession(*m_home, person.participant).has_value();
        auto live = LiveSession::begin(*m_home, person.participant, coin());
        check(live.has_value() == person.mayGoOn() && planned == live.has_value(),
              QStringLiteral("an interview began, or did not, against the consent"));
        if (!live) return;
        m_live = *std::move(live);
        m_inLive = &person;
        person.sessions.push_back({m_live->id(), person.audio, person.share, false});
        check(m_live->hasAudio() == person.audio, QStringLiteral("it has sound, or has none, against the consent"));
        told(QStringLiteral("begin"));
        if (coin()) record();
    }

    void resume(Person& person) {
        if (person.sessions.empty()) return;
        Held& held = person.sessions.back();
        auto live = LiveSession::resume(*m_home, held.id);
        if (!live) return;
        check(person.mayGoOn(), QStringLiteral("an interview went on against the consent"));
        m_live = *std::move(live);
        m_inLive = &person;
        told(QStringLiteral("resume"));
    }

    void record() {
        if (m_live->isRecording()) return;
        Held& held = m_inLive->sessions.back();
        const bool allowed = held.audioAllowed && m_inLive->audio && !m_inLive->wish;
        const bool recording = m_live->record().has_value();
        check(recording == allowed, QStringLiteral("it records, or does not, against the consent"));
        if (!recording) return;
        must(speak(*m_live, 60));
        held.recorded = true;
        told(QStringLiteral("record"));
    }

    void talk() {
        if (m_live->commit(note(m_inLive->word + QStringLiteral(" was said")))) told(QStringLiteral("note"));
        if (m_live->isRecording()) must(speak(*m_live, 40));
    }

    void pause() {
        const Result<> paused = coin() ? m_live->pause() : m_live->goOffRecord();
        check(paused && !m_live->isRecording(), QStringLiteral("a pause that is none"));
        told(QStringLiteral("pause"));
    }

    /// Ended, stopped, or broken off.
    void closeLive() {
        if (!m_live) return;
        const int how = pick(3);
        if (how == 0) must(m_live->end());
        if (how == 1) must(m_live->stop());
        m_live.reset();
        m_inLive = nullptr;
        told(QStringLiteral("close%1").arg(how));
    }

    void seal(Person& person) {
        for (const Held& held : person.sessions) {
            const auto sealed = sealSession(*m_home, held.id);
            check(!sealed || person.wish != Wish::Later, QStringLiteral("undecided, and sealed"));
            if (sealed) told(QStringLiteral("seal"));
        }
    }

    void restart() {
        m_home.reset();
        m_home = must(m_world.unlock());
        told(QStringLiteral("unlock"));
    }

    void deliver() {
        must(m_world.deliver(*m_home));
        must(m_world.receive());
        told(QStringLiteral("deliver"));
        for (const Person& person : m_people) {
            if (person.wish != Wish::Later) continue;
            for (const Held& held : person.sessions)
                check(m_atLab.count(held.id) != 0 || !atLab(held.id), QStringLiteral("undecided, and sent"));
        }
        for (const Person& person : m_people) {
            for (const Held& held : person.sessions) {
                if (atLab(held.id)) m_atLab.insert(held.id);
            }
        }
    }

    void takeBack(Person& person) {
        constexpr std::array kWishes{Wish::Stop, Wish::Erase, Wish::EraseAudio, Wish::Later, Wish::GoOn};
        const Wish wish = kWishes[static_cast<std::size_t>(pick(5))];
        if (m_live) closeLive();
        const auto until = wish == Wish::Later ? std::optional(m_world.clock.now().utcMs + 1000) : std::nullopt;
        const auto report = withdraw(*m_home, person.participant.id, wish, until);
        const bool mayGoOn = person.wish == Wish::Later || person.wish == Wish::Stop;
        check(report.has_value() == (wish != Wish::GoOn || mayGoOn), QStringLiteral("a wish was not heard"));
        if (!report) return;
        check(report->isDone, QStringLiteral("a wish was not done"));
        person.wish = wish == Wish::GoOn ? std::nullopt : std::optional(wish);
        person.soundErased = person.soundErased || wish == Wish::EraseAudio;
        told(QStringLiteral("wish%1").arg(static_cast<int>(wish)));
    }

    // ---- What must hold at the end

    [[nodiscard]] Path labFolder(const SessionId& id) const { return kLabOut / id.toString().toStdString(); }
    [[nodiscard]] bool atLab(const SessionId& id) { return must(m_world.files.exists(labFolder(id))); }

    void finish() {
        if (!m_wrong.isEmpty()) return;
        for (int i = 0; i < 2; ++i)
            deliver();
        must(m_world.deliver(*m_home));
        const Snapshot disk = m_world.snapshot();
        QByteArray light = broughtToLight(disk, keysOf(m_world));
        light += broughtToLight(disk, Lab::instance().identities());
        for (const auto& [path, content] : disk) {
            if (path.string().starts_with(kLabOut.string())) light += byteArrayOf(content);
        }
        for (const Person& person : m_people) {
            if (person.wish == Wish::Erase) checkGone(person, light);
            for (const Held& held : person.sessions)
                checkSession(person, held);
        }
    }

    void checkGone(const Person& person, const QByteArray& light) {
        check(!light.contains(person.word.toUtf8()), QStringLiteral("a word of somebody who was erased"));
        for (const Compartment compartment : keyring::kCompartments) {
            const QByteArray image = byteArrayOf(m_home->vault(compartment).plainImage());
            check(!image.contains(person.word.toUtf8()) && !image.contains(person.participant.id.toString().toUtf8()),
                  QStringLiteral("a row of somebody who was erased"));
        }
        for (const Held& held : person.sessions)
            check(!atLab(held.id), QStringLiteral("the lab still has what was erased"));
        for (const auto& entry : must(takenBack(*m_home)))
            check(entry.withdrawal.wish != Wish::Erase || !entry.isOrdered || entry.receipt.has_value(),
                  QStringLiteral("an order that nobody answered"));
    }

    void checkSession(const Person& person, const Held& held) {
        if (person.wish != Wish::Erase) {
            const auto records = recordsOf(*m_home, held.id);
            check(records.has_value(), QStringLiteral("a session is gone that nobody erased"));
            if (records) {
                const bool sounds = must(recording::mapAudio(records->log)).hasSound();
                check(!sounds || (held.audioAllowed && held.recorded && !person.soundErased),
                      QStringLiteral("sound in a log that may not have any"));
            }
            const auto listened = Listening::open(*m_home, held.id, QStringLiteral("to check"));
            check(!listened || !person.wish, QStringLiteral("heard after it was taken back"));
        }
        const Path folder = labFolder(held.id);
        const auto has = [&](const char* name) { return must(m_world.files.exists(folder / name)); };
        check(!has("content/audio.opus") || (held.audioAllowed && held.recorded && !person.soundErased),
              QStringLiteral("sound at the lab against the consent"));
        check(!has("research") || held.shareAllowed, QStringLiteral("a research package against the consent"));
        for (const Person& other : m_people) {
            if (&other == &person || !has("content")) continue;
            for (const auto& [path, content] : m_world.snapshot()) {
                if (path.string().starts_with(folder.string()))
                    check(!byteArrayOf(content).contains(other.word.toUtf8()), QStringLiteral("another one's words"));
            }
        }
        if (!has("research")) return;
        for (const auto& [path, content] : m_world.snapshot()) {
            if (!path.string().starts_with((folder / "research").string())) continue;
            const QByteArray text = byteArrayOf(content);
            for (const QString& kept : {person.participant.pseudonym, person.participant.id.toString(),
                                        held.id.toString(), QStringLiteral("Camille")})
                check(!text.contains(kept.toUtf8()), QStringLiteral("a research package says who it is"));
        }
    }

    std::mt19937 m_random;
    World m_world;
    std::unique_ptr<Home> m_home;
    std::vector<Person> m_people;
    std::unique_ptr<LiveSession> m_live;
    Person* m_inLive = nullptr;
    std::set<SessionId> m_atLab;
    QStringList m_told;
    QString m_wrong;
};

}  // namespace

class ConsentHistoriesTest : public QObject {
    Q_OBJECT
private slots:
    void nothingHappensAgainstTheConsent();
};

/// SOTTO_SEQUENCES: how many, 200 if nothing is said; SOTTO_SEED repeats one campaign.
void ConsentHistoriesTest::nothingHappensAgainstTheConsent() {
    const int many =
        qEnvironmentVariableIsSet("SOTTO_SEQUENCES") ? qEnvironmentVariableIntValue("SOTTO_SEQUENCES") : 200;
    const unsigned seed = qEnvironmentVariableIsSet("SOTTO_SEED")
                              ? static_cast<unsigned>(qEnvironmentVariableIntValue("SOTTO_SEED"))
                              : std::random_device()();
    qInfo("%d sequences from SOTTO_SEED=%u", many, seed);
    World world;
    must(world.create());
    const Snapshot begin = world.snapshot();
    for (int i = 0; i < many; ++i) {
        const unsigned its = seed + static_cast<unsigned>(i);
        const QString wrong = History(its, begin).run();
        QVERIFY2(wrong.isEmpty(),
                 qPrintable(QStringLiteral("SOTTO_SEED=%1 SOTTO_SEQUENCES=1: %2").arg(its).arg(wrong)));
    }
}

QTEST_GUILESS_MAIN(ConsentHistoriesTest)
#include "tst_consent_histories.moc"
