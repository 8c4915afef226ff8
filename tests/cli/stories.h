// What tests of `run` play: stories in a folder, and a right callback that keeps what it was sent.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "cli/program.h"
#include "cli/temporary_folder.h"
#include "contract/http.h"
#include "http/server.h"
#include "receiver/receiver.h"
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

class Remembering {
public:
    struct Taken {
        smartcar_sim::contract::Request request;
        int status = 0;  // that it was answered with
    };

    Remembering();
    [[nodiscard]] std::string url() const { return server_->origin() + "/webhooks"; }
    // All since the last call, in the order it came.
    [[nodiscard]] std::vector<Taken> taken();
    // Their bodies and signatures, sorted.
    [[nodiscard]] Words taken_bytes();

private:
    const smartcar_sim::receiver::Receiver receiver_;
    std::mutex mutex_;
    std::vector<Taken> taken_;  // guarded by mutex_
    std::unique_ptr<smartcar_sim::http::Server> server_;
};

// Four stories in the folder "s", and an invalid one in a folder within.
struct Stories {
    Stories();
    [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / "s" / name).string(); }
    TemporaryFolder folder;
};
