// Arguments that lie in the buffer that is written to, wherever they do: refused, and not a byte changed. Arguments that
// keep clear of it, by a byte even: written. Each arena is a heap block of its own, so that a sanitizer sees its ends.

#include <authgrammar/authgrammar.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <new>
#include <string>

// Objects are compared byte by byte, with the padding between their members, which nothing wrote.
#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#else
#define VALGRIND_MAKE_MEM_DEFINED(address, size) static_cast<void>(address)
#endif

namespace {

using namespace authgrammar;

struct answer {
    error_code code;
    std::size_t size;
};
answer told(const write_result& r) { return {r.code, r.size}; }
answer told(const result<std::size_t>& r) { return r ? answer{error_code::none, *r} : answer{r.error().code, 0}; }

/// Puts an argument of `size` bytes at every place around a buffer, `place(where)`, and calls `write(buffer, capacity)`
/// with every capacity up to one more than `wanted` takes.
template <typename Place, typename Write>
void at_every_place(std::size_t size, std::size_t alignment, const std::string& wanted, Place place, Write write) {
    const std::size_t start = (size / alignment + 1) * alignment;
    const std::size_t total = start + wanted.size() + 1 + size + 2 * alignment;
    const std::unique_ptr<char[]> arena(new char[total]);
    std::size_t refused = 0;
    std::size_t written = 0;
    for (std::size_t at = 0; at + size <= total; at += alignment) {
        for (std::size_t capacity = 0; capacity <= wanted.size() + 1; ++capacity) {
            std::memset(arena.get(), '#', total);
            place(arena.get() + at);
            std::string expected(arena.get(), total);
            const answer r = write(arena.get() + start, capacity);
            const bool overlap = capacity != 0 && at < start + capacity && start < at + size;
            if (overlap) {
                ASSERT_EQ(r.code, error_code::buffer_overlap) << at << " " << capacity;
                ++refused;
            } else if (capacity < wanted.size()) {
                ASSERT_EQ(r.code, error_code::text_buffer_full) << at << " " << capacity;
            } else {
                ASSERT_EQ(r.code, error_code::none) << at << " " << capacity;
                ASSERT_EQ(r.size, wanted.size());
                expected.replace(start, wanted.size(), wanted);
                ++written;
            }
            ASSERT_EQ(std::string(arena.get(), total), expected) << at << " " << capacity;
        }
    }
    EXPECT_GT(refused, wanted.size());
    EXPECT_GT(written, 1U);
}

/// The same for bytes that are viewed: `write(view, buffer, capacity)`.
template <typename Write>
void each_view(std::string_view bytes, const std::string& wanted, Write write) {
    std::string_view view;
    at_every_place(
        bytes.size(), 1, wanted,
        [&](char* where) {
            std::memcpy(where, bytes.data(), bytes.size());
            view = {where, bytes.size()};
        },
        [&](char* buffer, std::size_t capacity) { return told(write(view, buffer, capacity)); });
}

/// The same for an array of objects.
template <typename T, std::size_t N, typename Write>
void each_array(const T (&objects)[N], const std::string& wanted, Write write) {
    static_assert(std::is_trivially_destructible_v<T>);
    T* array = nullptr;
    at_every_place(
        sizeof objects, alignof(T), wanted,
        [&](char* where) {
            for (std::size_t i = 0; i < N; ++i) {
                T* const made = new (where + i * sizeof(T)) T(objects[i]);
                if (i == 0) array = made;
            }
            VALGRIND_MAKE_MEM_DEFINED(where, sizeof objects);
        },
        [&](char* buffer, std::size_t capacity) { return told(write(array, buffer, capacity)); });
}

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

TEST(overlap, of_a_scheme_and_a_token68) {
    each_view("Scheme", "Scheme YQ==", [](std::string_view v, char* b, std::size_t n) {
        return write_credentials(Z, {v, "YQ=="}, b, n);
    });
    each_view("YWJj/+==", "S YWJj/+==", [](std::string_view v, char* b, std::size_t n) {
        return write_credentials(Z, {"S", v}, b, n);
    });
}

TEST(overlap, of_names_and_values) {
    const auto with = [](text name, text value, char* b, std::size_t n) {
        const param_spec params[] = {{"a", "1"}, {name, value}, {"z", "2"}};
        const challenge_spec list[] = {{"S", params}, {"T", params}};
        return write_challenges(W, list, 2, b, n);
    };
    each_view("realm", R"(S a=1, realm="x", z=2, T a=1, realm="x", z=2)",
              [&](std::string_view v, char* b, std::size_t n) { return with(v, "x", b, n); });
    each_view("bare", "S a=1, n=bare, z=2, T a=1, n=bare, z=2",
              [&](std::string_view v, char* b, std::size_t n) { return with("n", v, b, n); });
    // Written with more bytes than it has: what follows is pushed on.
    each_view(R"("\")", R"(S a=1, n="\"\\\"", z=2, T a=1, n="\"\\\"", z=2)",
              [&](std::string_view v, char* b, std::size_t n) { return with("n", v, b, n); });
    each_view(R"(\y\n)", "S a=1, n=yn, z=2, T a=1, n=yn, z=2",
              [&](std::string_view v, char* b, std::size_t n) { return with("n", text(v, 0, v.size(), true), b, n); });
}

TEST(overlap, of_the_parameters_of_an_info) {
    each_view("auth", R"(qop=auth)", [](std::string_view v, char* b, std::size_t n) {
        const param_spec params[] = {{"qop", v}};
        return write_info(I, params, 1, b, n);
    });
    const param_spec params[] = {{"nextnonce", "a b"}, {"qop", "auth"}};
    each_array(params, R"(nextnonce="a b", qop=auth)",
               [](const param_spec* p, char* b, std::size_t n) { return write_info(I, p, 2, b, n); });
}

TEST(overlap, of_specs) {
    static const param_spec params[] = {{"a", "1"}, {"b", "2"}};
    each_array(params, "Scheme a=1, b=2", [](const param_spec* p, char* b, std::size_t n) {
        credentials_spec c("Scheme");
        c.params = p;
        c.param_count = 2;
        return write_credentials(Z, c, b, n);
    });
    const challenge_spec list[] = {{"S", params}, {"T", "abc"}};
    each_array(list, "S a=1, b=2, T abc",
               [](const challenge_spec* c, char* b, std::size_t n) { return write_challenges(W, c, 2, b, n); });
    const credentials_spec one[] = {{"S", params}};
    each_array(one, "S a=1, b=2",
               [](const credentials_spec* c, char* b, std::size_t n) { return write_credentials(Z, *c, b, n); });
}

TEST(overlap, of_a_quoting_table) {
    static const param_spec params[] = {{"a", "1"}, {"qop", "auth"}};
    const quoting lines[] = {{"T", field_kind::challenges, "a", param_form::quoted},
                             {"S", field_kind::credentials, "qop", param_form::quoted}};
    each_array(lines, R"(S a=1, qop="auth")", [](const quoting* q, char* b, std::size_t n) {
        return write_credentials(Z, {"S", params}, b, n, {q, 2});
    });
    inline_event_buffer<8> events;
    const auto token = parse_credentials(Z, "Basic dTpw", events);  // which no table changes
    ASSERT_TRUE(token);
    each_array(lines, "Basic dTpw", [&](const quoting* q, char* b, std::size_t n) {
        return write_credentials(Z, *token, b, n, {q, 2});
    });
    each_view("Scheme", R"(Scheme a=1, qop="auth")", [](std::string_view v, char* b, std::size_t n) {
        const quoting line[] = {{v, field_kind::credentials, "qop", param_form::quoted}};
        return write_credentials(Z, {"Scheme", params}, b, n, {line, 1});
    });
    each_view("qop", R"(S a=1, qop="auth")", [](std::string_view v, char* b, std::size_t n) {
        const quoting line[] = {{"S", field_kind::credentials, v, param_form::quoted}};
        return write_credentials(Z, {"S", params}, b, n, {line, 1});
    });
    each_view("Digest", R"(a="1", qop=auth)", [](std::string_view v, char* b, std::size_t n) {
        const quoting line[] = {{"Digest", field_kind::info, "a", param_form::quoted}};
        return write_info(I, params, 2, b, n, {line, 1}, v);
    });
}

TEST(overlap, of_a_value_that_was_read) {
    inline_event_buffer<32> events;
    each_view(R"(, A  b=c,d="\e\"", F g==,H)", R"(A b=c, d="e\"", F g==, H)",
              [&](std::string_view v, char* b, std::size_t n) {
                  return write_challenges(W, *parse_challenges(W, v, events), b, n);
              });
    each_view(R"(A b=c,d="e")", R"(A b=c, d=e)", [&](std::string_view v, char* b, std::size_t n) {
        return write_credentials(Z, *parse_credentials(Z, v, events), b, n);
    });
    each_view(R"(b=c ,d="e", )", R"(b=c, d=e)", [&](std::string_view v, char* b, std::size_t n) {
        return write_info(I, *parse_info(I, v, events), b, n);
    });
    each_view("Digest", R"(b="c")", [&](std::string_view v, char* b, std::size_t n) {
        const quoting line[] = {{"Digest", field_kind::info, "b", param_form::quoted}};
        return write_info(I, *parse_info(I, "b=c", events), b, n, {line, 1}, v);
    });
}

TEST(overlap, of_one_of_several_lines) {
    inline_event_buffer<32> events;
    each_view(R"(D e="f")", R"(A b=c, D e=f, G)", [&](std::string_view v, char* b, std::size_t n) {
        const std::string_view lines[] = {"A b=c", "", v, "G"};
        return write_challenges(W, *parse_challenges(W, {lines, 4}, events), b, n);
    });
    const std::string_view lines[] = {"A b=c", "", R"(D e="f)", R"(g")"};
    each_array(lines, R"(A b=c, D e="f, g")", [&](const std::string_view* l, char* b, std::size_t n) {
        return write_challenges(W, *parse_challenges(W, {l, 4}, events), b, n);
    });
}

TEST(overlap, of_a_text_that_was_read) {
    inline_event_buffer<32> events;
    each_view(R"(x\"y)", R"(S n=", x\"y, z")", [&](std::string_view v, char* b, std::size_t n) {
        const std::string_view lines[] = {"A b=\"", v, "z\""};
        const auto read = parse_challenges(W, {lines, 3}, events);
        const param_spec params[] = {{"n", (*read->begin()).param("b")->value}};
        return write_credentials(Z, {"S", params}, b, n);
    });
    const std::string_view lines[] = {R"(A b="x)", "y", R"(z")"};
    each_array(lines, R"(S n="x, y, z")", [&](const std::string_view* l, char* b, std::size_t n) {
        const auto read = parse_challenges(W, {l, 3}, events);
        const param_spec params[] = {{"n", (*read->begin()).param("b")->value}};
        return write_credentials(Z, {"S", params}, b, n);
    });
}

TEST(overlap, of_events_and_views) {
    inline_event_buffer<32> room;
    ASSERT_TRUE(parse_challenges(W, "A b=c, D e==", room));
    event made[5];
    ASSERT_EQ(room.size(), 9U);
    std::copy(room.begin(), room.begin() + 5, made);
    // The first challenge alone.
    each_array(made, "A b=c", [](const event* e, char* b, std::size_t n) {
        return write_challenges(W, challenges("A b=c, D e==", e, e + 5), b, n);
    });
    const challenges list[] = {challenges("A b=c, D e==", room)};
    each_array(list, "A b=c, D e==", [](const challenges* c, char* b, std::size_t n) {
        return write_challenges(W, *c, b, n);
    });
    const credentials one[] = {*list->begin()};
    each_array(one, "A b=c",
               [](const credentials* c, char* b, std::size_t n) { return write_credentials(Z, *c, b, n); });
    const auth_params params[] = {one->params()};
    each_array(params, "b=c", [](const auth_params* p, char* b, std::size_t n) { return write_info(I, *p, b, n); });
}

TEST(overlap, of_a_text_that_is_unescaped) {
    each_view(R"(a\\\"b)", R"(a\"b)",
              [](std::string_view v, char* b, std::size_t n) { return text(v, 0, v.size(), true).unescape(b, n); });
    each_view(R"(a\\\"b)", R"(a\\\"b)",
              [](std::string_view v, char* b, std::size_t n) { return text(v).unescape(b, n); });
    each_view(R"(a\")", R"(x, a", y)", [](std::string_view v, char* b, std::size_t n) {
        const std::string_view lines[] = {"x\\", "", v, "y"};
        const field_value value(lines, 4);
        return text(value, 0, value.size(), true).unescape(b, n);
    });
}

TEST(overlap, a_null_buffer_has_no_room) {
    EXPECT_EQ(write_credentials(Z, {"S", "abc"}, nullptr, 100).code, error_code::text_buffer_full);
    EXPECT_EQ(write_credentials(Z, {"S", "abc"}, nullptr, 100).size, 5U);
    EXPECT_EQ(text("abc").unescape(nullptr, 100).error().code, error_code::text_buffer_full);
    EXPECT_EQ(text("").unescape(nullptr, 0).has_value(), true);
}

TEST(overlap, names_the_argument) {
    char buffer[64] = "abc";
    const std::string_view inside(buffer, 3);
    const param_spec params[] = {{"a", "b"}, {"c", inside}};
    const challenge_spec list[] = {{"S"}, {"T", params}};
    const write_result r = write_challenges(W, list, 2, buffer, sizeof buffer);
    EXPECT_EQ(r.code, error_code::buffer_overlap);
    EXPECT_EQ(r.part, written_part::param_value);
    EXPECT_EQ(r.challenge, 1U);
    EXPECT_EQ(r.param, 1U);
    EXPECT_EQ(r.size, 0U);
    EXPECT_FALSE(r.expected.empty());
    EXPECT_EQ(write_credentials(Z, {inside, "x"}, buffer, 1).part, written_part::scheme);
    EXPECT_EQ(write_credentials(Z, {"S", inside}, buffer, 1).part, written_part::token68);
    const param_spec named[] = {{inside, "b"}};
    EXPECT_EQ(write_credentials(Z, {"S", named}, buffer, 1).part, written_part::param_name);
}

}  // namespace
