#include "http/dial.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/text.h"
#include "http/resolve.h"

namespace smartcar_sim::http {
namespace {

using delivery::Failure;

bool is_near_v4(std::uint32_t address) {
    const auto within_range = [address](std::uint32_t first, int bits) {
        return (address ^ first) >> (32 - bits) == 0;
    };
    return within_range(0x7F000000, 8) || within_range(0x0A000000, 8) || within_range(0xAC100000, 12) ||
           within_range(0xC0A80000, 16) || address == 0;
}

bool is_near_v6(const in6_addr& address) {
    if (IN6_IS_ADDR_V4MAPPED(&address)) {
        std::uint32_t embedded = 0;
        std::memcpy(&embedded, &address.s6_addr[12], sizeof embedded);
        return is_near_v4(ntohl(embedded));
    }
    return IN6_IS_ADDR_LOOPBACK(&address) || IN6_IS_ADDR_UNSPECIFIED(&address) || (address.s6_addr[0] & 0xFE) == 0xFC;
}

// "connection refused": what went wrong, as a clause.
std::string words_for(int error) {
    std::string words = std::strerror(error);
    if (!words.empty()) words.front() = base::to_lower(words.front());
    return words;
}

struct Attempt {
    Io outcome = Io::kDone;
    Socket socket;
    int error = 0;  // errno when the outcome is kReset
};

Attempt connect_to(const Address& address, const Wait& wait) {
    Socket socket(::socket(address.socket->ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) return {Io::kReset, Socket(), errno};
    if (::connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(address.socket.get()),
                  static_cast<socklen_t>(address.size)) != 0) {
        if (errno != EINPROGRESS) return {Io::kReset, Socket(), errno};
        const Io ready = wait_for(socket.descriptor(), POLLOUT, wait);
        if (ready != Io::kDone) return {ready, Socket(), 0};
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
        // Reset in the instant after it was accepted: the peer was reached, and the first write will say the rest.
        if (error != 0 && error != ECONNRESET) return {Io::kReset, Socket(), error};
    }
    send_at_once(socket.descriptor());
    return {Io::kDone, std::move(socket), 0};
}

// An equal share of what is left for each address still to be tried, so that a silent first one leaves time for the
// rest.
Wait share(const Wait& wait, std::size_t addresses_left) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= wait.until) return wait;
    return {now + (wait.until - now) / static_cast<std::int64_t>(addresses_left), wait.unless};
}

void note(std::string& tried, const std::string& what) { tried += (tried.empty() ? "" : "; ") + what; }

}  // namespace

bool is_near(std::string_view address) {
    const std::string text(address);
    in_addr v4{};
    if (::inet_pton(AF_INET, text.c_str(), &v4) == 1) return is_near_v4(ntohl(v4.s_addr));
    in6_addr v6{};
    return ::inet_pton(AF_INET6, text.c_str(), &v6) == 1 && is_near_v6(v6);
}

std::variant<Dialled, Failure> dial(const base::Url& url, Reach reach, const Wait& wait) {
    const auto resolved = resolve(url, wait);
    if (const auto* failure = std::get_if<Failure>(&resolved)) return *failure;
    const auto& addresses = std::get<std::vector<Address>>(resolved);
    std::string tried;
    Failure::Kind kind = Failure::Kind::kRefusedByPolicy;
    for (std::size_t at = 0; at < addresses.size(); ++at) {
        const Address& address = addresses[at];
        if (reach == Reach::kNear && !is_near(address.host)) {
            note(tried, address.text + ": outside loopback and private ranges");
            continue;
        }
        Attempt attempt = connect_to(address, share(wait, addresses.size() - at));
        if (attempt.outcome == Io::kDone) return Dialled{std::move(attempt.socket), address.text};
        if (attempt.outcome == Io::kInterrupted) return Failure{Failure::Kind::kCalledOff, "called off"};
        kind = passed(wait.until) ? Failure::Kind::kTimeout : Failure::Kind::kUnreachable;
        note(tried, address.text + ": " +
                        (attempt.outcome == Io::kTimeout ? "no connection in time" : words_for(attempt.error)));
    }
    return Failure{kind, tried};
}

}  // namespace smartcar_sim::http
