// Texts that are compared with a file under tests/golden/, byte for byte. With UPDATE_GOLDEN=1 in the environment the
// files are rewritten with what happened; read the diff before committing it.
#pragma once

#include <string>

namespace golden {

// True when UPDATE_GOLDEN is set.
[[nodiscard]] bool updating();

// What the file holds, after it was rewritten with `happened` if that is asked for. `name` is below tests/golden/.
[[nodiscard]] std::string expected(const std::string& name, const std::string& happened);

}  // namespace golden
