// A callback in memory: the reference receiver or one of its wrong behaviours, reached without a socket and without a
// wait. Requests are read by the server's own code, from a string.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/line.h"
#include "receiver/receiver.h"

namespace smartcar_sim::audit {

class MemoryLine final : public Line {
public:
    // `wrong` may be null. It must outlive the line.
    MemoryLine(const std::string& token, const receiver::Behaviour* wrong);

    [[nodiscard]] delivery::Exchange exchange(const delivery::Outgoing& outgoing) override;
    [[nodiscard]] delivery::RawAnswer exchange(const delivery::RawRequest& raw) override;
    [[nodiscard]] std::vector<delivery::Exchange> together(const std::vector<delivery::Outgoing>& outgoing) override;
    void pause(base::Milliseconds time) override { elapsed_ += time; }
    [[nodiscard]] base::Milliseconds elapsed() const override { return elapsed_; }
    [[nodiscard]] bool called_off() const override { return called_off_after && exchanges_ >= *called_off_after; }

    // What GET /applied/VEHICLE shows.
    [[nodiscard]] std::string applied(const std::string& vehicle_id) const;
    [[nodiscard]] int exchanges() const { return exchanges_; }

    std::optional<int> called_off_after = std::nullopt;  // exchanges

private:
    [[nodiscard]] delivery::Exchange answered(const receiver::Handled& handled, base::Milliseconds timeout);
    [[nodiscard]] receiver::Handled handle(std::string_view bytes) const;

    const receiver::Receiver receiver_;
    base::Milliseconds elapsed_{0};
    int exchanges_ = 0;
};

// Looks at what a callback in memory has applied.
class MemoryProbe final : public Probe {
public:
    explicit MemoryProbe(const MemoryLine& line) : line_(line) {}
    [[nodiscard]] base::Result<std::string> read(const Question& question) override {
        return line_.applied(question.vehicle_id);
    }
    [[nodiscard]] Shows shows() const override { return Shows::kState; }
    [[nodiscard]] std::string name() const override { return "the probe"; }
    [[nodiscard]] base::Milliseconds patience() const override { return base::Milliseconds(0); }

private:
    const MemoryLine& line_;
};

}  // namespace smartcar_sim::audit
