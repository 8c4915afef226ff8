#include "http/chunked.h"

#include <algorithm>

namespace smartcar_sim::http {
namespace {

constexpr std::size_t kMostDigits = 8;  // a chunk below 4 GiB
constexpr std::size_t kMostExtensionBytes = 4096;

int hex_value(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

}  // namespace

bool ChunkedGrammar::accept(std::string_view bytes) {
    while (!bytes.empty() && state_ != State::kBroken) {
        if (state_ == State::kData) {
            const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(size_, bytes.size()));
            bytes.remove_prefix(taken);
            size_ -= taken;
            if (size_ == 0) state_ = State::kDataCr;
            continue;
        }
        state_ = after(bytes.front());
        bytes.remove_prefix(1);
    }
    return state_ != State::kBroken;
}

ChunkedGrammar::State ChunkedGrammar::after(char byte) {
    switch (state_) {
        case State::kSize:
            return after_size_byte(byte);
        case State::kExtension:
            if (byte == '\r') return State::kSizeEnd;
            return byte == '\n' || ++extension_bytes_ > kMostExtensionBytes ? State::kBroken : State::kExtension;
        case State::kSizeEnd:
            digits_ = 0;
            if (byte != '\n') return State::kBroken;
            return size_ == 0 ? State::kLastCr : State::kData;
        case State::kDataCr:
            return byte == '\r' ? State::kDataLf : State::kBroken;
        case State::kDataLf:
            return byte == '\n' ? State::kSize : State::kBroken;
        case State::kLastCr:
            return byte == '\r' ? State::kLastLf : State::kBroken;
        case State::kLastLf:
            return byte == '\n' ? State::kComplete : State::kBroken;
        default:
            return State::kBroken;
    }
}

ChunkedGrammar::State ChunkedGrammar::after_size_byte(char byte) {
    const int value = hex_value(byte);
    if (value >= 0) {
        size_ = (digits_ == 0 ? 0 : size_ * 16) + static_cast<std::uint64_t>(value);
        return ++digits_ > kMostDigits ? State::kBroken : State::kSize;
    }
    if (digits_ == 0) return State::kBroken;
    if (byte == '\r') return State::kSizeEnd;
    return byte == ';' || byte == ' ' || byte == '\t' ? State::kExtension : State::kBroken;
}

}  // namespace smartcar_sim::http
