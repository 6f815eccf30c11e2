#include "leap.hpp"
#include "scan_kernels.hpp"

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

std::size_t quoted(const char* p, std::size_t n, bool& escaped) noexcept {
    std::size_t i = 0;
    for (;;) {
        if (i == n) return n;
        if (escaped) {
            if (ag_class_of[static_cast<unsigned char>(p[i])] == AG_NEVER) return i;
            escaped = false;
            ++i;
        }
        i += run_of<run_quoted>::of(p + i, n - i);
        if (i == n || p[i] != '\\') return i;
        escaped = true;
        ++i;
    }
}

/// Looks at bytes one by one.
class by_bytes {
public:
    by_bytes(const char* data, std::size_t size) noexcept : data_(data), size_(size) {}
    struct cursor {};
    [[nodiscard]] cursor start() const noexcept { return {}; }
    [[nodiscard]] std::size_t odd(std::size_t i, cursor) noexcept {
        return i + run_of<run_alnum>::of(data_ + i, size_ - i);
    }
    [[nodiscard]] std::size_t quoted(std::size_t i, cursor) noexcept {
        bool escaped = false;
        return i + detail::quoted(data_ + i, size_ - i, escaped);
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

/// The sets that all of eight bytes are in.
[[nodiscard]] unsigned common_sets(const char* p) noexcept {
    unsigned all = ~0u;
    for (int i = 0; i < 8; ++i) all &= sets.of[static_cast<unsigned char>(p[i])];
    return all;
}

/// The form with one SP, at least eight bytes before the "=", and at most two of those: what else has it is left to
/// others. Few branches on lengths, which nobody can predict: the end is looked at first, and the last bytes twice.
token68_form token68(const char* p, std::size_t n) noexcept {
    constexpr token68_form none{0, 0, 0, false};
    const std::size_t spaces = run_of<run_tchar>::of(p, n);
    const std::size_t begin = spaces + 1;
    if (spaces == 0 || n < begin + 10 || p[spaces] != ' ') return none;
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

const kernels portable_kernels{run_any<run_of>, leap, quoted, token68, credentials};

}  // namespace authgrammar::detail
