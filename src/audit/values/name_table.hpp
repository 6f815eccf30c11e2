#ifndef AUTHGRAMMAR_AUDIT_NAME_TABLE_HPP
#define AUTHGRAMMAR_AUDIT_NAME_TABLE_HPP

#include "core/ascii.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar::audit {

/// Which of a few names a name is, compared without regard to ASCII case. At most one of them has its size and the same sum of
/// its first and last letter, which tells at once that most names are none. `Longest` is the size of the longest name.
template <std::size_t Count, std::size_t Longest>
class name_table {
public:
    /// `names` are spelled as most senders do, of static storage, and no longer than `Longest`.
    constexpr explicit name_table(const std::string_view (&names)[Count]) noexcept : names_(names) {
        for (std::size_t i = 0; i < Count; ++i) {
            std::uint8_t& row = rows_[names[i].size()][ends_of(names[i])];
            unique_ = unique_ && row == 0;
            row = static_cast<std::uint8_t>(i + 1);
        }
    }

    /// Whether each name can be found: for a static_assert.
    [[nodiscard]] constexpr bool unique() const noexcept { return unique_; }

    /// The index of the name; `Count` if it is none of them. Constant time.
    [[nodiscard]] std::size_t find(std::string_view name) const noexcept {
        if (name.empty() || name.size() > Longest) return Count;
        const std::size_t row = rows_[name.size()][ends_of(name)];
        return row != 0 && same(name.data(), names_[row - 1].data(), name.size()) ? row - 1 : Count;
    }

private:
    /// Most have the same case too.
    [[nodiscard]] static bool same(const char* a, const char* b, std::size_t size) noexcept {
        return detail::same_octets(a, b, size) || detail::equal_ignoring_case(a, b, size);
    }

    /// The same for both cases of a letter.
    [[nodiscard]] static constexpr std::size_t ends_of(std::string_view name) noexcept {
        return (static_cast<unsigned char>(name[0]) + 2U * static_cast<unsigned char>(name[name.size() - 1])) & 31U;
    }

    static_assert(Count < 256);
    const std::string_view* names_;
    std::array<std::array<std::uint8_t, 32>, Longest + 1> rows_{};
    bool unique_ = true;
};

}  // namespace authgrammar::audit

#endif
