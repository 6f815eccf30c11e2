#include <authgrammar/audit/redaction.hpp>

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "values/authority.hpp"
#include "values/harmless_value.hpp"

#include <algorithm>
#include <iterator>

namespace authgrammar::audit {

namespace {

/// Where the events end that may be believed: of a value that is not valid, those up to the last complete parameter,
/// but always its scheme.
std::vector<event>::const_iterator trusted_end(const std::vector<event>& events, bool valid) noexcept {
    const bool cut = !valid && !events.empty() && events.back().kind == event_kind::param_name;
    return cut ? std::prev(events.end()) : events.end();
}

/// Collects adjacent pieces, from the start of a value on.
class piece_list {
public:
    /// From the end of the last piece to `end`.
    void add(std::size_t end, bool secret) {
        if (end == done_) return;
        if (!pieces_.empty() && pieces_.back().secret == secret) {
            pieces_.back().end = end;
        } else {
            pieces_.push_back({done_, end, secret});
        }
        done_ = end;
    }
    [[nodiscard]] std::size_t done() const noexcept { return done_; }
    [[nodiscard]] std::vector<shown_piece> take() noexcept { return std::move(pieces_); }

private:
    std::vector<shown_piece> pieces_;
    std::size_t done_ = 0;
};

/// The parameter of that name in the -Info fields of any scheme: they do not say which they are of.
const schemes::parameter_description* find_info_parameter(std::string_view name) noexcept {
    for (const schemes::scheme_description& s : schemes::all_schemes()) {
        if (const auto* p = schemes::find_parameter(s, field_kind::info, name)) return p;
    }
    return nullptr;
}

/// Fields whose value is a URI reference.
constexpr std::string_view target_fields[] = {"Access-Control-Allow-Origin", "Content-Location", "Location", "Origin",
                                              "Referer"};

template <std::size_t N>
bool is_one_of(const std::string_view (&names)[N], std::string_view name) noexcept {
    return std::any_of(std::begin(names), std::end(names),
                       [name](std::string_view each) { return detail::equal_ignoring_case(each, name); });
}

/// Where the authority of a target begins, as the most lenient clients see it: behind a scheme and any number of slashes and
/// backslashes, or behind the first two of these. Without them it may be an authority by itself, as CONNECT has it.
std::size_t authority_begin(std::string_view target) noexcept {
    constexpr std::string_view slashes = "/\\";
    const std::size_t first = target.find_first_of(slashes);
    if (first == std::string_view::npos) return 0;
    const bool has_scheme = first != 0 && target[first - 1] == ':' &&
                            target.substr(0, first - 1).find_first_of("@:") == std::string_view::npos;
    const bool begins = first == 0 && target.size() > 1 && slashes.find(target[1]) != std::string_view::npos;
    const std::size_t found = has_scheme || begins ? first : target.find("//");
    if (found == std::string_view::npos) return 0;
    return std::min(target.find_first_not_of(slashes, found), target.size());
}

/// Adds what is before the query of a target, which is all of `target`.
void add_path(piece_list& pieces, std::string_view target) {
    const std::size_t authority = authority_begin(target);
    // "u:p@h//x": the slashes begin no authority, since one is before them.
    if (target.find_first_of("/\\@") == target.find('@') && target.find('@') < authority) {
        pieces.add(target.size(), true);
        return;
    }
    const std::size_t path = std::min(target.find('/', authority), target.size());
    const std::size_t at = target.substr(0, path).rfind('@');
    const bool has_userinfo = at != std::string_view::npos && at >= authority;
    if (has_userinfo) {
        pieces.add(authority, false);
        pieces.add(at, true);
    }
    // A port that is no number may be the rest of a userinfo.
    const std::size_t host = has_userinfo ? at + 1 : authority;
    const std::size_t port = host + host_in(target.substr(host, path - host)).size() + 1;
    if (port < path && target.substr(port, path - port).find_first_not_of("0123456789") != std::string_view::npos) {
        pieces.add(port, false);
        pieces.add(path, true);
    }
    // Parameters of a path segment, such as ;jsessionid=.
    for (std::size_t semicolon = target.find(';', path); semicolon != std::string_view::npos;) {
        const std::size_t end = std::min(target.find_first_of(";/", semicolon + 1), target.size());
        const std::size_t equals = target.substr(0, end).find('=', semicolon);
        if (equals != std::string_view::npos) {
            pieces.add(equals + 1, false);
            pieces.add(end, true);
        }
        semicolon = target.find(';', end);
    }
    pieces.add(target.size(), false);
}

}  // namespace

bool word_filter::shows_scheme(std::string_view raw) noexcept {
    scheme_ = schemes::find_scheme(raw);
    param_ = nullptr;
    return scheme_ != nullptr;
}

bool word_filter::shows_param_name(std::string_view raw) noexcept {
    if (kind_ == field_kind::info) {
        param_ = find_info_parameter(raw);
    } else {
        param_ = scheme_ == nullptr ? nullptr : schemes::find_parameter(*scheme_, kind_, raw);
    }
    return param_ != nullptr;
}

bool word_filter::shows_param_value(std::string_view raw) const noexcept {
    if (param_ == nullptr || param_->secret) return false;
    const auto is = [raw](std::string_view value) { return detail::equal_ignoring_case(value, raw); };
    if (param_->syntax == schemes::value_syntax::boolean) return is("true") || is("false");
    if (param_->syntax == schemes::value_syntax::nonce_count) {
        return raw.size() == 8 && raw.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    }
    return std::any_of(param_->values.begin(), param_->values.end(), is);
}

bool word_filter::shows(std::string_view value, const event& e) noexcept {
    const std::string_view word = value.substr(e.begin, e.end - e.begin);
    switch (e.kind) {
        case event_kind::scheme: return shows_scheme(word);
        case event_kind::param_name: return shows_param_name(word);
        case event_kind::param_value: return shows_param_value(word);
        case event_kind::token68: return false;
        case event_kind::challenge_begin:
        case event_kind::challenge_end: break;
    }
    return true;
}

std::vector<shown_piece> redact(field_kind kind, std::string_view value, const std::vector<event>& events, bool valid) {
    piece_list pieces;
    word_filter filter(kind);
    const auto end = trusted_end(events, valid);
    for (auto e = events.begin(); e != end; ++e) {
        if (e->kind == event_kind::challenge_begin || e->kind == event_kind::challenge_end) continue;
        const std::size_t quote = e->quoted ? 1 : 0;
        const bool shown = filter.shows(value, *e);
        pieces.add(e->begin - quote, false);
        pieces.add(e->end + quote, !shown);
    }
    pieces.add(std::min(value.find_first_not_of(" \t,", pieces.done()), value.size()), false);
    pieces.add(value.size(), true);
    return pieces.take();
}

std::vector<shown_piece> redact_field(std::optional<field> known, std::string_view name, std::string_view value) {
    if (known && is_secret(*known)) {
        std::vector<event> events;
        const bool valid = read_events(*known, value, edition::rfc9110_recipient, events).code == error_code::none;
        return redact(kind_of(*known), value, events, valid);
    }
    if (is_one_of(target_fields, name)) return redact_target(value);
    piece_list pieces;
    pieces.add(value.size(), !known && !is_harmless(name, value));
    return pieces.take();
}

std::string redacted_field(std::optional<field> known, std::string_view name, std::string_view value) {
    std::string out;
    for (const shown_piece& piece : redact_field(known, name, value)) {
        out.append(piece.secret ? redacted : value.substr(piece.begin, piece.end - piece.begin));
    }
    return out;
}

std::string redacted_field(field f, std::string_view value) { return redacted_field(f, name_of(f), value); }

bool shows_method(std::string_view method) noexcept {
    constexpr std::string_view known[] = {"ACL",
                                          "ANNOUNCE",
                                          "BASELINE-CONTROL",
                                          "BIND",
                                          "CHECKIN",
                                          "CHECKOUT",
                                          "CONNECT",
                                          "COPY",
                                          "DELETE",
                                          "DESCRIBE",
                                          "GET",
                                          "GET_PARAMETER",
                                          "HEAD",
                                          "LABEL",
                                          "LINK",
                                          "LOCK",
                                          "MERGE",
                                          "MKACTIVITY",
                                          "MKCALENDAR",
                                          "MKCOL",
                                          "MKREDIRECTREF",
                                          "MKWORKSPACE",
                                          "MOVE",
                                          "OPTIONS",
                                          "ORDERPATCH",
                                          "PATCH",
                                          "PAUSE",
                                          "PLAY",
                                          "POST",
                                          "PRI",
                                          "PROPFIND",
                                          "PROPPATCH",
                                          "PUT",
                                          "QUERY",
                                          "REBIND",
                                          "RECORD",
                                          "REDIRECT",
                                          "REPORT",
                                          "SEARCH",
                                          "SETUP",
                                          "SET_PARAMETER",
                                          "TEARDOWN",
                                          "TRACE",
                                          "UNBIND",
                                          "UNCHECKOUT",
                                          "UNLINK",
                                          "UNLOCK",
                                          "UPDATE",
                                          "UPDATEREDIRECTREF",
                                          "VERSION-CONTROL"};
    return std::find(std::begin(known), std::end(known), method) != std::end(known);
}

std::vector<shown_piece> redact_target(std::string_view target) {
    piece_list pieces;
    const std::size_t fragment = std::min(target.find('#'), target.size());
    const std::size_t query = std::min(target.find('?'), fragment);
    add_path(pieces, target.substr(0, query));
    // A part of the query without "=" may be anything, and so may one with white space before it, in a folded line. One
    // with nothing but "=" at its end may be base64.
    while (pieces.done() < fragment) {
        const std::size_t begin = pieces.done() + 1;
        const std::size_t end = std::min(target.find_first_of("&;", begin), fragment);
        const std::size_t equals = target.substr(0, end).find('=', begin);
        const bool has_name = target.find_first_not_of('=', equals) < end &&
                              target.substr(begin, equals - begin).find_first_of(" \t") == std::string_view::npos;
        pieces.add(has_name ? equals + 1 : begin, false);
        pieces.add(end, true);
    }
    pieces.add(std::min(fragment + 1, target.size()), false);
    pieces.add(target.size(), true);
    return pieces.take();
}

}  // namespace authgrammar::audit
