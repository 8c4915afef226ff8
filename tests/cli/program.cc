#include "cli/program.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        reading = ends[0];
        writing = ends[1];
    }
    int reading = -1;
    int writing = -1;
};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

Program::Program(const Start& start) {
    std::vector<std::string> words{"smartcar-sim"};  // as if found on the path
    words.insert(words.end(), start.words.begin(), start.words.end());
    std::vector<std::string> variables;
    for (const auto& [name, value] : start.environment) variables.push_back(name + "=" + value);
    for (const char* name : {"ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {  // a sanitized program needs them too
        if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
    }

    const Pipe out;
    const Pipe err;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, start.folder.c_str());
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.writing, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.writing, STDERR_FILENO);
    const int failed = posix_spawn(&pid_, SMARTCAR_SIM_PROGRAM, &actions, nullptr, pointers_to(words).data(),
                                   pointers_to(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    close(out.writing);
    close(err.writing);
    out_.descriptor = out.reading;
    err_.descriptor = err.reading;
    if (failed != 0) throw std::runtime_error("the program " SMARTCAR_SIM_PROGRAM " cannot be started");
}

Program::~Program() {
    close(out_.descriptor);
    close(err_.descriptor);
    if (pid_ < 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

void Program::send(int signal) const { kill(pid_, signal); }

std::string Program::next_line(Stream& stream) {
    std::size_t end = 0;
    while ((end = stream.text.find('\n', stream.read)) == std::string::npos) read_some("a line");
    const std::string line = stream.text.substr(stream.read, end - stream.read);
    stream.read = end + 1;
    return line;
}

std::string Program::line_with(Stream& stream, const std::string& mark) {
    std::string line;
    do {
        line = next_line(stream);
    } while (line.find(mark) == std::string::npos);
    return line;
}

Program::Finished Program::finish(std::chrono::milliseconds patience) {
    while (!out_.ended || !err_.ended) read_some("the end", patience);
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), out_.text, err_.text};
}

void Program::read_some(const std::string& awaited, std::chrono::milliseconds patience) {
    const auto give_up = [&](const std::string& why) {
        throw std::runtime_error(why + " while waiting for " + awaited + "; stdout:\n" + out_.text + "stderr:\n" +
                                 err_.text);
    };
    std::array<pollfd, 2> polled{
        {{out_.ended ? -1 : out_.descriptor, POLLIN, 0}, {err_.ended ? -1 : err_.descriptor, POLLIN, 0}}};
    if (out_.ended && err_.ended) give_up("the program has ended");
    if (poll(polled.data(), polled.size(), static_cast<int>(patience.count())) <= 0) give_up("nothing was printed");
    for (Stream* stream : {&out_, &err_}) {
        if (polled[stream == &out_ ? 0 : 1].revents == 0) continue;
        std::array<char, 4096> room{};
        const ssize_t count = read(stream->descriptor, room.data(), room.size());
        stream->ended = count <= 0;
        if (count > 0) stream->text.append(room.data(), static_cast<std::size_t>(count));
    }
}
