#include "fakes/raw_peer.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace smartcar_sim::fakes {
namespace {

constexpr int kBoundMilliseconds = 5000;

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what + ": " + std::strerror(errno)); }

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int bound_socket() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) fail("socket");
    const sockaddr_in address = loopback(0);
    if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("bind");
    return descriptor;
}

int port_of(int descriptor) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

void await(int descriptor, short events, std::string_view awaited) {
    pollfd watched{descriptor, events, 0};
    const int ready = ::poll(&watched, 1, kBoundMilliseconds);
    if (ready == 0) throw std::runtime_error("waited five seconds for " + std::string(awaited));
    if (ready < 0) fail("poll");
}

std::size_t announced_length(const std::string& head) {
    for (const std::string_view name : {"content-length: ", "Content-Length: "}) {
        const std::size_t at = head.find(name);
        if (at != std::string::npos) return std::stoul(head.substr(at + name.size()));
    }
    return 0;
}

}  // namespace

RawConnection RawConnection::to(int port) {
    RawConnection connection(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = loopback(port);
    if (::connect(connection.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fail("connect");
    return connection;
}

RawConnection::RawConnection(RawConnection&& other) noexcept
    : descriptor_(other.descriptor_.exchange(-1)), read_(std::move(other.read_)) {}

void RawConnection::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        await(descriptor_, POLLOUT, "room to send");
        const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) fail("send");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void RawConnection::send_what_it_takes(std::string_view bytes) const {
    try {
        send(bytes);
    } catch (const std::runtime_error&) {
        return;
    }
}

bool RawConnection::read_some(std::string_view awaited) {
    await(descriptor_, POLLIN, awaited);
    std::array<char, 16384> room{};
    const auto count = ::recv(descriptor_, room.data(), room.size(), 0);
    if (count <= 0) return false;
    read_.append(room.data(), static_cast<std::size_t>(count));
    return true;
}

std::string RawConnection::read_until(std::string_view mark) {
    while (read_.find(mark) == std::string::npos) {
        if (!read_some(mark)) throw std::runtime_error("the connection ended after: " + read_);
    }
    const std::size_t end = read_.find(mark) + mark.size();
    std::string found = read_.substr(0, end);
    read_.erase(0, end);
    return found;
}

std::string RawConnection::read_message() {
    std::string message = read_until("\r\n\r\n");
    const std::size_t length = announced_length(message);
    while (read_.size() < length) {
        if (!read_some("a body"))
            throw std::runtime_error("the connection ended within a body after: " + message + read_);
    }
    message += read_.substr(0, length);
    read_.erase(0, length);
    return message;
}

std::string RawConnection::read_to_end() {
    while (read_some("the end of the connection")) {
    }
    return std::exchange(read_, {});
}

bool RawConnection::ends() {
    try {
        static_cast<void>(read_to_end());
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

bool RawConnection::readable() const {
    pollfd watched{descriptor_, POLLIN, 0};
    return !read_.empty() || ::poll(&watched, 1, 0) > 0;
}

void RawConnection::half_close() const { ::shutdown(descriptor_, SHUT_WR); }

void RawConnection::reset() {
    const linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

void RawConnection::close() {
    const int descriptor = descriptor_.exchange(-1);
    if (descriptor >= 0) ::close(descriptor);
}

void RawConnection::shut_down() const { ::shutdown(descriptor_, SHUT_RDWR); }

RawPeer::RawPeer(Script script) : script_(std::move(script)), listener_(bound_socket()), port_(port_of(listener_)) {
    if (::listen(listener_, 64) != 0) fail("listen");
    acceptor_ = std::thread([this] { accept_connections(); });
}

RawPeer::~RawPeer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
        const std::lock_guard lock(mutex_);
        for (const RawConnection& connection : open_) connection.shut_down();
    }
    for (std::thread& thread : threads_) thread.join();
}

void RawPeer::accept_connections() {
    while (true) {
        const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0) return;
        const std::lock_guard lock(mutex_);
        RawConnection& connection = open_.emplace_back(descriptor);
        threads_.emplace_back([this, &connection, ordinal = connections_++] {
            follow_script(connection, ordinal);
            const std::lock_guard closing(mutex_);
            connection.close();
        });
    }
}

void RawPeer::follow_script(RawConnection& connection, int ordinal) const {
    try {
        script_(connection, ordinal);
    } catch (const std::runtime_error&) {
        return;
    }
}

ClosedPort::ClosedPort() : descriptor_(bound_socket()) {}

ClosedPort::~ClosedPort() { ::close(descriptor_); }

int ClosedPort::port() const { return port_of(descriptor_); }

}  // namespace smartcar_sim::fakes
