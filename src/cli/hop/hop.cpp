#include "commands.hpp"
#include "common/field_text.hpp"
#include "common/request_target.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/message.hpp>
#include <authgrammar/policy/hop.hpp>
#include <authgrammar/policy/shared_cache.hpp>

#include <CLI/StringTools.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace authlint {

namespace {

namespace audit = authgrammar::audit;
namespace policy = authgrammar::policy;
using json = nlohmann::ordered_json;

struct hop_arguments {
    std::string received;
    std::string sent;
    std::string format = "text";
    std::string role = "proxy";
    bool authorized = false;
};

/// What a pair of messages comes to.
struct compared_pair {
    std::vector<policy::hop_finding> findings;
    bool has_cache_answer = false;
    policy::shared_reuse_answer cache;
};

policy::hop_message message_of(const audit::message& m) {
    policy::hop_message out;
    out.status = m.status.value_or(0);
    for (const audit::field_line& line : m.lines) out.lines.push_back({line.name, line.value.text()});
    // The authority of a request target in absolute form counts, whatever Host says (RFC 9112, 3.2.2).
    const std::size_t scheme = std::string_view(m.target).find("://");
    if (m.start == audit::start_kind::request && scheme != std::string_view::npos && m.target.front() != '/') {
        const std::string_view rest = std::string_view(m.target).substr(scheme + 3);
        const auto is_host = [](const policy::field_line& line) {
            return authgrammar::detail::equal_ignoring_case(line.name, "Host");
        };
        out.lines.erase(std::remove_if(out.lines.begin(), out.lines.end(), is_host), out.lines.end());
        out.lines.push_back({"Host", rest.substr(0, rest.find_first_of("/?#"))});
    }
    // A run of bare field lines is a response if it has a field that only responses have.
    if (m.start == audit::start_kind::none) {
        const auto is_challenge = [](const audit::field_line& line) {
            return line.known && authgrammar::kind_of(*line.known) != authgrammar::field_kind::credentials;
        };
        if (std::any_of(m.lines.begin(), m.lines.end(), is_challenge)) out.status = 200;
    }
    return out;
}

/// Where the messages so far have led: the request that a response answers, and whether there is a tunnel.
struct exchange {
    std::string method;
    bool tunnelled = false;

    /// Tells of the message what it means there, and goes on behind it.
    void place(const audit::message& m, policy::hop_message& out) {
        if (m.start == audit::start_kind::request) {
            // Extended CONNECT is like any other request.
            const bool tunnels = authgrammar::detail::asks_for_tunnel(m.method, m.target);
            method = tunnels || m.method != "CONNECT" ? m.method : std::string();
        }
        out.method = method;
        out.tunnelled = tunnelled;
        const bool success = m.start == audit::start_kind::response && out.status >= 200 && out.status < 300;
        if (success && method == "CONNECT") tunnelled = true;
    }
};

compared_pair compare(const audit::message& received, const audit::message& sent, policy::intermediary between,
                      bool authorized, exchange& so_far) {
    compared_pair pair;
    policy::hop_message before = message_of(received);
    so_far.place(received, before);
    policy::hop_message after = message_of(sent);
    if (sent.start == audit::start_kind::none && (before.status == 0) != (after.status == 0)) {
        after.status = before.status;
    }
    pair.findings = compare_hop(before, after, between);
    if (!authorized || before.status == 0) return pair;
    std::vector<std::string_view> lines;
    for (const policy::field_line& line : before.lines) {
        if (authgrammar::detail::equal_ignoring_case(line.name, "Cache-Control")) lines.push_back(line.value);
    }
    pair.has_cache_answer = true;
    pair.cache = policy::shared_cache_reuse(true, lines.data(), lines.size());
    return pair;
}

std::string subject_of(const policy::hop_finding& f) {
    return f.field ? std::string(authgrammar::name_of(*f.field)) : "the message";
}

/// What a cache that reuses the response owes, with a space before it; empty if nothing.
std::string_view duty_of(const policy::shared_reuse_answer& c) {
    if (c.must_validate_first) return " Each reuse must be validated first (RFC 9111, 5.2.2.4).";
    if (!c.must_validate_stale) return "";
    return " Once stale it must be validated before it is reused (RFC 9111, 5.2.2.2, 5.2.2.8 and 5.2.2.10).";
}

void print_text(const std::vector<compared_pair>& pairs) {
    const palette colours = palette::for_stdout();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs.size() > 1) print((i == 0 ? "message " : "\nmessage ") + std::to_string(i + 1) + "\n");
        if (pairs[i].findings.empty()) print("no authentication field in either message\n");
        for (const policy::hop_finding& f : pairs[i].findings) {
            const std::string allowed(name_of(f.allowed));
            const std::string shown = f.allowed == policy::permission::forbidden     ? colours.red(allowed)
                                      : f.allowed == policy::permission::conditional ? colours.yellow(allowed)
                                                                                     : colours.green(allowed);
            print(shown + ": " + subject_of(f) + (f.field ? " " + std::string(name_of(f.change)) : "") + "  " +
                  colours.cyan(f.requirement) + "  [" + std::string(f.section) + "]\n    " + wrapped(f.text, 4) + "\n");
        }
        if (!pairs[i].has_cache_answer) continue;
        const policy::shared_reuse_answer& c = pairs[i].cache;
        print("reuse by a shared cache " + std::string(name_of(c.reuse)) +
              (c.directive.empty() ? "" : " by " + std::string(c.directive)) + "  " + colours.cyan(c.requirement) +
              "  [" + std::string(c.section) + "]\n    " + wrapped(std::string(c.text).append(duty_of(c)), 4) + "\n");
    }
}

void print_json(const std::vector<compared_pair>& pairs) {
    json messages = json::array();
    for (const compared_pair& pair : pairs) {
        json findings = json::array();
        for (const policy::hop_finding& f : pair.findings) {
            json one = json::object();
            one["field"] = f.field ? json(authgrammar::name_of(*f.field)) : json(nullptr);
            one["change"] = name_of(f.change);
            one["permission"] = name_of(f.allowed);
            one["requirement"] = f.requirement;
            one["section"] = f.section;
            one["text"] = f.text;
            findings.push_back(std::move(one));
        }
        json message = {{"findings", std::move(findings)}};
        if (pair.has_cache_answer) {
            const policy::shared_reuse_answer& c = pair.cache;
            message["shared_cache"] = {{"reuse", name_of(c.reuse)},
                                       {"directive", c.directive},
                                       {"must_validate_first", c.must_validate_first},
                                       {"must_validate_stale", c.must_validate_stale},
                                       {"requirement", c.requirement},
                                       {"section", c.section},
                                       {"text", c.text}};
        }
        messages.push_back(std::move(message));
    }
    print(json{{"schema", 1}, {"messages", std::move(messages)}}.dump(-1, ' ', true) + "\n");
}

/// What is no message would be compared as one without any field, and called clean.
bool is_nothing(const audit::message& m) { return m.start == audit::start_kind::none && m.lines.empty(); }

int run_hop(const hop_arguments& a, const std::string& received_path, const std::string& sent_path) {
    if (received_path == "-" && sent_path == "-") {
        complain("only one of RECEIVED and SENT can be stdin");
        return exit_unreadable;
    }
    std::vector<std::vector<audit::message>> read;
    for (const std::string& path : {received_path, sent_path}) {
        if (path == "-") announce_terminal_input("HTTP messages");
        input_text input = read_input(path);
        if (!input.bytes) {
            complain(path + ": " + input.failure);
            return exit_unreadable;
        }
        read.push_back(audit::read_messages(*input.bytes));
        if (std::any_of(read.back().begin(), read.back().end(), is_nothing)) {
            complain(path + ": neither a message nor a field line; authlint lint shows where");
            return exit_unreadable;
        }
    }
    if (read[0].size() != read[1].size()) {
        complain(received_path + " has " + std::to_string(read[0].size()) + " messages, " + sent_path + " has " +
                 std::to_string(read[1].size()) + ": they are compared in pairs");
        return exit_unreadable;
    }
    std::vector<compared_pair> pairs;
    bool forbidden = false;
    exchange so_far;
    for (std::size_t i = 0; i < read[0].size(); ++i) {
        pairs.push_back(compare(read[0][i], read[1][i],
                                a.role == name_of(policy::intermediary::gateway) ? policy::intermediary::gateway
                                                                                 : policy::intermediary::proxy,
                                a.authorized, so_far));
        for (const policy::hop_finding& f : pairs.back().findings) {
            forbidden = forbidden || f.allowed == policy::permission::forbidden;
        }
    }
    if (a.format == "json") {
        print_json(pairs);
    } else {
        print_text(pairs);
    }
    return forbidden ? exit_findings : exit_clean;
}

}  // namespace

void add_hop(const command& program) {
    const command sub = program.add_command(
        "hop", "show what a proxy or gateway did to the authentication fields, and whether it was allowed to");
    auto a = std::make_shared<hop_arguments>();
    const option received = sub.add_option("RECEIVED", a->received, "the messages as the hop received them; - is stdin")
                                .placeholder(" ")
                                .file()
                                .required();
    const option sent = sub.add_option("SENT", a->sent, "the same messages as it forwarded them; - is stdin")
                            .placeholder(" ")
                            .file()
                            .required();
    sub.add_form(a->format, {"text", "json"}, "text (default) or json");
    sub.add_option("--role", a->role, "proxy (default), or gateway: a reverse proxy, an origin server to its client")
        .placeholder("ROLE")
        .one_of({"proxy", "gateway"});
    sub.add_flag("--authorized", a->authorized,
                 "the requests had Authorization: say whether a shared cache may reuse the responses");
    sub.action([a, received, sent] { return run_hop(*a, received.arguments().front(), sent.arguments().front()); });
}

}  // namespace authlint
