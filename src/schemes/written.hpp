#ifndef AUTHGRAMMAR_SCHEMES_WRITTEN_HPP
#define AUTHGRAMMAR_SCHEMES_WRITTEN_HPP

#include <authgrammar/field.hpp>
#include <authgrammar/text.hpp>
#include <authgrammar/writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fault.hpp"

namespace authgrammar::schemes {

/// The digits of a number.
class decimal {
public:
    explicit decimal(std::uint64_t number) noexcept {
        do {
            digits_[--first_] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
    }
    [[nodiscard]] std::string_view digits() const noexcept { return {digits_ + first_, sizeof digits_ - first_}; }

private:
    char digits_[20];
    std::size_t first_ = sizeof digits_;
};

/// The result of refusing to write what breaks a rule.
[[nodiscard]] inline write_result refusal(error_code code, std::string_view expected, rule broken) noexcept {
    write_result r;
    r.code = code;
    r.section = broken.section;
    r.expected = expected;
    return r;
}

/// Up to N parameters to write, in order.
template <std::size_t N>
class written_params {
public:
    void add(std::string_view name, const text& value, param_form form) noexcept {
        list_[size_++] = {name, value, form};
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// The result of refusing the value of a parameter, for the octet at `offset` of it.
    [[nodiscard]] write_result refuse(std::string_view name, std::size_t offset, std::string_view expected,
                                      rule broken) const noexcept {
        write_result r = refusal(error_code::forbidden_octet, expected, broken);
        r.part = written_part::param_value;
        while (r.param < size_ && !list_[r.param].name.equals(name)) ++r.param;
        r.offset = offset;
        r.rule = name;
        return r;
    }

    [[nodiscard]] write_result write_challenge(field f, std::string_view scheme, char* buffer,
                                               std::size_t capacity) const noexcept {
        const auto made = spec<challenge_spec>(scheme);
        return write_challenges(f, &made, 1, buffer, capacity);
    }
    [[nodiscard]] write_result write_credentials(field f, std::string_view scheme, char* buffer,
                                                 std::size_t capacity) const noexcept {
        return authgrammar::write_credentials(f, spec<credentials_spec>(scheme), buffer, capacity);
    }
    [[nodiscard]] write_result write_info(field f, char* buffer, std::size_t capacity) const noexcept {
        return authgrammar::write_info(f, list_.data(), size_, buffer, capacity);
    }

private:
    template <typename Spec>
    [[nodiscard]] Spec spec(std::string_view scheme) const noexcept {
        Spec made(scheme);
        made.params = list_.data();
        made.param_count = size_;
        return made;
    }

    std::array<param_spec, N> list_{};
    std::size_t size_ = 0;
};

}  // namespace authgrammar::schemes

#endif
