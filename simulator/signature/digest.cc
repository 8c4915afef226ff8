#include "signature/digest.h"

#include <array>
#include <cstddef>

#include <openssl/evp.h>

namespace smartcar_sim::signature {
namespace {

const char* name_of(Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::kMd5:
            return "MD5";
        case Algorithm::kSha1:
            return "SHA1";
        case Algorithm::kSha224:
            return "SHA224";
        case Algorithm::kSha256:
            return "SHA256";
        case Algorithm::kSha384:
            return "SHA384";
        case Algorithm::kSha512:
            return "SHA512";
        case Algorithm::kSha512Of256:
            return "SHA512-256";
        case Algorithm::kSha3Of256:
            return "SHA3-256";
    }
    return "";
}

using Buffer = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string bytes_of(const Buffer& buffer, std::size_t size) {
    return {reinterpret_cast<const char*>(buffer.data()), size};
}

}  // namespace

std::string hash(Algorithm algorithm, std::string_view message) {
    Buffer buffer{};
    std::size_t size = 0;
    const int done =
        EVP_Q_digest(nullptr, name_of(algorithm), nullptr, message.data(), message.size(), buffer.data(), &size);
    return done == 1 ? bytes_of(buffer, size) : "";
}

std::string hmac(Algorithm algorithm, std::string_view key, std::string_view message) {
    Buffer buffer{};
    std::size_t size = 0;
    // A null key would be "no key given" to OpenSSL, and an empty one is a key.
    const char* key_bytes = key.empty() ? "" : key.data();
    const auto* message_bytes = reinterpret_cast<const unsigned char*>(message.data());
    const unsigned char* done = EVP_Q_mac(nullptr, "HMAC", nullptr, name_of(algorithm), nullptr, key_bytes, key.size(),
                                          message_bytes, message.size(), buffer.data(), buffer.size(), &size);
    return done != nullptr ? bytes_of(buffer, size) : "";
}

}  // namespace smartcar_sim::signature
