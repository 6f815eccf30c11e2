#include "conversation/part_values.hpp"

namespace authgrammar::audit {

part_values::part_values(const field_reading& in, const event* first, const event* end) noexcept
    : in_(&in), bytes_(in.value().data()), first_(first) {
    if (first_ != end && first_->kind == event_kind::challenge_begin) {
        scheme_ = first_ + 1;
        first_ += 2;
    }
    const event* e = first_;
    if (e != end && e->kind == event_kind::token68) ++e;
    for (std::uint32_t number = 1; end - e >= 2 && e->kind == event_kind::param_name; number += 2, e += 2) {
        std::uint32_t& first_of_name = values_[digest_name_table.find(raw(*e))];
        if (first_of_name == 0) first_of_name = number;
    }
    last_ = e;
    if (first_ == last_) return;
    const std::size_t begin = first_->begin;
    has_escapes_ = std::string_view(bytes_ + begin, last_[-1].end - begin).find('\\') != std::string_view::npos;
}

text part_values::text_of(const event& value) const noexcept {
    return {field_value(in_->value()), value.begin, value.end, value.quoted};
}

fingerprint part_values::known(const event& value) const {
    return has_escapes_ && value.quoted ? fingerprint_of_text(text_of(value)) : fingerprint_of(raw(value));
}

std::optional<fingerprint> part_values::known(digest_name name) const {
    const event* const value = (*this)[name];
    return value == nullptr ? std::nullopt : std::optional(known(*value));
}

void part_values::place(digest_name name, std::optional<placed_value>& into) const {
    if (const event* const value = (*this)[name]) into.emplace(placed_value{known(*value), at(*value)});
}

bool part_values::says(digest_name name, std::string_view word) const noexcept {
    const event* const value = (*this)[name];
    return value != nullptr && text_of(*value).equals_ignoring_case(word);
}

std::optional<part_values> first_part(const field_reading* r) noexcept {
    if (r == nullptr || r->lines().size() != 1 || r->events().empty()) return std::nullopt;
    const event* const first = r->events().data();
    return std::optional<part_values>(std::in_place, *r, first, first + r->events().size());
}

void read_parts(const field_reading* r, std::vector<part_values>& into) {
    into.clear();
    if (r == nullptr) return;
    const event* first = r->events().data();
    const event* const last = first + r->events().size();
    while (first != last) first = into.emplace_back(*r, first, last).end();
}

}  // namespace authgrammar::audit
