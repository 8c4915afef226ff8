#include "routes/v3_signal_writer.h"

#include <vector>

#include "base/text.h"
#include "contract/api_error.h"
#include "document/writer.h"
#include "vehicle/state.h"

namespace smartcar_sim::routes {
namespace {

// {"id":…,"type":"signal","attributes":{"code":…,"name":…,"group":…,"status":{"value":
std::string make_head(const contract::Signal& signal) {
    std::string head;
    document::Writer json(head);
    json.begin_object().member("id", signal.code).member("type", "signal").key("attributes").begin_object();
    json.member("code", signal.code).member("name", signal.name).member("group", signal.group);
    return head.append(R"(,"status":{"value":)");
}

const std::string& head_of(const contract::Signal& signal) {
    static const std::vector<std::string> kHeads = [] {
        std::vector<std::string> heads;
        heads.reserve(contract::signals().size());
        for (const contract::Signal& each : contract::signals()) heads.push_back(make_head(each));
        return heads;
    }();
    return kHeads[static_cast<std::size_t>(&signal - contract::signals().data())];
}

void append_failure(std::string& json) {
    const contract::ErrorKind& kind = contract::error_kind("COMPATIBILITY", "SMARTCAR_NOT_CAPABLE");
    json += R"("ERROR","error":)";
    document::Writer error(json);
    error.begin_object().member("type", kind.type).text_or_null("code", kind.code);
    error.member("description", kind.description).key("resolution").begin_object();
    error.text_or_null("type", kind.resolution).end_object().end_object();
    json += "}}";
}

void append_time(std::string& json, Shape shape, base::Instant instant) {
    if (shape == Shape::k2025) {
        json += std::to_string(instant.time_since_epoch().count());
    } else {
        json.append("\"").append(base::format_instant(instant)) += '"';
    }
}

}  // namespace

SignalWriter::SignalWriter(Shape shape, std::string_view vehicle_link, base::Instant retrieved_at)
    : shape_(shape), retrieved_at_(retrieved_at) {
    document::Writer(vehicle_).value(vehicle_link);
    vehicle_.pop_back();
}

void SignalWriter::append(std::string& json, const vehicle::StoredSignal& stored) const {
    json += head_of(*stored.signal);
    if (stored.reading == nullptr) {
        append_failure(json);
    } else {
        json += R"("SUCCESS"},"body":)";
        document::Writer body(json);
        vehicle::write_body(body, *stored.signal, stored.reading->datum);
        json += '}';
        append_times(json, stored);
    }
    append_links(json, *stored.signal);
    json += '}';
}

// What never changes was recorded and retrieved at no time.
void SignalWriter::append_times(std::string& json, const vehicle::StoredSignal& stored) const {
    const bool is_static = stored.signal->is_static;
    const base::Instant retrieved = is_static ? base::Instant{} : retrieved_at_;
    json += R"(,"meta":{"retrievedAt":)";
    append_time(json, shape_, retrieved);
    json += R"(,"oemUpdatedAt":)";
    append_time(json, shape_, is_static ? base::Instant{} : stored.reading->oem_updated_at);
    if (shape_ == Shape::k2026) {
        json += R"(,"ingestedAt":)";
        append_time(json, shape_, retrieved);
    }
    json += '}';
}

void SignalWriter::append_links(std::string& json, const contract::Signal& signal) const {
    json.append(R"(,"links":{"self":)").append(vehicle_).append("/signals/").append(signal.code);
    json.append(R"(","values":)").append(vehicle_).append("/signals/").append(signal.code);
    json.append(R"(/values","vehicle":)").append(vehicle_).append(R"("})");
}

}  // namespace smartcar_sim::routes
