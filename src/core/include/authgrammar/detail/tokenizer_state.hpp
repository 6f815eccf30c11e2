#ifndef AUTHGRAMMAR_DETAIL_TOKENIZER_STATE_HPP
#define AUTHGRAMMAR_DETAIL_TOKENIZER_STATE_HPP

#include <authgrammar/detail/step.h>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>

#include <cstdint>

namespace authgrammar::detail {

/// All that the tokenizer knows between two bytes. Positions are bytes from the start of the value.
struct tokenizer_state {
    const limits* limits_;
    std::uint32_t position_ = 0;
    std::uint32_t word_begin_ = 0;
    std::uint32_t word_end_ = 0;
    std::uint32_t challenge_begin_ = 0;
    std::uint32_t last_end_ = 0;  // of the last scheme, token68 or value of the open challenge
    std::uint32_t challenges_ = 0;
    std::uint32_t params_ = 0;
    std::uint32_t empty_elements_ = 0;
    field field_;
    edition edition_;
    std::uint8_t flags_;  // of the edition
    field_kind kind_;     // of the field
    std::uint8_t state_ = AG_START;
    error_code status_ = error_code::none;
    // The two misuses need no state of their own: AG_DEAD with status `none` means finished.

    tokenizer_state(const limits* bounds, field f, edition e, std::uint8_t flags) noexcept
        : limits_(bounds), field_(f), edition_(e), flags_(flags), kind_(kind_of(f)) {}

    /// How many more are allowed; none if a limit was lowered after more had been read.
    [[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE static constexpr std::uint32_t left(std::uint32_t limit,
                                                                                std::uint32_t used) noexcept {
        return limit > used ? limit - used : 0;
    }
    [[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE std::uint32_t bytes_left() const noexcept {
        return left(limits_->total_bytes, position_);
    }
    [[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE std::uint32_t params_left() const noexcept {
        return left(limits_->params, params_);
    }
    [[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE std::uint32_t empty_elements_left() const noexcept {
        return left(limits_->empty_elements, empty_elements_);
    }
    [[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE bool challenges_left() const noexcept {
        return challenges_ < limits_->challenges;
    }

    error_code refuse(error_code code, std::uint32_t offset) noexcept {
        position_ = offset;
        return status_ = code;
    }
};

}  // namespace authgrammar::detail

#endif
