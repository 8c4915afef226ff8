// Wrong ways to check a signature.
#include <array>
#include <string>

#include "base/text.h"
#include "receiver/behaviours.h"
#include "receiver/steps.h"
#include "signature/digest.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::receiver {
namespace {

std::size_t signatures(const Circumstances& now) { return now.request.headers.count("SC-Signature"); }

// Empty when it is missing.
std::string signature_of(const Circumstances& now) {
    return std::string(now.request.headers.get("SC-Signature").value_or(""));
}

bool rightly(const Circumstances& now) { return now.is_signed(now.request.body); }

bool always(const Circumstances&) { return true; }

bool if_there(const Circumstances& now) { return signatures(now) == 0 || rightly(now); }

bool unless_empty(const Circumstances& now) { return signature_of(now).empty() || rightly(now); }

bool if_any(const Circumstances& now) { return !signature_of(now).empty(); }

// hmac(process.env.TOKEN ?? "", body)
bool without_token(const Circumstances& now) {
    return rightly(now) || signature::equal(signature_of(now), signature::hmac_sha256_hex("", now.request.body));
}

bool first_half(const Circumstances& now) {
    constexpr std::size_t kHalf = 32;
    return signature_of(now).substr(0, kHalf) == now.hash_of(now.request.body).substr(0, kHalf);
}

bool as_far_as_it_goes(const Circumstances& now) {
    return signatures(now) > 0 && now.hash_of(now.request.body).starts_with(signature_of(now));
}

bool known_signatures(const Circumstances& now) {
    if (rightly(now)) {
        now.memory.first_time(signature_of(now));
        return true;
    }
    return now.memory.knows(signature_of(now));
}

bool known_hashes(const Circumstances& now) {
    return rightly(now) || now.memory.knows("challenge " + signature_of(now));
}

MaybeResponse remember_challenges(const Circumstances& now) {
    if (const auto challenge = challenge_in(now)) now.memory.first_time("challenge " + now.hash_of(*challenge));
    return std::nullopt;
}

bool lists(const Circumstances& now) { return signatures(now) > 1 || rightly(now); }

bool first_of_several(const Circumstances& now) {
    return signature::equal(signature_of(now), now.hash_of(now.request.body));
}

bool any_of_several(const Circumstances& now) {
    for (const auto& [name, value] : now.request.headers) {
        if (!base::equal_but_for_case(name, "SC-Signature")) continue;
        if (signature::equal(value, now.hash_of(now.request.body))) return true;
    }
    return false;
}

bool in_query(const Circumstances& now) {
    const auto given = base::field(now.request.query_fields(), "signature");
    return rightly(now) || (given && signature::equal(*given, now.hash_of(now.request.body)));
}

bool under_other_names(const Circumstances& now) {
    const auto given = now.request.headers.get("X-Smartcar-Signature");
    return rightly(now) || (given && signature::equal(*given, now.hash_of(now.request.body)));
}

bool in_any_case(const Circumstances& now) {
    return signatures(now) == 1 && signature::equal(base::lower_case(signature_of(now)), now.hash_of(now.request.body));
}

bool after_prefix(const Circumstances& now) {
    const std::string signature = signature_of(now);
    return signature::equal(signature.substr(signature.find('=') + 1), now.hash_of(now.request.body));
}

bool unkeyed(const Circumstances& now) {
    return rightly(now) ||
           signature::equal(signature_of(now),
                            base::to_hex(signature::hash(signature::Algorithm::kSha256, now.request.body)));
}

bool by_the_message(const Circumstances& now) { return signature_of(now).starts_with("none") || rightly(now); }

bool by_length(const Circumstances& now) {
    const auto by = [&](signature::Algorithm algorithm) {
        return signature::equal(signature_of(now),
                                base::to_hex(signature::hmac(algorithm, now.token, now.request.body)));
    };
    return rightly(now) || by(signature::Algorithm::kSha1) || by(signature::Algorithm::kSha512);
}

// Hashes what is printed of the parsed body.
template <signature::Runtime kRuntime>
bool prints(const Circumstances& now) {
    return now.is_signed(signature::written_by(kRuntime, now.request.body));
}

bool trims(const Circumstances& now) {
    const std::string& body = now.request.body;
    return now.is_signed(std::string_view(body).substr(0, body.find_last_not_of(" \r\n\t") + 1));
}

constexpr std::array kBehaviours{
    Behaviour{.id = "no-signature-check", .says = "accepts every event, forged or not", .trusts = always},
    Behaviour{.id = "signature-if-there",
              .says = "checks SC-Signature when it is there, and accepts an event without",
              .trusts = if_there},
    Behaviour{.id = "signature-unless-empty",
              .says = "takes an empty or missing SC-Signature for \"nothing to check\"",
              .trusts = unless_empty},
    Behaviour{.id = "any-signature", .says = "is content when SC-Signature is not empty", .trusts = if_any},
    Behaviour{.id = "empty-token", .says = "accepts what is signed with an empty key too", .trusts = without_token},
    Behaviour{
        .id = "compares-first-half", .says = "compares the first 32 digits of the signature", .trusts = first_half},
    Behaviour{.id = "compares-what-came",
              .says = "compares as many digits of the signature as came",
              .trusts = as_far_as_it_goes},
    Behaviour{.id = "known-signatures",
              .says = "accepts a signature that it has seen before, whatever it is of",
              .trusts = known_signatures},
    Behaviour{.id = "challenge-hash-as-signature",
              .says = "accepts the hash of an earlier challenge as a signature",
              .first = remember_challenges,
              .trusts = known_hashes},
    Behaviour{.id = "signature-list",
              .says = "gets a list when SC-Signature is there twice, and takes it for true",
              .trusts = lists},
    Behaviour{
        .id = "first-signature", .says = "looks at the first SC-Signature of several", .trusts = first_of_several},
    Behaviour{.id = "any-of-signatures", .says = "accepts one right SC-Signature of several", .trusts = any_of_several},
    Behaviour{.id = "signature-in-query", .says = "reads the signature from the query too", .trusts = in_query},
    Behaviour{.id = "other-signature-header",
              .says = "reads the signature from X-Smartcar-Signature too",
              .trusts = under_other_names},
    Behaviour{.id = "signature-in-any-case", .says = "accepts upper-case digits", .trusts = in_any_case},
    Behaviour{.id = "signature-after-prefix", .says = "takes off a prefix such as \"sha256=\"", .trusts = after_prefix},
    Behaviour{.id = "unkeyed-hash", .says = "accepts the plain SHA-256 of the body too", .trusts = unkeyed},
    Behaviour{.id = "algorithm-none", .says = "lets the signature say that there is none", .trusts = by_the_message},
    Behaviour{.id = "any-algorithm",
              .says = "goes by the signature's length, and accepts HMAC-SHA1 and HMAC-SHA512 too",
              .trusts = by_length},
    Behaviour{.id = "handles-before-checking",
              .says = "handles an event and looks at its signature afterwards",
              .handles = Behaviour::Handles::kAnything},
    Behaviour{.id = "handles-disguised-events",
              .says = "answers an unsigned event that says it is a challenge, and handles it too",
              .handles = Behaviour::Handles::kDisguised},
    Behaviour{.id = "reserialised-body",
              .says = "parses an event and checks the signature of what json.dumps makes of it, so it refuses all",
              .trusts = prints<signature::Runtime::kPython>},
    Behaviour{.id = "reserialised-by-node",
              .says = "checks the signature of JSON.stringify(body), as the official Node SDK does",
              .trusts = prints<signature::Runtime::kNode>},
    Behaviour{.id = "reserialised-by-python",
              .says = "checks the signature of json.dumps(body, separators=(',', ':'))",
              .trusts = prints<signature::Runtime::kPythonCompact>},
    Behaviour{.id = "reserialised-by-php",
              .says = "checks the signature of json_encode(json_decode($body, true))",
              .trusts = prints<signature::Runtime::kPhp>},
    Behaviour{.id = "reserialised-by-ruby",
              .says = "checks the signature of body.to_json, as the official Ruby SDK does",
              .trusts = prints<signature::Runtime::kRuby>},
    Behaviour{.id = "reserialised-by-rails",
              .says = "checks the signature of params.to_json, with Rails' escapes",
              .trusts = prints<signature::Runtime::kRails>},
    Behaviour{.id = "reserialised-by-go",
              .says = "checks the signature of json.Marshal of a map, whose keys are sorted, so it refuses all",
              .trusts = prints<signature::Runtime::kGoMap>},
    Behaviour{.id = "reserialised-by-gson",
              .says = "checks the signature of Gson's print of a JsonElement",
              .trusts = prints<signature::Runtime::kGsonTree>},
    Behaviour{.id = "reserialised-by-jackson",
              .says = "checks the signature of Jackson's print of a JsonNode",
              .trusts = prints<signature::Runtime::kJackson>},
    Behaviour{
        .id = "trimmed-body", .says = "checks the signature of the body without blanks at its end", .trusts = trims},
};

}  // namespace

std::span<const Behaviour> signature_behaviours() { return kBehaviours; }

}  // namespace smartcar_sim::receiver
