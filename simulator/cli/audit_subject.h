// Whom an audit examines and as whom, from the command line: a platform's webhook and vehicle, or a captured body's.
#pragma once

#include <optional>
#include <string>

#include "app/instance.h"
#include "audit/subject.h"
#include "base/result.h"
#include "cli/settings.h"
#include "cli/stage.h"
#include "document/value.h"

namespace smartcar_sim::cli {

// A body that --template names, and the version that its event name says.
struct Captured {
    document::Value body;
    contract::Version version = contract::Version::k2_0;
};
// Nothing without --template. Codes: those of reading JSON and "bad_template", with the place;
// "bad_arguments" when it is not of the version that --webhook-version says.
[[nodiscard]] base::Result<std::optional<Captured>> captured_body(const Settings& settings);

// The ids of a captured body go before the platform's, and those of options before both.
[[nodiscard]] audit::Subject subject_of(const Settings& settings, app::Instance& instance, const Stage& stage,
                                        std::optional<Captured> captured);

}  // namespace smartcar_sim::cli
