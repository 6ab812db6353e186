// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace sotto {

/// Everything that can go wrong in core, as the app and the command line tell it apart. Each code has one sentence
/// per language in app/ and one exit code on the command line.
enum class ErrorCode {
    // input and use
    InvalidArgument,  ///< the caller or the command line asked for something that makes no sense
    NotFound,         ///< a file, id or row that should be there is not
    AlreadyExists,    ///< refusing to overwrite
    ParseFailed,      ///< bytes that are not what they claim to be, from outside (study pack, script, WAV, receipt)
    Unsupported,      ///< understood, but not something this build can do
    NewerVersion,     ///< written by a newer Sotto; refused untouched
    // secrets
    WrongPassphrase,   ///< the passphrase does not open the keyring; nothing was changed but the count of attempts
    TooManyAttempts,   ///< a delay after wrong passphrases is running; context says how many seconds
    WrongKey,          ///< none of the keys given opens this; not damage
    SignatureInvalid,  ///< a signature does not verify or is by a key that is not trusted
    // storage
    Damaged,         ///< authenticated bytes do not verify; what verifies is still given back by the salvage calls
    NoSpace,         ///< the disk is full; nothing earlier was lost
    IoFailed,        ///< the operating system reported an I/O error
    HandlePoisoned,  ///< a sync failed before; this handle refuses further work, open anew to verify
    Busy,            ///< somebody else holds the file or the home
    PermissionDenied,
    // rules of the product
    ConsentMissing,  ///< no evidence in force that allows this
    NotAllowed,      ///< a rule of the study or of the design forbids this
    Locked,          ///< the compartment needed is not open
    Cancelled,       ///< the user cancelled; nothing half-written stays
};

/// Stable English name of a code, for logs and tests.
[[nodiscard]] const char* errorName(ErrorCode code);

/// One failure. `context` is English, for developers and the command line: what was tried and what to do. It never
/// holds participant data, secrets or translated text. File names of the user's own choosing are allowed.
struct Error {
    ErrorCode code = ErrorCode::InvalidArgument;
    std::string context;
};

/// Result of a fallible call: the value or an Error. Mark every function that returns one [[nodiscard]].
template <typename T = void>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

/// Builds the failing side: `return fail(ErrorCode::NotFound, "no session log of that id")`.
[[nodiscard]] inline Failure fail(ErrorCode code, std::string context) {
    return Failure(Error{code, std::move(context)});
}

}  // namespace sotto

#define SOTTO_CONCAT_INNER(a, b) a##b
#define SOTTO_CONCAT(a, b) SOTTO_CONCAT_INNER(a, b)

/// Evaluates an expression of type Result<...>; on failure returns its error from the enclosing function.
#define SOTTO_TRY(expression)                                       \
    do {                                                            \
        if (auto sottoTried = (expression); !sottoTried) {          \
            return ::sotto::Failure(std::move(sottoTried).error()); \
        }                                                           \
    } while (false)

/// SOTTO_ASSIGN(auto value, expression): declares `value` from the success side, or returns the error.
#define SOTTO_ASSIGN(declaration, expression) \
    SOTTO_ASSIGN_TO(SOTTO_CONCAT(sottoResult, __LINE__), declaration, expression)
#define SOTTO_ASSIGN_TO(temporary, declaration, expression)    \
    auto temporary = (expression);                             \
    if (!temporary) {                                          \
        return ::sotto::Failure(std::move(temporary).error()); \
    }                                                          \
    declaration = *std::move(temporary)
