#include "http/body.h"

#include <algorithm>
#include <array>
#include <optional>

#include <httplib.h>

#include "http/chunked.h"

namespace smartcar_sim::http {
namespace {

// The head the library sees. It reads every body as a response's, because a client knows all framings.
std::string framing_head(const Framing& framing) {
    std::string head = "HTTP/1.1 200 OK\r\n";
    if (framing.kind == Framing::Kind::kLength) head += "Content-Length: " + std::to_string(framing.length) + "\r\n";
    if (framing.kind == Framing::Kind::kChunked) head += "Transfer-Encoding: chunked\r\n";
    return head + "\r\n";
}

BodyProblem problem_of(Io outcome) {
    switch (outcome) {
        case Io::kClosed:
            return BodyProblem::kClosed;
        case Io::kTimeout:
            return BodyProblem::kTimeout;
        case Io::kInterrupted:
            return BodyProblem::kInterrupted;
        default:
            return BodyProblem::kReset;
    }
}

// Gives the library the framing head, then the bytes of the body, and swallows what it writes.
//
// The functions without `override` exist only in newer versions of the library.
class BodyStream final : public httplib::Stream {
public:
    BodyStream(Input& input, const Framing& framing, const Wait& wait)
        : input_(input), framing_(framing), wait_(wait), head_(framing_head(framing)) {}

    [[nodiscard]] std::optional<BodyProblem> problem() const { return problem_; }
    // False when the library stopped before the end that the framing names.
    [[nodiscard]] bool at_end() const { return framing_.kind != Framing::Kind::kChunked || grammar_.complete(); }

    ssize_t read(char* room, size_t size) override {
        if (given_ < head_.size()) return read_head({room, size});
        const Received received = input_.read({room, size}, wait_);
        if (received.outcome == Io::kClosed && framing_.kind == Framing::Kind::kUntilClose) return 0;
        if (received.outcome != Io::kDone) return fail(problem_of(received.outcome));
        if (framing_.kind == Framing::Kind::kChunked && !grammar_.accept({room, received.count})) {
            return fail(BodyProblem::kMalformed);
        }
        return static_cast<ssize_t>(received.count);
    }
    ssize_t write(const char* /*bytes*/, size_t size) override { return static_cast<ssize_t>(size); }

    [[nodiscard]] bool is_readable() const override { return true; }
    // NOLINTBEGIN(modernize-use-override): see above
    [[nodiscard]] bool is_writable() const { return true; }
    [[nodiscard]] bool wait_readable() const { return true; }
    [[nodiscard]] bool wait_writable() const { return true; }
    [[nodiscard]] time_t duration() const { return 0; }
    // NOLINTEND(modernize-use-override)
    void get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    void get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const override {}
    [[nodiscard]] socket_t socket() const override { return INVALID_SOCKET; }

private:
    ssize_t read_head(std::span<char> room) {
        const std::size_t count = std::min(room.size(), head_.size() - given_);
        std::copy_n(head_.data() + given_, count, room.data());
        given_ += count;
        return static_cast<ssize_t>(count);
    }

    ssize_t fail(BodyProblem problem) {
        if (!problem_) problem_ = problem;
        return -1;
    }

    Input& input_;
    const Framing& framing_;
    const Wait& wait_;
    const std::string head_;
    std::size_t given_ = 0;
    ChunkedGrammar grammar_;
    std::optional<BodyProblem> problem_;
};

// The library's client without its socket. Its reading of one response is a protected member in every version.
class BodyDecoder final : public httplib::ClientImpl {
public:
    BodyDecoder() : httplib::ClientImpl("localhost") { set_decompress(false); }

    bool decode(httplib::Stream& stream, httplib::Request& request) {
        httplib::Response response;
        httplib::Error error = httplib::Error::Success;
        try {
            return process_request(stream, request, response, false, error);
        } catch (...) {
            return false;
        }
    }
};

// Hands the bytes on as they were framed, until `take` wants no more: no problem either.
template <class Take>
std::optional<BodyProblem> read_framed(Input& input, const Framing& framing, const Wait& wait, const Take& take) {
    bool enough = false;
    httplib::Request request;
    request.method = "GET";
    request.path = "/";
    request.content_receiver = [&](const char* bytes, std::size_t count, auto /*offset*/, auto /*total*/) {
        enough = !take(std::string_view(bytes, count));
        return !enough;
    };
    BodyStream stream(input, framing, wait);
    const bool decoded = BodyDecoder().decode(stream, request);
    if (enough) return std::nullopt;
    if (stream.problem()) return stream.problem();
    if (!decoded || !stream.at_end()) return BodyProblem::kMalformed;
    return std::nullopt;
}

#ifdef CPPHTTPLIB_ZLIB_SUPPORT
// The length of what was packed, modulo 2^32: the last four bytes of a gzip file (RFC 1952 section 2.3.1).
std::uint32_t length_it_says(std::string_view packed) {
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        length |= std::uint32_t{static_cast<unsigned char>(packed[packed.size() - 4 + i])} << (8 * i);
    }
    return length;
}

// The library's decoder does not ask whether the stream came to its end, so its length is held against the one that
// stands there.
std::variant<std::string, BodyProblem> unpack_gzip(const std::string& packed, std::size_t limit) {
    constexpr std::size_t kShortest = 18;  // a header of ten bytes and a trailer of eight
    if (packed.size() < kShortest) return BodyProblem::kMalformed;
    std::string body;
    bool too_large = false;
    httplib::detail::gzip_decompressor decompressor;
    const bool unpacked =
        decompressor.decompress(packed.data(), packed.size(), [&](const char* bytes, std::size_t count) {
            too_large = count > limit - body.size();
            if (!too_large) body.append(bytes, count);
            return !too_large;
        });
    if (too_large) return BodyProblem::kTooLarge;
    if (!unpacked || length_it_says(packed) != body.size()) return BodyProblem::kMalformed;
    return body;
}
#endif

}  // namespace

bool can_unpack_gzip() {
#ifdef CPPHTTPLIB_ZLIB_SUPPORT
    return true;
#else
    return false;
#endif
}

std::variant<std::string, BodyProblem> read_body(Input& input, const Framing& framing, std::size_t limit,
                                                 const Wait& wait) {
    if (framing.kind == Framing::Kind::kNone) return std::string();
    if (framing.kind == Framing::Kind::kLength && framing.length > limit) return BodyProblem::kTooLarge;
    std::string framed;
    bool too_large = false;
    const auto problem = read_framed(input, framing, wait, [&](std::string_view bytes) {
        too_large = bytes.size() > limit - framed.size();
        if (!too_large) framed.append(bytes);
        return !too_large;
    });
    if (too_large) return BodyProblem::kTooLarge;
    if (problem) return *problem;
#ifdef CPPHTTPLIB_ZLIB_SUPPORT
    if (framing.coding == Framing::Coding::kGzip) return unpack_gzip(framed, limit);
#endif
    return framed;
}

std::variant<BodyStart, BodyProblem> read_body_start(Input& input, const Framing& framing, std::size_t limit,
                                                     const Wait& wait) {
    if (framing.kind == Framing::Kind::kNone) return BodyStart{};
    BodyStart start;
    start.whole = framing.kind == Framing::Kind::kLength && framing.length <= limit;
    const auto problem = read_framed(input, framing, wait, [&](std::string_view bytes) {
        start.bytes.append(bytes.substr(0, limit - start.bytes.size()));
        return start.whole || start.bytes.size() < limit;
    });
    if (problem) return *problem;
    start.whole |= start.bytes.size() < limit;
    return start;
}

}  // namespace smartcar_sim::http
