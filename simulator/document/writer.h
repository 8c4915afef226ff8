// JSON written: the one writer of every body we send or answer with.
//
// What it writes is a fixed point of JavaScript's JSON.parse -> JSON.stringify, because receivers
// verify a re-serialisation of what we signed (contract/clients.md section 1 item 1): compact, raw
// UTF-8, ECMAScript's Number::toString, short escapes, nothing escaped that need not be.
// It cannot say -0, NaN, infinities, integers past 2^53 or lone surrogates: handing it one sets
// failed() and the text is not to be used. It appends straight to the caller's string.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "document/value.h"

namespace smartcar_sim::document {

class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);

    Writer& value(std::string_view text);
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(const std::string& text) { return value(std::string_view(text)); }
    Writer& value(bool flag);
    Writer& value(std::int64_t number);
    Writer& value(int number) { return value(static_cast<std::int64_t>(number)); }
    Writer& value(double number);
    Writer& null();
    Writer& value(const Value& value);

    // A member in one call: member("id", id).
    template <class T>
    Writer& member(std::string_view name, const T& content) {
        key(name);
        return value(content);
    }

    // A text, or null for an empty one.
    Writer& text_or_null(std::string_view name, std::string_view text) {
        key(name);
        return text.empty() ? null() : value(text);
    }

    // JSON that this writer wrote before, put in as it is.
    Writer& raw(std::string_view json);

    [[nodiscard]] bool failed() const { return failed_; }

private:
    void separate();

    std::string& out_;
    bool comma_ = false;
    bool failed_ = false;
};

// The value as canonical JSON; code "not_canonical" when it holds something the writer cannot say,
// object keys that look like array indexes out of order included.
[[nodiscard]] base::Result<std::string> write(const Value& value);

// ECMAScript's Number::toString for a finite double: "0.00009", "1e+21", "5e-324". -0 gives "0".
[[nodiscard]] std::string format_number(double number);

}  // namespace smartcar_sim::document
