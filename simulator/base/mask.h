// Keeps the secrets a user supplied out of texts that people and programs read, whoever wrote them: a callback may
// answer with its key, and an application may send it where it does not belong.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace smartcar_sim::base {

class Mask {
public:
    // Of a shorter secret the same letters turn up by chance, so that masking them would spoil honest texts and tell by
    // the holes what the secret is. It is masked only where we print it ourselves.
    static constexpr std::size_t kShortest = 8;

    Mask() = default;
    explicit Mask(const Secret& secret) { cover(secret); }

    // Nothing for a secret that we invented, or one under kShortest bytes.
    void cover(const Secret& secret);

    // The first `limit` bytes of `text` with each covered secret masked: as it is, as it stands in a JSON string or in
    // one within another, percent-encoded, escaped with \u, in hex, without its dashes, in letters of any case; as a
    // list of bytes; and in base64, also of a longer text, of which a digit that the secret shares with what follows it
    // is left. One that the limit halves is masked whole, and so is the beginning of one that an excerpt ("…" after it)
    // was cut to.
    [[nodiscard]] std::string apply(std::string_view text, std::size_t limit = std::string_view::npos) const;

private:
    enum class Letters { kExact, kAnyCase };
    struct Form {
        std::string written, masked;
        Letters letters;  // kAnyCase: `written` is in lower case
        bool operator==(const Form&) const = default;
    };

    [[nodiscard]] std::string mask_beginnings(std::string text) const;

    std::vector<Form> forms_;
};

}  // namespace smartcar_sim::base
