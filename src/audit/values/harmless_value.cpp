#include "values/harmless_value.hpp"

#include <authgrammar/field.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include "common/field_text.hpp"
#include "core/written_text.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace authgrammar::audit {

namespace {

using detail::equal_ignoring_case;
using detail::is_digit;
using detail::is_tchar;

/// Longer words are no names, methods or directives; a JSON Web Token is longer.
constexpr std::size_t longest_word = 64;

/// RFC 1035, 2.3.4.
constexpr std::size_t longest_label = 63;

bool is_white(char c) noexcept { return c == ' ' || c == '\t'; }

/// Whether no run of the octets that `is_of` takes is longer than `longest`.
template <typename IsOf>
bool has_runs_up_to(std::size_t longest, std::string_view text, IsOf&& is_of) noexcept {
    std::size_t run = 0;
    return std::all_of(text.begin(), text.end(), [&](char c) {
        run = is_of(c) ? run + 1 : 0;
        return run <= longest;
    });
}

/// Reads a value from its start on.
class reader {
public:
    explicit reader(std::string_view value) noexcept : left_(value) {}

    [[nodiscard]] bool at_end() const noexcept { return left_.empty(); }

    bool skip(char c) noexcept {
        if (left_.empty() || left_.front() != c) return false;
        left_.remove_prefix(1);
        return true;
    }

    /// Whether there was white space.
    bool skip_white() noexcept { return !take(is_white).empty(); }

    /// The octets that `is_of` takes.
    template <typename IsOf>
    std::string_view take(IsOf&& is_of) noexcept {
        const auto end = std::find_if_not(left_.begin(), left_.end(), is_of);
        const std::string_view taken = left_.substr(0, static_cast<std::size_t>(end - left_.begin()));
        left_.remove_prefix(taken.size());
        return taken;
    }

    [[nodiscard]] bool is_at(char c) const noexcept { return !left_.empty() && left_.front() == c; }

    /// A quoted-string (RFC 9110, 5.6.4).
    bool skip_quoted() noexcept { return skip_enclosed('"', '"'); }

    /// A comment (RFC 9110, 5.6.5).
    bool skip_comment() noexcept { return skip_enclosed('(', ')'); }

private:
    /// Only if its words are no longer than those outside.
    bool skip_enclosed(char open, char close) noexcept {
        const std::string_view all = left_;
        return skip_balanced(open, close) &&
               has_runs_up_to(longest_word, all.substr(0, all.size() - left_.size()), is_tchar);
    }

    bool skip_balanced(char open, char close) noexcept {
        if (!skip(open)) return false;
        for (std::size_t depth = 1; !left_.empty(); left_.remove_prefix(1)) {
            if (left_.front() == '\\' && left_.size() > 1) {
                left_.remove_prefix(1);
            } else if (left_.front() == close) {
                if (--depth == 0) return skip(close);
            } else if (left_.front() == open) {
                ++depth;
            }
        }
        return false;
    }

    std::string_view left_;
};

bool is_name(std::string_view word) noexcept { return !word.empty() && word.size() <= longest_word; }

/// token [ "/" token ], such as a protocol, a media range or a product.
bool read_name(reader& r) noexcept { return is_name(r.take(is_tchar)) && (!r.skip('/') || is_name(r.take(is_tchar))); }

/// token [ "=" ( token / quoted-string ) ]
bool read_argument(reader& r) noexcept {
    if (!is_name(r.take(is_tchar))) return false;
    return !r.skip('=') || r.skip_quoted() || is_name(r.take(is_tchar));
}

/// Names and arguments between commas and semicolons: RFC 9110, 5.6.1 and 5.6.6; RFC 9111, 5.2.
bool is_list(std::string_view value) noexcept {
    reader r(value);
    r.skip_white();
    while (!r.at_end()) {
        if (!r.skip(',') && !r.skip(';')) {
            if (!read_name(r)) return false;
            if (r.skip('=') && !r.skip_quoted() && !is_name(r.take(is_tchar))) return false;
            r.skip_white();
            if (!r.at_end() && !r.skip(',') && !r.skip(';')) return false;
        }
        r.skip_white();
    }
    return true;
}

/// RFC 9110, 8.3.1, of the registered types.
bool is_media_type(std::string_view value) noexcept {
    constexpr std::string_view types[] = {"application", "audio", "example",   "font", "haptics", "image",
                                          "message",     "model", "multipart", "text", "video"};
    reader r(value);
    const std::string_view type = r.take(is_tchar);
    const bool known = std::any_of(std::begin(types), std::end(types),
                                   [&](std::string_view t) { return equal_ignoring_case(t, type); });
    if (!known || !r.skip('/') || !is_name(r.take(is_tchar))) return false;
    for (r.skip_white(); !r.at_end(); r.skip_white()) {
        if (!r.skip(';')) return false;
        r.skip_white();
        if (!r.at_end() && !read_argument(r)) return false;
    }
    return true;
}

/// A date in the forms of RFC 9110, 5.6.7, a delay, or the 0 and -1 of Expires.
bool is_date(std::string_view value) noexcept {
    constexpr std::string_view words[] = {"Mon",    "Tue",     "Wed",       "Thu",      "Fri",    "Sat",      "Sun",
                                          "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
                                          "Jan",    "Feb",     "Mar",       "Apr",      "May",    "Jun",      "Jul",
                                          "Aug",    "Sep",     "Oct",       "Nov",      "Dec",    "GMT",      "UTC"};
    reader r(value);
    while (!r.at_end()) {
        r.take([](char c) { return std::string_view(" \t,:-+").find(c) != std::string_view::npos; });
        const std::string_view word =
            r.take([](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
        const bool number = word.size() <= 10 && std::all_of(word.begin(), word.end(), is_digit);
        if (word.empty() && !r.at_end()) return false;
        if (!number && std::find(std::begin(words), std::end(words), word) == std::end(words)) return false;
    }
    return true;
}

bool is_number(std::string_view value) noexcept {
    return value.find_first_not_of("0123456789 \t,+-") == std::string_view::npos;
}

/// uri-host [ ":" port ] (RFC 9110, 7.2).
bool read_host(reader& r) noexcept {
    if (r.skip('[')) {
        const auto in_address = [](char c) { return detail::hex_value(c) >= 0 || c == ':' || c == '.'; };
        if (r.take(in_address).empty() || !r.skip(']')) return false;
    } else {
        const std::string_view name = r.take([](char c) { return is_tchar(c) || c == '='; });
        if (!has_runs_up_to(longest_label, name, [](char c) { return c != '.'; })) return false;
    }
    return !r.skip(':') || r.take(is_digit).size() <= 5;
}

bool is_host(std::string_view value) noexcept {
    reader r(value);
    return read_host(r) && r.at_end();
}

/// [ protocol-name "/" ] protocol-version, of HTTP: any other word before a host could be anything.
bool read_protocol(reader& r) noexcept {
    std::string_view version = r.take(is_tchar);
    if (r.skip('/')) {
        if (!equal_ignoring_case(version, "HTTP") && !equal_ignoring_case(version, "HTTPS")) return false;
        version = r.take(is_tchar);
    }
    return !version.empty() && version.size() <= 3 && is_digit(version.front()) &&
           version.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// RFC 9110, 7.6.3: who received it is a host or a pseudonym.
bool is_via(std::string_view value) noexcept {
    reader r(value);
    for (r.skip_white(); !r.at_end(); r.skip_white()) {
        if (r.skip(',')) continue;
        if (!read_protocol(r) || !r.skip_white() || !read_host(r)) return false;
        r.skip_white();
        if (r.is_at('(') && !r.skip_comment()) return false;
        r.skip_white();
        if (!r.at_end() && !r.skip(',')) return false;
    }
    return true;
}

/// Products and comments (RFC 9110, 10.1.5 and 10.2.4).
bool is_products(std::string_view value) noexcept {
    reader r(value);
    for (r.skip_white(); !r.at_end(); r.skip_white()) {
        if (r.skip_comment()) continue;
        if (!is_name(r.take(is_tchar))) return false;
        while (r.skip('/')) {
            if (r.take(is_tchar).size() > longest_word) return false;
        }
    }
    return true;
}

using form = bool (*)(std::string_view value) noexcept;

struct harmless_field {
    std::string_view name;
    form has_form;
};

/// Fields that carry no secret, whoever sends them.
constexpr harmless_field fields[] = {{"Accept", is_list},
                                     {"Accept-Charset", is_list},
                                     {"Accept-Encoding", is_list},
                                     {"Accept-Language", is_list},
                                     {"Accept-Ranges", is_list},
                                     {"Access-Control-Allow-Credentials", is_list},
                                     {"Access-Control-Allow-Headers", is_list},
                                     {"Access-Control-Allow-Methods", is_list},
                                     {"Access-Control-Expose-Headers", is_list},
                                     {"Access-Control-Max-Age", is_number},
                                     {"Access-Control-Request-Headers", is_list},
                                     {"Access-Control-Request-Method", is_list},
                                     {"Age", is_number},
                                     {"Allow", is_list},
                                     {"Cache-Control", is_list},
                                     {"Connection", is_list},
                                     {"Content-Encoding", is_list},
                                     {"Content-Language", is_list},
                                     {"Content-Length", is_number},
                                     {"Content-Type", is_media_type},
                                     {"Date", is_date},
                                     {"Expect", is_list},
                                     {"Expires", is_date},
                                     {"Host", is_host},
                                     {"Keep-Alive", is_list},
                                     {"Pragma", is_list},
                                     {"Proxy-Connection", is_list},
                                     {"Retry-After", is_date},
                                     {"Server", is_products},
                                     {"TE", is_list},
                                     {"Trailer", is_list},
                                     {"Transfer-Encoding", is_list},
                                     {"Upgrade", is_list},
                                     {"User-Agent", is_products},
                                     {"Vary", is_list},
                                     {"Via", is_via}};

/// Whether a word is followed by something after white space and is a scheme, or by a colon and may be a field name: what
/// comes then may be credentials or another field line.
bool holds_more(std::string_view value) noexcept {
    for (std::size_t i = 0; i < value.size();) {
        if (!is_tchar(value[i])) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < value.size() && is_tchar(value[i])) ++i;
        if (i == value.size()) return false;
        const std::string_view word = value.substr(begin, i - begin);
        const bool spaced = i + 1 < value.size() && is_white(value[i + 1]);
        if (value[i] == ':' && (spaced || field_from_name(word) || equal_ignoring_case(word, "cookie") ||
                                equal_ignoring_case(word, "set-cookie"))) {
            return true;
        }
        const std::size_t next = value.find_first_not_of(" \t", i);
        if (is_white(value[i]) && next != std::string_view::npos && is_tchar(value[next]) && schemes::find_scheme(word))
            return true;
    }
    return false;
}

}  // namespace

bool is_harmless(std::string_view name, std::string_view value) noexcept {
    const auto at = std::find_if(std::begin(fields), std::end(fields),
                                 [name](const harmless_field& f) { return equal_ignoring_case(f.name, name); });
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; };
    return at != std::end(fields) && std::none_of(value.begin(), value.end(), is_control) && at->has_form(value) &&
           !holds_more(value);
}

}  // namespace authgrammar::audit
