// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <type_traits>

#include <QMetaObject>
#include <QObject>
#include <QThread>

#include "base/result.h"

namespace sotto::platform {

/// The one thread in which all of Qt Multimedia runs, with an event loop of its own: the PulseAudio backend of Qt 6.4
/// needs one to notice devices that come and go and a sound server that was started anew, and its calls may block for
/// as long as the server likes. Needs a QCoreApplication. Thread-safe.
class AudioThread {
public:
    AudioThread();
    AudioThread(const AudioThread&) = delete;
    AudioThread& operator=(const AudioThread&) = delete;
    /// Waits some seconds for the thread; one that hangs in a call to a dead server is left behind.
    ~AudioThread();

    /// Runs `job` (a function that returns a Result) in the thread and waits for it. IoFailed if the sound server does
    /// not answer for seconds: the job then still runs to its end and its result is thrown away, so that it must own
    /// what it touches.
    template <typename Job>
    [[nodiscard]] std::invoke_result_t<Job> call(Job job) {
        using Answer = std::invoke_result_t<Job>;
        auto promise = std::make_shared<std::promise<Answer>>();
        std::future<Answer> answer = promise->get_future();
        post([promise, job = std::move(job)]() mutable { promise->set_value(job()); });
        if (answer.wait_for(kPatience) == std::future_status::ready) return answer.get();
        return fail(ErrorCode::IoFailed, "the sound server does not answer");
    }
    void post(std::function<void()> job);

    static constexpr std::chrono::seconds kPatience{5};

private:
    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<QObject> m_worker;
};

/// For objects that live in the audio thread and are let go elsewhere.
struct DeleteInItsThread {
    void operator()(QObject* object) const { object->deleteLater(); }
};

}  // namespace sotto::platform
