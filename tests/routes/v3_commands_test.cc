#include <string>
#include <string_view>

#include "routes/an_api_caller.h"

namespace smartcar_sim::routes {
namespace {

const std::string kLimit = R"({"data":{"attributes":{"percent":80}}})";
const std::string kSchedule =
    R"({"data":{"attributes":{"location":{"latitude":37.7749,"longitude":-122.4194},"startTime":"08:00","stopTime":"10:00"}}})";

std::string id_of(const contract::Response& response) {
    const std::string quoted = json_at(response, "/data/id");
    REQUIRE(quoted.size() > 2);
    return quoted.substr(1, quoted.size() - 2);
}

struct Row {
    std::string path;
    std::string type;
    std::string body;
    std::string parameters;
};
const std::vector<Row> kRows{
    {"/commands/charge/start", "charge-start", "", ""},
    {"/commands/charge/stop", "charge-stop", "", ""},
    {"/commands/charge/set-limit", "charge-set-limit", R"({"data":{"attributes":{"percent":75.5}}})",
     R"({"percent":75.5})"},
    {"/commands/charge-port/open", "charge-port-open", "", ""},
    {"/commands/security/unlock", "security-unlock", "{}", ""},
    {"/commands/security/lock", "security-lock", "", ""},
    {"/commands/navigation/set-destination", "navigation-set-destination",
     R"({"data":{"attributes":{"latitude":47.62,"longitude":-122.35}}})", R"({"latitude":47.62,"longitude":-122.35})"},
};

TEST_CASE("a command is obeyed, told as an execution, and the execution can be read again") {
    ApiCaller application;
    application.connect();
    for (const Row& row : kRows) {
        CAPTURE(row.path);
        const auto done = application.ask("POST", at(kTesla, row.path), row.body);
        CHECK(done.status == 200);
        const std::string id = id_of(done);
        CHECK(id.starts_with("exec_"));
        const std::string parameters = row.parameters.empty() ? "" : R"(,"parameters":)" + row.parameters;
        CHECK(done.body == R"({"data":{"id":")" + id + R"(","type":"command-execution","attributes":{"commandType":")" +
                               row.type + R"(","status":{"value":"SUCCESS"},"executionMode":"sync")" + parameters +
                               R"(},"meta":{"executedAt":"2026-01-01T00:00:00.000Z",)" +
                               R"("completedAt":"2026-01-01T00:00:00.000Z","durationInSeconds":0}}})");
        CHECK(application.ask(at(kTesla, "/command-executions/" + id)).body == done.body);
        CHECK(application.ask(at(kFord, "/command-executions/" + id)).status == 404);
    }
    CHECK(application.ask(at(kTesla, "/command-executions/exec_none")).status == 404);
}

TEST_CASE("commands change what the vehicle says") {
    ApiCaller application;
    application.connect();
    const auto flag = [&](std::string_view code) { return application.car(kTesla).state.flag(code); };
    CHECK(flag("charge-ischarging") == false);
    CHECK(application.ask("POST", at(kTesla, "/commands/charge/start")).status == 200);
    CHECK(flag("charge-ischarging") == true);
    CHECK(application.ask("POST", at(kTesla, "/commands/charge/stop")).status == 200);
    CHECK(flag("charge-ischarging") == false);
    CHECK(application.ask("POST", at(kTesla, "/commands/security/unlock")).status == 200);
    CHECK(flag("closure-islocked") == false);
    CHECK(application.ask("POST", at(kTesla, "/commands/security/lock")).status == 200);
    CHECK(flag("closure-islocked") == true);
    CHECK(application.ask("POST", at(kTesla, "/commands/charge/set-limit"), kRows[2].body).status == 200);
    CHECK(application.car(kTesla).state.steps("charge-chargelimits") == 7'550);
    CHECK(application.ask("POST", at(kTesla, "/commands/navigation/set-destination"), kRows[6].body).status == 200);
    CHECK(application.car(kTesla).destination ==
          vehicle::Destination{.latitude = 47'620'000, .longitude = -122'350'000});
    application.set(kTesla, "charge-ischargingcableconnected", false);
    CHECK(application.ask("POST", at(kTesla, "/commands/charge-port/close")).status == 200);
    CHECK(flag("charge-ischargingportflapopen") == false);
    CHECK(application.ask("POST", at(kTesla, "/commands/charge-port/open")).status == 200);
    CHECK(flag("charge-ischargingportflapopen") == true);
}

TEST_CASE("a started charge is told to the webhooks") {
    ApiCaller application;
    application.connect();
    application.verify(application.add_webhook(R"(,"autoSubscribe":true)"));
    CHECK(application.ask("POST", at(kTesla, "/commands/charge/start")).status == 200);
    REQUIRE(application.world.simulation.settle(std::chrono::seconds(1)).ok());
    CHECK(application.world.callback_transport.sent().size() == 1);
}

TEST_CASE("commands are refused in the contract's order") {
    ApiCaller application;
    application.connect({.scope = {"read_charge", "control_security"}, .vehicles = {"tesla-model-3-2020"}});
    const std::string user = application.connect({.scope = {"control_security"}, .vehicles = {"ford-f-150-2021"}});
    const std::string path = at(kTesla, "/commands/charge/set-limit");
    const auto code = [](const contract::Response& response) { return json_at(response, "/errors/0/code"); };

    const auto nobody = application.send("POST", path, {{"Authorization", "Bearer nonsense"}}, kLimit);
    CHECK(nobody.status == 401);
    CHECK(code(nobody) == R"("UNAUTHORIZED")");
    const auto by_user = application.send("POST", path, {{"Authorization", "Bearer " + user}}, kLimit);
    CHECK(by_user.status == 403);
    CHECK(code(by_user) == R"("forbidden")");
    CHECK(json_at(by_user, "/type") == R"("PERMISSION")");
    const auto unnamed = application.send("POST", path, {{"Authorization", "Bearer " + application.token}}, kLimit);
    CHECK(unnamed.status == 400);
    CHECK(code(unnamed) == R"("MISSING_PARAMETER")");
    CHECK(json_at(unnamed, "/errors/0/detail") == R"("missing userId")");
    CHECK(application.ask("POST", at("nonsense", "/commands/charge/start")).status == 400);
    CHECK(application.ask("POST", at(kUnknownUuid, "/commands/charge/start")).status == 403);
    CHECK(application.ask("POST", path, "no JSON").status == 403);
}

TEST_CASE("bodies that are wrong are refused with what is wrong") {
    ApiCaller application;
    application.connect();
    struct Wrong {
        std::string path, attributes, code, detail;
    };
    const std::string limit = "/commands/charge/set-limit";
    const std::string navigation = "/commands/navigation/set-destination";
    const std::vector<Wrong> wrongs{
        {limit, "{}", "MISSING_PARAMETER", "missing percent"},
        {limit, R"({"percent":49.9})", "INVALID_INPUT_FORMAT", "percent must be a number from 50 to 100"},
        {limit, R"({"percent":101})", "INVALID_INPUT_FORMAT", "percent must be a number from 50 to 100"},
        {limit, R"({"percent":"80"})", "INVALID_INPUT_FORMAT", "percent must be a number from 50 to 100"},
        {navigation, R"({"latitude":1})", "MISSING_PARAMETER", "missing longitude"},
        {navigation, R"({"latitude":91,"longitude":1})", "INVALID_INPUT_FORMAT",
         "latitude must be a number from -90 to 90"},
    };
    for (const Wrong& wrong : wrongs) {
        CAPTURE(wrong.path, wrong.attributes);
        const auto refused =
            application.ask("POST", at(kTesla, wrong.path), R"({"data":{"attributes":)" + wrong.attributes + "}}");
        CHECK(refused.status == 400);
        CHECK(json_at(refused, "/errors/0/code") == json(wrong.code));
        CHECK(json_at(refused, "/errors/0/detail") == json(wrong.detail));
    }
    CHECK(application.ask("POST", at(kTesla, limit), "{").status == 400);
    CHECK(json_at(application.ask("POST", at(kTesla, limit), "{}"), "/errors/0/detail") ==
          R"("missing data.attributes")");
}

TEST_CASE("what the vehicle cannot do, or not now, is the vehicle's own refusal") {
    ApiCaller application;
    application.connect();
    const auto incapable = application.ask("POST", at(kFord, "/commands/charge/start"));
    CHECK(incapable.status == 501);
    CHECK(json_at(incapable, "/errors/0/type") == R"("COMPATIBILITY")");
    CHECK(json_at(incapable, "/errors/0/code") == R"("VEHICLE_NOT_CAPABLE")");
    application.set(kTesla, "charge-ischargingcableconnected", false);
    const auto unplugged = application.ask("POST", at(kTesla, "/commands/charge/start"));
    CHECK(unplugged.status == 409);
    CHECK(json_at(unplugged, "/errors/0/code") == R"("CHARGING_PLUG_NOT_CONNECTED")");
}

TEST_CASE("a charge schedule becomes a timer of the vehicle, and is deleted by its id") {
    ApiCaller application;
    application.connect();
    struct Type {
        std::string name, days;
    };
    const std::string workdays = R"("MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY")";
    const std::string all = workdays + R"(,"SATURDAY","SUNDAY")";
    for (const Type& type : {Type{"daily", all}, Type{"weekly", all}, Type{"workweek", workdays}}) {
        CAPTURE(type.name);
        const auto before = *application.car(kTesla).state.structure("charge-chargetimers");
        const auto made = application.ask("POST", at(kTesla, "/charge-schedules/" + type.name), kSchedule);
        CHECK(made.status == 200);
        const std::string quoted = json_at(made, "/data/attributes/scheduleId");
        const std::string id = quoted.substr(1, quoted.size() - 2);
        CHECK(id.starts_with("sched_"));
        const std::string execution = id_of(made);
        CHECK(made.body ==
              R"({"data":{"id":")" + execution +
                  R"(","type":"charge-schedule-execution","attributes":{"action":"create","scheduleType":")" +
                  type.name + R"(","status":{"value":"SUCCESS"},"executionMode":"sync","scheduleId":")" + id +
                  R"(","parameters":{"location":{"latitude":37.7749,"longitude":-122.4194},"startTime":"08:00",)" +
                  R"("stopTime":"10:00"}},"links":{"schedule":"/vehicles/)" + std::string(kTesla) +
                  "/charge-schedules/" + id + R"("},"meta":{"executedAt":"2026-01-01T00:00:00.000Z",)" +
                  R"("completedAt":"2026-01-01T00:00:00.000Z","durationInSeconds":0}}})");
        CHECK(application.ask(at(kTesla, "/schedule-executions/" + execution)).body == made.body);
        const auto timers = application.ask(at(kTesla, "/signals/charge-chargetimers"));
        CHECK(json_at(timers, "/data/attributes/body/values/1") ==
              R"({"type":"LOCATION","condition":{"name":null,"address":null,"latitude":37.7749,)"
              R"("longitude":-122.4194},"schedules":[{"start":"08:00:00","end":"10:00:00","days":[)" +
                  type.days + R"(]}],"departureTimers":[],"isOEMOptimizationEnabled":false,"scheduleType":")" +
                  type.name + R"(","scheduleId":")" + id + R"("})");

        const auto deleted = application.ask("DELETE", at(kTesla, "/charge-schedules/" + id));
        CHECK(deleted.status == 200);
        CHECK(json_at(deleted, "/data/attributes") ==
              R"({"action":"delete","status":{"value":"SUCCESS"},"executionMode":"sync","scheduleId":")" + id +
                  R"("})");
        CHECK(*application.car(kTesla).state.structure("charge-chargetimers") == before);
        CHECK(application.ask("DELETE", at(kTesla, "/charge-schedules/" + id)).status == 404);
    }
}

TEST_CASE("a weekly schedule may name its days") {
    ApiCaller application;
    application.connect();
    std::string body = kSchedule;
    body.insert(body.size() - 3, R"(,"days":["SUNDAY"])");
    CHECK(application.ask("POST", at(kTesla, "/charge-schedules/weekly"), body).status == 200);
    const auto timers = application.ask(at(kTesla, "/signals/charge-chargetimers"));
    CHECK(json_at(timers, "/data/attributes/body/values/1/schedules/0/days") == R"(["SUNDAY"])");
    body.replace(body.find("SUNDAY"), 6, "Sunday");
    CHECK(application.ask("POST", at(kTesla, "/charge-schedules/weekly"), body).status == 400);
}

// A whole number that no double holds cannot be written back.
TEST_CASE("what a schedule does not heed is not repeated") {
    ApiCaller application;
    application.connect();
    std::string body = kSchedule;
    body.insert(body.size() - 3, R"(,"extra":123456789012345678901234567890)");
    const auto made = application.ask("POST", at(kTesla, "/charge-schedules/daily"), body);
    CHECK(made.status == 200);
    CHECK(json_at(made, "/data/attributes/parameters/extra").empty());
    CHECK(json_at(made, "/data/attributes/parameters/startTime") == R"("08:00")");
}

TEST_CASE("charge schedules are for the makes that have them") {
    ApiCaller application({"tesla-model-3-2020", "volvo-xc60-2023", "nissan-leaf-2020"});
    application.connect();
    const auto id = [&](const std::string& fixture) { return application.car(fixture).id; };
    const std::string volvo = id("volvo-xc60-2023");
    application.set(volvo, "connectivitystatus-isonline", true);
    CHECK(application.ask("POST", at(volvo, "/charge-schedules/daily"), kSchedule).status == 200);
    for (const std::string type : {"weekly", "workweek"}) {
        CHECK(application.ask("POST", at(volvo, "/charge-schedules/" + type), kSchedule).status == 501);
    }
    const auto refused = application.ask("POST", at(id("nissan-leaf-2020"), "/charge-schedules/daily"), kSchedule);
    CHECK(refused.status == 501);
    CHECK(json_at(refused, "/errors/0/code") == R"("VEHICLE_NOT_CAPABLE")");
    CHECK(application.ask("POST", at(kTesla, "/charge-schedules/yearly"), kSchedule).status == 404);
}

TEST_CASE("schedules that are wrong are refused with what is wrong") {
    ApiCaller application;
    application.connect();
    const std::string place = R"("location":{"latitude":1,"longitude":2})";
    struct Wrong {
        std::string attributes, detail;
    };
    const std::vector<Wrong> wrongs{
        {R"("startTime":"08:00","stopTime":"10:00")", "missing location"},
        {place + R"(,"stopTime":"10:00")", "missing startTime"},
        {place + R"(,"startTime":"08:00")", "missing stopTime"},
        {place + R"(,"startTime":"24:00","stopTime":"10:00")", "startTime must be a time of day, HH:MM"},
        {place + R"(,"startTime":"08:00","stopTime":"10:60")", "stopTime must be a time of day, HH:MM"},
        {R"("location":{"latitude":1},"startTime":"08:00","stopTime":"10:00")",
         "location.longitude must be a number from -180 to 180"},
    };
    for (const Wrong& wrong : wrongs) {
        CAPTURE(wrong.attributes);
        const auto refused = application.ask("POST", at(kTesla, "/charge-schedules/daily"),
                                             R"({"data":{"attributes":{)" + wrong.attributes + "}}}");
        CHECK(refused.status == 400);
        CHECK(json_at(refused, "/errors/0/detail") == json(wrong.detail));
    }
}

}  // namespace
}  // namespace smartcar_sim::routes
