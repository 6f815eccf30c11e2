#ifndef AUTHGRAMMAR_TESTS_PROOFS_PEG_TYPES_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_PEG_TYPES_HPP

#include "peg_expression.hpp"

#include <tao/pegtl/ascii.hpp>
#include <tao/pegtl/memory_input.hpp>
#include <tao/pegtl/normal.hpp>
#include <tao/pegtl/nothing.hpp>
#include <tao/pegtl/parse.hpp>
#include <tao/pegtl/rules.hpp>

#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <type_traits>

/// The types of a PEGTL grammar, read as an expression. `expression_of<Rule>()` asks the rule for its `rule_t`, the
/// PEGTL template that it is made of, and goes on with what that is made of. A template that is not in the list
/// below does not compile, so nothing is passed over.
namespace authgrammar::proofs {

namespace pegtl = tao::pegtl;
using peg_input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*>;

/// Whether `Rule` matches the whole of `value`: the compiled grammar itself.
template <typename Rule>
bool matches(std::string_view value) {
    peg_input in(value.data(), value.data() + value.size(), "");
    return pegtl::parse<pegtl::seq<Rule, pegtl::eof>>(in);
}

/// How many octets `Rule`, run at the start of `value`, takes; -1 if it does not match.
template <typename Rule>
int taken(std::string_view value) {
    peg_input in(value.data(), value.data() + value.size(), "");
    return pegtl::parse<Rule>(in) ? static_cast<int>(in.current() - value.data()) : -1;
}

/// The octets that a rule for one octet matches, found by running it on each of the 256, and not by reading its
/// parameters: `char` may be signed. Throws if it takes anything but one octet.
template <typename Rule>
expression octets_of() {
    expression made = make(expression::form::octet);
    const auto expect = [](bool holds) {
        if (!holds) throw std::logic_error("a terminal of the grammar is not one octet");
    };
    expect(taken<Rule>("") == -1);
    for (unsigned octet = 0; octet < 256; ++octet) {
        const char two[] = {static_cast<char>(octet), static_cast<char>(octet)};
        const int alone = taken<Rule>({two, 1});
        expect(alone == 1 || alone == -1);
        expect(taken<Rule>({two, 2}) == alone);
        made.octets[octet] = alone == 1;
    }
    return made;
}

template <typename Rule>
struct walk;

/// Whether `Rule` has the `match` of its `rule_t` and none of its own, which the walk would not see.
template <typename Rule>
constexpr bool adds_nothing() {
    using type = typename Rule::rule_t;
    if constexpr (std::is_same_v<typename type::subs_t, pegtl::empty_list>) {
        constexpr bool (*own)(peg_input&) = &Rule::template match<peg_input>;
        constexpr bool (*its)(peg_input&) = &type::template match<peg_input>;
        return own == its;
    } else {
        constexpr bool (*own)(peg_input&) =
            &Rule::template match<pegtl::apply_mode::nothing, pegtl::rewind_mode::required, pegtl::nothing,
                                  pegtl::normal, peg_input>;
        constexpr bool (*its)(peg_input&) =
            &type::template match<pegtl::apply_mode::nothing, pegtl::rewind_mode::required, pegtl::nothing,
                                  pegtl::normal, peg_input>;
        return own == its;
    }
}

template <typename Rule>
expression expression_of() {
    static_assert(adds_nothing<Rule>(), "a rule of the grammar has a match of its own");
    return walk<typename Rule::rule_t>::run();
}

template <typename... Rules>
std::vector<expression> expressions_of() {
    return {expression_of<Rules>()...};
}

template <>
struct walk<pegtl::internal::success> {
    static expression run() { return make(expression::form::success); }
};
template <>
struct walk<pegtl::internal::failure> {
    static expression run() { return make(expression::form::failure); }
};
template <>
struct walk<pegtl::internal::eof> {
    static expression run() { return make(expression::form::end); }
};
template <typename... Rules>
struct walk<pegtl::internal::seq<Rules...>> {
    static expression run() { return make(expression::form::sequence, expressions_of<Rules...>()); }
};
template <typename... Rules>
struct walk<pegtl::internal::sor<Rules...>> {
    static expression run() { return make(expression::form::choice, expressions_of<Rules...>()); }
};
template <typename Rule>
struct walk<pegtl::internal::star<Rule>> {
    static expression run() { return make(expression::form::star, {expression_of<Rule>()}); }
};
template <typename Rule>
struct walk<pegtl::internal::plus<Rule>> {
    static expression run() {
        return make(expression::form::sequence,
                    {expression_of<Rule>(), make(expression::form::star, {expression_of<Rule>()})});
    }
};
template <typename Rule>
struct walk<pegtl::internal::opt<Rule>> {
    static expression run() {
        return make(expression::form::choice, {expression_of<Rule>(), make(expression::form::success)});
    }
};
template <unsigned Count, typename Rule>
struct walk<pegtl::internal::rep<Count, Rule>> {
    static expression run() {
        return make(expression::form::sequence, std::vector<expression>(Count, expression_of<Rule>()));
    }
};
template <typename Rule>
struct walk<pegtl::internal::not_at<Rule>> {
    static expression run() { return make(expression::form::not_ahead, {expression_of<Rule>()}); }
};
template <typename Rule>
struct walk<pegtl::internal::at<Rule>> {
    static expression run() {
        return make(expression::form::not_ahead, {make(expression::form::not_ahead, {expression_of<Rule>()})});
    }
};
template <typename Peek>
struct walk<pegtl::internal::any<Peek>> {
    static expression run() { return octets_of<pegtl::internal::any<Peek>>(); }
};
template <pegtl::internal::result_on_found Found, typename Peek, typename Peek::data_t... Octets>
struct walk<pegtl::internal::one<Found, Peek, Octets...>> {
    static expression run() { return octets_of<pegtl::internal::one<Found, Peek, Octets...>>(); }
};
template <pegtl::internal::result_on_found Found, typename Peek, typename Peek::data_t Low, typename Peek::data_t High>
struct walk<pegtl::internal::range<Found, Peek, Low, High>> {
    static expression run() { return octets_of<pegtl::internal::range<Found, Peek, Low, High>>(); }
};
template <typename Peek, typename Peek::data_t... Bounds>
struct walk<pegtl::internal::ranges<Peek, Bounds...>> {
    static expression run() { return octets_of<pegtl::internal::ranges<Peek, Bounds...>>(); }
};
template <char... Octets>
struct walk<pegtl::internal::string<Octets...>> {
    static expression run() {
        return make(expression::form::sequence, {octets_of<pegtl::internal::string<Octets>>()...});
    }
};
template <char... Octets>
struct walk<pegtl::internal::istring<Octets...>> {
    static expression run() {
        return make(expression::form::sequence, {octets_of<pegtl::internal::istring<Octets>>()...});
    }
};

}  // namespace authgrammar::proofs

#endif
