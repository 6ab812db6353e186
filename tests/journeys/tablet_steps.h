// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <QByteArray>
#include <QString>

#include "journeys/interviewer.h"

namespace sotto::test {

/// The stretches of the way that every journey on the glass goes, in English. What could not be done is the
/// interviewer's trouble.

extern const QString kPassphrase;

/// From the first screen to the home: language, name, a passphrase of one's own, the practice study.
void setUpTablet(Interviewer& who);
/// From the home to the page of a new person.
void addPerson(Interviewer& who, const QString& name);
/// From the person's page and back to it: read, answered (yes to the interview, the recording and sharing; no to the
/// rest) and signed by both.
void takeConsent(Interviewer& who);
/// From the locked tablet to the home, by keyboard.
void unlock(Interviewer& who);
/// From the home to the interview that waits for "Start recording", or for going on.
void openInterview(Interviewer& who, const QString& step);
/// From the wrap-up to the outbox, sent to this folder.
void sealAndSend(Interviewer& who, const QString& store);

/// Some minutes of espeak-ng, no sentence twice, to be played by the sound server.
struct Speech {
    QString file;
    std::vector<float> sound;  ///< at kCompareRate
};
[[nodiscard]] Speech speech(const Stage& stage, int sentences);

/// How far what was heard at a moment lies from an offset of the recording, in ms: positive if the sound comes later
/// in the recording. `from`: where the stretch of 1.5 s to compare begins, in seconds from the moment. `correlation`
/// says whether it is the same sound at all.
struct Lag {
    double ms = 0;
    double correlation = 0;
};
[[nodiscard]] Lag lagOf(const std::vector<float>& heard, double heardAt, const std::vector<float>& recorded,
                        double recordedAt, double from);

}  // namespace sotto::test
