#include <authgrammar/conversation/exchange.hpp>

#include "challenge_lines.hpp"
#include "settings.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/verify/basic_server.hpp>
#include <authgrammar/verify/secure.hpp>

#include <chrono>

namespace authgrammar::conversation {

using policy::credentials_state;
using schemes::bearer_error;
using verify::verify_code;

namespace {

/// Word by word: what was just stored so is not to be loaded as one vector.
[[nodiscard]] std::string_view copy(const std::string_view& s) noexcept {
    return {authgrammar::detail::load_scalar(s.data()), authgrammar::detail::load_scalar(s.size())};
}

/// Whether the line begins with that scheme; perhaps also if an octet differs from one that is no letter by 0x20, which is for
/// the reader of the scheme to find. Inline, as most lines are of the first one that is asked for.
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE bool is_of(std::string_view line, std::string_view scheme) noexcept {
    if (line.size() < scheme.size()) return false;
    if (line.size() != scheme.size() && line[scheme.size()] != ' ') return false;
    unsigned differing = 0;
    for (std::size_t i = 0; i != scheme.size(); ++i) differing |= static_cast<unsigned char>(line[i] ^ scheme[i]);
    return (differing & ~0x20U) == 0;
}

}  // namespace

exchange::exchange(const guard& of) noexcept : settings_(of.settings_.get()) {
    static_assert(sizeof values_ == detail::exchange_memory);
    if (!settings_->why_not.empty() || settings_->digest == nullptr) return;
    hashes_.emplace();
    nonces_.emplace(settings_->key, settings_->options.nonce_times);
    digest_.emplace(settings_->digest_offered, *hashes_, *nonces_, settings_->replays);
}

exchange::~exchange() { forget_kept(); }

void exchange::clear() noexcept {
    if (settings_->basic != nullptr) login_.clear();
    if (settings_->digest != nullptr) {
        secret_ = {};
        has_secret_ = false;
        body_hash_ = {};
        query_ = {};
        stale_ = false;
    }
    if (settings_->bearer != nullptr) {
        token_ = {};
        token_verdict_ = {};
        bearer_error_ = bearer_error::none;
    }
    if (!settings_->rounds.empty()) {
        forget_kept();
        token_ = {};
        session_ = {};
        rounds_ = nullptr;
        round_ = {};
        keeps_connection_ = false;
    }
    state_ = exchange_state::refused;
    need_ = exchange_need::nothing;
    status_ = 0;
    if (reason_.code != reason_code::none) reason_ = {};
    scheme_ = {};
    user_ = {};
    password_ = {};
    bad_request_ = false;
    field_count_ = 0;
    values_size_ = 0;
}

exchange_state exchange::check(const request& r) noexcept { return start(r, nullptr); }

exchange_state exchange::start(const request& r, const verify::user_lookup* users) noexcept {
    clear();
    asked_ = &r;
    begin(r, users);
    // Not before: a copy of what was just stored piece by piece would wait for all pieces to reach the cache. Only Digest looks
    // at more of a request once it is pending, or answered.
    if (settings_->digest != nullptr) {
        request_ = r;
    } else {
        request_.resource = r.resource;
        request_.existence = r.existence;
        request_.secured = r.secured;
    }
    asked_ = &request_;
    return state_;
}

exchange_state exchange::begin(const request& r, const verify::user_lookup* users) noexcept {
    if (!settings_->why_not.empty()) return fail(reason_code::guard_unusable);
    if (r.preflight) return state_ = exchange_state::preflight;
    if (!r.secured && !settings_->options.allow_unsecured && !for_everybody()) {
        return refuse(credentials_state::absent, {reason_code::unsecured});
    }
    if (!r.credentials || r.credentials->line_count() == 0) {
        if (!r.connection_user.empty() && settings_->has_connection_users()) {
            user_ = r.connection_user;
            keeps_connection_ = true;
            return admit();
        }
        return refuse(credentials_state::absent, {reason_code::no_credentials});
    }
    if (r.credentials->line_count() > 1) {
        log_reason why{reason_code::several_lines};
        why.section = "RFC 9110, 5.3 and 11.6.2";
        why.expected = "one field line";
        return refuse(credentials_state::malformed, why);
    }
    line_ = r.credentials->line(0);
    if (settings_->basic != nullptr && is_of(line_, "Basic")) return check_basic();
    if (settings_->digest != nullptr && is_of(line_, "Digest")) return check_digest(users, false);
    if (settings_->bearer != nullptr && is_of(line_, "Bearer")) return check_bearer();
    for (const detail::offered_rounds& of : settings_->rounds) {
        if (is_of(line_, of.of.scheme->name)) return check_round(of);
    }
    return refuse_other_scheme();
}

exchange_state exchange::refuse_other_scheme() noexcept {
    const result<void> read = parse(settings_->credentials_field(), line_, event_sink{});
    log_reason why{read ? reason_code::scheme_not_offered : reason_code::malformed};
    if (read) return refuse(credentials_state::invalid, why);
    why.scheme = schemes::scheme_error_code::malformed_value;
    why.offset = read.error().offset;
    why.section = read.error().section;
    why.expected = read.error().expected;
    return refuse(credentials_state::malformed, why);
}

exchange_state exchange::check_basic() noexcept {
    scheme_ = "Basic";
    const auto read = login_.read(line_, {settings_->basic->utf8, settings_->basic->allowed});
    if (!read) return refuse(credentials_state::invalid, read.error());
    user_ = copy(read->user_id);
    password_ = copy(read->password);
    return wait_for(exchange_need::password_verdict);
}

/// What is asked for to judge the password of Basic: as Digest asks.
verify::user_query exchange::whose_password() const noexcept {
    const auto algorithm =
        settings_->digest != nullptr ? settings_->digest->algorithms.front() : schemes::digest_algorithm::sha_256;
    return {user_, false, settings_->options.realm, algorithm};
}

bool exchange::is_password_of(const verify::user_query& whose, const verify::user_secret& known) noexcept {
    // A host that knows of no secret has none.
    if (known.a1.empty()) return !known.password.empty() && verify::equal_secrets(password_, known.password);
    if (!hashes_) hashes_.emplace();
    const verify::hex_hash made = hashes_->a1(whose.algorithm, whose.username, whose.realm, password_);
    return made.equals(known.a1);
}

exchange_state exchange::check_digest(const verify::user_lookup* users, bool resumed) noexcept {
    scheme_ = "Digest";
    verify::digest_request r{};
    r.method = asked_->method;
    r.target = asked_->target;
    r.client = asked_->client;
    r.body_hash = body_hash_;
    bool asked = false;
    std::string_view name_of_hash;  // whose hash was sent, if the host says so
    const auto find = [&](const verify::user_query& query, verify::user_secret& secret) noexcept {
        if (users != nullptr || resumed) {
            if (resumed) secret = secret_;
            const bool found = resumed ? has_secret_ : (*users)(query, secret);
            if (found && query.hashed) name_of_hash = secret.username;
            return found;
        }
        query_ = query;
        // The verifier's own name ends with this call; no field is written while the host is asked.
        query_.username = {values_.data(), query.username.copy(values_.data(), values_.size())};
        asked = true;
        return false;
    };
    const verify::digest_verdict v = digest_->verify(line_, r, find, now(), digest_read_);
    user_ = digest_read_.username();
    if (v.is == verify::verdict::accepted) {
        if (!name_of_hash.empty()) user_ = name_of_hash;
        return admit();
    }
    if (asked) return wait_for(exchange_need::user_secret);
    if (v.error.code == verify_code::body_hash_missing && body_hash_.empty()) {
        algorithm_ = digest_read_.credentials()->algorithm;
        return wait_for(exchange_need::body_hash);
    }
    stale_ = v.is == verify::verdict::stale;
    return refuse(credentials_state::invalid, v.error);
}

exchange_state exchange::check_bearer() noexcept {
    scheme_ = "Bearer";
    const auto read = schemes::read_bearer(line_);
    if (read) {
        token_ = read->token;
        return wait_for(exchange_need::token_verdict);
    }
    // RFC 6750, 3.1: a malformed request is answered with 400.
    bearer_error_ = bearer_error::invalid_request;
    bad_request_ = true;
    const schemes::scheme_error& e = read.error();
    return refuse(credentials_state::malformed,
                  {reason_code::malformed, verify_code::none, e.code, e.offset, e.section, e.expected});
}

exchange_state exchange::wait_for(exchange_need n) noexcept {
    need_ = n;
    ++questions_;
    return state_ = exchange_state::pending;
}

bool exchange::answers(exchange_need n) noexcept {
    if (state_ != exchange_state::pending || need_ != n) return false;
    need_ = exchange_need::nothing;
    return true;
}

exchange_state exchange::password_is(bool right) noexcept {
    if (!answers(exchange_need::password_verdict)) return fail(reason_code::not_asked);
    if (right) return admit();
    return refuse(credentials_state::invalid, {reason_code::wrong_credentials, verify_code::wrong_credentials});
}

exchange_state exchange::secret_is(const verify::user_secret& secret) noexcept {
    if (!answers(exchange_need::user_secret)) return fail(reason_code::not_asked);
    secret_ = secret;
    has_secret_ = true;
    const exchange_state now_is = check_digest(nullptr, true);
    secret_ = {};
    return now_is;
}

exchange_state exchange::no_such_user() noexcept {
    if (!answers(exchange_need::user_secret)) return fail(reason_code::not_asked);
    return check_digest(nullptr, true);
}

exchange_state exchange::token_is(const token_verdict& verdict) noexcept {
    if (!answers(exchange_need::token_verdict)) return fail(reason_code::not_asked);
    token_verdict_ = verdict;
    switch (verdict.is) {
        case token_state::valid: user_ = verdict.user; return admit();
        case token_state::insufficient_scope:
            bearer_error_ = bearer_error::insufficient_scope;
            // Nobody's credentials are insufficient for what needs none.
            return refuse(for_everybody() ? credentials_state::invalid : credentials_state::insufficient,
                          {reason_code::insufficient_scope});
        case token_state::step_up:
            bearer_error_ = bearer_error::insufficient_user_authentication;
            return refuse(credentials_state::invalid, {reason_code::step_up});
        case token_state::invalid: break;
    }
    bearer_error_ = bearer_error::invalid_token;
    return refuse(credentials_state::invalid, {reason_code::token_invalid});
}

exchange_state exchange::body_hash_is(std::string_view hash) noexcept {
    if (!answers(exchange_need::body_hash)) return fail(reason_code::not_asked);
    if (hash.empty()) return fail(reason_code::not_answered);
    body_hash_ = hash;
    return check_digest(nullptr, false);
}

exchange_state exchange::cannot_answer() noexcept { return fail(reason_code::not_answered); }

exchange_state exchange::forbid(std::string_view scope) noexcept {
    if (state_ != exchange_state::admitted) return fail(reason_code::not_asked);
    field_count_ = 0;
    values_size_ = kept_size_;  // the host's verdict may refer to what is kept
    if (scheme_ == "Bearer") {
        bearer_error_ = bearer_error::insufficient_scope;
        token_verdict_ = {};
        token_verdict_.scope = scope;
    }
    refuse(credentials_state::insufficient, {reason_code::not_permitted});
    return status_ == 500 || add_final_round() ? state_ : fail(reason_code::not_computable);
}

bool exchange::for_everybody() const noexcept { return detail::is_for_everybody(asked_->resource); }

int exchange::decide(credentials_state whose) noexcept {
    const detail::decided_answer& answer =
        settings_->decided(asked_->resource, asked_->existence, asked_->secured, bad_request_, whose);
    if (!answer.cache_control.empty()) add_field("Cache-Control", answer.cache_control);
    if (!answer.vary.empty()) add_field("Vary", answer.vary);
    return answer.status;
}

verify::time_point exchange::now() const noexcept { return asked_->now ? *asked_->now : settings_->now(); }

exchange_state exchange::admit() noexcept {
    status_ = decide(credentials_state::sufficient);
    if (status_ == 0) return fail(reason_code::contradiction);
    if (round_.is == round_state::established && !add_final_round()) return fail(reason_code::not_computable);
    if (status_ != 200) {
        reason_.code = reason_code::by_resource;
        return state_ = exchange_state::refused;
    }
    status_ = 0;
    state_ = exchange_state::admitted;
    if (scheme_ == "Digest" && !wants_response_hash()) add_info({});
    return state_;
}

exchange_state exchange::refuse(credentials_state whose, const verify::verify_error& e) noexcept {
    if (e.code == verify_code::not_computable || e.code == verify_code::body_hash_missing) {
        return fail(reason_code::not_computable);
    }
    bad_request_ = e.code == verify_code::other_uri;
    log_reason why{reason_code::wrong_credentials, e.code, e.scheme.code, e.offset, e.section, e.expected};
    if (stale_) {
        why.code = reason_code::stale;
        // Whose password is right goes on with the new nonce, as in a handshake: the answer is the same for every target, so
        // that it tells nobody which of them exist.
        if (asked_->existence != policy::existence_rule::open) whose = credentials_state::partial;
    }
    if (e.code == verify_code::other_uri) why.code = reason_code::other_uri;
    if (e.code == verify_code::unreadable) why.code = reason_code::malformed;
    return refuse(bad_request_ || e.code == verify_code::unreadable ? credentials_state::malformed : whose, why);
}

exchange_state exchange::refuse(credentials_state whose, const log_reason& why) noexcept {
    status_ = decide(whose);
    if (status_ == 0) return fail(reason_code::contradiction);
    if (status_ == 200) {  // a resource for everybody
        scheme_ = {};
        user_ = {};
        keeps_connection_ = false;
        status_ = 0;
        return state_ = exchange_state::admitted;
    }
    reason_ = why;
    state_ = exchange_state::refused;
    return add_challenges() ? state_ : fail(reason_code::not_computable);
}

exchange_state exchange::fail(reason_code why) noexcept {
    reason_ = {why};
    need_ = exchange_need::nothing;
    status_ = 500;
    field_count_ = 0;
    keeps_connection_ = false;
    return state_ = exchange_state::refused;
}

}  // namespace authgrammar::conversation
