// A scenario file as values: what to send, in which order, and what has to come of it.
//
// The format is docs/scenarios.md; format.h has the tables that the parser and the editors' schema share.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "contract/message.h"
#include "delivery/journal.h"
#include "document/value.h"
#include "fault/api_fault.h"
#include "fault/plan.h"
#include "platform/management_tokens.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::scenario {

// Texts and JSON values in a scenario may name what is known only when it runs: "{car}", "{s1.eventId}" (names.h).
// They are kept as written; every name in them was checked when the file was read.

// What was written for both payload versions, or for each by itself.
template <class T>
struct PerVersion {
    std::optional<T> v2_0, v4_0;

    [[nodiscard]] const std::optional<T>& in(contract::Version version) const {
        return version == contract::Version::k2_0 ? v2_0 : v4_0;
    }
    [[nodiscard]] bool empty() const { return !v2_0 && !v4_0; }
};

// --- what is expected -----------------------------------------------------------------------------------

// A status, or a class of them: 2xx is [200, 299].
struct StatusRange {
    int first = 200;
    int last = 299;
};

struct Matcher {
    enum class Kind { kEquals, kMatches } kind = Kind::kEquals;
    document::Value equals;
    std::string pattern;  // ECMAScript, anywhere in the text
};

// Empty: what a step expects when nothing is said (judge.h).
struct Expectation {
    std::vector<StatusRange> status;  // any of them
    bool rejected = false;
    std::optional<base::Milliseconds> within;
    std::optional<int> attempts;
    std::optional<delivery::Outcome> outcome;
    PerVersion<std::vector<std::string>> events;
    std::optional<bool> verified;
    std::vector<std::pair<std::string, Matcher>> headers;  // of the response
    std::vector<std::pair<std::string, Matcher>> body;     // JSON pointer into the response's body

    // Whether it asks something of an answer beside its status.
    [[nodiscard]] bool asks_answer() const { return within || !headers.empty() || !body.empty(); }
    // Whether it says what is to become of a delivery.
    [[nodiscard]] bool says_outcome() const { return !status.empty() || rejected || attempts || outcome; }
};

// --- what is done ---------------------------------------------------------------------------------------

struct Connect {
    contract::Mode mode = contract::Mode::kLive;
    std::vector<std::string> scope;     // permissions, empty for all
    std::vector<std::string> vehicles;  // aliases, empty for all of that mode
    std::string redirect_uri;           // visited as a browser would; empty: the tokens are just made
    std::optional<std::string> state;
};
struct Disconnect {
    std::string vehicle;
};
struct Verify {};
struct Test {};
struct Subscribe {
    std::string vehicle;
};
struct Unsubscribe {
    std::string vehicle;
};
struct Enable {};
struct Disable {};
// One event: by name, from a payload file, or bytes.
struct Send {
    std::string vehicle;
    PerVersion<std::string> event;
    std::vector<std::string> triggers;
    std::vector<contract::VehicleFault> errors;
    std::optional<std::string> payload;  // of {"file": …}: sent as it is
    std::optional<std::string> raw;      // of {"raw": …}: names in it are filled in
};
struct Set {
    std::string vehicle;
    document::Object state;  // checked, and kept as written: names may stand in it
    std::vector<std::string> grant, revoke;
};
struct RotateToken {
    enum class To { kNew, kPrevious, kGiven } to = To::kNew;  // new: derived from the seed
    std::string token;                                        // of kGiven
    platform::TokenWindow window;
};
// The same two tokens.
struct MoveTokenWindow {
    platform::TokenWindow window;
};
// From now on, with the application's calls.
struct ApiFault {
    std::optional<fault::ApiFault> fault;  // its vehicle is an alias; nothing: all faults are taken away
};
struct Wait {
    base::Milliseconds time{0};
};
struct Step;
using Steps = std::vector<Step>;
struct Together {
    enum class Order { kGiven, kReversed, kConcurrent } order = Order::kGiven;
    Steps steps;
};
struct Repeat {
    int times = 1;
    Steps steps;
};
// Asks the application, or runs a command, until the answer is as expected or `within` has passed.
struct Probe {
    std::string method = "GET";
    std::string url;  // relative to the callback
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string command;  // instead of a URL: for `sh -c`
    int exit_code = 0;
    std::optional<Matcher> output;
};
// API calls the application made since the scenario began.
struct ExpectCalls {
    std::string method;  // upper case; empty for any
    std::string path;
    std::optional<int> exactly, at_least, at_most;
};

using Action = std::variant<Connect, Disconnect, Verify, Test, Subscribe, Unsubscribe, Enable, Disable, Send, Set,
                            RotateToken, MoveTokenWindow, ApiFault, Wait, Together, Repeat, Probe, ExpectCalls>;

struct Step {
    Action action;
    std::string kind;  // the member that says what it does: "send"
    std::string id;    // what later steps name it by; may be empty
    std::string says;  // what the author says it is for; may be empty
    std::optional<contract::Version> only;
    std::optional<std::string> to;  // alias of the one webhook it is about
    std::vector<contract::Edit> with;
    fault::Plan fault;
    Expectation expect;
    base::Place place;
    std::string source;  // as it stands in the file
};

struct Webhook {
    std::string alias;
    document::Value settings;                 // as POST /_sim/webhooks takes them, but for "version" when it is a list
    std::vector<contract::Version> versions;  // of a list; empty: as the settings say, or --webhook-version
};

struct FakeVehicle {
    std::string alias;
    std::string fixture;
    vehicle::Changes state;
    std::optional<contract::Mode> mode = {};
    bool connected = true;
    std::optional<std::vector<std::string>> permissions = {};  // granted; nothing: all
};

struct Scenario {
    std::string file;  // as the user wrote it, or where it was found
    std::string name;
    std::string description;
    int line = 1;  // of the name
    std::vector<std::string> tags;
    std::vector<std::string> environment;  // the variables that may be named
    std::vector<Webhook> webhooks;
    std::vector<FakeVehicle> vehicles;  // empty: every fixture, under its own name
    // In which payload versions it runs, of a webhook whose version is a list; empty: just once.
    std::vector<contract::Version> versions;
    Steps setup, steps, teardown;
    bool has_commands = false;  // a probe runs one: needs --allow-commands
};

}  // namespace smartcar_sim::scenario
