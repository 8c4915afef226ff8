#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "document/json.h"

namespace smartcar_sim::document {

namespace {

// Far more than a person writes; it ends the reading of a device that never does.
constexpr std::size_t kLargestFile = std::size_t{64} * 1024 * 1024;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

base::Error unreadable(const std::string& path, const std::string& why) {
    return {"file_unreadable", "cannot read the file: " + why, base::Place{path}};
}

std::string reason(int error_number) { return std::generic_category().message(error_number); }

}  // namespace

base::Result<std::string> read_text(const std::string& path) {
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
    if (!file) {
        return unreadable(path, reason(errno));
    }
    std::string text;
    std::array<char, 16384> block{};
    while (std::feof(file.get()) == 0 && std::ferror(file.get()) == 0) {
        text.append(block.data(), std::fread(block.data(), 1, block.size(), file.get()));
        if (text.size() > kLargestFile) {
            return unreadable(path, "it is larger than 64 MiB");
        }
    }
    if (std::ferror(file.get()) != 0) {
        return unreadable(path, reason(errno));
    }
    return text;
}

base::Result<File> read_file(const std::string& path) {
    base::Result<std::string> text = read_text(path);
    if (!text) {
        return text.error();
    }
    base::Result<Value> root = parse(text.value(), path, Comments::kAllowed);
    if (!root) {
        return root.error();
    }
    return File{path, std::move(text).value(), std::move(root).value()};
}

}  // namespace smartcar_sim::document
