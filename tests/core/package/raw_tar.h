// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <string>

#include "base/bytes.h"

namespace sotto::test {

/// Writes ustar blocks by hand, so that a test can say anything in them, also what no program would write.
class RawTar {
public:
    RawTar& entry(const std::string& name, const std::string& content, char type = '0', const std::string& link = {}) {
        return header(name, content.size(), type, link).data(content);
    }
    RawTar& header(const std::string& name, std::uint64_t size, char type = '0', const std::string& link = {}) {
        std::string block(512, '\0');
        const auto put = [&block](std::size_t at, const std::string& text) { block.replace(at, text.size(), text); };
        char octal[16];
        std::snprintf(octal, sizeof octal, "%011llo", static_cast<unsigned long long>(size));
        put(0, name.substr(0, 100));
        put(100, "0000644");
        put(108, "0000000");
        put(116, "0000000");
        put(124, octal);
        put(136, "00000000000");
        block[156] = type;
        put(157, link);
        put(257, std::string("ustar\0"
                             "00",
                             8));
        put(148, "        ");
        unsigned sum = 0;
        for (const char c : block) {
            sum += static_cast<unsigned char>(c);
        }
        std::snprintf(octal, sizeof octal, "%06o", sum);
        put(148, octal);
        block[154] = '\0';
        m_text += block;
        return *this;
    }
    RawTar& data(const std::string& content) {
        m_text += content;
        m_text.append((512 - content.size() % 512) % 512, '\0');
        return *this;
    }
    [[nodiscard]] Bytes finished() const {
        const std::string text = m_text + std::string(1024, '\0');
        return {text.begin(), text.end()};
    }

private:
    std::string m_text;
};

}  // namespace sotto::test
