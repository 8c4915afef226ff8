#include "http/connection_pool.h"

#include <array>
#include <string>
#include <utility>

#include "catch.h"

namespace smartcar_sim::http {
namespace {

using std::chrono::milliseconds;

const ConnectionPool::Moment kStart{};
const std::string kOrigin = "http://127.0.0.1:3000";

// What a test knows of a connection that the pool holds.
struct Line {
    bool quiet = true;
    bool open = true;
};

class FakeChannel final : public Channel {
public:
    explicit FakeChannel(Line& line) : line_(line) {}
    ~FakeChannel() override { line_.open = false; }
    FakeChannel(const FakeChannel&) = delete;
    FakeChannel& operator=(const FakeChannel&) = delete;

    [[nodiscard]] Received read(std::span<char> /*room*/, const Wait& /*wait*/) override { return {Io::kClosed, 0}; }
    [[nodiscard]] Io write(std::string_view /*bytes*/, const Wait& /*wait*/) override { return Io::kDone; }
    [[nodiscard]] Io end_sending(const Wait& /*wait*/) override { return Io::kDone; }
    [[nodiscard]] bool quiet() const override { return line_.quiet; }

private:
    Line& line_;
};

std::unique_ptr<OpenConnection> connection_on(Line& line) {
    return std::make_unique<OpenConnection>(std::make_unique<FakeChannel>(line), "127.0.0.1:3000");
}

}  // namespace

TEST_CASE("a connection is kept for a second and no longer") {
    Line line;
    ConnectionPool pool;
    pool.keep(kOrigin, connection_on(line), kStart);
    auto taken = pool.take(kOrigin, kStart + milliseconds(1000));
    REQUIRE(taken);
    pool.keep(kOrigin, std::move(taken), kStart + milliseconds(1000));
    CHECK_FALSE(pool.take(kOrigin, kStart + milliseconds(2001)));
    CHECK_FALSE(line.open);
}

TEST_CASE("a connection is kept for its own origin") {
    Line line;
    ConnectionPool pool;
    pool.keep(kOrigin, connection_on(line), kStart);
    CHECK_FALSE(pool.take("https://127.0.0.1:3000", kStart));
    CHECK(pool.take(kOrigin, kStart));
}

TEST_CASE("of several the one used last is taken, and those that are not quiet are closed on the way") {
    std::array<Line, 3> lines;
    ConnectionPool pool;
    for (Line& line : lines) pool.keep(kOrigin, connection_on(line), kStart);
    lines[2].quiet = false;
    const auto taken = pool.take(kOrigin, kStart);
    REQUIRE(taken);
    CHECK_FALSE(lines[2].open);
    lines[1].quiet = false;
    CHECK_FALSE(taken->channel->quiet());  // it is the second
}

// Once they stayed until their origin was asked for again: receivers that had closed them filled the pool.
TEST_CASE("connections idle for too long are closed when another is kept or taken, whatever the origin") {
    std::array<Line, 3> lines;
    ConnectionPool pool;
    pool.keep("http://127.0.0.1:1", connection_on(lines[0]), kStart);
    pool.keep("http://127.0.0.1:2", connection_on(lines[1]), kStart + milliseconds(500));
    pool.keep("http://127.0.0.1:3", connection_on(lines[2]), kStart + milliseconds(1001));
    CHECK_FALSE(lines[0].open);
    CHECK(lines[1].open);
    CHECK_FALSE(pool.take("http://127.0.0.1:4", kStart + milliseconds(1501)));
    CHECK_FALSE(lines[1].open);
    CHECK(lines[2].open);
}

TEST_CASE("beyond the bound the connection that has been idle longest gives way") {
    std::array<Line, ConnectionPool::kMostIdle + 1> lines;
    ConnectionPool pool;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        pool.keep("http://127.0.0.1:" + std::to_string(at + 1), connection_on(lines[at]), kStart);
    }
    CHECK_FALSE(lines.front().open);
    CHECK(lines[1].open);
    CHECK(pool.take("http://127.0.0.1:" + std::to_string(lines.size()), kStart));
}

}  // namespace smartcar_sim::http
