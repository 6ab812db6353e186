// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace sotto {

const char* errorName(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument:
            return "InvalidArgument";
        case ErrorCode::NotFound:
            return "NotFound";
        case ErrorCode::AlreadyExists:
            return "AlreadyExists";
        case ErrorCode::ParseFailed:
            return "ParseFailed";
        case ErrorCode::Unsupported:
            return "Unsupported";
        case ErrorCode::NewerVersion:
            return "NewerVersion";
        case ErrorCode::WrongPassphrase:
            return "WrongPassphrase";
        case ErrorCode::TooManyAttempts:
            return "TooManyAttempts";
        case ErrorCode::WrongKey:
            return "WrongKey";
        case ErrorCode::SignatureInvalid:
            return "SignatureInvalid";
        case ErrorCode::Damaged:
            return "Damaged";
        case ErrorCode::NoSpace:
            return "NoSpace";
        case ErrorCode::IoFailed:
            return "IoFailed";
        case ErrorCode::HandlePoisoned:
            return "HandlePoisoned";
        case ErrorCode::Busy:
            return "Busy";
        case ErrorCode::PermissionDenied:
            return "PermissionDenied";
        case ErrorCode::ConsentMissing:
            return "ConsentMissing";
        case ErrorCode::NotAllowed:
            return "NotAllowed";
        case ErrorCode::Locked:
            return "Locked";
        case ErrorCode::Cancelled:
            return "Cancelled";
    }
    return "Unknown";
}

}  // namespace sotto
