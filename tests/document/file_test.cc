#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "catch.h"
#include "document/json.h"
#include "document/writer.h"

using namespace smartcar_sim;
using namespace smartcar_sim::document;

namespace {

// A folder of its own, gone with the test.
class Folder {
public:
    Folder() : path_((std::filesystem::temp_directory_path() / "smartcar-sim-XXXXXX").string()) {
        REQUIRE(mkdtemp(path_.data()) != nullptr);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string write(const std::string& name, const std::string& content) const {
        std::ofstream(path_ + "/" + name, std::ios::binary) << content;
        return path_ + "/" + name;
    }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace

TEST_CASE("a file is read with its comments, its name and its text") {
    const Folder folder;
    const std::string text = "// a vehicle\n{\"make\": \"TESLA\"}\n";
    const std::string path = folder.write("x.json", text);
    const auto file = read_file(path);
    REQUIRE(file.ok());
    CHECK(file.value().name == path);
    CHECK(file.value().text == text);
    CHECK(write(file.value().root).value() == R"({"make":"TESLA"})");
}

TEST_CASE("a file that is not JSON is an error with its name and place") {
    const Folder folder;
    const std::string path = folder.write("x.json", "{\n  \"make\": TESLA\n}");
    const auto file = read_file(path);
    REQUIRE_FALSE(file.ok());
    CHECK(file.error().code == "bad_json");
    CHECK(file.error().place == base::Place{path, 2, 11});
    CHECK(explain_error(file.error(), read_text(path).value()) ==
          path +
              ":2:11: \"TESLA\" is not a JSON value; a string goes in double quotes\n  \"make\": TESLA\n          ^");
}

TEST_CASE("a file that cannot be read says why") {
    const Folder folder;
    const auto missing = read_file(folder.path() + "/missing.json");
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code == "file_unreadable");
    CHECK(explain_error(missing.error(), "") ==
          folder.path() + "/missing.json: cannot read the file: No such file or directory");
    const auto directory = read_file(folder.path());
    REQUIRE_FALSE(directory.ok());
    CHECK(directory.error().message == "cannot read the file: Is a directory");
}

TEST_CASE("a file that never ends is given up") {
    const auto endless = read_text("/dev/zero");
    REQUIRE_FALSE(endless.ok());
    CHECK(endless.error().message == "cannot read the file: it is larger than 64 MiB");
}

TEST_CASE("a text is read byte for byte") {
    const Folder folder;
    const std::string bytes("\r\n\0\xff x", 6);
    CHECK(read_text(folder.write("bytes", bytes)).value() == bytes);
    CHECK(read_text(folder.write("empty", "")).value().empty());
}
