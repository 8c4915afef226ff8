// The eyes of an audit: a command, a URL, or the calls that the application makes to the platform.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "app/called_off.h"
#include "audit/line.h"
#include "delivery/transport.h"
#include "store/request_log.h"

namespace smartcar_sim::app {

// What `sh -c` prints for the command, whose {vehicleId} and {eventId} are filled in. A command that fails is an error.
class CommandProbe final : public audit::Probe {
public:
    CommandProbe(std::string command, base::Milliseconds patience, CalledOff& called_off)
        : command_(std::move(command)), patience_(patience), called_off_(called_off) {}
    [[nodiscard]] base::Result<std::string> read(const Question& question) override;
    // What is looked up by its event says nothing of the order of two.
    [[nodiscard]] Shows shows() const override;
    [[nodiscard]] std::string name() const override { return "the command of --probe"; }
    [[nodiscard]] base::Milliseconds patience() const override { return patience_; }

private:
    const std::string command_;
    const base::Milliseconds patience_;
    CalledOff& called_off_;
};

// The body of a GET that is answered with 2xx, the URL's {vehicleId} and {eventId} filled in. "404 Not Found" for that
// answer: a callback has not heard of the vehicle or the event yet. Others are an error.
class UrlProbe final : public audit::Probe {
public:
    // Whether it is a URL at all, once it is filled in.
    [[nodiscard]] static base::Result<base::Done> check(const std::string& url);
    // `name` is how reports call it. The transport outlives it; a look ends when its exchanges are ended.
    UrlProbe(std::string url, std::string name, base::Milliseconds patience, delivery::Transport& transport)
        : url_(std::move(url)), name_(std::move(name)), patience_(patience), transport_(transport) {}
    [[nodiscard]] base::Result<std::string> read(const Question& question) override;
    [[nodiscard]] Shows shows() const override;
    [[nodiscard]] std::string name() const override { return name_; }
    [[nodiscard]] base::Milliseconds patience() const override { return patience_; }

private:
    const std::string url_;
    const std::string name_;
    const base::Milliseconds patience_;
    delivery::Transport& transport_;
};

// Which call about the vehicle was the application's last.
class CallsProbe final : public audit::Probe {
public:
    CallsProbe(const store::RequestLog& requests, base::Milliseconds patience)
        : requests_(requests), patience_(patience) {}
    [[nodiscard]] base::Result<std::string> read(const Question& question) override;
    [[nodiscard]] Shows shows() const override { return Shows::kCalls; }
    [[nodiscard]] std::string name() const override { return "the platform's record of API calls"; }
    [[nodiscard]] base::Milliseconds patience() const override { return patience_; }

private:
    const store::RequestLog& requests_;
    const base::Milliseconds patience_;
    std::uint64_t looked_at_ = 0;  // the number of the last call that was looked at
    std::uint64_t last_ = 0;       // of the last that was about the vehicle
};

}  // namespace smartcar_sim::app
