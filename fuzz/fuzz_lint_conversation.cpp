#include "fuzz_lint.hpp"
#include "naive/conversation.hpp"
#include "support/oracle.hpp"

#include <authgrammar/audit/circumstances.hpp>
#include <authgrammar/audit/reading.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

namespace {

constexpr std::size_t most_messages = 24;  ///< the model is quadratic in them
constexpr std::string_view stranger = "stranger.invalid";

/// Messages with what was read in them.
struct dialogue {
    std::vector<audit::message> messages;
    std::vector<std::vector<audit::field_reading>> fields;

    explicit dialogue(std::vector<audit::message> m) : messages(std::move(m)) {
        for (const audit::message& each : messages) fields.push_back(audit::read_fields(each));
    }
};

bool same_span(const audit::span& a, const audit::span& b) { return a.offset == b.offset && a.length == b.length; }

bool same_places(const audit::linked_places& a, const audit::linked_places& b) {
    return a.about == b.about && same_span(a.at, b.at) && same_span(a.earlier, b.earlier);
}

bool same_places(const std::optional<audit::linked_places>& a, const std::optional<audit::linked_places>& b) {
    return a.has_value() == b.has_value() && (!a || same_places(*a, *b));
}

/// What the model knows, too.
bool agree(const audit::circumstances& a, const audit::circumstances& b) {
    return same_places(a.refusal, b.refusal) && a.refused_by_same == b.refused_by_same &&
           same_places(a.sent_again, b.sent_again) &&
           std::equal(a.other_realms.begin(), a.other_realms.end(), b.other_realms.begin(), b.other_realms.end(),
                      [](const auto& x, const auto& y) { return same_places(x, y); });
}

bool equal(const audit::circumstances& a, const audit::circumstances& b) {
    return agree(a, b) && same_places(a.carried_over, b.carried_over) && a.server_secured == b.server_secured &&
           a.proxy_secured == b.proxy_secured && a.form_login == b.form_login;
}

bool is_earlier(const std::optional<audit::linked_places>& p) { return !p || p->earlier.offset <= p->at.offset; }

/// The circumstances of each message. `between`: other messages, of which all that come before a message of the kind
/// for which they are meant are let in, and whose own circumstances are left out.
std::vector<audit::circumstances> follow(const dialogue& d, const audit::known_facts& facts, const dialogue* between,
                                         audit::start_kind before) {
    audit::conversation conversation(facts);
    std::vector<audit::circumstances> all;
    for (std::size_t i = 0; i < d.messages.size(); ++i) {
        for (std::size_t k = 0; between != nullptr && d.messages[i].start == before && k < between->messages.size();
             ++k) {
            (void)conversation.next(between->messages[k], between->fields[k]);
        }
        all.push_back(conversation.next(d.messages[i], d.fields[i]));
    }
    return all;
}

void check_model(const dialogue& d, std::vector<audit::circumstances> found) {
    std::vector<read_message> so_far;
    for (std::size_t i = 0; i < d.messages.size(); ++i) so_far.push_back({&d.messages[i], &d.fields[i]});
    if (!is_with_one_server(so_far)) return;
    so_far.clear();
    for (std::size_t i = 0; i < d.messages.size(); ++i) {
        so_far.push_back({&d.messages[i], &d.fields[i]});
        const audit::circumstances expected = expect_circumstances(so_far);
        if (planted("a_repetition_is_forgotten") && expected.sent_again) found[i].sent_again.reset();
        if (planted("a_first_refusal_is_none") && found[i].refusal) found[i].refusal.reset();
        require("conversation_agrees", agree(found[i], expected));
    }
}

}  // namespace

audit::known_facts facts_for(std::string_view input) {
    audit::known_facts facts;
    facts.form_login = input.size() % 2 == 1;
    if (input.size() % 3 == 1) facts.url = policy::read_target_uri("http://www.example.test/");
    if (input.size() % 3 == 2) facts.url = policy::read_target_uri("https://www.example.test/");
    return facts;
}

void check_conversation(const std::vector<audit::message>& messages, std::string_view input) {
    if (messages.size() > most_messages) return;
    const dialogue all(messages);
    std::vector<audit::circumstances> found = follow(all, facts_for(input), nullptr, audit::start_kind::none);
    for (const audit::circumstances& around : found) {
        bool ordered = is_earlier(around.refusal) && is_earlier(around.sent_again) && is_earlier(around.carried_over);
        for (const audit::linked_places& p : around.other_realms) ordered = ordered && is_earlier(p);
        if (planted("the_realm_before_is_the_later_one") && !around.other_realms.empty()) ordered = false;
        require("earlier_places_are_earlier", ordered);
    }
    check_model(all, follow(all, {}, nullptr, audit::start_kind::none));

    static const dialogue interim(
        audit::read_messages("HTTP/1.1 100 Continue\r\nWWW-Authenticate: Basic\r\n\r\n"
                             "HTTP/1.1 103 Early Hints\r\nLocation: http://x/\r\n\r\n"));
    std::vector<audit::circumstances> with_interim =
        follow(all, facts_for(input), &interim, audit::start_kind::response);
    if (planted("an_interim_response_is_the_answer") && with_interim.back().refusal)
        with_interim.back().refusal.reset();
    require("interim_responses_change_nothing",
            std::equal(found.begin(), found.end(), with_interim.begin(), with_interim.end(), equal));

    static const dialogue other(
        audit::read_messages("GET / HTTP/1.1\r\nHost: stranger.invalid\r\nAuthorization: Basic dTpw\r\n\r\n"
                             "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"s\"\r\n\r\n"));
    if (input.find(stranger) != std::string_view::npos) return;
    std::vector<audit::circumstances> with_other = follow(all, facts_for(input), &other, audit::start_kind::request);
    if (planted("realms_of_all_servers_are_one_list") && with_other.size() > 3)
        with_other[0].other_realms.push_back({});
    require("other_servers_change_nothing",
            std::equal(found.begin(), found.end(), with_other.begin(), with_other.end(), equal));
}

}  // namespace authgrammar::fuzz
