// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.Components

// One of every type, filled as a page would fill it, with long words on purpose.
ColumnLayout {
    id: samples

    property var heard: []
    readonly property var kinds: samples.children

    function hear(what: string) {
        heard = heard.concat([what]);
    }

    spacing: Theme.gap

    Heading {
        text: "Enregistrement de l'entrevue"
    }
    Title {
        text: "Établissements rencontrés"
    }
    Body {
        text: "Rien ne quitte cette tablette sans que vous l'ayez demandé."
    }
    Reading {
        text: "Votre voix est chiffrée pendant que vous parlez."
    }
    Question {
        text: "Pouvez-vous me raconter un moment où quelqu'un vous a aidé ?"
    }
    Caption {
        text: "Il y a douze minutes"
    }
    CountdownText {
        seconds: 75
    }
    PrimaryButton {
        objectName: "primary"
        text: "Commencer l'enregistrement"
        iconName: "record"
        onClicked: samples.hear("primary")
    }
    SecondaryButton {
        objectName: "secondary"
        text: "Relire le consentement ensemble"
        onClicked: samples.hear("secondary")
    }
    QuietButton {
        objectName: "quiet"
        text: "Pas maintenant"
        onClicked: samples.hear("quiet")
    }
    DangerButton {
        objectName: "danger"
        text: "Effacer définitivement"
        onClicked: samples.hear("danger")
    }
    IconButton {
        objectName: "icon"
        iconName: "help"
        text: "Pause et soutien"
        onClicked: samples.hear("icon")
    }
    IconButton {
        objectName: "captioned"
        iconName: "off-record"
        text: "Hors enregistrement"
        captioned: true
        onClicked: samples.hear("captioned")
    }
    MarkKey {
        objectName: "mark"
        count: 12
        onClicked: samples.hear("mark")
    }
    TextInputField {
        label: "Pseudonyme de la personne"
        placeholder: "Un nom qui n'est pas le sien"
        hint: "Il paraît sur cette tablette et dans la transcription."
    }
    PassphraseField {
        label: "Phrase de passe"
        error: "Cette phrase n'ouvre pas cette tablette."
    }
    TextAreaField {
        label: "Note de terrain"
        text: "Elle a ri, puis regardé la porte."
    }
    ChoiceRow {
        objectName: "choice"
        text: "En personne"
        detail: "À domicile ou à la clinique"
        onChosen: samples.hear("choice")
    }
    YesNoRow {
        text: "Acceptez-vous l'enregistrement de votre voix ?"
        detail: "Sans lui, l'entrevue se fait par notes."
        answer: "no"
        yesText: "Oui"
        noText: "Non, par notes seulement"
        onAnswered: answer => samples.hear(answer)
    }
    SwitchRow {
        objectName: "switch"
        text: "Garder l'écran allumé"
        detail: "Pendant l'enregistrement"
        onSwitched: on => samples.hear("switch " + on)
    }
    StepperRow {
        text: "Durée prévue en minutes"
        value: 60
        onStepped: value => samples.hear("step " + value)
    }
    SegmentedChoice {
        label: "Apparence"
        options: [
            {
                value: "light",
                text: "Claire"
            },
            {
                value: "dark",
                text: "Sombre"
            },
            {
                value: "contrast",
                text: "Contraste élevé"
            }
        ]
        value: "light"
        onChosen: value => samples.hear(value)
    }
    Card {
        title: "Aujourd'hui"

        Body {
            text: "Une entrevue est prévue à quatorze heures."
        }
    }
    Chip {
        text: "En attente d'envoi"
        iconName: "clock"
        tone: "warning"
    }
    ListRow {
        objectName: "row"
        title: "Érable et Bouleau"
        subtitle: "Personne en rétablissement, consentement signé"
        iconName: "pair"
        status: "Prête à commencer"
        statusTone: "good"
        statusIcon: "check"
        onClicked: samples.hear("row")
    }
    Banner {
        kind: "alarm"
        title: "Le microphone a disparu"
        text: "Rien n'est enregistré en ce moment."
        actionText: "Choisir un microphone"
    }
    ProgressRow {
        text: "Envoi en cours"
        detail: "12,1 sur 30,4 Mo, encore deux minutes environ"
        progress: 0.4
        cancellable: true
    }
    LevelMeter {
        level: 0.5
    }
    SignaturePad {
    }
}
