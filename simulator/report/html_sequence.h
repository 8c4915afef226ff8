// A sequence picture: who sent what to whom, from top to bottom, as SVG within a page. Private to report/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "delivery/transport.h"

namespace smartcar_sim::report {

class Sequence {
public:
    // More exchanges than this are counted, not drawn.
    static constexpr std::size_t kMost = 30;

    Sequence(std::string_view sender, std::string_view receiver) : sender_(sender), receiver_(receiver) {}

    // What comes between exchanges: "step 2, send CHARGING_STARTED", "1m later".
    void band(std::string_view content);

    // An arrow there, and one back unless no answer came; an answer that was lost on its way stops short.
    enum class Way { kWhole, kLost };
    void exchange(std::string_view title, const delivery::Answer& answer, base::Milliseconds took, Way way);

    // The picture; nothing when nothing was exchanged.
    [[nodiscard]] std::string take() const;

private:
    void text(std::string_view look, std::string_view content);
    void arrow(std::string_view look, bool to_the_right, int percent);
    void draw_failure(const delivery::Failure& failure, const std::string& in_short);

    std::string sender_, receiver_;
    std::string drawn_;
    std::string told_;  // for those who cannot see it
    int height_ = 40;   // of what is drawn, pixels
    std::size_t exchanges_ = 0;
};

}  // namespace smartcar_sim::report
