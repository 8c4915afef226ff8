// The object graph: one platform, its queue, its clock, and on demand the threads and the server.
//
// Made by start(), taken down by stop(): nothing here is global, so a process may hold several.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/announcing_journal.h"
#include "app/pause.h"
#include "app/workers.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "delivery/dispatcher.h"
#include "http/client_transport.h"
#include "http/server.h"
#include "platform/platform.h"
#include "routes/context.h"
#include "routes/service.h"
#include "simulation/simulation.h"
#include "store/memory_journal.h"
#include "store/request_log.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::app {

// Where a seeded run's clock starts, so that it repeats to the byte: 2026-01-01T00:00:00Z.
inline constexpr base::Instant kSeededStart{std::chrono::seconds(1'767'225'600)};

// Where the platform listens.
struct Listen {
    std::string host = "127.0.0.1";
    int port = 0;                                 // 0: any
    std::vector<std::string> allowed_hosts = {};  // beside loopback names: --allow-host
};

struct InstanceOptions {
    platform::Configuration platform;
    std::vector<vehicle::Vehicle> vehicles;
    std::uint64_t seed = 0;
    delivery::Dispatcher::Options delivery;
    simulation::Simulation::Options simulation;  // with Drive::kInline no sender thread is started
    http::ClientTransport::Options client;
    std::optional<Listen> listen;  // nothing: no server
    enum class Start { kRunning, kFrozen } clock = Start::kRunning;
    std::optional<base::Instant> start_at;   // of a frozen clock; the present when nothing is said
    AnnouncingJournal::Listener on_attempt;  // told of every attempt, on the thread that made it
    simulation::Simulation::VerificationListener on_verification;
    routes::Service::CallListener on_call;                         // told of every API call of the application
    std::function<void(const base::Secret&)> on_secret = nullptr;  // told of a secret before anything can show it
};

class Instance {
public:
    // Codes of http::Server::start: "port_taken", "bad_address".
    [[nodiscard]] static base::Result<std::unique_ptr<Instance>> start(InstanceOptions options);
    ~Instance();  // stop(), without grace
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    [[nodiscard]] platform::Platform& platform() { return platform_; }
    [[nodiscard]] simulation::Simulation& simulation() { return simulation_; }
    [[nodiscard]] delivery::Journal& journal() { return journal_; }
    [[nodiscard]] base::VirtualClock& clock() { return clock_; }
    // Why no connection to it can be made; nothing when one can. Sends nothing.
    [[nodiscard]] std::optional<delivery::Failure> obstacle(const base::Url& url) { return transport_.obstacle(url); }
    [[nodiscard]] delivery::Transport& transport() { return transport_; }
    [[nodiscard]] const store::RequestLog& requests() const { return requests_; }
    [[nodiscard]] const base::Ids& ids() const { return ids_; }
    [[nodiscard]] const std::string& origin() const { return origin_; }  // empty without a server

    // What its server would answer, for a server that stands before several.
    [[nodiscard]] contract::Response answer(const contract::Request& request) { return service_->answer(request); }

    // Ends the exchanges under way, and all later ones, as called off; no answer is slowed any more. From any thread.
    void abort() {
        transport_.abort();
        latency_.call_off();
    }

    // Slows no answer any more and makes no new attempt; those under way may end for `grace`, then they are cut. The
    // server answers until they have ended: a callback may be calling the API before it answers. Returns the deliveries
    // that did not become final.
    std::vector<delivery::Delivery> stop(base::Milliseconds grace);

private:
    explicit Instance(InstanceOptions options);
    [[nodiscard]] base::Result<base::Done> listen(const Listen& listen);
    [[nodiscard]] std::vector<delivery::Delivery> pending() const;

    const base::SystemClock wall_;
    base::VirtualClock clock_;
    const base::Ids ids_;
    store::MemoryJournal memory_;
    AnnouncingJournal journal_;
    store::RequestLog requests_;
    http::ClientTransport transport_;
    platform::Platform platform_;
    delivery::Dispatcher dispatcher_;
    simulation::Simulation simulation_;
    Pause latency_;  // of answers that a fault slows
    routes::Context context_;
    std::unique_ptr<routes::Service> service_;
    std::unique_ptr<Workers> workers_;
    std::unique_ptr<http::Server> server_;
    std::string origin_;
};

}  // namespace smartcar_sim::app
