// SPDX-License-Identifier: Apache-2.0
#include "workflow/persons.h"

#include <algorithm>

#include <QJsonArray>

#include "commands.h"
#include "new_passphrase.h"
#include "unlocking.h"

namespace sotto::app {

namespace {

using workflow::Compartment;

QStringList namesOf(const std::set<Compartment>& compartments) {
    QStringList names;
    for (const Compartment compartment : compartments)
        names += workflow::compartmentName(compartment);
    return names;
}

Result<Compartment> compartmentOf(const QString& name) {
    if (const auto known = workflow::compartmentFromName(name)) return *known;
    return fail(ErrorCode::InvalidArgument,
                "there is no compartment '" + name.toStdString() + "'; they are sessions, identities and outbox");
}

Result<std::set<Compartment>> compartmentsOf(const Arguments& arguments) {
    std::set<Compartment> chosen;
    const QString list = arguments.value(QStringLiteral("compartments")).value_or(QStringLiteral("outbox"));
    for (const QString& name : list.split(u',')) {
        SOTTO_ASSIGN(const Compartment compartment, compartmentOf(name.trimmed()));
        chosen.insert(compartment);
    }
    return chosen;
}

/// Does something to a person of the home that the arguments name, and locks it in order.
template <typename Work>
int withPerson(const Arguments& arguments, const QString& done, const Work& work) {
    const QString& name = arguments.positional().at(0);
    const auto all = [&]() -> Result<> {
        SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
        SOTTO_ASSIGN(const PersonId person, workflow::personNamed(*unlocked->home, name));
        SOTTO_TRY(work(*unlocked->home, person));
        return unlocked->home->writeAnchors();
    };
    if (const auto result = all(); !result) return report(result.error());
    say(done.arg(name));
    return static_cast<int>(ExitCode::Ok);
}

QJsonObject describe(workflow::Home& home) {
    QJsonArray list;
    for (const keyring::Person& person : home.keyring().persons()) {
        QJsonObject json{{QStringLiteral("id"), person.id.toString()},
                         {QStringLiteral("name"), person.name},
                         {QStringLiteral("compartments"), QJsonArray::fromStringList(namesOf(person.compartments))}};
        if (person.id == home.keyring().personId()) json[QStringLiteral("you")] = true;
        list.append(json);
    }
    return {{QStringLiteral("persons"), list}};
}

int runList(const Arguments& arguments) {
    const auto unlocked = unlockHome(arguments);
    if (!unlocked) return report(unlocked.error());
    const QJsonObject persons = describe(*(*unlocked)->home);
    if (const auto locked = (*unlocked)->home->writeAnchors(); !locked) return report(locked.error());
    if (arguments.isSet(QStringLiteral("json"))) return printJson(persons);
    for (const QJsonValue& person : persons[u"persons"].toArray()) {
        QStringList held;
        for (const QJsonValue& compartment : person[u"compartments"].toArray())
            held += compartment.toString();
        say(QStringLiteral("%1: %2%3")
                .arg(person[u"name"].toString(),
                     held.isEmpty() ? QStringLiteral("nothing") : held.join(QStringLiteral(", ")),
                     person[u"you"].toBool() ? QStringLiteral(" (you)") : QString()));
    }
    return static_cast<int>(ExitCode::Ok);
}

Result<> add(const Arguments& arguments, const std::set<Compartment>& compartments) {
    PosixFileSystem files;
    SOTTO_ASSIGN(const auto passphrase, newPassphrase(files, arguments));
    SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
    SOTTO_ASSIGN(const auto options, newKeyOptions());
    SOTTO_TRY(showDrawn(arguments, passphrase));
    SOTTO_TRY(
        workflow::addPerson(*unlocked->home, arguments.positional().at(0), passphrase.view(), compartments, options));
    return unlocked->home->writeAnchors();
}

int runAdd(const Arguments& arguments) {
    if (const auto given = checkNewPassphraseOptions(arguments); !given) return refuseUsage(given.error());
    const auto compartments = compartmentsOf(arguments);
    if (!compartments) return refuseUsage(compartments.error());
    if (const auto added = add(arguments, *compartments); !added) return report(added.error());
    say(QStringLiteral("%1 may unlock this tablet now, and is let into: %2.")
            .arg(arguments.positional().at(0), namesOf(*compartments).join(QStringLiteral(", "))));
    return static_cast<int>(ExitCode::Ok);
}

int runGrant(const Arguments& arguments) {
    const auto compartment = compartmentOf(arguments.positional().at(1));
    if (!compartment) return refuseUsage(compartment.error());
    return withPerson(
        arguments, QStringLiteral("%1 is let into the ") + arguments.positional().at(1) + QStringLiteral(" now."),
        [&](workflow::Home& home, const PersonId& person) { return workflow::grant(home, person, *compartment); });
}

int runRevoke(const Arguments& arguments) {
    const auto compartment = compartmentOf(arguments.positional().at(1));
    if (!compartment) return refuseUsage(compartment.error());
    return withPerson(arguments,
                      QStringLiteral("%1 opens nothing of the ") + arguments.positional().at(1) +
                          QStringLiteral(" any more; the keys were changed."),
                      [&](workflow::Home& home, const PersonId& person) {
                          return workflow::revoke(home, person, *compartment, sayLogs());
                      });
}

int runRemove(const Arguments& arguments) {
    return withPerson(
        arguments, QStringLiteral("%1 can't unlock this tablet any more; the keys were changed."),
        [](workflow::Home& home, const PersonId& person) { return workflow::removePerson(home, person, sayLogs()); });
}

Result<> changePassphrase(const Arguments& arguments) {
    PosixFileSystem files;
    SOTTO_ASSIGN(const auto passphrase, newPassphrase(files, arguments));
    SOTTO_ASSIGN(const auto unlocked, unlockHome(arguments));
    SOTTO_ASSIGN(const auto options, newKeyOptions());
    SOTTO_TRY(showDrawn(arguments, passphrase));
    auto changed = workflow::changePassphrase(*unlocked->home, passphrase.view(), options);
    if (changed) changed = unlocked->home->writeAnchors();
    if (changed || changed.error().code == ErrorCode::NotAllowed) return changed;
    return fail(
        changed.error().code,
        changed.error().context + "; whether the old or the new passphrase opens the home now is not sure: try both");
}

int runPasswd(const Arguments& arguments) {
    if (const auto given = checkNewPassphraseOptions(arguments); !given) return refuseUsage(given.error());
    if (const auto changed = changePassphrase(arguments); !changed) return report(changed.error());
    say(
        QStringLiteral("The new passphrase counts from now on. If somebody may know the old one and have a copy of the"
                       " keyring, change the keys as well: `sotto rotate`."));
    return static_cast<int>(ExitCode::Ok);
}

std::vector<Option> withNewPassphrase(std::vector<Option> further = {}) {
    std::vector<Option> options = newPassphraseOptions();
    for (Option& option : further)
        options.push_back(std::move(option));
    return unlockOptions(std::move(options));
}

}  // namespace

std::vector<Command> personCommands() {
    const QString name = QStringLiteral("NAME");
    const QString compartment = QStringLiteral("COMPARTMENT");
    const QString kinds = QStringLiteral(
        "Compartments: sessions (interviews and who took part, by pseudonym), identities (names and signed consent),\n"
        "outbox (sealed packages, and what the lab received).");
    return {
        {QStringLiteral("person list"),
         QStringLiteral("who unlocks this tablet, and what each is let into"),
         {},
         unlockOptions({jsonOption()}),
         kinds,
         runList},
        {QStringLiteral("person add"),
         QStringLiteral("let somebody else unlock this tablet"),
         {name},
         withNewPassphrase({{QStringLiteral("compartments"), QStringLiteral("LIST"),
                             QStringLiteral("with commas between; default: outbox"), false}}),
         kinds + QStringLiteral("\nNobody can give what they don't hold."),
         runAdd},
        {QStringLiteral("person grant"),
         QStringLiteral("let a person into a compartment"),
         {name, compartment},
         unlockOptions(),
         kinds + QStringLiteral("\nNobody can give what they don't hold."),
         runGrant},
        {QStringLiteral("person revoke"),
         QStringLiteral("shut a person out of a compartment"),
         {name, compartment},
         unlockOptions(),
         kinds +
             QStringLiteral("\nThe keys of the compartment are changed, in every interview: this may take a while."),
         runRevoke},
        {QStringLiteral("person remove"),
         QStringLiteral("take a person off this tablet"),
         {name},
         unlockOptions(),
         QStringLiteral(
             "The keys of all that the person held are changed; only somebody who holds the same can do it."),
         runRemove},
    };
}

Command passwdCommand() {
    return {
        QStringLiteral("passwd"),
        QStringLiteral("change the passphrase of the person who unlocks"),
        {},
        withNewPassphrase(),
        QStringLiteral(
            "The keys stay the same: a copy of the keyring from before still opens with the old passphrase. After a\n"
            "leak run `sotto rotate` too. Should it be broken off, the old or the new passphrase opens the home: try\n"
            "both."),
        runPasswd};
}

}  // namespace sotto::app
