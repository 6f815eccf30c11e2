#include <authgrammar/policy/shared_cache.hpp>

#include "common/field_text.hpp"

#include <optional>

namespace authgrammar::policy {

namespace {

struct directives {
    bool is_private = false;
    bool no_store = false;
    bool no_cache = false;
    bool is_public = false;
    bool must_revalidate = false;  // without an argument, which nothing defines: so it allows
    bool revalidates = false;
    bool s_maxage_is_wrong = false;
    bool breaks_off = false;  // in a quoted-string, which may hide any directive
    std::optional<std::string_view> s_maxage;
};

bool is_number(std::string_view text) noexcept {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A token, or what a quoted-string holds, escapes and all. One that is not closed stays as it is.
std::string_view without_quotes(std::string_view text) noexcept {
    const bool quoted = text.substr(0, 1) == "\"" && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

void take(std::string_view directive, directives& found) noexcept {
    const std::size_t equals = directive.find('=');
    const std::string_view name = directive.substr(0, equals);
    const bool has_argument = equals != std::string_view::npos;
    const auto is = [&](std::string_view other) { return detail::equal_ignoring_case(name, other); };
    if (is("private")) found.is_private = true;
    if (is("no-store")) found.no_store = true;
    if (is("no-cache")) found.no_cache = true;
    if (is("public") && !has_argument) found.is_public = true;
    if (is("must-revalidate") && !has_argument) found.must_revalidate = true;
    if (is("must-revalidate") || is("proxy-revalidate")) found.revalidates = true;
    if (!is("s-maxage")) return;
    const std::string_view seconds = has_argument ? without_quotes(directive.substr(equals + 1)) : std::string_view();
    if (!is_number(seconds) || (found.s_maxage && *found.s_maxage != seconds)) found.s_maxage_is_wrong = true;
    found.s_maxage = seconds;
}

void read(std::string_view line, directives& found) noexcept {
    const bool closed =
        detail::for_each_list_element(line, [&](std::string_view directive) { take(directive, found); });
    if (!closed) found.breaks_off = true;
}

}  // namespace

std::string_view name_of(shared_reuse r) noexcept {
    switch (r) {
        case shared_reuse::unaffected: return "unaffected";
        case shared_reuse::forbidden: return "forbidden";
        case shared_reuse::prohibited: return "prohibited";
        case shared_reuse::allowed: break;
    }
    return "allowed";
}

// decides: R7235-4.2-shared-cache, R7235-5.1.2-private
shared_reuse_answer shared_cache_reuse(bool request_has_authorization, const std::string_view* cache_control,
                                       std::size_t lines) noexcept {
    directives found;
    for (std::size_t i = 0; i < lines; ++i) read(cache_control[i], found);

    const bool s_maxage = found.s_maxage && !found.s_maxage_is_wrong;
    shared_reuse_answer a;
    a.must_validate_first = found.no_cache;
    a.must_validate_stale = found.revalidates || s_maxage;
    if (found.no_store || found.is_private) {
        a.reuse = shared_reuse::prohibited;
        a.directive = found.no_store ? "no-store" : "private";
        a.section = "RFC 9111, 3";
        a.text = "The response must not be stored by a shared cache at all.";
        return a;
    }
    if (!request_has_authorization) {
        a.reuse = shared_reuse::unaffected;
        a.text = "The request had no Authorization: the usual rules decide.";
        return a;
    }
    if (found.breaks_off) {
        a.text = "A quoted-string in Cache-Control is not closed, so a directive that forbids reuse may be inside it.";
        return a;
    }
    if (found.is_public) {
        a.directive = "public";
    } else if (s_maxage) {
        a.directive = "s-maxage";
    } else if (found.must_revalidate) {
        a.directive = "must-revalidate";
    } else {
        a.text = "The request had Authorization, and no directive of the response allows a shared cache to reuse it.";
        return a;
    }
    a.reuse = shared_reuse::allowed;
    a.text = "A directive of the response lets a shared cache reuse it, under the conditions of that directive.";
    return a;
}

}  // namespace authgrammar::policy
