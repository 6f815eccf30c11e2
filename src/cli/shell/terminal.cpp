#include "shell/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace authlint {

namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : std::string_view(value);
}

volatile std::sig_atomic_t interrupt_came = 0;
bool status_shown = false;
output_sink* redirected_to = nullptr;

void clear_status() {
    if (!status_shown) return;
    status_shown = false;
    std::fputs("\r\x1B[K", stderr);
}

bool is_printable(char c) noexcept { return c >= 0x20 && c < 0x7F; }

/// Of ECMA-48, 8.3.117.
std::string_view code_of(style as) noexcept {
    switch (as) {
        case style::bold: return "1";
        case style::faint: return "2";
        case style::red: return "1;31";
        case style::yellow: return "1;33";
        case style::green: return "1;32";
        case style::cyan: break;
    }
    return "36";
}

/// Eight bytes at a time. False may be said of printable bytes behind others.
bool all_printable(std::string_view bytes) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    constexpr std::uint64_t high = 0x80 * each;
    if (bytes.size() < sizeof each) return std::all_of(bytes.begin(), bytes.end(), is_printable);
    std::uint64_t others = 0;
    const auto look_at = [&](const char* at) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        others |= word | (word + each) | (word - 0x20 * each);
    };
    // The last word overlaps the one before it.
    const char* const last = bytes.data() + bytes.size() - sizeof each;
    for (const char* at = bytes.data(); at < last; at += sizeof each) look_at(at);
    look_at(last);
    return (others & high) == 0;
}

void append_printable(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t') {
        out += "\\t";
    } else if (c == '\r') {
        out += "\\r";
    } else if (c == '\n') {
        out += "\\n";
    } else if (is_printable(c)) {
        out += c;
    } else {
        out += "\\x";
        out += digits[byte >> 4];
        out += digits[byte & 0xF];
    }
}

}  // namespace

palette palette::for_stdout() {
    return palette(::isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR").empty() && environment("TERM") != "dumb");
}

std::string palette::painted(style as, std::string_view text) const {
    std::string out;
    append(out, as, text);
    return out;
}

void palette::append(std::string& out, style as, std::string_view text) const {
    if (!coloured_ || text.empty()) {
        out += text;
        return;
    }
    out.append("\x1B[").append(code_of(as)).append("m").append(text).append("\x1B[0m");
}

void append_printable(std::string& out, std::string_view bytes) {
    if (all_printable(bytes)) {
        out += bytes;
        return;
    }
    for (const char c : bytes) append_printable(out, c);
}

std::string printable(std::string_view bytes) {
    std::string out;
    append_printable(out, bytes);
    return out;
}

std::string printable_start(std::string_view bytes, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (out.size() >= most) return out + "... (" + std::to_string(bytes.size()) + " bytes)";
        append_printable(out, bytes[i]);
    }
    return out;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
    std::string out;
    std::size_t column = indent;
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        if (column != indent && column + 1 + word.size() > width) {
            out.append("\n").append(indent, ' ');
            column = indent;
        }
        if (column != indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}

std::optional<std::size_t> terminal_width() {
    if (::isatty(STDOUT_FILENO) != 1) return std::nullopt;
    constexpr std::size_t usual = 80;  // of a terminal that does not say
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
    return size.ws_col;
}

void show_status(std::string_view text) {
    if (!can_show_status()) return;
    status_shown = true;
    const std::string line = "\r" + printable(text) + "\x1B[K";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

bool can_show_status() { return ::isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb"; }

void catch_interrupts() {
    struct sigaction action {};
    action.sa_handler = [](int) { interrupt_came = 1; };
    // A write that waits goes on, or output would be lost. What waits for input waits in poll(), which ends all the same.
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() noexcept { return interrupt_came != 0; }

void redirect_output(output_sink& sink) noexcept { redirected_to = &sink; }

void print(std::string_view text) {
    if (redirected_to != nullptr) return redirected_to->print(text);
    clear_status();
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) throw output_failed();
}

void flush() {
    if (redirected_to != nullptr) return;
    if (std::fflush(stdout) != 0) throw output_failed();
}

void complain(std::string_view text) {
    if (redirected_to != nullptr) return redirected_to->complain(text);
    clear_status();
    std::fflush(stdout);
    const std::string line = "authlint: " + printable(text) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void announce_terminal_input(std::string_view what) {
    if (::isatty(STDIN_FILENO) != 1) return;
    complain("reading " + std::string(what) + " from the terminal; end it with Ctrl-D");
}

}  // namespace authlint
