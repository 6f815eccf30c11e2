#ifndef AUTHGRAMMAR_CORE_BULK_TOKEN68_HPP
#define AUTHGRAMMAR_CORE_BULK_TOKEN68_HPP

// The form 1*tchar 1*SP token68, which most credentials have: everything that reads it other than byte by byte.

#include <authgrammar/detail/bulk.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/step_tables.hpp>

#include "block_runs.hpp"
#include "kernels.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// A value, or the part of it that has come, of that form: where its spaces begin, where its token68 begins, and where
/// the "=" at its end begin, if any. `begin` is 0 for any other form. Small enough to be returned in registers; of
/// values over longest_bulk none has the form.
struct token68_form {
    std::uint32_t spaces = 0;
    std::uint32_t begin = 0;
    std::uint32_t equals = 0;
    bool slash = false;  ///< the token68 holds "/"

    token68_form() noexcept = default;
    token68_form(std::size_t scheme_end, std::size_t first, std::size_t end, bool with_slash) noexcept
        : spaces(static_cast<std::uint32_t>(scheme_end)),
          begin(static_cast<std::uint32_t>(first)),
          equals(static_cast<std::uint32_t>(end)),
          slash(with_slash) {}
};

/// The state after a token68 with or without "/" and so many "=": "/" or a second "=" decide for token68, a single "="
/// leaves it undecided.
[[nodiscard]] inline int state_in_token68(bool slash, std::size_t equals) noexcept {
    static constexpr std::uint8_t states[2][3] = {{AG_WORD_T, AG_WORD_T_EQ, AG_TOKEN68_EQ},
                                                  {AG_TOKEN68, AG_TOKEN68_EQ, AG_TOKEN68_EQ}};
    return states[slash ? 1 : 0][equals < 2 ? equals : 2];
}

/// Where a token68 ends that a source of element_reader finds, and the state in it.
template <typename Source>
struct token68_extent {
    std::size_t end;
    std::size_t equals;  ///< where the "=" at its end begin
    int state;
    typename Source::cursor cursor;
};
template <typename Source>
[[nodiscard]] inline token68_extent<Source> find_token68_end(Source& source, typename Source::cursor cursor,
                                                             const char* data, std::size_t size, std::size_t begin,
                                                             std::size_t end) noexcept {
    const auto is = [&](std::size_t i, char c) { return i < size && data[i] == c; };
    bool slash = false;
    while (is(end, '/')) {
        slash = true;
        end = source.next_delimiter(end + 1, cursor);
    }
    const std::size_t equals = end;
    while (equals != begin && is(end, '=')) {
        const std::size_t delimiter = source.next_delimiter(++end, cursor);
        if (delimiter != end) break;
    }
    return {end, equals, state_in_token68(slash, end - equals), cursor};
}

/// The form of 8 to 63 bytes by two masks of a block, with one SP and at most seven "=": what else has it is left to
/// others. Without branches, because the lengths of credentials are what nobody can predict.
template <typename Block>
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE token68_form short_token68(const char* p, std::size_t n, bool& found) noexcept {
    const typename Block::token68_masks m = Block::part(p, 0, n).token68();
    // The last byte is not looked at, so that there is one behind the scheme.
    const std::size_t spaces = trailing_zeros(~(m.tchar & Block::low_bits(n - 1)));
    const std::size_t begin = spaces + 1;
    const std::uint64_t from_begin = m.token68 >> begin;
    const std::size_t equals = begin + trailing_zeros(~from_begin);
    std::uint64_t last;
    std::memcpy(&last, p + n - 8, 8);
    const std::size_t padding = leading_zeros((last ^ 0x3D3D3D3D3D3D3D3Du) | 1) / 8;
    found = ((m.tchar & from_begin & 1) != 0) & (p[spaces] == ' ') & (equals + padding >= n);
    return {spaces, begin, equals, (m.token68 & ~m.tchar) != 0};
}

/// A bit for each byte of a block.
template <typename Block>
[[maybe_unused]] constexpr std::uint64_t all_bits = ~std::uint64_t{0} >> (64 - Block::width);

/// The form of a block and more. The first block must hold the scheme and where the token68 begins.
template <typename Block>
[[nodiscard]] AUTHGRAMMAR_NOINLINE token68_form long_token68(const char* p, std::size_t n) noexcept {
    const Block b = Block::whole(p);
    const std::uint64_t tchar = b.members(run_tchar);
    const std::uint64_t sp = b.equal(' ');
    const std::uint64_t token68 = b.members(run_token68);
    const token68_form none;
    if ((tchar & 1) == 0 || ~tchar == 0 || n > longest_bulk) return none;
    const std::size_t spaces = trailing_zeros(~tchar);
    const std::size_t begin = spaces + trailing_zeros(~(sp >> spaces));
    if (begin == spaces || begin >= Block::width || (token68 >> begin & 1) == 0) return none;
    // Parameters show in the first block too, mostly: nothing but "=" may follow what is no token68.
    const std::uint64_t rest = ~token68 >> begin << begin;
    if (rest != 0 && ((~b.equal('=') & all_bits<Block>) >> trailing_zeros(rest)) != 0) return none;
    const std::size_t alnum = begin + run<Block, run_alnum>(p + begin, n - begin);
    const std::size_t end = alnum + run<Block, run_token68>(p + alnum, n - alnum);
    const std::size_t after = end == n ? n : end + run<Block, run_equals>(p + end, n - end);
    return {spaces, after == n ? begin : 0, end, end != alnum};
}

/// The same by a byte and by eight at a time, with one SP, at least eight bytes before the "=" and at most two of
/// those: what else has the form is left to others. Few branches on lengths: the end is looked at first, and the last
/// bytes twice.
[[nodiscard, maybe_unused]] inline token68_form token68_by_eights(const char* p, std::size_t n) noexcept {
    const token68_form none;
    std::size_t spaces = 0;
    while (spaces < n && is_in(run_tchar, p[spaces])) ++spaces;
    const std::size_t begin = spaces + 1;
    if (spaces == 0 || n < begin + 10 || n > longest_bulk || p[spaces] != ' ') return none;
    const unsigned last = p[n - 1] == '=' ? 1 : 0;
    const std::size_t equals = n - last - (p[n - 2] == '=' ? last : 0);
    unsigned all = common_sets(p + equals - 8);
    for (std::size_t i = begin; equals - i > 8; i += 8) {
        all &= common_sets(p + i);
        if ((all & 1u << run_token68) == 0) return none;
    }
    if ((all & 1u << run_token68) == 0) return none;
    return {spaces, begin, equals, (all & 1u << run_alnum) == 0};
}

/// The events of credentials of that form, `n` bytes long: a copy of what is the same for all, and the rest.
inline void write_token68_value(token68_form form, std::size_t n, event* out) noexcept {
    static constexpr event all[4] = {{event_kind::challenge_begin, false, 0, 0},
                                     {event_kind::scheme, false, 0, 0},
                                     {event_kind::token68, false, 0, 0},
                                     {event_kind::challenge_end, false, 0, 0}};
    std::memcpy(static_cast<void*>(out), all, sizeof all);
    out[1].end = form.spaces;
    out[2].begin = form.begin;
    out[2].end = out[3].end = static_cast<std::uint32_t>(n);
}

/// read_scheme_token68() of a value that has the form, if it does. Nothing was read before.
[[nodiscard]] inline bool begin_token68_value(tokenizer_state& s, token68_form form, std::size_t n,
                                              event* out) noexcept {
    if (form.begin == 0 || form.spaces > s.limits_->name_length || n - form.begin > s.limits_->value_length ||
        n > s.limits_->total_bytes || s.limits_->challenges == 0) {
        return false;
    }
    out[0] = {event_kind::challenge_begin, false, 0, 0};
    out[1] = {event_kind::scheme, false, 0, form.spaces};
    s.challenges_ = 1;
    s.challenge_begin_ = 0;
    s.last_end_ = form.spaces;
    s.word_begin_ = form.begin;
    const int state = state_in_token68(form.slash, n - form.equals);
    s.state_ = static_cast<std::uint8_t>(state);
    s.word_end_ = state == AG_WORD_T_EQ ? form.equals : form.spaces;
    s.position_ = static_cast<std::uint32_t>(n);
    return true;
}

}  // namespace

}  // namespace authgrammar::detail

#endif
