// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "package/manifest.h"
#include "package/withdrawal.h"

// Manifests, receipts and withdrawal orders from a hostile store: nothing may crash, and nothing unsigned may pass.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sotto;
    const ByteView text(data, size);
    static const auto lab = crypto::SigningKey::generate();
    if (package::openReceipt(text, lab.verifyKey())) std::abort();
    if (package::openManifest(text)) std::abort();
    if (package::openOrder(text)) std::abort();
    if (package::openDeletion(text, lab.verifyKey())) std::abort();

    // The body behind a signature that holds: what a device with a bug could send.
    const QByteArray body = byteArrayOf(text);
    const auto envelope = [&](std::string_view context) {
        return "{\"signed\":\"" + body.toBase64() + "\",\"signature\":\"" +
               QByteArray::fromStdString(toHex(lab.sign(context, text))) + "\"}";
    };
    const auto receipt = package::openReceipt(viewOf(envelope(package::kReceiptContext)), lab.verifyKey());
    if (receipt && receipt->lab != lab.verifyKey()) std::abort();
    const auto order = package::openOrder(viewOf(envelope(package::kOrderContext)));
    if (order && (order->device != lab.verifyKey() || order->packages.empty())) std::abort();
    const auto deletion = package::openDeletion(viewOf(envelope(package::kDeletionContext)), lab.verifyKey());
    if (deletion && (deletion->lab != lab.verifyKey() || deletion->packages.empty())) std::abort();
    return 0;
}
