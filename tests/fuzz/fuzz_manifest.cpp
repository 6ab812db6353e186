// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "package/manifest.h"

// Manifests and receipts from a hostile store: nothing may crash, and nothing unsigned may pass.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sotto;
    const ByteView text(data, size);
    static const auto lab = crypto::SigningKey::generate();
    if (package::openReceipt(text, lab.verifyKey())) std::abort();
    if (package::openManifest(text)) std::abort();

    // The body behind a signature that holds: what a device with a bug could send.
    const QByteArray body = byteArrayOf(text);
    const auto signature = lab.sign(package::kReceiptContext, text);
    const QByteArray envelope = "{\"signed\":\"" + body.toBase64() + "\",\"signature\":\"" +
                                QByteArray::fromStdString(toHex(signature)) + "\"}";
    const auto receipt = package::openReceipt(viewOf(envelope), lab.verifyKey());
    if (receipt && receipt->lab != lab.verifyKey()) std::abort();
    return 0;
}
