// Policy on input that somebody hostile would choose, each family reading a dump of callgrind's of its own,
// "policy FAMILY BYTES".

#include <authgrammar/policy/hop.hpp>
#include <authgrammar/policy/protection_space.hpp>

#include "cli/decide/decide.hpp"

#include <valgrind/callgrind.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

using namespace authgrammar;

std::string repeated(std::string_view unit, std::size_t size) {
    std::string out;
    while (out.size() + unit.size() <= size) out += unit;
    return out;
}

/// A value for each number, all of one size.
std::vector<std::string> challenges(std::size_t size) {
    std::vector<std::string> list;
    const std::string begin = "Digest realm=\"one of many\", nonce=\"";
    for (std::size_t i = 0; i * (begin.size() + 8) < size; ++i)
        list.push_back(begin + std::to_string(1'000'000 + i) + "\"");
    return list;
}

/// An input, made outside of what is counted.
struct input {
    std::string text;
    std::vector<std::string> values;
    policy::hop_message received;
    policy::hop_message sent;
};

input one_value(std::size_t size) {
    input in;
    in.text = "A b=\"" + repeated("\\\"", size);
    in.received = {401, {{"WWW-Authenticate", in.text}}};
    in.sent = {401, {{"WWW-Authenticate", in.text}, {"WWW-Authenticate", "Basic"}}};
    return in;
}

input of_lines(std::size_t size, bool reversed) {
    input in;
    in.values = challenges(size);
    in.received.status = in.sent.status = 401;
    for (std::size_t i = 0; i < in.values.size(); ++i) {
        in.received.lines.push_back({"WWW-Authenticate", in.values[i]});
        in.sent.lines.push_back({"WWW-Authenticate", in.values[reversed ? in.values.size() - 1 - i : i]});
    }
    return in;
}

input of_options(std::size_t size) {
    input in;
    in.text = repeated("x,", size);
    in.received = in.sent = {0, {{"Authorization", "A b"}, {"Connection", in.text}}};
    return in;
}

input of_text(std::string text) {
    input in;
    in.text = std::move(text);
    return in;
}

/// An object with as many members as there is room for, each of another name.
std::string members(std::size_t size) {
    std::string json = "{\"hop\":\"proxy\"";
    for (std::size_t i = 1'000'000; json.size() + 12 < size; ++i) json += ",\"" + std::to_string(i) + "\":1";
    return json + "}";
}

std::size_t compare(const input& in) { return compare_hop(in.received, in.sent, policy::intermediary::proxy).size(); }

std::size_t read_domain(const input& in) {
    static const policy::target_uri target = *policy::read_target_uri("https://e.test/a/");
    return domain_scopes(target, in.text).size();
}

std::size_t read_target(const input& in) {
    const auto target = policy::effective_request_uri("GET", in.text, "e.test", true);
    return target ? target->path.size() : 0;
}

std::size_t read_json(const input& in) {
    const auto read = authlint::read_decide_input(in.text);
    return std::holds_alternative<authlint::decide_error>(read) ? 1 : 0;
}

struct family {
    const char* name;
    input (*make)(std::size_t);
    std::size_t (*work)(const input&);
};

constexpr family families[] = {
    {"hop_value", one_value, compare},
    {"hop_lines", [](std::size_t n) { return of_lines(n, false); }, compare},
    {"hop_reversed", [](std::size_t n) { return of_lines(n, true); }, compare},
    {"hop_options", of_options, compare},
    {"domain", [](std::size_t n) { return of_text(repeated("https://e.test/a/ ", n)); }, read_domain},
    {"domain_unread", [](std::size_t n) { return of_text(repeated("http://e.test/?a ", n)); }, read_domain},
    {"domain_of_dots", [](std::size_t n) { return of_text("/" + repeated("a/%2e./", n)); }, read_domain},
    {"target_of_dots", [](std::size_t n) { return of_text("/" + repeated("a/../", n) + "b"); }, read_target},
    {"target_of_segments", [](std::size_t n) { return of_text(repeated("/a", n)); }, read_target},
    {"json_members", [](std::size_t n) { return of_text(members(n)); }, read_json},
    {"json_nested", [](std::size_t n) { return of_text("{\"hop\":" + repeated("{\"a\":", n) + "1"); }, read_json},
    {"json_string", [](std::size_t n) { return of_text("{\"hop\":\"" + repeated("\\u00e4", n) + "\"}"); }, read_json},
};

}  // namespace

int main(int argc, char** argv) {
    for (const family& f : families) {
        for (int i = 2; i < argc; ++i) {
            const input in = f.make(std::strtoull(argv[i], nullptr, 10));
            const std::string name = std::string("policy ") + f.name + " " + argv[i];
            CALLGRIND_ZERO_STATS;
            const std::size_t found = f.work(in);
            CALLGRIND_DUMP_STATS_AT(name.c_str());
            if (found == 0) return 1;
        }
    }
    return 0;
}
