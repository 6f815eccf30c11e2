#ifndef AUTHGRAMMAR_TESTS_GRAMMAR_MATCH_HPP
#define AUTHGRAMMAR_TESTS_GRAMMAR_MATCH_HPP

#include <tao/pegtl/memory_input.hpp>
#include <tao/pegtl/parse.hpp>
#include <tao/pegtl/rules.hpp>

#include <string_view>

namespace authgrammar::test {

using matcher = bool (*)(std::string_view);

/// Whether `Rule` matches the whole of `value`.
template <typename Rule>
bool matches(std::string_view value) {
    using namespace tao::pegtl;
    memory_input<tracking_mode::lazy, eol::lf_crlf, const char*> in(value.data(), value.data() + value.size(), "");
    return parse<seq<Rule, eof>>(in);
}

}  // namespace authgrammar::test

#endif
