// explain ROUNDS
//
// Searches for the mistake behind an unknown hash of a body of 20 KB, so the whole space, and computes as many bare
// HMACs of that body, in turns. Prints how long each took.
#include "signature/explain.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "signature/hmac.h"

namespace {

using namespace smartcar_sim;

constexpr std::size_t kBytes = 20'000;

// Signals as a vehicle sends them, with what runtimes do not write alike, so that no rewriting can be left out.
std::string body() {
    std::string text =
        R"({"eventId":"fc457667-b065-4c8c-8441-4a8fb6f64976","eventType":"VEHICLE_STATE","data":{"signals":[)";
    while (text.size() < kBytes) {
        text += R"({"code":"tractionbattery-stateofcharge","name":"StateOfCharge","group":"TractionBattery",)"
                R"("body":{"value":78.0,"unit":"percent"},"meta":{"oemUpdatedAt":1767920001000,"retrievedAt":null},)"
                R"("docURL":"https://smartcar.com/docs?a=1&b=<2>","owner":"Zürich"},)";
    }
    text.back() = ']';
    return text + R"(},"meta":{"webhookName":"Škoda"}})";
}

template <class Work>
double milliseconds(Work work) {
    const std::clock_t start = std::clock();
    work();
    return 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void print(const char* name, const std::vector<double>& values) {
    std::cout << '"' << name << "\":[";
    for (std::size_t i = 0; i < values.size(); ++i) std::cout << (i > 0 ? "," : "") << values[i];
    std::cout << ']';
}

}  // namespace

int main(int count, char** arguments) {
    const int rounds = count > 1 ? std::atoi(arguments[1]) : 5;
    const signature::Question question{.subject = signature::Subject::kBody,
                                       .message = body(),
                                       .key = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10",
                                       .received = std::string(64, '0'),
                                       .other_keys = {{.name = "client-secret", .value = "a"},
                                                      {.name = "client-id", .value = "b"},
                                                      {.name = "webhook-id", .value = "c"},
                                                      {.name = "stale-token", .value = "d"}}};
    std::vector<double> explained;
    std::vector<double> bare;
    int tried = 0;
    unsigned sink = 0;
    for (int round = 0; round < rounds; ++round) {
        explained.push_back(milliseconds([&] { tried = signature::explain(question).tried; }));
        bare.push_back(milliseconds([&] {
            for (int i = 0; i < tried; ++i) sink += signature::hmac_sha256(question.key, question.message)[0];
        }));
    }
    std::cout << "{\"tried\":" << tried << ",\"bytes\":" << question.message.size() << ',';
    print("explained", explained);
    std::cout << ',';
    print("bare", bare);
    std::cout << ",\"sink\":" << sink << "}\n";
    return 0;
}
