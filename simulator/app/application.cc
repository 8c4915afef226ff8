#include "app/application.h"

#include <utility>

namespace smartcar_sim::app {

namespace {

constexpr base::Milliseconds kPatience = std::chrono::seconds(5);  // product.md, "The application under test"

}  // namespace

base::Result<std::unique_ptr<Application>> Application::start(const std::string& command,
                                                              const Process::Variables& variables, Listener on_line) {
    std::unique_ptr<Application> application(new Application(std::move(on_line)));
    auto process =
        Process::start(command, variables, [&kept = *application](std::string_view line) { kept.keep(line); });
    if (!process) return process.error();
    application->process_ = std::move(process).value();
    return application;
}

void Application::keep(std::string_view line) {
    {
        const std::lock_guard lock(mutex_);
        lines_.emplace_back(line);
        if (lines_.size() > kKeptLines) lines_.pop_front();
    }
    on_line_(line);
}

std::vector<std::string> Application::last_lines() const {
    if (process_->exit_code()) process_->hear_out();
    const std::lock_guard lock(mutex_);
    return {lines_.begin(), lines_.end()};
}

void Application::stop() { process_->stop(kPatience); }

Process::Variables variables_for(const platform::Configuration& configuration, const std::string& origin,
                                 const base::Url& callback) {
    return {{"PORT", std::to_string(callback.port)},
            {"APPLICATION_MANAGEMENT_TOKEN", configuration.application_management_token.reveal()},
            {"SMARTCAR_CLIENT_ID", configuration.client_id},
            {"SMARTCAR_CLIENT_SECRET", configuration.client_secret.reveal()},
            {"SMARTCAR_REDIRECT_URI", callback.origin() + "/exchange"},
            {"SMARTCAR_API_ORIGIN", origin},
            {"SMARTCAR_AUTH_ORIGIN", origin},
            {"SMARTCAR_CONNECT_ORIGIN", origin},
            {"SMARTCAR_API_V3_ORIGIN", origin},
            {"SMARTCAR_VEHICLE_API_ORIGIN", origin},
            {"SMARTCAR_MANAGEMENT_API_ORIGIN", origin},
            {"SMARTCAR_SIM_ORIGIN", origin},
            {"SMARTCAR_WEBHOOK_ID", configuration.webhook_ids.empty() ? platform::development_webhook_id(0)
                                                                      : configuration.webhook_ids.front()}};
}

}  // namespace smartcar_sim::app
