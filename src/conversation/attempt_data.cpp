#include "attempt_data.hpp"
#include "rounds.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/schemes/bearer.hpp>
#include <authgrammar/verify/precis.hpp>
#include <authgrammar/verify/secure.hpp>
#include <authgrammar/writer.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace authgrammar::conversation {

namespace {

bool same(std::string_view a, std::string_view b) { return text(a).equals_ignoring_case(b); }

/// A challenge as a value of its own.
std::string value_of(const challenge& c, const field_value& in) {
    std::string whole;
    in.for_each_piece(c.begin(), c.end(), [&whole](std::string_view piece) {
        whole += piece;
        return true;
    });
    return whole;
}

/// Of the URIs in Digest's `domain` those of the server itself: credentials go to no other one, whatever it says.
std::string uris_of_server(std::string_view domain, std::string_view root) {
    std::string own;
    while (!domain.empty()) {
        const std::size_t end = std::min(domain.find(' '), domain.size());
        const std::string_view uri = domain.substr(0, end);
        domain.remove_prefix(std::min(end + 1, domain.size()));
        const bool is_path = uri.substr(0, 1) == "/" && uri.substr(0, 2) != "//";
        const auto absolute = is_path ? std::nullopt : policy::read_target_uri(uri);
        if (!is_path && (!absolute || absolute->root != root)) continue;
        own += own.empty() ? "" : " ";
        own += uri;
    }
    return own;
}

}  // namespace

attempt::data::data(detail::answerer_state& o, field credentials, std::optional<policy::target_uri> where,
                    const client_request& r)
    : owner(o),
      credentials_field(credentials),
      target(std::move(where)),
      method(r.method),
      body_hash(r.body_hash),
      guard(credentials == field::authorization ? field::www_authenticate : field::proxy_authenticate,
            o.options.retries) {
    if (!r.target.empty()) {
        request_target = r.target;
    } else if (method == "CONNECT") {
        request_target = r.uri;
    } else if (const auto uri = policy::read_target_uri(r.uri)) {
        request_target = uri->path + (uri->query.empty() ? "" : "?" + uri->query);
        if (at_proxy()) request_target = uri->root + request_target;
    }
}

void attempt::data::begin() {
    if (!target) {
        give_up(give_up_reason::no_account);
        return;
    }
    detail::known_space* const space = known();
    if (space == nullptr) return;
    if (!keep(space->challenge)) return;
    if (kept.digest()) {
        who = space->who;
        scheme = space->scheme;
        nc = ++space->nc;
        answer_digest(*who, nc);
    } else {
        answer_kept(*space->who);
    }
    if (state == attempt_state::give_up) {  // the challenge that comes may be another one
        state = attempt_state::send;
        why = give_up_reason::none;
    }
}

detail::known_space* attempt::data::known() {
    const auto found = at_proxy() ? owner.store.find_proxy(*target) : owner.store.find(*target);
    if (!found) return nullptr;
    std::size_t index = 0;
    const std::string_view number = found->secret;
    if (std::from_chars(number.data(), number.data() + number.size(), index).ec != std::errc()) return nullptr;
    for (detail::known_space& s : owner.spaces) {
        if (index-- == 0) return s.who->rounds ? nullptr : &s;
    }
    return nullptr;
}

/// Leaves nothing of the last answer for anybody to see.
void attempt::data::forget_answer() {
    who = nullptr;
    value = policy::secret();
    scheme.clear();
    token.clear();
    session.clear();
}

attempt_state attempt::data::give_up(give_up_reason r) {
    why = r;
    forget_answer();
    return state = attempt_state::give_up;
}

attempt_state attempt::data::finish() {
    accepted();
    value = policy::secret();
    return state = attempt_state::done;
}

attempt_state attempt::data::receive(int status, const std::optional<field_value>& challenges,
                                     const std::optional<field_value>& info, std::string_view hash_of_response) {
    if (state != attempt_state::send || status < 200) return state;
    advice = {};
    const int mine = at_proxy() ? 407 : 401;
    if (status == (at_proxy() ? 401 : 407)) {
        // What the other hop wants is no refusal of these credentials, nor their acceptance (RFC 9110, 15.5.2 and 15.5.8).
        return at_proxy() ? finish() : give_up(give_up_reason::wrong_proxy_status);
    }
    if (status != mine) {
        read_info(info, hash_of_response);
        read_last_round(challenges, info);
        return finish();
    }
    if (at_proxy() && value.size() != 0 && who != nullptr && !who->rounds) owner.store.discard_proxy(*target);
    forget_answer();
    if (!challenges || challenges->size() == 0) return give_up(give_up_reason::no_challenge);
    advice = guard.challenged(*challenges);
    if (advice.step == policy::retry_step::show) {
        const result<void> read = parse(challenge_field(), *challenges, event_sink{});
        return give_up(read ? give_up_reason::refused : give_up_reason::malformed);
    }
    return answer(*challenges);
}

attempt_state attempt::data::answer(const field_value& from) {
    std::vector<event> memory(std::min<std::size_t>(2 * from.size() + 8, detail::most_events));
    event_buffer events(memory.data(), memory.size());
    const result<authgrammar::challenges> list = parse_challenges(challenge_field(), from, events);
    if (!list) return give_up(give_up_reason::malformed);
    const std::vector<policy::supported_scheme> order = owner.order_for(target->root);
    const policy::challenge_choice choice =
        policy::choose_challenge(*list, {order.data(), order.size()}, target->secured);
    if (choice.outcome == policy::choice_outcome::only_unsafe) return give_up(give_up_reason::unsecured);
    if (!choice) return give_up(order.empty() ? give_up_reason::no_account : give_up_reason::unknown_scheme);
    // Challenges of one scheme may name several realms (RFC 9110, 11.5), and are equally secure.
    bool reached = false;
    bool unread = false;
    for (const challenge c : *list) {
        reached = reached || c.begin() == choice.chosen.begin();
        if (!reached || !c.has_scheme(choice.answer_as->name)) continue;
        const detail::account* const a = owner.find(target->root, c);
        if (a == nullptr) continue;
        const bool can_read = keep(value_of(c, from));
        unread = unread || !can_read;
        if (can_read && (!kept.digest() || owner.hashes.supports(kept.digest()->algorithm))) return answer_kept(*a);
    }
    return give_up(unread ? give_up_reason::malformed : give_up_reason::no_account);
}

bool attempt::data::keep(std::string value_of_challenge) {
    return kept.keep(challenge_field(), std::move(value_of_challenge), owner.options.allowed);
}

attempt_state attempt::data::answer_kept(const detail::account& a) {
    who = &a;
    const challenge& c = *kept.get();
    scheme = c.scheme().str();
    if (a.rounds) {
        const auto of = detail::find_round_scheme(scheme);
        if (of && of->by_params) {
            token = kept.param("data").value_or("");
            session = kept.param("sid").value_or("");
        } else {
            token = c.token68() ? c.token68()->str() : std::string();
        }
        return state = attempt_state::pending;
    }
    if (kept.digest()) return answer_digest(a, nc = 1);
    if (same(scheme, "Basic")) return answer_basic(a);
    std::string made;
    const write_result written = write_to(made, [&](char* buffer, std::size_t capacity) {
        return schemes::write_bearer_credentials(credentials_field, a.password.bytes(), buffer, capacity);
    });
    return written ? send(made) : give_up(give_up_reason::not_computable);
}

attempt_state attempt::data::answer_basic(const detail::account& a) {
    const auto read = schemes::read_basic_challenge(*kept.get(), owner.options.allowed);
    if (!read) return give_up(give_up_reason::malformed);
    std::string user = a.user;
    verify::secret_buffer<4096> normal;
    std::string_view password = a.password.bytes();
    if (read->utf8) {  // RFC 7617, 2.1
        char name[4096];
        const verify::precis_result n = verify::normalize(user, name, sizeof name);
        const verify::precis_result p = verify::normalize(password, normal.data(), normal.capacity());
        if (!n || !p) return give_up(give_up_reason::not_computable);
        user.assign(name, n.size);
        password = {normal.data(), p.size};
    }
    verify::secret_buffer<16384> made;
    const write_result written =
        schemes::write_basic_credentials(credentials_field, user, password, made.data(), made.capacity());
    return written ? send({made.data(), written.size}) : give_up(give_up_reason::not_computable);
}

attempt_state attempt::data::answer_digest(const detail::account& a, std::uint32_t count) {
    const schemes::digest_challenge* const read = &*kept.digest();
    char random[verify::cnonce_size];
    if (!verify::make_cnonce(random)) return give_up(give_up_reason::not_computable);
    cnonce.assign(random, sizeof random);
    verify::digest_login login{};
    login.username = a.user;
    login.password = a.password.bytes();
    verify::secret_buffer<4 * verify::precis_limit> name;
    verify::secret_buffer<4 * verify::precis_limit> password;
    if (read->utf8) {  // RFC 7616, 4
        const verify::precis_result n = verify::prepare_username(login.username, name.data(), name.capacity());
        const verify::precis_result p = verify::prepare_password(login.password, password.data(), password.capacity());
        if (!n || !p) return give_up(give_up_reason::not_computable);
        login.username = {name.data(), n.size};
        login.password = {password.data(), p.size};
    }
    verify::digest_use use{};
    use.method = method;
    use.target = request_target;
    use.cnonce = cnonce;
    use.nc = count;
    // The one hash that is known.
    if (read->algorithm == schemes::digest_algorithm::sha_256 ||
        read->algorithm == schemes::digest_algorithm::sha_256_sess) {
        use.body_hash = body_hash;
    }
    use.proxy = at_proxy();
    std::array<char, 8192> buffer;
    digest = verify::answer_challenge(owner.hashes, *read, login, use, buffer.data(), buffer.size());
    if (!digest) return give_up(give_up_reason::not_computable);
    nc = count;
    return send({buffer.data(), digest.written.size});
}

attempt_state attempt::data::token_is(std::optional<std::string_view> token68) {
    if (state != attempt_state::pending) return state;
    if (!token68) return give_up(give_up_reason::not_computable);
    std::string made;
    const auto of = detail::find_round_scheme(scheme);
    const std::string realm = kept.param("realm").value_or("");
    const write_result written = write_to(made, [&](char* buffer, std::size_t capacity) {
        if (of) return detail::write_round(credentials_field, *of, {realm, session, *token68}, buffer, capacity);
        return write_credentials(credentials_field, {text(scheme), text(*token68)}, buffer, capacity);
    });
    token.clear();
    return written ? send(made) : give_up(give_up_reason::not_computable);
}

attempt_state attempt::data::send(std::string_view made) {
    if (guard.was_sent(made)) return give_up(give_up_reason::already_tried);
    guard.sent(made);
    value = policy::secret(made);
    return state = attempt_state::send;
}

/// Remembers what was accepted, for the requests to come.
void attempt::data::accepted() {
    if (value.size() == 0 || who == nullptr || who->rounds || proof == server_proof::wrong) return;
    if (!kept.get()) return;
    const std::optional<std::string> realm_text = kept.param("realm");
    std::size_t index = 0;
    bool found = false;
    for (detail::known_space& s : owner.spaces) {
        if (s.who == who && s.root == target->root && s.realm == realm_text && same(s.scheme, scheme)) {
            if (s.challenge != kept.value()) {
                s.challenge = kept.value();
                s.nc = 0;
            }
            s.nc = std::max(s.nc, nc);
            found = true;
            break;
        }
        ++index;
    }
    if (!found) owner.spaces.push_back({who, target->root, realm_text, scheme, kept.value(), nc});
    policy::accepted_credentials remembered{};
    remembered.scheme = scheme;
    const std::string domain = kept.digest() ? kept.param("domain").value_or("") : std::string();
    const std::string domain_text = uris_of_server(domain, target->root);
    if (domain_text.empty() && !domain.empty()) return;  // of other servers alone
    const std::string number = std::to_string(index);
    if (realm_text) remembered.realm = *realm_text;
    if (kept.digest()) remembered.domain = domain_text;
    remembered.secret = number;
    if (at_proxy()) {
        owner.store.remember_proxy(*target, remembered);
    } else {
        owner.store.remember(*target, remembered);
    }
}

void attempt::data::read_info(const std::optional<field_value>& info, std::string_view hash_of_response) {
    if (!info || !kept.digest() || !digest) return;
    inline_event_buffer<64> events;
    const result<auth_params> params = parse_info(info_field(), *info, events);
    const auto read = params ? schemes::read_digest_info(*params, owner.options.allowed)
                             : result<schemes::digest_info, schemes::scheme_error>(schemes::scheme_error{});
    if (!read) {
        proof = server_proof::wrong;
        return;
    }
    const schemes::digest_challenge& answered = *kept.digest();
    verify::digest_use use{};
    use.method = method;
    use.target = request_target;
    use.cnonce = cnonce;
    use.nc = nc;
    use.proxy = at_proxy();
    if (read->rspauth && (digest.qop != schemes::digest_qop::auth_int || !hash_of_response.empty())) {
        proof = verify::check_rspauth(owner.hashes, *read, answered, digest, use, hash_of_response)
                    ? server_proof::right
                    : server_proof::wrong;
    }
    if (proof == server_proof::wrong || !read->nextnonce) return;
    schemes::digest_challenge next = answered;
    next.nonce = *read->nextnonce;
    next.stale = false;
    std::string made;
    const write_result written = write_to(made, [&](char* buffer, std::size_t capacity) {
        return schemes::write_digest_challenge(challenge_field(), next, buffer, capacity);
    });
    if (written && keep(std::move(made))) nc = 0;
}

/// The token that ends a handshake, if the server has sent one.
void attempt::data::read_last_round(const std::optional<field_value>& challenges,
                                    const std::optional<field_value>& info) {
    if (who == nullptr || !who->rounds) return;
    token.clear();
    const auto of = detail::find_round_scheme(scheme);
    std::vector<event> memory(detail::most_events);
    event_buffer events(memory.data(), memory.size());
    if (of && of->by_params) {
        const auto params = info ? parse_info(info_field(), *info, events) : result<auth_params>(auth_params());
        const auto last = params ? params->find("data") : std::nullopt;
        const auto sid = params ? params->find("sid") : std::nullopt;
        // RFC 7804, 5: the server that answers is the one of this handshake.
        if (last && sid && sid->value.equals(session)) token = last->value.str();
        return;
    }
    if (!challenges) return;
    const result<authgrammar::challenges> list = parse_challenges(challenge_field(), *challenges, events);
    if (!list) return;
    for (const challenge c : *list) {
        if (c.has_scheme(scheme) && c.token68()) token = c.token68()->str();
    }
}

}  // namespace authgrammar::conversation
