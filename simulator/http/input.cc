#include "http/input.h"

#include <algorithm>

namespace smartcar_sim::http {
namespace {

// Most heads fit; one that does not doubles it.
constexpr std::size_t kFirstRoom = 4096;

}  // namespace

void Input::consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
}

Io Input::fill(const Wait& wait) {
    if (end_ == room_.size() && begin_ > 0) {
        std::copy(room_.begin() + static_cast<std::ptrdiff_t>(begin_),
                  room_.begin() + static_cast<std::ptrdiff_t>(end_), room_.begin());
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == room_.size()) room_.resize(std::max(kFirstRoom, room_.size() * 2));
    const Received received = source_.read(std::span(room_).subspan(end_), wait);
    end_ += received.count;
    return received.outcome;
}

Received Input::read(std::span<char> into, const Wait& wait) {
    if (begin_ == end_) return source_.read(into, wait);
    const std::size_t count = std::min(into.size(), end_ - begin_);
    std::copy_n(room_.begin() + static_cast<std::ptrdiff_t>(begin_), count, into.begin());
    consume(count);
    return {Io::kDone, count};
}

}  // namespace smartcar_sim::http
