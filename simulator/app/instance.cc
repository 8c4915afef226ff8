#include "app/instance.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace smartcar_sim::app {
namespace {

// For a verification that was cut to be filed: its exchange has ended by then.
constexpr base::Milliseconds kCutExchange{1000};

}  // namespace

base::Result<std::unique_ptr<Instance>> Instance::start(InstanceOptions options) {
    const std::optional<Listen> listen = options.listen;
    std::unique_ptr<Instance> instance(new Instance(std::move(options)));
    if (listen) {
        const auto listening = instance->listen(*listen);
        if (!listening) return listening.error();
    }
    return instance;
}

Instance::Instance(InstanceOptions options)
    : clock_(options.clock == InstanceOptions::Start::kFrozen
                 ? base::VirtualClock(wall_, options.start_at.value_or(wall_.now()))
                 : base::VirtualClock(wall_)),
      ids_(options.seed),
      journal_(memory_, std::move(options.on_attempt)),
      transport_(std::move(options.client)),
      platform_(std::move(options.platform), std::move(options.vehicles), clock_, ids_),
      dispatcher_(clock_, ids_, transport_, journal_, platform_.configuration().application_management_token,
                  options.delivery),
      simulation_(platform_, dispatcher_, journal_, transport_, clock_, ids_, options.simulation),
      context_{simulation_, platform_, journal_, requests_, clock_, ids_} {
    context_.linger = [this](base::Milliseconds time) { latency_.wait(time); };
    context_.on_secret = std::move(options.on_secret);
    routes::AllowedHosts allowed;
    if (options.listen) {
        allowed.names = options.listen->allowed_hosts;
        allowed.names.push_back(options.listen->host);  // what the origin names
    }
    service_ = std::make_unique<routes::Service>(context_, std::move(allowed), std::move(options.on_call));
    simulation_.on_verification(std::move(options.on_verification));
    if (options.simulation.drive != simulation::Simulation::Drive::kWorkers) return;
    dispatcher_.on_change([this] { workers_->wake(); });
    simulation_.on_clock_moved([this] { workers_->wake_all(); });
    workers_ = std::make_unique<Workers>(dispatcher_, clock_, options.delivery.senders);
}

base::Result<base::Done> Instance::listen(const Listen& listen) {
    // A snapshot of a fleet: 100,000 vehicles of few kinds take some 20 MB.
    const http::Limits::Exception state{.path = "/_sim/state", .max_body = std::size_t{64} * 1024 * 1024};
    auto server = http::Server::start({.host = listen.host, .port = listen.port, .limits = {.larger = state}},
                                      [this](const contract::Request& request) { return service_->answer(request); });
    if (!server) return server.error();
    server_ = std::move(server).value();
    origin_ = server_->origin();
    return base::Done{};
}

Instance::~Instance() { stop(base::Milliseconds(0)); }

std::vector<delivery::Delivery> Instance::stop(base::Milliseconds grace) {
    const auto until = std::chrono::steady_clock::now() + grace;
    const auto left = [until] {
        const auto rest = std::chrono::ceil<base::Milliseconds>(until - std::chrono::steady_clock::now());
        return std::max(rest, base::Milliseconds(0));
    };
    latency_.call_off();
    if (workers_) {
        workers_->take_no_more();
        dispatcher_.wait_quiet(base::Instant::min(), left());
        transport_.abort();
        workers_->stop();
        dispatcher_.wait_quiet(base::Instant::min(), kCutExchange);
    }
    std::vector<delivery::Delivery> unfinished = pending();
    dispatcher_.close();  // releases the requests that wait for an outcome, which would hold the server
    if (server_) server_->stop(left());
    return unfinished;
}

std::vector<delivery::Delivery> Instance::pending() const {
    std::vector<delivery::Delivery> deliveries = memory_.find({.limit = SIZE_MAX}).deliveries;
    std::erase_if(deliveries,
                  [](const delivery::Delivery& delivery) { return delivery.outcome != delivery::Outcome::kPending; });
    return deliveries;
}

}  // namespace smartcar_sim::app
