// bare_client PORT PATH SENDERS SECONDS < BODY
//
// The yardstick for `deliveries`: as many threads, each posting the same bytes over its own kept-alive connection with
// the library's client and nothing around it: no JSON, no signature, no queue, no journal.

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <httplib.h>

namespace {

struct Load {
    int port = 0;
    std::string path;
    std::string body;
    std::chrono::steady_clock::time_point end;
};

struct Counts {
    std::atomic<long> answered{0};
    std::atomic<long> failed{0};
};

void post_until_end(const Load& load, Counts& counts) {
    httplib::Client client("127.0.0.1", load.port);
    client.set_tcp_nodelay(true);
    client.set_keep_alive(true);
    const httplib::Headers headers{{"SC-Signature", std::string(64, 'a')}, {"user-agent", "bare"}};
    while (std::chrono::steady_clock::now() < load.end) {
        const auto result = client.Post(load.path, headers, load.body, "application/json");
        (result && result->status == 200 ? counts.answered : counts.failed)++;
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fputs("bare_client PORT PATH SENDERS SECONDS < BODY\n", stderr);
        return 1;
    }
    const auto start = std::chrono::steady_clock::now();
    const Load load{.port = std::atoi(argv[1]),
                    .path = argv[2],
                    .body = {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()},
                    .end = start + std::chrono::seconds(std::atoi(argv[4]))};
    Counts counts;
    std::vector<std::thread> senders(static_cast<std::size_t>(std::atoi(argv[3])));
    for (std::thread& sender : senders) sender = std::thread([&] { post_until_end(load, counts); });
    for (std::thread& sender : senders) sender.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("{\"answered\":%ld,\"failed\":%ld,\"seconds\":%.6f}\n", counts.answered.load(), counts.failed.load(),
                took.count());
    return 0;
}
