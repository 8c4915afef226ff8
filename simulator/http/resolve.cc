#include "http/resolve.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace smartcar_sim::http {
namespace {

using delivery::Failure;

Address address_of(const addrinfo& found, int port) {
    const auto socket = std::make_shared<sockaddr_storage>();
    std::memcpy(socket.get(), found.ai_addr, found.ai_addrlen);
    Address address{.socket = socket, .size = found.ai_addrlen};
    std::array<char, NI_MAXHOST> host{};
    ::getnameinfo(found.ai_addr, found.ai_addrlen, host.data(), host.size(), nullptr, 0, NI_NUMERICHOST);
    address.host = host.data();
    address.text = (found.ai_family == AF_INET6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(port);
    return address;
}

bool is_numeric(const std::string& host) {
    in6_addr room{};
    const std::string without_interface = host.substr(0, host.find('%'));
    return ::inet_pton(AF_INET, host.c_str(), &room) == 1 ||
           ::inet_pton(AF_INET6, without_interface.c_str(), &room) == 1;
}

bool is_localhost(const std::string& host) { return host == "localhost" || host.ends_with(".localhost"); }

template <class Ask>
Resolved loopback_addresses(base::Url url, const Ask& ask) {
    std::vector<Address> addresses;
    for (const char* host : {"127.0.0.1", "::1"}) {
        url.host = host;
        Resolved found = ask(url);
        if (auto* failure = std::get_if<Failure>(&found)) return std::move(*failure);
        std::ranges::move(std::get<std::vector<Address>>(found), std::back_inserter(addresses));
    }
    return addresses;
}

// Shared by the one who waits and the thread that asks, so that either may end first.
struct Question {
    Interrupt answered;
    Resolved answer;
};

}  // namespace

Resolved ask_system(const base::Url& url) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int failed = ::getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &hints, &found);
    if (failed != 0) return Failure{Failure::Kind::kUnreachable, url.host + ": " + ::gai_strerror(failed)};
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    std::vector<Address> addresses;
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) addresses.push_back(address_of(*at, url.port));
    return addresses;
}

Resolved resolve(const base::Url& url, const Wait& wait, std::function<Resolved(const base::Url&)> ask) {
    if (is_numeric(url.host)) return ask(url);
    if (is_localhost(url.host)) return loopback_addresses(url, ask);
    try {
        const auto question = std::make_shared<Question>();
        std::thread([question, url, ask = std::move(ask)] {
            question->answer = ask(url);
            question->answered.trip();
        }).detach();
        const Io outcome = wait_for(question->answered.descriptor(), POLLIN, wait);
        if (question->answered.tripped()) return std::move(question->answer);
        if (outcome == Io::kInterrupted) return Failure{Failure::Kind::kCalledOff, "called off"};
        return Failure{Failure::Kind::kTimeout, url.host + ": its address was not found in time"};
    } catch (const std::system_error& error) {
        return Failure{Failure::Kind::kUnreachable, url.host + ": cannot be looked up: " + error.what()};
    }
}

}  // namespace smartcar_sim::http
