// Where the fixtures and other installed data are: the working folder first, then beside the binary.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/json.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::app {

// The folder `relative` ("fixtures/vehicles") below the working folder, below the binary's folder or
// one of the two above it, or in share/smartcar-sim beside bin. Code "data_missing" lists where it looked.
[[nodiscard]] base::Result<std::string> find_data(const std::string& relative);

// Every such folder, in that order: what is found in one hides what is called the same in a later one.
[[nodiscard]] base::Result<std::vector<std::string>> find_all_data(const std::string& relative);

// Every *.json of fixtures/vehicles, in the order of their names, and after them those of `more`: fixture files, or
// folders of them. A file of the same name takes the place of the one before it. The first that is not valid is the
// error; its place says where. Codes besides: "file_unreadable", "data_missing" for a folder without any, and those of
// clash_of().
[[nodiscard]] base::Result<std::vector<vehicle::Vehicle>> load_vehicles(const std::vector<std::string>& more = {});

// Whether another fixture has the id or the VIN of this one, which was loaded from `file`. One of the same name is not
// another: it takes its place. Codes "same_id" and "same_vin".
[[nodiscard]] std::optional<base::Error> clash_of(const vehicle::Vehicle& vehicle, const document::File& file,
                                                  std::span<const vehicle::Vehicle> others);

}  // namespace smartcar_sim::app
