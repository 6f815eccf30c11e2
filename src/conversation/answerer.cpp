#include <authgrammar/conversation/answerer.hpp>

#include "answerer_state.hpp"
#include "attempt_data.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::conversation {

namespace detail {

namespace {

bool same(std::string_view a, std::string_view b) { return text(a).equals_ignoring_case(b); }

bool answers(const account& a, std::string_view scheme) {
    if (a.scheme.empty()) return same(scheme, "Digest") || same(scheme, "Basic");
    return same(scheme, a.scheme);
}

}  // namespace

const account* answerer_state::find(std::string_view root, const challenge& c) const {
    const std::optional<auth_param> realm = c.param("realm");
    const account* any = nullptr;
    for (const account& a : accounts) {
        if (a.root != root || !answers(a, c.scheme().raw())) continue;
        if (a.realm && realm && realm->value == *a.realm) return &a;
        if (!a.realm && any == nullptr) any = &a;
    }
    return any;
}

std::vector<policy::supported_scheme> answerer_state::order_for(std::string_view root) const {
    std::vector<policy::supported_scheme> order;
    for (policy::supported_scheme s : policy::most_secure_first()) {
        if (same(s.name, "Digest")) {
            const auto algorithm = schemes::digest_algorithm_from_name(s.algorithm);
            if (!algorithm || !hashes.supports(*algorithm)) continue;
        }
        if (options.allow_unsecured) s.needs_secured = false;
        for (const account& a : accounts) {
            if (a.root != root || !answers(a, s.name)) continue;
            order.push_back(s);
            break;
        }
    }
    // Of rounds that the order does not know, such as NTLM's, the host has said that it wants them: after all others.
    for (const account& a : accounts) {
        const auto is_known = [&a](const policy::supported_scheme& s) { return same(s.name, a.scheme); };
        if (a.root != root || !a.rounds || std::any_of(order.begin(), order.end(), is_known)) continue;
        order.push_back({a.scheme});
    }
    return order;
}

}  // namespace detail

answerer::answerer(answerer_options options) : state_(std::make_unique<detail::answerer_state>(std::move(options))) {}
answerer::~answerer() = default;

namespace {

bool add(detail::answerer_state& s, std::string_view uri, std::optional<std::string_view> realm,
         std::string_view scheme, std::string_view user, std::string_view password, bool rounds) {
    const std::optional<policy::target_uri> target = policy::read_target_uri(uri);
    if (!target) return false;
    detail::account a;
    a.root = target->root;
    if (realm) a.realm = std::string(*realm);
    a.scheme = scheme;
    a.user = user;
    a.password = policy::secret(password);
    a.rounds = rounds;
    s.accounts.push_back(std::move(a));
    return true;
}

}  // namespace

bool answerer::add_user(std::string_view uri, std::string_view user, std::string_view password,
                        std::optional<std::string_view> realm) {
    return add(*state_, uri, realm, {}, user, password, false);
}

bool answerer::add_token(std::string_view uri, std::string_view token, std::optional<std::string_view> realm) {
    return add(*state_, uri, realm, "Bearer", {}, token, false);
}

bool answerer::add_rounds(std::string_view uri, std::string_view scheme) {
    return add(*state_, uri, std::nullopt, scheme, {}, {}, true);
}

void answerer::forget() {
    state_->store.discard_all();
    state_->spaces.clear();
}

attempt answerer::begin(const client_request& r) {
    auto made = std::make_unique<attempt::data>(*state_, field::authorization, policy::read_target_uri(r.uri), r);
    made->begin();
    return attempt(std::move(made));
}

attempt answerer::begin_at_proxy(std::string_view proxy, const client_request& r) {
    auto made = std::make_unique<attempt::data>(*state_, field::proxy_authorization, policy::read_target_uri(proxy), r);
    made->begin();
    return attempt(std::move(made));
}

attempt::attempt(std::unique_ptr<data> made) noexcept : data_(std::move(made)) {}
attempt::attempt(attempt&&) noexcept = default;
attempt& attempt::operator=(attempt&&) noexcept = default;
attempt::~attempt() = default;

attempt_state attempt::receive(int status, const std::optional<field_value>& challenges,
                               const std::optional<field_value>& info, std::string_view body_hash) {
    return data_->receive(status, challenges, info, body_hash);
}
attempt_state attempt::token_is(std::optional<std::string_view> token68) { return data_->token_is(token68); }
std::string_view attempt::scheme() const noexcept { return data_->scheme; }
std::string_view attempt::token() const noexcept { return data_->token; }
attempt_state attempt::state() const noexcept { return data_->state; }
field attempt::credentials_field() const noexcept { return data_->credentials_field; }
field attempt::challenge_field() const noexcept { return data_->challenge_field(); }
field attempt::info_field() const noexcept { return data_->info_field(); }
std::string_view attempt::target() const noexcept { return data_->request_target; }
std::optional<std::string_view> attempt::credentials() const noexcept {
    if (data_->value.size() == 0) return std::nullopt;
    return data_->value.bytes();
}
give_up_reason attempt::why() const noexcept { return data_->why; }
const policy::retry_advice& attempt::advice() const noexcept { return data_->advice; }
server_proof attempt::proof() const noexcept { return data_->proof; }

}  // namespace authgrammar::conversation
