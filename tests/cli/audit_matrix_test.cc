// Wrong behaviours over sockets fail the checks that docs/audit-matrix.md says, which is made in memory.
#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "audit/check.h"
#include "catch.h"
#include "cli/audits.h"
#include "receiver/behaviours.h"

using namespace smartcar_sim;

namespace {

constexpr std::string_view kSlow = "slow-sender";  // real pauses, which one behaviour needs

std::set<std::string> of_family(audit::Family family, const std::set<std::string>& ids) {
    std::set<std::string> of;
    for (const audit::Check& check : audit::checks()) {
        const bool preflight = check.part == audit::Check::Part::kPreflight;
        if ((check.family == family || preflight) && ids.contains(std::string(check.id))) of.emplace(check.id);
    }
    return of;
}

// In 4.0, as the matrix is made.
void check_family(std::string_view behaviour, audit::Family family) {
    Words words{
        "--webhook-version",         "4.0", "--json", "--seed", "7", "--behave", std::string(behaviour), "--only",
        std::string(name_of(family))};
    const std::set<std::string> expected = of_family(family, failed_in_matrix(behaviour));
    if (!expected.contains(std::string(kSlow))) {
        words.emplace_back("--skip");
        words.emplace_back(kSlow);
    }
    const auto finished = audited(words);
    CAPTURE(behaviour, finished.out, finished.err);
    const Told told(finished.out);
    CHECK(told.of("fail") == expected);
    CHECK(told.of("unknown").empty());
    CHECK_FALSE(expected.empty());
    CHECK(told.number("exit") == finished.code);
}

// A part of the table, so that CTest plays the parts side by side.
void check_transport(std::size_t part) {
    constexpr std::size_t kParts = 4;
    const auto behaviours = receiver::transport_behaviours();
    for (std::size_t i = part; i < behaviours.size(); i += kParts) {
        check_family(behaviours[i].id, audit::Family::kTransport);
    }
}

}  // namespace

TEST_CASE("transport behaviours fail over sockets as in memory, first part", "[cli][audit]") { check_transport(0); }
TEST_CASE("transport behaviours fail over sockets as in memory, second part", "[cli][audit]") { check_transport(1); }
TEST_CASE("transport behaviours fail over sockets as in memory, third part", "[cli][audit]") { check_transport(2); }
TEST_CASE("transport behaviours fail over sockets as in memory, last part", "[cli][audit]") { check_transport(3); }

TEST_CASE("a callback that takes one request at a time fails the handshake over sockets", "[cli][audit]") {
    check_family("one-at-a-time", audit::Family::kHandshake);
}

TEST_CASE("a callback that answers one request at a time loses events that come at once", "[cli][audit]") {
    check_family("one-at-a-time", audit::Family::kReplay);
}

TEST_CASE("a callback that checks a signature only when there is one lets forgers in over sockets", "[cli][audit]") {
    check_family("signature-if-there", audit::Family::kForgery);
}

TEST_CASE("a callback that signs any text is found out over sockets", "[cli][audit]") {
    check_family("hashes-any-text", audit::Family::kOracle);
}

TEST_CASE("a callback that hashes its own print fails over sockets, and whose print it is is told", "[cli][audit]") {
    check_family("reserialised-by-node", audit::Family::kRawBytes);
    const auto finished =
        audited({"--webhook-version", "4.0", "--behave", "reserialised-by-node", "--only", "raw-bytes"});
    CHECK(finished.out.find("parsed and printed by node") != std::string::npos);
}

TEST_CASE("a callback that lets late events undo newer ones fails over sockets", "[cli][audit]") {
    check_family("last-told-wins", audit::Family::kReplay);
}

TEST_CASE("a callback that breaks on an error without a code fails over sockets", "[cli][audit]") {
    check_family("needs-codes", audit::Family::kShape);
}

TEST_CASE("a callback that answers too late fails the preflight, and the rest is skipped", "[cli][audit]") {
    const auto finished = audited({"--behave", "slow", "--timeout", "50ms", "--json"});
    CAPTURE(finished.out, finished.err);
    const Told told(finished.out);
    CHECK(finished.code == 4);
    CHECK(told.of("fail") == failed_in_matrix("slow"));
    CHECK(told.of("pass").empty());
    CHECK(told.of("skip").size() > 90);
    CHECK(told.text("signature-missing", "came").find("challenge-answered") != std::string::npos);
}
