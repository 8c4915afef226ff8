#include "platform/snapshot.h"

#include <utility>

#include "platform/acting.h"
#include "platform/changes.h"
#include "platform/platform.h"

namespace smartcar_sim::platform {

namespace {

// Whoever charges is timed by what it says; a subscription that does not say when it is read is read one interval on.
void set_timers(Turn& turn) {
    for (const VehicleRecord& record : turn.records.vehicles) time_charging(turn, record);
    for (const WebhookRecord& webhook : turn.records.webhooks) {
        for (const std::string& id : webhook.webhook.subscriptions) {
            const VehicleIndex vehicle = *turn.records.index_of(id);
            const auto due = turn.records.timers.due({.vehicle = vehicle, .webhook_id = webhook.webhook.id});
            // One that the snapshot's time is past already is not made up for.
            if (!due || *due <= turn.now) time_reading(turn, webhook.webhook, vehicle);
        }
    }
}

}  // namespace

std::uint64_t Platform::next_ordinal(std::string_view kind, std::string_view parent) {
    const std::lock_guard lock(mutex_);
    return ordinals_->next(kind, parent);
}

std::string Platform::snapshot() const {
    // Of a large fleet it takes a while to write, and others go on meanwhile.
    const Snapshot copy = [&] {
        const std::lock_guard lock(mutex_);
        return Snapshot{.now = clock_.now(), .records = *records_, .ordinals = *ordinals_};
    }();
    return write_snapshot(configuration_, copy);
}

base::Result<SnapshotPtr> Platform::read_snapshot(const document::Value& body, std::string_view text) const {
    auto read = platform::read_snapshot(body, text, configuration_);
    if (!read) return read.error();
    return SnapshotPtr(std::make_shared<const Snapshot>(std::move(read).value()));
}

void Platform::restore(const SnapshotPtr& snapshot, base::VirtualClock& clock) {
    const Acting acting(*this);
    *records_ = snapshot->records;
    ordinals_->raise(snapshot->ordinals);
    clock.move_to(snapshot->now);
    Turn now = turn();
    set_timers(now);
}

}  // namespace smartcar_sim::platform
