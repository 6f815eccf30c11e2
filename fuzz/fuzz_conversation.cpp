// A server's guard and a client's answerer talk, over messages that the input changes on their way: each line of it is for one
// message, in order. A client who has the password is let in unless something was changed; whoever is let in has shown it; and
// whoever is not is told so in a way that the field's grammar, and both sides, understand.
// A line begins with what becomes of the message: "=" and the value that replaces it, "~" and octets that are changed (three
// bytes each: place, octet, how), "+" and a line that is added, "-" for none; anything else leaves it alone.
// Options: two bytes: the schemes offered, those of rounds among them, proxy or server, the accounts; Digest's variants.

#include "fuzz_schemes.hpp"
#include "naive/text.hpp"
#include "support/input.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"
#include "support/talk.hpp"

#include <authgrammar/conversation/answerer.hpp>
#include <authgrammar/conversation/exchange.hpp>
#include <authgrammar/parse.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;
using namespace authgrammar::conversation;
using namespace fuzz::talk;
using fuzz::planted;
using fuzz::require;
namespace naive = fuzz::naive;

/// Whether the value shows that its sender has what the accounts have, as the naive readers read it. Of Digest, which they do
/// not compute, whether it means what the client sent, for a challenge of this server.
bool proves(const lines& value, const lines& sent, field f, bool right_password) {
    if (value.size() != 1 || !right_password) return false;
    std::vector<event> memory(4 * value[0].size() + 8);
    event_buffer events(memory.data(), memory.size());
    const auto read = parse_credentials(f, value[0], events);
    if (!read) return false;
    const naive::typed_message m = fuzz::message_of(*read);
    const std::string scheme = fuzz::lower(m.scheme);
    if (scheme == "bearer") return m.token68 && *m.token68 == user_token;
    if (scheme == "negotiate") return m.token68 && *m.token68 == proof_round;
    if (scheme == "scram-sha-256") {
        const auto has = [&m](const char* name, std::string_view wanted) {
            return std::count(m.params.begin(), m.params.end(), std::pair<std::string, std::string>(name, wanted)) == 1;
        };
        return has("data", proof_round) && has("sid", handshake);
    }
    if (scheme == "basic") {
        const auto octets = m.token68 ? naive::base64_octets(*m.token68) : std::nullopt;
        return octets && *octets == std::string(user) + ":" + std::string(user_password);
    }
    if (sent.size() != 1) return false;
    std::vector<event> memory_of_sent(4 * sent[0].size() + 8);
    event_buffer events_of_sent(memory_of_sent.data(), memory_of_sent.size());
    const auto original = parse_credentials(f, sent[0], events_of_sent);
    if (!original) return false;
    auto is = naive::read_digest_credentials(m).values;
    auto was = naive::read_digest_credentials(fuzz::message_of(*original)).values;
    for (const char* name : {"nonce", "uri", "response", "cnonce", "nc", "qop", "realm"}) {
        if (is[name] != was[name]) return false;
    }
    return true;
}

/// The whole conversation.
class talk {
public:
    talk(std::string_view text, unsigned schemes, unsigned digest)
        : changes_(text), guard_(options_for(schemes, digest)), exchange_(guard_), at_proxy_(schemes / 8 % 2 != 0) {
        host_.right_password = schemes / 16 % 2 == 0;
        require("guard_is_usable", guard_.why_not().empty() && !planted("a_realm_makes_a_guard_unusable"));
        client_.add_user(at_proxy_ ? "https://proxy.example/" : uri, user, user_password);
        const std::string_view server = at_proxy_ ? "https://proxy.example/" : uri;
        if (schemes / 32 % 2 != 0) client_.add_token(server, user_token);
        if (schemes / 64 % 2 != 0) client_.add_rounds(server, "Negotiate");
        if (schemes / 128 % 2 != 0) client_.add_rounds(server, "SCRAM-SHA-256");
    }

    /// One attempt, at a time after the beginning.
    void run(std::chrono::minutes after) {
        now_ = begin + after;
        const client_request r{"GET", uri, {}, {}};
        attempt a = at_proxy_ ? client_.begin_at_proxy("https://proxy.example/", r) : client_.begin(r);
        int requests = 0;
        while (a.state() == attempt_state::send) {
            ++requests;
            if (planted("a_client_repeats_itself") && requests > 1) requests += 20;
            require("client_comes_to_an_end", requests <= 12);
            serve(a);
            if (a.state() == attempt_state::pending) a.token_is(next_token(a.token()));
        }
        bool says_why = a.state() != attempt_state::give_up || a.why() != give_up_reason::none;
        if (planted("a_client_gives_up_silently") && a.state() == attempt_state::give_up) says_why = false;
        require("client_says_why", says_why && a.state() != attempt_state::pending);
        if (anything_changed_) return;
        bool as_expected = admitted_ == host_.right_password && (a.state() == attempt_state::done) == admitted_;
        if (planted("a_right_password_is_refused") && admitted_) as_expected = false;
        require("unchanged_is_as_the_accounts_say", as_expected);
        if (admitted_ && exchange_.scheme() == "Digest") {
            require("server_shows_the_password",
                    a.proof() == server_proof::right && !planted("a_right_rspauth_is_not_believed"));
        }
    }

private:
    void serve(attempt& a) {
        lines sent;
        if (const auto value = a.credentials()) sent.emplace_back(*value);
        lines came = sent;
        anything_changed_ = changes_.apply(came) || anything_changed_;
        const field_lines views(came);
        request q{};
        q.method = "GET";
        q.target = at_proxy_ ? uri : target;
        q.credentials = views.value();
        q.secured = true;
        q.now = now_;
        const bool begun_before = host_.begun;
        admitted_ = exchange_.check(q, host_) == exchange_state::admitted;
        const bool proven = proves(came, sent, a.credentials_field(), host_.right_password);
        if (planted("a_changed_answer_is_let_in") && came != sent && !came.empty()) admitted_ = true;
        require("let_in_only_with_proof", !admitted_ || proven);
        const bool of_rounds = exchange_.scheme() == "Negotiate" || exchange_.scheme() == "SCRAM-SHA-256";
        if (admitted_ && of_rounds) require("a_proof_ends_a_handshake", begun_before && !planted("a_proof_begins_one"));
        check_answer();

        lines challenges;
        lines info;
        for (const field_to_send& f : exchange_.fields()) {
            const auto which = field_from_name(f.name);
            if (!which) continue;
            (kind_of(*which) == field_kind::info ? info : challenges).emplace_back(f.value);
        }
        const lines info_before = info;
        anything_changed_ = changes_.apply(challenges) || anything_changed_;
        if (!info.empty()) anything_changed_ = changes_.apply(info) || anything_changed_;
        const field_lines challenge_views(challenges);
        const field_lines info_views(info);
        a.receive(admitted_ ? 200 : exchange_.status(), challenge_views.value(), info_views.value());
    }

    /// What the guard says can be sent, and is understood.
    void check_answer() const {
        const int status = exchange_.status();
        bool named = admitted_ || (exchange_.reason().code != reason_code::none && status >= 400 && status != 500);
        if (planted("a_refusal_has_no_reason") && exchange_.reason().code == reason_code::malformed) named = false;
        require("refusal_is_named", named);
        if (exchange_.reason().code == reason_code::next_round) {
            bool alone = exchange_.fields().size() == 1 && (status == 401 || status == 407);
            if (planted("a_round_comes_with_other_challenges")) alone = false;
            require("the_next_round_is_alone", alone);
        }
        bool asks = false;
        for (const field_to_send& f : exchange_.fields()) {
            const auto which = field_from_name(f.name);
            if (!which) continue;
            parse_options sender{};
            sender.language = edition::rfc9110_sender;
            bool valid = parse(*which, f.value, event_sink{}, sender).has_value();
            if (planted("a_stale_challenge_is_broken") && f.value.find("stale=true") != std::string_view::npos)
                valid = false;
            require("fields_are_in_the_senders_grammar", valid);
            asks = asks || kind_of(*which) == field_kind::challenges;
            bool secret = f.value.find(user_password) != std::string_view::npos ||
                          f.value.find(user_token) != std::string_view::npos ||
                          f.value.find(proof_round) != std::string_view::npos;
            if (planted("a_token_is_sent_back") && f.value.find("invalid_token") != std::string_view::npos)
                secret = true;
            require("no_secret_is_sent_back", !secret);
        }
        if (planted("a_407_has_no_challenge") && status == 407) asks = false;
        require("status_goes_with_its_challenge", (status != 401 && status != 407) || asks);
    }

    changes changes_;
    verify::time_point now_ = begin;
    guard guard_;
    exchange exchange_;
    server_host host_{};
    answerer client_;
    bool at_proxy_;
    bool anything_changed_ = false;
    bool admitted_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 2);
    talk t(in.text(), in.option(0), in.option(1));
    t.run(std::chrono::minutes(0));
    // What was accepted is used again, with what is left of the input; later, when nonces may have expired.
    t.run(std::chrono::minutes(in.option(1) / 64 * 3));
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(2, authgrammar::fuzz::header_text)
