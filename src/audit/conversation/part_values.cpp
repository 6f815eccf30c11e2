#include "conversation/part_values.hpp"

#include <algorithm>

namespace authgrammar::audit {

namespace {

/// One past the challenge_end of the challenge that begins at `first`.
const event* end_of_part(const event* first, const event* last) noexcept {
    const event* const end =
        std::find_if(first, last, [](const event& e) { return e.kind == event_kind::challenge_end; });
    return end == last ? last : end + 1;
}

}  // namespace

part_values::part_values(const field_reading& in, const event* first, const event* last) noexcept
    : in_(&in), bytes_(in.value().data()), first_(first), last_(last) {
    if (first_ != last_ && first_->kind == event_kind::challenge_begin) {
        scheme_ = first_ + 1;
        first_ += 2;
        --last_;
    }
    if (first_ == last_) return;
    const std::size_t begin = first_->begin;
    has_escapes_ = std::string_view(bytes_ + begin, last_[-1].end - begin).find('\\') != std::string_view::npos;
    for_each_param([this](std::string_view name, const event& value) {
        std::uint32_t& number = values_[digest_name_table.find(name)];
        if (number == 0) number = static_cast<std::uint32_t>(&value - first_);
        return true;
    });
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
    return part_values(*r, first, end_of_part(first, first + r->events().size()));
}

void read_parts(const field_reading* r, std::vector<part_values>& into) {
    into.clear();
    if (r == nullptr) return;
    const event* first = r->events().data();
    const event* const last = first + r->events().size();
    while (first != last) {
        const event* const end = end_of_part(first, last);
        into.emplace_back(*r, first, end);
        first = end;
    }
}

}  // namespace authgrammar::audit
