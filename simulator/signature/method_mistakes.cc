// Another way to make a hash of the right key and the right message.
#include <array>
#include <utility>

#include "base/text.h"
#include "signature/digest.h"
#include "signature/mistakes.h"

namespace smartcar_sim::signature {
namespace {

using Digests = std::vector<std::string>;

std::string text(std::string_view view) { return std::string(view); }

Digests sha256_of(const std::vector<std::string>& messages) {
    Digests digests;
    digests.reserve(messages.size());
    for (const std::string& message : messages) digests.push_back(hash(Algorithm::kSha256, message));
    return digests;
}

Digests joined_by(std::string_view key, std::string_view message, std::string_view sign) {
    return sha256_of({text(key).append(sign).append(message), text(message).append(sign).append(key)});
}

Digests joined_with_a_sign(std::string_view key, std::string_view message) {
    Digests digests;
    for (const std::string_view sign : {":", ".", "\n"}) {
        for (std::string& digest : joined_by(key, message, sign)) digests.push_back(std::move(digest));
    }
    return digests;
}

Digests hashed_twice(std::string_view key, std::string_view message) {
    const std::string raw = hmac(Algorithm::kSha256, key, message);
    const std::string right = base::to_hex(raw);
    return {hmac(Algorithm::kSha256, key, right),
            hmac(Algorithm::kSha256, key, raw),
            hmac(Algorithm::kSha256, key, base::to_hex(hash(Algorithm::kSha256, message))),
            hmac(Algorithm::kSha256, key, hash(Algorithm::kSha256, message)),
            hash(Algorithm::kSha256, right),
            hash(Algorithm::kSha256, raw)};
}

Digests unkeyed_twice(std::string_view /*key*/, std::string_view message) {
    const std::string once = hash(Algorithm::kSha256, message);
    return sha256_of({once, base::to_hex(once)});
}

// Java's MessageDigest and PHP's hash() with another name than SHA-256's.
template <Algorithm kAlgorithm>
Digests unkeyed(std::string_view /*key*/, std::string_view message) {
    return {hash(kAlgorithm, message)};
}

template <Algorithm kAlgorithm>
Digests keyed(std::string_view key, std::string_view message) {
    return {hmac(kAlgorithm, key, message)};
}

constexpr std::string_view kUseSha256 = "Use HMAC with SHA-256.";
constexpr std::string_view kUseAnHmac =
    "Compute an HMAC: hmac, not hash, with the application management token as its key.";

constexpr std::array kMethods{
    Row{.mistake = {"key-and-message-swapped", "The key was hashed, with the message as the key.",
                    "Swap the arguments: the token is the key, and the challenge or body is the message.",
                    Advice::kHmac},
        .in_pairs = Likely::kYes,
        .digests = [](std::string_view key,
                      std::string_view message) { return Digests{hmac(Algorithm::kSha256, message, key)}; }},
    Row{.mistake = {"unkeyed-sha256", "This is the plain SHA-256 of the message, without a key.", kUseAnHmac,
                    Advice::kHmac},
        .in_pairs = Likely::kWithMessages,
        .digests = unkeyed<Algorithm::kSha256>},
    Row{.mistake = {"key-and-message-joined", "Key and message were joined and hashed with plain SHA-256.",
                    "Compute an HMAC: it is more than a hash of the two together.", Advice::kHmac},
        .digests = [](std::string_view key, std::string_view message) { return joined_by(key, message, ""); }},
};

constexpr std::array kAlgorithms{
    Row{.mistake = {"sha1", "This is an HMAC with SHA-1.", kUseSha256, Advice::kHmac},
        .in_pairs = Likely::kYes,
        .digests = keyed<Algorithm::kSha1>},
    Row{.mistake = {"sha512", "This is an HMAC with SHA-512.", kUseSha256, Advice::kHmac},
        .in_pairs = Likely::kWithMessages,
        .digests = keyed<Algorithm::kSha512>},
    Row{.mistake = {"sha384", "This is an HMAC with SHA-384.", kUseSha256, Advice::kHmac},
        .digests = keyed<Algorithm::kSha384>},
    Row{.mistake = {"sha224", "This is an HMAC with SHA-224.", kUseSha256, Advice::kHmac},
        .digests = keyed<Algorithm::kSha224>},
    Row{.mistake = {"md5", "This is an HMAC with MD5.", kUseSha256, Advice::kHmac}, .digests = keyed<Algorithm::kMd5>},
    Row{.mistake = {"sha512-256", "This is an HMAC with SHA-512/256, which is not SHA-256.", kUseSha256, Advice::kHmac},
        .digests = keyed<Algorithm::kSha512Of256>},
    Row{.mistake = {"sha3-256", "This is an HMAC with SHA3-256, which is not SHA-256.", kUseSha256, Advice::kHmac},
        .digests = keyed<Algorithm::kSha3Of256>},
    Row{.mistake = {"unkeyed-sha1", "This is the plain SHA-1 of the message, without a key.", kUseAnHmac,
                    Advice::kHmac},
        .digests = unkeyed<Algorithm::kSha1>},
    Row{.mistake = {"unkeyed-sha512", "This is the plain SHA-512 of the message, without a key.", kUseAnHmac,
                    Advice::kHmac},
        .digests = unkeyed<Algorithm::kSha512>},
    Row{.mistake = {"unkeyed-md5", "This is the plain MD5 of the message, without a key.", kUseAnHmac, Advice::kHmac},
        .digests = unkeyed<Algorithm::kMd5>},
    Row{.mistake = {"key-and-message-joined-with-a-sign",
                    "Key and message were joined with a sign between them, such as a colon, and hashed with plain "
                    "SHA-256.",
                    "Compute an HMAC: it is more than a hash of the two together.", Advice::kHmac},
        .digests = joined_with_a_sign},
    Row{.mistake = {"key-on-both-sides", "The message was hashed with plain SHA-256 between the key and the key again.",
                    "Compute an HMAC: it is more than a hash of the two together.", Advice::kHmac},
        .digests = [](std::string_view key,
                      std::string_view message) { return sha256_of({text(key).append(message).append(key)}); }},
    Row{.mistake = {"hashed-twice", "A hash was hashed again.", "Hash the message once, and send that digest.",
                    Advice::kHmac},
        .digests = hashed_twice},
    Row{.mistake = {"unkeyed-twice", "This is the plain SHA-256 of the plain SHA-256 of the message.", kUseAnHmac,
                    Advice::kHmac},
        .digests = unkeyed_twice},
};

}  // namespace

std::span<const Row> other_methods() { return kMethods; }
std::span<const Row> other_algorithms() { return kAlgorithms; }

}  // namespace smartcar_sim::signature
