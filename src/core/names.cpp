#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include "ascii.hpp"
#include "field_names.hpp"

#include <cstdint>
#include <optional>

namespace authgrammar {

namespace {

using detail::registered_name;

/// The fields by the lengths of their names: the first of each length, and behind each field the next of the same length.
struct fields_by_length {
    static constexpr std::uint8_t none = 0xFF;
    std::uint8_t first[32] = {};
    std::uint8_t next[all_fields.size()] = {};

    constexpr fields_by_length() noexcept {
        for (std::uint8_t& i : first) i = none;
        for (std::size_t i = all_fields.size(); i-- != 0;) {
            std::uint8_t& same_length = first[registered_name(all_fields[i]).size()];
            next[i] = same_length;
            same_length = static_cast<std::uint8_t>(i);
        }
    }
};
constexpr fields_by_length by_length;

}  // namespace

std::string_view name_of(field f) noexcept { return registered_name(f); }

std::optional<field> field_from_name(std::string_view name) noexcept {
    if (name.size() >= sizeof by_length.first) return std::nullopt;
    for (std::size_t i = by_length.first[name.size()]; i != fields_by_length::none; i = by_length.next[i]) {
        const std::string_view registered = registered_name(all_fields[i]);
        if (detail::equal_ignoring_case(name.data(), registered.data(), registered.size())) return all_fields[i];
    }
    return std::nullopt;
}

std::string_view name_of(edition e) noexcept {
    switch (e) {
        case edition::rfc7235: return "rfc7235";
        case edition::rfc9110_recipient: return "rfc9110-recipient";
        case edition::rfc9110_sender: break;
    }
    return "rfc9110-sender";
}

std::optional<edition> edition_from_name(std::string_view name) noexcept {
    for (const edition e : all_editions) {
        if (name == name_of(e)) return e;
    }
    return std::nullopt;
}

std::string_view name_of(event_kind k) noexcept {
    switch (k) {
        case event_kind::challenge_begin: return "challenge_begin";
        case event_kind::scheme: return "scheme";
        case event_kind::token68: return "token68";
        case event_kind::param_name: return "param_name";
        case event_kind::param_value: return "param_value";
        case event_kind::challenge_end: break;
    }
    return "challenge_end";
}

}  // namespace authgrammar
