// One step done, but for those that hold others. Private to scenario/.
#pragma once

#include <vector>

#include "base/secret.h"
#include "scenario/fire.h"
#include "scenario/result.h"
#include "scenario/scenario.h"
#include "scenario/world.h"

namespace smartcar_sim::scenario {

enum class Goes {
    kOn,
    kNoFurther,  // what follows would fail for this reason alone
};

// A step on its way to its result.
struct Doing {
    const Step& step;
    StepResult& result;
    Memory& memory;
    Fallout& fallout;
};

// Exchanges, complaints and notes go into the result, but for those about the deliveries it set off.
class Actor {
public:
    explicit Actor(World& world);

    [[nodiscard]] Goes act(const Doing& doing);
    // Whether the token that signs is the one of the beginning.
    [[nodiscard]] bool signs_with_the_first() const;

private:
    Goes verify(const Doing& doing);
    Goes connect(const Doing& doing, const Connect& action);
    Goes disconnect(const Doing& doing, const Disconnect& action);
    Goes subscribe(const Doing& doing, const Subscribe& action);
    Goes unsubscribe(const Doing& doing, const Unsubscribe& action);
    Goes enable(const Doing& doing);
    Goes disable(const Doing& doing);
    Goes rotate(const Doing& doing, const RotateToken& action);
    Goes move_window(const Doing& doing, const MoveTokenWindow& action);
    Goes fail_calls(const Doing& doing, const ApiFault& action);
    Goes wait(const Doing& doing, const Wait& action);
    [[nodiscard]] bool verify_one(const Doing& doing, const std::string& webhook_id);

    World& world_;
    std::vector<base::Secret> tokens_;  // the one of the beginning first
    std::uint64_t new_tokens_ = 0;      // made so far: each is another
};

// A complaint about a step that could not be done.
void complain(StepResult& result, const base::Error& error);

// Queues it and adds to the fallout what came of that; false when it could not be, which is a complaint.
bool send_off(base::Result<Volley> volley, const World& world, StepResult& result, Fallout& fallout);

}  // namespace smartcar_sim::scenario
