// Ends of TCP connections that say and hear bytes, for tests of what an HTTP library would not let them say.
//
// Every wait is bounded: after five seconds it throws std::runtime_error, which says what was waited for.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace smartcar_sim::fakes {

class RawConnection {
public:
    [[nodiscard]] static RawConnection to(int port);  // 127.0.0.1
    explicit RawConnection(int descriptor) : descriptor_(descriptor) {}
    RawConnection(RawConnection&& other) noexcept;
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    ~RawConnection() { close(); }

    void send(std::string_view bytes) const;
    // Like send(), but a peer that is gone or does not read is not an error: what was not sent is dropped.
    void send_what_it_takes(std::string_view bytes) const;

    // All that came up to and including `mark`; what came after it stays for the next call.
    [[nodiscard]] std::string read_until(std::string_view mark);
    // A head, and the body its content-length announces.
    [[nodiscard]] std::string read_message();
    // All that comes until the peer ends or resets the connection.
    [[nodiscard]] std::string read_to_end();
    // True when the peer closed its side within the bound, whatever it said before.
    [[nodiscard]] bool ends();
    // True when something may be read now; does not wait.
    [[nodiscard]] bool readable() const;

    [[nodiscard]] int descriptor() const { return descriptor_; }  // for a test that speaks TLS over it

    void half_close() const;  // nothing more will be sent
    void reset();             // RST instead of FIN
    void close();
    void shut_down() const;  // from another thread: ends its waits

private:
    // False at the end.
    [[nodiscard]] bool read_some(std::string_view awaited);

    std::atomic<int> descriptor_{-1};  // shut_down() may come from another thread
    std::string read_;
};

// A server on a free port of 127.0.0.1 that follows a script on each connection, each on its own thread.
//
// A script that throws only loses its connection: the other side's assertions tell what went wrong.
class RawPeer {
public:
    // `ordinal` counts connections from 0. The connection is closed when the script returns.
    using Script = std::function<void(RawConnection& connection, int ordinal)>;

    explicit RawPeer(Script script);
    ~RawPeer();
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] int connections() const { return connections_; }

private:
    void accept_connections();
    void follow_script(RawConnection& connection, int ordinal) const;

    const Script script_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> connections_{0};
    std::mutex mutex_;
    std::list<RawConnection> open_;     // guarded by mutex_; only the destructor shortens it
    std::vector<std::thread> threads_;  // of the accepting thread until it is joined
    std::thread acceptor_;
};

// A port of 127.0.0.1 on which nobody listens, nor can as long as this lives.
class ClosedPort {
public:
    ClosedPort();
    ~ClosedPort();
    ClosedPort(const ClosedPort&) = delete;
    ClosedPort& operator=(const ClosedPort&) = delete;
    [[nodiscard]] int port() const;

private:
    const int descriptor_;  // bound, and not listened on
};

}  // namespace smartcar_sim::fakes
