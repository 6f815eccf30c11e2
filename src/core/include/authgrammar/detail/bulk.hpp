#ifndef AUTHGRAMMAR_DETAIL_BULK_HPP
#define AUTHGRAMMAR_DETAIL_BULK_HPP

// What the tokenizer reads many bytes at once with. Each function works with the instruction set in use (isa.hpp),
// reads no byte outside the ones it is given, allocates nothing and takes time linear in the bytes that it looks at.

#include <authgrammar/detail/tokenizer_state.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/export.hpp>

#include <cstddef>
#include <cstdint>

namespace authgrammar::detail {

/// A chunk that is being read, and where its events go.
struct bulk_chunk {
    const char* data;
    std::size_t size;
    std::uint32_t start;      ///< the position of its first byte
    std::size_t at;           ///< the index of the byte to read on from
    std::size_t scanned = 0;  ///< the index up to which bytes were looked at
    event* out;               ///< where the next event goes
    event* last;              ///< one past the room for events

    /// The index from which whole elements may be tried again. What was looked at in vain is paid for by steps, so that
    /// all of it stays linear.
    [[nodiscard]] std::size_t retry_at() const noexcept { return scanned > at ? scanned : at + 1; }
};

/// No list element has more events than this: those of the challenge before it that ends, of a challenge that begins,
/// and of one word or parameter.
inline constexpr std::ptrdiff_t events_of_element = 4;

/// For a run_set, how many of the first bytes of the `n` at `p` are in it.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::size_t run_length(unsigned set, const char* p, std::size_t n) noexcept;

/// How many of the first bytes of the `n` at `p`, inside a quoted-string, are before a DQUOTE that ends it or a byte
/// that it cannot hold. `escaped` says whether "\" is before them, and in the end before what follows.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::size_t quoted_length(const char* p, std::size_t n, bool& escaped) noexcept;

/// Reads on from a state of element_start_table, as far as the elements are whole and of a plain form and there is room
/// for their events. Does what the steps would do, and leaves the state as they would leave it at bulk_chunk::at, but
/// for the position, and for marks that no later event is made from. The steps read what is left.
AUTHGRAMMAR_EXPORT void read_elements(tokenizer_state& s, bulk_chunk& chunk) noexcept;

/// If the `n` bytes at `p` have the form 1*tchar 1*SP token68 and are within the limits: reads them as the begin of
/// credentials, whose first two events go to `out`. False if they have another form or need a closer look; nothing has
/// changed then, except `out`.
[[nodiscard]] AUTHGRAMMAR_EXPORT bool read_scheme_token68(tokenizer_state& s, const char* p, std::size_t n,
                                                          event* out) noexcept;

/// If the `n` bytes at `p`, `n` at least 1, have that form: writes the four events of such credentials. Looks at no limit. False as
/// for read_scheme_token68().
[[nodiscard]] AUTHGRAMMAR_EXPORT bool read_token68_value(const char* p, std::size_t n, event* out) noexcept;

/// These functions as a parameter of basic_tokenizer.
struct bulk_functions {
    /// Shorter chunks are read by steps and runs alone.
    static constexpr std::size_t shortest = 16;

    [[nodiscard]] static std::size_t run_length(unsigned set, const char* p, std::size_t n) noexcept {
        return detail::run_length(set, p, n);
    }
    [[nodiscard]] static std::size_t quoted_length(const char* p, std::size_t n, bool& escaped) noexcept {
        return detail::quoted_length(p, n, escaped);
    }
    static void read_elements(tokenizer_state& s, bulk_chunk& chunk) noexcept { detail::read_elements(s, chunk); }
    [[nodiscard]] static bool read_scheme_token68(tokenizer_state& s, const char* p, std::size_t n,
                                                  event* out) noexcept {
        return detail::read_scheme_token68(s, p, n, out);
    }
};

}  // namespace authgrammar::detail

#endif
