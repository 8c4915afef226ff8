// What has been received and not yet used: it outlives a message, so that pipelined requests are not lost.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "http/socket.h"

namespace smartcar_sim::http {

class Input {
public:
    explicit Input(Source& source) : source_(source) {}

    [[nodiscard]] std::string_view buffered() const { return {room_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t count);

    // Adds what arrives to buffered(). The caller bounds how much it lets accumulate.
    [[nodiscard]] Io fill(const Wait& wait);
    // Moves bytes out: those buffered if there are any, else what arrives.
    [[nodiscard]] Received read(std::span<char> into, const Wait& wait);

private:
    Source& source_;
    std::vector<char> room_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace smartcar_sim::http
