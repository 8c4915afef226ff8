// Bodies as Smartcar sends them, written again by each runtime: what is told first.
#include <algorithm>
#include <string>
#include <string_view>

#include "catch.h"
#include "signature/explain.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::signature {
namespace {

const std::string kKey = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";
// contract/webhooks.md 6.4, body A, with a name beyond ASCII and the address that errors come with.
const std::string kBody =
    R"({"eventId":"fc457667-b065-4c8c-8441-4a8fb6f64976","eventType":"VEHICLE_STATE","data":{"user":{"id":"da4ef0df"},)"
    R"("vehicle":{"id":"b3014ded","make":"TESLA","model":"Model 3","year":2020},"signals":[{"name":"Amperage",)"
    R"("body":{"value":78.5,"unit":"percent"},"docURL":"https://smartcar.com/docs?a=1&b=2","retrievedAt":1767920009852,)"
    R"("code":null}]},"meta":{"deliveryId":"8889e379","version":"4.0","webhookName":"Škoda","mode":"LIVE"}})";

Explanation explained(const std::string& hashed, const std::string& body = kBody) {
    return explain(
        {.subject = Subject::kBody, .message = body, .key = kKey, .received = hmac_sha256_hex(kKey, hashed)});
}

}  // namespace

TEST_CASE("of a body as Smartcar sends it the likeliest way to write it again is told first") {
    struct Case {
        Runtime runtime;
        std::string_view mistake;
    };
    for (const auto& [runtime, mistake] : {
             Case{Runtime::kPython, "body-with-spaces"},
             Case{Runtime::kPythonCompact, "body-ascii-escaped"},
             Case{Runtime::kPythonSorted, "body-as-flask"},
             Case{Runtime::kPhp, "body-slashes-escaped"},
             Case{Runtime::kGoMap, "body-as-go-map"},
             Case{Runtime::kRails, "body-html-escaped"},
             Case{Runtime::kGsonMap, "body-as-gson-map"},
             Case{Runtime::kGsonTree, "body-as-gson"},
             Case{Runtime::kJavaPrinted, "body-printed-by-java"},
             Case{Runtime::kNodePretty2, "body-pretty-printed"},
             Case{Runtime::kDotNet, "body-as-dotnet"},
             Case{Runtime::kDatabase, "body-from-database"},
         }) {
        CAPTURE(name_of(runtime));
        const std::string written = written_by(runtime, kBody);
        REQUIRE(written != kBody);
        const Explanation explanation = explained(written);
        CHECK(explanation.mistake == mistake);
    }
    // Rails writes this body as it is but for the escapes.
    CHECK(std::ranges::count(explained(written_by(Runtime::kRails, kBody)).also_possible, "body-as-rails") == 1);
}

TEST_CASE("a body that a runtime leaves as it is has the right hash") {
    const std::string canonical = written_by(Runtime::kNode, kBody);
    for (const Runtime runtime : {Runtime::kNode, Runtime::kRuby, Runtime::kJackson, Runtime::kPythonCompactUtf8}) {
        CAPTURE(name_of(runtime));
        const std::string written = written_by(runtime, canonical);
        CHECK(written == canonical);
        CHECK(explained(written, canonical).valid);
    }
}

}  // namespace smartcar_sim::signature
