#include "tree.hpp"

#include "common/field_text.hpp"
#include "common/wording.hpp"

#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/text.hpp>

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::event;
using authgrammar::event_kind;
using authgrammar::detail::counted;
using authgrammar::detail::unescaped;

std::string shown_value(std::string_view value, const event& e, const tree_style& style) {
    if (style.hidden) return style.colours.faint(authgrammar::audit::redacted);
    const std::string_view raw = value.substr(e.begin, e.end - e.begin);
    if (!e.quoted) return printable_start(raw, style.longest);
    std::string out = "\"" + printable_start(raw, style.longest) + "\"";
    if (raw.find('\\') != std::string_view::npos) {
        const std::string meant = unescaped({value, e.begin, e.end, e.quoted});
        out += style.colours.faint("  that is: ") + printable_start(meant, style.longest);
    }
    return out;
}

std::size_t count(const std::vector<event>& events, event_kind kind) {
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [kind](const event& e) { return e.kind == kind; }));
}

/// Columns of the longest parameter name, so that the values stand under each other.
std::size_t name_width(const std::vector<event>& events) {
    std::size_t width = std::string_view("token68").size();
    for (const event& e : events) {
        if (e.kind == event_kind::param_name) width = std::max<std::size_t>(width, e.end - e.begin);
    }
    return std::min<std::size_t>(width, 24);
}

}  // namespace

std::string make_tree(std::string_view value, const std::vector<event>& events, const tree_style& style) {
    std::string out;
    const bool in_challenge = count(events, event_kind::scheme) != 0;
    const std::string scheme_indent(style.indent, ' ');
    const std::string part_indent(style.indent + (in_challenge ? 2 : 0), ' ');
    const std::size_t width = name_width(events);
    for (const event& e : events) {
        const std::string_view raw = value.substr(e.begin, e.end - e.begin);
        switch (e.kind) {
            case event_kind::scheme:
                out += scheme_indent + style.colours.bold(printable_start(raw, style.longest)) + "\n";
                break;
            case event_kind::token68:
                out += part_indent + std::string("token68") + std::string(width - 7 + 2, ' ') +
                       shown_value(value, e, style) + "\n";
                break;
            case event_kind::param_name:
                out += part_indent + style.colours.cyan(printable_start(raw, style.longest)) +
                       std::string((raw.size() < width ? width - raw.size() : 0) + 2, ' ');
                break;
            case event_kind::param_value: out += shown_value(value, e, style) + "\n"; break;
            case event_kind::challenge_begin:
            case event_kind::challenge_end: break;
        }
    }
    return out;
}

std::string contents(authgrammar::field f, const std::vector<event>& events) {
    switch (kind_of(f)) {
        case authgrammar::field_kind::challenges: return counted(count(events, event_kind::scheme), "challenge");
        case authgrammar::field_kind::credentials: return "credentials";
        case authgrammar::field_kind::info: break;
    }
    return counted(count(events, event_kind::param_name), "parameter");
}

}  // namespace authlint
