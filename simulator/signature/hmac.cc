#include "signature/hmac.h"

#include <array>
#include <memory>
#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/text.h"

namespace smartcar_sim::signature {
namespace {

struct FreeMac {
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

void require(bool done) {
    if (!done) throw std::runtime_error("OpenSSL cannot compute HMAC-SHA256; look at OPENSSL_CONF and its providers");
}

// A null pointer means "the key of last time" to OpenSSL, and that is what an empty string_view may hold.
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.empty() ? "" : text.data());
}

// One context, keyed once: hashing another message under the same key is 2.5 times as fast as starting anew
// (toolchain.md 2.5).
class KeyedContext {
public:
    KeyedContext() {
        const std::unique_ptr<EVP_MAC, FreeMac> mac(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr));
        require(mac != nullptr);
        context_.reset(EVP_MAC_CTX_new(mac.get()));
        require(context_ != nullptr);
    }
    ~KeyedContext() { OPENSSL_cleanse(key_.data(), key_.size()); }
    KeyedContext(const KeyedContext&) = delete;
    KeyedContext& operator=(const KeyedContext&) = delete;

    Digest hash(std::string_view key, std::string_view message) {
        start(key);
        Digest digest{};
        std::size_t size = 0;
        require(EVP_MAC_update(context_.get(), bytes_of(message), message.size()) == 1 &&
                EVP_MAC_final(context_.get(), digest.data(), &size, digest.size()) == 1 && size == digest.size());
        return digest;
    }

private:
    void start(std::string_view key) {
        if (keyed_ && key == key_) return require(EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1);
        keyed_ = false;
        std::string sha256 = "SHA256";
        const std::array parameters = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256.data(), 0),
                                       OSSL_PARAM_construct_end()};
        require(EVP_MAC_init(context_.get(), bytes_of(key), key.size(), parameters.data()) == 1);
        OPENSSL_cleanse(key_.data(), key_.size());
        key_ = key;
        keyed_ = true;
    }

    std::unique_ptr<EVP_MAC_CTX, FreeMac> context_;
    std::string key_;
    bool keyed_ = false;
};

}  // namespace

Digest hmac_sha256(std::string_view key, std::string_view message) {
    // A memory of this thread's last key and not state: the answer is the same without it.
    thread_local KeyedContext context;
    return context.hash(key, message);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view message) {
    const Digest digest = hmac_sha256(key, message);
    return base::to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

bool equal(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(bytes_of(left), bytes_of(right), left.size()) == 0;
}

}  // namespace smartcar_sim::signature
