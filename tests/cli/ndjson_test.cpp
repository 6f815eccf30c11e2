#include "program.hpp"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using authlint_test::answers;
using authlint_test::json_bytes;
using authlint_test::run;
using nlohmann::json;

std::string answer(const std::string& line, const std::vector<std::string>& arguments = {}) {
    return answers({line}, arguments).at(0);
}

std::string question(const std::string& field, const std::string& value) {
    return R"({"field": ")" + field + R"(", "value": )" + json_bytes(value) + "}";
}

TEST(ndjson, valid_values_to_the_letter) {
    EXPECT_EQ(answer(question("WWW-Authenticate", R"(Digest realm="a\"b", stale=true)")),
              R"({"valid": true, "parsed": [{"scheme": "Digest", "token68": null, "params": [)"
              R"({"name": "realm", "value": "a\"b", "form": "quoted"}, )"
              R"({"name": "stale", "value": "true", "form": "token"}]}]})");
    EXPECT_EQ(answer(question("proxy-AUTHENTICATE", "A, B c=")),
              R"({"valid": true, "parsed": [{"scheme": "A", "token68": null, "params": []}, )"
              R"({"scheme": "B", "token68": "c=", "params": []}]})");
    EXPECT_EQ(answer(question("Authorization", "Basic YTpi"), {"--reveal"}),
              R"({"valid": true, "parsed": [{"scheme": "Basic", "token68": "YTpi", "params": []}]})");
    EXPECT_EQ(answer(question("Authentication-Info", "")),
              R"({"valid": true, "parsed": [{"scheme": null, "token68": null, "params": []}]})");
    EXPECT_EQ(answer(question("Proxy-Authentication-Info", "a=\"\""), {"--reveal"}),
              R"({"valid": true, "parsed": [{"scheme": null, "token68": null, "params": [)"
              R"({"name": "a", "value": "", "form": "quoted"}]}]})");
    EXPECT_EQ(answer(question("WWW-Authenticate", "")), R"({"valid": true, "parsed": []})");
}

TEST(ndjson, invalid_values_to_the_letter) {
    EXPECT_EQ(answer(question("WWW-Authenticate", "Basic realm=\"x")),
              R"({"valid": false, "error": {"code": "unterminated_quoted_string", "offset": 14, )"
              R"("rule": "quoted-string", "section": "RFC 9110, 5.6.4", )"
              R"("expected": "qdtext, quoted-pair or DQUOTE"}})");
    const json several = json::parse(answer(R"({"field": "WWW-Authenticate", "values": ["A b=c", "", "D e=\"f"]})"));
    EXPECT_EQ(several["valid"], false);
    EXPECT_EQ(several["error"]["line"], 2);
    EXPECT_EQ(several["error"]["offset"], 6);
    const json one = json::parse(answer(R"({"field": "Authorization", "values": [""]})"));
    EXPECT_EQ(one["error"]["line"], 0);
    EXPECT_EQ(json::parse(answer(question("Authorization", "")))["error"].count("line"), 0U);
}

// Challenges beside an error, and the line of credentials that can be read by itself.
TEST(ndjson, recovered_values_to_the_letter) {
    EXPECT_EQ(answer(question("WWW-Authenticate", "A b=c d, E f=\"g\"")),
              R"({"valid": false, "error": {"code": "expected_comma", "offset": 6, "rule": "WWW-Authenticate", )"
              R"("section": "RFC 9110, 11.6.1", "expected": "\",\", SP or HTAB"}, "recovered": true, "readable": [)"
              R"({"scheme": "E", "token68": null, "params": [{"name": "f", "value": "g", "form": "quoted"}]}]})");
    const json two = json::parse(answer(R"({"field": "Authorization", "values": ["Basic YTpi", "Bearer a b"]})"));
    EXPECT_EQ(two["valid"], false);
    EXPECT_EQ(two["recovered"], true);
    EXPECT_EQ(two["readable"][0]["scheme"], "Basic");
    EXPECT_EQ(two["readable"][0]["token68"], "<redacted>");
    const json none = json::parse(answer(question("Authorization", "Bearer a b")));
    EXPECT_EQ(none.count("recovered") + none.count("readable"), 0U);
    const json old = json::parse(answer(question("WWW-Authenticate", "A ,b=c"), {"--edition", "rfc7235"}));
    EXPECT_EQ(old.count("recovered"), 0U) << "a recipient by RFC 9110 reads all of it";
}

TEST(ndjson, values_are_not_trimmed) {
    for (const char* value : {" A", "A\t", "A b=c ", "A\r", "A\n"}) {
        EXPECT_EQ(json::parse(answer(question("WWW-Authenticate", value), {"--edition", "rfc7235"}))["valid"], false)
            << value;
    }
}

TEST(ndjson, several_lines_are_one_value) {
    EXPECT_EQ(answer(R"({"field": "WWW-Authenticate", "values": ["A b=c", "", "d=e"]})"),
              answer(question("WWW-Authenticate", "A b=c, d=e")));
    EXPECT_EQ(answer(R"({"field": "WWW-Authenticate", "values": []})"), answer(question("WWW-Authenticate", "")));
    EXPECT_EQ(json::parse(answer(R"({"field": "Authorization", "values": ["A b", "A b"]})"))["valid"], false);
}

TEST(ndjson, other_members_come_back_as_they_are) {
    EXPECT_EQ(answer(R"({"id": 1e400, "z": [1.0 , -0, {"é": "ü😀\/\u00e9"}],"a":12345678901234567890.10, )"
                     R"("field": "WWW-Authenticate", "id": null, "value": "", "Value": true})"),
              R"({"id": 1e400, "z": [1.0 , -0, {"\u00e9": "\u00fc\ud83d\ude00\/\u00e9"}], )"
              R"("a": 12345678901234567890.10, "id": null, "Value": true, "valid": true, "parsed": []})");
}

TEST(ndjson, every_byte_goes_in_and_comes_out) {
    std::string all;
    std::vector<std::string> lines;
    for (int byte = 0; byte < 256; ++byte) {
        const std::string value = std::string("A b=\"x\\") + static_cast<char>(byte) + "\"";
        lines.push_back(question("WWW-Authenticate", value));
        std::string hex;
        for (const char c : value) {
            char two[3];
            std::snprintf(two, sizeof two, "%02X", static_cast<unsigned char>(c));
            hex += two;
        }
        lines.push_back(R"({"field": "WWW-Authenticate", "value_hex": ")" + hex + "\"}");
    }
    const auto out = answers(lines);
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const std::string& line = out[2 * byte];
        EXPECT_EQ(line, out[2 * byte + 1]);
        for (const char c : line) EXPECT_TRUE(c >= 0x20 && c < 0x7F);
        const json said = json::parse(line);
        const bool legal = byte == 9 || (byte >= 0x20 && byte != 0x7F);
        EXPECT_EQ(said["valid"], legal) << byte;
        if (legal) {
            std::string utf8 = "x";
            if (byte < 0x80) {
                utf8 += static_cast<char>(byte);
            } else {
                utf8 += static_cast<char>(0xC0 | (byte >> 6));
                utf8 += static_cast<char>(0x80 | (byte & 0x3F));
            }
            EXPECT_EQ(said["parsed"][0]["params"][0]["value"], utf8);
        } else {
            EXPECT_EQ(said["error"]["offset"], 7) << byte;
        }
    }
}

TEST(ndjson, bad_lines_get_an_error_in_their_place) {
    struct sample {
        std::string line;
        const char* code;
    };
    const std::vector<sample> samples{
        {"", "not_an_object"},
        {"   ", "not_an_object"},
        {"[]", "not_an_object"},
        {"\"x\"", "not_an_object"},
        {"\xEF\xBB\xBF{}", "not_an_object"},
        {"{", "invalid_json"},
        {"{}x", "invalid_json"},
        {"{\"a\":}", "invalid_json"},
        {"{\"a\":01}", "invalid_json"},
        {"{\"a\":1.}", "invalid_json"},
        {"{\"a\":+1}", "invalid_json"},
        {"{\"a\":NaN}", "invalid_json"},
        {"{\"a\":1,}", "invalid_json"},
        {"{'a':1}", "invalid_json"},
        {"{\"a\":\"\t\"}", "invalid_json"},
        {"{\"a\":\"\\x\"}", "invalid_json"},
        {"{\"a\":\"\\ud800\"}", "invalid_json"},
        {"{\"a\":\"\\udc00\\ud800\"}", "invalid_json"},
        {"{\"a\":\"\xFF\"}", "invalid_json"},
        {"{\"a\":\"\xC0\xAF\"}", "invalid_json"},
        {"{\"a\":\"\xED\xA0\x80\"}", "invalid_json"},
        {"{\"a\":\"\xF4\x90\x80\x80\"}", "invalid_json"},
        {std::string("{}\0{}", 5), "invalid_json"},
        {"{}", "missing_field"},
        {R"({"value": "A"})", "missing_field"},
        {R"({"field": "Authorization"})", "missing_value"},
        {R"({"field": "Cookie", "value": "A"})", "unknown_field"},
        {R"({"field": "Authorization ", "value": "A"})", "unknown_field"},
        {R"({"field": "\u212Authorization", "value": "A"})", "unknown_field"},
        {R"({"field": 1, "value": "A"})", "wrong_type"},
        {R"({"field": "Authorization", "value": null})", "wrong_type"},
        {R"({"field": "Authorization", "value_hex": 41})", "wrong_type"},
        {R"({"field": "Authorization", "values": "A"})", "wrong_type"},
        {R"({"field": "Authorization", "values": ["A", 1]})", "wrong_type"},
        {R"({"field": "Authorization", "value": "\u0100"})", "code_point_over_ff"},
        {R"({"field": "Authorization", "values": ["😀"]})", "code_point_over_ff"},
        {R"({"field": "Authorization", "value_hex": "4"})", "invalid_hex"},
        {R"({"field": "Authorization", "value_hex": "4g"})", "invalid_hex"},
        {R"({"field": "Authorization", "value": "A", "value_hex": "41"})", "several_values"},
        {R"({"field": "Authorization", "value": "A", "values": ["A"]})", "several_values"},
        {R"({"field": "Authorization", "value": "A", "\u0076alue": "B"})", "repeated_member"},
        {R"({"field": "Authorization", "value": "A", "field": "Authorization"})", "repeated_member"},
        {R"({"field": "Authorization", "value": "A", "valid": true})", "reserved_member"},
        {R"({"field": "Authorization", "value": "A", "recovered": true})", "reserved_member"},
    };
    std::string input;
    for (const sample& s : samples) input += s.line + "\n" + question("WWW-Authenticate", "A") + "\n";
    const auto result = run({"parse", "--ndjson"}, input);
    EXPECT_EQ(result.exit_code, 2);
    const auto out = authlint_test::lines_of(result.out);
    ASSERT_EQ(out.size(), 2 * samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const json said = json::parse(out[2 * i]);
        EXPECT_EQ(said["error"]["code"], samples[i].code) << samples[i].line;
        EXPECT_EQ(said.count("valid"), 0U) << samples[i].line;
        EXPECT_EQ(json::parse(out[2 * i + 1])["valid"], true);
    }
}

TEST(ndjson, a_bad_line_keeps_its_id) {
    EXPECT_EQ(answer(R"({"id": 7, "field": "X", "value": ""})"),
              R"({"id": 7, "error": {"code": "unknown_field", "offset": 19, )"
              R"("expected": "the name of one of the six authentication fields"}})");
}

TEST(ndjson, nesting_is_bounded) {
    const auto nested = [](std::size_t depth) {
        return R"({"a": )" + std::string(depth, '[') + std::string(depth, ']') +
               R"(, "field": "WWW-Authenticate", "value": "A"})";
    };
    const auto out = answers(
        {nested(511), nested(512), nested(1000000), std::string(1000000, '['), "{\"a\":" + std::string(1000000, '[')});
    EXPECT_EQ(json::parse(out[0])["valid"], true);
    for (std::size_t i = 1; i < out.size(); ++i) EXPECT_EQ(json::parse(out[i]).count("error"), 1U);
}

TEST(ndjson, exit_codes_and_the_last_line) {
    EXPECT_EQ(run({"parse", "--ndjson"}, "").exit_code, 0);
    const std::string invalid = question("WWW-Authenticate", "\"");
    const auto unfinished = run({"parse", "--ndjson"}, invalid);
    EXPECT_EQ(unfinished.exit_code, 0);
    EXPECT_EQ(authlint_test::lines_of(unfinished.out).size(), 1U);
    EXPECT_EQ(run({"parse", "--ndjson"}, invalid + "\r\n").out, unfinished.out);
    EXPECT_EQ(authlint_test::lines_of(run({"parse", "--ndjson"}, invalid + "\n\n").out).size(), 2U);
}

TEST(ndjson, large_values) {
    const std::string big(std::size_t{1} << 20, 'x');
    const auto out = answers({R"({"field": "WWW-Authenticate", "value": "A b=\")" + big + R"(\""})",
                              R"({"field": "WWW-Authenticate", "value": "A b=\")" + big + "\"}",
                              R"({"id": ")" + big + R"(", "field": "WWW-Authenticate", "value": "A"})"});
    EXPECT_EQ(json::parse(out[0])["parsed"][0]["params"][0]["value"], big);
    EXPECT_EQ(json::parse(out[1])["error"]["offset"], big.size() + 5);
    EXPECT_EQ(json::parse(out[2])["id"], big);
}

TEST(ndjson, engines_and_chunks_agree) {
    std::vector<std::string> lines;
    for (const char* field : {"WWW-Authenticate", "Authorization", "Authentication-Info"}) {
        for (const char* value : {"",
                                  ",",
                                  "A",
                                  "A ",
                                  "A,",
                                  "A ,",
                                  "A ,b=c",
                                  "A ,,b=c",
                                  "A b=c, D e=\"f\\\"g\" , H",
                                  "A b==",
                                  "A b= ,C",
                                  "A b=c,B =d",
                                  "b=c, d=\"e\"",
                                  "A b=c d",
                                  "A b=\"",
                                  "A\tb=c",
                                  "A b=\"\\",
                                  " A",
                                  "A b=\x80",
                                  "a b c"}) {
            lines.push_back(question(field, value));
        }
        lines.push_back(std::string(R"({"field": ")") + field + R"(", "values": ["a=b", "", "c d=\"e", "f\""]})");
    }
    for (const char* edition : {"rfc7235", "rfc9110-recipient", "rfc9110-sender"}) {
        const auto first = answers(lines, {"--edition", edition, "--reveal"});
        for (const char* engine : {"pegtl", "reference"}) {
            const auto other = answers(lines, {"--edition", edition, "--reveal", "--engine", engine});
            for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(first[i], other[i]) << engine << ' ' << lines[i];
        }
        for (const char* chunk : {"1", "2", "7", "1000000"}) {
            EXPECT_EQ(first, answers(lines, {"--edition", edition, "--reveal", "--chunk", chunk})) << chunk;
        }
    }
}

TEST(ndjson, misuse) {
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"parse", "--ndjson", "--edition", "rfc2617"},
                                               {"parse", "--ndjson", "--engine", "regex"},
                                               {"parse", "--ndjson", "--chunk", "0"},
                                               {"parse", "--ndjson", "--chunk", "x"},
                                               {"parse", "--ndjson", "--chunk", "1", "--engine", "pegtl"},
                                               {"parse", "--ndjson", "--abnf", "/"},
                                               {"parse", "--ndjson", "--field", "Authorization"},
                                               {"parse", "--ndjson", "A"}}) {
        const auto result = run(arguments, "");
        EXPECT_EQ(result.exit_code, 2) << arguments.back();
        EXPECT_EQ(result.out, "") << arguments.back();
        EXPECT_NE(result.err, "") << arguments.back();
    }
}

TEST(ndjson, abnf_of_ones_own) {
    const auto own = answers({question("WWW-Authenticate", "A b=c")},
                             {"--engine", "reference", "--abnf", AUTHGRAMMAR_SOURCE_DIR "/grammar/abnf"});
    EXPECT_EQ(json::parse(own[0])["valid"], true);
    const auto missing = run({"parse", "--ndjson", "--engine", "reference", "--abnf", AUTHGRAMMAR_SOURCE_DIR "/docs"},
                             question("WWW-Authenticate", "A") + "\n");
    EXPECT_EQ(missing.exit_code, 2);
    EXPECT_NE(missing.err, "");
}

}  // namespace
