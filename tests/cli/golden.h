// Transcripts as data: a command line, what surrounds it, and what it printed, in one text file.
//
//   case: a sentence
//   file NAME:            a file in the folder of the case
//   | its lines
//   env NAME=VALUE
//   stdin: text           \n stands for a newline; none is added
//   terminal              stdout and stderr are terminals
//   $ smartcar-sim …      words as a shell splits them; {folder} is the folder of the case
//   stdout:
//   | lines
//   stderr:
//   | lines
//   exit: N
//
// Everything from "stdout:" on is the expectation. With UPDATE_GOLDEN=1 in the environment the
// expectations are rewritten with what happened; read the diff before committing it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "golden_file.h"

namespace golden {

struct Case {
    std::string head;  // the lines before "stdout:", as they stand in the file
    std::string name;
    std::map<std::string, std::string> files;
    std::map<std::string, std::string> environment;
    std::string input;
    bool terminal = false;
    std::string line;         // after "$ smartcar-sim"
    std::string expectation;  // the lines from "stdout:" on
};

[[nodiscard]] std::vector<Case> read_cases(const std::filesystem::path& file);

// Runs the case in this process and writes down what happened, in the form of Case::expectation.
[[nodiscard]] std::string happened(const Case& one);

// What a command printed and how it ended, in that form.
[[nodiscard]] std::string transcript(const std::string& out, const std::string& err, int code);

void write_cases(const std::filesystem::path& file, const std::vector<Case>& cases);

// Words as a shell splits them: blanks, '…' and "…"; no expansion.
[[nodiscard]] std::vector<std::string> split_words(std::string_view line);

}  // namespace golden
