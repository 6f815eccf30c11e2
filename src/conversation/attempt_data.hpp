#ifndef AUTHGRAMMAR_CONVERSATION_ATTEMPT_DATA_HPP
#define AUTHGRAMMAR_CONVERSATION_ATTEMPT_DATA_HPP

#include <authgrammar/conversation/answerer.hpp>

#include "answerer_state.hpp"
#include "kept_challenge.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace authgrammar::conversation {

/// What an attempt knows. The challenge that was answered last is kept: Digest needs it again.
struct AUTHGRAMMAR_CONVERSATION_NO_EXPORT attempt::data {
    data(detail::answerer_state& o, field credentials, std::optional<policy::target_uri> where,
         const client_request& r);

    void begin();
    attempt_state receive(int status, const std::optional<field_value>& challenges,
                          const std::optional<field_value>& info, std::string_view hash_of_response);
    attempt_state token_is(std::optional<std::string_view> token68);

    [[nodiscard]] bool at_proxy() const noexcept { return credentials_field == field::proxy_authorization; }
    [[nodiscard]] field challenge_field() const noexcept {
        return at_proxy() ? field::proxy_authenticate : field::www_authenticate;
    }

    [[nodiscard]] field info_field() const noexcept {
        return at_proxy() ? field::proxy_authentication_info : field::authentication_info;
    }

    void forget_answer();
    attempt_state give_up(give_up_reason r);
    attempt_state finish();
    attempt_state answer(const field_value& value);
    attempt_state answer_kept(const detail::account& a);
    attempt_state answer_basic(const detail::account& a);
    attempt_state answer_digest(const detail::account& a, std::uint32_t count);
    attempt_state send(std::string_view made);
    [[nodiscard]] bool keep(std::string value_of_challenge);
    void accepted();
    void read_info(const std::optional<field_value>& info, std::string_view hash_of_response);
    void read_last_round(const std::optional<field_value>& challenges, const std::optional<field_value>& info);
    [[nodiscard]] detail::known_space* known();

    detail::answerer_state& owner;
    field credentials_field;
    std::optional<policy::target_uri> target;
    std::string method;
    std::string request_target;
    std::string body_hash;
    policy::retry_guard guard;

    attempt_state state = attempt_state::send;
    give_up_reason why = give_up_reason::none;
    policy::retry_advice advice{};
    server_proof proof = server_proof::none;
    policy::secret value;  ///< of the credentials to send; empty if there are none

    const detail::account* who = nullptr;  ///< whose credentials they are
    std::string scheme;
    std::string token;
    std::string session;          ///< SCRAM's sid
    detail::kept_challenge kept;  ///< the one that they answer
    std::uint32_t nc = 0;
    verify::digest_answer digest{};
    std::string cnonce;
};

}  // namespace authgrammar::conversation

#endif
