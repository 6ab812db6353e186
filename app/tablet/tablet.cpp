// SPDX-License-Identifier: Apache-2.0
#include "tablet.h"

#include <utility>

#include "workflow/confirmation.h"

namespace sotto::app {

Result<workflow::Home*> Tablet::home() const {
    if (!m_home) return fail(ErrorCode::Locked, "the home is locked");
    return m_home.get();
}

void Tablet::take(std::unique_ptr<workflow::Home> home) {
    takeLive(nullptr);
    m_home = std::move(home);
}

void Tablet::takeLive(std::unique_ptr<workflow::LiveSession> live) {
    m_goesOnWhenBack = false;
    m_live = std::move(live);
    setRecording(false);
    if (m_live == nullptr) return;
    const auto confirmed = std::exchange(m_confirmed, std::nullopt);
    if (confirmed != m_live->opening().participant) return;
    // Should this fail, so does whatever comes next, which is told.
    static_cast<void>(m_live->commit(workflow::confirmedEvent(true, workflow::ToConfirm::Visit)));
}

void Tablet::setRecording(bool recording) {
    m_status->isRecording = recording;
    m_status->positionMs = m_live ? m_live->position().ms : 0;
    m_status->syncedMs = m_live ? m_live->synced().ms : 0;
}

Result<> Tablet::lock() {
    if (!m_home) return {};
    if (m_live) m_live->detach();
    Result<> written = m_home->writeAnchors();
    m_home.reset();
    return written;
}

Result<> Tablet::unlockAround(keyring::Keyring keys) {
    if (!keys.holds(workflow::Compartment::Sessions)) {
        return fail(ErrorCode::NotAllowed, "this person may not read interviews");
    }
    if (m_home) return {};
    SOTTO_ASSIGN(auto* live, liveSession());
    SOTTO_ASSIGN(auto home,
                 workflow::Home::unlockAgain(files(), options().home, std::move(keys), live->hold(), clock()));
    SOTTO_TRY(live->attach(*home));
    m_home = std::move(home);
    return {};
}

Result<workflow::LiveSession*> Tablet::liveSession() const {
    if (!m_live) return fail(ErrorCode::NotFound, "no interview runs");
    return m_live.get();
}

Result<> Tablet::record() {
    SOTTO_ASSIGN(auto* live, liveSession());
    m_goesOnWhenBack = false;
    if (isRecording()) return {};
    SOTTO_TRY(live->record());
    setRecording(true);
    return {};
}

Result<> Tablet::pause() {
    SOTTO_ASSIGN(auto* live, liveSession());
    m_goesOnWhenBack = false;
    Result<> stopped = live->pause();
    setRecording(false);
    return stopped;
}

Result<> Tablet::goOffRecord() {
    SOTTO_ASSIGN(auto* live, liveSession());
    m_goesOnWhenBack = false;
    Result<> stopped = live->goOffRecord();
    setRecording(false);
    return stopped;
}

void Tablet::followRecording() {
    const bool stopped = m_live && isRecording() && !m_live->isRecording();
    if (!stopped) return;
    m_goesOnWhenBack = false;
    setRecording(false);
}

Result<> Tablet::stop() {
    SOTTO_ASSIGN(auto* live, liveSession());
    m_goesOnWhenBack = false;
    Result<> stopped = live->stop();
    setRecording(false);
    return stopped;
}

Result<> Tablet::hear(std::span<const std::int16_t> samples) {
    if (!m_live) return {};
    if (m_goesOnWhenBack) SOTTO_TRY(record());
    if (!isRecording()) return {};
    Result<> fed = m_live->feed(samples);
    setRecording(fed.has_value());
    return fed;
}

bool Tablet::loseMicrophone() {
    if (!m_live || !isRecording()) return false;
    m_goesOnWhenBack = true;
    // Whatever this answers, nothing is recorded now; what the log lacks, the next record() or end() writes.
    static_cast<void>(m_live->loseMicrophone());
    setRecording(false);
    return true;
}

}  // namespace sotto::app
