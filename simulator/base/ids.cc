#include "base/ids.h"

#include <array>
#include <bit>
#include <random>

#include "base/text.h"

namespace smartcar_sim::base {

namespace {

// How (seed, kind, parent, ordinal) becomes 128 bits.
//
// Two lanes of 64 bits take in the same words; each word is multiplied by an odd constant of the lane, added, and the
// lane is then scrambled by the finalizer of splitmix64 (Steele, Lea and Flood 2014), a bijection in which every input
// bit reaches every output bit. The second lane also takes in the first, so that the two differ in more than their
// constants. Texts go in as their length and then eight bytes at a time, so ("ab","c") and ("a","bc") differ.
// Not a cryptographic function, and need not be: nobody gains by forging the id of a fake vehicle. It is written out
// here because std::hash may differ between libraries and an id must not.
class Mixer {
public:
    explicit Mixer(std::uint64_t seed) { take(seed); }

    void take(std::uint64_t word) {
        first_ = scramble(first_ + word * kFirstFactor);
        second_ = scramble(second_ + std::rotl(word, 32) * kSecondFactor + first_);
    }

    void take(std::string_view text) {
        take(static_cast<std::uint64_t>(text.size()));
        for (std::size_t at = 0; at < text.size(); at += 8) {
            take(little_endian(text.substr(at, 8)));
        }
    }

    [[nodiscard]] std::array<unsigned char, 16> bytes() const {
        std::array<unsigned char, 16> bytes{};
        for (std::size_t at = 0; at < 8; ++at) {
            bytes[at] = static_cast<unsigned char>(first_ >> (56 - 8 * at));
            bytes[at + 8] = static_cast<unsigned char>(second_ >> (56 - 8 * at));
        }
        return bytes;
    }

private:
    // The first 64 bits of the fractions of pi and e, made odd: numbers nobody could have chosen for a purpose.
    static constexpr std::uint64_t kFirstFactor = 0x243F6A8885A308D3U;
    static constexpr std::uint64_t kSecondFactor = 0xB7E151628AED2A6BU;

    static std::uint64_t scramble(std::uint64_t word) {
        word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9U;
        word = (word ^ (word >> 27U)) * 0x94D049BB133111EBU;
        return word ^ (word >> 31U);
    }

    static std::uint64_t little_endian(std::string_view bytes) {
        std::uint64_t word = 0;
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            word |= std::uint64_t{static_cast<unsigned char>(bytes[at])} << (8 * at);
        }
        return word;
    }

    std::uint64_t first_ = kSecondFactor;
    std::uint64_t second_ = kFirstFactor;
};

std::array<unsigned char, 16> derive(std::uint64_t seed, std::string_view kind, std::string_view parent,
                                     std::uint64_t ordinal) {
    Mixer mixer(seed);
    mixer.take(kind);
    mixer.take(parent);
    mixer.take(ordinal);
    return mixer.bytes();
}

std::string hex_of(const std::array<unsigned char, 16>& bytes) {
    return to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

constexpr std::size_t kUuidLength = 36;

constexpr bool is_hyphen_position(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

bool is_hex_digit(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

}  // namespace

Ids Ids::within(std::string_view name) const {
    std::uint64_t seed = 0;
    for (const unsigned char byte : derive(seed_, "within", name, 0)) seed = seed << 8U ^ seed >> 56U ^ byte;
    return Ids(seed);
}

std::string Ids::uuid(std::string_view kind, std::string_view parent, std::uint64_t ordinal) const {
    auto bytes = derive(seed_, kind, parent, ordinal);
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);  // version 4
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);  // variant 10 (RFC 9562 section 4.1)
    const std::string hex = hex_of(bytes);
    std::string text;
    text.reserve(kUuidLength);
    for (const char digit : hex) {
        if (is_hyphen_position(text.size())) text += '-';
        text += digit;
    }
    return text;
}

std::string Ids::challenge(std::string_view webhook_id, std::uint64_t ordinal) const {
    return "challenge_" + hex_of(derive(seed_, "challenge", webhook_id, ordinal));
}

bool is_uuid(std::string_view text) {
    if (text.size() != kUuidLength) {
        return false;
    }
    for (std::size_t at = 0; at < kUuidLength; ++at) {
        if (is_hyphen_position(at) ? text[at] != '-' : !is_hex_digit(text[at])) {
            return false;
        }
    }
    return true;
}

std::uint64_t random_seed() {
    std::random_device entropy;
    const std::uint64_t high = entropy();
    return (high << 32U) | entropy();
}

}  // namespace smartcar_sim::base
