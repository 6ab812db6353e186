// SPDX-License-Identifier: Apache-2.0
#include "unlock_view_model.h"

#include "error_text.h"
#include "secret_text.h"
#include "vault_thread.h"

namespace sotto::app {

UnlockViewModel::UnlockViewModel(VaultThread& vault, Target target, QObject* parent)
    : QObject(parent), m_vault(&vault), m_target(target) {
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_delay = std::max(0, m_delay - 1);
        if (m_delay == 0) {
            m_second.stop();
            m_error.clear();
        }
        emit changed();
    });
    askForDelay();
}

void UnlockViewModel::unlock(const QString& person, QString passphrase) {
    auto secret = std::make_shared<crypto::SecureBytes>(takeSecret(passphrase));
    if (m_isBusy || m_delay > 0 || secret->isEmpty()) return;
    m_isBusy = true;
    m_error.clear();
    emit changed();
    if (m_target == Target::Home) return unlockHome(secret, person.trimmed());
    unlockAround(secret, person.trimmed());
}

void UnlockViewModel::unlockHome(const Secret& secret, const QString& person) {
    m_vault->run(
        this,
        [secret, person](Tablet& tablet) -> Result<workflow::HomeRecovery> {
            const TabletOptions& options = tablet.options();
            SOTTO_ASSIGN(auto home, workflow::Home::unlock(tablet.files(), options.home, secret->view(), tablet.clock(),
                                                           options.unlockOptions, person));
            secret->wipe();
            workflow::HomeRecovery recovery = home->recovery();
            tablet.take(std::move(home));
            return recovery;
        },
        [this](const Result<workflow::HomeRecovery>& recovery) { done(recovery); });
}

void UnlockViewModel::unlockAround(const Secret& secret, const QString& person) {
    using Keys = std::shared_ptr<keyring::Keyring>;
    m_vault->runAside(
        this,
        [secret, person](const TabletOptions& options) -> Result<Keys> {
            SOTTO_ASSIGN(auto keys, keyring::Keyring::unlock(*options.files, options.home, secret->view(),
                                                             *options.clock, options.unlockOptions, person));
            secret->wipe();
            return std::make_shared<keyring::Keyring>(std::move(keys));
        },
        [this](Result<Keys> keys) {
            if (!keys) return done(Failure(keys.error()));
            m_vault->run(
                this,
                [keys = *std::move(keys)](Tablet& tablet) -> Result<workflow::HomeRecovery> {
                    SOTTO_TRY(tablet.unlockAround(std::move(*keys)));
                    return workflow::HomeRecovery{};
                },
                [this](const Result<workflow::HomeRecovery>& recovery) { done(recovery); });
        });
}

void UnlockViewModel::done(const Result<workflow::HomeRecovery>& recovery) {
    m_isBusy = false;
    if (recovery) {
        emit changed();
        emit unlocked(*recovery);
        return;
    }
    m_error = errorText(recovery.error());
    emit changed();
    askForDelay();
}

void UnlockViewModel::askForDelay() {
    m_vault->run(
        this,
        [](Tablet& tablet) -> Result<std::int64_t> {
            const auto outline = keyring::Keyring::outline(tablet.files(), tablet.options().home);
            if (!outline && outline.error().code == ErrorCode::NewerVersion) return Failure(outline.error());
            return keyring::Keyring::delaySeconds(tablet.files(), tablet.options().home, tablet.clock());
        },
        [this](const Result<std::int64_t>& seconds) {
            // Of a home that this version can't read it is said at once; anything else by the next try.
            if (!seconds && seconds.error().code == ErrorCode::NewerVersion) m_error = errorText(seconds.error());
            m_delay = seconds ? static_cast<int>(*seconds) : 0;
            if (m_delay > 0) m_second.start();
            emit changed();
        });
}

}  // namespace sotto::app
