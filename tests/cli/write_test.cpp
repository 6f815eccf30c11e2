// authlint write --ndjson: the other direction of parse --ndjson.

#include "program.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace {

using authlint_test::lines_of;
using authlint_test::run;

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
}

// RFC 7616, 3.3 and 3.4: quoted only, and never quoted; a form that is asked for is another matter.
TEST(write, a_scheme_has_its_parameters_written_as_it_wants) {
    const auto done = run({"write", "--ndjson", "--reveal"},
                          joined({R"({"field":"WWW-Authenticate","parsed":[{"scheme":"digest","params":[)"
                                  R"({"name":"nonce","value":"abc"},{"name":"qop","value":"auth"},)"
                                  R"({"name":"stale","value":"true"},{"name":"opaque","value":"o","form":"token"}]},)"
                                  R"({"scheme":"Newauth","params":[{"name":"nonce","value":"abc"}]}]})",
                                  R"({"field":"Authorization","parsed":[{"scheme":"Digest","params":[)"
                                  R"({"name":"qop","value":"auth"},{"name":"uri","value":"*"}]}]})"}));
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(lines_of(done.out),
              (std::vector<std::string>{
                  R"({"value": "digest nonce=\"abc\", qop=\"auth\", stale=true, opaque=o, Newauth nonce=abc"})",
                  R"({"value": "Digest qop=auth, uri=\"*\""})"}));
}

// The -Info fields do not name their scheme: it is known by their parameters.
TEST(write, info_is_quoted_as_the_scheme_with_these_parameters_wants) {
    const auto done =
        run({"write", "--ndjson", "--reveal", "--field", "Authentication-Info"},
            joined({R"({"parsed":[{"params":[{"name":"nextnonce","value":"a"},{"name":"qop","value":"auth"},)"
                    R"({"name":"nc","value":"00000001"}]}]})",
                    R"({"parsed":[{"params":[{"name":"qop","value":"auth","form":"quoted"}]}]})",
                    R"({"parsed":[{"params":[{"name":"nextnonce","value":"a"},{"name":"x","value":"b"}]}]})"}));
    EXPECT_EQ(lines_of(done.out),
              (std::vector<std::string>{R"({"value": "nextnonce=\"a\", qop=auth, nc=00000001"})",
                                        R"({"value": "qop=\"auth\""})", R"({"value": "nextnonce=a, x=b"})"}));
}

TEST(write, values_and_refusals_line_for_line) {
    const auto done =
        run({"write", "--ndjson"},
            joined({R"({"id":1,"field":"WWW-Authenticate","parsed":[{"scheme":"Digest","token68":null,)"
                    R"("params":[{"name":"realm","value":"a\"b","form":"quoted"},)"
                    R"({"name":"qop","value":"auth","form":"token"},)"
                    R"({"name":"x","value":"\u00e9"}]},{"scheme":"Negotiate","token68":"a==","params":[]}]})",
                    R"({"field":"Authentication-Info","parsed":[{"scheme":null,"token68":null,"params":[]}]})",
                    R"({"field":"WWW-Authenticate","parsed":[{"scheme":"A","params":[{"name":"b","value":"c\n"}]}]})",
                    R"({"field":"WWW-Authenticate","parsed":[]})"}));
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(
        lines_of(done.out),
        (std::vector<std::string>{
            R"({"id": 1, "value": "Digest realm=\"a\\\"b\", qop=auth, x=\"\u00e9\", Negotiate a=="})",
            R"({"value": ""})",
            R"({"error": {"code": "forbidden_octet", "part": "value", "challenge": 0, "param": 0, "offset": 1, )"
            R"("rule": "quoted-string", "section": "RFC 9110, 5.6.4", "expected": "HTAB, SP, VCHAR or obs-text"}})",
            R"({"error": {"code": "empty_challenge_list", "part": "parsed", "challenge": 0, "param": 0, )"
            R"("offset": 0, "rule": "WWW-Authenticate", "section": "RFC 7235, 4.1", )"
            R"("expected": "at least one challenge"}})"}));
}

TEST(write, bad_lines_keep_their_place) {
    const std::vector<std::pair<std::string, std::string>> bad{
        {"", "not_an_object"},
        {"[]", "not_an_object"},
        {"{", "invalid_json"},
        {R"({"parsed":[]})", "missing_field"},
        {R"({"field":"Host","parsed":[]})", "unknown_field"},
        {R"({"field":1,"parsed":[]})", "wrong_type"},
        {R"({"field":"Authorization"})", "missing_parsed"},
        {R"({"field":"Authorization","field":"Authorization","parsed":[]})", "repeated_member"},
        {R"({"field":"Authorization","parsed":[]})", "invalid_parsed"},
        {R"({"field":"Authorization","parsed":[{"scheme":null}]})", "invalid_parsed"},
        {R"({"field":"Authorization","parsed":[{"scheme":"A","other":1}]})", "invalid_parsed"},
        {R"({"field":"Authorization","parsed":[{"scheme":"A","params":[{"name":"a","value":1}]}]})", "invalid_parsed"},
        {R"({"field":"Authorization","parsed":[{"scheme":"A","params":[{"name":"a","value":"","form":"x"}]}]})",
         "invalid_parsed"},
        {R"({"field":"Authentication-Info","parsed":[{"scheme":"A"}]})", "invalid_parsed"},
        {R"({"field":"Authentication-Info","parsed":[{"scheme":null,"token68":"a"}]})", "invalid_parsed"},
        {R"({"field":"WWW-Authenticate","parsed":[{"scheme":"\u0100"}]})", "code_point_over_ff"}};
    std::string input;
    for (const auto& [line, code] : bad)
        input += line + "\n" + R"({"field":"WWW-Authenticate","parsed":[{"scheme":"A"}]})" + "\n";
    const auto done = run({"write", "--ndjson"}, input);
    EXPECT_EQ(done.exit_code, 2);
    const auto out = lines_of(done.out);
    ASSERT_EQ(out.size(), 2 * bad.size());
    for (std::size_t i = 0; i < bad.size(); ++i) {
        EXPECT_EQ(nlohmann::json::parse(out[2 * i]).at("error").at("code"), bad[i].second) << bad[i].first;
        EXPECT_EQ(out[2 * i + 1], R"({"value": "A"})");
    }
}

TEST(write, parse_write_parse_is_the_same) {
    const std::string field = "Proxy-Authenticate";
    const std::string value =
        "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"\xe9\", N YQ==, M";
    const std::string question = R"({"field":")" + field + R"(","value":)" + authlint_test::json_bytes(value) + "}\n";
    const auto first = run({"parse", "--ndjson"}, question);
    const auto written = run({"write", "--ndjson", "--field", field}, first.out);
    EXPECT_EQ(written.exit_code, 0) << written.out;
    auto again = nlohmann::json::parse(written.out);
    again["field"] = field;
    EXPECT_EQ(run({"parse", "--ndjson"}, again.dump() + "\n").out, first.out);
}

TEST(write, secrets_are_redacted_unless_revealed) {
    const std::string line = R"({"field":"Authorization","parsed":[{"scheme":"Digest","params":[{"name":"username",)"
                             R"("value":"alice in court"},{"name":"nc","value":"00000001"}]}]})"
                             "\n";
    const auto hidden = run({"write", "--ndjson"}, line);
    EXPECT_EQ(hidden.out.find("alic"), std::string::npos);
    EXPECT_NE(hidden.out.find("Digest username=<redacted>, nc=00000001"), std::string::npos) << hidden.out;
    EXPECT_EQ(run({"write", "--ndjson", "--reveal"}, line).out,
              "{\"value\": \"Digest username=\\\"alice in court\\\", nc=00000001\"}\n");
}

TEST(write, usage) {
    EXPECT_EQ(run({"write"}).exit_code, 2);
    EXPECT_EQ(run({"write", "--ndjson", "--field", "Host"}).exit_code, 2);
}

}  // namespace
