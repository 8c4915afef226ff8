#include "cli/peers.h"

#include <regex>
#include <stdexcept>
#include <utility>

#include "app/data_files.h"
#include "document/json.h"
#include "document/pointer.h"
#include "platform/development_values.h"
#include "receiver/behaviours.h"

using namespace smartcar_sim;

namespace {

constexpr int kNotFound = 404;
constexpr int kInternal = 500;
constexpr std::string_view kAnswers = "answers-";
constexpr std::string_view kServerOf = "server-of-";

std::string origin_of(const std::string& url) {
    return url.substr(0, url.find('/', std::string_view("http://").size()));
}

http::Handler always(contract::Response response) {
    return [response = std::move(response)](const contract::Request&) { return response; };
}

contract::Response error_page(int status, const std::string& title) {
    return {.status = status, .headers = {{"content-type", "text/html"}}, .body = "<h1>" + title + "</h1>\n"};
}

base::Secret token() { return {std::string(platform::kDevelopmentToken), base::Secret::Origin::kInvented}; }

// A receiver written for one version only.
contract::Response know_2_0_only(const contract::Request& request) {
    const auto body = document::parse(request.body);
    const auto challenge = document::find(body.ok() ? body.value() : document::Value(), "/payload/challenge");
    if (challenge.ok() && challenge.value() != nullptr) return receiver::Receiver(token()).handle(request).response;
    return contract::json_response(400, R"({"error":"payload is missing"})");
}

template <class T>
T wanted(base::Result<T> result) {
    if (!result.ok()) throw std::runtime_error("peers: " + result.error().message);
    return std::move(result).value();
}

}  // namespace

std::string Peers::url_of(const std::string& name) {
    if (name == "nobody") return "http://127.0.0.1:" + std::to_string(closed_port_.port()) + "/webhooks";
    if (name == "answers-404") return serve(always(error_page(kNotFound, "No such page")));
    if (name == "answers-500") return serve(always(error_page(kInternal, "It broke")));
    if (name == "answers-200-html") return serve(always(error_page(200, "Welcome")));
    if (name == "answers-bytes") return serve(always({.status = kInternal, .headers = {}, .body = "\xff\xfe"}));
    if (name == "knows-2.0-only") return serve(know_2_0_only);
    if (name.starts_with(kAnswers)) {
        return serve(always(contract::json_response(std::stoi(name.substr(kAnswers.size())), "{}")));
    }
    if (name == "drops") return drop();
    if (name == "writes-to-terminal") {
        return serve(always(contract::json_response(200, R"({"challenge":"\u001b[2J\u009b31m7f4b"})")));
    }
    if (name == "repeats-a-key") {
        return serve(always(contract::json_response(200, R"({"\u001b[2J\u009b":1,"\u001b[2J\u009b":2})")));
    }
    if (name == "busy-server") {
        return origin_of(serve(always(contract::json_response(
            200, R"({"eventIds":["e1"],"deliveries":[{"eventId":"e1","outcome":"pending","attempts":[]}]})"))));
    }
    if (name == "stranger") return origin_of(url_of("answers-200"));
    if (name == "strange-door") return origin_of(url_of("answers-401"));
    if (name == "server") return serve_platform({"reference"});
    if (name == "server-of-two") return serve_platform({"reference", "reserialised-body"});
    if (name.starts_with(kServerOf)) return serve_platform({name.substr(kServerOf.size())});
    return receive(name);
}

std::string Peers::serve(http::Handler handler) {
    servers_.push_back(wanted(http::Server::start({}, std::move(handler))));
    return servers_.back()->origin() + "/webhooks";
}

std::string Peers::receive(const std::string& behaviour) {
    const auto* wrong = behaviour == "reference" ? nullptr : wanted(receiver::find_behaviour(behaviour));
    receivers_.push_back(std::make_unique<receiver::Receiver>(token(), wrong));
    return serve([receiver = receivers_.back().get()](const contract::Request& request) {
        return receiver->handle(request).response;
    });
}

std::string Peers::drop() {
    raw_peers_.push_back(std::make_unique<fakes::RawPeer>(
        [](fakes::RawConnection& connection, int) { static_cast<void>(connection.read_message()); }));
    return raw_peers_.back()->origin() + "/webhooks";
}

std::string Peers::serve_platform(const std::vector<std::string>& callbacks) {
    app::InstanceOptions options;
    options.vehicles = wanted(app::load_vehicles());
    options.seed = 7;
    options.clock = app::InstanceOptions::Start::kFrozen;
    options.start_at = app::kSeededStart;
    options.listen = app::Listen{};
    platform_ = wanted(app::Instance::start(std::move(options)));

    platform::Platform& platform = platform_->platform();
    platform::ConnectRequest visit;
    visit.vehicles = {"tesla-model-3-2020"};
    static_cast<void>(wanted(platform.connect(visit)));
    for (const std::string& callback : callbacks) {
        const document::Value chosen(document::Object{{"callbackUri", url_of(callback)}});
        const auto webhook = platform.create_webhook(wanted(platform::parse_webhook(chosen, platform.configuration())));
        static_cast<void>(wanted(platform.subscribe_vehicle(webhook.id, visit.vehicles.front())));
        static_cast<void>(
            wanted(platform.record_verification(webhook.id, webhook.settings.callback, platform::Verified::kYes)));
    }
    return platform_->origin();
}

std::string with_peers(std::string text, Peers& peers) {
    static const std::regex kPeer(R"(\{([a-z0-9.-]+)\})");
    std::string replaced;
    for (std::smatch found; std::regex_search(text, found, kPeer); text = found.suffix()) {
        replaced += found.prefix();
        replaced += found[1] == "folder" ? found.str() : peers.url_of(found[1]);
    }
    return replaced + text;
}

std::string without_accidents(std::string text) {
    static const std::vector<std::pair<std::regex, std::string>> kAccidents{
        {std::regex(R"(127\.0\.0\.1:\d{5}\b)"), "127.0.0.1:PORT"},
        {std::regex(R"( in \d+ ms)"), " in N ms"},
        {std::regex(R"((\|  +\d+ ms  [^\n]*\n)+)"), "|   N ms  PLACE  STEP\n"},
        {std::regex(R"("milliseconds":\d+)"), R"("milliseconds":N)"},
        {std::regex(R"("median":\d+,"p95":\d+,"slowest":\d+)"), R"("median":N,"p95":N,"slowest":N)"},
        {std::regex(R"(median \d+ ms, p95 \d+ ms, slowest \d+ ms)"), "median N ms, p95 N ms, slowest N ms"},
        {std::regex(R"(p95 is [\d.]+ %)"), "p95 is N %"},
        {std::regex(R"(\b\d+m?s of the 15s allowed)"), "N of the 15s allowed"},
        {std::regex(R"(\| \d{4}-\d\d-\d\dT[0-9:.]+Z )"), "| TIME "},
    };
    for (const auto& [accident, name] : kAccidents) text = std::regex_replace(text, accident, name);
    return text;
}
