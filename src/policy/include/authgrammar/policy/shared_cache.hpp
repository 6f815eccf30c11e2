#ifndef AUTHGRAMMAR_POLICY_SHARED_CACHE_HPP
#define AUTHGRAMMAR_POLICY_SHARED_CACHE_HPP

#include <authgrammar/policy/export.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace authgrammar::policy {

/// Whether a shared cache may use a response for other requests than the one that it answers.
enum class shared_reuse : std::uint8_t {
    unaffected,  ///< the request had no Authorization: the rule below says nothing
    forbidden,   ///< no directive of the response allows it
    prohibited,  ///< private or no-store forbid it outright, whatever else is said (RFC 9111, 3)
    allowed      ///< a directive allows it
};

/// "unaffected", "forbidden", "prohibited" or "allowed". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(shared_reuse r) noexcept;

/// The answer, and what the cache owes. All views are of static storage.
struct shared_reuse_answer {
    shared_reuse reuse = shared_reuse::forbidden;
    std::string_view directive{};      ///< the directive that decided, "public"
    bool must_validate_first = false;  ///< no-cache: not without validation, each time (RFC 9111, 5.2.2.4)
    /// must-revalidate, proxy-revalidate or s-maxage: once stale, not without validation (RFC 9111, 5.2.2.2, 5.2.2.8 and
    /// 5.2.2.10)
    bool must_validate_stale = false;
    std::string_view requirement = "R7235-4.2-shared-cache";
    std::string_view section = "RFC 9111, 3.5";
    std::string_view text{};
};

/// RFC 9111, 3.5: what a shared cache may do with a response to a request with Authorization. must-revalidate, public
/// and s-maxage allow it to be reused; nothing else does, max-age, proxy-revalidate and immutable included.
/// proxy-revalidate limits what one of the three allows.
///
/// `cache_control` is the field's lines in order. It is read leniently towards other directives and strictly towards
/// those that allow: an s-maxage without a number, or one that comes twice with different numbers, allows nothing.
/// private and no-cache count for the whole response when they name fields, too, as most caches take them (RFC 9111,
/// 5.2.2.4 and 5.2.2.7). If a line breaks off in a quoted-string, nothing in any line allows; what forbids still does,
/// the directive that breaks off included. Linear; no allocation.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT shared_reuse_answer shared_cache_reuse(bool request_has_authorization,
                                                                               const std::string_view* cache_control,
                                                                               std::size_t lines) noexcept;

/// The same for one line, which may be empty.
[[nodiscard]] inline shared_reuse_answer shared_cache_reuse(bool request_has_authorization,
                                                            std::string_view cache_control) noexcept {
    return shared_cache_reuse(request_has_authorization, &cache_control, 1);
}

}  // namespace authgrammar::policy

#endif
