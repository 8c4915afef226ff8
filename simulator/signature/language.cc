#include "signature/language.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "base/text.h"

namespace smartcar_sim::signature {
namespace {

struct Sign {
    std::string_view word;  // in lower case
    Language language;
};

// Names of languages, and of servers and frameworks that hardly ever run another one. Phusion Passenger and IIS run
// several, so they tell nothing. When there are signs of two languages, the upper row holds.
constexpr std::array kSigns{
    Sign{"express", Language::kNode},
    Sign{"next.js", Language::kNode},
    Sign{"nuxt", Language::kNode},
    Sign{"node", Language::kNode},
    Sign{"python", Language::kPython},
    Sign{"werkzeug", Language::kPython},
    Sign{"uvicorn", Language::kPython},
    Sign{"gunicorn", Language::kPython},
    Sign{"hypercorn", Language::kPython},
    Sign{"aiohttp", Language::kPython},
    Sign{"tornado", Language::kPython},
    Sign{"tornadoserver", Language::kPython},
    Sign{"wsgiserver", Language::kPython},
    Sign{"daphne", Language::kPython},
    Sign{"waitress", Language::kPython},
    Sign{"php", Language::kPhp},
    Sign{"puma", Language::kRuby},
    Sign{"webrick", Language::kRuby},
    Sign{"thin", Language::kRuby},
    Sign{"unicorn", Language::kRuby},
    Sign{"servlet", Language::kJava},
    Sign{"jetty", Language::kJava},
    Sign{"tomcat", Language::kJava},
    Sign{"coyote", Language::kJava},
    Sign{"undertow", Language::kJava},
    Sign{"wildfly", Language::kJava},
    Sign{"kestrel", Language::kDotNet},
    Sign{"asp.net", Language::kDotNet},
    Sign{"microsoft-httpapi", Language::kDotNet},
};

struct Line {
    Advice advice;
    Language language;
    std::string_view says;
};

constexpr std::array kLines{
    Line{Advice::kRawBody, Language::kUnknown,
         "In Express that is express.raw(), in Flask request.get_data(), in PHP file_get_contents('php://input')."},
    Line{Advice::kRawBody, Language::kNode,
         "In Node: put express.raw({type: 'application/json'}) before this route and hash req.body, a Buffer."},
    Line{Advice::kRawBody, Language::kPython,
         "In Python: hash request.get_data() (Flask), request.body (Django) or await request.body() (FastAPI)."},
    Line{Advice::kRawBody, Language::kPhp,
         "In PHP: hash file_get_contents('php://input'); in Laravel and Symfony $request->getContent()."},
    Line{Advice::kRawBody, Language::kRuby,
         "In Ruby: hash request.raw_post (Rails) or request.body.read (Rack and Sinatra)."},
    Line{Advice::kRawBody, Language::kGo,
         "In Go: hash what io.ReadAll(r.Body) gives, and give the same bytes to json.Unmarshal."},
    Line{Advice::kRawBody, Language::kJava,
         "In Java: take @RequestBody byte[] (Spring) or request.getInputStream().readAllBytes(), and hash that."},
    Line{Advice::kRawBody, Language::kDotNet,
         "In .NET: copy Request.Body to a MemoryStream before model binding, and hash its bytes."},

    Line{Advice::kHmac, Language::kNode, "In Node: crypto.createHmac('sha256', token).update(message).digest('hex')."},
    Line{Advice::kHmac, Language::kPython,
         "In Python: hmac.new(token.encode(), message, hashlib.sha256).hexdigest(), the message in bytes."},
    Line{Advice::kHmac, Language::kPhp, "In PHP: hash_hmac('sha256', $message, $token)."},
    Line{Advice::kHmac, Language::kRuby, "In Ruby: OpenSSL::HMAC.hexdigest('SHA256', token, message)."},
    Line{Advice::kHmac, Language::kGo,
         "In Go: mac := hmac.New(sha256.New, []byte(token)); mac.Write(message); hex.EncodeToString(mac.Sum(nil))."},
    Line{Advice::kHmac, Language::kJava,
         "In Java: new HmacUtils(HmacAlgorithms.HMAC_SHA_256, token).hmacHex(message), of Commons Codec."},
    Line{Advice::kHmac, Language::kDotNet,
         "In .NET: Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "
         "message)).ToLowerInvariant()."},

    Line{Advice::kCleanKey, Language::kNode, "In Node: process.env.APPLICATION_MANAGEMENT_TOKEN.trim()."},
    Line{Advice::kCleanKey, Language::kPython, "In Python: os.environ['APPLICATION_MANAGEMENT_TOKEN'].strip()."},
    Line{Advice::kCleanKey, Language::kPhp, "In PHP: trim($_ENV['APPLICATION_MANAGEMENT_TOKEN'])."},
    Line{Advice::kCleanKey, Language::kRuby, "In Ruby: ENV.fetch('APPLICATION_MANAGEMENT_TOKEN').strip."},
    Line{Advice::kCleanKey, Language::kGo, R"(In Go: strings.TrimSpace(os.Getenv("APPLICATION_MANAGEMENT_TOKEN")).)"},
    Line{Advice::kCleanKey, Language::kJava, "In Java: token.strip(), where the token is read."},
    Line{Advice::kCleanKey, Language::kDotNet,
         R"(In .NET: Environment.GetEnvironmentVariable("APPLICATION_MANAGEMENT_TOKEN").Trim().)"},

    Line{Advice::kChallenge, Language::kNode,
         "In Node: const { challenge } = req.body.data ?? req.body.payload, after express.json()."},
    Line{Advice::kChallenge, Language::kPython,
         "In Python: body = request.get_json(); (body.get('data') or body['payload'])['challenge']."},
    Line{Advice::kChallenge, Language::kPhp,
         "In PHP: $body['data']['challenge'] ?? $body['payload']['challenge'] of json_decode(…, true)."},
    Line{Advice::kChallenge, Language::kRuby,
         "In Ruby: body.dig('data', 'challenge') || body.dig('payload', 'challenge') of JSON.parse(…)."},
    Line{Advice::kChallenge, Language::kGo,
         R"(In Go: give the struct both fields, `json:"data"` and `json:"payload"`, and take the one that is set.)"},
    Line{Advice::kChallenge, Language::kJava,
         R"(In Java: body.at("/data/challenge"), or body.at("/payload/challenge") when that is missing.)"},
    Line{Advice::kChallenge, Language::kDotNet,
         R"(In .NET: body.GetProperty("data"), or "payload" in 2.0 messages, then )"
         R"(GetProperty("challenge").GetString().)"},
};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// "node" stands in "node/20", and neither in "linode" nor in "nodexyz".
bool has_word(std::string_view text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !is_letter(text[at - 1]);
        const bool ends = end == text.size() || !is_letter(text[end]);
        if (begins && ends) return true;
    }
    return false;
}

}  // namespace

Language language_told_by(std::string_view server, std::string_view powered_by) {
    const std::string told = base::lower_case(powered_by) + ' ' + base::lower_case(server);
    const auto* const found = std::ranges::find_if(kSigns, [&](const Sign& sign) { return has_word(told, sign.word); });
    return found == kSigns.end() ? Language::kUnknown : found->language;
}

std::string_view line_for(Advice advice, Language language) {
    const auto* const found = std::ranges::find_if(
        kLines, [&](const Line& line) { return line.advice == advice && line.language == language; });
    return found == kLines.end() ? std::string_view{} : found->says;
}

}  // namespace smartcar_sim::signature
