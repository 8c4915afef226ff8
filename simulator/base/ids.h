// Ids and challenges derived from a seed, never drawn: the same seed, kind, parent and ordinal give
// the same id whatever thread asks first, so a run can be repeated byte for byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace smartcar_sim::base {

class Ids {
public:
    explicit Ids(std::uint64_t seed) : seed_(seed) {}

    [[nodiscard]] std::uint64_t seed() const { return seed_; }

    // Ids of a world of its own, as different from these as two seeds.
    [[nodiscard]] Ids within(std::string_view name) const;

    // A lower-case UUID with the version and variant bits of v4: the n-th `kind` of `parent`.
    [[nodiscard]] std::string uuid(std::string_view kind, std::string_view parent, std::uint64_t ordinal) const;

    // "challenge_" and 32 lower-case hex digits (contract/clients.md, section 1 item 5).
    [[nodiscard]] std::string challenge(std::string_view webhook_id, std::uint64_t ordinal) const;

private:
    std::uint64_t seed_;
};

// True for 8-4-4-4-12 lower- or upper-case hex digits; version bits are not asked for.
[[nodiscard]] bool is_uuid(std::string_view text);

// A seed nobody chose, from the operating system.
[[nodiscard]] std::uint64_t random_seed();

}  // namespace smartcar_sim::base
