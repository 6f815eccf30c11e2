#ifndef AUTHGRAMMAR_TESTS_ABNF_SUPPORT_HPP
#define AUTHGRAMMAR_TESTS_ABNF_SUPPORT_HPP

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "authgrammar/abnf/automaton.hpp"
#include "authgrammar/abnf/edition.hpp"
#include "authgrammar/abnf/recogniser.hpp"
#include "authgrammar/abnf/rules.hpp"

namespace authgrammar::abnf {

/// The value, or an exception that fails the test with the reason.
template <typename T>
T get(result<T> r) {
    if (!r) throw std::runtime_error(to_string(r.failure()));
    return std::move(*r);
}

inline const rule_set& edition(std::string_view name) {
    static std::map<std::string, rule_set, std::less<>> loaded;
    auto at = loaded.find(name);
    if (at == loaded.end()) at = loaded.emplace(std::string(name), get(load_edition(name))).first;
    return at->second;
}

/// The rules of a text, with the core rules of RFC 5234 at hand.
inline rule_set rules_of(std::string_view text, list_form form = list_form::sender) {
    rule_set rules;
    for (const std::string& source : {get(load_file("rfc5234.abnf")), std::string(text)}) {
        if (const auto failure = rules.add(get(read(source, "test")))) throw std::runtime_error(to_string(*failure));
    }
    return get(rules.resolve(form));
}

inline dfa automaton_of(const rule_set& rules, std::string_view rule) { return get(make_dfa(rules, rule)); }

inline recogniser recogniser_of(const rule_set& rules, std::string_view rule) {
    return get(recogniser::make(rules, rule));
}

inline const char* const all_editions[] = {"rfc7235", "rfc9110-recipient", "rfc9110-sender"};

/// One byte of each of the eleven classes that the fields tell apart.
inline constexpr std::string_view representatives("\t \",/=\\a!(\0", 11);

}  // namespace authgrammar::abnf

#endif
