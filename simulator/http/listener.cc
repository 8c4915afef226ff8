#include "http/listener.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <random>
#include <variant>

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/ids.h"

namespace smartcar_sim::http {
namespace {

// As many clients may connect in one burst as may be connected. The library's 5 cost them a second each.
constexpr int kBacklog = 1024;
constexpr base::Milliseconds kPauseWithoutDescriptors{50};

// Below those that systems give to connections and to whoever asks for any port: one of them could be taken before the
// program that is told it listens there.
constexpr int kFirstQuietPort = 20'000;
constexpr int kLastQuietPort = 32'767;

struct FreeAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

std::string authority(const std::string& host, int port) {
    const bool bare_v6 = host.find(':') != std::string::npos && host.front() != '[';
    return (bare_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

base::Error cannot_listen(const std::string& host, int port, int error) {
    const std::string where = authority(host, port);
    if (error == EADDRINUSE) {
        return {"port_taken",
                where + " is in use by another program; stop it, or choose another port (0 takes a free one)"};
    }
    if (error == EACCES) {
        return {"bad_address", "may not listen on " + where + "; choose a port above 1023"};
    }
    return {"bad_address", "cannot listen on " + where + " (" + std::strerror(error) +
                               "); choose an address of this machine, such as 127.0.0.1"};
}

base::Result<Addresses> addresses_of(const std::string& host, int port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int failed = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (failed == 0) return Addresses(found);
    return base::Error{"bad_address", "cannot listen on " + authority(host, port) + " (" + ::gai_strerror(failed) +
                                          "); choose an address of this machine, such as 127.0.0.1"};
}

// The socket, or the errno of what failed.
std::variant<Socket, int> bound_socket(const addrinfo& address) {
    Socket socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    if (socket) ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!socket || ::bind(socket.descriptor(), address.ai_addr, address.ai_addrlen) != 0 ||
        ::listen(socket.descriptor(), kBacklog) != 0) {
        return errno;
    }
    return socket;
}

int port_of(int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    std::array<char, NI_MAXSERV> port{};
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    ::getnameinfo(reinterpret_cast<sockaddr*>(&address), size, nullptr, 0, port.data(), port.size(), NI_NUMERICSERV);
    return std::stoi(port.data());
}

std::string text_of(const sockaddr_storage& address, socklen_t size) {
    std::array<char, NI_MAXHOST> host{};
    ::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host.data(), host.size(), nullptr, 0,
                  NI_NUMERICHOST);
    return host.data();
}

bool out_of_resources(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

}  // namespace

base::Result<Listener> listen_on(const std::string& host, int port) {
    auto addresses = addresses_of(host, port);
    if (!addresses) return addresses.error();
    int error = 0;
    for (const addrinfo* at = addresses.value().get(); at != nullptr; at = at->ai_next) {
        auto bound = bound_socket(*at);
        if (auto* socket = std::get_if<Socket>(&bound)) {
            const int chosen = port_of(socket->descriptor());
            return Listener{std::move(*socket), chosen};
        }
        error = std::get<int>(bound);
    }
    return cannot_listen(host, port, error);
}

base::Result<int> find_free_port() {
    constexpr int kTries = 32;
    std::mt19937_64 random(base::random_seed());
    std::uniform_int_distribution<int> quiet(kFirstQuietPort, kLastQuietPort);
    for (int i = 0; i < kTries; ++i) {
        if (const auto listener = listen_on("127.0.0.1", quiet(random))) return listener.value().port;
    }
    const auto listener = listen_on("127.0.0.1", 0);
    if (!listener) return listener.error();
    return listener.value().port;
}

Accepted accept_on(const Listener& listener, const Interrupt& closing) {
    const int descriptor = listener.socket.descriptor();
    const Io ready = wait_for(descriptor, POLLIN, {within(std::chrono::hours(1)), &closing});
    if (ready == Io::kInterrupted || closing.tripped()) return {.outcome = Io::kInterrupted};
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    Socket socket(::accept4(descriptor, reinterpret_cast<sockaddr*>(&address), &size, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (socket) {
        send_at_once(socket.descriptor());
        return {.outcome = Io::kDone, .socket = std::move(socket), .peer = text_of(address, size)};
    }
    // The connection stays in the backlog; asking again at once would only spin.
    if (out_of_resources(errno)) {
        const Io paused = wait_for(-1, 0, {within(kPauseWithoutDescriptors), &closing});
        if (paused == Io::kInterrupted) return {.outcome = Io::kInterrupted};
    }
    return {.outcome = Io::kReset};
}

}  // namespace smartcar_sim::http
