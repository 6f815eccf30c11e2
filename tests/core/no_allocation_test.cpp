// Reading allocates nothing: every way into the C and C++ heaps is counted while values are read.

#include "samples.hpp"

#include "support/allocations.hpp"

#include <cstdlib>
#include <new>

namespace authgrammar::test {
namespace {

template <typename Run>
std::size_t allocations_in(Run run) {
    const std::size_t before = fuzz::heap_so_far().blocks;
    run();
    return fuzz::heap_so_far().blocks - before;
}

/// Keeps `p` from being optimised away together with its allocation.
void keep(void* p) { __asm__ volatile("" : : "g"(p) : "memory"); }

TEST(NoAllocation, TheCounterCounts) {
    EXPECT_EQ(allocations_in([] {}), 0U);
    EXPECT_EQ(allocations_in([] {
                  int* p = new int(1);
                  keep(p);
                  delete p;
              }),
              1U);
    EXPECT_EQ(allocations_in([] {
                  void* p = ::operator new (64, std::align_val_t{64});
                  keep(p);
                  ::operator delete (p, std::align_val_t{64});
              }),
              1U);
    EXPECT_GE(allocations_in([] {
                  void* p = std::malloc(1);
                  keep(p);
                  std::free(p);
                  p = std::calloc(1, 1);
                  keep(p);
                  std::free(p);
                  p = std::aligned_alloc(16, 16);
                  keep(p);
                  std::free(p);
              }),
              3U);
    EXPECT_GE(allocations_in([] {
                  std::string s(100, 'x');
                  keep(s.data());
              }),
              1U);
}

/// Adds up what it is given, so that nothing of the reading can be left out.
std::size_t seen = 0;

void use(const text& t) {
    char buffer[2048];
    const result<std::size_t> n = t.unescape(buffer, sizeof buffer);
    seen += n ? *n : 0;
    seen += t.unescape(buffer, 0).has_value();
    seen += t.size() + t.raw().size() + t.position().offset + t.begin() + t.end();
    seen += t.equals("simple") + t.equals_ignoring_case("SIMPLE") + t.quoted() + t.spans_lines();
}

void use(const auth_params& params) {
    seen += params.size() + params.empty() + params.find("REALM").has_value();
    for (const auth_param p : params) {
        use(p.name);
        use(p.value);
        seen += p.has_name("realm");
    }
}

void use(const challenge& c) {
    use(c.scheme());
    seen += c.has_scheme("basic") + c.param("realm").has_value() + c.begin() + c.end();
    if (const auto t = c.token68()) use(*t);
    use(c.params());
}

void use(const error& e) {
    seen += e.offset + e.line + e.rule.size() + e.section.size() + e.expected.size() + name_of(e.code).size() +
            explain(e.code).size();
}

struct taker {
    bool on_event(const event& e) noexcept { return (seen += e.end) != 0 || e.end == 0; }
    bool on_text(text_role, std::string_view fragment, std::uint64_t) noexcept {
        return (seen += fragment.size()) != 0;
    }
};

void read_everything(const field_value& value) {
    inline_event_buffer<256> events;
    for (const field f : all_fields) {
        for (const edition e : all_editions) {
            parse_options options;
            options.language = e;
            taker consumer;
            if (const auto r = parse(f, value, sink_for(consumer), options); !r) use(r.error());
            if (const auto r = parse_challenges(f, value, events, options)) {
                seen += r->size() + r->empty() + r->find("Basic").has_value();
                for (const challenge c : *r) use(c);
            } else {
                use(r.error());
            }
            if (const auto r = parse_credentials(f, value, events, options)) {
                use(*r);
            } else {
                use(r.error());
            }
            if (const auto r = parse_info(f, value, events, options)) {
                use(*r);
            } else {
                use(r.error());
            }
            if (value.line_count() != 1) continue;
            const std::string_view whole = value.line(0);
            tokenizer t(f, e);
            error_code code = error_code::none;
            for (std::size_t i = 0; i < whole.size() && code == error_code::none; ++i) {
                code = t.feed(whole.substr(i, 1), consumer);
            }
            if (t.finish(consumer) != error_code::none) use(diagnose(f, e, whole, t.last_error().offset));
            use(t.last_error());
            seen += name_of(f).size() + name_of(e).size() + field_from_name("authorization").has_value() +
                    edition_from_name("rfc7235").has_value() + error_code_from_name("stopped").has_value();
        }
    }
}

TEST(NoAllocation, OneLine) {
    std::string long_value = "Basic realm=\"";
    for (int i = 0; i < 1000; ++i) long_value += "\\x";
    long_value += "\"";
    const std::size_t used = seen;
    EXPECT_EQ(allocations_in([&] {
                  for (const std::string_view value : samples) read_everything(value);
                  read_everything(std::string_view(long_value));
              }),
              0U);
    EXPECT_GT(seen, used + 10000);
}

TEST(NoAllocation, SeveralLines) {
    constexpr std::string_view lines[] = {"Negotiate", "", R"(Basic realm="x)", R"(y\"z", Digest a=b)", "Bearer c=="};
    constexpr std::string_view broken[] = {"Basic abc", "Basic def"};
    EXPECT_EQ(allocations_in([&] {
                  read_everything({lines, std::size(lines)});
                  read_everything({broken, std::size(broken)});
              }),
              0U);
}

TEST(NoAllocation, Limits) {
    limits tight;
    tight.value_length = 2;
    tight.empty_elements = 1;
    parse_options options;
    options.limit = tight;
    taker consumer;
    EXPECT_EQ(allocations_in([&] {
                  for (const std::string_view value : samples) {
                      if (const auto r = parse(field::www_authenticate, value, sink_for(consumer), options); !r) {
                          use(r.error());
                      }
                  }
              }),
              0U);
}

}  // namespace
}  // namespace authgrammar::test
