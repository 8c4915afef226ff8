#include "routes/openapi.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "contract/api_error.h"
#include "document/writer.h"
#include "routes/admission.h"
#include "routes/context.h"
#include "routes/openapi_tables.h"
#include "routes/schema_notation.h"
#include "routes/service.h"
#include "routes/sim_api.h"
#include "version.h"

namespace smartcar_sim::routes {
namespace {

using document::Array;
using document::Object;
using document::Value;

Value schema(std::string_view notation, Others others = Others::kRefused) {
    auto parsed = schema_from(notation, others);
    assert(parsed.ok());
    return std::move(parsed).value();
}

Object of_type(const char* media_type, Value content) { return {{media_type, Object{{"schema", std::move(content)}}}}; }

// --- who calls ------------------------------------------------------------------------------------------

// In whose words a request is refused: the beginning of the names of components.responses.
enum class Words { kSim, kOAuth, kV2, kV3 };

struct CallerRow {
    Caller caller;
    std::string_view tag;
    Words words;
    std::string_view security;  // alternatives, with blanks between; empty: none
    std::string_view headers;   // of components.parameters
};
constexpr std::array<CallerRow, 14> kCallers{{
    {Caller::kDeveloper, "/_sim", Words::kSim, "", ""},
    {Caller::kVisitor, "Connect", Words::kOAuth, "", ""},
    {Caller::kVisitorOfApi, "Connect", Words::kV2, "", ""},
    {Caller::kClientForToken, "Tokens", Words::kOAuth, "client none", ""},
    {Caller::kApplicationForToken, "Tokens", Words::kOAuth, "client none", ""},
    {Caller::kUser, "v2.0", Words::kV2, "accessToken", ""},
    {Caller::kUserWithUnits, "v2.0", Words::kV2, "accessToken", "unitSystem"},
    {Caller::kUserOrManagement, "v2.0", Words::kV2, "accessToken managementToken", ""},
    {Caller::kManagement, "v2.0", Words::kV2, "managementToken", ""},
    {Caller::kManagementBasic, "v2.0", Words::kV2, "management", ""},
    {Caller::kClient, "v2.0", Words::kV2, "client", ""},
    {Caller::kUserOrApplication, "v3", Words::kV3, "accessToken applicationToken", "userId"},
    {Caller::kApplication, "v3", Words::kV3, "applicationToken", ""},
    {Caller::kApplicationForUser, "v3", Words::kV3, "applicationToken", "userId"},
}};

const CallerRow& row_of(Caller caller) {
    const auto* const row = std::ranges::find(kCallers, caller, &CallerRow::caller);
    assert(row != kCallers.end());
    return *row;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, blank));
        text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return words;
}

bool is_page(Caller caller) { return caller == Caller::kVisitor || caller == Caller::kVisitorOfApi; }

Array security_of(const CallerRow& caller) {
    Array alternatives;
    for (const std::string& scheme : words_of(caller.security)) {
        alternatives.emplace_back(scheme == "none" ? Object{} : Object{{scheme, Array{}}});
    }
    return alternatives;
}

// --- what is asked --------------------------------------------------------------------------------------

enum class Need { kOptional, kRequired };

Value parameter(const std::string& name, const char* place, Need need, Value content) {
    return Object{{"name", name}, {"in", place}, {"required", need == Need::kRequired}, {"schema", std::move(content)}};
}

std::vector<std::string> names_in(std::string_view pattern) {
    std::vector<std::string> names;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        names.emplace_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
    }
    return names;
}

void add_query(Array& parameters, const std::string& notation) {
    if (notation.empty()) return;
    Value fields = schema(notation);
    const Value* const required = fields.find("required");
    for (auto& [name, content] : *fields.find("properties")->object()) {
        const bool needed =
            required != nullptr && std::ranges::find(*required->array(), Value(name)) != required->array()->end();
        parameters.push_back(parameter(name, "query", needed ? Need::kRequired : Need::kOptional, std::move(content)));
    }
}

Array parameters_of(const Operation& operation, const CallerRow& caller) {
    Array parameters;
    for (const std::string& name : names_in(operation.pattern)) parameters.push_back(reference_to("parameters", name));
    add_query(parameters, operation.query);
    for (const std::string& header : words_of(caller.headers)) {
        parameters.push_back(reference_to("parameters", header));
    }
    return parameters;
}

// What /_sim does not know it refuses, what the API does not know it leaves unread.
Value request_body(const Operation& operation, const CallerRow& caller) {
    Value content = schema(operation.body, caller.words == Words::kSim ? Others::kRefused : Others::kIgnored);
    const bool required = content.find("required") != nullptr;
    Object types;
    if (caller.words == Words::kOAuth || is_page(operation.caller)) {
        types = of_type("application/x-www-form-urlencoded", content);
    }
    if (types.empty() || operation.caller == Caller::kApplicationForToken) {
        types.emplace_back("application/json", Object{{"schema", std::move(content)}});
    }
    return Object{{"required", required}, {"content", std::move(types)}};
}

// --- what is answered -----------------------------------------------------------------------------------

// By status, which has to go up: names that look like numbers have no other order in canonical JSON.
using Answers = std::map<std::string, Value>;

Object headers_of(const Operation& operation, const CallerRow& caller) {
    Object headers;
    const auto add = [&](const char* name) { headers.emplace_back(name, reference_to("headers", name)); };
    if (caller.words != Words::kSim) add("sc-request-id");
    if (operation.caller != Caller::kUserWithUnits || operation.method != "GET") return headers;
    for (const char* const name : {"sc-data-age", "sc-fetched-at", "sc-unit-system"}) add(name);
    return headers;
}

Value success(const Operation& operation, const CallerRow& caller) {
    Object answer{{"description", "Success"}};
    Object headers = headers_of(operation, caller);
    if (!headers.empty()) answer.emplace_back("headers", std::move(headers));
    if (!operation.answer.empty())
        answer.emplace_back("content", of_type("application/json", schema(operation.answer)));
    return answer;
}

// The statuses of the API's errors, each of which a fault can cause anywhere, with their rows.
std::map<int, std::vector<const contract::ErrorKind*>> kinds_by_status() {
    std::map<int, std::vector<const contract::ErrorKind*>> kinds;
    for (const contract::ErrorKind& kind : contract::error_kinds()) kinds[kind.status].push_back(&kind);
    return kinds;
}

void add_sim_refusals(Answers& answers, const std::string& refusals) {
    for (const std::string& refusal : words_of("400 403 " + refusals)) {
        const std::size_t equals = std::min(refusal.find('='), refusal.size());
        const std::string status = refusal.substr(0, equals);
        if (equals == refusal.size()) {
            answers[status] = reference_to("responses", "sim-" + status);
        } else {
            answers[status] =
                Object{{"description", "Refused"},
                       {"content", of_type("application/json", reference_to("schemas", refusal.substr(equals + 1)))}};
        }
    }
}

void add_refusals(Answers& answers, const Operation& operation, const CallerRow& caller) {
    constexpr std::array<std::string_view, 4> kPrefixes{"sim-", "oauth-", "v2-", "v3-"};
    if (caller.words == Words::kSim) return add_sim_refusals(answers, operation.refusals);
    const std::string prefix(kPrefixes.at(static_cast<std::size_t>(caller.words)));
    for (const auto& [status, kinds] : kinds_by_status()) {
        const std::string text = std::to_string(status);
        answers[text] = reference_to("responses", prefix + text);
    }
}

// A page, an error's page, or where the browser goes next; a fault's refusal is JSON there too.
void add_pages(Answers& answers, const Operation& operation) {
    const bool act = operation.method == "POST";
    const Value html = Object{{"schema", Object{{"type", "string"}}}};
    answers["200"].object()->emplace_back("content", Object{{"text/html", html}});
    answers["302"] = reference_to("responses", "redirect");
    for (const char* const status : {"400", "403"}) {
        if (!act && std::string_view(status) == "403") continue;
        const char* const refusal = operation.caller == Caller::kVisitor ? "OAuthError" : "ApiError";
        Object types = of_type("application/json", reference_to("schemas", refusal));
        types.emplace_back("text/html", html);
        answers[status] = Object{{"description", "The request is not in order"}, {"content", std::move(types)}};
    }
}

Value answers_of(const Operation& operation, const CallerRow& caller) {
    Answers answers;
    answers[std::to_string(operation.status)] = success(operation, caller);
    add_refusals(answers, operation, caller);
    if (is_page(operation.caller)) add_pages(answers, operation);
    Object all;
    for (auto& [status, answer] : answers) all.emplace_back(status, std::move(answer));
    return all;
}

// --- paths ----------------------------------------------------------------------------------------------

// "get_v2_0_vehicles_id_battery"
std::string operation_id(const Operation& operation) {
    std::string id = base::lower_case(operation.method);
    for (const char each : operation.pattern) {
        if (base::is_alphanumeric(each)) {
            id += each;
        } else if (!id.ends_with('_')) {
            id += '_';
        }
    }
    while (id.ends_with('_')) id.pop_back();
    return id;
}

Value described(const Operation& operation) {
    const CallerRow& caller = row_of(operation.caller);
    Object value{{"operationId", operation_id(operation)},
                 {"tags", Array{std::string(caller.tag)}},
                 {"summary", operation.summary}};
    Array security = security_of(caller);
    if (!security.empty()) value.emplace_back("security", std::move(security));
    Array parameters = parameters_of(operation, caller);
    if (!parameters.empty()) value.emplace_back("parameters", std::move(parameters));
    if (!operation.body.empty()) value.emplace_back("requestBody", request_body(operation, caller));
    value.emplace_back("responses", answers_of(operation, caller));
    return value;
}

Value paths() {
    const std::vector<Operation> operations = all_operations();
    Object paths;
    for (const auto routes : all_routes()) {
        for (const Route& route : routes) {
            const std::string pattern = public_pattern(route.pattern);
            const auto operation = std::ranges::find_if(operations, [&](const Operation& each) {
                return each.method == route.method && each.pattern == pattern;
            });
            if (operation == operations.end()) continue;
            auto path = std::ranges::find(paths, pattern, &document::Member::first);
            if (path == paths.end()) path = paths.insert(paths.end(), {pattern, Object{}});
            path->second.object()->emplace_back(base::lower_case(route.method), described(*operation));
        }
    }
    return paths;
}

// --- components -----------------------------------------------------------------------------------------

Value security_schemes() {
    const auto http = [](const char* scheme, const char* description) {
        return Object{{"type", "http"}, {"scheme", scheme}, {"description", description}};
    };
    return Object{
        {"accessToken", http("bearer", "A user's, of POST /oauth/token or POST /_sim/connect")},
        {"applicationToken", http("bearer", "The application's own, of POST /oauth2/token")},
        {"managementToken", http("bearer", "The application management token")},
        {"management", http("basic", "The user default, with the application management token as password")},
        {"client", http("basic", "Client id and client secret")},
    };
}

// Those in paths go by their own names.
Value shared_parameters() {
    const Value text = Object{{"type", "string"}};
    Object parameters{
        {"unitSystem", parameter("sc-unit-system", "header", Need::kOptional, schema("'metric'|'imperial'"))},
        {"userId", parameter("sc-user-id", "header", Need::kOptional, text)},
    };
    for (const Operation& operation : all_operations()) {
        for (const std::string& name : names_in(operation.pattern)) {
            if (std::ranges::find(parameters, name, &document::Member::first) != parameters.end()) continue;
            parameters.emplace_back(name, parameter(name, "path", Need::kRequired, text));
        }
    }
    return parameters;
}

enum class Sent { kAlways, kSometimes };

Value shared_headers() {
    Object headers;
    const auto add = [&](const char* name, Sent sent, const char* notation) {
        headers.emplace_back(name, Object{{"required", sent == Sent::kAlways}, {"schema", schema(notation)}});
    };
    add("sc-request-id", Sent::kAlways, "uuid");
    add("sc-data-age", Sent::kSometimes, "instant");
    add("sc-fetched-at", Sent::kSometimes, "instant");
    add("sc-unit-system", Sent::kSometimes, "'metric'|'imperial'");
    add("retry-after", Sent::kAlways, "string");
    add("location", Sent::kAlways, "string");
    return headers;
}

// Of the answer that a request was refused with.
Object refusal_headers(Words words, int status) {
    constexpr int kTooManyRequests = 429;
    constexpr int kUnavailable = 503;
    Object headers;
    if (words != Words::kSim) headers.emplace_back("sc-request-id", reference_to("headers", "sc-request-id"));
    if (status == kTooManyRequests || status == kUnavailable) {
        headers.emplace_back("retry-after", reference_to("headers", "retry-after"));
    }
    return headers;
}

// "VEHICLE_STATE: ASLEEP, …", and the same as a schema beside that of every error.
Value v2_refusal(int status, const std::vector<const contract::ErrorKind*>& kinds) {
    std::map<std::string_view, std::vector<std::string_view>> codes;
    Array types;
    Array all_codes;
    for (const contract::ErrorKind* const kind : kinds) {
        if (!codes.contains(kind->type)) types.emplace_back(std::string(kind->type));
        codes[kind->type].push_back(kind->code.empty() ? "null" : kind->code);
        const Value code = kind->code.empty() ? Value() : Value(std::string(kind->code));
        if (std::ranges::find(all_codes, code) == all_codes.end()) all_codes.push_back(code);
    }
    std::string description;
    for (const auto& [type, of_type] : codes) {
        description.append(description.empty() ? "" : "; ").append(type).append(": ") += base::joined(of_type, ", ");
    }
    Value exactly = Object{{"properties", Object{{"statusCode", Object{{"const", status}}},
                                                 {"type", Object{{"enum", std::move(types)}}},
                                                 {"code", Object{{"enum", std::move(all_codes)}}}}}};
    return Object{
        {"description", std::move(description)},
        {"headers", Object{{"sc-request-id", reference_to("headers", "sc-request-id")}}},
        {"content", of_type("application/json",
                            Object{{"allOf", Array{reference_to("schemas", "ApiError"), std::move(exactly)}}})}};
}

Value refusal_as(const std::string& notation, const std::string& description, Object headers) {
    Object refusal{{"description", description}};
    if (!headers.empty()) refusal.emplace_back("headers", std::move(headers));
    refusal.emplace_back("content", of_type("application/json", schema(notation)));
    return refusal;
}

Value responses() {
    Object responses;
    for (const auto& [status, description] :
         {std::pair(400, "Something in the query or the body is not in order"),
          std::pair(403, "The Host or the Origin is not let in"), std::pair(404, "There is none of that id"),
          std::pair(409, "Not as things are now"), std::pair(503, "Too much waits to be sent")}) {
        responses.emplace_back("sim-" + std::to_string(status),
                               refusal_as("SimError", description, refusal_headers(Words::kSim, status)));
    }
    for (const auto& [status, kinds] : kinds_by_status()) {
        Value refusal = v2_refusal(status, kinds);
        const std::string description = *refusal.find("description")->string();
        const std::string text = std::to_string(status);
        responses.emplace_back("oauth-" + text, refusal_as("OAuthError", "Refused, in the words of OAuth",
                                                           refusal_headers(Words::kOAuth, status)));
        responses.emplace_back("v2-" + text, std::move(refusal));
        responses.emplace_back("v3-" + text,
                               refusal_as("V3ErrorOfUser|V3Error", description, refusal_headers(Words::kV3, status)));
    }
    responses.emplace_back("redirect", Object{{"description", "Back to the application, with a code or an error"},
                                              {"headers", Object{{"location", reference_to("headers", "location")}}}});
    return responses;
}

Value schemas() {
    Object schemas;
    for (NamedSchema& each : component_schemas()) schemas.emplace_back(each.name, std::move(each.schema));
    return schemas;
}

std::string written() {
    const Value document = Object{
        {"openapi", "3.1.0"},
        {"info", Object{{"title", "smartcar-sim"},
                        {"version", kVersion},
                        {"description",
                         "What serve answers: its own API below /_sim, and Smartcar's. Any v<digits>.<digits> is "
                         "served as v2.0, and a fault of POST /_sim/faults may answer with any status and body."}}},
        {"servers", Array{Object{{"url", "/"}}}},
        {"paths", paths()},
        {"components", Object{{"schemas", schemas()},
                              {"responses", responses()},
                              {"parameters", shared_parameters()},
                              {"headers", shared_headers()},
                              {"securitySchemes", security_schemes()}}},
    };
    std::string text;
    document::Writer json(text);
    json.value(document);
    assert(!json.failed());
    return text;
}

// --- the route ------------------------------------------------------------------------------------------

contract::Response show(Context&, const contract::Request&, const Parameters&) {
    return contract::json_response(200, openapi_document());
}

constexpr std::array kRoutes{
    Route{"GET", "/_sim/openapi.json", bare<show>},
};

}  // namespace

std::vector<Operation> all_operations() {
    std::vector<Operation> all;
    for (auto part : {sim_operations, connect_operations, v2_operations, v3_operations}) {
        for (Operation& operation : part()) all.push_back(std::move(operation));
    }
    return all;
}

const std::string& openapi_document() {
    static const std::string kDocument = written();
    return kDocument;
}

std::span<const Route> sim_openapi() { return kRoutes; }

}  // namespace smartcar_sim::routes
