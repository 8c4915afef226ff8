// Deadlines, limits of connections, and stopping.
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <iterator>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "catch.h"
#include "http/running_server.h"

namespace smartcar_sim::http {
namespace {

using base::Milliseconds;
using Clock = std::chrono::steady_clock;

const std::string kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

// A handler that can be held in the middle of a request.
class Gate {
public:
    Handler handler() {
        return [this](const contract::Request&) {
            std::unique_lock lock(mutex_);
            entered_ = true;
            changed_.notify_all();
            changed_.wait(lock, [this] { return open_; });
            return contract::Response{200, {}, "done"};
        };
    }
    // True when a request is inside.
    [[nodiscard]] bool entered() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(5), [this] { return entered_; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool entered_ = false;
    bool open_ = false;
};

// One more descriptor can be opened while it lives.
class OneDescriptor {
public:
    OneDescriptor() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int lowest = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        ::close(lowest);
        const rlimit lowered{static_cast<rlim_t>(lowest) + 1, before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &lowered);
    }
    ~OneDescriptor() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    OneDescriptor(const OneDescriptor&) = delete;
    OneDescriptor& operator=(const OneDescriptor&) = delete;

private:
    rlimit before_{};
};

std::string blank_lines() {
    std::string lines;
    for (int at = 0; at < 100'000; ++at) lines += "\r\n";
    return lines;
}

// Sends blank lines until the server hangs up; false when it has not within five seconds.
bool hung_up_on_flood(const fakes::RawConnection& client) {
    const std::string lines = blank_lines();
    const auto began = Clock::now();
    while (!client.readable() && Clock::now() - began < std::chrono::seconds(5)) client.send_what_it_takes(lines);
    return client.readable();
}

std::size_t threads() {
    const std::filesystem::directory_iterator tasks("/proc/self/task");
    return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

bool listens(const RunningServer& server) {
    try {
        static_cast<void>(server.connect());
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

}  // namespace

TEST_CASE("a head that does not end in time is 408, and a silent client is hung up on") {
    const RunningServer server({.limits = {.head_deadline = Milliseconds(50)}});
    CHECK(body_of(server.answer_to("GET / HT")) ==
          R"({"error":{"code":"request_timeout","message":"The head of the request did not arrive within 50ms."}})");
    CHECK(server.answer_to("").empty());
    CHECK(server.alive());
}

// Once its deadline began with its first byte, for which there was time until the same deadline.
TEST_CASE("the first head of a connection is due a deadline after the connection, however late it begins") {
    const Milliseconds deadline(400);
    const RunningServer server({.limits = {.head_deadline = deadline}});
    const auto began = Clock::now();
    const auto blank_lines_until = [&](const fakes::RawConnection& client, Milliseconds since_began) {
        while (Clock::now() - began < since_began) client.send("\r\n");
    };
    fakes::RawConnection first = server.connect();
    blank_lines_until(first, deadline / 2);
    fakes::RawConnection second = server.connect();
    second.send("GET /");
    blank_lines_until(first, deadline * 3 / 4);
    first.send("GET /");
    CHECK(status_of(first.read_to_end()) == 408);
    CHECK_FALSE(second.readable());
    CHECK(status_of(second.read_to_end()) == 408);
}

// Once it was not: as long as bytes were there to read, nobody looked at the clock.
TEST_CASE("a client that floods with blank lines is hung up on at the deadline") {
    const RunningServer server({.limits = {.head_deadline = Milliseconds(50)}});
    const fakes::RawConnection client = server.connect();
    CHECK(hung_up_on_flood(client));
    CHECK(server.alive());
}

TEST_CASE("stopping does not wait for a client that floods with blank lines") {
    const RunningServer server;
    const fakes::RawConnection client = server.connect();
    std::promise<void> begun;
    auto flooded = std::async(std::launch::async, [&] {
        client.send(blank_lines());
        begun.set_value();
        return hung_up_on_flood(client);
    });
    begun.get_future().wait();
    server->stop(Milliseconds(60'000));
    CHECK(flooded.get());
}

TEST_CASE("a body that does not end in time is 408, however it drips") {
    const RunningServer server({.limits = {.body_deadline = Milliseconds(50)}});
    fakes::RawConnection client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    const auto began = Clock::now();
    while (!client.readable() && Clock::now() - began < std::chrono::seconds(5)) client.send_what_it_takes("x");
    CHECK(body_of(client.read_message()) ==
          R"({"error":{"code":"request_timeout","message":"The body did not arrive within 50ms."}})");
}

TEST_CASE("an idle connection is closed after its timeout, a client that reset it is forgotten") {
    const RunningServer server({.limits = {.idle_timeout = Milliseconds(20)}});
    fakes::RawConnection client = server.connect();
    client.send(kGet);
    CHECK(status_of(client.read_message()) == 200);
    CHECK(client.read_to_end().empty());
    fakes::RawConnection rude = server.connect();
    rude.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx");
    rude.reset();
    CHECK(server.alive());
}

TEST_CASE("a client that half-closes after its request is answered") {
    const RunningServer server;
    fakes::RawConnection client = server.connect();
    client.send(kGet);
    client.half_close();
    CHECK(status_of(client.read_to_end()) == 200);
}

TEST_CASE("hundreds of idle connections do not keep a new client waiting") {
    const RunningServer server;
    std::vector<fakes::RawConnection> idle;
    for (int at = 0; at < 300; ++at) {
        idle.push_back(server.connect());
        idle.back().send(kGet);
    }
    for (fakes::RawConnection& client : idle) REQUIRE(status_of(client.read_message()) == 200);
    CHECK(server.alive());
}

TEST_CASE("hundreds of slow connections do not keep a new client waiting") {
    // More than the sockets' buffers hold, so that the server has to wait for whoever does not read it.
    const std::string large(8'000'000, 'x');
    const RunningServer server({}, [&](const contract::Request& request) {
        return request.target == "/large" ? contract::Response{200, {}, large} : describe(request);
    });
    const std::vector<std::string> beginnings{
        "",
        "GET / HT",
        "GET / HTTP/1.1\r\nhost: x\r\n",
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf of it",
        "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n64\r\nhalf",
        "GET /large HTTP/1.1\r\nhost: x\r\n\r\n",
    };
    std::vector<fakes::RawConnection> slow;
    for (std::size_t at = 0; at < 256; ++at) {
        slow.push_back(server.connect());
        slow.back().send(beginnings[at % beginnings.size()]);
        if (at % 64 == 63) CHECK(server.alive());
    }
    CHECK(server.alive());
}

TEST_CASE("a connection beyond the limit is told 503 and when to try again, and a place that is left is taken") {
    const RunningServer server({.max_connections = 1});
    fakes::RawConnection first = server.connect();
    first.send(kGet);
    REQUIRE(status_of(first.read_message()) == 200);
    CHECK(
        server.answer_to(kGet) ==
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nretry-after: 1\r\ncontent-length: "
        "121\r\nconnection: close\r\n\r\n"
        R"({"error":{"code":"service_unavailable","message":"Too many connections are open; close some, or try again in a second."}})");
    first.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(first.ends());
    CHECK(server.alive());
}

// Once sixty-four at a time were told so, and the others saw the connection close.
TEST_CASE("hundreds of connections beyond the limit are told 503, each of them") {
    const RunningServer server({.max_connections = 1});
    const fakes::RawConnection first = server.connect();
    first.send(kGet);
    std::vector<fakes::RawConnection> further;
    for (int at = 0; at < 300; ++at) {
        further.push_back(server.connect());
        further.back().send_what_it_takes(kGet);
    }
    for (fakes::RawConnection& client : further) REQUIRE(status_of(client.read_to_end()) == 503);
}

// Once as many threads stayed as there had ever been connections.
TEST_CASE("after a burst of connections the threads that have nothing to do end") {
    const std::size_t before = threads();
    const RunningServer server({.limits = {.idle_timeout = Milliseconds(20)}});
    {
        std::vector<fakes::RawConnection> burst;
        for (int at = 0; at < 100; ++at) {
            burst.push_back(server.connect());
            burst.back().send(kGet);
        }
        for (fakes::RawConnection& client : burst) REQUIRE(status_of(client.read_message()) == 200);
    }
    const auto began = Clock::now();
    while (threads() > before + 10 && Clock::now() - began < std::chrono::seconds(5)) std::this_thread::yield();
    CHECK(threads() <= before + 10);  // the one that accepts, eight, and one that has yet to return
    CHECK(server.alive());
}

TEST_CASE("what a connection may cost, and how many there may be, when nobody says otherwise") {
    const Server::Options options;
    CHECK(options.max_connections == 1024);
    CHECK(options.limits.head_deadline == std::chrono::seconds(10));
    CHECK(options.limits.body_deadline == std::chrono::seconds(30));
    CHECK(options.limits.idle_timeout == std::chrono::seconds(75));
    CHECK(options.limits.max_body == 1'048'576);
}

TEST_CASE("running out of descriptors delays a connection but does not lose it") {
    const RunningServer server;
    fakes::RawConnection client = server.connect();
    client.send(kGet);
    REQUIRE(status_of(client.read_message()) == 200);
    fakes::RawConnection waiting = [&] {
        const OneDescriptor left;
        fakes::RawConnection taker = server.connect();  // takes it: there is none for the server's end
        taker.send(kGet);
        for (int at = 0; at < 100; ++at) {
            client.send(kGet);
            REQUIRE(status_of(client.read_message()) == 200);
        }
        CHECK_FALSE(taker.readable());
        return taker;
    }();
    CHECK(status_of(waiting.read_message()) == 200);
}

TEST_CASE("stopping does not wait for idle clients") {
    const RunningServer server;
    fakes::RawConnection idle = server.connect();
    idle.send(kGet);
    REQUIRE(status_of(idle.read_message()) == 200);
    const fakes::RawConnection silent = server.connect();
    const auto began = Clock::now();
    server->stop(Milliseconds(60'000));
    CHECK(Clock::now() - began < std::chrono::seconds(5));
    CHECK(idle.ends());
}

TEST_CASE("stopping lets a request under way end and says that the connection closes") {
    Gate gate;
    const RunningServer server({}, gate.handler());
    fakes::RawConnection client = server.connect();
    client.send(kGet);
    REQUIRE(gate.entered());
    auto stopped = std::async(std::launch::async, [&] { server->stop(Milliseconds(60'000)); });
    while (listens(server)) std::this_thread::yield();
    gate.open();
    stopped.get();
    const std::string answer = client.read_to_end();
    CHECK(body_of(answer) == "done");
    CHECK(answer.find("connection: close\r\n") != std::string::npos);
}

TEST_CASE("after the grace what still hangs is cut") {
    const RunningServer server;
    fakes::RawConnection client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
    server->stop(Milliseconds(10));
    CHECK(client.ends());
}

TEST_CASE("a port that is taken is named, with what to do") {
    const RunningServer server;
    const auto second = Server::start({.port = server->port()}, describe);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().code == "port_taken");
    CHECK(second.error().message ==
          "127.0.0.1:" + std::to_string(server->port()) +
              " is in use by another program; stop it, or choose another port (0 takes a free one)");
}

TEST_CASE("an address that is not of this machine is named, with what to do") {
    const auto started = Server::start({.host = "203.0.113.7"}, describe);
    REQUIRE_FALSE(started.ok());
    CHECK(started.error().code == "bad_address");
    CHECK(started.error().message ==
          "cannot listen on 203.0.113.7:0 (Cannot assign requested address); choose an address of this machine, such "
          "as 127.0.0.1");
    CHECK(Server::start({.host = "no-such-host.invalid"}, describe).error().code == "bad_address");
}

}  // namespace smartcar_sim::http
