// The hashes that are not ours: what wrong code computes, and forgers try, instead of HMAC-SHA256.
#pragma once

#include <string>
#include <string_view>

namespace smartcar_sim::signature {

enum class Algorithm { kMd5, kSha1, kSha224, kSha256, kSha384, kSha512, kSha512Of256, kSha3Of256 };

// Raw bytes; empty when this machine's OpenSSL does not offer the algorithm (MD5 under FIPS).
[[nodiscard]] std::string hash(Algorithm algorithm, std::string_view message);
[[nodiscard]] std::string hmac(Algorithm algorithm, std::string_view key, std::string_view message);

}  // namespace smartcar_sim::signature
