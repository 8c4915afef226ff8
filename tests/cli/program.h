// The program itself, started as a shell starts it and spoken to through pipes and signals.
//
// Every wait is for a line or for the end, and bounded: after 30 seconds it throws std::runtime_error, which says what
// was waited for and what had been printed.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

#include "source_folder.h"

class Program {
public:
    struct Start {
        std::vector<std::string> words;                                // after the program's name
        std::filesystem::path folder = smartcar_sim::source_folder();  // where the fixtures are
        std::map<std::string, std::string> environment = {};           // all of it
    };
    struct Finished {
        int code = 0;  // or -SIGNAL when a signal ended it
        std::string out, err;
    };

    explicit Program(const Start& start);
    ~Program();  // kills it if it still runs
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // The next line, without its newline; what was read so far is in finish() all the same.
    [[nodiscard]] std::string out_line() { return next_line(out_); }
    [[nodiscard]] std::string err_line() { return next_line(err_); }
    // Reads lines of stdout until one that contains `mark`, and returns that.
    std::string out_line_with(const std::string& mark) { return line_with(out_, mark); }
    std::string err_line_with(const std::string& mark) { return line_with(err_, mark); }

    void send(int signal) const;
    // Waits for its end; throws as well when nothing is printed for so long and it does not end.
    [[nodiscard]] Finished finish(std::chrono::milliseconds patience = kPatience);

private:
    static constexpr std::chrono::milliseconds kPatience = std::chrono::seconds(30);

    struct Stream {
        int descriptor = -1;
        std::string text = {};
        std::size_t read = 0;  // up to where lines were handed out
        bool ended = false;
    };

    [[nodiscard]] std::string next_line(Stream& stream);
    [[nodiscard]] std::string line_with(Stream& stream, const std::string& mark);
    // From whichever stream has something.
    void read_some(const std::string& awaited, std::chrono::milliseconds patience = kPatience);

    pid_t pid_ = -1;
    Stream out_, err_;
};
