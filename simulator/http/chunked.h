// Watches a chunked body go by and says whether it is one (RFC 9112 section 7.1).
//
// The library decodes the chunks, but cpp-httplib 0.11.4 reads sizes with strtoul ("-2", "0x5", "5garbage"), lets a
// size line grow without bound, and takes a chunk that is not followed by CRLF for the end of the body. What it is
// given has passed here first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace smartcar_sim::http {

class ChunkedGrammar {
public:
    // The next bytes of the body, and none of what follows it; false when they break the grammar. Trailers are
    // refused: 0.11.4 cannot read them, newer versions can, and no client met so far sends one.
    [[nodiscard]] bool accept(std::string_view bytes);
    // The last chunk and the blank line after it have been seen.
    [[nodiscard]] bool complete() const { return state_ == State::kComplete; }

private:
    enum class State { kSize, kExtension, kSizeEnd, kData, kDataCr, kDataLf, kLastCr, kLastLf, kComplete, kBroken };
    [[nodiscard]] State after(char byte);
    [[nodiscard]] State after_size_byte(char byte);

    State state_ = State::kSize;
    std::uint64_t size_ = 0;           // of the chunk; in kData what is left of it
    std::size_t digits_ = 0;           // of the size
    std::size_t extension_bytes_ = 0;  // of the whole body
};

}  // namespace smartcar_sim::http
