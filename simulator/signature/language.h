// Which language a receiver is written in, as far as its answers or its mistakes tell, and what to write in it.
#pragma once

#include <string_view>

namespace smartcar_sim::signature {

enum class Language { kUnknown, kNode, kPython, kPhp, kRuby, kGo, kJava, kDotNet };

// From the headers of an answer, either of which may be empty: "Express" in X-Powered-By, "Werkzeug/3.0 Python/3.11" in
// Server. Unknown for proxies, and for Go, which says nothing.
[[nodiscard]] Language language_told_by(std::string_view server, std::string_view powered_by);

// What a fix is about, so that it can be said as a line of code.
enum class Advice { kNone, kRawBody, kHmac, kCleanKey, kChallenge };

// A sentence that follows the fix: "In PHP: hash file_get_contents('php://input') …"; empty when there is nothing to
// add.
[[nodiscard]] std::string_view line_for(Advice advice, Language language);

}  // namespace smartcar_sim::signature
