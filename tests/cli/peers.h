// Whom the commands talk to in transcripts: receivers on free ports, right and wrong, and a running server.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/instance.h"
#include "http/server.h"
#include "receiver/receiver.h"

class Peers {
public:
    // A new peer of that name: its callback URL, or the origin of "server". Throws for a name nobody has.
    //   reference, or one of receiver::behaviours()   under the development token
    //   knows-2.0-only     reads the challenge of 2.0, answers 400 to everything else
    //   answers-200-html, answers-404, answers-500    whatever it is asked
    //   nobody             a port on which nobody listens
    //   server             a platform whose webhook is verified and subscribed to; its callback is a reference
    [[nodiscard]] std::string url_of(const std::string& name);

private:
    std::string serve(smartcar_sim::http::Handler handler);
    std::string receive(const std::string& behaviour);
    std::string serve_platform();

    std::vector<std::unique_ptr<smartcar_sim::receiver::Receiver>> receivers_;
    std::vector<std::unique_ptr<smartcar_sim::http::Server>> servers_;
    std::unique_ptr<smartcar_sim::app::Instance> platform_;
};

// The text with {NAME} replaced by the URL of a new peer of that name, but for {folder}.
[[nodiscard]] std::string with_peers(std::string text, Peers& peers);

// The text with what differs from run to run replaced: free ports, which have five digits, by PORT, milliseconds by N.
[[nodiscard]] std::string without_accidents(std::string text);
