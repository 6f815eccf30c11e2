#ifndef AUTHGRAMMAR_AUDIT_WHY_HPP
#define AUTHGRAMMAR_AUDIT_WHY_HPP

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/span.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/policy/secret.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Why credentials were refused: each 401 and 407 compared, member by member, with the credentials that it answers and the
// challenges before and after them.

namespace authgrammar::schemes {
struct scheme_description;
}

namespace authgrammar::audit {

/// How sure a reason is.
enum class certainty {
    certain,  ///< the messages show it, or the hashes do
    likely,   ///< the messages point to it, and nothing speaks against it
    possible  ///< nothing in the messages rules it out
};

/// "certain", "likely" or "possible". The view is of static storage.
[[nodiscard]] std::string_view name_of(certainty c) noexcept;

/// A cause for which credentials are refused. The views are of static storage.
struct refusal_cause {
    std::string_view id;                         ///< stable: "other-uri"
    std::string_view title;                      ///< a noun phrase
    std::vector<std::string_view> requirements;  ///< ids of grammar/requirements.tsv
    std::string_view section;                    ///< "RFC 7616, 3.4.6"
    std::string_view explanation;                ///< why it leads to a refusal
    std::string_view fix;                        ///< what to do about it
};

/// All causes; of two that are equally certain the one that comes first here is ranked first.
[[nodiscard]] const std::vector<const refusal_cause*>& all_refusal_causes();

/// The cause with exactly this id, or null.
[[nodiscard]] const refusal_cause* refusal_cause_from_id(std::string_view id);

/// One reason for a refusal.
struct refusal_reason {
    const refusal_cause* cause = nullptr;
    certainty how = certainty::possible;
    std::optional<field> about;  ///< the field of the place
    span at;                     ///< what is wrong; in the input
    std::vector<span> related;   ///< what it was compared with
    std::string text;            ///< what is the matter here; no value of a secret field
    std::string right;           ///< what would have been right there, redacted; empty if that is not known
};

/// Something that would decide, and that the input does not show.
struct missing_evidence {
    std::string_view id;  ///< stable: "password"
    std::string text;     ///< what is missing and how to get it: a sentence
};

/// A response that refuses credentials, or asks for some and gets none. Or a request with credentials that cannot be
/// accepted, and no response.
struct refusal {
    const message* response = nullptr;  ///< null if the input does not hold it
    const message* request = nullptr;   ///< null if the input does not hold it
    std::optional<field> about;         ///< the field of the credentials; nothing if there were none
    const schemes::scheme_description*
        scheme{};                         ///< of the credentials; null if there is none or it is not in the table
    std::vector<refusal_reason> reasons;  ///< the most certain first
    std::vector<missing_evidence> missing;
};

/// What the messages of one input come to.
struct refusals {
    std::vector<refusal> refused;           ///< in the order of the responses
    std::size_t accepted = 0;               ///< requests with credentials that got a status below 400
    std::vector<missing_evidence> missing;  ///< of the input as a whole
};

/// A hash of username, realm and password as htdigest and htpasswd keep it.
struct known_hash {
    std::optional<std::string> user;   ///< for whom, if that is known
    std::optional<std::string> realm;  ///< for what, if that is known
    policy::secret digits;             ///< H(A1) in lower-case hexadecimal
};

/// What the caller knows of the user who was refused.
struct known_login {
    std::optional<std::string> user;         ///< the name; if not given, that of the credentials is taken as right
    std::optional<policy::secret> password;  ///< in UTF-8
    std::vector<known_hash> hashes;          ///< for Digest, in place of the password
    std::optional<std::int64_t> now;         ///< seconds since 1970, for messages that have no date
};

/// Whether responses of Digest can be recomputed: the verify library is built in.
[[nodiscard]] bool can_compute_digest() noexcept;

/// Explains the refusals in the messages, which were read from `input`. Both must outlive the answer.
///
/// Linear in the input: the challenges before are compared as long as that takes no longer than reading the input did a
/// few times; beyond that `missing` says that they were not. No text holds a value of Authorization,
/// Proxy-Authorization or an -Info field, nor anything of the password.
[[nodiscard]] refusals explain_refusals(const std::vector<message>& messages, std::string_view input,
                                        const known_facts& facts, const known_login& login);

}  // namespace authgrammar::audit

#endif
