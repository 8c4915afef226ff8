// A callback in memory that remembers what it was sent and can be told to answer otherwise, and a probe that can be
// told what to show.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/audit.h"
#include "audit/audited_subject.h"
#include "audit/memory_line.h"

namespace smartcar_sim::audit {

class WatchedLine final : public Line {
public:
    explicit WatchedLine(const receiver::Behaviour* wrong = nullptr) : line_(kToken, wrong) { keep(); }

    [[nodiscard]] delivery::Exchange exchange(const delivery::Outgoing& outgoing) override;
    [[nodiscard]] delivery::RawAnswer exchange(const delivery::RawRequest& request) override;
    [[nodiscard]] std::vector<delivery::Exchange> together(const std::vector<delivery::Outgoing>& outgoing) override;
    void pause(base::Milliseconds time) override { line_.pause(time); }
    [[nodiscard]] base::Milliseconds elapsed() const override { return line_.elapsed(); }
    [[nodiscard]] bool called_off() const override { return called_off_after && sent.size() >= *called_off_after; }

    // What GET /applied/VEHICLE showed that long ago.
    [[nodiscard]] std::string applied(base::Milliseconds ago = base::Milliseconds(0)) const;

    std::vector<std::string> sent = {};                // whole requests, in order
    std::vector<base::Milliseconds> timeouts = {};     // of each
    base::Milliseconds each{0};                        // how long an answer takes
    std::optional<std::size_t> called_off_after = {};  // requests
    std::function<std::optional<delivery::Answer>(const contract::Request&)> instead =
        nullptr;  // nothing: the callback

private:
    void keep() {
        history_.emplace_back(line_.elapsed(), line_.applied(subject_of(contract::Version::k4_0).vehicle.id));
    }

    MemoryLine line_;
    std::vector<std::pair<base::Milliseconds, std::string>> history_;
};

struct ToldProbe final : public Probe {
    explicit ToldProbe(std::function<base::Result<std::string>()> text) : reads(std::move(text)) {}

    [[nodiscard]] base::Result<std::string> read(const Question& question) override {
        asked.push_back(question);
        return reads();
    }
    [[nodiscard]] Shows shows() const override { return what; }
    [[nodiscard]] std::string name() const override { return "the probe"; }
    [[nodiscard]] base::Milliseconds patience() const override { return longest; }

    std::function<base::Result<std::string>()> reads;
    Shows what = Shows::kState;
    base::Milliseconds longest{0};
    std::vector<Question> asked = {};
};

// The checks that these names stand for, and the preflight.
[[nodiscard]] Options asking(const std::vector<std::string>& names);
[[nodiscard]] Audited examined(WatchedLine& line, Probe* probe, const std::vector<std::string>& names,
                               const Subject& subject = subject_of(contract::Version::k4_0));
[[nodiscard]] const Finding& finding_of(const Audited& audited, std::string_view id);
[[nodiscard]] std::vector<std::string> ids_of(const Audited& audited, Verdict verdict);

}  // namespace smartcar_sim::audit
