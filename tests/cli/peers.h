// Whom the commands talk to in transcripts: receivers on free ports, right and wrong, and a running server.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/instance.h"
#include "fakes/raw_peer.h"
#include "http/server.h"
#include "receiver/receiver.h"

class Peers {
public:
    // A new peer of that name: its callback URL, or the origin of "server". Throws for a name nobody has.
    //   reference, or one of receiver::behaviours()   under the development token
    //   knows-2.0-only     reads the challenge of 2.0, answers 400 to everything else
    //   answers-200-html, answers-404, answers-500, answers-bytes   whatever it is asked
    //   answers-STATUS     "{}" with that status, whatever it is asked
    //   drops              takes the connection and ends it without an answer
    //   writes-to-terminal has control characters in the challenge it answers with
    //   repeats-a-key      answers a challenge with JSON in which a key of control characters is there twice
    //   nobody             a port on which nobody listens
    //   server             a platform whose webhook is verified and subscribed to; its callback is a reference
    //   server-of-NAME     the same with NAME for its callback, taken for verified
    //   server-of-two      the same with two webhooks: a reference, and one that refuses every event
    //   busy-server        takes an event and never gets round to sending it
    //   stranger           the origin of no simulator: "{}" with 200, whatever it is asked
    //   strange-door       the same with 401
    [[nodiscard]] std::string url_of(const std::string& name);

private:
    std::string serve(smartcar_sim::http::Handler handler);
    std::string receive(const std::string& behaviour);
    std::string drop();
    std::string serve_platform(const std::vector<std::string>& callbacks);

    const smartcar_sim::fakes::ClosedPort closed_port_;
    std::vector<std::unique_ptr<smartcar_sim::receiver::Receiver>> receivers_;
    std::vector<std::unique_ptr<smartcar_sim::http::Server>> servers_;
    std::vector<std::unique_ptr<smartcar_sim::fakes::RawPeer>> raw_peers_;
    std::unique_ptr<smartcar_sim::app::Instance> platform_;
};

// The text with {NAME} replaced by the URL of a new peer of that name, but for {folder}.
[[nodiscard]] std::string with_peers(std::string text, Peers& peers);

// The text with what differs from run to run replaced: free ports, which have five digits, by PORT, milliseconds by N,
// the time of a line of log by TIME, the slowest steps of a run by one; so too the latency of an audit.
[[nodiscard]] std::string without_accidents(std::string text);
