// The table of options: the one place that says how an option is spelled, what it takes, what its
// default is, and which environment variable and configuration key stand for it.
//
// Parsing, help, the man page, shell completion, precedence, `config show` and the schema of
// smartcar-sim.json are all made from it. Which command takes which option: cli/command.h.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smartcar_sim::cli {

// A name each; two commands whose options share a spelling but not a meaning have two ids.
enum class OptionId {
    kCallback,
    kTokenFile,
    kToken,
    kWebhookVersion,
    kDialect,
    kSignVerify,
    kOrdered,
    kStrict,
    kTimeout,
    kCacert,
    kInsecure,
    kHeader,
    kRemote,
    kVehicleId,
    kUserId,
    kWebhookId,
    kMode,
    kSeed,
    kHost,          // serve, callback
    kPort,          // serve
    kPlatformPort,  // demo, run: --port of the private platform
    kReceiverPort,  // callback: --port
    kAllowHost,
    kConnect,
    kReadyFile,
    kGrace,
    kVehicles,
    kFleet,
    kRateLimit,
    kVehicleRateLimit,
    kServer,
    kTest,
    kSet,
    kAdd,
    kRetries,
    kBehave,
    kBody,
    kRequest,
    kSignature,
    kChallenge,
    kAnswer,
    kComputed,
    kCandidate,
    kCandidatesFrom,
    kBuiltIn,
    kApp,
    kWaitFor,
    kWaitTimeout,
    kTag,
    kFilter,
    kJobs,
    kShard,
    kFailFast,
    kMaxTime,
    kAuditTime,  // audit: --max-time
    kStartAt,
    kRealtime,
    kSpeed,
    kAllowCommands,
    kList,
    kReport,
    kProbe,
    kProbeUrl,
    kProbeWait,
    kTemplate,
    kThorough,
    kOnly,
    kSkip,
    kBaseline,
    kFailOn,
    kMan,
    kJson,
    kQuiet,
    kVerbose,
    kColor,
    kHelp,
};

enum class ValueKind {
    kFlag,  // takes no value; "true" or "false" elsewhere
    kText,
    kFile,      // a path: completed as one
    kUrl,       // absolute, http or https
    kOrigin,    // a URL without path
    kInteger,   // within [low, high]
    kDuration,  // "15s"
    kChoice,    // one of the words of the placeholder: "2.0|4.0"
    kHeader,    // "Name: value"
    kPair,      // "NAME=VALUE"
};

enum class Repeat { kOnce, kCollected };
enum class Exposure { kOpen, kSecret };  // a secret's value (of a header, what follows the name) is masked when shown

struct Option {
    OptionId id;
    std::string_view name;  // "callback", without dashes
    char letter = 0;        // 'q' for -q; 0 for none
    ValueKind kind = ValueKind::kText;
    std::string_view placeholder{};  // "URL"; empty for a flag
    std::string_view help;           // one line, no final stop
    std::string_view fallback{};     // the default as one would type it; empty for none
    std::string_view environment{};  // "SMARTCAR_SIM_CALLBACK"; empty: the environment has no say
    std::string_view config_key{};   // "callback"; empty: not a key of smartcar-sim.json
    Repeat repeat = Repeat::kOnce;
    Exposure exposure = Exposure::kOpen;
    std::int64_t low = 0;  // of a kInteger
    std::int64_t high = 0;

    // True when the environment or the configuration file can set it: it then appears in `config show`.
    [[nodiscard]] bool configurable() const { return !environment.empty() || !config_key.empty(); }
    [[nodiscard]] bool takes_value() const { return kind != ValueKind::kFlag; }
    // The words of a kChoice.
    [[nodiscard]] std::vector<std::string_view> choices() const;
    // "--timeout 15s" as help shows it: "-H, --header 'NAME: VALUE'".
    [[nodiscard]] std::string usage() const;
};

// Every option, in the order of OptionId.
[[nodiscard]] std::span<const Option> options();
[[nodiscard]] const Option& option(OptionId id);

}  // namespace smartcar_sim::cli
