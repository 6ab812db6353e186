// SPDX-License-Identifier: Apache-2.0
#include "journeys/tablet_steps.h"

#include <cmath>
#include <random>

#include <QtEndian>

#include "base/check.h"
#include "support/sound.h"

namespace sotto::test {

const QString kPassphrase = QStringLiteral("velvet harbour untold bicycle Tuesday");

namespace {

QString drawn(std::mt19937& dice, const QStringList& words) {
    return words[static_cast<qsizetype>(dice() % static_cast<std::size_t>(words.size()))];
}

}  // namespace

void setUpTablet(Interviewer& who) {
    who.press(QStringLiteral("English"));
    who.enter(QStringLiteral("Your name"), QStringLiteral("Jo"));
    who.press(QStringLiteral("Continue"));
    who.press(QStringLiteral("Make up my own instead"));
    who.enter(QStringLiteral("Passphrase"), kPassphrase);
    who.press(QStringLiteral("Continue"));
    who.see(QStringLiteral("Once more"));
    who.enter(QStringLiteral("Passphrase"), kPassphrase);
    who.press(QStringLiteral("Continue"));
    who.press(QStringLiteral("Take the practice study"));
    who.press(QStringLiteral("Set up the tablet"));
    who.see(QStringLiteral("New person"));
}

void addPerson(Interviewer& who, const QString& name) {
    who.press(QStringLiteral("New person"));
    who.press(QStringLiteral("Person in recovery"));
    who.enter(QStringLiteral("Name"), name);
    who.press(QStringLiteral("Add"));
    who.see(QStringLiteral("Take consent"));
}

void takeConsent(Interviewer& who) {
    constexpr int kParts = 7;
    static const QList<bool> kAnswers{true, true, false, true, false, false};
    who.press(QStringLiteral("Take consent"));
    who.press(QStringLiteral("English"));
    for (int i = 1; i <= kParts; ++i) {
        who.see(QStringLiteral("Part %1 of %2").arg(i).arg(kParts));
        who.press(QStringLiteral("Continue"));
    }
    for (qsizetype i = 0; i < kAnswers.size(); ++i) {
        who.see(QStringLiteral("Question %1 of %2").arg(i + 1).arg(kAnswers.size()));
        who.press(kAnswers[i] ? QStringLiteral("Yes") : QStringLiteral("No"));
        who.press(QStringLiteral("Continue"));
    }
    who.see(QStringLiteral("Your choices"));
    who.press(QStringLiteral("Continue"));
    who.draw(QStringLiteral("Your signature"));
    who.press(QStringLiteral("Continue"));
    who.draw(QStringLiteral("Signature of the interviewer"));
    who.press(QStringLiteral("Sign and keep"));
    who.press(QStringLiteral("Done"));
    who.see(QStringLiteral("Begin the interview"));
}

void unlock(Interviewer& who) {
    who.see(QStringLiteral("This tablet is locked"));
    who.typeLine(kPassphrase);
    who.see(QStringLiteral("New person"));
}

void openInterview(Interviewer& who, const QString& step) {
    who.pressDescribed(QStringLiteral("Person in recovery"));
    who.press(step);
}

void sealAndSend(Interviewer& who, const QString& store) {
    who.press(QStringLiteral("Seal the interview"));
    who.press(QStringLiteral("Seal"));
    who.see(QStringLiteral("The interview is sealed"));
    who.press(QStringLiteral("Done"));
    who.press(QStringLiteral("Send to the lab"));
    who.enter(QStringLiteral("Folder"), store);
    who.press(QStringLiteral("Send to this folder"));
    who.press(QStringLiteral("Send 3 packages now"));
    who.press(QStringLiteral("Look for confirmations"));
}

Speech speech(const Stage& stage, int sentences) {
    static const QStringList kWho = words("Maria Thomas nobody everybody Grandmother Oliver winter Beatrice");
    static const QStringList kDoes = words("carried painted remembered followed answered borrowed watched repaired");
    static const QStringList kHow = words("seven quiet yellow broken ordinary foreign enormous old");
    static const QStringList kWhat = words("windows bicycles letters mornings kitchens umbrellas rivers songs");
    static const QStringList kWhere = words("behind beside without under around after near through");
    std::mt19937 dice(7);
    QString text;
    for (int i = 0; i < sentences; ++i) {
        text += QStringLiteral("%1 %2 %3 %4 %5 the %6 %7, ")
                    .arg(drawn(dice, kWho), drawn(dice, kDoes), drawn(dice, kHow), drawn(dice, kWhat),
                         drawn(dice, kWhere), drawn(dice, kHow), drawn(dice, kWhat));
    }
    SOTTO_CHECK(speak(text, stage.path(QStringLiteral("spoken.wav"))));
    const Outcome done =
        stage.shell(QStringLiteral("ffmpeg -loglevel error -i spoken.wav -ar 48000 -ac 1 speech.wav && "
                                   "ffmpeg -loglevel error -i speech.wav -f s16le speech.raw"));
    SOTTO_CHECK(done.code == 0);
    const QByteArray raw = readAll(stage.path(QStringLiteral("speech.raw")));
    std::vector<std::int16_t> samples;
    for (qsizetype at = 0; at + 1 < raw.size(); at += 2)
        samples.push_back(qFromLittleEndian<std::int16_t>(raw.constData() + at));
    return {stage.path(QStringLiteral("speech.wav")), folded(samples)};
}

Lag lagOf(const std::vector<float>& heard, double heardAt, const std::vector<float>& recorded, double recordedAt,
          double from) {
    constexpr double kStretch = 1.5;
    constexpr std::ptrdiff_t kAround = 2 * kCompareRate;
    const auto stretch = stretchOf(heard, heardAt + from, kStretch);
    if (stretch.empty()) return {};
    const auto expected = static_cast<std::ptrdiff_t>(std::lround((recordedAt + from) * kCompareRate));
    const Fit fit = bestFit(stretch, recorded, expected - kAround, expected + kAround);
    return {1000.0 * static_cast<double>(fit.at - expected) / kCompareRate, fit.correlation};
}

}  // namespace sotto::test
