// HMAC-SHA256 over bytes, and comparison that takes the same time wherever the difference is.
//
// The key of everything Smartcar signs is the application management token as ASCII bytes, never
// hex-decoded (contract/webhooks.md section 4). Keys and messages are any bytes; both may be empty. Functions may be
// called from any thread. Each thread keeps the last key it used until it uses another or ends.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace smartcar_sim::signature {

using Digest = std::array<unsigned char, 32>;

// Throws std::runtime_error when this machine's OpenSSL has no HMAC-SHA256: nothing can work then.
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view message);
// 64 lower-case hex digits: the value of SC-Signature and of an answered challenge.
[[nodiscard]] std::string hmac_sha256_hex(std::string_view key, std::string_view message);

// False at once only when the lengths differ.
[[nodiscard]] bool equal(std::string_view left, std::string_view right);

}  // namespace smartcar_sim::signature
