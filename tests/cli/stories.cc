#include "cli/stories.h"

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "document/json.h"

using namespace smartcar_sim;

namespace {

constexpr std::string_view kStory =
    R"({"formatVersion": 1, "name": "STORY", "tags": ["TAG"], "vehicles": {"car": {"fixture": "tesla-model-3-2020"}},
  "steps": [{"verify": {}}, {"subscribe": "car"}, {"send": "CHARGING_STARTED"}]})";

}  // namespace

Program::Finished run(Words words, std::map<std::string, std::string> environment,
                      const std::filesystem::path& folder) {
    words.insert(words.begin(), "run");
    return Program({.words = std::move(words), .folder = folder, .environment = std::move(environment)}).finish();
}

std::string callback_application() { return SMARTCAR_SIM_PROGRAM " callback --port $PORT"; }

std::map<std::string, std::string> environment_of_shell() { return {{"PATH", "/usr/bin:/bin"}}; }

std::string story(const std::string& name, const std::string& tag) {
    std::string text(kStory);
    text.replace(text.find("STORY"), 5, name);
    text.replace(text.find("TAG"), 3, tag);
    return text;
}

std::set<std::string> files_in(const std::string& text) {
    std::set<std::string> files;
    static const std::regex kFile(R"(([a-z0-9-]+)\.json)");
    for (std::sregex_iterator match(text.begin(), text.end(), kFile); match != std::sregex_iterator(); ++match) {
        files.insert((*match)[1]);
    }
    return files;
}

std::string content_of(const std::filesystem::path& file) {
    auto text = document::read_text(file.string());
    if (!text) throw std::runtime_error(text.error().message);
    return std::move(text).value();
}

Words taken_bytes(fakes::LiveCallback& callback) {
    Words bytes;
    for (const auto& [request, handled] : callback.taken()) {
        bytes.push_back(request.body + " " + std::string(request.headers.get("sc-signature").value_or("")));
    }
    std::ranges::sort(bytes);
    return bytes;
}

Stories::Stories() {
    folder.write("s/a.json", story("First", "smoke"));
    folder.write("s/b.json", story("Second"));
    folder.write("s/c.json", story("Third", "smoke"));
    folder.write("s/d.json", story("Fourth"));
    folder.write("s/within/broken.json", "{");
}
