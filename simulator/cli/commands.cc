#include "cli/commands/commands.h"

#include <algorithm>

#include "cli/command.h"
#include "document/pointer.h"

namespace smartcar_sim::cli {
namespace {

using Ids = std::vector<OptionId>;

// Of arguments.
constexpr std::size_t kAnyNumber = 10'000;

// The options of a command that talks, and where it has some in common with others, in groups.
const Ids kTokenOptions{OptionId::kTokenFile, OptionId::kToken};
const Ids kMessageOptions{OptionId::kWebhookVersion, OptionId::kDialect};
const Ids kExchangeOptions{OptionId::kTimeout, OptionId::kCacert, OptionId::kInsecure, OptionId::kHeader,
                           OptionId::kRemote};
const Ids kOutputOptions{OptionId::kJson, OptionId::kQuiet, OptionId::kColor, OptionId::kHelp};
const Ids kLoggingOptions{OptionId::kJson, OptionId::kQuiet, OptionId::kVerbose, OptionId::kColor, OptionId::kHelp};

Ids join(std::initializer_list<Ids> groups) {
    Ids all;
    for (const Ids& group : groups) all.insert(all.end(), group.begin(), group.end());
    return all;
}

Command demo() {
    return {.name = "demo",
            .summary = "show the main job with nothing else running",
            .details =
                "Starts a platform and a built-in callback, verifies it, subscribes a vehicle, plays a charging "
                "session, and prints every request and verdict.",
            .arguments = {},
            .options = join(
                {kMessageOptions, {OptionId::kSignVerify, OptionId::kSeed, OptionId::kPlatformPort}, kLoggingOptions}),
            .examples = {{"smartcar-sim demo", "everything, in a second"},
                         {"smartcar-sim demo --webhook-version 4.0", "with today's payloads"},
                         {"smartcar-sim demo --json --seed 7", "for a program, and the same deliveries every time"}},
            .run = run_demo};
}

Command serve() {
    return {.name = "serve",
            .summary = "run the platform until stopped",
            .details =
                "With --callback it adds a webhook, verifies it as soon as the callback answers, connects a user "
                "and subscribes the vehicles; then it prints an access token and what to try with curl. After a "
                "wrong answer it does not try again by itself, but says how.",
            .arguments = {},
            .options = join({{OptionId::kHost, OptionId::kPort, OptionId::kCallback, OptionId::kGrace,
                              OptionId::kReadyFile, OptionId::kAllowHost, OptionId::kConnect},
                             kTokenOptions,
                             kMessageOptions,
                             {OptionId::kSignVerify, OptionId::kOrdered, OptionId::kStrict},
                             kExchangeOptions,
                             {OptionId::kVehicles, OptionId::kFleet},
                             {OptionId::kRateLimit, OptionId::kVehicleRateLimit},
                             {OptionId::kWebhookId, OptionId::kUserId, OptionId::kSeed},
                             kLoggingOptions}),
            .examples = {{"smartcar-sim serve --callback http://127.0.0.1:3000/webhooks", "the tutorial's first half"},
                         {"smartcar-sim serve --port 0 --ready-file ready.json", "on any free port, told to a script"},
                         {"smartcar-sim serve --vehicles my-cars --fleet 1000", "your own cars, and many of them"}},
            .run = run_serve};
}

Command verify() {
    return {.name = "verify",
            .summary = "send one challenge to the callback and judge the answer",
            .details =
                "On a wrong answer it says why: the reason, and the mistake that made the hash. A --callback here "
                "outranks a server of the environment or of smartcar-sim.json.",
            .arguments = {},
            .options = join({{OptionId::kCallback, OptionId::kServer},
                             kTokenOptions,
                             kMessageOptions,
                             {OptionId::kSignVerify, OptionId::kStrict},
                             kExchangeOptions,
                             {OptionId::kWebhookId, OptionId::kSeed},
                             kLoggingOptions}),
            .examples = {{"smartcar-sim verify --callback http://127.0.0.1:3000/webhooks",
                          "with `smartcar-sim callback` running in another terminal"},
                         {"smartcar-sim verify --callback http://127.0.0.1:3000/webhooks --webhook-version 4.0 --json",
                          "today's challenge, the verdict for a program"}},
            .run = run_verify};
}

Command send() {
    return {
        .name = "send",
        .summary = "sign one event and send it to the callback",
        .details =
            "EVENT is a name of `smartcar-sim list events`, VEHICLE_STATE or VEHICLE_ERROR; FILE is a payload in "
            "JSON (- for stdin), sent as it is and signed anew; --test is the dashboard's test payload. One "
            "attempt is made unless --retries. A running server sends to each of its webhooks that takes the event; "
            "a --callback here outranks a server of the environment or of smartcar-sim.json.",
        .arguments = {.placeholder = "EVENT|FILE", .most = 1, .words = {}},
        .options =
            join({{OptionId::kTest, OptionId::kCallback, OptionId::kServer, OptionId::kSet, OptionId::kAdd,
                   OptionId::kRetries},
                  kTokenOptions,
                  kMessageOptions,
                  kExchangeOptions,
                  {OptionId::kVehicleId, OptionId::kUserId, OptionId::kWebhookId, OptionId::kMode, OptionId::kSeed},
                  kLoggingOptions}),
        .examples = {{"smartcar-sim send --test --callback http://127.0.0.1:3000/webhooks",
                      "with `smartcar-sim callback` running in another terminal"},
                     {"smartcar-sim send CHARGING_STARTED --callback http://127.0.0.1:3000/webhooks", "by name"},
                     {"smartcar-sim send CHARGING_STARTED --callback http://127.0.0.1:3000/webhooks "
                      "--set '/payload/vehicleId=\"my-car\"'",
                      "changed before it is signed"}},
        .run = run_send};
}

Command run() {
    return {
        .name = "run",
        .summary = "replay scenarios against the callback and judge what comes of them",
        .details =
            "SCENARIO is a file, a folder (not the folders within it) or a name of `smartcar-sim list scenarios`. "
            "Each file gets a platform of its own, and waits cost no real time. Nothing is sent when any file is "
            "not valid. --app is told as PORT where to listen: the port of the callback, or a free one when none is "
            "set.",
        .arguments = {.placeholder = "SCENARIO…", .least = 1, .most = kAnyNumber, .words = {}},
        .options =
            join({{OptionId::kCallback, OptionId::kBuiltIn, OptionId::kBehave, OptionId::kApp, OptionId::kWaitFor,
                   OptionId::kWaitTimeout, OptionId::kTag, OptionId::kFilter, OptionId::kShard, OptionId::kJobs,
                   OptionId::kFailFast, OptionId::kMaxTime, OptionId::kStartAt, OptionId::kRealtime, OptionId::kSpeed,
                   OptionId::kAllowCommands, OptionId::kList, OptionId::kReport},
                  kTokenOptions,
                  kMessageOptions,
                  {OptionId::kSignVerify, OptionId::kOrdered, OptionId::kStrict},
                  kExchangeOptions,
                  {OptionId::kVehicles, OptionId::kVehicleId, OptionId::kUserId, OptionId::kWebhookId, OptionId::kSeed,
                   OptionId::kPlatformPort},
                  kLoggingOptions}),
        .examples = {{"smartcar-sim run charging-session --callback http://127.0.0.1:3000/webhooks",
                      "with `smartcar-sim callback` running in another terminal"},
                     {"smartcar-sim run charging-session forgeries-refused --built-in --report junit=results.xml",
                      "against the built-in callback, with a report for CI"},
                     {"smartcar-sim run scenarios --app 'node app.mjs' --report md=results.md",
                      "your own folder, your own application"}},
        .run = run_run};
}

Command audit() {
    return {
        .name = "audit",
        .summary = "examine a callback: its handshake, forgeries, awkward but valid input, HTTP and time",
        .details =
            "A preflight (one challenge, one event) comes first: when it fails, the rest is skipped. Then each check "
            "sends something and judges the answer; the worst failure decides the grade, from A (none) to F (a "
            "forger gets in). What an event led to is seen with --probe or --probe-url, or when the application "
            "calls the platform's API. -v prints every check. Exit 4 for failures from --fail-on up, when nothing "
            "could be "
            "told, when there was no time for all, and for a probe that never showed anything.",
        .arguments = {},
        .options =
            join({{OptionId::kCallback, OptionId::kBuiltIn, OptionId::kBehave, OptionId::kApp, OptionId::kWaitFor,
                   OptionId::kWaitTimeout, OptionId::kProbe, OptionId::kProbeUrl, OptionId::kProbeWait,
                   OptionId::kTemplate, OptionId::kThorough, OptionId::kOnly, OptionId::kSkip, OptionId::kBaseline,
                   OptionId::kFailOn, OptionId::kAuditTime, OptionId::kReport},
                  kTokenOptions,
                  kMessageOptions,
                  {OptionId::kSignVerify},
                  kExchangeOptions,
                  {OptionId::kVehicleId, OptionId::kUserId, OptionId::kWebhookId, OptionId::kMode, OptionId::kSeed,
                   OptionId::kPlatformPort},
                  kLoggingOptions}),
        .examples = {{"smartcar-sim audit --callback http://127.0.0.1:3000/webhooks --probe-url "
                      "'/applied/{vehicleId}'",
                      "with `smartcar-sim callback` running in another terminal"},
                     {"smartcar-sim audit --app 'node app.mjs' --webhook-version 4.0 --report html=audit.html",
                      "your own application, and a page for the pull request"},
                     {"smartcar-sim audit --built-in --behave signature-if-there",
                      "what the audit says of a callback that is wrong on purpose"}},
        .run = run_audit};
}

Command validate() {
    return {.name = "validate",
            .summary = "check scenario, fixture and configuration files without sending anything",
            .details =
                "Every error of a scenario is shown with its place, of the other files the first. FILE may be a "
                "folder, whose *.json are checked.",
            .arguments = {.placeholder = "FILE…", .least = 1, .most = kAnyNumber, .words = {}},
            .options = join({{OptionId::kVehicles}, kOutputOptions}),
            .examples = {{"smartcar-sim validate scenarios", "a folder"},
                         {"smartcar-sim validate smartcar-sim.json --json", "for a program"}},
            .run = run_validate};
}

Command init() {
    return {.name = "init",
            .summary = "write a configuration, a first scenario and the schema for your editor",
            .details = "What is there already is left as it is, but for the schema.",
            .arguments = {.placeholder = "FOLDER", .most = 1, .words = {}},
            .options = join({{OptionId::kCallback}, kOutputOptions}),
            .examples = {{"smartcar-sim init", "in this folder"},
                         {"smartcar-sim init webhook-tests --callback http://127.0.0.1:8000/smartcar", "in a new one"}},
            .run = run_init};
}

Command callback() {
    return {.name = "callback",
            .summary = "run the reference receiver",
            .details =
                "Verifies challenges and signatures of both versions and prints what arrives. --behave makes it "
                "wrong in a chosen way, to see how that shows.",
            .arguments = {},
            .options =
                join({{OptionId::kHost, OptionId::kReceiverPort, OptionId::kBehave}, kTokenOptions, kLoggingOptions}),
            .examples = {{"smartcar-sim callback", "on http://127.0.0.1:3000"},
                         {"smartcar-sim callback --port 0 --json", "on any free port, told in the first line"}},
            .run = run_callback};
}

Command explain() {
    return {.name = "explain",
            .summary = "say which mistake made a hash wrong, offline",
            .details =
                "Give what was hashed (--body or --challenge) and the hash: the --signature or --answer you got, "
                "or what your own code --computed. A captured --request brings its body and its SC-Signature along, or "
                "the challenge in it. Exits 0 when the hash is right, 4 when not.",
            .arguments = {},
            .options = join({{OptionId::kRequest, OptionId::kBody, OptionId::kSignature, OptionId::kChallenge,
                              OptionId::kAnswer, OptionId::kComputed, OptionId::kCandidate, OptionId::kCandidatesFrom},
                             kTokenOptions,
                             kOutputOptions}),
            .examples = {{"smartcar-sim explain --challenge challenge_0123456789abcdef0123456789abcdef --answer "
                          "9ED5510D62C8AFF9E16B82333796965395234F877D7B4ABFF57EE86BEBECBD4C",
                          "an answer in upper case"},
                         {"printf '{}' | smartcar-sim explain --body - --computed "
                          "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                          "a hash your own code made, of a body on stdin"}},
            .run = run_explain};
}

Command sign() {
    return {.name = "sign",
            .summary = "print the HMAC-SHA256 of a body, in hex",
            .details = "Reads stdin, or --body. The bytes are taken as they are, a final newline included.",
            .arguments = {},
            .options = join({{OptionId::kBody}, kTokenOptions, kOutputOptions}),
            .examples = {{"printf '{\"a\":1}' | smartcar-sim sign", "under the development token"},
                         {"printf hello > body.bin && smartcar-sim sign --body body.bin", "of a file"}},
            .run = run_sign};
}

Command list() {
    return {.name = "list",
            .summary = "list what there is to name, one line each",
            .details = {},
            .arguments = {.placeholder = "KIND",
                          .least = 1,
                          .most = 1,
                          .words = {"events", "signals", "vehicles", "scenarios", "faults", "reasons", "checks",
                                    "mistakes", "behaviours"}},
            .options = join({{OptionId::kVehicles}, kOutputOptions}),
            .examples = {{"smartcar-sim list events", "the events of a 2.0 webhook"},
                         {"smartcar-sim list mistakes --json", "what `explain` and `verify` can recognise"}},
            .run = run_list};
}

Command config() {
    return {.name = "config",
            .summary = "show every setting and where its value came from",
            .details =
                "A flag outranks the environment, the environment smartcar-sim.json in the working folder or the "
                "nearest parent that has one, and the file the default.",
            .arguments = {.placeholder = "show", .least = 1, .most = 1, .words = {"show"}},
            .options = kOutputOptions,
            .examples = {{"smartcar-sim config show", "as things are"},
                         {"SMARTCAR_SIM_TIMEOUT=2s smartcar-sim config show --json", "for a program"}},
            .run = run_config};
}

Command completion() {
    return {.name = "completion",
            .summary = "print a completion script for the shell",
            .details = {},
            .arguments = {.placeholder = "bash|zsh", .least = 1, .most = 1, .words = {"bash", "zsh"}},
            .options = {OptionId::kHelp},
            .examples = {{"eval \"$(smartcar-sim completion bash)\"", "in this shell"},
                         {"smartcar-sim completion zsh > _smartcar-sim", "for a folder of $fpath"}},
            .run = run_completion};
}

Command help() {
    return {.name = "help",
            .summary = "explain a command, or list them all",
            .details = {},
            .arguments = {.placeholder = "COMMAND", .most = 1, .words = {}},
            .options = {OptionId::kMan, OptionId::kHelp},
            .examples = {{"smartcar-sim help send", "one command"},
                         {"smartcar-sim help --man > smartcar-sim.1", "the man page"}},
            .run = run_help};
}

}  // namespace

std::span<const Command> commands() {
    static const std::vector<Command> kCommands{demo(),  serve(),    verify(),  send(),       run(),
                                                audit(), callback(), explain(), sign(),       validate(),
                                                init(),  list(),     config(),  completion(), help()};
    return kCommands;
}

const Command* find_command(std::string_view name) {
    const auto rows = commands();
    const auto row = std::ranges::find(rows, name, &Command::name);
    return row == rows.end() ? nullptr : &*row;
}

base::Error unknown_command(const std::string& word) {
    if (word.starts_with('-')) {
        return {"unknown_option",
                "unknown option " + word + "; options come after the command: " + "smartcar-sim <command> [options]"};
    }
    std::vector<std::string_view> names;
    for (const Command& command : commands()) names.push_back(command.name);
    const std::string hint = document::did_you_mean(word, names);
    return {"unknown_command",
            "unknown command \"" + word + "\"" + (hint.empty() ? "; `smartcar-sim help` lists them" : hint)};
}

}  // namespace smartcar_sim::cli
