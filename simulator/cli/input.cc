#include "cli/input.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace smartcar_sim::cli {
namespace {

std::string all_of(std::istream& stream) { return {std::istreambuf_iterator<char>(stream), {}}; }

base::Error unreadable(const std::string& path, const std::string& why) {
    return {"file_unreadable", "cannot read " + path + ": " + why};
}

}  // namespace

base::Result<std::string> read_input(const std::string& path, std::istream& in) {
    return path == "-" ? base::Result<std::string>(all_of(in)) : read_bytes(path);
}

base::Result<std::string> read_bytes(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return unreadable(path, "it is a folder");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) return unreadable(path, std::generic_category().message(errno));
    return all_of(file);
}

}  // namespace smartcar_sim::cli
