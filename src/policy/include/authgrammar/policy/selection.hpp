#ifndef AUTHGRAMMAR_POLICY_SELECTION_HPP
#define AUTHGRAMMAR_POLICY_SELECTION_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/policy/credential_store.hpp>
#include <authgrammar/policy/export.hpp>
#include <authgrammar/policy/target_uri.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace authgrammar::policy {

/// A scheme that a client can answer, or one algorithm of it. Names compare without regard to case.
struct supported_scheme {
    std::string_view name;
    std::string_view algorithm{};      ///< what the challenge's algorithm parameter says; empty: whatever it says
    bool algorithm_if_none = false;    ///< `algorithm` is also that of a challenge that names none (RFC 7616, 3.3: MD5)
    bool needs_secured = false;        ///< whoever reads its credentials can use them: for secured connections only
    std::string_view specification{};  ///< "RFC 7617", "RFC 9449, Section 7.1"
};

/// What a client can answer, the most secure first. A view of the caller's array.
struct scheme_order {
    const supported_scheme* first = nullptr;
    std::size_t count = 0;

    [[nodiscard]] const supported_scheme* begin() const noexcept { return first; }
    [[nodiscard]] const supported_scheme* end() const noexcept { return first + count; }
};

/// An order for clients that have no opinion of their own: signatures and mutual authentication, then Kerberos, then
/// challenge and response by the strength of the hash, then tokens, then passwords in clear. A client leaves out what
/// it cannot answer. Of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT scheme_order most_secure_first() noexcept;

/// What came of a choice.
enum class choice_outcome : std::uint8_t {
    chosen,              ///< a challenge to answer
    nothing_offered,     ///< there is no challenge
    nothing_understood,  ///< no challenge is of a scheme in the order
    only_unsafe          ///< those that are understood would give the credentials away on this connection
};

/// "chosen", "nothing offered" and so on. The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT std::string_view name_of(choice_outcome o) noexcept;

/// Which challenge to answer, and why.
struct challenge_choice {
    choice_outcome outcome = choice_outcome::nothing_offered;
    challenge chosen{};                           ///< a view of the field value
    std::size_t index = 0;                        ///< its place among the challenges
    const supported_scheme* answer_as = nullptr;  ///< its place in the order
    std::string_view requirement{};               ///< an id of grammar/requirements.tsv
    std::string_view section{};                   ///< "RFC 9110, 11.4"
    std::string_view text{};                      ///< a sentence for a person; of static storage

    explicit operator bool() const noexcept { return outcome == choice_outcome::chosen; }
};

/// The challenge with the most secure scheme that the client understands (RFC 9110, 11.4): of the schemes in `order`
/// the first that is challenged, whatever the order of the challenges; of several challenges for it the first, which
/// the server prefers. Challenges of other schemes are passed over, and so are those whose algorithm is not in the
/// order, or stands there twice. On a connection that is not secured a scheme that needs one is passed over as well.
///
/// A pure function, linear in challenges times order; no allocation.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT challenge_choice choose_challenge(const challenges& offered, scheme_order order,
                                                                          bool secured) noexcept;

/// A challenge to answer, and what there is to answer it with.
struct chosen_answer {
    challenge_choice choice;
    std::optional<offered_credentials> credentials;  ///< as credential_store::find() offers them
};

/// Chooses a challenge of a 401 for `target`, and looks in the store for credentials of its protection space and
/// scheme. Of several challenges for it, with other realms, the first with credentials is chosen. There is no falling
/// back on a weaker challenge for which there are some: that is for the user to say.
/// Linear in challenges times what the store does; allocates realms.
[[nodiscard]] AUTHGRAMMAR_POLICY_EXPORT chosen_answer choose_answer(credential_store& store, const target_uri& target,
                                                                    const challenges& offered, scheme_order order);

}  // namespace authgrammar::policy

#endif
