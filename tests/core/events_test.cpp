// Events worked out by hand. Under each value stands a mask that says what each octet is:
// S auth-scheme, T token68, N parameter name, V token value, Q inside of a quoted-string, E the closing DQUOTE of an
// empty quoted-string, anything else no word.

#include "support.hpp"

#include <algorithm>

namespace authgrammar::test {
namespace {

/// The events that a mask means. A challenge begins at its scheme and ends with its last word, closing DQUOTE
/// included; the last one is sent as ended if `ended` says so.
std::vector<event> events_of(std::string_view mask, bool ended) {
    std::vector<event> out;
    bool open = false;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    const auto close = [&] {
        if (open) out.push_back({event_kind::challenge_end, false, begin, end});
        open = false;
    };
    for (std::uint32_t i = 0; i < mask.size();) {
        const char role = mask[i];
        std::uint32_t last = i;
        while (last < mask.size() && mask[last] == role) ++last;
        switch (role) {
            case 'S':
                close();
                open = true;
                begin = i;
                out.push_back({event_kind::challenge_begin, false, i, i});
                out.push_back({event_kind::scheme, false, i, last});
                end = last;
                break;
            case 'T':
                out.push_back({event_kind::token68, false, i, last});
                end = last;
                break;
            case 'N': out.push_back({event_kind::param_name, false, i, last}); break;
            case 'V':
                out.push_back({event_kind::param_value, false, i, last});
                end = last;
                break;
            case 'Q':
                out.push_back({event_kind::param_value, true, i, last});
                end = last + 1;
                break;
            case 'E':
                out.push_back({event_kind::param_value, true, i, i});
                end = last;
                break;
            default: break;
        }
        i = last;
    }
    if (ended) close();
    return out;
}

struct worked {
    field f;
    std::string_view value;
    std::string_view mask;
};

constexpr field W = field::www_authenticate;
constexpr field P = field::proxy_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

// In the language of rfc9110_recipient; the events are the same in every edition that has the value.
constexpr worked accepted[] = {
    // RFC 7235, 4.1 and RFC 9110, 11.6.1: two challenges.
    {W, R"(Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple")",
     R"(SSSSSSS NNNNN  QQQQ   NNNN V  NNNNN  QQQQQQQQQQQQQQQQQ   SSSSS NNNNN  QQQQQQ )"},
    // RFC 9110, 11.6.1: one field line holds both.
    {W, R"(Basic realm="simple", Newauth realm="apps", type=1, title="Login to \"apps\"")",
     R"(SSSSS NNNNN  QQQQQQ   SSSSSSS NNNNN  QQQQ   NNNN V  NNNNN  QQQQQQQQQQQQQQQQQ )"},
    // RFC 7616, 3.9.1.
    {W,
     R"(Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")",
     R"(SSSSSS NNNNN  QQQQQQQQQQQQQQQQQQQQQ   NNN  QQQQQQQQQQQQQQ   NNNNNNNNN VVVVVVV  NNNNN  QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ   NNNNNN  QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ )"},
    {Z, R"(Digest username="Mufasa", uri="/dir/index.html", algorithm=MD5, nc=00000001, qop=auth)",
     R"(SSSSSS NNNNNNNN  QQQQQQ   NNN  QQQQQQQQQQQQQQQ   NNNNNNNNN VVV  NN VVVVVVVV  NNN VVVV)"},
    // RFC 7617, 2 and 2.1.
    {W, R"(Basic realm="WallyWorld")", R"(SSSSS NNNNN  QQQQQQQQQQ )"},
    {Z, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "SSSSS TTTTTTTTTTTTTTTTTTTTTTTTTTTT"},
    {P, R"(Basic realm="foo", charset="UTF-8")", R"(SSSSS NNNNN  QQQ   NNNNNNN  QQQQQ )"},
    {Z, "Bearer mF_9.B5f-4.1JqM", "SSSSSS TTTTTTTTTTTTTTT"},
    {W, "Negotiate, NTLM,Basic realm=x", "SSSSSSSSS  SSSS SSSSS NNNNN V"},
    // Quoted strings: empty, a quoted-pair at each end, a comma and an "=" inside, obs-text.
    {W, R"(A b="", c="")", R"(S N  E  N  E)"},
    {W, R"(A b="\"", c="\\")", R"(S N  QQ   N  QQ )"},
    {W, R"(A b=",c=d, E f")", R"(S N  QQQQQQQQQ )"},
    {Z, "A b=\"\x80\xFF\t\"", "S N  QQQ "},
    // BWS, which belongs to no word.
    {W, "A b \t= \tc", "S N     V"},
    {W, R"(A b = "c" , d = e)", R"(S N    Q    N   V)"},
    {W, "A b=c,B =d", "S N V N  V"},
    {W, "A b=c,B\t=\t\"\"", "S N V N    E"},
    // token68 with its padding, and what comes after it.
    {W, "A b=", "S TT"},
    {W, "A b==", "S TTT"},
    {W, "A b=,C", "S TT S"},
    {W, "A b= ,C", "S TT  S"},
    {W, "A b==\t, C d/e=", "S TTT   S TTTT"},
    {W, "A b,C", "S T S"},
    {W, "A b , C", "S T   S"},
    {W, "A /,B", "S T S"},
    {Z, "A b/c==", "S TTTTT"},
    // After a list comma: a parameter, or the next scheme.
    {W, "A b=c,B", "S N V S"},
    {W, "A b=c,B d", "S N V S T"},
    {W, "A b=c,B d=", "S N V S TT"},
    {W, "A b=c,B d=e", "S N V S N V"},
    {W, "A b=c,B\t,C", "S N V S  S"},
    {W, "A b=c,b! d!=e!", "S N V SS NN VV"},
    // Bare schemes, and white space that belongs to no word.
    {W, "A", "S"},
    {W, "A  ", "S  "},
    {W, "A,B ,C", "S S  S"},
    {Z, "A ", "S "},
    // Empty list elements.
    {W, "", ""},
    {W, ", ,", "   "},
    {W, ",A", " S"},
    {W, " ,\tA, ,", "   S   "},
    {W, "A ,,b=c", "S   N V"},
    {W, "A ,b=c,,d=e,", "S  N V  N V "},
    {W, "A \t,,b=c", "S    N V"},
    {W, "A b=c,,B", "S N V  S"},
    {W, "A b=c,B ,d=e", "S N V S  N V"},
    {W, "A b=c,B \t,d=e", "S N V S   N V"},
    {Z, "A ,", "S  "},
    {Z, "A , b=c,", "S   N V "},
    // Authentication-Info.
    {I, R"(rspauth="6629", qop=auth, nextnonce="")", R"(NNNNNNN  QQQQ   NNN VVVV  NNNNNNNNN  E)"},
    {I, "", ""},
    {I, ",,a=b", "  N V"},
    {I, "a = b ,\tc=\"d\",", "N   V   N  Q  "},
};

TEST(Events, OfAcceptedValues) {
    ASSERT_GE(std::size(accepted), 30U);
    for (const worked& w : accepted) {
        ASSERT_EQ(w.value.size(), w.mask.size()) << shown(w.value);
        const std::vector<event> expected = events_of(w.mask, true);
        bool read_once = false;
        for (const edition e : all_editions) {
            const reading r = read(w.f, e, w.value);
            if (r.code != error_code::none) continue;
            read_once = true;
            EXPECT_EQ(r.events, expected) << shown(w.f, e, w.value);
        }
        EXPECT_TRUE(read_once) << shown(w.value);
        EXPECT_EQ(read(w.f, r9110, w.value).code, error_code::none) << shown(w.value);
    }
}

TEST(Events, OffsetsWrittenOut) {
    const reading r = read(W, r9110, R"(Newauth realm="apps", Basic)");
    const std::vector<event> expected{
        {event_kind::challenge_begin, false, 0, 0}, {event_kind::scheme, false, 0, 7},
        {event_kind::param_name, false, 8, 13},     {event_kind::param_value, true, 15, 19},
        {event_kind::challenge_end, false, 0, 20},  {event_kind::challenge_begin, false, 22, 22},
        {event_kind::scheme, false, 22, 27},        {event_kind::challenge_end, false, 22, 27},
    };
    EXPECT_EQ(r.events, expected);
}

struct refused {
    field f;
    edition e;
    std::string_view value;
    std::size_t offset;     ///< of the first error
    std::string_view mask;  ///< of the words whose role and end are known at `offset`
    bool ended;             ///< whether every continuation has the end of the last challenge there
};

constexpr refused rejected[] = {
    {W, r9110, R"(A b="x" c)", 8, R"(S N  Q   )", false},  // ",d=e" might have come
    {Z, r9110, R"(A b="x" c)", 8, R"(S N  Q   )", false},
    {W, r9110, R"(A b="x)", 6, R"(S N   )", false},  // where the value ends is not known
    {W, r9110, "A b=c;", 5, "S N   ", false},        // nor here: "A b=cc"
    {W, r9110, "A b;", 3, "S   ", false},            // b: a token68 or a name
    {W, r9110, "A b/;", 4, "S    ", false},          // a token68, of unknown end
    {W, r9110, "A b;", 3, "S   ", false},
    {W, r9110, "A b !", 4, "S    ", false},  // "A b ,C" or "A b =c"
    {Z, r9110, "A b !", 4, "S N  ", false},  // credentials end with their token68, so b is a name
    {W, r9110, "A b= ;", 5, "S     ", false},
    {Z, r9110, "A b= ;", 5, "S N   ", false},
    {W, r9110, "A b=;", 4, "S    ", false},  // "A b=," or "A b=c"
    {W, r9110, "A b== c", 6, "S TTT  ", true},
    {Z, r9110, "A b== ", 5, "S     ", false},
    {W, r9110, "A b==c", 5, "S     ", false},
    {W, r9110, "A\tb", 2, "S  ", true},     // no parameter can come after HTAB
    {W, r9110, "A \tb", 3, "S   ", false},  // "A \t,b=c"
    {W, c7235, "A \tb", 3, "S   ", true},
    {W, s9110, "A \tb", 3, "S   ", true},
    {W, c7235, "A ,b=c", 4, "S     ", true},  // b can only be the next scheme, of unknown end
    {W, s9110, "A ,b=c", 4, "S     ", true},
    {W, c7235, "A ,;", 3, "S   ", false},  // "A ,,b=c"
    {W, s9110, "A ,;", 3, "S   ", true},
    {W, r9110, "A b=c,B;", 7, "S N V   ", false},
    {W, r9110, "A b=c,B\tC", 8, "S N V    ", false},  // "B\t=c" or "B\t,"
    {W, r9110, "A b=c,B d;", 9, "S N V S   ", false},
    {W, r9110, "A b=c,B =;", 9, "S N V N   ", false},
    {Z, r9110, "Basic abc, Basic def", 9, "SSSSS               ", false},
    {Z, r9110, "Digest a=b, Digest c=d", 19, "SSSSSS N V  NNNNNN    ", false},
    {I, r9110, "a=b c", 4, "N V  ", false},
    {I, r9110, "a;", 1, "  ", false},
    {I, c7235, ",a=b", 1, "    ", false},
    {W, c7235, ", ", 2, "  ", false},
    {Z, r9110, "", 0, "", false},
    {Z, r9110, "=", 0, " ", false},
};

TEST(Events, OfRejectedValues) {
    for (const refused& w : rejected) {
        ASSERT_EQ(w.value.size(), w.mask.size()) << shown(w.value);
        const reading r = read(w.f, w.e, w.value);
        EXPECT_NE(r.code, error_code::none) << shown(w.f, w.e, w.value);
        EXPECT_EQ(r.why.offset, w.offset) << shown(w.f, w.e, w.value);
        std::vector<event> expected = events_of(w.mask, w.ended);
        // A scheme begins with its first octet, before its end is known.
        if (w.e != r9110 && w.value == "A ,b=c") expected.push_back({event_kind::challenge_begin, false, 3, 3});
        EXPECT_EQ(r.events, expected) << shown(w.f, w.e, w.value);
    }
}

/// Walks all viable prefixes over the class representatives, and compares the events sent at each with what all
/// its accepted continuations have in common.
class walk {
public:
    walk(field f, edition e) : f_(f), e_(e) {}

    struct common {
        bool any = false;
        std::vector<event> events{};
    };

    common visit(const tokenizer& t, std::size_t depth) {
        common shared;
        const std::size_t sent = events_.events.size();
        tokenizer last = t;
        if (last.finish(events_) == error_code::none) meet(shared, events_.events);
        events_.events.resize(sent);
        if (depth == deepest) return shared;
        for (const char c : depth < compared_to ? class_representatives : enough) {
            tokenizer next = t;
            text_ += c;
            if (next.feed({&c, 1}, events_) == error_code::none) {
                const common below = visit(next, depth + 1);
                if (below.any) meet(shared, below.events);
            } else {
                EXPECT_EQ(events_.events.size(), sent) << "refused, and sent: " << shown(f_, e_, text_);
            }
            events_.events.resize(sent);
            text_.pop_back();
        }
        if (depth <= compared_to) {
            ++compared;
            EXPECT_TRUE(shared.any) << "viable without a continuation: " << shown(f_, e_, text_);
            // Credentials begin at 0 whatever comes, which is said with their first octet.
            if (!(depth == 0 && kind_of(f_) == field_kind::credentials)) {
                EXPECT_EQ(events_.events, shared.events) << shown(f_, e_, text_);
            }
        }
        return shared;
    }

    std::size_t compared = 0;

private:
    static constexpr std::size_t compared_to = 5;
    // Octets, and how many of them, that tell any two continuations apart: "A b=c " wants " ,d=e" or " ,D".
    static constexpr std::string_view enough = " \",=a";
    static constexpr std::size_t deepest = compared_to + 5;

    static void meet(common& all, const std::vector<event>& one) {
        if (all.any) {
            const auto ends = std::mismatch(all.events.begin(), all.events.end(), one.begin(), one.end());
            all.events.erase(ends.first, all.events.end());
        } else {
            all = {true, one};
        }
    }

    field f_;
    edition e_;
    std::string text_;
    recorder events_;
};

TEST(Events, AreThoseThatEveryContinuationHas) {
    for (const field f : a_field_of_each_kind) {
        for (const edition e : all_editions) {
            walk w(f, e);
            (void)w.visit(tokenizer(f, e), 0);
            EXPECT_GT(w.compared, 50U);
        }
    }
}

TEST(Events, NamesAreStable) {
    EXPECT_EQ(name_of(event_kind::challenge_begin), "challenge_begin");
    EXPECT_EQ(name_of(event_kind::scheme), "scheme");
    EXPECT_EQ(name_of(event_kind::token68), "token68");
    EXPECT_EQ(name_of(event_kind::param_name), "param_name");
    EXPECT_EQ(name_of(event_kind::param_value), "param_value");
    EXPECT_EQ(name_of(event_kind::challenge_end), "challenge_end");
}

}  // namespace
}  // namespace authgrammar::test
