// Reads every member of every family with both engines, each reading a dump of callgrind's of its own, whose name is
// "ENGINE FAMILY BYTES"; or makes each public call, as calls.hpp says. Without valgrind it only does that.

#include "calls.hpp"
#include "unicode.hpp"

#include <support/derivation.hpp>

#include <authgrammar/isa.hpp>
#include <authgrammar/peg/parse.hpp>
#include <authgrammar/tokenizer.hpp>

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace authgrammar;

constexpr limits unlimited = limits::none();

struct counter {
    std::size_t events = 0;
    bool on_event(const event&) noexcept {
        ++events;
        return true;
    }
};

__attribute__((noinline)) std::size_t by_tokenizer(field f, std::string_view value) {
    counter c;
    tokenizer t(f, edition::rfc9110_recipient, unlimited);
    if (t.feed(value, c) == error_code::none) (void)t.finish(c);
    return c.events + static_cast<std::size_t>(t.position());
}

__attribute__((noinline)) std::size_t by_grammar(field f, std::string_view value) {
    counter c;
    const peg::verdict v = peg::parse(f, edition::rfc9110_recipient, value, sink_for(c));
    return c.events + v.error_offset;
}

[[nodiscard]] std::string (*counted_by_units(std::string_view what))(std::size_t) {
    if (what == "calls") return strength::count_calls;
    if (what == "names") return strength::count_names;
#ifdef AUTHGRAMMAR_STRENGTH_OF_UNICODE
    if (what == "unicode") return strength::count_unicode;
#endif
    return nullptr;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: strength_work portable|best|pegtl BYTES… | calls|names|unicode UNITS…\n", stderr);
        return 2;
    }
    const std::string_view engine = argv[1];
    std::string (*const by_units)(std::size_t) = counted_by_units(engine);
    if (by_units != nullptr) {
        for (int i = 2; i < argc; ++i) {
            const std::string fault = by_units(std::strtoull(argv[i], nullptr, 10));
            if (fault.empty()) continue;
            std::fprintf(stderr, "%s\n", fault.c_str());
            return 1;
        }
        return 0;
    }
    if (engine == "portable") force_isa(isa::portable);
    std::size_t sum = 0;
    for (const fuzz::family& family : fuzz::all_families()) {
        for (int i = 2; i < argc; ++i) {
            const std::size_t bytes = std::strtoull(argv[i], nullptr, 10);
            const std::string value = family.member(bytes);
            const std::string name = std::string(engine) + " " + std::string(family.name) + " " + argv[i];
            CALLGRIND_ZERO_STATS;
            sum += engine == "pegtl" ? by_grammar(family.f, value) : by_tokenizer(family.f, value);
            CALLGRIND_DUMP_STATS_AT(name.c_str());
        }
    }
    std::printf("%s: %zu families, %zu\n", argv[1], fuzz::all_families().size(), sum);
    return 0;
}
