// The eyes of an audit: what a command, a URL and the platform's record show, and why they show nothing.
#include "app/probes.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "an_instance.h"
#include "app/audit_line.h"
#include "catch.h"
#include "fakes/raw_peer.h"
#include "http/server.h"

namespace smartcar_sim::app {
namespace {

const audit::Probe::Question kQuestion{.vehicle_id = R"(it's "my" $HOME `car`)", .event_id = "e 1;&"};
const audit::Probe::Question kPlain{.vehicle_id = "car:1", .event_id = "e.2-3_4"};
constexpr base::Milliseconds kSecond = std::chrono::seconds(1);

std::string seen_by(audit::Probe& probe, const audit::Probe::Question& question = kQuestion) {
    const auto seen = probe.read(question);
    return seen ? seen.value() : "error " + seen.error().code + ": " + seen.error().message;
}

std::string seen_by_command(const std::string& command) {
    CalledOff called_off;
    CommandProbe probe(command, kSecond, called_off);
    return seen_by(probe, kPlain);
}

// Repeats what it is asked, or answers with the status that is asked for.
contract::Response repeat(const contract::Request& request) {
    const bool broken = request.target.starts_with("/status/");
    return {broken ? std::stoi(request.target.substr(8)) : 200, {}, request.method + " " + request.target};
}

class Asked {
public:
    Asked() {
        auto started = http::Server::start({}, repeat);
        REQUIRE(started.ok());
        server_ = std::move(started).value();
    }
    [[nodiscard]] std::string seen(const std::string& target) {
        UrlProbe probe(server_->origin() + target, "the window", kSecond, line_);
        return seen_by(probe);
    }

private:
    std::unique_ptr<http::Server> server_;
    CalledOff called_off_;
    AuditLine line_{{}, called_off_};
};

}  // namespace

TEST_CASE("a command shows what it prints, with the ids filled in", "[app][audit]") {
    struct Row {
        std::string command;
        std::string seen;
    };
    for (const Row& row : std::vector<Row>{
             {"printf '%s\\n' {vehicleId} '{eventId}'", "car:1\ne.2-3_4"},
             {"echo \"{vehicleId}-{vehicleId}\"", "car:1-car:1"},
             {"echo same", "same"},
             {"true", ""},
             {"echo {vehicle}", "{vehicle}"},
             {"exit 3", "error probe_failed: the command of --probe showed nothing: it ended with exit code 3"},
             {"echo half; exit 1",
              "error probe_failed: the command of --probe showed nothing: it ended with exit code 1; if that means "
              "\"nothing yet\", add || true"},
         }) {
        CAPTURE(row.command);
        CHECK(seen_by_command(row.command) == row.seen);
    }
}

// Whatever quotes stand around the placeholder, a shell would read more into such an id than an id.
TEST_CASE("an id that is more than a word is not put into a command", "[app][audit]") {
    CalledOff called_off;
    CommandProbe probe("echo '{vehicleId}' {eventId}", kSecond, called_off);
    for (const std::string odd : {"a b", "$HOME", "`car`", "it's", "1;exit", "{eventId}", "a/b", "caf\u00e9"}) {
        CAPTURE(odd);
        const std::string refused =
            "error probe_failed: the command of --probe showed nothing: an id that is more than letters, digits and "
            ". _ : - is not put into a command";
        CHECK(seen_by(probe, {.vehicle_id = odd, .event_id = "e1"}) == refused);
        CHECK(seen_by(probe, {.vehicle_id = "v1", .event_id = odd}) == refused);
    }
}

TEST_CASE("a command that runs when the audit is called off shows nothing", "[app][audit]") {
    CalledOff called_off;
    CommandProbe probe("sleep 600", kSecond, called_off);
    called_off.call_off(CalledOff::Kind::kSignal, "interrupted");
    CHECK(seen_by(probe, kPlain) == "error probe_failed: the command of --probe showed nothing: interrupted");
}

TEST_CASE("a URL shows the body of its answer, and its ids are percent-encoded", "[app][audit]") {
    Asked asked;
    CHECK(asked.seen("/of/{vehicleId}?event={eventId}") ==
          "GET /of/it%27s%20%22my%22%20%24HOME%20%60car%60?event=e%201%3B%26");
    CHECK(asked.seen("/all") == "GET /all");
}

TEST_CASE("a URL that answers with neither 2xx nor 404 shows nothing", "[app][audit]") {
    Asked asked;
    CHECK(asked.seen("/status/204") == "");
    CHECK(asked.seen("/status/404") == "404 Not Found");  // nothing was heard of it yet
    for (const std::string status : {"302", "410", "500"}) {
        CHECK(asked.seen("/status/" + status) ==
              "error probe_failed: the window showed nothing: it answered " + status);
    }
}

TEST_CASE("a URL at which nobody listens, or that goes too far, shows nothing", "[app][audit]") {
    const fakes::ClosedPort nobody;
    CalledOff called_off;
    AuditLine line({}, called_off);
    const std::string origin = "127.0.0.1:" + std::to_string(nobody.port());
    UrlProbe closed("http://" + origin, "the window", kSecond, line);
    CHECK(seen_by(closed) == "error probe_failed: the window showed nothing: " + origin + ": connection refused");
    UrlProbe far("http://255.255.255.255", "the window", kSecond, line);
    CHECK(seen_by(far).find("outside loopback and private ranges") != std::string::npos);
    line.abort();
    Asked asked;
    CHECK(asked.seen("/still") == "GET /still");
    CHECK(seen_by(closed).starts_with("error probe_failed: "));
}

TEST_CASE("what is no URL once it is filled in is known before", "[app][audit]") {
    CHECK(UrlProbe::check("http://127.0.0.1:3000/applied/{vehicleId}").ok());
    CHECK(UrlProbe::check("http://127.0.0.1/{vehicleId}/{eventId}?a={eventId}").ok());
    for (const std::string url : {"", "applied/{vehicleId}", "ftp://127.0.0.1/", "http://", "http://127.0.0.1:port/"}) {
        CAPTURE(url);
        CHECK_FALSE(UrlProbe::check(url).ok());
    }
}

TEST_CASE("the platform's record shows that the application called, and not what came of it", "[app][audit]") {
    const auto instance = an_instance();
    CallsProbe probe(instance->requests(), kSecond);
    CHECK(probe.shows() == audit::Probe::Shows::kCalls);
    const std::string before = seen_by(probe, kPlain);
    CHECK(seen_by(probe, kPlain) == before);
    contract::Request request;
    request.method = "GET";
    request.target = "/v2.0/vehicles";
    static_cast<void>(instance->answer(request));
    CHECK(seen_by(probe, kPlain) == before);  // about no vehicle: an application may ask for it now and again
    request.target = "/v2.0/vehicles/" + kPlain.vehicle_id + "/battery";
    static_cast<void>(instance->answer(request));
    const std::string once = seen_by(probe, kPlain);
    CHECK(once != before);
    static_cast<void>(instance->answer(request));
    CHECK(seen_by(probe, kPlain) != once);
}

TEST_CASE("every probe has a name, and the patience it was given", "[app][audit]") {
    CalledOff called_off;
    AuditLine line({}, called_off);
    const store::RequestLog log;
    const CommandProbe command("true", base::Milliseconds(1), called_off);
    const UrlProbe url("http://127.0.0.1", "the window", base::Milliseconds(2), line);
    const CallsProbe calls(log, base::Milliseconds(3));
    CHECK(command.name() == "the command of --probe");
    CHECK(url.name() == "the window");
    CHECK(calls.name() == "the platform's record of API calls");
    CHECK(command.patience() == base::Milliseconds(1));
    CHECK(url.patience() == base::Milliseconds(2));
    CHECK(calls.patience() == base::Milliseconds(3));
    CHECK(command.shows() == audit::Probe::Shows::kState);
    CHECK(url.shows() == audit::Probe::Shows::kState);
}

}  // namespace smartcar_sim::app
