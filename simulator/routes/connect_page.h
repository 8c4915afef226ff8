// Connect's pages as HTML: server-rendered, without script, session or anything fetched from elsewhere.
//
// Element ids are those that the official SDKs' browser tests look for (contract/api.md section 2.9), and
// docs/connect.md lists them. Whatever a request said is escaped, and bytes that are not UTF-8 become question marks.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contract/http.h"
#include "platform/platform.h"

namespace smartcar_sim::routes {

// What every page of one visit carries.
struct Frame {
    std::string path;         // of its forms: "/oauth/authorize"
    std::string request;      // the query that the visit began with; each form sends it along as it is
    std::string exit;         // where "return to application" leads; empty: the link is left out
    std::string application;  // its name
};

// The page with its headers: not stored, no script, no frame.
[[nodiscard]] contract::Response html_response(int status, std::string html);
// 302.
[[nodiscard]] contract::Response redirect_response(const std::string& location);

[[nodiscard]] std::string preamble_page(const Frame& frame);

struct BrandList {
    std::vector<std::string> makes;  // those found
    std::string search;              // what was searched for; empty: nothing
    std::string note;                // why the list is shown at all; may be empty
};
[[nodiscard]] std::string brands_page(const Frame& frame, const BrandList& list);

struct LoginForm {
    std::string make;
    std::string username;
    std::string complaint;  // about the username; may be empty
    std::string cancel;     // where "cancel" leads
};
[[nodiscard]] std::string login_page(const Frame& frame, const LoginForm& login);

struct Consent {
    const platform::Visit& visit;
    const platform::Login& login;
    const platform::Account& account;
    // What was ticked when the form came back with `complaint`; at first everything is.
    std::optional<platform::Approval> ticked = std::nullopt;
    std::string complaint = {};
};
[[nodiscard]] std::string consent_page(const Frame& frame, const Consent& consent);

// Why the login cannot be used; of an incompatible vehicle the user may share what it is.
[[nodiscard]] std::string trouble_page(const Frame& frame, const platform::Login& login,
                                       const platform::Trouble& trouble);

[[nodiscard]] std::string reauthenticate_page(const Frame& frame, const vehicle::Vehicle& vehicle);

struct CapacityForm {
    const vehicle::Vehicle& vehicle;
    std::span<const platform::CapacityChoice> choices;
    std::string complaint = {};
};
[[nodiscard]] std::string capacity_page(const Frame& frame, const CapacityForm& capacities);

// For a visit that has nowhere to go back to.
[[nodiscard]] std::string done_page(std::string_view title);
[[nodiscard]] std::string error_page(const platform::ErrorPage& error);

}  // namespace smartcar_sim::routes
