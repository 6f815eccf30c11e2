#include "cli/own_folder.hpp"
#include "commands.hpp"
#include "decide/decide.hpp"

#include <authgrammar/policy/decision.hpp>
#include "policy/decision_table.hpp"
#include "policy/decision_tree.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace authlint {
namespace {

namespace policy = authgrammar::policy;
using nlohmann::json;

policy::facts facts_of(const std::string& text) {
    const auto read = read_decide_input(text);
    EXPECT_TRUE(std::holds_alternative<decide_input>(read)) << text;
    return std::holds_alternative<decide_input>(read)
               ? std::get<decide_input>(read).facts
               : policy::facts(policy::resource_state{}, policy::credentials_state{});
}

std::string code_of(const std::string& text) {
    const auto read = read_decide_input(text);
    const auto* e = std::get_if<decide_error>(&read);
    return e == nullptr ? "none" : e->code;
}

struct ran {
    int exit;
    std::string out;
    std::string err;
};

ran run_with(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "authlint");
    std::vector<const char*> argv;
    for (const std::string& a : arguments) argv.push_back(a.c_str());
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int exit = run(static_cast<int>(argv.size()), argv.data());
    std::fflush(stdout);
    return {exit, ::testing::internal::GetCapturedStdout(), ::testing::internal::GetCapturedStderr()};
}

/// A member of the form: its name, the object that it stands in, its values.
struct member {
    std::string name;
    bool of_policy;
    std::vector<json> values;
};
const std::vector<member> form{
    {"hop", false, {"origin", "proxy", "gateway"}},
    {"resource", false, {"public", "protected", "absent", "moved"}},
    {"existence", false, {"open", "hidden", "hidden-from-strangers"}},
    {"authentication", false, {"http", "form"}},
    {"credentials", false, {"absent", "malformed", "partial", "invalid", "insufficient", "sufficient"}},
    {"cause", false, {"wrong", "expired", "revoked", "unknown-user"}},
    {"forbidden", false, {false, true}},
    {"malformed", true, {"401", "400"}},
    {"hide_with", true, {"404", "401"}},
    {"login", true, {"403", "302", "303", "307"}},
};

std::size_t form_count() {
    std::size_t count = 1;
    for (const member& m : form) count *= m.values.size();
    return count;
}

json filled_form(std::size_t i) {
    json filled = json::object();
    for (const member& m : form) {
        (m.of_policy ? filled["policy"] : filled)[m.name] = m.values[i % m.values.size()];
        i /= m.values.size();
    }
    return filled;
}

void expect_read_as_meant(const json& filled, const policy::facts& f) {
    for (const member& m : form) {
        const policy::fact& fact = *policy::fact_from_name((m.of_policy ? "policy." : "") + m.name);
        const json& meant = (m.of_policy ? filled["policy"] : filled)[m.name];
        if (meant.is_boolean()) {
            ASSERT_EQ(fact.get(f) != 0, meant.get<bool>()) << filled;
        } else {
            ASSERT_EQ(fact.values[fact.get(f)], meant.get<std::string>()) << filled;
        }
    }
}

void expect_answered_as_decided(const policy::facts& f, const policy::decision& d) {
    const std::string printed = decision_as_json(d);
    const json a = json::parse(printed);
    const policy::outcome& o = d.recommended;
    ASSERT_EQ(a["status"], o.status);
    ASSERT_EQ(a["send"]["WWW-Authenticate"], name_of(o.www_authenticate));
    ASSERT_EQ(a["send"]["Proxy-Authenticate"], name_of(o.proxy_authenticate));
    ASSERT_EQ(a["send"].contains("Location"), o.location == policy::sending::must);
    ASSERT_EQ(a["also"].size(), d.also.size());
    ASSERT_EQ(a["reasons"].size(), o.reasons.size());
    if (f.existence == policy::existence_rule::open || f.resource != policy::resource_state::protected_resource) return;
    if (may_know(f) && f.forbidden == policy::refusal::no) return;
    policy::facts g = f;
    g.resource = policy::resource_state::absent;
    ASSERT_EQ(printed, decision_as_json(decide(g))) << "every byte that we print";
}

// Every combination that the form can say is read as meant, and answered as the library answers; of causes, where they
// count.
TEST(decide_json, says_what_the_library_decides) {
    std::size_t all = 0;
    std::size_t contradictory = 0;
    for (std::size_t i = 0; i < form_count(); ++i) {
        const json filled = filled_form(i);
        if (filled["credentials"] != "invalid" && filled["cause"] != "wrong") continue;
        ++all;
        const policy::facts f = facts_of(filled.dump());
        expect_read_as_meant(filled, f);
        const policy::decision d = decide(f);
        if (d) {
            expect_answered_as_decided(f, d);
        } else {
            ++contradictory;
            ASSERT_FALSE(json::parse(error_as_json(error_of(d)))["error"]["facts"].empty());
        }
        if (HasFatalFailure()) return;
    }
    std::printf("decide --json: %zu combinations of the form, %zu contradictory\n", all, contradictory);
}

TEST(decide_json, members_left_out_take_the_first_value) {
    const policy::facts f = facts_of("{}");
    for (const policy::fact& fact : policy::all_facts()) EXPECT_EQ(fact.get(f), 0) << fact.name;
    EXPECT_EQ(facts_of(R"({"policy": {"login": 303}})").login, policy::login_policy::see_other);
}

TEST(decide_json, is_strict) {
    EXPECT_EQ(code_of("{"), "not_json");
    EXPECT_EQ(code_of("[]"), "not_json");
    EXPECT_EQ(code_of("{} {}"), "not_json");
    EXPECT_EQ(code_of(R"({"colour": 1})"), "unknown_member");
    EXPECT_EQ(code_of(R"({"cause": "none"})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"policy": {"hide": "404"}})"), "unknown_member");
    EXPECT_EQ(code_of(R"({"Hop": "proxy"})"), "unknown_member");
    EXPECT_EQ(code_of(R"({"hop": "Proxy"})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"hop": null})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"existence": "hidden-from-nobody"})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"forbidden": "network"})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"forbidden": 1})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"policy": {"login": 301}})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"policy": {"login": -303}})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"policy": []})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"hop": "proxy", "hop": "origin"})"), "repeated_member");
    EXPECT_EQ(code_of(R"({"policy": {"login": "403", "login": "302"}})"), "repeated_member");
    EXPECT_EQ(code_of("{\"hop\": \"\xFF\"}"), "not_json");
}

// Who forgets the resource means no public one.
TEST(decide_json, credentials_are_for_something) {
    for (const char* c : {"absent", "malformed", "partial", "invalid", "insufficient", "sufficient"}) {
        const std::string credentials = "\"credentials\": \"" + std::string(c) + "\"";
        EXPECT_EQ(code_of("{" + credentials + "}"), "missing_fact") << c;
        EXPECT_EQ(code_of("{\"hop\": \"proxy\", " + credentials + ", \"cause\": \"wrong\"}"), "missing_fact") << c;
        EXPECT_EQ(code_of("{" + credentials + ", \"resource\": \"protected\"}"), "none") << c;
        const ran options = run_with({"decide", "--credentials", c});
        EXPECT_EQ(options.exit, 2) << c;
        EXPECT_EQ(options.out, "");
        EXPECT_NE(options.err.find("resource that they are for"), std::string::npos) << options.err;
        const ran as_json = run_with({"decide", "--credentials", c, "--format", "json"});
        EXPECT_EQ(as_json.exit, 2);
        EXPECT_EQ(json::parse(as_json.out)["error"]["code"], "missing_fact");
        EXPECT_EQ(json::parse(as_json.out)["error"]["facts"], json{"resource"});
    }
    EXPECT_EQ(code_of("{}"), "none") << "as ever: nothing is said of credentials";
    EXPECT_EQ(code_of(R"({"existence": "open", "hop": "proxy"})"), "none");
    EXPECT_EQ(run_with({"decide", "--hop", "gateway", "--resource", "protected", "--format", "json"}).exit, 0);
}

// What the form says beside the facts of old.
TEST(decide_json, new_members) {
    EXPECT_EQ(facts_of(R"({"method": "CONNECT"})").method, policy::request_method::connect);
    EXPECT_EQ(facts_of(R"({"method": "PUT"})").method, policy::request_method::put);
    EXPECT_EQ(facts_of(R"({"method": "preflight"})").method, policy::request_method::preflight);
    for (const char* other : {"other", "GET", "HEAD", "POST", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
        EXPECT_EQ(facts_of(R"({"method": ")" + std::string(other) + "\"}").method, policy::request_method::other);
        EXPECT_EQ(run_with({"decide", "--method", other}).exit, 0) << other;
    }
    EXPECT_EQ(code_of(R"({"method": "connect"})"), "unknown_value") << "methods have a case";
    EXPECT_EQ(facts_of(R"({"policy": {"optional": 401}})").optional, policy::public_policy::check);
    EXPECT_EQ(facts_of(R"({"policy": {"login": 511}})").login, policy::login_policy::network_authentication);
    EXPECT_EQ(facts_of(R"({"forbidden_because": "network"})").forbidden, policy::refusal::network);
    EXPECT_EQ(facts_of(R"({"forbidden": true, "forbidden_because": "legal-reasons"})").forbidden,
              policy::refusal::legal_reasons);
    EXPECT_EQ(facts_of(R"({"forbidden_because": "too-many-requests", "forbidden": true})").forbidden,
              policy::refusal::too_many_requests);
    EXPECT_EQ(code_of(R"({"forbidden": false, "forbidden_because": "network"})"), "contradictory_facts");
    EXPECT_EQ(code_of(R"({"forbidden_because": "yes"})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"scheme": "Bearer"})"), "none");
    EXPECT_EQ(code_of(R"({"scheme": "Bearer x"})"), "unknown_value");
    EXPECT_EQ(code_of(R"({"scheme": ""})"), "unknown_value");
}

TEST(decide_json, says_what_challenges_and_caches_are_told) {
    const auto answer = [](const std::string& text) { return json::parse(decision_as_json(decide(facts_of(text)))); };
    const json refused = answer(R"({"resource": "protected", "credentials": "invalid"})");
    const auto bearer = std::find_if(refused["errors"].begin(), refused["errors"].end(),
                                     [](const json& e) { return e["scheme"] == "Bearer"; });
    ASSERT_NE(bearer, refused["errors"].end());
    EXPECT_EQ((*bearer)["param"], "error");
    EXPECT_EQ((*bearer)["value"], "invalid_token");
    EXPECT_FALSE(answer(R"({"resource": "protected", "credentials": "absent"})").contains("errors"));
    const json given = answer(R"({"resource": "protected", "credentials": "sufficient"})");
    EXPECT_EQ(given["cache"], (json{{"Cache-Control", "private"}, {"Vary", "Authorization"}}));
    const json limited = answer(R"({"forbidden_because": "too-many-requests"})");
    EXPECT_EQ(limited["status"], 429);
    EXPECT_EQ(limited["send"]["Retry-After"], "may");
    EXPECT_EQ(answer(R"({"forbidden_because": "upgrade-required"})")["send"]["Upgrade"], "must");
    const json ahead = answer(R"({"resource": "protected", "method": "preflight"})");
    EXPECT_EQ(ahead["status"], 200);
    EXPECT_EQ(ahead["reasons"][0]["category"], "practice");
    EXPECT_EQ(ahead["also"][0]["status"], 401);
}

TEST(decide_options, an_error_is_written_into_the_challenge_of_the_scheme) {
    const ran r = run_with({"decide", "--resource", "protected", "--credentials", "invalid", "--scheme", "Bearer",
                            "--challenge", "Bearer realm=\"x\"", "--challenge", "Basic realm=\"x\""});
    EXPECT_NE(r.out.find("\n    WWW-Authenticate: Bearer realm=\"x\", error=\"invalid_token\", Basic realm=\"x\"\n"),
              std::string::npos)
        << r.out;
    const ran step_up =
        run_with({"decide", "--resource", "protected", "--credentials", "invalid", "--cause", "step-up"});
    EXPECT_NE(step_up.out.find("insufficient_user_authentication"), std::string::npos) << step_up.out;
    const ran ahead = run_with({"decide", "--resource", "protected", "--method", "preflight"});
    EXPECT_NE(ahead.out.find("practice  the Fetch standard"), std::string::npos) << ahead.out;
}

// The cause of invalid credentials never changes the status.
TEST(decide_json, a_cause_is_read_and_changes_nothing) {
    const auto answer = [](const std::string& cause) {
        return decision_as_json(
            decide(facts_of(R"({"resource": "protected", "credentials": "invalid")" + cause + "}")));
    };
    const std::string plain = answer("");
    for (const char* cause : {"wrong", "expired", "revoked", "unknown-user"}) {
        EXPECT_EQ(answer(R"(, "cause": ")" + std::string(cause) + "\""), plain) << cause;
    }
}

// A value that is no fact is read to its end, however deep, and not shown.
TEST(decide_json, nothing_may_follow_a_nul) {
    using namespace std::string_literals;
    for (const std::string& text :
         {"{\"resource\": \"protected\"}\0garbage"s, "\0{}"s, "{}\0"s, "{\"hop\": \"\0\"}"s}) {
        EXPECT_EQ(code_of(text), "not_json") << text;
    }
}

// Everything that fits on no screen is named for what it is, in time that is linear.
TEST(decide_json, hostile_input_gets_a_short_answer) {
    const auto error_for = [](const std::string& text) {
        const auto read = read_decide_input(text);
        const auto* e = std::get_if<decide_error>(&read);
        EXPECT_NE(e, nullptr);
        EXPECT_LT(e == nullptr ? 0 : e->text.size(), 200u);
        return e == nullptr ? decide_error{} : *e;
    };
    std::string members = "{\"hop\": \"proxy\"";
    for (int i = 0; i < 30'000; ++i) members += ", \"m" + std::to_string(i) + "\": []";
    EXPECT_EQ(error_for(members + "}").code, "unknown_member");
    EXPECT_EQ(error_for(members + ", \"m7\": 1}").code, "repeated_member");
    EXPECT_EQ(error_for("{\"policy\": " + members + "}}").code, "unknown_member");
    EXPECT_EQ(error_for(members).code, "not_json");
    const std::string letters(500'000, 'x');
    EXPECT_EQ(error_for("{\"hop\": \"" + letters + "\"}").text,
              "hop is origin, proxy or gateway, not a string of 500000 bytes");
    EXPECT_EQ(error_for("{\"" + letters + "\": 1}").text, "there is no fact of that name: a string of 500000 bytes");
    EXPECT_EQ(error_for("{\"scheme\": \"" + letters + " \"}").code, "unknown_value");
    EXPECT_EQ(error_for("{\"hop\": " + std::string(100'000, '1') + "}").code, "not_json");
    for (const char* text : {"{\"hop\": 1e999}", "{\"hop\": \"\\ud800\"}"}) {
        EXPECT_NE(error_for(text).text.find("cannot be represented"), std::string::npos) << text;
    }
    const std::string objects = R"({"policy": )" + std::string(100'000, ' ');
    std::string nested;
    for (int i = 0; i < 20'000; ++i) nested += "{\"a\":";
    EXPECT_EQ(error_for(objects + nested + "1" + std::string(20'000, '}') + "}").text, "the input is nested too deep");
}

TEST(decide_json, deep_values_are_refused) {
    const std::string deep = std::string(200000, '[') + std::string(200000, ']');
    for (const char* name : {"hop", "forbidden", "policy", "else"}) {
        const auto read = read_decide_input("{\"" + std::string(name) + "\": " + deep + "}");
        const auto* e = std::get_if<decide_error>(&read);
        ASSERT_NE(e, nullptr) << name;
        EXPECT_LT(e->text.size(), 100u);
    }
}

TEST(decide_options, answer_in_text_and_json) {
    const ran text = run_with({"decide", "--resource", "protected", "--credentials", "insufficient"});
    EXPECT_EQ(text.exit, 0);
    EXPECT_NE(text.out.find("Answer 403"), std::string::npos);
    EXPECT_NE(text.out.find("S401-4"), std::string::npos);
    EXPECT_NE(text.out.find("What is at the target? protected"), std::string::npos);
    const ran as_json = run_with({"decide", "--hop", "proxy", "--resource", "protected", "--format", "json"});
    EXPECT_EQ(as_json.exit, 0);
    EXPECT_EQ(json::parse(as_json.out)["status"], 407);
    EXPECT_EQ(json::parse(run_with({"decide", "--resource", "protected", "--existence", "hidden", "--hide-with", "401",
                                    "--format", "json"})
                              .out)["status"],
              401);
}

TEST(decide_options, challenges_are_shown_where_they_are_sent) {
    const std::vector<std::string> offered{"--challenge", "Digest realm=\"x\", nonce=n", "--challenge", "[a,b]=c"};
    EXPECT_EQ(run_with({"decide", offered[0], offered[1], offered[2], offered[3]}).exit, 2) << "not a challenge";
    const ran asked = run_with({"decide", "--resource", "protected", "--challenge", "Digest realm=x, nonce=n",
                                "--challenge", "Basic realm=\"x\""});
    EXPECT_EQ(asked.exit, 0);
    EXPECT_NE(asked.out.find("\n    WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", Basic realm=\"x\"\n"),
              std::string::npos)
        << asked.out;
    const ran as_json = run_with(
        {"decide", "--hop", "proxy", "--resource", "protected", "--challenge", "Basic realm=x", "--format", "json"});
    EXPECT_EQ(json::parse(as_json.out)["fields"], (json{{"Proxy-Authenticate", "Basic realm=\"x\""}}));
    EXPECT_FALSE(json::parse(run_with({"decide", "--format", "json"}).out).contains("fields"));
    const ran refused = run_with({"decide", "--forbidden", "yes", "--challenge", "Basic realm=\"x\""});
    EXPECT_EQ(refused.out.find("WWW-Authenticate: "), std::string::npos) << refused.out;
    EXPECT_EQ(run_with({"decide", "--authentication", "form", "--challenge", "Basic"}).exit, 2);
    EXPECT_EQ(run_with({"decide", "--resource", "protected", "--challenge", "Basic realm=x", "--json"}).out,
              run_with({"decide", "--resource", "protected", "--challenge", "Basic realm=x", "--format", "json"}).out);
    EXPECT_EQ(run_with({"decide", "--challenge", ""}).exit, 2);
}

TEST(decide_options, misuse) {
    EXPECT_EQ(run_with({"decide", "--resource", "elsewhere"}).exit, 2);
    EXPECT_EQ(run_with({"decide", "--table", "--svg"}).exit, 2);
    EXPECT_EQ(run_with({"decide", "--table", "--hop", "proxy"}).exit, 2);
    EXPECT_EQ(run_with({"decide", "--colour"}).exit, 2);
    const ran impossible = run_with({"decide", "--hop", "proxy", "--resource", "moved"});
    EXPECT_EQ(impossible.exit, 2);
    EXPECT_EQ(impossible.out, "");
    EXPECT_NE(impossible.err.find("hop, resource"), std::string::npos);
    const ran as_json = run_with({"decide", "--hop", "proxy", "--resource", "moved", "--format", "json"});
    EXPECT_EQ(as_json.exit, 2);
    EXPECT_EQ(json::parse(as_json.out)["error"]["code"], "contradictory_facts");
}

TEST(decide_table, has_a_line_for_each_row) {
    const ran table = run_with({"decide", "--table"});
    EXPECT_EQ(table.exit, 0);
    EXPECT_EQ(static_cast<std::size_t>(std::count(table.out.begin(), table.out.end(), '\n')),
              policy::decision_table().size() + 2);
    EXPECT_NE(table.out.find("**407**"), std::string::npos);
}

TEST(decide_svg, shows_every_question_and_verdict) {
    const ran svg = run_with({"decide", "--svg"});
    EXPECT_EQ(svg.exit, 0);
    EXPECT_EQ(svg.out.rfind("<svg ", 0), 0u);
    std::size_t boxes = 0;
    for (std::size_t at = svg.out.find("rx="); at != std::string::npos; at = svg.out.find("rx=", at + 1)) ++boxes;
    std::size_t leaves = 0;
    for (const policy::tree_node& node : policy::standard_tree().nodes) {
        leaves += static_cast<std::size_t>(
            std::count_if(node.branches.begin(), node.branches.end(), [](const policy::branch& b) { return b.ends; }));
    }
    std::size_t branches = 0;
    for (const policy::tree_node& node : policy::standard_tree().nodes) branches += node.branch_count;
    EXPECT_EQ(boxes, 1 + branches) << "the first question, and where each branch leads";
    EXPECT_GE(branches, policy::question_count - 1 + leaves);
    EXPECT_NE(svg.out.find("as above"), std::string::npos) << "a question to which two branches lead is drawn once";
}

const ::testing::Environment* const folder = ::testing::AddGlobalTestEnvironment(new authlint_test::own_folder);

class hop_command : public ::testing::Test {
protected:
    static std::string file(const std::string& name, const std::string& text) {
        std::ofstream(name, std::ios::binary) << text;
        return name;
    }
};

// shows: R7235-4.1-proxy-untouched violating
TEST_F(hop_command, finds_what_a_proxy_changed) {
    const std::string challenge = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n";
    const std::string received = file("received.http", challenge);
    EXPECT_EQ(run_with({"hop", received, received}).exit, 0);
    const ran dropped = run_with({"hop", received, file("sent.http", "HTTP/1.1 401 Unauthorized\r\n\r\n")});
    EXPECT_EQ(dropped.exit, 1);
    EXPECT_NE(dropped.out.find("R7235-4.1-proxy-untouched"), std::string::npos);
    const ran as_json = run_with({"hop", "--format", "json", received, file("sent.http", "HTTP/1.1 401 U\r\n\r\n")});
    const json found = json::parse(as_json.out)["messages"][0]["findings"][0];
    EXPECT_EQ(found["field"], "WWW-Authenticate");
    EXPECT_EQ(found["change"], "dropped");
    EXPECT_EQ(found["permission"], "forbidden");
}

// shows: R9110-3.7-gateway conforming
// shows: R9110-3.7-gateway violating
TEST_F(hop_command, a_gateway_takes_the_credentials_out) {
    const auto request = [](const std::string& target, const std::string& host, bool credentials) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" +
               (credentials ? "Authorization: Token tok-1\r\n\r\n" : "\r\n");
    };
    const std::string received = file("received.http", request("/a", "app.example", true));
    const auto exit = [&](const std::string& role, const std::string& sent) {
        return run_with({"hop", "--role", role, received, file("sent.http", sent)}).exit;
    };
    EXPECT_EQ(exit("gateway", request("/b", "bucket.example", false)), 0);
    EXPECT_EQ(exit("gateway", request("/b", "bucket.example", true)), 1);
    EXPECT_EQ(exit("gateway", request("/b", "app.example", true)), 0);
    EXPECT_EQ(exit("gateway", request("http://bucket.example/b", "app.example", true)), 1) << "the target counts";
    EXPECT_EQ(exit("gateway", request("http://app.example/b", "bucket.example", true)), 0);
    EXPECT_EQ(exit("gateway", request("/b?u=http://bucket.example/", "app.example", true)), 0);
    EXPECT_EQ(exit("proxy", request("/b", "bucket.example", false)), 1);
    EXPECT_EQ(exit("proxy", request("/b", "bucket.example", true)), 0);
    EXPECT_EQ(exit("tunnel", request("/b", "app.example", true)), 2);
    EXPECT_EQ(run_with({"hop", received, file("sent.http", request("/b", "bucket.example", false))}).exit, 1)
        << "a proxy, if nothing is said";
}

TEST_F(hop_command, prints_no_credentials) {
    const std::string received = file("r.http", "GET / HTTP/1.1\r\nAuthorization: Basic c2VjcmV0\r\n\r\n");
    const std::string sent = file("s.http", "GET / HTTP/1.1\r\nAuthorization: Basic b3RoZXI=\r\n\r\n");
    for (const char* format : {"text", "json"}) {
        const ran r = run_with({"hop", "--format", format, received, sent});
        EXPECT_EQ(r.exit, 1);
        EXPECT_EQ((r.out + r.err).find("c2VjcmV0"), std::string::npos);
        EXPECT_EQ((r.out + r.err).find("b3RoZXI="), std::string::npos);
    }
}

// shows: R7235-4.2-shared-cache conforming
TEST_F(hop_command, tells_of_shared_caches) {
    const std::string r =
        file("c.http", "HTTP/1.1 200 OK\r\nCache-Control: max-age=5\r\nCACHE-CONTROL: public\r\n\r\n");
    const ran as_json = run_with({"hop", "--authorized", "--format", "json", r, r});
    EXPECT_EQ(json::parse(as_json.out)["messages"][0]["shared_cache"]["reuse"], "allowed");
    EXPECT_NE(run_with({"hop", "--authorized", r, r}).out.find("allowed by public"), std::string::npos);
    const std::string stale = file("c.http", "HTTP/1.1 200 OK\r\nCache-Control: public, proxy-revalidate\r\n\r\n");
    EXPECT_NE(run_with({"hop", "--authorized", stale, stale}).out.find("Once stale it must be validated"),
              std::string::npos);
    const std::string first = file("c.http", "HTTP/1.1 200 OK\r\nCache-Control: public, no-cache\r\n\r\n");
    EXPECT_NE(run_with({"hop", "--authorized", first, first}).out.find("Each reuse must be validated"),
              std::string::npos);
}

// Only a response can be kept by a cache.
TEST_F(hop_command, bare_field_lines_with_a_challenge_are_a_response) {
    const auto tells_of_a_cache = [](const std::string& lines) {
        const std::string name = file("bare.http", lines);
        const ran as_json = run_with({"hop", "--authorized", "--format", "json", name, name});
        return json::parse(as_json.out)["messages"][0].contains("shared_cache");
    };
    EXPECT_TRUE(tells_of_a_cache("WWW-Authenticate: Basic realm=\"x\"\r\n"));
    EXPECT_TRUE(tells_of_a_cache("Accept: */*\r\nAuthentication-Info: a=b\r\n"));
    EXPECT_FALSE(tells_of_a_cache("Authorization: Basic c2VjcmV0\r\n"));
    EXPECT_FALSE(tells_of_a_cache("Proxy-Authorization: Basic c2VjcmV0\r\nAccept: */*\r\n"));
}

// Which request a response answers, and whether there is a tunnel, follows from the messages before.
TEST_F(hop_command, follows_a_conversation_into_a_tunnel) {
    const std::string connect = "CONNECT o.example:443 HTTP/1.1\r\nHost: o.example:443\r\n\r\n";
    const auto exit = [&](const std::string& text) {
        const std::string name = file("tunnel.http", text);
        return run_with({"hop", name, name}).exit;
    };
    EXPECT_EQ(exit(connect + "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n"), 1);
    EXPECT_EQ(exit(connect + "HTTP/1.1 407 P\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n"), 0);
    const std::string inside = connect + "HTTP/1.1 200 OK\r\n\r\nGET /x HTTP/1.1\r\nHost: o.example\r\n";
    EXPECT_EQ(exit(inside + "\r\nHTTP/1.1 401 U\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n"), 0);
    EXPECT_EQ(exit(inside + "\r\nHTTP/1.1 407 P\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n"), 1);
    EXPECT_EQ(exit(inside + "Proxy-Authorization: Basic eA==\r\n\r\n"), 1);
}

TEST_F(hop_command, misuse) {
    const std::string one = file("one.http", "HTTP/1.1 200 OK\r\n\r\n");
    const std::string two = file("two.http", "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
    EXPECT_EQ(run_with({"hop", one}).exit, 2);
    EXPECT_EQ(run_with({"hop", "-", "-"}).exit, 2);
    EXPECT_EQ(run_with({"hop", one, "not a file"}).exit, 2);
    EXPECT_EQ(run_with({"hop", one, two}).exit, 2);
    const std::string empty = file("empty.http", "");
    const std::string other = file("other.http", "no such thing\n");
    EXPECT_EQ(run_with({"hop", empty, empty}).exit, 2);
    EXPECT_EQ(run_with({"hop", one, empty}).exit, 2);
    EXPECT_EQ(run_with({"hop", other, one}).exit, 2);
    const std::string line = file("line.http", "WWW-Authenticate: Basic\r\n");
    EXPECT_EQ(run_with({"hop", line, line}).exit, 0);
}

}  // namespace
}  // namespace authlint
