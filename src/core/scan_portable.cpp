#include "leap.hpp"
#include "scan_kernels.hpp"

#include <cstring>

namespace authgrammar::detail {

namespace {

[[nodiscard]] bool is_in(unsigned set, char c) noexcept {
    return (sets.of[static_cast<unsigned char>(c)] & 1u << set) != 0;
}

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

/// The sets that all of eight bytes are in.
[[nodiscard]] unsigned common_sets(const char* p) noexcept {
    unsigned all = ~0u;
    for (int i = 0; i < 8; ++i) all &= sets.of[static_cast<unsigned char>(p[i])];
    return all;
}

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
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
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
        if (found != 0) return i + static_cast<std::size_t>(__builtin_ctzll(found)) / 8;
    }
    if (i == size) return size;
    if (size >= 8) {
        // The last eight bytes again, without those that were looked at: NULs follow, the first of which is the end.
        const std::uint64_t rest = load(data + size - 8) >> (8 * (8 - (size - i)));
        return i + static_cast<std::size_t>(__builtin_ctzll(ends_or_escapes(rest))) / 8;
    }
    return i + run_of<run_quoted>::of(data + i, size - i);
}

/// The first byte from `i` on, in a quoted-string, that ends it or cannot stand there. See kernels::quoted.
[[nodiscard]] std::size_t quoted_end(const char* data, std::size_t size, std::size_t i, bool& escaped) noexcept {
    if (!escaped) {
        i = find_end_or_escape(data, size, i);
        if (i == size || (data[i] != '\\' && data[i] != '\t')) return i;
    }
    // Where there is one quoted-pair there may be many, and then this is faster.
    for (;;) {
        if (escaped) {
            if (i == size || ag_class_of[static_cast<unsigned char>(data[i])] == AG_NEVER) return i;
            escaped = false;
            ++i;
        }
        i += run_of<run_quoted>::of(data + i, size - i);
        if (i == size || data[i] != '\\') return i;
        escaped = true;
        ++i;
    }
}

std::size_t quoted(const char* p, std::size_t n, bool& escaped) noexcept { return quoted_end(p, n, 0, escaped); }

/// Looks at bytes one by one.
class by_bytes {
public:
    by_bytes(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}
    struct cursor {};
    static constexpr bool leaps_far = false;
    [[nodiscard]] cursor start() const noexcept { return {}; }
    [[nodiscard]] std::size_t odd(std::size_t i, cursor) noexcept {
        return i + run_of<run_alnum>::of(data_ + i, size_ - i);
    }
    [[nodiscard]] std::size_t quoted(std::size_t i, cursor) noexcept {
        bool escaped = false;
        return quoted_end(data_, size_, i, escaped);
    }
    static void pass(cursor) noexcept {}
    [[nodiscard]] std::size_t seen() const noexcept { return 0; }

private:
    const char* data_;
    std::size_t size_;
};

void leap(standing& s, passage& p) noexcept {
    if (!ready_to_leap(s, p)) return;
    by_bytes finder(p.data, p.size);
    leaper<by_bytes>(s, p, finder).go();
}

/// The form with one SP, at least eight bytes before the "=", and at most two of those: what else has it is left to
/// others. Few branches on lengths, which nobody can predict: the end is looked at first, and the last bytes twice.
token68_form token68(const char* p, std::size_t n) noexcept {
    const token68_form none;
    const std::size_t spaces = run_of<run_tchar>::of(p, n);
    const std::size_t begin = spaces + 1;
    if (spaces == 0 || n < begin + 10 || n > most_indexed || p[spaces] != ' ') return none;
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

bool credentials(const char* p, std::size_t n, event* out) noexcept {
    const token68_form form = token68(p, n);
    if (form.begin == 0) return false;
    write_credentials(form.spaces, form.begin, n, out);
    return true;
}

}  // namespace

const kernels portable_kernels{
    {long_run_of<run_tchar>::of, long_run_of<run_token68>::of, long_run_of<run_quoted>::of, long_run_of<run_sp>::of,
     long_run_of<run_alnum>::of, long_run_of<run_comma>::of, long_run_of<run_equals>::of},
    leap,
    quoted,
    token68,
    credentials};

}  // namespace authgrammar::detail
