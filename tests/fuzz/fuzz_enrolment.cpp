// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "package/enrolment.h"

// Requests and certificates out of a mail or a stick: nothing may crash, and nothing unsigned may pass.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sotto;
    const ByteView text(data, size);
    static const auto lab = crypto::SigningKey::generate();
    if (package::openEnrolment(text, lab.verifyKey())) std::abort();
    // A request signs for itself, so that one that opens is no fault; but it must be whole.
    if (const auto request = package::openTabletRequest(text)) {
        if (request->study.isEmpty()) std::abort();
    }

    // The body behind a signature that holds.
    const auto envelope = [&](std::string_view context) {
        return "{\"signed\":\"" + byteArrayOf(text).toBase64() + "\",\"signature\":\"" +
               QByteArray::fromStdString(toHex(lab.sign(context, text))) + "\"}";
    };
    const auto request = package::openTabletRequest(viewOf(envelope(package::kTabletContext)));
    if (request && request->device != lab.verifyKey()) std::abort();
    const auto enrolment = package::openEnrolment(viewOf(envelope(package::kEnrolmentContext)), lab.verifyKey());
    if (enrolment && enrolment->lab != lab.verifyKey()) std::abort();
    // A certificate is bound to its context: it never passes for a request, nor the other way round.
    if (package::openEnrolment(viewOf(envelope(package::kTabletContext)), lab.verifyKey())) std::abort();
    return 0;
}
