// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "sound_view_model.h"

namespace sotto::app {

/// A stretch of the recording on its way to be taken back: where it begins and ends, said while listening, moved by
/// seconds, or typed; heard before it is confirmed. Nothing happens to the recording before take(). GUI thread.
class SpanViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(double from READ from NOTIFY changed FINAL)
    Q_PROPERTY(double to READ to NOTIFY changed FINAL)
    Q_PROPERTY(QString fromText READ fromText NOTIFY changed FINAL)
    Q_PROPERTY(QString toText READ toText NOTIFY changed FINAL)
    Q_PROPERTY(bool ready READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(QString lengthText READ lengthText NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    /// `sound` must outlive it.
    explicit SpanViewModel(SoundViewModel& sound, QObject* parent = nullptr) : QObject(parent), m_sound(&sound) {}

    /// 0 to 1 of the recording; below 0 if not said yet.
    [[nodiscard]] double from() const { return placeOf(m_from); }
    [[nodiscard]] double to() const { return placeOf(m_to); }
    /// As 12:30; empty if not said yet.
    [[nodiscard]] QString fromText() const;
    [[nodiscard]] QString toText() const;
    /// Both ends are there, in their order.
    [[nodiscard]] bool isReady() const { return m_from && m_to && *m_from < *m_to; }
    [[nodiscard]] QString lengthText() const;
    /// What is wrong with what was said last, in a sentence.
    [[nodiscard]] QString error() const { return m_error; }

    /// The place that is being heard.
    Q_INVOKABLE void fromHere();
    Q_INVOKABLE void toHere();
    Q_INVOKABLE void moveFrom(int seconds);
    Q_INVOKABLE void moveTo(int seconds);
    /// Both at once, as 12:30 and 13:05. True if they are times of the recording, in their order.
    Q_INVOKABLE bool type(const QString& from, const QString& to);
    Q_INVOKABLE void listen();
    Q_INVOKABLE void clear();
    Q_INVOKABLE void take();

signals:
    void changed();
    void taken(std::int64_t fromMs, std::int64_t toMs);

private:
    using Place = std::optional<std::int64_t>;  ///< in milliseconds
    [[nodiscard]] double placeOf(const Place& place) const;
    void put(const Place& from, const Place& to);
    void refuse(const QString& error);

    SoundViewModel* m_sound;
    Place m_from;
    Place m_to;
    QString m_error;
};

}  // namespace sotto::app
