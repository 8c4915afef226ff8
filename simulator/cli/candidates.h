// Values that may have been taken for the key, from files: only their names are ever printed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "signature/explain.h"

namespace smartcar_sim::cli {

// "NAME=@FILE": the file's content without its final newline, under that name. A value given in the
// open is refused. Codes: "bad_candidate", "file_unreadable".
[[nodiscard]] base::Result<signature::Candidate> read_candidate(std::string_view pair);

// Every variable of a .env file, named "NAME in FILE". Lines are NAME=VALUE, an `export` before and
// single or double quotes around the value dropped; empty lines and those that begin with # are
// skipped; a # after a blank ends an unquoted value. Codes: "bad_candidate", "file_unreadable".
[[nodiscard]] base::Result<std::vector<signature::Candidate>> read_candidates(const std::string& path);

}  // namespace smartcar_sim::cli
