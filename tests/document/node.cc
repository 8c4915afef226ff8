#include "document/node.h"

#include <array>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <unistd.h>

#include "catch.h"
#include "source_folder.h"

namespace {

// Deleted with its content when the test ends.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& content)
        : path_((std::filesystem::temp_directory_path() / "smartcar-sim-XXXXXX").string()) {
        const int file = mkstemp(path_.data());
        REQUIRE(file >= 0);
        close(file);
        std::ofstream(path_, std::ios::binary) << content;
    }
    ~TemporaryFile() { std::remove(path_.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::string output_of(const std::string& command) {
    std::FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string output;
    std::array<char, 65536> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), pipe)) {
        output.append(block.data(), count);
    }
    REQUIRE(pclose(pipe) == 0);
    return output;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

}  // namespace

bool Node::installed(std::string_view skipped_test) {
    const bool found = std::system("node --version >/dev/null 2>&1") == 0;
    if (!found) {
        std::cerr << "SKIPPED, node is not installed: " << skipped_test << '\n';
    }
    return found;
}

void Node::ask_json(std::string_view text) {
    questions_ += "json ";
    questions_ += text;
    questions_ += '\n';
}

void Node::ask_number(double number) {
    std::array<char, 17> hex{};
    std::snprintf(hex.data(), hex.size(), "%016llx",
                  static_cast<unsigned long long>(std::bit_cast<std::uint64_t>(number)));
    questions_ += "bits ";
    questions_ += hex.data();
    questions_ += '\n';
}

std::vector<std::string> Node::answers() const {
    const TemporaryFile questions(questions_);
    return lines_of(
        output_of("node '" + smartcar_sim::source_folder() + "/tests/document/node.mjs' '" + questions.path() + "'"));
}
