// Payloads made up from a seed: everything JSON can say, the corners more often than they deserve.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "document/value.h"

class Payloads {
public:
    explicit Payloads(std::uint64_t seed) : numbers_(seed) {}

    // An object with nested objects and arrays, empty ones too; the writer can say it.
    smartcar_sim::document::Value payload();

    // An object whose keys look like array indexes, in any order, some of them twice.
    smartcar_sim::document::Value object_of_indexes();

    // Any finite double but -0.
    double number();

    // 0 to bound - 1. Not one of the standard distributions: those differ between libraries.
    std::uint64_t below(std::uint64_t bound) { return numbers_() % bound; }

private:
    smartcar_sim::document::Value value(int depth);
    smartcar_sim::document::Value object(int depth);
    smartcar_sim::document::Value array(int depth);
    std::string text();

    std::mt19937_64 numbers_;
};
