#ifndef AUTHGRAMMAR_SCHEMES_SCHEME_HPP
#define AUTHGRAMMAR_SCHEMES_SCHEME_HPP

#include <authgrammar/field.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// The table of schemes: what each authentication scheme puts on the wire, as data. All else that depends on a scheme
// asks it. A description may also be somebody else's, for a scheme that is yet to be registered: see considerations.hpp.

namespace authgrammar::schemes {

/// Rows of a table: a view of an array, which must outlive it.
template <typename T>
class row_list {
public:
    constexpr row_list() noexcept = default;
    constexpr row_list(const T* rows, std::size_t count) noexcept : first_(rows), count_(count) {}
    template <std::size_t N>
    constexpr row_list(const T (&rows)[N]) noexcept  // NOLINT(google-explicit-constructor)
        : first_(rows), count_(N) {}
    template <std::size_t N>
    row_list(const T (&&rows)[N]) = delete;  // give the array a name

    [[nodiscard]] constexpr const T* begin() const noexcept { return first_; }
    [[nodiscard]] constexpr const T* end() const noexcept { return first_ + count_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }
    /// The row at `i`, which is less than size().
    [[nodiscard]] constexpr const T& operator[](std::size_t i) const noexcept { return first_[i]; }

private:
    const T* first_ = nullptr;
    std::size_t count_ = 0;
};

/// Whether a parameter occurs in one kind of field.
enum class presence : std::uint8_t {
    absent,
    optional,
    conditional,  ///< required in some messages of the scheme: `when` says in which
    required
};

/// What the value of a parameter is, unquoted.
enum class value_syntax : std::uint8_t {
    any,               ///< any octets that a quoted-string can carry
    ascii,             ///< visible ASCII and SP
    token,             ///< a token (RFC 9110, 5.6.2), or one of `values`
    token_list,        ///< tokens separated by commas, within the value
    word_list,         ///< words separated by SP
    boolean,           ///< true or false, without regard to case; without `values` what is not true is false
    decimal,           ///< a number without sign and leading zero
    digits,            ///< a number without sign, maybe with leading zeros
    hex,               ///< hexadecimal digits
    nonce_count,       ///< eight hexadecimal digits
    base64,            ///< RFC 4648, 4, with padding
    base64url,         ///< RFC 4648, 5, without padding
    base64url_padded,  ///< RFC 4648, 5, with padding
    uri,               ///< a URI or a relative reference (RFC 3986, 4.1)
    uri_list,          ///< URIs separated by SP
    request_target,    ///< as in the request line (RFC 9112, 3.2)
    ext_value,         ///< charset'language'percent-encoded (RFC 8187, 3.2)
    percent_encoded,   ///< RFC 5849, 3.6
    jws,               ///< JWS compact serialisation (RFC 7515, 7.1)
    other              ///< `when` says what
};

/// A parameter of a scheme, in the kinds of fields where it is one and the same. The views are of static storage in the
/// table of this library.
struct parameter_description {
    std::string_view name{};
    presence in_challenge = presence::absent;
    presence in_credentials = presence::absent;
    presence in_info = presence::absent;  ///< Authentication-Info, Proxy-Authentication-Info
    value_syntax syntax = value_syntax::any;
    param_form form = param_form::automatic;  ///< what a sender writes by the text of the scheme; automatic: either
    bool form_advised = false;                ///< `form` is advice, not a rule
    bool secret = false;    ///< whoever reads the value learns a password, a token, a proof or who the user is
    bool changing = false;  ///< differs from one challenge to the next without making it another
    bool of_refusal =
        false;  ///< of a challenge: it tells of credentials that were refused, and has no place without any
    bool continues =
        false;            ///< of a challenge: with it, it is the next round of the exchange that the client has begun
    bool renews = false;  ///< if it is true, only a nonce was too old: who the user is need not be asked again
    row_list<std::string_view> values{};  ///< the values that are defined; the strongest first if there is an order
    bool values_open = false;             ///< other values are registered, or ignored
    std::string_view when{};              ///< the condition, or what else is to be known: a phrase
    std::string_view section{};           ///< "RFC 7616, 3.3"

    /// Whether it occurs in a field of that kind. Constant time.
    [[nodiscard]] constexpr presence in(field_kind kind) const noexcept {
        return kind == field_kind::challenges    ? in_challenge
               : kind == field_kind::credentials ? in_credentials
                                                 : in_info;
    }
};

/// What may follow the name of the scheme.
struct content_forms {
    bool alone = false;  ///< nothing
    bool token68 = false;
    bool params = false;

    [[nodiscard]] constexpr bool none() const noexcept { return !alone && !token68 && !params; }
};

/// Whether the scheme serves an origin server, or a proxy.
enum class usability : std::uint8_t {
    yes,
    no,       ///< its text excludes it
    unstated  ///< its text does not say
};

/// What the scheme does with realm.
enum class realm_rule : std::uint8_t {
    required,  ///< every challenge has one
    optional,
    none,      ///< challenges have no parameters
    ignored,   ///< recipients ignore it
    redefined  ///< it is used for something else than the protection space (which RFC 9110, 16.4.2 forbids)
};

/// Where the space ends for which credentials hold.
enum class space_rule : std::uint8_t {
    unstated,
    path_prefix,  ///< all below the path up to its last slash (RFC 7617, 2.2)
    domain_list   ///< the URIs in the challenge's parameter "domain" (RFC 7616, 3.3)
};

/// Where all is that is needed to authenticate a request.
enum class state_rule : std::uint8_t {
    request,        ///< in the request
    server,         ///< the server remembers earlier requests
    connection,     ///< the connection is authenticated, not the request
    tls_connection  ///< in the request, but bound to the TLS connection that it came by
};

/// What somebody gains who reads the credentials.
enum class exposure : std::uint8_t {
    password,     ///< the password, or the secret that is as good
    token,        ///< a token that whoever has it can use
    bound_token,  ///< a token that is of no use without a key
    proof         ///< a proof, made for one request or one connection
};

/// What a recipient does with a parameter that it does not know.
enum class unknown_rule : std::uint8_t {
    undefined,  ///< the text of the scheme does not say
    ignored,
    refused,   ///< by a server that reads credentials
    no_params  ///< there are no parameters
};

/// How a server says that it does not accept a request.
struct failure_signal {
    std::uint16_t status = 0;
    bool challenge = false;   ///< with a challenge of the scheme
    std::string_view when{};  ///< a phrase
};

/// What there is to say of the credentials that came with a request.
enum class error_occasion : std::uint8_t {
    none,                 ///< there were none
    malformed,            ///< the request is malformed
    invalid,              ///< they are refused
    stale_nonce,          ///< only their nonce is refused
    more_authentication,  ///< they are of a login that is too old or too weak
    insufficient          ///< they are valid, and do not suffice
};

/// How a challenge of the scheme says so: by a parameter with a value.
struct error_signal {
    error_occasion when = error_occasion::none;
    std::uint16_t status = 0;  ///< that of the answer; 0: 401, and 407 of a proxy
    std::string_view param{};  ///< "error"
    std::string_view value{};  ///< "invalid_token"
    std::string_view with{};   ///< what else has to be sent: a phrase
    std::string_view section{};
};

/// Another place than Authorization where the scheme lets a client put credentials.
struct carrier_description {
    std::string_view name{};         ///< "query parameter access_token"
    bool caching_forbidden = false;  ///< the scheme demands no-store or private for it
    std::string_view section{};
};

/// A value of a field as the text of the scheme prints it, or as its grammar lets it be.
struct sample {
    field_kind kind = field_kind::challenges;
    std::string_view value{};
    std::string_view source{};  ///< "RFC 7617, 2"
};

/// An authentication scheme. The views are of static storage in the table of this library.
struct scheme_description {
    std::string_view name{};           ///< as registered; names compare without regard to case (RFC 9110, 11.1)
    std::string_view reference{};      ///< as registered: "RFC 9449, Section 7.1"
    bool registered = false;           ///< it is in the IANA registry as of `registry_date`
    std::string_view registry_note{};  ///< word for word
    std::string_view rests_on{};       ///< what the description was made from, if not from the whole text

    content_forms challenge{};
    content_forms credentials{};
    usability origin = usability::unstated;
    usability proxy = usability::unstated;
    realm_rule realm = realm_rule::none;
    space_rule space = space_rule::unstated;
    state_rule state = state_rule::request;
    std::uint8_t rounds = 1;  ///< requests with credentials that it takes at most; 0: as many as the mechanism wants
    exposure exposes = exposure::password;
    unknown_rule unknown_params = unknown_rule::undefined;
    bool info_in_trailer = false;        ///< -Info fields may be trailers
    std::string_view info_considered{};  ///< where its text considers the security of -Info fields; empty: nowhere
    std::string_view proof_field{};      ///< field that proves the possession of a key, beside Authorization
    row_list<carrier_description> carriers{};
    row_list<failure_signal> failures{};
    row_list<error_signal> errors{};
    row_list<parameter_description> params{};
    row_list<sample> samples{};

    /// The rank in policy::most_secure_first(): 1 is the most secure, schemes of one rank are in the order of the table; 0:
    /// not in that order.
    std::uint8_t rank = 0;
    std::string_view ranked_by{};        ///< the parameter of the challenge whose values differ in strength
    std::string_view value_if_absent{};  ///< what a challenge without that parameter means
};

/// When the registry was read that the table follows: "2025-02-18".
inline constexpr std::string_view registry_date = "2025-02-18";

/// All schemes: those of the IANA registry in its order, then others that are in use. A view of static storage.
/// Constant time.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT row_list<scheme_description> all_schemes() noexcept;

/// The scheme of that name, compared without regard to ASCII case; null if the table has none. Linear in the table; no
/// allocation.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT const scheme_description* find_scheme(std::string_view name) noexcept;

/// The parameter of that name in a kind of field, compared without regard to ASCII case; null if the scheme has none.
/// Linear in the parameters; no allocation.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT const parameter_description* find_parameter(const scheme_description& s,
                                                                                     field_kind kind,
                                                                                     std::string_view name) noexcept;

/// Whether a parameter of a challenge differs from one challenge to the next without making it another, as a nonce does:
/// what the scheme says of it, or, if the scheme or the parameter is not in the table, whether it is so in some scheme.
/// Names compare without regard to ASCII case. Linear in the table; no allocation.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT bool changes_with_each_challenge(std::string_view scheme,
                                                                          std::string_view param) noexcept;

/// Whether a parameter of a challenge, if its value is true, says that only a nonce was too old, as Digest's stale does:
/// what the scheme says of it, or, if the scheme is not in the table, whether it is so in some scheme. Names compare
/// without regard to ASCII case. Linear in the table; no allocation.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT bool says_nonce_is_stale(std::string_view scheme,
                                                                  std::string_view param) noexcept;

/// How a challenge of the scheme says what there is to say of credentials; nothing if it cannot. A parameter that renews
/// is the signal of a stale nonce. Linear in the description; no allocation.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::optional<error_signal> find_error(const scheme_description& s,
                                                                                error_occasion when) noexcept;

/// How the schemes have their parameters written, for the functions of writer.hpp: Digest's qop quoted in a challenge
/// and bare in credentials (RFC 7616, 3.3 and 3.4), and so on. realm is not in it, which the writer quotes anyway. A view
/// of static storage. Constant time.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT quoting_table standard_quoting() noexcept;

/// The names of the values, such as "conditional" or "base64url padded", for people and for JSON. Views of static
/// storage; constant time.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(presence p) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(value_syntax s) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(usability u) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(realm_rule r) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(space_rule r) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(state_rule r) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(exposure e) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(unknown_rule r) noexcept;
/// The same.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT std::string_view name_of(error_occasion o) noexcept;

}  // namespace authgrammar::schemes

#endif
