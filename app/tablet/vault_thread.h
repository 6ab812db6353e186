// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include <QObject>
#include <QPointer>
#include <QThread>

#include "tablet.h"

namespace sotto::app {

/// The one serial thread that owns the Tablet: the open home, the running interview. All core work is done here, in the
/// order in which it was asked for; the GUI thread only asks and is told.
///
/// Beside it is a second thread for what takes a second and needs nothing of the Tablet: trying a passphrase while an
/// interview is recorded.
///
/// Made and destroyed on the GUI thread, which is also where every continuation runs. Destroying it does what was asked
/// for before, then locks the home.
class VaultThread {
public:
    explicit VaultThread(std::unique_ptr<Tablet> tablet);
    ~VaultThread();
    VaultThread(const VaultThread&) = delete;
    VaultThread& operator=(const VaultThread&) = delete;

    /// Runs `job(Tablet&)` on the vault thread and then `then(its result)` on the GUI thread, unless `context` was
    /// destroyed meanwhile. The job is done in any case.
    template <typename Job, typename Then>
    void run(QObject* context, Job job, Then then) {
        post([this, guard = QPointer<QObject>(context), job = std::move(job),
              then = std::move(then)](Tablet& tablet) mutable {
            auto result = std::make_shared<decltype(job(tablet))>(job(tablet));
            tell([guard, result, then = std::move(then)]() mutable {
                if (guard) then(std::move(*result));
            });
        });
    }
    /// The same beside the vault thread: `job(const TabletOptions&)`.
    template <typename Job, typename Then>
    void runAside(QObject* context, Job job, Then then) {
        postAside([this, guard = QPointer<QObject>(context), job = std::move(job),
                   then = std::move(then)](const TabletOptions& options) mutable {
            auto result = std::make_shared<decltype(job(options))>(job(options));
            tell([guard, result, then = std::move(then)]() mutable {
                if (guard) then(std::move(*result));
            });
        });
    }
    /// Runs a job of which nobody waits for an answer. May be called from any thread while this object lives.
    void post(std::function<void(Tablet&)> job);
    /// Runs something on the GUI thread, from any thread; dropped once this object is gone.
    void tell(std::function<void()> message);
    /// Any thread.
    [[nodiscard]] const LiveStatus& live() const { return *m_status; }
    /// Jobs asked for and not yet done; from any thread.
    [[nodiscard]] int waiting() const { return m_waiting.load(); }

private:
    void postAside(std::function<void(const TabletOptions&)> job);

    const TabletOptions m_options;
    QThread m_thread;
    QThread m_aside;
    QObject m_gui;  ///< lives on the GUI thread; its end drops what was still to be told
    QObject* m_worker = nullptr;
    QObject* m_asideWorker = nullptr;
    std::unique_ptr<Tablet> m_tablet;
    std::shared_ptr<const LiveStatus> m_status;
    std::atomic<int> m_waiting{0};
};

}  // namespace sotto::app
