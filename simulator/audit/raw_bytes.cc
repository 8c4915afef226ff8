// Rightly signed JSON that one runtime or another writes differently than it reads it (contract/webhooks.md
// section 6.3): a callback that hashes the bytes accepts all of it, one that hashes its own print refuses what it would
// print in another way.
#include <array>
#include <string>
#include <utility>

#include "audit/families.h"
#include "audit/judging.h"
#include "signature/rewriting.h"

namespace smartcar_sim::audit {
namespace {

Outcome accepts_body(Examination& examination, std::string title, std::string (*change)(const std::string& body)) {
    Event event = examination.author().next();
    const std::string plain = event.body;
    event.body = change(plain);
    Outcome outcome = accepts(examination, {examination.honest(std::move(title), event)});
    if (outcome.verdict == Verdict::kFail) {
        outcome.difference = Difference{.expected_title = "an ordinary event",
                                        .expected = plain,
                                        .actual_title = "the event that was refused",
                                        .actual = event.body};
    }
    return outcome;
}

// Most events have no number that could be written in two ways, and one that Smartcar adds tomorrow may: so it is put
// into a member more. Of who refuses any member that he does not know, nothing can be told by what stands in it.
Outcome accepts_member(Examination& examination, std::string title, std::string (*change)(const std::string& body)) {
    if (!examination.takes_further_members()) {
        return unknown("It refuses a member that it does not know, whatever stands in it: see unknown-fields");
    }
    return accepts_body(examination, std::move(title), change);
}

Outcome spaces(Examination& examination) {
    return accepts_body(examination, "an event with blanks", [](const std::string& body) {
        return signature::written_by(signature::Runtime::kPythonUtf8, body);
    });
}
Outcome indented(Examination& examination) {
    return accepts_body(examination, "an indented event", [](const std::string& body) {
        return signature::written_by(signature::Runtime::kNodePretty2, body);
    });
}
Outcome line_break(Examination& examination) {
    return accepts_body(examination, "an event with a line break at its end",
                        [](const std::string& body) { return body + "\n"; });
}
Outcome whole_float(Examination& examination) {
    return accepts_member(examination, "an event with 1.0",
                          [](const std::string& body) { return with_note(body, "1.0"); });
}
Outcome exponent(Examination& examination) {
    return accepts_member(examination, "an event with 1e3",
                          [](const std::string& body) { return with_note(body, "1e3"); });
}
Outcome trailing_zero(Examination& examination) {
    return accepts_member(examination, "an event with 1.50",
                          [](const std::string& body) { return with_note(body, "1.50"); });
}
Outcome small_fraction(Examination& examination) {
    return accepts_member(examination, "an event with 0.00009",
                          [](const std::string& body) { return with_note(body, "0.00009"); });
}
Outcome large_number(Examination& examination) {
    return accepts_member(examination, "an event with 12345678.9",
                          [](const std::string& body) { return with_note(body, "12345678.9"); });
}
Outcome minus_zero(Examination& examination) {
    return accepts_member(examination, "an event with -0.0",
                          [](const std::string& body) { return with_note(body, "-0.0"); });
}
Outcome big_integer(Examination& examination) {
    return accepts_member(examination, "an event with 20 digits",
                          [](const std::string& body) { return with_note(body, "12345678901234567890"); });
}
Outcome unicode_escapes(Examination& examination) {
    return accepts_member(examination, "an event with \\u00e9",
                          [](const std::string& body) { return with_note(body, R"("caf\u00e9")"); });
}
Outcome escaped_slash(Examination& examination) {
    return accepts_member(examination, "an event with \\/",
                          [](const std::string& body) { return with_note(body, R"("docs\/errors")"); });
}
Outcome plain_slash(Examination& examination) {
    return accepts_member(examination, "an event with a URL",
                          [](const std::string& body) { return with_note(body, R"("https://smartcar.com/docs")"); });
}
Outcome non_ascii(Examination& examination) {
    return accepts_member(examination, "an event with letters beyond ASCII", [](const std::string& body) {
        return with_note(body, "\"\u0160koda \u2013 Z\u00fcrich \U0001f697\"");
    });
}
Outcome html(Examination& examination) {
    return accepts_member(examination, "an event with <, > and &",
                          [](const std::string& body) { return with_note(body, R"("<b> & 'c'")"); });
}
Outcome line_separators(Examination& examination) {
    return accepts_member(examination, "an event with U+2028",
                          [](const std::string& body) { return with_note(body, "\"a\u2028b\u2029c\""); });
}
Outcome key_order(Examination& examination) {
    return accepts_member(examination, "an event with keys out of order",
                          [](const std::string& body) { return with_note(body, R"({"z":1,"a":2,"10":3,"9":4})"); });
}
constexpr std::string_view kExpects = "2xx: the signature is right.";
constexpr std::string_view kFix =
    "Hash the bytes of the body as they arrived, before anything parses them: express.raw(), request.get_data(), "
    "file_get_contents('php://input'), request.body.read, io.ReadAll.";

// A row of this family: they differ in what stands in the body and in who writes it otherwise.
constexpr Check row(std::string_view id, std::string_view asks, std::string_view sends, std::string_view why,
                    Outcome (*run)(Examination&)) {
    return {.id = id,
            .severity = Severity::kMedium,
            .asks = asks,
            .sends = sends,
            .expects = kExpects,
            .why = why,
            .fix = kFix,
            .run = run};
}

constexpr std::array kChecks{
    row("bytes-spaces", "is JSON with blanks accepted?", "An event with a blank after each comma and colon.",
        "Node, PHP, Ruby, Go and Java print JSON without blanks.", spaces),
    row("bytes-indented", "is indented JSON accepted?", "An event on many lines, indented.",
        "No runtime prints it so unless it is told to.", indented),
    row("bytes-line-break", "is JSON with a line break at its end accepted?", "An event and a line break.",
        "What is parsed and printed loses it, and so does what is trimmed.", line_break),
    row("bytes-whole-float", "is 1.0 accepted?", "An event with the number 1.0.",
        "Node, PHP and Go print 1; a signal that is usually 1.5 is 1.0 some day.", whole_float),
    row("bytes-exponent", "is 1e3 accepted?", "An event with the number 1e3.",
        "Node, PHP and Go print 1000, Python and Ruby 1000.0.", exponent),
    row("bytes-trailing-zero", "is 1.50 accepted?", "An event with the number 1.50.", "Every runtime prints 1.5.",
        trailing_zero),
    row("bytes-small-fraction", "is 0.00009 accepted?", "An event with the number 0.00009.",
        "Python, Ruby, PHP and Java print an exponent; a longitude near Greenwich is such a number.", small_fraction),
    row("bytes-large-number", "is 12345678.9 accepted?", "An event with the number 12345678.9.",
        "Java prints 1.23456789E7.", large_number),
    row("bytes-minus-zero", "is -0.0 accepted?", "An event with the number -0.0.", "Node prints 0, Go -0.", minus_zero),
    row("bytes-big-integer", "is an integer of 20 digits accepted?", "An event with the number 12345678901234567890.",
        "Node and Go round it, PHP makes a fraction of it.", big_integer),
    row("bytes-unicode-escapes", "is \\u00e9 accepted?", "An event with a letter written as \\u00e9.",
        "Node, Ruby, Go and Java print the letter itself.", unicode_escapes),
    row("bytes-escaped-slash", "is \\/ accepted?", "An event with a slash written as \\/.",
        "Every runtime but PHP prints the slash itself.", escaped_slash),
    row("bytes-slash", "is a URL accepted?", "An event with a URL in it.",
        "PHP prints \\/; error events carry a docURL, others do not.", plain_slash),
    row("bytes-non-ascii", "are letters beyond ASCII accepted?",
        "An event with the text \u0160koda \u2013 Z\u00fcrich.",
        "Python and PHP print escapes; a webhook can be named so.", non_ascii),
    row("bytes-html", "are <, > and & accepted?", "An event with <, > and &.",
        "Go, Rails and Gson print escapes for them.", html),
    row("bytes-line-separators", "is U+2028 accepted?", "An event with the line separators of Unicode.",
        "Go, Rails and Gson print escapes for them.", line_separators),
    row("bytes-key-order", "are keys in any order accepted?", "An event with the keys z, a, 10 and 9, in this order.",
        "Go sorts keys, and Node moves those that are numbers to the front.", key_order),
};

}  // namespace

std::span<const Check> raw_bytes_checks() { return kChecks; }

}  // namespace smartcar_sim::audit
