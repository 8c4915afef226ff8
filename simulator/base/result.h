// Result<T>: a value, or one Error that says where and what to do.
//
// Bad input and a bad environment travel as Error; what a peer answered does not (that is a value
// of its own sum type); a bug is an assert. Error texts are product: tests compare them word for word.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace smartcar_sim::base {

// A place in an input file; line and column count from 1, 0 means "not known".
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
    bool operator==(const Place&) const = default;
};

struct Error {
    std::string code;     // stable, snake_case: "unknown_event", "port_taken"
    std::string message;  // one sentence for a person, without the place
    std::optional<Place> place = std::nullopt;
    bool operator==(const Error&) const = default;
};

// The value of a Result that has nothing to carry but success.
struct Done {
    bool operator==(const Done&) const = default;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Each asks for what is there; asking for the other one is a bug.
    [[nodiscard]] const T& value() const& { return *std::get_if<0>(&state_); }
    [[nodiscard]] T& value() & { return *std::get_if<0>(&state_); }
    [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&state_)); }
    [[nodiscard]] const Error& error() const { return *std::get_if<1>(&state_); }

private:
    std::variant<T, Error> state_;
};

}  // namespace smartcar_sim::base
