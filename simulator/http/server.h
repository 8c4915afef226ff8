// The HTTP server: sockets and threads around a function from Request to Response.
//
// One thread serves one connection, from a pool that grows as needed, is reused, and shrinks when it has nothing to do.
// start(), the getters and stop() may be called from any thread; the handler is called from many at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/result.h"
#include "http/connection.h"
#include "http/listener.h"
#include "http/socket.h"

namespace smartcar_sim::http {

class Server {
public:
    struct Options {
        std::string host = "127.0.0.1";      // a name or an address of this machine
        int port = 0;                        // 0: any free one
        std::size_t max_connections = 1024;  // further ones are answered 503; fewer where descriptors are scarce
        Limits limits = {};
    };

    // Returns when connections are accepted. Codes "port_taken" and "bad_address".
    [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(Options options, Handler handler);
    ~Server();  // stop(), without grace
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] int port() const { return listener_.port; }
    [[nodiscard]] const std::string& origin() const { return origin_; }  // "http://127.0.0.1:8080"

    // Accepts nothing more and closes idle connections at once; requests under way may end for `grace`, then their
    // connections are cut. Returns when no thread is left, so a handler that never returns keeps it. Calling it again
    // with a shorter grace, also meanwhile from another thread, hurries the first.
    void stop(base::Milliseconds grace);

private:
    struct Arrival {
        Socket socket;
        std::string peer;
    };

    Server(Options options, Handler handler, Listener listener);
    void accept_connections();
    [[nodiscard]] bool admit(Arrival& arrival);                  // false when there is no place or no thread for it
    void serve_arrivals(std::list<std::thread>::iterator self);  // what a thread of the pool does
    void serve(Arrival arrival);

    const Options options_;
    const std::size_t places_;
    const Handler handler_;
    Listener listener_;
    const std::string origin_;
    Interrupt closing_;
    Interrupt cut_;

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::condition_variable left_;
    std::deque<Arrival> arrivals_;    // guarded by mutex_, like what follows
    std::size_t open_ = 0;            // connections that are served or wait for a thread
    std::size_t free_threads_ = 0;    // waiting for an arrival
    std::list<std::thread> threads_;  // of the pool
    std::list<std::thread> ended_;    // have left it and are about to return, if they have not
    std::mutex joining_;
    std::thread acceptor_;  // last: it starts when all else is there
};

}  // namespace smartcar_sim::http
