#include "block_runs.hpp"
#include "element_reader.hpp"
#include "kernels.hpp"
#include "token68.hpp"

#include <cstring>

namespace authgrammar::detail {

namespace {

template <unsigned Set>
struct run_of {
    static std::size_t of(const char* p, std::size_t n) noexcept {
        std::size_t i = 0;
        for (; n - i >= 8; i += 8) {
            if (!is_in(Set, p[i])) return i;
            if (!is_in(Set, p[i + 1])) return i + 1;
            if (!is_in(Set, p[i + 2])) return i + 2;
            if (!is_in(Set, p[i + 3])) return i + 3;
            if (!is_in(Set, p[i + 4])) return i + 4;
            if (!is_in(Set, p[i + 5])) return i + 5;
            if (!is_in(Set, p[i + 6])) return i + 6;
            if (!is_in(Set, p[i + 7])) return i + 7;
        }
        while (i < n && is_in(Set, p[i])) ++i;
        return i;
    }
};

/// A run that is likely to be long: most is counted by eight bytes.
template <unsigned Set>
struct long_run_of {
    static std::size_t of(const char* p, std::size_t n) noexcept {
        std::size_t i = 0;
        while (n - i >= 8 && (common_sets(p + i) & 1u << Set) != 0) i += 8;
        return i + run_of<Set>::of(p + i, n - i);
    }
};

/// Eight bytes as a number, the first of them lowest.
[[nodiscard]] std::uint64_t load(const char* p) noexcept {
    std::uint64_t bytes = 0;
#if AUTHGRAMMAR_IS_LITTLE_ENDIAN
    std::memcpy(&bytes, p, sizeof bytes);
#else
    for (int i = 0; i < 8; ++i) bytes |= std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
#endif
    return bytes;
}

/// Zero, or a number whose lowest bit is in the first byte that is a control, DQUOTE, "\\" or DEL. Subtraction carries
/// only from a byte that is found into those behind it.
[[nodiscard]] std::uint64_t ends_or_escapes(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101u;
    const auto below = [](std::uint64_t x, unsigned c) { return (x - ones * c) & ~x; };
    return (below(bytes, ' ') | below(bytes ^ ones * '"', 1) | below(bytes ^ ones * '\\', 1) |
            below(bytes ^ ones * 0x7F, 1)) &
           ones * 0x80;
}

/// The first byte from `i` on that is one of those, or `size`.
[[nodiscard]] std::size_t find_end_or_escape(const char* data, std::size_t size, std::size_t i) noexcept {
    for (; size - i >= 8; i += 8) {
        const std::uint64_t found = ends_or_escapes(load(data + i));
        if (found != 0) return i + trailing_zeros(found) / 8;
    }
    if (i == size) return size;
    if (size >= 8) {
        // The last eight bytes again, without those that were looked at: NULs follow, the first of which is the end.
        const std::uint64_t rest = load(data + size - 8) >> (8 * (8 - (size - i)));
        return i + trailing_zeros(ends_or_escapes(rest)) / 8;
    }
    return i + run_of<run_quoted>::of(data + i, size - i);
}

/// The first byte from `i` on, in a quoted-string, that ends it or that it cannot hold. See quoted_length().
[[nodiscard]] std::size_t quoted_end(const char* data, std::size_t size, std::size_t i, bool& escaped) noexcept {
    if (!escaped) {
        i = find_end_or_escape(data, size, i);
        if (i == size || (data[i] != '\\' && data[i] != '\t')) return i;
    }
    // Where there is one quoted-pair there may be many, and then this is faster.
    for (;;) {
        if (escaped) {
            if (i == size || class_of(data[i]) == AG_NEVER) return i;
            escaped = false;
            ++i;
        }
        i += run_of<run_quoted>::of(data + i, size - i);
        if (i == size || data[i] != '\\') return i;
        escaped = true;
        ++i;
    }
}

std::size_t quoted_length_by_eights(const char* p, std::size_t n, bool& escaped) noexcept {
    return quoted_end(p, n, 0, escaped);
}

/// A source for element_reader that looks at bytes one by one.
class byte_source {
public:
    byte_source(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}
    struct cursor {};
    static constexpr bool crosses_ows = false;
    [[nodiscard]] cursor start() const noexcept { return {}; }
    [[nodiscard]] std::size_t next_delimiter(std::size_t i, cursor) noexcept {
        return i + run_of<run_alnum>::of(data_ + i, size_ - i);
    }
    [[nodiscard]] std::size_t quoted_end(std::size_t i, cursor) noexcept {
        bool escaped = false;
        return detail::quoted_end(data_, size_, i, escaped);
    }
    static void skip(cursor) noexcept {}
    [[nodiscard]] std::size_t scanned() const noexcept { return 0; }

private:
    const char* data_;
    std::size_t size_;
};

void read_elements_by_bytes(tokenizer_state& s, bulk_chunk& chunk) noexcept {
    if (!enter_element(s, chunk)) return;
    byte_source source(chunk.data, chunk.size);
    element_reader<byte_source>(s, chunk, source).run();
}

bool read_scheme_token68_by_eights(tokenizer_state& s, const char* p, std::size_t n, event* out) noexcept {
    return begin_token68_value(s, token68_by_eights(p, n), n, out);
}

bool read_token68_value_by_eights(const char* p, std::size_t n, event* out) noexcept {
    const token68_form form = token68_by_eights(p, n);
    if (form.begin == 0) return false;
    write_token68_value(form, n, out);
    return true;
}

/// The element reader is entered in just the states that element_start_table names, and follows the step there.
constexpr bool enters_where_elements_start() noexcept {
    for (int state = 0; state <= AG_STATES; ++state) {
        const int after_comma = state_after_comma(state);
        const bool enters = after_comma != AG_DEAD || first_part_reads(state);
        if (enters != standard_tables::of.element_starts.of[state]) return false;
        for (const int flags : ag_edition_flags) {
            if (after_comma == AG_DEAD) continue;
            if (ag_step(flags, AG_CHALLENGES, state, AG_COMMA) != static_cast<ag_step_result>(after_comma))
                return false;
        }
    }
    return true;
}
static_assert(enters_where_elements_start());

}  // namespace

const kernel_table portable_kernels{
    {long_run_of<run_tchar>::of, long_run_of<run_token68>::of, long_run_of<run_quoted>::of, long_run_of<run_sp>::of,
     long_run_of<run_alnum>::of, long_run_of<run_comma>::of, long_run_of<run_equals>::of},
    quoted_length_by_eights,
    read_elements_by_bytes,
    read_scheme_token68_by_eights,
    read_token68_value_by_eights};

}  // namespace authgrammar::detail
