// Steps and what they expect, from JSON. Private to scenario/.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "document/json.h"
#include "document/shape.h"
#include "scenario/file_names.h"
#include "scenario/parse.h"
#include "scenario/scenario.h"

namespace smartcar_sim::scenario {

class StepReader {
public:
    // All outlive it.
    StepReader(const document::File& file, const Library& library, FileNames& names, document::Problems& problems)
        : file_(file), library_(library), names_(names), problems_(problems) {}

    // The kinds were checked; everything else is checked here.
    [[nodiscard]] Steps steps(const document::Value& list);

    [[nodiscard]] bool has_commands() const { return has_commands_; }

    // Signals and what they say, each by itself: several can be wrong at once.
    [[nodiscard]] vehicle::Changes changes(const document::Value& state);

private:
    enum class Within { kFile, kTogether };
    [[nodiscard]] Steps steps(const document::Value& list, Within within);
    [[nodiscard]] std::optional<Step> step(const document::Value& value, Within within);
    std::string add_id(const document::Value& value, std::string_view kind);
    [[nodiscard]] Action action(const std::string& kind, const document::Value& value, Within within);
    [[nodiscard]] Connect connect(const document::Value& value);
    [[nodiscard]] Send send(const document::Value& value);
    [[nodiscard]] Set set(const document::Value& value);
    [[nodiscard]] RotateToken rotation(const document::Value& value);
    [[nodiscard]] static platform::TokenWindow token_window(const document::Value& value);
    [[nodiscard]] ApiFault api_fault(const document::Value& value);
    [[nodiscard]] Together together(const document::Value& value);
    [[nodiscard]] Probe probe(const document::Value& value);
    [[nodiscard]] ExpectCalls expect_calls(const document::Value& value);
    [[nodiscard]] std::vector<contract::VehicleFault> vehicle_errors(const document::Value& value);
    void read_payload(const document::Value& path, Send& send);

    // The alias a step names, as its text or as "vehicle"; without one, the only vehicle there is.
    [[nodiscard]] std::string vehicle(const document::Value& value);
    [[nodiscard]] std::string only_vehicle(std::size_t offset);
    [[nodiscard]] std::string known_vehicle(const document::Value& alias);

    [[nodiscard]] std::vector<contract::Edit> edits(const document::Value& value);
    [[nodiscard]] fault::Plan fault(const document::Value& value);
    [[nodiscard]] Expectation expectation(const document::Value& value, const std::string& kind);
    void check_consistent(const Step& step, const document::Value& value);

    const document::File& file_;
    const Library& library_;
    FileNames& names_;
    document::Problems& problems_;
    bool has_commands_ = false;
    int together_ = 0;  // how many "together" the step being read stands in
    std::vector<std::pair<const document::Value*, std::string>> ids_together_;  // of steps in it
};

// "expect" of a step, or the members of a probe: the same words.
[[nodiscard]] Expectation read_expectation(const document::Value& value, const FileNames& names,
                                           document::Problems& problems);
[[nodiscard]] Matcher read_matcher(const document::Value& value);
// From a text for both versions or an object with "2.0" and "4.0".
[[nodiscard]] PerVersion<std::string> read_event(const document::Value& value);

}  // namespace smartcar_sim::scenario
