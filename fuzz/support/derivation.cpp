#include "derivation.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace authgrammar::fuzz {

namespace {

char other_case(char c) noexcept {
    if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    return c;
}

/// How often something is repeated: mostly seldom, at times often, so that words have both short and long parts.
std::uint32_t times(std::uint32_t least, std::uint32_t most, random_source& random) {
    std::uint32_t n = least;
    const std::size_t odds = random.one_in(12) ? 20 : 2;
    while (n < most && !random.one_in(odds)) ++n;
    return n;
}

constexpr std::string_view turning(" \t,=\"\\/+-~!@aZ09\x7f\x80\xff\x1f\r\n\0", 23);

// The first twenty are in the language of RFC 9110's recipient, or viable up to their last byte; the others are
// refused, most of them late.
constexpr family families[] = {
    {"commas", field::www_authenticate, "", ",", ""},
    {"commas_and_tabs", field::www_authenticate, "", "\t,", ""},
    {"schemes", field::www_authenticate, "a", ",a", ""},
    {"params", field::www_authenticate, "A b=c", ",b=c", ""},
    {"params_of_credentials", field::authorization, "A b=c", ",b=c", ""},
    {"params_of_info", field::authentication_info, "b=c", ",b=c", ""},
    {"quoted_params", field::www_authenticate, "A b=\"c\"", ", b=\"c\"", ""},
    {"bad_white_space", field::www_authenticate, "A b", " ", "=c"},
    {"bad_white_space_of_params", field::authentication_info, "a=b", " ,\ta \t= \tb", ""},
    {"spaces_after_scheme", field::authorization, "A ", " ", "b=c"},
    {"spaces_after_scheme_in_list", field::www_authenticate, "A ", " ", ",B"},
    {"white_space_after_comma", field::www_authenticate, "A b=c,", "\t ", "d=e"},
    {"scheme_or_name", field::www_authenticate, "A b=c,", "x", "=y"},
    {"token68", field::authorization, "A ", "a/", "="},
    {"equals", field::www_authenticate, "A b", "=", ""},
    {"quoted_text", field::www_authenticate, "A b=\"", "c ", "\""},
    {"escapes", field::www_authenticate, "A b=\"", "\\\"", "\""},
    {"empty_params", field::authorization, "A b=c", ", ,", ""},
    {"token68_challenges", field::www_authenticate, "A b", ", A b=", ""},
    {"challenges_of_params", field::www_authenticate, "A b=c, d=e", ", A b=c, d=\"\\e\"", ""},
    {"late_error", field::www_authenticate, "A b=\"", "c", "\x01"},
    {"late_error_in_params", field::authorization, "A b=c", ", b=c", ", @"},
    {"unterminated", field::authentication_info, "b=\"", "\\\\", ""},
    {"scheme_and_nothing", field::authorization, "", "A", "@"},
};

}  // namespace

deriver::deriver(const abnf::rule_set& rules) {
    for (const abnf::rule& r : rules.rules()) names_.push_back(abnf::fold_case(r.name));
    for (const abnf::rule& r : rules.rules()) rules_.push_back(compile(r.definition));
}

std::size_t deriver::number_of(std::string_view rule) const {
    const std::string name = abnf::fold_case(rule);
    return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
}

deriver::part deriver::compile(const abnf::node& n) {
    part p{n.kind, {}, n.at_least, n.at_most, n.text, n.any_case, n.low, n.high, 0};
    if (n.kind == abnf::node_kind::reference) p.rule = number_of(n.text);
    for (const abnf::node& child : n.children) p.children.push_back(compile(child));
    return p;
}

std::string deriver::derive(std::string_view rule, random_source& random, std::size_t most) const {
    std::string out;
    const std::size_t number = number_of(rule);
    if (number != rules_.size()) derive(rules_[number], random, most, out);
    return out;
}

void deriver::derive(const part& p, random_source& random, std::size_t most, std::string& out) const {
    switch (p.kind) {
        case abnf::node_kind::alternation: derive(random.any(p.children), random, most, out); break;
        case abnf::node_kind::concatenation:
            for (const part& child : p.children) derive(child, random, most, out);
            break;
        case abnf::node_kind::repetition: {
            std::uint32_t n = out.size() >= most ? p.at_least : times(p.at_least, p.at_most, random);
            for (; n != 0; --n) derive(p.children.front(), random, most, out);
            break;
        }
        case abnf::node_kind::reference:
            if (p.rule != rules_.size()) derive(rules_[p.rule], random, most, out);
            break;
        case abnf::node_kind::literal:
            for (const char c : p.text) out += p.any_case && random.one_in(2) ? other_case(c) : c;
            break;
        case abnf::node_kind::range:
            out += static_cast<char>(p.low + random.below(std::size_t{1} + p.high - p.low));
            break;
        case abnf::node_kind::list:
        case abnf::node_kind::prose: break;
    }
}

std::string near_miss(std::string_view word, random_source& random) {
    std::string out(word);
    const std::size_t at = random.below(out.size() + 1);
    const char octet = random.one_in(3) ? static_cast<char>(random.below(256)) : random.any(turning);
    switch (at == out.size() ? 0 : random.below(4)) {
        case 0: out.insert(at, 1, octet); break;
        case 1: out[at] = octet; break;
        case 2: out.erase(at, 1); break;
        default: std::swap(out[at], out[at == 0 ? out.size() - 1 : at - 1]); break;
    }
    return out;
}

std::string pump(const abnf::dfa& automaton, std::string_view word, random_source& random, std::size_t size) {
    std::vector<std::uint32_t> states{automaton.start};
    for (const char c : word) states.push_back(automaton.step(states.back(), static_cast<unsigned char>(c)));
    for (std::size_t tries = 0; tries < 8 && !word.empty(); ++tries) {
        const std::size_t begin = random.below(word.size());
        std::vector<std::size_t> ends;
        for (std::size_t end = begin + 1; end < states.size(); ++end) {
            if (states[end] == states[begin]) ends.push_back(end);
        }
        if (ends.empty()) continue;
        const std::string_view unit = word.substr(begin, random.any(ends) - begin);
        std::string out(word.substr(0, begin));
        while (out.size() + unit.size() + (word.size() - begin) <= size) out += unit;
        return out.append(word.substr(begin));
    }
    return std::string(word);
}

std::string family::member(std::size_t size) const {
    std::string out(prefix);
    while (out.size() + unit.size() + suffix.size() <= size) out += unit;
    return out.append(suffix);
}

family_list all_families() noexcept { return {families, std::size(families)}; }

}  // namespace authgrammar::fuzz
