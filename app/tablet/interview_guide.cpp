// SPDX-License-Identifier: Apache-2.0
// What the interview screen shows of the guide and of the sound: the views of InterviewViewModel.
#include <algorithm>

#include <QDateTime>

#include "capture.h"
#include "interview_view_model.h"
#include "people_list_model.h"
#include "settings_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

using interview::Coverage;
using interview::EventKind;

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr float kQuiet = 0.004F;              // -48 dB of full scale
constexpr std::int64_t kQuietForMs = 10'000;  // before the screen says so

int minutes(std::int64_t ms) {
    return static_cast<int>(ms / kMinuteMs);
}

}  // namespace

const study::Question* InterviewViewModel::shown() const {
    return m_view ? m_view->guide.question(m_shown) : nullptr;
}

const study::Section* InterviewViewModel::shownSection() const {
    if (!m_view) return nullptr;
    const auto& sections = m_view->guide.sections;
    const auto found = std::find_if(sections.begin(), sections.end(), [this](const study::Section& section) {
        return std::any_of(section.questions.begin(), section.questions.end(),
                           [this](const study::Question& question) { return question.id == m_shown; });
    });
    return found == sections.end() ? nullptr : &*found;
}

const study::Question* InterviewViewModel::neighbour(int step) const {
    if (!m_view) return nullptr;
    std::vector<const study::Question*> all;
    for (const study::Section& section : m_view->guide.sections) {
        for (const study::Question& question : section.questions)
            all.push_back(&question);
    }
    const auto here = std::find_if(all.begin(), all.end(), [this](const auto* q) { return q->id == m_shown; });
    const auto place = (here - all.begin()) + step;
    return here != all.end() && place >= 0 && place < static_cast<std::ptrdiff_t>(all.size())
               ? all[static_cast<std::size_t>(place)]
               : nullptr;
}

Coverage InterviewViewModel::coverageOf(const QString& question) const {
    for (const auto& entry : m_view->coverage) {
        if (entry.question == question) return entry.coverage;
    }
    return Coverage::NotReached;
}

QString InterviewViewModel::question() const {
    return shown() != nullptr ? shownText(shown()->text) : QString();
}

QString InterviewViewModel::shownText(const QString& text) const {
    return withRoles(text, m_view->roles, m_view->guide.language);
}

QString InterviewViewModel::questionId() const {
    return m_shown;
}

QString InterviewViewModel::coverage() const {
    return shown() != nullptr ? interview::coverageName(coverageOf(m_shown)) : QString();
}

QVariantList InterviewViewModel::probes() const {
    QVariantList list;
    if (shown() == nullptr) return list;
    for (const study::Probe& probe : shown()->probes) {
        list.append(QVariantMap{{QStringLiteral("id"), probe.id},
                                {QStringLiteral("text"), shownText(probe.text)},
                                {QStringLiteral("asked"), m_view->probesAsked.count(probe.id) > 0}});
    }
    return list;
}

QString InterviewViewModel::sectionTitle() const {
    return shownSection() != nullptr ? shownSection()->title : QString();
}

QString InterviewViewModel::sectionInstructions() const {
    return shownSection() != nullptr ? shownSection()->instructions : QString();
}

QVariantList InterviewViewModel::sections() const {
    QVariantList list;
    if (!m_view) return list;
    for (const study::Section& section : m_view->guide.sections) {
        QVariantList questions;
        int reached = 0;
        for (const study::Question& question : section.questions) {
            const Coverage coverage = coverageOf(question.id);
            reached += coverage != Coverage::NotReached ? 1 : 0;
            questions.append(QVariantMap{{QStringLiteral("id"), question.id},
                                         {QStringLiteral("text"), shownText(question.text)},
                                         {QStringLiteral("coverage"), interview::coverageName(coverage)},
                                         {QStringLiteral("current"), question.id == m_shown}});
        }
        const auto spent = m_view->sectionMs.find(section.id);
        list.append(
            QVariantMap{{QStringLiteral("id"), section.id},
                        {QStringLiteral("title"), section.title},
                        {QStringLiteral("planned"), section.plannedMinutes},
                        {QStringLiteral("spent"), spent == m_view->sectionMs.end() ? 0 : minutes(spent->second)},
                        {QStringLiteral("reached"), reached},
                        {QStringLiteral("total"), static_cast<int>(section.questions.size())},
                        {QStringLiteral("current"), shownSection() == &section},
                        {QStringLiteral("questions"), questions}});
    }
    return list;
}

QVariantList InterviewViewModel::codes() const {
    QVariantList list;
    if (!m_view || !m_view->codebook.liveCoding) return list;
    for (const study::Code& code : m_view->codebook.codes) {
        list.append(QVariantMap{{QStringLiteral("id"), code.id},
                                {QStringLiteral("name"), inLanguage(code.name, m_settings->language())},
                                {QStringLiteral("color"), code.color}});
    }
    return list;
}

QString InterviewViewModel::undoText() const {
    if (!m_view || !m_view->lastUndoable) return {};
    switch (m_view->lastUndoable->kind) {
        case EventKind::Mark:
            return tr("Take back the mark");
        case EventKind::Code:
            return tr("Take back the code");
        case EventKind::Link:
            return tr("Take back the link");
        default:
            return tr("Take back the answer");
    }
}

QString InterviewViewModel::elapsedText() const {
    const QTime time = QTime::fromMSecsSinceStartOfDay(static_cast<int>(m_vault->live().positionMs.load()));
    return time.hour() > 0 ? time.toString(QStringLiteral("H:mm:ss")) : time.toString(QStringLiteral("m:ss"));
}

QString InterviewViewModel::plannedText() const {
    if (!m_view) return {};
    int planned = 0;
    for (const study::Section& section : m_view->guide.sections)
        planned += section.plannedMinutes;
    return tr("of about %n minute(s)", nullptr, planned);
}

double InterviewViewModel::level() const {
    return static_cast<double>(m_capture->level().peak);
}

bool InterviewViewModel::isClipping() const {
    return m_capture->level().clipping;
}

bool InterviewViewModel::canRecord() const {
    if (!m_around.mayRecord()) return false;
    return hasAudio() && m_capture->state() != Capture::State::Lost;
}

bool InterviewViewModel::isRecordingNow() const {
    return m_vault->live().isRecording;
}

InterviewViewModel::Alarm InterviewViewModel::alarmNow() const {
    if (!hasAudio()) return Alarm::None;
    if (m_recordingFailed) return Alarm::RecordingFailed;
    if (m_capture->state() == Capture::State::Lost) {
        const ErrorCode why = m_capture->whyLost();
        return why == ErrorCode::NotFound    ? Alarm::NoMicrophone
               : why == ErrorCode::Cancelled ? Alarm::MicrophoneGone
                                             : Alarm::MicrophoneRefused;
    }
    if (m_capture->state() != Capture::State::Ready) return Alarm::None;
    const recording::Level level = m_capture->level();
    if (level.deadInput) return Alarm::MicrophoneDead;
    if (level.clipping) return Alarm::Clipping;
    return m_quietFor.isValid() && m_quietFor.elapsed() > kQuietForMs ? Alarm::Quiet : Alarm::None;
}

void InterviewViewModel::listenForQuiet() {
    if (m_state != State::Recording || m_capture->level().rms > kQuiet) {
        m_quietFor.invalidate();
    } else if (!m_quietFor.isValid()) {
        m_quietFor.start();
    }
}

}  // namespace sotto::app
