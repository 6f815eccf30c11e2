#ifndef AUTHGRAMMAR_WRITER_HPP
#define AUTHGRAMMAR_WRITER_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/detail/portability.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/export.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/text.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace authgrammar {

namespace detail {

/// std::vector, std::array, std::span and the like, of `T`.
template <typename List, typename T>
using if_list_of = std::enable_if_t<
    std::is_same_v<std::remove_cv_t<std::remove_pointer_t<decltype(std::declval<const List&>().data())>>, T> &&
        std::is_convertible_v<decltype(std::declval<const List&>().size()), std::size_t>,
    int>;

}  // namespace detail

/// How the value of a parameter is written.
enum class param_form : std::uint8_t {
    automatic,  ///< by the quoting table; else bare if it is a token, else quoted. realm is always quoted
    token,      ///< bare; an error if it is not a token
    quoted      ///< as quoted-string, with only DQUOTE and backslash escaped (RFC 9110, 5.6.4)
};

/// A parameter to write (RFC 9110, 11.2). A view: what `name` and `value` refer to must live until it is written.
struct param_spec {
    text name;   ///< a token
    text value;  ///< plain, without DQUOTEs and escapes; or text that was read, which is unescaped first
    param_form form = param_form::automatic;
};

/// A challenge to write (RFC 9110, 11.3): a scheme alone, with a token68, or with parameters. A view: the texts, the array of
/// parameters and the texts in it must live until it is written. Nothing here allocates.
struct challenge_spec {
    text scheme;
    std::optional<text> token68{};
    const param_spec* params = nullptr;  ///< `param_count` parameters in the order in which they are written
    std::size_t param_count = 0;

    challenge_spec() noexcept = default;
    challenge_spec(text name AUTHGRAMMAR_LIFETIMEBOUND) noexcept  // NOLINT(google-explicit-constructor)
        : scheme(name) {}
    challenge_spec(text name AUTHGRAMMAR_LIFETIMEBOUND, text credentials68 AUTHGRAMMAR_LIFETIMEBOUND) noexcept
        : scheme(name), token68(credentials68) {}

    /// With the parameters of an array, which is not copied: a list in braces, and any other temporary array, would end
    /// before it is written and does not compile.
    template <std::size_t N>
    challenge_spec(text name AUTHGRAMMAR_LIFETIMEBOUND, const param_spec (&list AUTHGRAMMAR_LIFETIMEBOUND)[N]) noexcept
        : scheme(name), params(list), param_count(N) {}
    template <std::size_t N>
    challenge_spec(text name, const param_spec (&&list)[N]) = delete;            // give the array of parameters a name
    challenge_spec(text name, std::initializer_list<param_spec> list) = delete;  // give the array of parameters a name

    /// With those of a std::vector, std::array or span of param_spec, which is not copied either.
    template <typename List, detail::if_list_of<List, param_spec> = 0>
    challenge_spec(text name AUTHGRAMMAR_LIFETIMEBOUND, const List& list AUTHGRAMMAR_LIFETIMEBOUND) noexcept
        : scheme(name), params(list.data()), param_count(list.size()) {}
    template <typename List, detail::if_list_of<List, param_spec> = 0>
    challenge_spec(text name, const List&& list) = delete;  // give the list of parameters a name
};

/// Credentials to write (RFC 9110, 11.4): as for a challenge, a scheme alone, with a token68, or with parameters.
struct credentials_spec : challenge_spec {
    using challenge_spec::challenge_spec;
    explicit credentials_spec(const challenge_spec& same) noexcept : challenge_spec(same) {}
};

/// One line of a table that says how a scheme wants a parameter written in one kind of field: Digest has qop
/// quoted in a challenge and bare in credentials (RFC 7616, 3.3 and 3.4). Names compare without regard to case.
struct quoting {
    std::string_view scheme;
    field_kind kind;
    std::string_view param;
    param_form form;
};
/// The lines of such a table; none by default. A view: they must outlive every use.
struct quoting_table {
    const quoting* lines = nullptr;
    std::size_t count = 0;
};

/// The argument that a writing error is about.
enum class written_part : std::uint8_t { value, scheme, token68, param_name, param_value };

/// What came of writing. Nothing is written unless `code` is `none`.
struct [[nodiscard]] write_result {
    error_code code = error_code::none;
    std::size_t size = 0;  ///< bytes written; for text_buffer_full, the bytes that it takes

    // For errors about an argument:
    written_part part = written_part::value;
    std::size_t challenge = 0;    ///< index of the challenge
    std::size_t param = 0;        ///< index of the parameter in it
    std::size_t offset = 0;       ///< of the first octet at fault, from the start of the plain argument
    std::string_view rule{};      ///< the ABNF rule that it breaks
    std::string_view section{};   ///< where that rule is
    std::string_view expected{};  ///< what is allowed there

    explicit operator bool() const noexcept { return code == error_code::none; }
};

/// Writes the value of WWW-Authenticate or Proxy-Authenticate in the language of rfc9110_sender (which rfc7235
/// includes) to `buffer`, without a terminator. With a capacity of 0 it tells the size, as text_buffer_full; a null
/// buffer has a capacity of 0.
///
/// Nothing is written beyond `buffer + capacity`, and on an error nothing at all. No argument may lie in those bytes:
/// if a byte of a text, a spec, a quoting or its names, an event, or an array of any of them does, the error is
/// buffer_overlap. Of a value that was read all field lines are arguments. An array, of specs, of parameters or of a
/// quoting table, that is null although its count is not 0 is the error null_array.
///
/// One value with all challenges is what the grammar offers. Some user agents read only the first challenge of a
/// line: for them call this once for each challenge (`count` 1) and send one field line each, the strongest or
/// best supported scheme first (RFC 9110, 11.6.1; RFC 7235, 2.1). The two mean the same (RFC 9110, 5.3).
///
/// Time is linear in the bytes, the field lines and the parameters, times the lines of the quoting table; of parameters
/// that is up to 16,384 in one challenge, the default limits::params. Names must differ, so with n parameters in one
/// challenge n names are hashed 2 * ceil(n / 16384) times at most. If the hashes of many different names agree, which a
/// hostile sender can arrange, n names are hashed and compared ceil(n / 320) times instead, each about ten times. Uses
/// less than 32 KiB of stack. No allocation.
AUTHGRAMMAR_EXPORT write_result write_challenges(field f, const challenge_spec* list, std::size_t count, char* buffer,
                                                 std::size_t capacity, quoting_table table = {}) noexcept;

/// The same for Authorization and Proxy-Authorization.
AUTHGRAMMAR_EXPORT write_result write_credentials(field f, const credentials_spec& spec, char* buffer,
                                                  std::size_t capacity, quoting_table table = {}) noexcept;

/// The same for Authentication-Info and Proxy-Authentication-Info. `scheme`, which the field does not carry,
/// chooses the lines of `table`. No parameters give the empty value.
AUTHGRAMMAR_EXPORT write_result write_info(field f, const param_spec* list, std::size_t count, char* buffer,
                                           std::size_t capacity, quoting_table table = {},
                                           std::string_view scheme = {}) noexcept;

/// The canonical form of what was read: writing it, reading that and writing it again gives the same bytes.
AUTHGRAMMAR_EXPORT write_result write_challenges(field f, const challenges& read, char* buffer, std::size_t capacity,
                                                 quoting_table table = {}) noexcept;
/// The same for credentials.
AUTHGRAMMAR_EXPORT write_result write_credentials(field f, const credentials& read, char* buffer, std::size_t capacity,
                                                  quoting_table table = {}) noexcept;
/// The same for parameters of an -Info field; `scheme` chooses the lines of `table`.
AUTHGRAMMAR_EXPORT write_result write_info(field f, const auth_params& read, char* buffer, std::size_t capacity,
                                           quoting_table table = {}, std::string_view scheme = {}) noexcept;

/// Any of the functions above, with a std::string that is replaced by what is written, or untouched on error:
/// `write_to(out, [&](char* b, std::size_t n) { return write_challenges(f, list, count, b, n); })`. Allocates.
template <typename Write>
write_result write_to(std::string& out, Write&& write) {
    const write_result measured = write(nullptr, std::size_t{0});
    if (measured.code != error_code::text_buffer_full) {
        if (measured) out.clear();
        return measured;
    }
    std::string text(measured.size, '\0');
    const write_result written = write(&text[0], text.size());
    if (written) out.swap(text);
    return written;
}

/// write_to() with write_challenges() in one call. A list is a std::vector, std::array, std::span or the like. Allocates.
template <typename List, detail::if_list_of<List, challenge_spec> = 0>
write_result write_challenges_to(std::string& out, field f, const List& list, quoting_table table = {}) {
    return write_to(out, [&](char* buffer, std::size_t capacity) {
        return write_challenges(f, list.data(), list.size(), buffer, capacity, table);
    });
}
/// The same for one challenge.
inline write_result write_challenges_to(std::string& out, field f, const challenge_spec& one,
                                        quoting_table table = {}) {
    return write_to(
        out, [&](char* buffer, std::size_t capacity) { return write_challenges(f, &one, 1, buffer, capacity, table); });
}
/// write_to() with write_credentials() in one call. Allocates.
inline write_result write_credentials_to(std::string& out, field f, const credentials_spec& one,
                                         quoting_table table = {}) {
    return write_to(
        out, [&](char* buffer, std::size_t capacity) { return write_credentials(f, one, buffer, capacity, table); });
}
/// write_to() with write_info() in one call. Allocates.
template <typename List, detail::if_list_of<List, param_spec> = 0>
write_result write_info_to(std::string& out, field f, const List& list, quoting_table table = {},
                           std::string_view scheme = {}) {
    return write_to(out, [&](char* buffer, std::size_t capacity) {
        return write_info(f, list.data(), list.size(), buffer, capacity, table, scheme);
    });
}

// Deprecated in 0.2, and gone in 0.3: credentials written from a challenge_spec.

namespace detail {

template <typename Spec>
using if_challenge_spec = std::enable_if_t<std::is_same_v<Spec, challenge_spec>, int>;

}  // namespace detail

/// The same as with credentials_spec.
template <typename Spec, detail::if_challenge_spec<Spec> = 0>
[[deprecated("use credentials_spec")]] write_result write_credentials(field f, const Spec& spec, char* buffer,
                                                                      std::size_t capacity,
                                                                      quoting_table table = {}) noexcept {
    return write_credentials(f, credentials_spec(spec), buffer, capacity, table);
}
/// The same as with credentials_spec. Allocates.
template <typename Spec, detail::if_challenge_spec<Spec> = 0>
[[deprecated("use credentials_spec")]] write_result write_credentials_to(std::string& out, field f, const Spec& spec,
                                                                         quoting_table table = {}) {
    return write_credentials_to(out, f, credentials_spec(spec), table);
}

}  // namespace authgrammar

#endif
