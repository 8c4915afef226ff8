#include "http/server.h"

#include <array>
#include <system_error>
#include <utility>

#include <sys/socket.h>

#include "http/descriptors.h"
#include "http/response_head.h"

namespace smartcar_sim::http {
namespace {

// What a client on this machine can connect to.
std::string origin_of(std::string host, int port) {
    if (host == "0.0.0.0") host = "127.0.0.1";
    if (host == "::") host = "::1";
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    return "http://" + host + ":" + std::to_string(port);
}

// That stay when there is nothing to do.
constexpr std::size_t kFewestThreads = 8;

std::string no_place_left() {
    contract::Response response =
        refusal_response({503, "Too many connections are open; close some, or try again in a second."});
    response.headers.add("retry-after", "1");
    std::string bytes;
    append(bytes, {.response = response, .connection = "close"});
    return bytes;
}

// Says so and closes, without a thread and without waiting. What has arrived is read away first: closing a socket on
// which bytes wait sends a reset, which the client may notice before the answer.
void turn_away(const Socket& socket) {
    static const std::string kAnswer = no_place_left();
    std::array<char, 16384> discarded;  // NOLINT(cppcoreguidelines-pro-type-member-init): only written to
    const auto sent = ::send(socket.descriptor(), kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) return;
    ::shutdown(socket.descriptor(), SHUT_WR);
    [[maybe_unused]] const auto read = ::recv(socket.descriptor(), discarded.data(), discarded.size(), MSG_DONTWAIT);
}

}  // namespace

base::Result<std::unique_ptr<Server>> Server::start(Options options, Handler handler) {
    auto listener = listen_on(options.host, options.port);
    if (!listener) return listener.error();
    return std::unique_ptr<Server>(new Server(std::move(options), std::move(handler), std::move(listener).value()));
}

Server::Server(Options options, Handler handler, Listener listener)
    : options_(std::move(options)),
      places_(make_room_for(options_.max_connections)),
      handler_(std::move(handler)),
      listener_(std::move(listener)),
      origin_(origin_of(options_.host, listener_.port)),
      acceptor_([this] { accept_connections(); }) {}

Server::~Server() { stop(base::Milliseconds(0)); }

void Server::stop(base::Milliseconds grace) {
    closing_.trip();
    {
        const std::lock_guard lock(joining_);
        if (acceptor_.joinable()) acceptor_.join();
        listener_.socket = Socket();
    }
    {
        std::unique_lock lock(mutex_);
        left_.wait_for(lock, grace, [this] { return open_ == 0 || cut_.tripped(); });
        cut_.trip();
        threads_.splice(threads_.end(), ended_);
        left_.notify_all();
        arrived_.notify_all();
    }
    const std::lock_guard lock(joining_);
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Server::accept_connections() {
    while (true) {
        Accepted accepted = accept_on(listener_, closing_);
        if (accepted.outcome == Io::kInterrupted) return;
        if (accepted.outcome != Io::kDone) continue;
        Arrival arrival{std::move(accepted.socket), std::move(accepted.peer)};
        if (!admit(arrival)) turn_away(arrival.socket);
    }
}

bool Server::admit(Arrival& arrival) {
    const std::lock_guard lock(mutex_);
    for (std::thread& thread : ended_) thread.join();
    ended_.clear();
    if (open_ >= places_) return false;
    if (free_threads_ <= arrivals_.size()) {
        const auto self = threads_.emplace(threads_.end());
        try {
            *self = std::thread([this, self] { serve_arrivals(self); });
        } catch (const std::system_error&) {
            threads_.erase(self);
            return false;  // the machine gives no more threads: as good as full
        }
    }
    ++open_;
    arrivals_.push_back(std::move(arrival));
    arrived_.notify_one();
    return true;
}

void Server::serve_arrivals(std::list<std::thread>::iterator self) {
    std::unique_lock lock(mutex_);
    while (true) {
        ++free_threads_;
        const auto called = [this] { return !arrivals_.empty() || cut_.tripped(); };
        const bool needed = arrived_.wait_for(lock, options_.limits.idle_timeout, called);
        --free_threads_;
        if (!needed) {
            if (threads_.size() <= kFewestThreads) continue;
            ended_.splice(ended_.end(), threads_, self);
            return;
        }
        if (arrivals_.empty()) return;
        Arrival arrival = std::move(arrivals_.front());
        arrivals_.pop_front();
        lock.unlock();
        serve(std::move(arrival));
        lock.lock();
    }
}

void Server::serve(Arrival arrival) {
    Connection connection(std::move(arrival.socket), std::move(arrival.peer), options_.limits, handler_,
                          {closing_, cut_});
    connection.serve();
    // Before the socket closes: a client that sees it close may come back at once and must find its place free.
    const std::lock_guard lock(mutex_);
    --open_;
    if (open_ == 0) left_.notify_all();
}

}  // namespace smartcar_sim::http
