// What tests of `run` play: stories in a folder.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/program.h"
#include "cli/temporary_folder.h"
#include "fakes/live_callback.h"
#include "source_folder.h"

using Words = std::vector<std::string>;

// `smartcar-sim run` and the words, to its end.
[[nodiscard]] Program::Finished run(Words words, std::map<std::string, std::string> environment = {},
                                    const std::filesystem::path& folder = smartcar_sim::source_folder());

// The words that start the reference callback as the application under test, in an environment with a PATH.
[[nodiscard]] std::string callback_application();
[[nodiscard]] std::map<std::string, std::string> environment_of_shell();

// A scenario that verifies, subscribes and sends one event.
[[nodiscard]] std::string story(const std::string& name, const std::string& tag = "none");

// The names, without ".json", of the files a text mentions.
[[nodiscard]] std::set<std::string> files_in(const std::string& text);

[[nodiscard]] std::string content_of(const std::filesystem::path& file);

// The bodies and signatures of what came since they were last asked for, sorted.
[[nodiscard]] Words taken_bytes(smartcar_sim::fakes::LiveCallback& callback);

// Four stories in the folder "s", and an invalid one in a folder within.
struct Stories {
    Stories();
    [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / "s" / name).string(); }
    TemporaryFolder folder;
};
