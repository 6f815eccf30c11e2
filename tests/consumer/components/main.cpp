// The installed components beside the core, each used once: the table of schemes, and the grammar's types with PEGTL, the
// PEGTL engine and the reference engine, which judge one value.

#include <authgrammar/abnf/reference.hpp>
#include <authgrammar/grammar/fields.hpp>
#include <authgrammar/peg/parse.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <tao/pegtl.hpp>

#include <cstdio>
#include <string_view>

int main() {
    constexpr std::string_view value = R"(Basic realm="x",)";  // read by recipients, not to be sent
    namespace fields = authgrammar::grammar::fields;
    namespace pegtl = tao::pegtl;

    const auto matches = [&](auto rule) {
        pegtl::memory_input input(value.data(), value.size(), "value");
        return pegtl::parse<pegtl::seq<decltype(rule), pegtl::eof>>(input);
    };
    if (!matches(fields::rfc9110_recipient::WWW_Authenticate{})) return 1;
    if (matches(fields::rfc9110_sender::WWW_Authenticate{})) return 2;

    const auto sender = authgrammar::edition::rfc9110_sender;
    const auto peg = authgrammar::peg::recognise(authgrammar::field::www_authenticate, sender, value);
    if (peg.valid || peg.error_offset != value.size()) return 3;

    auto reference = authgrammar::abnf::reference::load(authgrammar::name_of(sender));
    if (!reference) return 4;
    const auto judged = reference->parse("WWW-Authenticate", value);
    if (!judged || judged->valid || judged->error_offset != peg.error_offset) return 5;

    if (authgrammar::schemes::find_scheme("basic") == nullptr) return 6;

    std::puts("three engines, one verdict");
    return 0;
}
