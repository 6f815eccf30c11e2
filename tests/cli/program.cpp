#include "program.hpp"

#include "own_folder.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace authlint_test {

namespace {

const ::testing::Environment* const folder = ::testing::AddGlobalTestEnvironment(new own_folder);

/// Becomes authlint, in a child.
[[noreturn]] void execute(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
    std::vector<std::string> all{AUTHLINT};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& a : all) argv.push_back(a.data());
    argv.push_back(nullptr);
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "xterm", 1);
    for (std::string variable : environment) ::putenv(::strdup(variable.c_str()));
    ::execv(AUTHLINT, argv.data());
    ::_exit(127);
}

int exit_code_of(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct pipe_ends {
    int read = -1;
    int write = -1;
};

pipe_ends make_pipe() {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();
    return {ends[0], ends[1]};
}

/// Takes what there is to read; closes the end and answers false when there is no more.
bool drain(int& file, std::string& into) {
    char buffer[65536];
    const ssize_t n = ::read(file, buffer, sizeof buffer);
    if (n > 0) {
        into.append(buffer, static_cast<std::size_t>(n));
        return true;
    }
    ::close(file);
    file = -1;
    return false;
}

}  // namespace

outcome run(const std::vector<std::string>& arguments, const std::string& input) {
    std::signal(SIGPIPE, SIG_IGN);
    pipe_ends in = make_pipe();
    pipe_ends out = make_pipe();
    pipe_ends err = make_pipe();
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(in.read, 0);
        ::dup2(out.write, 1);
        ::dup2(err.write, 2);
        execute(arguments, {});
    }
    ::close(in.read);
    ::close(out.write);
    ::close(err.write);
    ::fcntl(in.write, F_SETFL, O_NONBLOCK);
    outcome result;
    std::size_t written = 0;
    if (input.empty()) {
        ::close(in.write);
        in.write = -1;
    }
    while (out.read >= 0 || err.read >= 0) {
        pollfd files[] = {{in.write, POLLOUT, 0}, {out.read, POLLIN, 0}, {err.read, POLLIN, 0}};
        if (::poll(files, 3, 60000) <= 0) {
            ADD_FAILURE() << "authlint hangs";
            ::kill(child, SIGKILL);
            break;
        }
        if (files[0].revents != 0) {
            const ssize_t n = ::write(in.write, input.data() + written, input.size() - written);
            if (n > 0) written += static_cast<std::size_t>(n);
            if (n < 0 || written == input.size()) {
                ::close(in.write);
                in.write = -1;
            }
        }
        if (files[1].revents != 0) drain(out.read, result.out);
        if (files[2].revents != 0) drain(err.read, result.err);
    }
    if (in.write >= 0) ::close(in.write);
    result.exit_code = exit_code_of(child);
    return result;
}

outcome run_on_terminal(const std::vector<std::string>& arguments, const std::string& input,
                        const std::vector<std::string>& environment, int columns) {
    int terminal = -1;
    winsize size{};
    size.ws_col = static_cast<unsigned short>(columns);
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (child == 0) execute(arguments, environment);
    outcome result;
    const std::string typed = input + "\x04";
    if (::write(terminal, typed.data(), typed.size()) < 0) ADD_FAILURE() << "cannot type";
    while (terminal >= 0) {
        pollfd file{terminal, POLLIN, 0};
        if (::poll(&file, 1, 60000) <= 0) {
            ADD_FAILURE() << "authlint hangs";
            ::kill(child, SIGKILL);
            break;
        }
        drain(terminal, result.out);
    }
    result.exit_code = exit_code_of(child);
    return result;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t lf = text.find('\n', at);
        if (lf == std::string::npos) {
            ADD_FAILURE() << "the last line has no end";
            break;
        }
        out.push_back(text.substr(at, lf - at));
        at = lf + 1;
    }
    return out;
}

std::vector<std::string> answers(const std::vector<std::string>& lines, std::vector<std::string> arguments) {
    std::string input;
    for (const std::string& line : lines) input += line + "\n";
    arguments.insert(arguments.begin(), {"parse", "--ndjson"});
    const outcome result = run(arguments, input);
    EXPECT_NE(result.exit_code, -1);
    std::vector<std::string> out = lines_of(result.out);
    EXPECT_EQ(out.size(), lines.size());
    out.resize(lines.size());
    return out;
}

std::string json_bytes(const std::string& bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            out += c;
        } else {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 0xF];
        }
    }
    return out + "\"";
}

}  // namespace authlint_test
