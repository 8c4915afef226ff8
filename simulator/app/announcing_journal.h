// A journal that tells somebody of every attempt as it is filed: what the commands print and log from.
#pragma once

#include <functional>
#include <utility>

#include "delivery/journal.h"

namespace smartcar_sim::app {

class AnnouncingJournal final : public delivery::Journal {
public:
    // The listener gets the delivery with all its attempts, the newest last, on the thread that made it.
    using Listener = std::function<void(const delivery::Delivery& delivery)>;

    AnnouncingJournal(delivery::Journal& journal, Listener listener)
        : journal_(journal), listener_(std::move(listener)) {}

    delivery::Position open(delivery::Delivery delivery) override { return journal_.open(std::move(delivery)); }
    void attempted(delivery::Position position, delivery::Attempt attempt, delivery::Outcome outcome) override {
        journal_.attempted(position, std::move(attempt), outcome);
        if (!listener_) return;
        if (const auto delivery = journal_.at(position)) listener_(*delivery);
    }
    void dropped(delivery::Position position) override { journal_.dropped(position); }

    [[nodiscard]] delivery::Page find(const delivery::Query& query) const override { return journal_.find(query); }
    [[nodiscard]] std::optional<delivery::Delivery> at(delivery::Position position) const override {
        return journal_.at(position);
    }
    [[nodiscard]] std::optional<delivery::Delivery> with_attempt(const std::string& delivery_id) const override {
        return journal_.with_attempt(delivery_id);
    }
    void clear() override { journal_.clear(); }

private:
    delivery::Journal& journal_;
    const Listener listener_;
};

}  // namespace smartcar_sim::app
