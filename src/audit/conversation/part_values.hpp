#ifndef AUTHGRAMMAR_AUDIT_CONVERSATION_PART_VALUES_HPP
#define AUTHGRAMMAR_AUDIT_CONVERSATION_PART_VALUES_HPP

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/text.hpp>

#include "conversation/fingerprint.hpp"
#include "core/ascii.hpp"
#include "values/digest_name.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace authgrammar::audit {

/// A value, unescaped, and where it stands.
struct placed_value {
    fingerprint text;
    span at;
};

/// One challenge, the credentials, or a whole -Info field, with the values of the parameters that Digest has, the first of each
/// name. They are found in one pass. Other schemes have some of these parameters, too. A view: the reading must outlive it.
class part_values {
public:
    /// Of the events from `first` on: the challenge or the credentials that begin there, or an -Info field. `end` is that of all
    /// events. Linear.
    part_values(const field_reading& in, const event* first, const event* end) noexcept;

    /// The end of its events: one past challenge_end, if it has one.
    [[nodiscard]] const event* end() const noexcept { return scheme_ == nullptr ? last_ : last_ + 1; }

    [[nodiscard]] const field_reading& in() const noexcept { return *in_; }

    /// As it is spelled; empty in an -Info field.
    [[nodiscard]] std::string_view scheme() const noexcept {
        return scheme_ == nullptr ? std::string_view() : raw(*scheme_);
    }
    /// Where the scheme stands. Not of an -Info field, which has none.
    [[nodiscard]] span scheme_at() const noexcept { return in_->source(*scheme_); }
    /// Compared without regard to ASCII case.
    [[nodiscard]] bool has_scheme(std::string_view name) const noexcept {
        return detail::equal_ignoring_case(scheme(), name);
    }
    [[nodiscard]] bool has_token68() const noexcept { return first_ != last_ && first_->kind == event_kind::token68; }

    /// The value of the first parameter of that name; null if there is none. Constant time, as all functions below are in the
    /// number of parameters.
    [[nodiscard]] const event* operator[](digest_name name) const noexcept {
        const std::uint32_t number = values_[static_cast<std::size_t>(name)];
        return number == 0 ? nullptr : first_ + number;
    }
    [[nodiscard]] text text_of(const event& value) const noexcept;
    [[nodiscard]] span at(const event& value) const noexcept { return in_->source(value); }
    [[nodiscard]] fingerprint known(const event& value) const;
    [[nodiscard]] std::optional<fingerprint> known(digest_name name) const;
    /// Makes `into` the value of that name and its place; leaves it if there is none.
    void place(digest_name name, std::optional<placed_value>& into) const;
    /// Whether there is a parameter of that name, and it is `word`, without regard to ASCII case.
    [[nodiscard]] bool says(digest_name name, std::string_view word) const noexcept;

    /// Calls `visit(name, value)` for each parameter, in order, until it answers false.
    template <typename Visit>
    void for_each_param(Visit&& visit) const {
        for (const event* e = first_; last_ - e >= 2 && visit(raw(e[0]), e[1]); e += 2) {
        }
    }

private:
    /// As field_reading::text(), but without its check of the bounds.
    [[nodiscard]] std::string_view raw(const event& e) const noexcept { return {bytes_ + e.begin, e.end - e.begin}; }

    const field_reading* in_;
    const char* bytes_;  ///< of the value of the field
    const event* scheme_ = nullptr;
    const event* first_;  ///< of the parameters, or the token68
    const event* last_;
    bool has_escapes_ = false;  ///< there is a backslash in it, so that there may be escapes
    /// The value of each name, as its distance from first_; 0 if there is none. The last entry is for other names.
    std::array<std::uint32_t, digest_names + 1> values_{};
};

/// The first challenge, or the credentials, of a field in one line; nothing if it has neither, or several lines, or is not there.
/// Linear.
[[nodiscard]] std::optional<part_values> first_part(const field_reading* r) noexcept;

/// Makes `into` all challenges of a field; none if there is no field. Linear.
void read_parts(const field_reading* r, std::vector<part_values>& into);

}  // namespace authgrammar::audit

#endif
