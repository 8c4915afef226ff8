#include "signature/rewriting.h"

#include <array>
#include <cstddef>

#include "signature/manner.h"

namespace smartcar_sim::signature {
namespace {

// --- numbers ----------------------------------------------------------------------------------

constexpr Fractions kJavaScript{.lowest = -6, .highest = 20, .minus_zero = "0", .infinity = "null"};
constexpr Fractions kPythonFloat{
    .lowest = -4, .highest = 15, .whole = ".0", .exponent_digits = 2, .infinity = "Infinity"};
constexpr Fractions kPhpFloat{.lowest = -4, .highest = 16, .lone = ".0", .minus_zero = "-0"};
constexpr Fractions kRubyFloat{
    .lowest = -4, .highest = 14, .whole = ".0", .lone = ".0", .exponent_digits = 2, .keeps_points = true};
constexpr Fractions kGoFloat{.lowest = -6, .highest = 20, .minus_zero = "-0"};
constexpr Fractions kGoPrintedFloat{.lowest = -4, .highest = 5, .exponent_digits = 2, .minus_zero = "-0"};
// Before version 19 Java gave some numbers past 2^53 a digit too many; those are not written here.
constexpr Fractions kJavaDouble{
    .lowest = -3, .highest = 6, .whole = ".0", .lone = ".0", .raised = "E", .lowered = "E-"};
constexpr Fractions kDotNetDouble{
    .lowest = -4, .highest = 14, .whole = ".0", .raised = "E+", .lowered = "E-", .exponent_digits = 2};

// --- characters -------------------------------------------------------------------------------

bool beyond_ascii(char32_t point) { return point > 0x7F; }
bool beyond_printable_ascii(char32_t point) { return point > 0x7E; }
bool line_ends(char32_t point) { return point == 0x2028 || point == 0x2029; }
bool html(char32_t point) { return point == '<' || point == '>' || point == '&' || line_ends(point); }
bool html_to_gson(char32_t point) { return html(point) || point == '=' || point == '\''; }
// System.Text.Json's JavaScriptEncoder.Default: Basic Latin without what HTML or JavaScript could take for its own.
bool unsafe_to_dotnet(char32_t point) {
    constexpr std::string_view kUnsafe = "\"&'+<>`";
    return point > 0x7E || kUnsafe.find(static_cast<char>(point)) != std::string_view::npos;
}
bool line_ends_to_newtonsoft(char32_t point) { return line_ends(point) || point == 0x85; }

constexpr std::string_view kShortEscapesOfGo = "\"\\nrt";  // before Go 1.22 also \b and \f were \u0008 and \u000c
constexpr std::string_view kShortEscapesOfDotNet = "\\bfnrt";

// --- the runtimes, in the order of the enumeration --------------------------------------------

constexpr Manner kNode{
    .name = "node", .integers = Integers::kDoubles, .fractions = &kJavaScript, .order = Order::kIndexesFirst};
constexpr Manner kPython{
    .name = "python", .fractions = &kPythonFloat, .escapes = beyond_printable_ascii, .comma = ", ", .colon = ": "};
constexpr Manner kPhp{.name = "php",
                      .integers = Integers::kUpTo64Bits,
                      .fractions = &kPhpFloat,
                      .escapes = beyond_ascii,
                      .slash = "\\/",
                      .objects_are_lists = true};
constexpr Manner kRuby{.name = "ruby", .fractions = &kRubyFloat};
constexpr Manner kGoMap{.name = "go-map",
                        .integers = Integers::kDoubles,
                        .fractions = &kGoFloat,
                        .order = Order::kSorted,
                        .escapes = html,
                        .short_escapes = kShortEscapesOfGo};
constexpr Manner kGsonMap{.name = "gson-map",
                          .integers = Integers::kDoubles,
                          .fractions = &kJavaDouble,
                          .escapes = html_to_gson,
                          .drops_nulls = true};
constexpr Manner kJackson{.name = "jackson", .fractions = &kJavaDouble, .hex_digits = kUpperHex};

// A manner that differs from another in a few things.
template <class Change>
constexpr Manner variant(Manner manner, std::string_view name, Change change) {
    manner.name = name;
    change(manner);
    return manner;
}

constexpr Manner indented(Manner manner, std::string_view name, std::string_view indent) {
    manner.name = name;
    manner.indent = indent;
    manner.comma = ",";
    manner.colon = ": ";
    return manner;
}

constexpr std::array kManners{
    kNode,
    indented(kNode, "node-pretty-2", "  "),
    indented(kNode, "node-pretty-4", "    "),
    indented(kNode, "node-pretty-tab", "\t"),
    variant(kNode, "node-sorted", [](Manner& m) { m.order = Order::kSorted; }),

    kPython,
    variant(kPython, "python-utf8", [](Manner& m) { m.escapes = nullptr; }),
    variant(kPython, "python-compact",
            [](Manner& m) {
                m.comma = ",";
                m.colon = ":";
            }),
    variant(kPython, "python-compact-utf8",
            [](Manner& m) {
                m.comma = ",";
                m.colon = ":";
                m.escapes = nullptr;
            }),
    variant(kPython, "python-sorted", [](Manner& m) { m.order = Order::kSorted; }),
    variant(kPython, "python-sorted-compact",
            [](Manner& m) {
                m.comma = ",";
                m.colon = ":";
                m.order = Order::kSorted;
            }),
    indented(kPython, "python-pretty-2", "  "),
    indented(kPython, "python-pretty-4", "    "),
    variant(kPython, "python-repr",
            [](Manner& m) {
                m.strings = Strings::kPythonRepr;
                m.words = {"None", "False", "True"};
            }),

    kPhp,
    variant(kPhp, "php-objects", [](Manner& m) { m.objects_are_lists = false; }),
    variant(kPhp, "php-slashes", [](Manner& m) { m.slash = "/"; }),
    variant(kPhp, "php-unicode", [](Manner& m) { m.escapes = line_ends; }),
    variant(kPhp, "php-slashes-unicode",
            [](Manner& m) {
                m.slash = "/";
                m.escapes = line_ends;
            }),
    indented(kPhp, "php-pretty", "    "),

    kRuby,
    indented(kRuby, "ruby-pretty", "  "),
    variant(kRuby, "ruby-inspect",
            [](Manner& m) {
                m.strings = Strings::kRubyInspect;
                m.comma = ", ";
                m.colon = "=>";
                m.words = {"nil", "false", "true"};
            }),
    variant(kRuby, "rails", [](Manner& m) { m.escapes = html; }),

    kGoMap,
    variant(kGoMap, "go-map-unescaped", [](Manner& m) { m.escapes = line_ends; }),
    variant(kGoMap, "go-number-map", [](Manner& m) { m.integers = Integers::kSpelledLikeFractions; }),
    variant(kGoMap, "go-printed",
            [](Manner& m) {
                m.fractions = &kGoPrintedFloat;
                m.strings = Strings::kBare;
                m.comma = " ";
                m.words = {"<nil>", "false", "true"};
                m.object_begins = "map[";
                m.object_ends = "]";
            }),

    kGsonMap,
    variant(kGsonMap, "gson-map-unescaped", [](Manner& m) { m.escapes = line_ends; }),
    variant(kGsonMap, "gson-tree", [](Manner& m) { m.integers = Integers::kSpelledLikeFractions; }),
    variant(kGsonMap, "gson-printed",
            [](Manner& m) {
                m.integers = Integers::kSpelledLikeFractions;
                m.escapes = line_ends;
                m.drops_nulls = false;
            }),
    kJackson,
    variant(kJackson, "jackson-without-nulls", [](Manner& m) { m.drops_nulls = true; }),
    variant(kJackson, "java-printed",
            [](Manner& m) {
                m.strings = Strings::kBare;
                m.comma = ", ";
                m.colon = "=";
            }),

    Manner{.name = "dotnet",
           .integers = Integers::kSpelledLikeFractions,
           .escapes = unsafe_to_dotnet,
           .hex_digits = kUpperHex,
           .short_escapes = kShortEscapesOfDotNet},
    Manner{
        .name = "newtonsoft", .fractions = &kDotNetDouble, .escapes = line_ends_to_newtonsoft, .reads_instants = true},
    Manner{.name = "database",
           .integers = Integers::kSpelledLikeFractions,
           .order = Order::kShortestFirst,
           .comma = ", ",
           .colon = ": "},
};

constexpr std::size_t kCount = static_cast<std::size_t>(Runtime::kDatabase) + 1;
static_assert(kManners.size() == kCount, "a runtime without a manner, or the other way round");

constexpr std::array<Runtime, kCount> kRuntimes = [] {
    std::array<Runtime, kCount> all{};
    for (std::size_t i = 0; i < kCount; ++i) all[i] = static_cast<Runtime>(i);
    return all;
}();

const Manner& manner_of(Runtime runtime) { return kManners[static_cast<std::size_t>(runtime)]; }

}  // namespace

std::string written_by(Runtime runtime, const Json& json) { return written_in(manner_of(runtime), json); }

std::string written_by(Runtime runtime, std::string_view json) {
    const auto tree = read_json(json);
    return tree ? written_by(runtime, *tree) : std::string(json);
}

std::string_view name_of(Runtime runtime) { return manner_of(runtime).name; }
std::span<const Runtime> runtimes() { return kRuntimes; }

}  // namespace smartcar_sim::signature
