// A running `serve`, spoken to through its /_sim API: what --server ORIGIN means.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/url.h"
#include "cli/settings.h"
#include "delivery/transport.h"
#include "document/value.h"

namespace smartcar_sim::cli {

class ServerClient {
public:
    ServerClient(delivery::Transport& transport, base::Url origin)
        : transport_(transport), origin_(std::move(origin)) {}

    // The answer, an object that has `member`. Code "server_unreachable" when nobody answers, "not_a_server" when the
    // answer is not what /_sim says to such a request, else the code of its "error" object.
    [[nodiscard]] base::Result<document::Value> get(const std::string& target, std::string_view member);
    [[nodiscard]] base::Result<document::Value> post(const std::string& target, std::string body,
                                                     std::string_view member);

    // The webhook to act on: `wanted` if it is there, else the only one. Codes "not_found", "several_webhooks".
    [[nodiscard]] base::Result<std::string> webhook(const std::string& wanted);

private:
    [[nodiscard]] base::Result<document::Value> call(std::string method, const std::string& target, std::string body,
                                                     std::string_view member);

    delivery::Transport& transport_;
    base::Url origin_;
};

// Whether a running server does the sending: one that the command line names, or one that the environment or
// smartcar-sim.json names while no --callback on the command line outranks it.
[[nodiscard]] bool acts_through_server(const Settings& settings);

// The id to ask a server for, "" when the command line gives none: what the environment and smartcar-sim.json say of
// ids is about the payloads that are made here.
[[nodiscard]] std::string asked_for(const Settings& settings, OptionId id);

// Code "bad_arguments" when the command line sets an option that --server leaves no say in: one that is not among
// `heeded` and has nothing to do with printing. What the environment or smartcar-sim.json set is for other commands.
[[nodiscard]] base::Result<base::Done> refuse_unheeded(const Settings& settings, std::span<const OptionId> heeded);

// A member that is a string, or "" when it is absent or null.
[[nodiscard]] std::string text_of(const document::Value& object, std::string_view name);
// A member that is an array, or no elements when it is absent or something else.
[[nodiscard]] std::span<const document::Value> elements_of(const document::Value& object, std::string_view name);

}  // namespace smartcar_sim::cli
