// The man page, made from the tables. Written at build time by `smartcar-sim help --man`.
#pragma once

#include <string>
#include <string_view>

namespace smartcar_sim::cli {

// smartcar-sim(1) in roff, for `man` and for groff -man.
[[nodiscard]] std::string man_page(std::string_view version);

}  // namespace smartcar_sim::cli
