#include "why/attempt.hpp"

#include <authgrammar/audit/redaction.hpp>

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "core/written_text.hpp"
#include "values/value_of.hpp"

#include <algorithm>

namespace authgrammar::audit {

std::optional<challenge> attempt::credentials() const {
    if (sent == nullptr) return std::nullopt;
    const challenges parts = sent->parts();
    if (parts.empty()) return std::nullopt;
    return *parts.begin();
}

const schemes::scheme_description* attempt::scheme() const {
    const std::optional<challenge> c = credentials();
    return c ? schemes::find_scheme(detail::unescaped(c->scheme())) : nullptr;
}

std::optional<challenge> attempt::challenge_of(std::string_view scheme) const {
    for (const field_reading* r : {after, before}) {
        if (r == nullptr) continue;
        if (const auto found = r->parts().find(scheme)) return found;
    }
    return std::nullopt;
}

refusal_reason& reason_list::add(field about, cause_id id, certainty how, span at, std::string text) {
    refusal_reason r;
    r.cause = &cause_of(id);
    r.how = how;
    r.about = about;
    r.at = at;
    r.text = std::move(text);
    reasons_.push_back(std::move(r));
    return reasons_.back();
}

void reason_list::missing(std::string_view id, std::string text) {
    const bool said = std::any_of(missing_.begin(), missing_.end(), [id](const auto& m) { return m.id == id; });
    if (!said) missing_.push_back({id, std::move(text)});
}

bool reason_list::has(certainty how) const noexcept {
    return std::any_of(reasons_.begin(), reasons_.end(), [how](const refusal_reason& r) { return r.how == how; });
}

void reason_list::forget_guesses() {
    const auto guessed = [](const refusal_reason& r) {
        return r.how == certainty::possible &&
               (r.cause == &cause_of(cause_id::wrong_password) || r.cause == &cause_of(cause_id::token_refused));
    };
    reasons_.erase(std::remove_if(reasons_.begin(), reasons_.end(), guessed), reasons_.end());
}

bool reason_list::unreadable() const noexcept {
    return std::any_of(reasons_.begin(), reasons_.end(), [](const refusal_reason& r) {
        return r.how == certainty::certain && r.cause <= &cause_of(cause_id::wrong_form);
    });
}

void reason_list::take_into(refusal& out) {
    // Of two reasons of one cause at one place the later one knows more.
    std::vector<refusal_reason> kept;
    for (refusal_reason& r : reasons_) {
        const auto same = std::find_if(kept.begin(), kept.end(),
                                       [&](const refusal_reason& k) { return k.cause == r.cause && k.at == r.at; });
        if (same == kept.end()) {
            kept.push_back(std::move(r));
        } else if (r.how <= same->how) {
            *same = std::move(r);
        }
    }
    reasons_ = std::move(kept);
    std::stable_sort(reasons_.begin(), reasons_.end(), [](const refusal_reason& a, const refusal_reason& b) {
        return a.how != b.how ? a.how < b.how : a.cause < b.cause;
    });
    out.reasons = std::move(reasons_);
    out.missing = std::move(missing_);
}

std::string_view requested_host(const attempt& a) {
    constexpr std::size_t longest_host = 255;
    if (a.request == nullptr) return {};
    const std::string_view value = value_of(*a.request, "host").value_or("");
    const bool literal = value.substr(0, 1) == "[";
    const std::size_t end = literal ? std::min(value.find(']'), value.size() - 1) + 1 : value.find(':');
    const std::string_view host = value.substr(0, end);
    const auto is_of_host = [literal](char c) {
        return detail::is_tchar(c) || (literal && (c == '[' || c == ']' || c == ':'));
    };
    return host.size() <= longest_host && std::all_of(host.begin(), host.end(), is_of_host) &&
                   value.find('@') == std::string_view::npos
               ? host
               : std::string_view();
}

std::string shown_scheme(const schemes::scheme_description* scheme) {
    return scheme == nullptr ? "a scheme that is not registered" : std::string(scheme->name);
}

namespace {

/// The longest value that is repeated in a text, so that many refusals over one long challenge stay short.
constexpr std::size_t longest_shown = 120;

std::string shortened(std::string text) {
    if (text.size() <= longest_shown) return text;
    text.resize(longest_shown);
    return text + "...";
}

}  // namespace

std::string shown_target(std::string_view target) {
    std::string out;
    for (const shown_piece& piece : redact_target(target)) {
        out += piece.secret ? redacted : target.substr(piece.begin, piece.end - piece.begin);
    }
    return shortened(std::move(out));
}

std::string shown_param(std::string_view name, const text& value) {
    const std::string shown = shortened(std::string(value.raw().substr(0, longest_shown + 1)));
    return detail::words(name, value.quoted() ? "=\"" : "=", shown, value.quoted() ? "\"" : "");
}

namespace {

/// The number that the `size` digits at `at` are; -1 if they are none.
int number_at(std::string_view text, std::size_t at, std::size_t size) {
    int n = 0;
    for (const char c : text.substr(at, size)) {
        if (!detail::is_digit(c)) return -1;
        n = 10 * n + (c - '0');
    }
    return n;
}

/// Days since 1970-01-01 of a date in the Gregorian calendar, with years that begin in March.
std::int64_t days_of(std::int64_t year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t of_era = year - era * 400;
    const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

std::string digits(std::int64_t n, std::size_t size) {
    std::string out = std::to_string(n);
    if (out.size() < size) out.insert(0, size - out.size(), '0');
    return out;
}

}  // namespace

std::optional<std::int64_t> date_of(const message& m) {
    // IMF-fixdate, "Sun, 06 Nov 1994 08:49:37 GMT": all that senders may generate (RFC 9110, 5.6.7).
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (const field_line& line : m.lines) {
        if (!detail::equal_ignoring_case(line.name, "date")) continue;
        const std::string_view text = line.value.text();
        if (text.size() != 29) return std::nullopt;
        const std::size_t month = months.find(text.substr(8, 3));
        const int day = number_at(text, 5, 2);
        const int year = number_at(text, 12, 4);
        const int hour = number_at(text, 17, 2);
        const int minute = number_at(text, 20, 2);
        const int second = number_at(text, 23, 2);
        if (month == std::string_view::npos || month % 3 != 0 || day < 1 || year < 0 || hour < 0 || minute < 0 ||
            second < 0) {
            return std::nullopt;
        }
        return ((days_of(year, static_cast<int>(month / 3) + 1, day) * 24 + hour) * 60 + minute) * 60 + second;
    }
    return std::nullopt;
}

std::string shown_time(std::int64_t seconds) {
    constexpr std::int64_t first = -62135596800;  // 0001-01-01
    constexpr std::int64_t last = 253402300799;   // 9999-12-31
    if (seconds < first || seconds > last) return "a time out of range";
    std::int64_t days = seconds / 86400;
    std::int64_t rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        --days;
    }
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t of_era = days - era * 146097;
    const std::int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const std::int64_t march = (5 * of_year + 2) / 153;
    const std::int64_t month = march < 10 ? march + 3 : march - 9;
    return detail::words(digits(year + era * 400 + (month <= 2 ? 1 : 0), 4), "-", digits(month, 2), "-",
                         digits(of_year - (153 * march + 2) / 5 + 1, 2), "T", digits(rest / 3600, 2), ":",
                         digits(rest / 60 % 60, 2), ":", digits(rest % 60, 2), "Z");
}

}  // namespace authgrammar::audit
