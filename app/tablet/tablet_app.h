// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "capture.h"
#include "copies_owed_view_model.h"
#include "device_view_model.h"
#include "devices.h"
#include "groups_view_model.h"
#include "home_visit_view_model.h"
#include "session_pin.h"
#include "settings_view_model.h"
#include "support_view_model.h"
#include "vault_thread.h"

namespace sotto::app {

class RoleFormsViewModel;

/// The app behind the glass: which screen is shown, and the view-model of each. Navigation happens here and nowhere
/// else: a view-model says what the user wants, this decides where that leads. A screen's view-model is made on
/// entering and destroyed on leaving. GUI thread.
class TabletApp : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(Screen screen READ screen NOTIFY screenChanged FINAL)
    Q_PROPERTY(sotto::app::SettingsViewModel* settings READ settings CONSTANT FINAL)
    Q_PROPERTY(sotto::app::SupportViewModel* support READ support CONSTANT FINAL)
    Q_PROPERTY(sotto::app::HomeVisitViewModel* visit READ visit CONSTANT FINAL)
    Q_PROPERTY(sotto::app::DeviceViewModel* device READ device CONSTANT FINAL)
    Q_PROPERTY(sotto::app::CopiesOwedViewModel* copiesOwed READ copiesOwed CONSTANT FINAL)
    Q_PROPERTY(sotto::app::GroupsViewModel* groups READ groups CONSTANT FINAL)
    Q_PROPERTY(QObject* page READ page NOTIFY screenChanged FINAL)
    Q_PROPERTY(bool unlocked READ isUnlocked NOTIFY screenChanged FINAL)
    Q_PROPERTY(bool handedOver READ isHandedOver NOTIFY handedOverChanged FINAL)
    Q_PROPERTY(QString message READ message NOTIFY messageChanged FINAL)

public:
    enum class Screen {
        Starting,
        FirstStart,
        Unlock,
        Home,
        Person,
        Consent,
        Interview,
        WrapUp,
        Playback,
        Outbox,
        Settings,
        Screening,
        Waiting,
        Flow,
        Group,
        Withdraw,
        Records,
        Form,
        HandOver,
        Copy,
        Confirm,
    };
    Q_ENUM(Screen)

    TabletApp(const TabletOptions& options, Devices devices, const QString& settingsFile, QObject* parent = nullptr);
    ~TabletApp() override;

    [[nodiscard]] Screen screen() const { return m_screen; }
    [[nodiscard]] SettingsViewModel* settings() { return &m_settings; }
    [[nodiscard]] SupportViewModel* support() { return &m_support; }
    /// A home visit that is under way, whatever screen is shown.
    [[nodiscard]] HomeVisitViewModel* visit() { return &m_visit; }
    [[nodiscard]] DeviceViewModel* device() { return &m_device; }
    [[nodiscard]] CopiesOwedViewModel* copiesOwed() { return &m_copiesOwed; }
    [[nodiscard]] GroupsViewModel* groups() { return &m_groups; }
    /// The view-model of the screen shown; which class it is, the screen tells.
    [[nodiscard]] QObject* page() const { return m_page; }
    [[nodiscard]] bool isUnlocked() const { return m_screen > Screen::Unlock; }
    /// In the hands of a participant: the only ways from here are the session PIN and the lock.
    [[nodiscard]] bool isHandedOver() const { return m_isHandedOver; }
    /// A sentence about what just happened, shown for some seconds; empty for none.
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] VaultThread& vault() { return m_vault; }
    [[nodiscard]] Capture& capture() { return m_capture; }

    Q_INVOKABLE void goHome();
    Q_INVOKABLE void openOutbox();
    Q_INVOKABLE void openSettings();
    /// People who were named and have not answered.
    Q_INVOKABLE void openWaiting();
    Q_INVOKABLE void openFlow();
    /// Somebody takes back: whoever the page or the interview is about, which stops recording; else found by a code.
    Q_INVOKABLE void openWithdrawal();
    Q_INVOKABLE void openRecords();
    /// One touch: wipes the keys. An interview that runs goes on behind its cover.
    Q_INVOKABLE void lock();
    Q_INVOKABLE void dismissMessage();
    /// True if the window may be closed now; false if that has to be asked first, because an interview runs, and while
    /// the tablet is handed over.
    [[nodiscard]] Q_INVOKABLE bool mayClose() const;
    /// Whoever uses the tablet touched it: the time until it locks itself begins anew.
    void touched();

signals:
    void screenChanged();
    void messageChanged();
    void handedOverChanged();

private:
    /// Takes over the page and shows it; the one before is destroyed once its screen is gone.
    void show(Screen screen, QObject* page);
    void showFirstStart();
    void showUnlock();
    /// Of a group, which bears an id of the same kind: showGroup().
    void showPerson(const ParticipantId& participant);
    void showScreening(const ParticipantId& participant);
    void showGroup(const ParticipantId& group);
    /// `group`: where it leads back to, if not to the person.
    void showConsent(const ParticipantId& participant, const std::optional<ParticipantId>& group = std::nullopt);
    void showCopy(const ParticipantId& participant);
    /// Asks first whether it is still fine, where time has passed since the signature.
    void askThenShowInterview(const ParticipantId& participant);
    /// Of a person or of a group, as showPerson().
    void showInterview(const ParticipantId& participant, const std::optional<SessionId>& resumed,
                       const std::optional<workflow::GroupChoice>& group = std::nullopt);
    void showWrapUp(const SessionId& session, const ParticipantId& participant);
    void showPlayback(const SessionId& session, const ParticipantId& participant);
    void showWithdrawal(const std::optional<ParticipantId>& participant);
    /// One form, asked by the interviewer; then back to where one was.
    void showForm(const ParticipantId& participant, const QString& form, const std::function<void()>& after);
    /// One form, filled in by the participant alone.
    void showHandOver(const ParticipantId& participant, const QString& form, const std::function<void()>& after);
    /// The forms of somebody's role, for the page that shows them; it leads back there.
    [[nodiscard]] RoleFormsViewModel* formsOf(const ParticipantId& participant, QObject* page,
                                              const std::function<void()>& after);
    void offerSupport(const QStringList& protocolHeadings);
    void setHandedOver(bool handedOver);
    /// Before the keys go: what is being typed into a form is kept.
    void flushForm();
    void say(const QString& message);
    void sayWhatWasMended(const workflow::HomeRecovery& recovery);

    Devices m_devices;
    SettingsViewModel m_settings;
    VaultThread m_vault;
    SupportViewModel m_support;
    HomeVisitViewModel m_visit;
    Capture m_capture;
    DeviceViewModel m_device;
    GroupsViewModel m_groups;
    CopiesOwedViewModel m_copiesOwed{m_vault};
    Screen m_screen = Screen::Starting;
    QObject* m_page = nullptr;
    std::optional<ParticipantId> m_person;  ///< whom the page or the interview is about
    SessionPin m_pin;                       ///< of hand-overs, until the tablet is locked
    bool m_isHandedOver = false;
    QTimer m_autoLock;
    QString m_message;
};

}  // namespace sotto::app
