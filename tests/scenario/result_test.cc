#include "scenario/result.h"

#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/printable.h"
#include "base/text.h"
#include "catch.h"
#include "cli/temporary_folder.h"

using namespace std::string_literals;

namespace smartcar_sim::scenario {
namespace {

Exchange exchange(std::string method, std::string target, contract::Headers headers, std::string body) {
    Exchange one;
    one.url = {.scheme = "http", .host = "127.0.0.1", .port = 3000, .target = target};
    one.request.method = std::move(method);
    one.request.target = std::move(target);
    one.request.headers = std::move(headers);
    one.request.body = std::move(body);
    return one;
}

// What curl would send, had the headers nothing to add or to take away.
Exchange posted(std::string body) {
    return exchange("POST", "/webhooks", {{"accept", "*/*"}, {"user-agent", "x"}, {"content-type", "x"}},
                    std::move(body));
}

struct Call {
    std::vector<std::string> arguments;
    std::string input;
};

// Runs the command in a shell in which curl is a function that writes its arguments, each with a NUL after it, and then
// its stdin, if that is a pipe, between the two letters "<" and ">".
Call run_in_shell(const std::string& command) {
    constexpr std::string_view kCurl =
        "curl() {\n"
        "  for argument; do printf '%s\\0' \"$argument\"; done\n"
        "  if [ -p /dev/stdin ]; then printf '<'; cat; printf '>'; fi\n"
        "}\n";
    const TemporaryFolder folder;
    const std::string script = folder.write("script.sh", std::string(kCurl) + command + "\n");
    std::FILE* pipe = popen(("sh '" + script + "' </dev/null").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string output;
    std::array<char, 4096> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), pipe))
        output.append(block.data(), count);
    REQUIRE(pclose(pipe) == 0);

    Call call;
    if (output.ends_with('>')) {
        const std::size_t begin = output.find("\0<"s);
        REQUIRE(begin != std::string::npos);
        call.input = output.substr(begin + 2, output.size() - begin - 3);
        output.resize(begin + 1);
    }
    while (!output.empty()) {
        const std::size_t end = output.find('\0');
        call.arguments.push_back(output.substr(0, end));
        output.erase(0, end + 1);
    }
    return call;
}

std::string value_of(const Call& call, std::string_view option) {
    for (std::size_t i = 0; i + 1 < call.arguments.size(); ++i) {
        if (call.arguments[i] == option) return call.arguments[i + 1];
    }
    return "no " + std::string(option);
}

std::string body_of(const Call& call) {
    return value_of(call, "--data-binary") == "@-" ? call.input : value_of(call, "--data-raw");
}

std::vector<std::string> headers_of(const Call& call) {
    std::vector<std::string> headers;
    for (std::size_t i = 0; i + 1 < call.arguments.size(); ++i) {
        if (call.arguments[i] == "-H") headers.push_back(call.arguments[i + 1]);
    }
    return headers;
}

}  // namespace

TEST_CASE("a verdict has a name") {
    CHECK(name_of(Verdict::kPassed) == "passed");
    CHECK(name_of(Verdict::kFailed) == "failed");
    CHECK(name_of(Verdict::kError) == "error");
    CHECK(name_of(Verdict::kNotRun) == "not-run");
}

TEST_CASE("a scenario that runs for both versions says which in its title") {
    Result result;
    result.name = "A charging session";
    CHECK(result.title() == "A charging session");
    result.version = contract::Version::k4_0;
    CHECK(result.title() == "A charging session (4.0)");
}

TEST_CASE("an answer is told in a line") {
    struct Row {
        delivery::Answer answer;
        std::string line;
    };
    const auto response = [](int status, std::string body) { return contract::json_response(status, std::move(body)); };
    using Kind = delivery::Failure::Kind;
    const Row rows[] = {
        {response(200, R"({"received":true})"), R"(200 in 3 ms {"received":true})"},
        {response(204, ""), "204 in 3 ms"},
        {response(500, "<h1>\r\n  No\x1b[31m caf\xe9</h1>"), "500 in 3 ms <h1> No\uFFFD[31m caf\uFFFD</h1>"},
        {response(200, std::string(401, 'a')), "200 in 3 ms " + std::string(400, 'a') + "… (401 bytes)"},
        {delivery::Failure{.kind = Kind::kTimeout, .detail = "no answer within 15s"}, "timeout (no answer within 15s)"},
        {delivery::Failure{.kind = Kind::kReset, .detail = "closed\nearly\x07"}, "reset (closed early\uFFFD)"},
        {delivery::Failure{.kind = Kind::kCalledOff, .detail = ""}, "called-off"},
    };
    for (const Row& row : rows) {
        Exchange one;
        one.answer = row.answer;
        one.took = base::Milliseconds(3);
        CHECK(answer_line(one) == row.line);
    }
}

TEST_CASE("a request reads as a curl command") {
    struct Row {
        Exchange exchange;
        std::string command;
    };
    const contract::Headers headers{{"accept", "*/*"},     {"content-type", "application/json"},
                                    {"user-agent", "x"},   {"SC-Signature", "472f"},
                                    {"host", "localhost"}, {"Content-Length", "2"}};
    const Row rows[] = {
        {exchange("POST", "/webhooks", headers, R"({"it":"it's"})"),
         "curl -i -X POST 'http://127.0.0.1:3000/webhooks' -H 'accept: */*' -H 'content-type: application/json' "
         R"(-H 'user-agent: x' -H 'SC-Signature: 472f' --data-raw '{"it":"it'\''s"}')"},
        {exchange("POST", "/webhooks", headers, "{\n\t\"a\": \"50%\\u0020\"\n}"),
         R"(printf '{\n\011"a": "50%%\\u0020"\n}' | )"
         "curl -i -X POST 'http://127.0.0.1:3000/webhooks' -H 'accept: */*' -H 'content-type: application/json' "
         "-H 'user-agent: x' -H 'SC-Signature: 472f' --data-binary @-"},
        {exchange("GET", "/", {}, ""), "curl -i 'http://127.0.0.1:3000/' -H 'Accept:' -H 'User-Agent:'"},
        {exchange("HEAD", "/", {{"Accept", "…"}, {"User-Agent", "x"}}, ""),
         "curl --head 'http://127.0.0.1:3000/' -H 'Accept: …' -H 'User-Agent: x'"},
        {exchange("DELETE", "/a/../b?c[]={d}", {{"Accept", "*/*"}, {"User-Agent", "x"}}, ""),
         "curl -i -X DELETE --globoff --path-as-is 'http://127.0.0.1:3000/a/../b?c[]={d}' -H 'Accept: */*' "
         "-H 'User-Agent: x'"},
        {exchange("POST", "/", {{"SC-Signature", ""}}, ""),
         "curl -i -X POST 'http://127.0.0.1:3000/' -H 'SC-Signature;' -H 'Accept:' -H 'User-Agent:' "
         "-H 'Content-Type:' --data-raw ''"},
    };
    for (const Row& row : rows) CHECK(curl_command(row.exchange) == row.command);
}

TEST_CASE("in a shell, curl gets the bytes of the body") {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    const std::string bodies[] = {
        "",
        R"({"received":true})",
        "it's 'quoted' \"twice\" \\ $HOME `id` $(id) !! *",
        "@/etc/passwd",
        "-n",
        "--data-raw\n",
        "%s%d%%\\n\\033\\c",
        "line\nline\r\nline\n\n",
        "Zoë 車 🚗 \xc3\x81\xc3\x88",
        "Zoë 車 🚗 \xc3\x81\xc3\x88\n",
        "nul\0nul"s,
        "\0"s,
        "caf\xe9 1",
        "caf\351\61",
        "\x1b[31m\x7f\xc2\x9b",
        every_byte,
        every_byte + every_byte,
        std::string(90'000, '\''),
        std::string(200'000, '\''),
        std::string(200'000, '%') + "\n",
        "%" + std::string(200'000, '\\'),
    };
    for (const std::string& body : bodies) {
        INFO(base::to_hex(body.substr(0, 100)));
        const Call call = run_in_shell(curl_command(posted(body)));
        CHECK(body_of(call) == body);
        CHECK(value_of(call, "-X") == "POST");
    }
}

TEST_CASE("in a shell, curl gets the URL, the method and the headers") {
    const Exchange one = exchange("M'X", "/a'b?c=$d&e=`f`\xe9",
                                  {{"X-One", "it's"},
                                   {"x-two", "caf\xe9 100%"},
                                   {"X-Three", "a\tb"},
                                   {"X-One", "again"},
                                   {"X-Empty", ""},
                                   {"HOST", "localhost"}},
                                  "");
    const Call call = run_in_shell(curl_command(one));
    CHECK(value_of(call, "-X") == "M'X");
    CHECK(call.arguments.at(3) == "http://127.0.0.1:3000/a'b?c=$d&e=`f`\xe9");
    CHECK(headers_of(call) == std::vector<std::string>{"X-One: it's", "x-two: caf\xe9 100%", "X-Three: a\tb",
                                                       "X-One: again", "X-Empty;", "Accept:", "User-Agent:"});
}

TEST_CASE("a curl command is one line that can be shown, whatever it sends") {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    const std::string command = curl_command(exchange("POST", "/" + every_byte, {{"X", every_byte}}, every_byte));
    CHECK(base::printable(command, base::Lines::kKept) == command);
    CHECK(command.find_first_of("\n\t") == std::string::npos);
}

}  // namespace smartcar_sim::scenario
