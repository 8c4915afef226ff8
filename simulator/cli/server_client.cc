#include "cli/server_client.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "document/json.h"

namespace smartcar_sim::cli {

namespace {

// Longer than the longest ?wait= that the /_sim API grants.
constexpr base::Milliseconds kTimeout = std::chrono::seconds(75);

// What an answer says went wrong. An event that reached nobody is not explained by its message alone.
base::Error error_of(const document::Value& answer, const document::Value& error) {
    std::string message = text_of(error, "message");
    const auto skipped = elements_of(answer, "skipped");
    if (skipped.empty()) return {text_of(error, "code"), message};
    message = "no webhook took the event:";
    for (const document::Value& one : skipped) {
        message += (message.ends_with(':') ? " " : ", ") + text_of(one, "webhookId") + " " + text_of(one, "reason");
    }
    return {text_of(error, "code"), message + "; `smartcar-sim list reasons` says what that means"};
}

}  // namespace

bool acts_through_server(const Settings& settings) {
    if (!settings.has(OptionId::kServer)) return false;
    return settings.on_command_line(OptionId::kServer) || !settings.on_command_line(OptionId::kCallback);
}

std::string asked_for(const Settings& settings, OptionId id) {
    return settings.on_command_line(id) ? settings.text(id) : "";
}

base::Result<base::Done> refuse_unheeded(const Settings& settings, std::span<const OptionId> heeded) {
    constexpr std::array kPrinting{OptionId::kJson, OptionId::kQuiet, OptionId::kVerbose, OptionId::kColor};
    for (const OptionId id : settings.from_command_line()) {
        if (id == OptionId::kServer || std::ranges::count(kPrinting, id) + std::ranges::count(heeded, id) > 0) continue;
        const std::string name = "--" + std::string(option(id).name);
        return base::Error{
            "bad_arguments",
            name + " has no effect with --server, where the server does the sending; leave one of them out"};
    }
    return base::Done{};
}

std::string text_of(const document::Value& object, std::string_view name) {
    const document::Value* value = object.find(name);
    return value == nullptr || value->string() == nullptr ? "" : *value->string();
}

std::span<const document::Value> elements_of(const document::Value& object, std::string_view name) {
    const document::Value* value = object.find(name);
    if (value == nullptr || value->array() == nullptr) return {};
    return *value->array();
}

base::Result<document::Value> ServerClient::get(const std::string& target, std::string_view member) {
    return call("GET", target, "", member);
}

base::Result<document::Value> ServerClient::post(const std::string& target, std::string body, std::string_view member) {
    return call("POST", target, std::move(body), member);
}

base::Result<document::Value> ServerClient::call(std::string method, const std::string& target, std::string body,
                                                 std::string_view member) {
    delivery::Outgoing outgoing;
    outgoing.url = origin_;
    outgoing.url.target = target;
    outgoing.request.method = std::move(method);
    outgoing.request.target = target;
    outgoing.request.body = std::move(body);
    outgoing.request.headers.add("content-type", "application/json");
    outgoing.timeout = kTimeout;

    const delivery::Answer answer = transport_.exchange(outgoing).answer;
    if (const auto* failure = std::get_if<delivery::Failure>(&answer)) {
        return base::Error{"server_unreachable", "no simulator answers at " + origin_.origin() + " (" +
                                                     failure->detail + "); start one with `smartcar-sim serve`"};
    }
    const auto& response = std::get<contract::Response>(answer);
    auto parsed = document::parse(response.body);
    const bool good = contract::is_success(response.status);
    const document::Value* found = parsed ? parsed.value().find(good ? member : "error") : nullptr;
    if (found == nullptr || (!good && text_of(*found, "code").empty())) {
        return base::Error{"not_a_server", origin_.origin() + " answers, but not as a smartcar-sim server does"};
    }
    if (!good) return error_of(parsed.value(), *found);
    return parsed;
}

base::Result<std::string> ServerClient::webhook(const std::string& wanted) {
    const auto listed = get("/_sim/webhooks", "webhooks");
    if (!listed) return listed.error();
    std::vector<std::string> ids;
    for (const document::Value& webhook : elements_of(listed.value(), "webhooks")) {
        ids.push_back(text_of(webhook, "id"));
    }
    for (const std::string& id : ids) {
        if (id == wanted) return id;
    }
    if (ids.empty()) {
        return base::Error{"not_found",
                           "the server has no webhook; start it with --callback URL, or POST /_sim/webhooks"};
    }
    if (wanted.empty() && ids.size() == 1) return ids.front();
    const std::string known = base::joined(ids, ", ");
    if (wanted.empty()) return base::Error{"several_webhooks", "name one with --webhook-id: " + known};
    return base::Error{"not_found", "the server has no webhook " + wanted + "; it has " + known};
}

}  // namespace smartcar_sim::cli
