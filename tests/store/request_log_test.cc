#include "store/request_log.h"

#include <string>
#include <vector>

#include "catch.h"

using namespace smartcar_sim;
using store::ApiCall;
using store::RequestLog;

namespace {

const base::Mask kNoSecret;
constexpr base::Instant kAt{std::chrono::seconds(1'767'225'600)};

contract::Request get(std::string target, contract::Headers headers = {}) {
    return {
        .method = "GET", .target = std::move(target), .headers = std::move(headers), .body = {}, .peer = "127.0.0.1"};
}

ApiCall logged(const contract::Request& request) {
    RequestLog log;
    log.add(kAt, request, 200, kNoSecret);
    return log.calls().at(0);
}

std::string authorization(const std::string& value) {
    return logged(get("/", {{"Authorization", value}})).authorization;
}

std::vector<std::string> targets(const std::vector<ApiCall>& calls) {
    std::vector<std::string> all;
    all.reserve(calls.size());
    for (const ApiCall& call : calls) all.push_back(call.target);
    return all;
}

}  // namespace

TEST_CASE("a call is kept with its answer's status and time") {
    contract::Request request = get("/v2.0/vehicles?limit=1");
    request.body = "{}";
    CHECK(logged(request) == ApiCall{.number = 1,
                                     .at = kAt,
                                     .method = "GET",
                                     .target = "/v2.0/vehicles?limit=1",
                                     .authorization = "",
                                     .body = "{}",
                                     .body_bytes = 2,
                                     .status = 200});
}

TEST_CASE("authorization is masked") {
    CHECK(authorization("Bearer 6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10") == "Bearer …7a10");
    CHECK(authorization("Bearer short") == "Bearer …");
    CHECK(authorization("Basic ZGVmYXVsdDpzZWNyZXQ=") == "Basic …");
    CHECK(authorization("6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10") == "…");
}

TEST_CASE("secrets in queries and forms are masked, their neighbours stay") {
    CHECK(logged(get("/oauth/authorize?client_id=a&code=b&state=c")).target ==
          "/oauth/authorize?client_id=a&code=…&state=c");

    contract::Request form = get("/oauth/token", {{"Content-Type", "application/x-www-form-urlencoded"}});
    form.body = "grant_type=refresh_token&refresh_token=r&client_id=i&client_secret=s";
    CHECK(logged(form).body == "grant_type=refresh_token&refresh_token=…&client_id=i&client_secret=…");
}

TEST_CASE("a secret of the user is masked wherever it stands, and none is cut in two") {
    const base::Mask mask(base::Secret("a1b2c3d4e5f6", base::Secret::Origin::kSupplied));
    contract::Request request = get("/vehicles/a1b2c3d4e5f6");
    request.body = std::string(RequestLog::kBodyExcerpt - 6, 'b') + "a1b2c3d4e5f6";
    RequestLog log;
    const ApiCall call = log.add(kAt, request, 404, mask);
    CHECK(call.target == "/vehicles/…e5f6");
    CHECK(call.body == std::string(RequestLog::kBodyExcerpt - 6, 'b') + "…e5f6");
    CHECK(log.calls().front() == call);
}

TEST_CASE("long bodies and targets are cut, and their size is told") {
    contract::Request request = get("/" + std::string(10'000, 'a'));
    request.body = std::string(1'000'000, 'b');
    const ApiCall call = logged(request);
    CHECK(call.body.size() == RequestLog::kBodyExcerpt);
    CHECK(call.body_bytes == 1'000'000);
    CHECK(call.target.size() == RequestLog::kTargetExcerpt);
}

TEST_CASE("the oldest calls give way to new ones, and numbers go on") {
    RequestLog log(2);
    for (const char* target : {"/1", "/2", "/3"}) log.add(kAt, get(target), 200, kNoSecret);
    CHECK(targets(log.calls()) == std::vector<std::string>{"/2", "/3"});
    CHECK(log.calls().back().number == 3);
    CHECK(targets(log.calls(2)) == std::vector<std::string>{"/3"});

    log.clear();
    CHECK(log.calls().empty());
    log.add(kAt, get("/4"), 200, kNoSecret);
    CHECK(log.calls().front().number == 4);
}
