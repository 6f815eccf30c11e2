#include "shell/tree.hpp"

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

/// Columns of the longest parameter name, so that the values are aligned. A redacted name has that of "<redacted>".
std::size_t name_width(const std::vector<event>& events, const std::vector<bool>& shown) {
    std::size_t width = std::string_view("token68").size();
    for (std::size_t i = 0; i < events.size(); ++i) {
        const event& e = events[i];
        if (e.kind != event_kind::param_name) continue;
        width = std::max<std::size_t>(width, shown[i] ? e.end - e.begin : authgrammar::audit::redacted.size());
    }
    return std::min<std::size_t>(width, 24);
}

std::vector<bool> shown_events(authgrammar::field_kind kind, std::string_view value, const std::vector<event>& events,
                               bool hidden) {
    std::vector<bool> shown(events.size(), true);
    if (!hidden) return shown;
    authgrammar::audit::word_filter filter(kind);
    for (std::size_t i = 0; i < events.size(); ++i) shown[i] = filter.shows(value, events[i]);
    return shown;
}

}  // namespace

std::string make_tree(authgrammar::field_kind kind, std::string_view value, const std::vector<event>& events,
                      const tree_style& style) {
    std::string out;
    const bool in_challenge = count(events, event_kind::scheme) != 0;
    const std::string scheme_indent(style.indent, ' ');
    const std::string part_indent(style.indent + (in_challenge ? 2 : 0), ' ');
    const std::vector<bool> shown = shown_events(kind, value, events, style.hidden);
    const std::size_t width = name_width(events, shown);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const event& e = events[i];
        const std::string_view raw = shown[i] ? value.substr(e.begin, e.end - e.begin) : authgrammar::audit::redacted;
        const std::string hidden = style.colours.faint(authgrammar::audit::redacted);
        switch (e.kind) {
            case event_kind::scheme:
                out += scheme_indent + (shown[i] ? style.colours.bold(printable_start(raw, style.longest)) : hidden) +
                       "\n";
                break;
            case event_kind::token68:
                out += part_indent + std::string("token68") + std::string(width - 7 + 2, ' ') +
                       (shown[i] ? shown_value(value, e, style) : hidden) + "\n";
                break;
            case event_kind::param_name:
                out += part_indent + (shown[i] ? style.colours.cyan(printable_start(raw, style.longest)) : hidden) +
                       std::string((raw.size() < width ? width - raw.size() : 0) + 2, ' ');
                break;
            case event_kind::param_value: out += (shown[i] ? shown_value(value, e, style) : hidden) + "\n"; break;
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
