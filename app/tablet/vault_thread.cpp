// SPDX-License-Identifier: Apache-2.0
#include "vault_thread.h"

namespace sotto::app {

VaultThread::VaultThread(std::unique_ptr<Tablet> tablet)
    : m_worker(new QObject), m_tablet(std::move(tablet)), m_status(m_tablet->status()) {
    m_thread.setObjectName(QStringLiteral("vault"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

VaultThread::~VaultThread() {
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

void VaultThread::tell(std::function<void()> message) {
    QMetaObject::invokeMethod(&m_gui, std::move(message), Qt::QueuedConnection);
}

}  // namespace sotto::app
