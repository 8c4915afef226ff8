#include "cli/under_test.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string_view>
#include <utility>
#include <variant>

#include "base/printable.h"
#include "base/text.h"
#include "cli/instance_options.h"
#include "http/client_transport.h"
#include "http/listener.h"

namespace smartcar_sim::cli {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::string_view kPath = "/webhooks";  // of an application that was told its port
constexpr base::Milliseconds kLook{20};          // between two looks at whether it is still there

// Why it does not answer a GET in any way at all; nothing when it does.
std::optional<delivery::Failure> no_answer(http::ClientTransport& transport, const base::Url& url,
                                           base::Milliseconds left) {
    constexpr base::Milliseconds kPatience{2'000};
    delivery::Outgoing outgoing{.url = url,
                                .request = {},
                                .timeout = std::clamp(left, base::Milliseconds(1), kPatience),
                                .reuse = delivery::Outgoing::Reuse::kFresh};
    outgoing.request.method = "GET";
    outgoing.request.target = url.target;
    const delivery::Exchange exchange = transport.exchange(outgoing);
    const auto* failure = std::get_if<delivery::Failure>(&exchange.answer);
    return failure == nullptr ? std::nullopt : std::optional(*failure);
}

std::string application_gone(int code) { return "the application ended with exit code " + std::to_string(code); }

}  // namespace

base::Result<std::unique_ptr<UnderTest>> UnderTest::choose(const Invocation& invocation,
                                                           const platform::Configuration& configuration,
                                                           app::CalledOff& called_off) {
    std::unique_ptr<UnderTest> under_test(new UnderTest(invocation, configuration, called_off));
    const auto chosen = under_test->choose_callback();
    if (!chosen) return chosen.error();
    return under_test;
}

base::Result<base::Done> UnderTest::choose_callback() {
    const Settings& settings = invocation_.settings;
    const bool built_in = settings.flag(OptionId::kBuiltIn) || settings.has(OptionId::kBehave);
    if (built_in && (settings.on_command_line(OptionId::kCallback) || settings.has(OptionId::kApp))) {
        return base::Error{"bad_arguments",
                           "the built-in callback is played against instead of yours; leave out "
                           "--callback and --app, or --built-in and --behave"};
    }
    if (built_in) {
        auto started =
            BuiltInCallback::start(configuration_.application_management_token, settings.text(OptionId::kBehave));
        if (!started) return started.error();
        built_in_ = std::move(started).value();
        callback_ = built_in_->url();
    } else if (settings.has(OptionId::kCallback)) {
        callback_ = settings.url(OptionId::kCallback);
    } else if (settings.has(OptionId::kApp)) {
        const auto port = http::find_free_port();
        if (!port) return port.error();
        callback_ = {.scheme = "http", .host = "127.0.0.1", .port = port.value(), .target = std::string(kPath)};
    } else {
        return base::Error{"missing_option", "say what to play against: --callback URL, --app COMMAND or --built-in"};
    }
    return base::Done{};
}

base::Result<base::Done> UnderTest::start(const std::string& origin) {
    const auto started = start_application(origin);
    if (!started) return started.error();
    return wait();
}

base::Result<base::Done> UnderTest::start_application(const std::string& origin) {
    if (!invocation_.settings.has(OptionId::kApp)) return base::Done{};
    // Who answers there before it was started would be judged in its place. A port we chose was free just now.
    if (invocation_.settings.has(OptionId::kCallback) &&
        !http::ClientTransport(client_options(invocation_.settings)).obstacle(callback_)) {
        return base::Error{"port_taken", "something else listens at " + callback_.origin() +
                                             " already; end it, or give --app another --callback"};
    }
    const std::string prefix = invocation_.terminal.paint_note(Colour::kDim, "app |") + " ";
    auto application = app::Application::start(
        invocation_.settings.text(OptionId::kApp), app::variables_for(configuration_, origin, callback_),
        [this, prefix](std::string_view line) {
            invocation_.terminal.note(prefix + base::printable(line, base::Lines::kJoined));
        });
    if (!application) return application.error();
    application_ = std::move(application).value();
    *group_ = application_->group();
    return base::Done{};
}

// With --app or --wait-for until it answers anything at all, else once: a callback that is not there would fail every
// scenario for the same reason.
base::Result<base::Done> UnderTest::wait() {
    const bool waits = application_ || invocation_.settings.has(OptionId::kWaitFor);
    const base::Url url =
        invocation_.settings.has(OptionId::kWaitFor) ? invocation_.settings.url(OptionId::kWaitFor) : callback_;
    const base::Milliseconds most = invocation_.settings.duration(OptionId::kWaitTimeout);
    const auto end = Steady::now() + (waits ? most : base::Milliseconds(0));
    http::ClientTransport transport(client_options(invocation_.settings));
    constexpr base::Milliseconds kFirst{5};
    constexpr base::Milliseconds kLongest{200};
    for (base::Milliseconds pause = kFirst;; pause = std::min(pause * 2, kLongest)) {
        const auto left = std::chrono::ceil<base::Milliseconds>(end - Steady::now());
        const auto obstacle = waits ? no_answer(transport, url, left) : transport.obstacle(url);
        if (!obstacle) return base::Done{};
        const auto code = application_ ? application_->exit_code() : std::nullopt;
        if (code) return base::Error{"application_gone", application_gone(*code) + " before it answered"};
        if (called_off_.kind() != app::CalledOff::Kind::kNot) {
            return base::Error{"called_off", called_off_.why() + "; nothing had answered at " + url.text()};
        }
        const bool hopeless = obstacle->kind == delivery::Failure::Kind::kRefusedByPolicy;
        if (!waits || hopeless) {
            return base::Error{"unreachable", "no connection to the callback: " + obstacle->detail + ". " +
                                                  std::string(delivery::fix_for(obstacle->kind))};
        }
        if (Steady::now() >= end) {
            return base::Error{"unreachable", "nothing answered at " + url.text() + " within " +
                                                  base::format_duration(most) + ": " + obstacle->detail + ". " +
                                                  what_to_do()};
        }
        called_off_.pause(pause);
    }
}

std::string UnderTest::what_to_do() const {
    const std::string more_time = " or needs more time (--wait-timeout).";
    if (invocation_.settings.has(OptionId::kWaitFor))
        return "It is the address of --wait-for that is wrong," + more_time;
    return "The application runs, but does not listen on the port in PORT, which is " + std::to_string(callback_.port) +
           "," + more_time;
}

std::optional<std::string> UnderTest::gone() {
    const auto code = application_ ? application_->exit_code() : std::nullopt;
    if (!code) return std::nullopt;
    return application_gone(*code);
}

std::vector<std::string> UnderTest::last_lines() const {
    return application_ ? application_->last_lines() : std::vector<std::string>();
}

void UnderTest::stop() {
    if (application_) application_->stop();
}

std::optional<int> perform_until_signal(app::StopSignal& stop, const UnderTest& under_test, app::CalledOff& called_off,
                                        const std::function<void()>& work) {
    std::optional<int> signalled;
    std::thread worker([&] {
        work();
        stop.release();
    });
    if (const int signal = stop.wait(); signal != 0) {
        signalled = signal;
        stop.let_next_kill(under_test.group());
        called_off.call_off(app::CalledOff::Kind::kSignal, signal == SIGINT ? "interrupted" : "terminated");
    }
    worker.join();
    return signalled;
}

Watch::Watch(std::function<void()> look)
    : thread_([this, look = std::move(look)] {
          while (over_.wait(kLook)) look();
      }) {}

Watch::~Watch() {
    over_.call_off();
    thread_.join();
}

}  // namespace smartcar_sim::cli
