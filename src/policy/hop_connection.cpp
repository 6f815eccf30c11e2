#include "common/field_text.hpp"
#include "hop_rules.hpp"

// The fields that Connection names: hop by hop, so that an intermediary removes them (RFC 9110, 7.6.1).

namespace authgrammar::policy {

namespace {

constexpr std::string_view requirement = "R9110-7.6.1-connection";
constexpr std::string_view section = "RFC 9110, 7.6.1";

/// Whether the message that was sent still has what was received.
bool is_kept(field_change change) noexcept {
    switch (change) {
        case field_change::unchanged:
        case field_change::recombined:
        case field_change::respelled:
        case field_change::reordered: return true;
        case field_change::added:
        case field_change::dropped:
        case field_change::changed: break;
    }
    return false;
}

bool is_for_all_recipients(field f) noexcept {
    return f == field::authorization || f == field::www_authenticate || f == field::authentication_info;
}

}  // namespace

bool is_connection_option(const hop_message& m, std::string_view name) {
    for (const std::string_view option : pieces_of(values_of(m, "Connection"))) {
        if (detail::equal_ignoring_case(option, name)) return true;
    }
    return false;
}

// decides: R9110-7.6.1-connection
void judge_connection_options(hop_finding& found, const hop_message& received, const hop_message& sent) {
    if (found.allowed == permission::forbidden) return;
    const std::string_view name = name_of(*found.field);
    if (is_kept(found.change) && is_connection_option(received, name)) {
        found.text = "The message listed the field in Connection, so it had to be removed before forwarding.";
    } else if (found.change != field_change::dropped && is_for_all_recipients(*found.field) &&
               is_connection_option(sent, name)) {
        found.text =
            "The forwarded message lists the field in Connection, so the next hop removes it. The field is for all "
            "recipients and must not be listed there.";
    } else {
        return;
    }
    found.allowed = permission::forbidden;
    found.requirement = requirement;
    found.section = section;
}

}  // namespace authgrammar::policy
