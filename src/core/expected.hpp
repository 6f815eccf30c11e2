#ifndef AUTHGRAMMAR_CORE_EXPECTED_HPP
#define AUTHGRAMMAR_CORE_EXPECTED_HPP

#include <authgrammar/detail/step.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar::detail {

/// What may follow in a state: a bit for each class of bytes, and one for the end of the value.
using viable_set = unsigned;
inline constexpr viable_set viable_end = 1u << AG_CLASSES;

/// Asks the step itself, so that what an error says is expected is what the tokenizer accepts.
[[nodiscard]] constexpr viable_set viable_in(int flags, int kind, int state) noexcept {
    viable_set set = 0;
    for (int c = 0; c < AG_CLASSES; ++c) {
        if ((ag_step(flags, kind, state, c) & 0xFF) != AG_DEAD) set |= 1u << c;
    }
    if ((ag_finish(flags, kind, state) & 0xFF) != AG_DEAD) set |= viable_end;
    return set;
}

/// Every viable set that any state has in any language, in words such as "tchar, SP or \",\""; made at compile time, one
/// text behind the other.
class expectation_table {
public:
    constexpr expectation_table() noexcept {
        for (int edition = 0; edition < AG_EDITIONS; ++edition) {
            for (int kind = 0; kind < AG_KINDS; ++kind) {
                for (int state = 0; state < AG_STATES; ++state) {
                    of_[edition][kind][state] = find_or_add(viable_in(ag_edition_flags[edition], kind, state));
                }
            }
        }
    }

    /// What may follow in `state`, in words: a view of this table. Constant time.
    [[nodiscard]] constexpr std::string_view words(int edition, int kind, int state) const noexcept {
        const unsigned char i = of_[edition][kind][state];
        return {text_.data() + begins_[i], static_cast<std::size_t>(begins_[i + 1U] - begins_[i])};
    }

private:
    static constexpr std::size_t most_sets = 32;
    static constexpr std::size_t most_text = 1024;

    constexpr unsigned char find_or_add(viable_set set) noexcept {
        std::size_t i = 0;
        while (i < count_ && sets_[i] != set) ++i;
        if (i == count_) {
            sets_[count_++] = static_cast<std::uint16_t>(set);
            append_words(set);
            begins_[count_] = static_cast<std::uint16_t>(size_);
        }
        return static_cast<unsigned char>(i);
    }

    constexpr void append_words(viable_set set) noexcept {
        constexpr viable_set tchar = 1u << AG_ALNUM | 1u << AG_SIGN;
        const bool slash = (set & 1u << AG_SLASH) != 0;
        std::array<std::string_view, 9> parts{};
        std::size_t count = 0;
        const auto add = [&](bool wanted, std::string_view part) {
            if (wanted) parts[count++] = part;
        };
        add((set & tchar) == tchar, "tchar");
        add((set & tchar) == 1u << AG_ALNUM, "a token68 character");
        add(slash && (set & tchar) == tchar, "\"/\"");
        add((set & 1u << AG_EQUALS) != 0, "\"=\"");
        add((set & 1u << AG_DQUOTE) != 0, "DQUOTE");
        add((set & 1u << AG_COMMA) != 0, "\",\"");
        add((set & 1u << AG_SP) != 0, "SP");
        add((set & 1u << AG_HTAB) != 0, "HTAB");
        add((set & viable_end) != 0, "the end of the value");
        for (std::size_t i = 0; i < count; ++i) {
            if (i != 0) append(i + 1 == count ? " or " : ", ");
            append(parts[i]);
        }
    }
    constexpr void append(std::string_view part) noexcept {
        for (const char c : part) text_[size_++] = c;
    }

    std::array<char, most_text> text_{};
    std::size_t size_ = 0;
    std::array<std::uint16_t, most_sets + 1> begins_{};
    std::array<std::uint16_t, most_sets> sets_{};
    std::size_t count_ = 0;
    unsigned char of_[AG_EDITIONS][AG_KINDS][AG_STATES]{};
};

}  // namespace authgrammar::detail

#endif
