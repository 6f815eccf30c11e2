#ifndef AUTHLINT_TERMINAL_HPP
#define AUTHLINT_TERMINAL_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace authlint {

enum class style { bold, faint, red, yellow, green, cyan };

/// Colours for text on stdout: none off a terminal, with NO_COLOR, or on a dumb terminal.
class palette {
public:
    /// What stdout and the environment call for.
    static palette for_stdout();

    explicit palette(bool coloured) noexcept : coloured_(coloured) {}

    [[nodiscard]] std::string bold(std::string_view text) const { return painted(style::bold, text); }
    [[nodiscard]] std::string faint(std::string_view text) const { return painted(style::faint, text); }
    [[nodiscard]] std::string red(std::string_view text) const { return painted(style::red, text); }
    [[nodiscard]] std::string yellow(std::string_view text) const { return painted(style::yellow, text); }
    [[nodiscard]] std::string green(std::string_view text) const { return painted(style::green, text); }
    [[nodiscard]] std::string cyan(std::string_view text) const { return painted(style::cyan, text); }
    [[nodiscard]] std::string painted(style as, std::string_view text) const;

    /// Appends the same to `out`.
    void append(std::string& out, style as, std::string_view text) const;

private:
    bool coloured_;
};

/// The bytes with everything but printable ASCII as \t, \r, \n or \xHH: harmless on any terminal.
[[nodiscard]] std::string printable(std::string_view bytes);

/// Appends the same to `out`.
void append_printable(std::string& out, std::string_view bytes);

/// The same, at most about `most` columns of it; if there is more, its size follows in parentheses.
[[nodiscard]] std::string printable_start(std::string_view bytes, std::size_t most);

/// The text broken into lines of at most `width` columns at its spaces, each line after the first indented.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent, std::size_t width = 100);

/// The columns of the terminal that stdout is; nothing if it is none.
[[nodiscard]] std::optional<std::size_t> terminal_width();

/// Thrown when stdout takes no more: whoever reads it has gone, or the disk is full. `errno` says why. It is no
/// std::exception, so that nobody but run() catches it.
struct output_failed {};

/// Takes what this process prints, in a process that prints nothing itself.
class output_sink {
public:
    output_sink() = default;
    output_sink(const output_sink&) = delete;
    output_sink& operator=(const output_sink&) = delete;
    virtual ~output_sink() = default;

    virtual void print(std::string_view text) = 0;
    virtual void complain(std::string_view text) = 0;
};

/// From now on print() and complain() hand their text to `sink`, which must live as long as the process.
void redirect_output(output_sink& sink) noexcept;

/// Writes to stdout, or throws output_failed.
void print(std::string_view text);

/// Sends what print() has kept back, or throws output_failed.
void flush();

/// Shows a line of status on stderr, in place of the one before, until anything else is printed. Nothing off a terminal.
void show_status(std::string_view text);

/// Whether somebody is there to see it.
[[nodiscard]] bool can_show_status();

/// Lets SIGINT and SIGTERM end the reading of inputs, and not the program, which can then sum up. The second one ends it.
void catch_interrupts();

/// Whether one came.
[[nodiscard]] bool interrupted() noexcept;

/// Writes "authlint: …" and a line end to stderr, printable.
void complain(std::string_view text);

/// Says on stderr that input is awaited, if stdin is a terminal: nobody waits for a program that waits for him.
void announce_terminal_input(std::string_view what);

}  // namespace authlint

#endif
