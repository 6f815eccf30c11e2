#include "engines.hpp"

#include "engine.hpp"

#include "../grammar/naive.hpp"

namespace authgrammar::proofs {

namespace {

using challenges = grammar::rfc7235::WWW_Authenticate;

template <typename Rule>
struct early_action : peg::action<Rule> {};
template <>
struct early_action<grammar::rfc7235::token68> : peg::report_token68 {};
template <>
struct early_action<grammar::rfc7235::token68_in_list> {};

}  // namespace

const engine engine_of_the_literal_copy = {
    "literal copy", false, [](field, edition, std::string_view value, opinion& says) {
        const peg::verdict v = peg::run<naive::literal_copy::rfc7235::WWW_Authenticate>(value, nullptr);
        says.valid = v.valid;
        says.offset = v.error_offset;
    }};

const engine engine_without_furthest_failure = {
    "no furthest failure", false, [](field, edition, std::string_view value, opinion& says) {
        peg::input in(value.data(), value.data() + value.size(), "");
        const bool matched = peg::pegtl::parse<challenges>(in);
        says.valid = matched && in.empty();
        says.offset = says.valid ? 0 : static_cast<std::size_t>(in.current() - value.data());
    }};

const engine engine_that_acts_too_early = {
    "early action", true, [](field, edition, std::string_view value, opinion& says) {
        using whole = peg::pegtl::seq<challenges, peg::pegtl::eof>;
        peg::input in(value.data(), value.data() + value.size(), "");
        peg::reading st(value, sink_for(says));
        const bool valid = peg::pegtl::parse<whole, early_action, peg::stoppable>(in, st);
        says.valid = valid;
        says.offset = peg::verdict_on(valid, st, value).error_offset;
    }};

}  // namespace authgrammar::proofs
