#include "values/slip_draft.hpp"

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace authgrammar::audit {

draft::draft(field f, std::string_view value) : draft(f, std::string(value), {}) {}

draft::draft(field f, std::string value, std::vector<edit> history)
    : field_(f),
      own_(std::make_shared<reading>(reading{std::move(value), {}})),
      value_(own_->value),
      events_(&own_->events),
      history_(std::move(history)) {
    why_ = read_events(field_, value_, edition::rfc9110_recipient, own_->events);
}

draft draft::edited(const std::vector<edit>& edits) const {
    std::string after;
    std::vector<edit> history = history_;
    std::size_t done = 0;
    for (const edit& e : edits) {
        after.append(slice(done, e.begin));
        history.push_back({after.size(), after.size() + (e.end - e.begin), e.text});
        after.append(e.text);
        done = e.end;
    }
    after.append(value().substr(done));
    return draft(field_, std::move(after), std::move(history));
}

std::size_t draft::origin(std::size_t at) const noexcept {
    for (auto e = history_.rbegin(); e != history_.rend(); ++e) {
        if (at >= e->begin + e->text.size()) {
            at = at - e->text.size() + (e->end - e->begin);
        } else {
            at = std::min(at, e->begin);
        }
    }
    return at;
}

candidate draft::named(std::string_view id, std::size_t begin, std::size_t end, std::string what, std::string_view fix,
                       std::string_view section) const {
    candidate c;
    // What an edit took away behind the last byte is not part of it.
    const std::size_t last = end > begin ? origin(end - 1) + 1 : origin(end);
    c.found = {id, origin(begin), std::min(origin(end), last), std::move(what), fix, section, false};
    return c;
}

std::string draft::param_name(const event& e) const {
    word_filter filter(kind());
    static_cast<void>(filter.shows_scheme(scheme_before(e.begin)));
    const bool shown = !is_secret(field_) || filter.shows_param_name(text(e));
    return shown ? std::string(text(e)) : "a parameter";
}

std::string_view draft::scheme_before(std::size_t at) const {
    if (!schemes_) {
        std::copy_if(events().begin(), events().end(), std::back_inserter(schemes_.emplace()),
                     [](const event& e) { return e.kind == event_kind::scheme; });
    }
    const auto after = std::upper_bound(schemes_->begin(), schemes_->end(), at,
                                        [](std::size_t place, const event& e) { return place < e.begin; });
    return after == schemes_->begin() ? std::string_view{} : text(*std::prev(after));
}

bool is_white(char c) noexcept { return c == ' ' || c == '\t'; }

bool is_tchar(char c) noexcept {
    const bool alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return alnum || (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

bool is_token(std::string_view text) noexcept { return !text.empty() && token_end(text, 0) == text.size(); }

bool is_token68(std::string_view text) noexcept {
    const std::size_t padding = text.find_last_not_of('=') + 1;
    return padding != 0 && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(padding), [](char c) {
               return (is_tchar(c) && std::string_view("!#$%&'*^`|").find(c) == std::string_view::npos) || c == '/';
           });
}

std::size_t skip_white(std::string_view value, std::size_t at) noexcept {
    while (at < value.size() && is_white(value[at])) ++at;
    return at;
}

std::size_t skip_white_back(std::string_view value, std::size_t at) noexcept {
    while (at > 0 && is_white(value[at - 1])) --at;
    return at;
}

std::size_t token_end(std::string_view value, std::size_t at) noexcept {
    while (at < value.size() && is_tchar(value[at])) ++at;
    return at;
}

std::size_t token_begin(std::string_view value, std::size_t end) noexcept {
    while (end > 0 && is_tchar(value[end - 1])) --end;
    return end;
}

bool param_at(std::string_view value, std::size_t at) noexcept {
    const std::size_t name = token_end(value, at);
    if (name == at) return false;
    const std::size_t equals = skip_white(value, name);
    if (equals >= value.size() || value[equals] != '=') return false;
    const std::size_t begin = skip_white(value, equals + 1);
    return begin < value.size() && value[begin] != '=' && value[begin] != ',';
}

bool scheme_at(std::string_view value, std::size_t at) noexcept {
    const std::size_t end = token_end(value, at);
    if (end < value.size() && !is_white(value[end]) && value[end] != ',') return false;
    return schemes::find_scheme(value.substr(at, end - at)) != nullptr;
}

namespace {

/// What some editors, shells and templates make of a quote; the longest first.
constexpr std::string_view quote_likes[] = {
    "&quot;",       "&apos;",       "&#34;",        "&#39;",        "\xE2\x80\x9C", "\xE2\x80\x9D",
    "\xE2\x80\x9E", "\xE2\x80\x9F", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\xB3", "\xC2\xAB",
    "\xC2\xBB",     "\\\"",         "\x93",         "\x94",         "``",           "''"};

}  // namespace

std::size_t quote_like_at(std::string_view value, std::size_t at) noexcept {
    for (const std::string_view q : quote_likes) {
        if (value.substr(std::min(at, value.size()), q.size()) == q) return q.size();
    }
    return 0;
}

bool element_ends_at(std::string_view value, std::size_t at) noexcept {
    at = skip_white(value, at);
    if (at == value.size()) return true;
    if (value[at] != ',') return false;
    while (at < value.size() && (value[at] == ',' || is_white(value[at]))) ++at;
    return at == value.size() || param_at(value, at) || scheme_at(value, at);
}

std::string quoted(std::string_view text, bool escaped) {
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '\\' && escaped && i + 1 < text.size();
        if (text[i] == '"' || (text[i] == '\\' && !pair)) out += '\\';
        out += text[i];
        if (pair) out += text[++i];
    }
    return out + "\"";
}

bool is_jwt(std::string_view text) noexcept {
    return text.substr(0, 3) == "eyJ" && std::count(text.begin(), text.end(), '.') == 2;
}

bool is_basic_base64(std::string_view text) {
    std::string octets(schemes::base64_decoded_size(text.size()), '\0');
    const auto decoded =
        schemes::decode_base64(text, &octets[0], octets.size(), {schemes::tolerance::base64_missing_padding});
    if (!decoded) return false;
    octets.resize(decoded->size);
    const bool printable = std::all_of(octets.begin(), octets.end(),
                                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '\x7F'; });
    return printable && octets.find(':') != std::string::npos && octets.find(':') != 0;
}

std::string base64_of(std::string_view text) {
    std::string out(schemes::base64_encoded_size(text.size()), '\0');
    out.resize(schemes::encode_base64(text, &out[0]));
    return out;
}

}  // namespace authgrammar::audit
