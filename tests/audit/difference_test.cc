#include "audit/difference.h"

#include <string>

#include "catch.h"

namespace smartcar_sim::audit {

TEST_CASE("whole numbers that are higher by one are a count, and nothing else is") {
    struct Row {
        std::string before, after;
        bool counts;
    };
    const Row rows[] = {
        {R"({"charging":true,"events":4})", R"({"charging":true,"events":5})", true},
        {R"({"events":9,"calls":19})", R"({"events":10,"calls":20})", true},
        {R"({"events":9,"calls":19})", R"({"events":10,"calls":19})", true},
        {"4 events", "4 events", false},
        {"4 events", "6 events", false},
        {"4 events", "3 events", false},
        {"4 events", "5 events ", false},
        {"4 events", "5 event", false},
        {R"({"charging":true,"events":4})", R"({"charging":false,"events":5})", false},
        {R"({"at":"2026-01-02T10:00:01Z","events":4})", R"({"at":"2026-01-02T09:59:59Z","events":5})", false},
        {"18446744073709551615", "18446744073709551616", false},
        {"18446744073709551616", "18446744073709551617", false},
        {"98446744073709551616: 1", "98446744073709551616: 2", true},
        {"", "1", false},
        {"1", "", false},
        {"", "", false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.before, row.after);
        CHECK(counts_one_more(row.before, row.after) == row.counts);
    }
}

TEST_CASE("what differs is told in whole members and lines") {
    struct Row {
        std::string before, after, told;
    };
    const Row rows[] = {
        {R"({"id":"a","charging":true,"events":4})", R"({"id":"a","charging":false,"events":4})",
         R"(""charging":true" became ""charging":false")"},
        {R"({"id":"a","charging":true,"events":4})", R"({"id":"a","charging":false,"events":5})",
         R"(""charging":true,"events":4" became ""charging":false,"events":5")"},
        {"charging\n1\nevents\n4\n", "charging\n0\nevents\n4\n", R"("1" became "0")"},
        {"404 Not Found", R"({"events":1})", R"("404 Not Found" became "{"events":1}")"},
        {R"({"errors":[]})", R"({"errors":["a"]})", R"("" became ""a"")"},
        {"aa", "aaa", R"("aa" became "aaa")"},
        {"", "1", R"("" became "1")"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.before, row.after);
        CHECK(difference(row.before, row.after) == row.told);
    }
}

}  // namespace smartcar_sim::audit
