#include "contract/message.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/text.h"
#include "document/json.h"
#include "document/writer.h"

namespace smartcar_sim::contract {
namespace {

template <class T>
struct Name {
    T value;
    std::string_view text;
};

constexpr std::array kVersions = {Name<Version>{Version::k2_0, "2.0"}, Name<Version>{Version::k4_0, "4.0"}};
constexpr std::array kDialects = {Name<Dialect>{Dialect::kWire, "wire"}, Name<Dialect>{Dialect::kDoc, "doc"}};
constexpr std::array kModes = {Name<Mode>{Mode::kLive, "live"}, Name<Mode>{Mode::kTest, "test"},
                               Name<Mode>{Mode::kSimulated, "simulated"}};

template <class T, std::size_t N>
std::string_view text_of(const std::array<Name<T>, N>& names, T value) {
    const auto found = std::ranges::find(names, value, &Name<T>::value);
    assert(found != names.end());
    return found->text;
}

template <class T, std::size_t N>
std::optional<T> value_of(const std::array<Name<T>, N>& names, std::string_view text) {
    const auto found = std::ranges::find(names, text, &Name<T>::text);
    if (found == names.end()) return std::nullopt;
    return found->value;
}

std::string written(base::Instant instant, Message::Time form) {
    return form == Message::Time::kIso ? base::format_instant(instant)
                                       : std::to_string(instant.time_since_epoch().count());
}

}  // namespace

std::string_view name_of(Version version) { return text_of(kVersions, version); }
std::string_view name_of(Dialect dialect) { return text_of(kDialects, dialect); }
std::string_view name_of(Mode mode) { return text_of(kModes, mode); }

std::optional<Version> parse_version(std::string_view text) { return value_of(kVersions, text); }
std::optional<Dialect> parse_dialect(std::string_view text) { return value_of(kDialects, text); }
std::optional<Mode> parse_mode(std::string_view text) { return value_of(kModes, text); }

std::string Message::render(const Stamp& stamp) const {
    if (!gaps_) return text_;
    const std::string time = written(stamp.delivered_at, gaps_->form);
    std::string body;
    body.reserve(text_.size() + stamp.delivery_id.size() + time.size());
    body.append(text_, 0, gaps_->id);
    body.append(stamp.delivery_id);
    body.append(text_, gaps_->id, gaps_->time - gaps_->id);
    body.append(time);
    body.append(text_, gaps_->time);
    return body;
}

base::Result<std::string> apply(std::span<const Edit> edits, std::string body) {
    if (edits.empty()) return body;
    auto root = document::parse(body);
    if (!root) return root.error();
    for (const Edit& edit : edits) {
        auto done = document::set(root.value(), edit.pointer, edit.value, edit.missing);
        if (!done) return done.error();
    }
    return document::write(root.value());
}

}  // namespace smartcar_sim::contract
