#ifndef AUTHGRAMMAR_DETAIL_SCAN_HPP
#define AUTHGRAMMAR_DETAIL_SCAN_HPP

#include <authgrammar/detail/step.h>
#include <authgrammar/detail/standing.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/export.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>

// What the tokenizer asks of many bytes at once: how far a run of bytes of one set goes, where a quoted-string ends,
// whether all is a scheme and a token68, and what whole elements of a list say. Sets are unions of the classes of
// step.h; whatever has no such form goes through the table of steps, byte by byte.
namespace authgrammar::detail {

/// The sets of bytes that runs are made of.
enum run_set : unsigned {
    run_tchar,
    run_token68,
    run_quoted,
    run_sp,
    run_alnum,  ///< tchar and token68 both
    run_comma,
    run_equals,
    run_sets,
    run_none = run_sets
};

/// Whether a byte of class `c` is in the set.
[[nodiscard]] constexpr bool in_set(unsigned set, int c) noexcept {
    switch (set) {
        case run_tchar: return c == AG_ALNUM || c == AG_SIGN;
        case run_token68: return c == AG_ALNUM || c == AG_SLASH;
        case run_quoted: return c != AG_NEVER && c != AG_DQUOTE && c != AG_BACKSLASH;
        case run_sp: return c == AG_SP;
        case run_comma: return c == AG_COMMA;
        case run_alnum: return c == AG_ALNUM;
        case run_equals: return c == AG_EQUALS;
        default: return false;
    }
}

/// A value, or the part of it that has come, of the form 1*tchar 1*SP token68: where the spaces begin, where the
/// token68 begins, and where the "=" at its end begin. The rest is "=", or nothing. `begin` is 0 for any other form.
/// Small enough to be returned in registers; of values of more than 2^31 - 1 bytes none has the form.
struct token68_form {
    std::uint32_t spaces = 0;
    std::uint32_t begin = 0;
    std::uint32_t equals = 0;
    std::uint32_t slash = 0;  ///< 1 if the token68 holds "/"

    token68_form() noexcept = default;
    token68_form(std::size_t scheme_end, std::size_t first, std::size_t end, bool with_slash) noexcept
        : spaces(static_cast<std::uint32_t>(scheme_end)),
          begin(static_cast<std::uint32_t>(first)),
          equals(static_cast<std::uint32_t>(end)),
          slash(with_slash ? 1 : 0) {}
};

/// The state after a value of that form, by whether it holds "/" and by its "=", two meaning more: "/" or a second "="
/// decide for token68, a single "=" leaves the word undecided.
inline constexpr std::uint8_t state_by_padding[2][3] = {{AG_WORD_T, AG_WORD_T_EQ, AG_TOKEN68_EQ},
                                                        {AG_TOKEN68, AG_TOKEN68_EQ, AG_TOKEN68_EQ}};

/// A chunk that is read in leaps.
struct passage {
    const char* data;
    std::size_t size;
    std::uint64_t start;   ///< the position of its first byte
    std::size_t at;        ///< where to read on
    std::size_t seen = 0;  ///< up to where its bytes were looked at
    event* out;            ///< where the next event goes
    event* last;           ///< one past the room for events

    /// Where to leap again after this leap has ended: what was looked at in vain is paid for by steps, so that all of
    /// it stays linear.
    [[nodiscard]] std::size_t next_leap() const noexcept { return seen > at ? seen : at + 1; }
};

/// No element of a list sends more events than this.
inline constexpr std::ptrdiff_t events_of_element = 4;

/// Where a leap may begin.
struct leap_state_table {
    bool of[AG_STATES + 1]{};
    constexpr leap_state_table() noexcept {
        for (const int state :
             {AG_START, AG_COMMA_S, AG_COMMA_S_WS, AG_COMMA_PS, AG_COMMA_PS_WS, AG_SCHEME_SP, AG_VALUE_END}) {
            of[state] = true;
        }
    }
};
inline constexpr leap_state_table leap_states{};

/// Where a leap puts its events: straight into an event_buffer, for other consumers into a place between.
template <typename Consumer>
struct event_room {
    static constexpr bool direct = false;
};
template <>
struct event_room<event_buffer> {
    static constexpr bool direct = true;
    [[nodiscard]] static event* next(event_buffer& b) noexcept { return b.data_ + b.size_; }
    [[nodiscard]] static event* last(event_buffer& b) noexcept { return b.data_ + b.capacity_; }
    [[nodiscard]] static std::size_t left(const event_buffer& b) noexcept { return b.capacity_ - b.size_; }
    static void take(event_buffer& b, std::size_t count) noexcept { b.size_ += count; }
    static void take_up_to(event_buffer& b, const event* end) noexcept {
        b.size_ = static_cast<std::size_t>(end - b.data_);
    }
};
template <std::size_t Capacity>
struct event_room<inline_event_buffer<Capacity>> : event_room<event_buffer> {};

/// Takes some events and refuses the next.
struct refusing_consumer {
    std::ptrdiff_t takes;
    bool on_event(const event&) noexcept { return takes-- > 0; }
};

/// Whether a consumer's events may come from leaps. A refusing one goes again over what a leap has read.
template <typename Consumer>
struct may_leap {
    static constexpr bool value = true;
};
template <>
struct may_leap<refusing_consumer> {
    static constexpr bool value = false;
};

/// What an instruction set offers. No function reads a byte outside [p, p + n).
struct kernels {
    /// For each of the sets, how many of the first bytes of the `n` at `p` are in it.
    std::size_t (*run[run_sets])(const char* p, std::size_t n) noexcept;
    /// Reads on, from a place where an element of a list or what follows a scheme begins, as far as the elements are
    /// whole and of a plain form and there is room for their events. Says what the steps would say, and leaves the
    /// tokenizer as the steps would leave it at passage::at, but for the position and for marks that no later event is
    /// made from. What is left is for the steps.
    void (*leap)(standing& s, passage& p) noexcept;
    /// How many of the first bytes of the `n` at `p`, inside a quoted-string, are before a DQUOTE that ends it or a
    /// byte that it cannot hold. `escaped` says whether "\" stands before them, and in the end before what follows.
    std::size_t (*quoted)(const char* p, std::size_t n, bool& escaped) noexcept;
    /// The form of the `n` bytes at `p`, `n` at least 1, or none if they have it in an unusual way.
    token68_form (*token68)(const char* p, std::size_t n) noexcept;
    /// If the `n` bytes at `p`, `n` at least 1, have that form, writes the four events of such credentials.
    bool (*credentials)(const char* p, std::size_t n, event* out) noexcept;
};

/// What this machine offers. Set before main; see isa.hpp.
AUTHGRAMMAR_EXPORT extern const kernels* active_kernels;

/// The sets of each byte, a bit for each set: what a byte at a time needs, in one table.
struct set_table {
    unsigned char of[256]{};
    constexpr set_table() noexcept {
        for (int byte = 0; byte < 256; ++byte) {
            for (unsigned set = 0; set < run_sets; ++set) {
                if (in_set(set, ag_class_of[byte])) of[byte] = static_cast<unsigned char>(of[byte] | 1u << set);
            }
        }
    }
};
inline constexpr set_table sets{};

/// Counts the runs of a chunk. Most are short: only what is longer is given to the kernels.
class scanner {
public:
    scanner(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}
    [[nodiscard]] std::size_t run(unsigned set, std::size_t i) const noexcept {
        // A long chunk that begins in a word is likely to go on in it.
        if (i == 0 && size_ >= 64) return active_kernels->run[set](data_, size_);
        const unsigned wanted = 1u << set;
        const std::size_t few = size_ - i < short_run ? size_ : i + short_run;
        for (; i < few; ++i) {
            if ((sets.of[static_cast<unsigned char>(data_[i])] & wanted) == 0) return i;
        }
        return i == size_ ? i : i + active_kernels->run[set](data_ + i, size_ - i);
    }

private:
    static constexpr std::size_t short_run = 12;
    const char* data_;
    std::size_t size_;
};

}  // namespace authgrammar::detail

#endif
