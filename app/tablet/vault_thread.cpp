// SPDX-License-Identifier: Apache-2.0
#include "vault_thread.h"

namespace sotto::app {

VaultThread::VaultThread(std::unique_ptr<Tablet> tablet)
    : m_options(tablet->options()),
      m_worker(new QObject),
      m_asideWorker(new QObject),
      m_tablet(std::move(tablet)),
      m_status(m_tablet->status()) {
    m_thread.setObjectName(QStringLiteral("vault"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    m_aside.setObjectName(QStringLiteral("aside"));
    m_asideWorker->moveToThread(&m_aside);
    m_aside.start();
}

VaultThread::~VaultThread() {
    postAside([this](const TabletOptions&) {
        delete m_asideWorker;
        m_aside.quit();
    });
    m_aside.wait();
    post([this](Tablet&) {
        m_tablet.reset();  // where it was used
        delete m_worker;
        m_thread.quit();
    });
    m_thread.wait();
}

void VaultThread::post(std::function<void(Tablet&)> job) {
    ++m_waiting;
    QMetaObject::invokeMethod(
        m_worker,
        [this, job = std::move(job)] {
            --m_waiting;
            job(*m_tablet);
        },
        Qt::QueuedConnection);
}

void VaultThread::postAside(std::function<void(const TabletOptions&)> job) {
    ++m_waiting;
    QMetaObject::invokeMethod(
        m_asideWorker,
        [this, job = std::move(job)] {
            job(m_options);
            --m_waiting;
        },
        Qt::QueuedConnection);
}

void VaultThread::tell(std::function<void()> message) {
    QMetaObject::invokeMethod(&m_gui, std::move(message), Qt::QueuedConnection);
}

}  // namespace sotto::app
