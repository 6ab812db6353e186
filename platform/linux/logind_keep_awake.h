// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "workflow/device.h"

namespace sotto::platform {

/// An inhibitor lock of systemd-logind against idle and sleep (org.freedesktop.login1.Manager.Inhibit). The lock is a
/// file descriptor: a process that dies lets go of it by itself. Needs a QCoreApplication, but no event loop. One
/// thread.
class LogindKeepAwake final : public workflow::KeepAwake {
public:
    /// Empty: the system bus.
    explicit LogindKeepAwake(QString busAddress = {});
    LogindKeepAwake(const LogindKeepAwake&) = delete;
    LogindKeepAwake& operator=(const LogindKeepAwake&) = delete;
    ~LogindKeepAwake() override;

    void hold() override;
    void release() override;
    [[nodiscard]] bool isHeld() const override { return m_lock >= 0; }
    [[nodiscard]] std::string whyNot() const override { return m_whyNot; }

private:
    QString m_busAddress;
    int m_lock = -1;
    std::string m_whyNot;
};

}  // namespace sotto::platform
