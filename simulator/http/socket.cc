#include "http/socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace smartcar_sim::http {
namespace {

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

// Rounded up: poll() must not return before the deadline and be called again for the rest. 0: it has passed.
int milliseconds_until(Deadline deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    constexpr std::chrono::milliseconds kMost = std::chrono::hours(1);
    return static_cast<int>(std::clamp(left, std::chrono::milliseconds(0), kMost).count());
}

}  // namespace

Deadline within(base::Milliseconds duration) { return std::chrono::steady_clock::now() + duration; }

bool passed(Deadline deadline) { return std::chrono::steady_clock::now() >= deadline; }

Socket::~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Interrupt::Interrupt() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    }
    reader_ = Socket(ends[0]);
    writer_ = Socket(ends[1]);
}

void Interrupt::trip() {
    tripped_ = true;
    // A full pipe has been tripped before, so what write() answers does not matter.
    [[maybe_unused]] const auto written = ::write(writer_.descriptor(), "!", 1);
}

Io state_of(const Wait& wait) {
    if (wait.unless != nullptr && wait.unless->tripped()) return Io::kInterrupted;
    return passed(wait.until) ? Io::kTimeout : Io::kDone;
}

Io wait_for(int descriptor, short events, const Wait& wait) {
    std::array<pollfd, 2> watched{{{descriptor, events, 0}, {-1, POLLIN, 0}}};
    if (wait.unless != nullptr) watched[1].fd = wait.unless->descriptor();
    while (true) {
        const int milliseconds = milliseconds_until(wait.until);
        const int ready = ::poll(watched.data(), wait.unless == nullptr ? 1 : 2, milliseconds);
        if (ready < 0 && errno != EINTR) return Io::kReset;
        if (watched[1].revents != 0) return Io::kInterrupted;
        if (milliseconds == 0) return Io::kTimeout;
        if (ready > 0) return Io::kDone;
    }
}

Received SocketChannel::read(std::span<char> room, const Wait& wait) {
    while (true) {
        // Waiting first costs one call less than asking in vain: the next request or response is seldom here already.
        const Io ready = wait_for(socket_.descriptor(), POLLIN, wait);
        if (ready != Io::kDone) return {ready, 0};
        const auto count = ::recv(socket_.descriptor(), room.data(), room.size(), 0);
        if (count > 0) return {Io::kDone, static_cast<std::size_t>(count)};
        if (count == 0) return {Io::kClosed, 0};
        if (!would_block(errno) && errno != EINTR) return {Io::kReset, 0};
    }
}

Io SocketChannel::write(std::string_view bytes, const Wait& wait) {
    while (!bytes.empty()) {
        const auto count = ::send(socket_.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            continue;
        }
        if (errno == EINTR) continue;
        if (!would_block(errno)) return Io::kReset;
        const Io ready = wait_for(socket_.descriptor(), POLLOUT, wait);
        if (ready != Io::kDone) return ready;
    }
    return Io::kDone;
}

bool SocketChannel::quiet() const { return nothing_arrived(socket_.descriptor()); }

Io SocketChannel::end_sending(const Wait& /*wait*/) {
    return ::shutdown(socket_.descriptor(), SHUT_WR) == 0 ? Io::kDone : Io::kReset;
}

bool nothing_arrived(int descriptor) {
    char byte = 0;
    return ::recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && would_block(errno);
}

void send_at_once(int descriptor) {
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

}  // namespace smartcar_sim::http
