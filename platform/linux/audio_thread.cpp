// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/audio_thread.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include "base/check.h"
#include "base/log.h"

namespace sotto::platform {
namespace {

constexpr int kFarewellMs = 3000;

}  // namespace

AudioThread::AudioThread() : m_thread(std::make_unique<QThread>()), m_worker(std::make_unique<QObject>()) {
    SOTTO_CHECK(QCoreApplication::instance() != nullptr);
    m_thread->setObjectName(QStringLiteral("audio"));
    m_worker->moveToThread(m_thread.get());
    m_thread->start();
}

AudioThread::~AudioThread() {
    // Deleted by the thread's own loop on its way out, as is whatever was let go before.
    m_worker.release()->deleteLater();
    m_thread->quit();
    if (m_thread->wait(QDeadlineTimer(kFarewellMs))) return;
    qCWarning(logRecording, "the audio thread hangs and is left behind");
    static_cast<void>(m_thread.release());  // destroying a running QThread would abort the program
}

void AudioThread::post(std::function<void()> job) {
    QMetaObject::invokeMethod(m_worker.get(), std::move(job), Qt::QueuedConnection);
}

}  // namespace sotto::platform
