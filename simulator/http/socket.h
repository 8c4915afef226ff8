// Sockets on which every wait ends: at a deadline of the monotonic clock, or when it is called off.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "base/clock.h"

namespace smartcar_sim::http {

using Deadline = std::chrono::steady_clock::time_point;

[[nodiscard]] Deadline within(base::Milliseconds duration);
[[nodiscard]] bool passed(Deadline deadline);

// Owns a file descriptor, or none (-1).
class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket();

    [[nodiscard]] int descriptor() const { return descriptor_; }
    explicit operator bool() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

// Calls off the waits of everyone who was given it, from any thread. Once tripped it stays so.
class Interrupt {
public:
    Interrupt();
    void trip();
    [[nodiscard]] bool tripped() const { return tripped_; }
    [[nodiscard]] int descriptor() const { return reader_.descriptor(); }  // readable once tripped

private:
    std::atomic<bool> tripped_{false};
    Socket reader_;
    Socket writer_;
};

// How long a read or a write may wait, and what calls it off.
struct Wait {
    Deadline until;
    const Interrupt* unless = nullptr;
};

enum class Io {
    kDone,
    kClosed,  // the peer ended its side in order
    kReset,   // the connection broke
    kTimeout,
    kInterrupted,
};

// kInterrupted or kTimeout when the wait is over, whatever there is to read; else kDone.
[[nodiscard]] Io state_of(const Wait& wait);

// kDone when `descriptor` shows one of poll()'s `events`, or an error that the next call on it will report. A wait that
// is over stays so: a peer that always has something to say cannot prolong it.
[[nodiscard]] Io wait_for(int descriptor, short events, const Wait& wait);

struct Received {
    Io outcome = Io::kDone;
    std::size_t count = 0;  // bytes, at least 1 when done
};

// Where bytes come from.
class Source {
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual Received read(std::span<char> room, const Wait& wait) = 0;
};

// A connection that carries bytes, plain or encrypted. Used by one thread at a time.
class Channel : public Source {
public:
    [[nodiscard]] virtual Io write(std::string_view bytes, const Wait& wait) = 0;  // all of them, or why not
    // Tells the peer that nothing more will be sent; it may still send.
    [[nodiscard]] virtual Io end_sending(const Wait& wait) = 0;
    // True when the peer has neither ended nor spoken out of turn: a request may be sent.
    [[nodiscard]] virtual bool quiet() const = 0;
};

// Over a stream socket, which must not block.
class SocketChannel final : public Channel {
public:
    explicit SocketChannel(Socket socket) : socket_(std::move(socket)) {}
    [[nodiscard]] Received read(std::span<char> room, const Wait& wait) override;
    [[nodiscard]] Io write(std::string_view bytes, const Wait& wait) override;
    [[nodiscard]] Io end_sending(const Wait& wait) override;
    [[nodiscard]] bool quiet() const override;

private:
    Socket socket_;
};

// True when nothing has arrived on the socket, not even its end.
[[nodiscard]] bool nothing_arrived(int descriptor);

// Turns off Nagle's algorithm: with it, every answer waits 40 ms for the other side's delayed ACK.
void send_at_once(int descriptor);

}  // namespace smartcar_sim::http
