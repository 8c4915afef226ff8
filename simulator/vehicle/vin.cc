#include "vehicle/vin.h"

#include <algorithm>
#include <array>

namespace smartcar_sim::vehicle {
namespace {

constexpr std::size_t kLength = 17;
constexpr std::size_t kCheckDigit = 8;  // the ninth character
constexpr std::array<int, kLength> kWeights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

bool is_digit(char character) { return character >= '0' && character <= '9'; }

int value_of(char character) {
    if (is_digit(character)) return character - '0';
    // A..I count 1..9, J..R 1..9 and S..Z 2..9; I, O and Q do not occur.
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    constexpr std::array<int, 26> kValues{1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9};
    return kValues.at(kAlphabet.find(character));
}

}  // namespace

bool is_vin(std::string_view text) {
    return text.size() == kLength && std::ranges::all_of(text, [](char character) {
               const bool letter = character >= 'A' && character <= 'Z';
               return is_digit(character) ||
                      (letter && std::string_view("IOQ").find(character) == std::string_view::npos);
           });
}

char check_digit(std::string_view vin) {
    constexpr int kModulus = 11;
    constexpr int kTen = 10;
    int sum = 0;
    for (std::size_t i = 0; i < kLength; ++i) sum += value_of(vin[i]) * kWeights.at(i);
    const int remainder = sum % kModulus;
    return remainder == kTen ? 'X' : static_cast<char>('0' + remainder);
}

std::string vin_of_twin(std::string vin, std::size_t ordinal) {
    constexpr std::size_t kSerial = 6;  // the last characters of a VIN
    std::string serial = std::to_string(ordinal);
    serial.insert(0, kSerial - std::min(kSerial, serial.size()), '0');
    vin.replace(vin.size() - kSerial, kSerial, serial, serial.size() - kSerial, kSerial);
    vin[kCheckDigit] = check_digit(vin);
    return vin;
}

bool has_valid_check_digit(std::string_view vin) { return vin[kCheckDigit] == check_digit(vin); }

}  // namespace smartcar_sim::vehicle
