<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_CA" sourcelanguage="en">
    <context>
        <name>AroundCard</name>
        <message numerus="yes">
            <source>%n person(s) besides you two</source>
            <translation>
                <numerusform>%n person besides you two</numerusform>
                <numerusform>%n people besides you two</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FormItems</name>
        <message numerus="yes">
            <source>You left %n question(s) without an answer. You can look at them again, or leave it so.</source>
            <translation>
                <numerusform>You left %n question without an answer. You can look at it again, or leave it so.</numerusform>
                <numerusform>You left %n questions without an answer. You can look at them again, or leave it so.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message numerus="yes">
            <source>Show more (%n not shown)</source>
            <translation>
                <numerusform>Show more (%n not shown)</numerusform>
                <numerusform>Show more (%n not shown)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n interview(s) to be sent</source>
            <translation>
                <numerusform>%n interview to be sent</numerusform>
                <numerusform>%n interviews to be sent</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) named by somebody</source>
            <translation>
                <numerusform>%n person named by somebody</numerusform>
                <numerusform>%n people named by somebody</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>NominateSheet</name>
        <message numerus="yes">
            <source>Without an answer it is erased after %n day(s).</source>
            <translation>
                <numerusform>Without an answer it is erased after %n day.</numerusform>
                <numerusform>Without an answer it is erased after %n days.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>OutboxPage</name>
        <message numerus="yes">
            <source>Send %n package(s) now</source>
            <translation>
                <numerusform>Send %n package now</numerusform>
                <numerusform>Send %n packages now</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::AroundViewModel</name>
        <message numerus="yes">
            <source>The last %n second(s)</source>
            <translation>
                <numerusform>The last second</numerusform>
                <numerusform>The last %n seconds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The last %n minute(s)</source>
            <translation>
                <numerusform>The last minute</numerusform>
                <numerusform>The last %n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::HomeViewModel</name>
        <message numerus="yes">
            <source>%n interviewed</source>
            <translation>
                <numerusform>%n interviewed</numerusform>
                <numerusform>%n interviewed</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::GroupsViewModel</name>
        <message numerus="yes">
            <source>%n still to sign</source>
            <translation>
                <numerusform>%n still to sign</numerusform>
                <numerusform>%n still to sign</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n member</numerusform>
                <numerusform>%n members</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::InterviewViewModel</name>
        <message numerus="yes">
            <source>of about %n minute(s)</source>
            <translation>
                <numerusform>of about %n minute</numerusform>
                <numerusform>of about %n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::OutboxViewModel</name>
        <message numerus="yes">
            <source>%n package(s) sent.</source>
            <translation>
                <numerusform>%n package sent.</numerusform>
                <numerusform>%n packages sent.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n confirmation(s) came from the lab.</source>
            <translation>
                <numerusform>%n confirmation came from the lab.</numerusform>
                <numerusform>%n confirmations came from the lab.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::PersonViewModel</name>
        <message numerus="yes">
            <source>Did not come (%n time(s))</source>
            <translation>
                <numerusform>Did not come (%n time)</numerusform>
                <numerusform>Did not come (%n times)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::SpanViewModel</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n second</numerusform>
                <numerusform>%n seconds</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::TabletApp</name>
        <message numerus="yes">
            <source>%n interview(s) had been broken off. What was recorded is there.</source>
            <translation>
                <numerusform>%n interview had been broken off. What was recorded is there.</numerusform>
                <numerusform>%n interviews had been broken off. What was recorded is there.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::WaitingViewModel</name>
        <message numerus="yes">
            <source>%n try(ies), the last on %1</source>
            <translation>
                <numerusform>%n try, the last on %1</numerusform>
                <numerusform>%n tries, the last on %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>sotto::app::WithdrawViewModel</name>
        <message numerus="yes">
            <source>%n interview(s) of theirs are on this tablet.</source>
            <translation>
                <numerusform>%n interview of theirs is on this tablet.</numerusform>
                <numerusform>%n interviews of theirs are on this tablet.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n copy(ies) there are deleted by hand.</source>
            <translation>
                <numerusform>%n copy there is deleted by hand.</numerusform>
                <numerusform>%n copies there are deleted by hand.</numerusform>
            </translation>
        </message>
    </context>
</TS>
