// SPDX-License-Identifier: Apache-2.0
#include "error_text.h"

#include <QCoreApplication>

namespace sotto::app {

namespace {

struct Line {
    ErrorCode code;
    const char* text;
};

constexpr Line kLines[] = {
    {ErrorCode::InvalidArgument, QT_TRANSLATE_NOOP("Error", "That does not fit here. Check what was entered.")},
    {ErrorCode::NotFound, QT_TRANSLATE_NOOP("Error", "That is not there, or not any more.")},
    {ErrorCode::AlreadyExists, QT_TRANSLATE_NOOP("Error", "That exists already. Nothing was replaced.")},
    {ErrorCode::ParseFailed, QT_TRANSLATE_NOOP("Error", "This file is not what it should be. Ask for it again.")},
    {ErrorCode::Unsupported, QT_TRANSLATE_NOOP("Error", "This version of Sotto cannot do that.")},
    {ErrorCode::NewerVersion,
     QT_TRANSLATE_NOOP("Error", "A newer version of Sotto wrote this. Update Sotto; nothing was changed.")},
    {ErrorCode::WrongPassphrase, QT_TRANSLATE_NOOP("Error", "That is not the passphrase. Nothing was changed.")},
    {ErrorCode::TooManyAttempts, QT_TRANSLATE_NOOP("Error", "Too many tries. Wait for the countdown, then try again.")},
    {ErrorCode::WrongKey, QT_TRANSLATE_NOOP("Error", "No key on this tablet opens this.")},
    {ErrorCode::SignatureInvalid,
     QT_TRANSLATE_NOOP("Error", "The lab's signature does not fit. Do not use this file; ask the lab.")},
    {ErrorCode::Damaged,
     QT_TRANSLATE_NOOP("Error", "Something on this tablet is damaged. What can still be read is kept; ask the lab.")},
    {ErrorCode::NoSpace,
     QT_TRANSLATE_NOOP("Error", "The tablet is full. What was recorded is safe. Free some space, then go on.")},
    {ErrorCode::IoFailed,
     QT_TRANSLATE_NOOP("Error", "The tablet could not read or write. What was recorded before is safe. Try again.")},
    {ErrorCode::HandlePoisoned,
     QT_TRANSLATE_NOOP("Error", "Writing failed. What was recorded before is safe. Close Sotto and open it again.")},
    {ErrorCode::Busy, QT_TRANSLATE_NOOP("Error", "Another window of Sotto is open on this tablet. Close it first.")},
    {ErrorCode::PermissionDenied, QT_TRANSLATE_NOOP("Error", "The tablet does not permit that.")},
    {ErrorCode::ConsentMissing, QT_TRANSLATE_NOOP("Error", "The person's consent does not allow this.")},
    {ErrorCode::NotAllowed, QT_TRANSLATE_NOOP("Error", "This is not allowed here.")},
    {ErrorCode::Locked, QT_TRANSLATE_NOOP("Error", "Sotto is locked. Unlock it first.")},
    {ErrorCode::Cancelled, QT_TRANSLATE_NOOP("Error", "It was stopped. Nothing half-done stays.")},
};

}  // namespace

QString errorText(const Error& error) {
    for (const Line& line : kLines) {
        if (line.code == error.code) return QCoreApplication::translate("Error", line.text);
    }
    return QString();
}

}  // namespace sotto::app
