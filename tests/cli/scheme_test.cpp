#include "program.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace {

using authlint_test::run;
using nlohmann::json;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string read_source(const std::string& path) {
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A description that breaks nothing.
json model() {
    return json::parse(
        R"({"name": "Model", "reference": "this test", "challenge": ["params"], "credentials": ["params"],
        "origin": "yes", "proxy": "no", "realm": "optional", "state": "request", "exposes": "proof",
        "unknown_params": "ignored", "info_considered": "section 9",
        "params": [{"name": "realm", "challenge": "optional"}, {"name": "key", "credentials": "required"}],
        "samples": [{"kind": "challenge", "value": "Model realm=\"x\""},
                    {"kind": "credentials", "value": "Model key=1"}]})");
}

struct judgement {
    int exit_code;
    std::vector<std::string> ids;
};

judgement judge(const json& description) {
    const auto result = run({"scheme", "--check", "-", "--json"}, description.dump());
    judgement out{result.exit_code, {}};
    if (result.exit_code == 2) return out;
    const json answer = json::parse(result.out);
    EXPECT_EQ(answer["schema"], 1);
    EXPECT_EQ(answer["name"], description["name"]);
    for (const json& f : answer["findings"]) {
        out.ids.push_back(f["id"]);
        for (const char* member : {"section", "text", "advice"}) EXPECT_FALSE(f[member].get<std::string>().empty());
    }
    return out;
}

using ids = std::vector<std::string>;

TEST(scheme, lists_all) {
    const auto result = run({"scheme"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_TRUE(contains(result.out, "scheme            reference  ")) << result.out;
    EXPECT_TRUE(contains(result.out, "\nBasic             RFC 7617  ")) << result.out;
    EXPECT_TRUE(contains(result.out, "\nvapid             RFC 8292, Section 3  ")) << result.out;
    EXPECT_EQ(result.err, "");
}

TEST(scheme, shows_one_without_regard_to_case) {
    const auto result = run({"scheme", "dIGEST"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, run({"scheme", "Digest"}).out);
    EXPECT_TRUE(contains(result.out, "Digest  RFC 7616\n  registered ")) << result.out;
    EXPECT_TRUE(contains(result.out, "Parameters of credentials\n")) << result.out;
    EXPECT_TRUE(contains(result.out, "R7235-5.1.2-both-forms")) << result.out;
    EXPECT_TRUE(contains(run({"scheme", "vapid"}).out, "breaks none")) << result.out;
    EXPECT_TRUE(contains(run({"scheme", "GNAP"}).out, "a summary of RFC 9635"));
}

TEST(scheme, that_is_unknown_is_refused) {
    const auto result = run({"scheme", "Digset"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(contains(result.err, "did you mean Digest?")) << result.err;
}

TEST(scheme, modes_exclude_each_other) {
    const std::vector<std::vector<std::string>> wrong{{"scheme", "Basic", "--table"},
                                                      {"scheme", "Basic", "--check", "-"},
                                                      {"scheme", "--table", "--check", "-"},
                                                      {"scheme", "--table", "--json"}};
    for (const auto& arguments : wrong) EXPECT_EQ(run(arguments, "{}").exit_code, 2) << arguments[1];
}

// What the command prints of a scheme it reads again, and finds what the table says of it.
TEST(scheme, descriptions_come_back_as_they_are) {
    const json all = json::parse(run({"scheme", "--json"}).out);
    EXPECT_EQ(all["schema"], 1);
    EXPECT_EQ(all["registry"], "2025-02-18");
    EXPECT_EQ(all["schemes"].size(), 16u);
    for (const json& s : all["schemes"]) {
        const json& description = s["description"];
        const std::string name = description["name"];
        EXPECT_EQ(json::parse(run({"scheme", name, "--json"}).out), description) << name;
        judgement judged = judge(description);
        judged.ids.erase(std::unique(judged.ids.begin(), judged.ids.end()), judged.ids.end());
        EXPECT_EQ(json(judged.ids), s["breaks"]) << name;
        EXPECT_EQ(judged.exit_code, judged.ids.empty() ? 0 : 1) << name;
    }
}

TEST(scheme, check_finds_nothing_in_a_good_description) {
    EXPECT_EQ(judge(model()).ids, ids{});
    const auto text = run({"scheme", "--check", "-"}, model().dump());
    EXPECT_EQ(text.exit_code, 0);
    EXPECT_EQ(text.out, "Model: 0 findings\n");
}

TEST(scheme, check_finds_each_consideration) {
    const std::map<std::string, json> patches{
        {"R7235-5.1.2-stateless", {{"state", "connection"}}},
        {"R7235-5.1.2-realm-reserved", {{"realm", "redefined"}}},
        {"R7235-5.1.2-token68-legacy", {{"credentials", {"token68"}}}},
        {"R7235-5.1.2-both-forms", {{"params", {{{"name", "a"}, {"challenge", "required"}, {"form", "quoted"}}}}}},
        {"R7235-5.1.2-unknown-params", {{"unknown_params", "undefined"}}},
        {"R7235-5.1.2-where-usable", {{"proxy", "unstated"}}},
        {"R7235-5.1.2-other-field", {{"carriers", {{{"name", "field X-Key"}}}}}},
        {"R7235-5.1.2-parsing-fixed", {{"samples", {{{"kind", "challenge"}, {"value", "Model a=1;b=2"}}}}}},
        {"R9110-16.4.2-info-considered",
         {{"params", {{{"name", "a"}, {"info", "required"}}}}, {"info_considered", ""}}},
        {"R7235-5.1-registry", {{"name", "BASIC"}}},
    };
    for (const auto& [id, patch] : patches) {
        json description = model();
        description.erase("samples");  // which are of the scheme without the patch
        description.update(patch);
        const judgement judged = judge(description);
        EXPECT_EQ(judged.ids, ids{id});
        EXPECT_EQ(judged.exit_code, 1) << id;
        const auto text = run({"scheme", "--check", "-"}, description.dump());
        EXPECT_TRUE(contains(text.out, id + "  RFC 9110, 16.4.")) << text.out;
        EXPECT_TRUE(contains(text.out, ": 1 finding\n")) << text.out;
    }
}

/// Where a sample breaks its description.
struct broken_sample {
    std::string id;
    std::size_t sample;
    std::size_t offset;
    std::string param;
};
bool operator==(const broken_sample& a, const broken_sample& b) {
    return a.id == b.id && a.sample == b.sample && a.offset == b.offset && a.param == b.param;
}
std::ostream& operator<<(std::ostream& out, const broken_sample& b) {
    return out << b.id << " samples[" << b.sample << "] " << b.offset << " " << b.param;
}

std::vector<broken_sample> judge_samples(const json& description) {
    const auto result = run({"scheme", "--check", "-", "--json"}, description.dump());
    std::vector<broken_sample> out;
    const json answer = json::parse(result.out);
    for (const json& f : answer["findings"]) {
        out.push_back({f["id"], f.at("sample"), f.at("offset"), f.value("param", "")});
        const std::string place = "samples[" + f["sample"].dump() + "], byte " + f["offset"].dump() + " (";
        EXPECT_EQ(f["text"].get<std::string>().find(place), 0u) << f["text"];
    }
    EXPECT_EQ(result.exit_code, out.empty() ? 0 : 1);
    return out;
}

/// A scheme with a parameter of each kind that matters here.
json described() {
    json out = model();
    out["challenge"] = {"alone", "params"};
    out["realm"] = "required";
    out["unknown_params"] = "refused";
    out["params"] = json::parse(R"([
        {"name": "realm", "challenge": "required"},
        {"name": "level", "challenge": "optional", "credentials": "required", "syntax": "decimal", "section": "Model, 3"},
        {"name": "mode", "challenge": "optional", "syntax": "token", "values": ["fast", "slow"]},
        {"name": "note", "challenge": "optional", "form": "quoted", "form_advised": true},
        {"name": "key", "credentials": "required", "syntax": "base64url"},
        {"name": "next", "info": "required", "syntax": "nonce-count"}])");
    out.erase("samples");
    return out;
}

// A sample is read by the description that it is a sample of.
TEST(scheme, check_judges_samples_by_the_description) {
    const auto info = [](const char* value) { return json{{"kind", "info"}, {"value", value}}; };
    const auto challenge = [](const char* value) { return json{{"kind", "challenge"}, {"value", value}}; };
    const auto credentials = [](const char* value) { return json{{"kind", "credentials"}, {"value", value}}; };
    const std::vector<std::pair<json, std::vector<broken_sample>>> rows{
        {challenge("Model"), {}},
        {challenge(R"(model REALM="x", level=10, mode=FAST, note=x)"), {}},
        {challenge(R"(Model realm="x", Model realm="y", level="1")"), {}},
        {credentials("Model level=1, key=YQ"), {}},
        {info("next=0000000a"), {}},
        // Another scheme, and another form.
        {challenge(R"(Basic realm="x")"), {{"other_scheme", 0, 0, ""}}},
        {challenge(R"(Basic realm="x", Model realm=y, Digest)"), {{"value_not_quoted", 0, 29, "realm"}}},
        {challenge("Model YQ=="), {{"unexpected_token68", 0, 6, ""}}},
        {credentials("Model YQ=="), {{"unexpected_token68", 0, 6, ""}}},
        {credentials("Model"), {{"missing_param", 0, 5, ""}}},
        // Parameters, required ones and those that nobody described.
        {challenge("Model level=1"), {{"missing_param", 0, 13, "realm"}}},
        {credentials("Model key=YQ"), {{"missing_param", 0, 12, "level"}}},
        {credentials("Model level=1, key=YQ, other=1"), {{"unexpected_param", 0, 23, ""}}},
        {credentials("Model level=1, key=YQ, mode=fast"), {{"unexpected_param", 0, 23, ""}}},
        {challenge(R"(Model realm="x", level=1, LEVEL=2)"), {{"repeated_param", 0, 26, "level"}}},
        {info("other=1"), {{"unexpected_param", 0, 0, ""}, {"missing_param", 0, 7, "next"}}},
        {challenge(R"(Model realm="x", other=1)"), {{"unexpected_param", 0, 17, ""}}},
        // Values and their form.
        {challenge("Model realm=x"), {{"value_not_quoted", 0, 12, "realm"}}},
        {challenge(R"(Model realm="x", level="01", mode=still)"),
         {{"invalid_value", 0, 25, "level"}, {"invalid_value", 0, 34, "mode"}}},
        {credentials("Model level=1, key=YR"), {{"base64_trailing_bits", 0, 20, "key"}}},
        {info(R"(next="1")"), {{"invalid_value", 0, 7, "next"}}},
        // What is outside the grammar is not judged further.
        {challenge(R"(Model realm="x"; level=01)"), {{"R7235-5.1.2-parsing-fixed", 0, 15, ""}}},
    };
    for (const auto& [sample, broken] : rows) {
        json description = described();
        description["samples"] = json::array({sample});
        EXPECT_EQ(judge_samples(description), broken) << sample;
    }
    // All of them at once: each sample is judged, whatever is wrong with those before it.
    json description = described();
    std::vector<broken_sample> expected;
    for (const auto& [sample, broken] : rows) {
        const std::size_t index = description["samples"].size();
        description["samples"].push_back(sample);
        for (broken_sample b : broken) {
            b.sample = index;
            expected.push_back(b);
        }
    }
    EXPECT_EQ(judge_samples(description), expected);
}

// RFC 9577, A.2 shows a parameter that recipients ignore.
TEST(scheme, check_allows_parameters_that_recipients_ignore) {
    json description = described();
    description["samples"] =
        json::array({{{"kind", "credentials"}, {"value", "Model level=1, key=YQ, other=1, other=2"}}});
    description["unknown_params"] = "ignored";
    EXPECT_EQ(judge_samples(description), (std::vector<broken_sample>{{"repeated_param", 0, 32, ""}}));
}

TEST(scheme, check_judges_the_form_of_samples) {
    json description = model();
    description["params"][1]["form"] = "quoted";
    description["params"][1]["section"] = "Model, 4";
    const auto quoted = run({"scheme", "--check", "-"}, description.dump());
    EXPECT_TRUE(contains(quoted.out, "value_not_quoted  Model, 4\n  samples[1], byte 10 (1): key: ")) << quoted.out;
    description["params"][1]["form"] = "token";
    description["samples"][1]["value"] = R"(Model key="1")";
    const auto bare = run({"scheme", "--check", "-"}, description.dump());
    EXPECT_TRUE(contains(bare.out, "value_quoted  Model, 4\n  samples[1], byte 10 (\"1\"): key: ")) << bare.out;
    description["params"][1]["form_advised"] = true;
    EXPECT_EQ(judge(description).ids, ids{});
}

// What is not stated is unstated: a description that says little breaks what a scheme has to define.
TEST(scheme, check_takes_silence_for_silence) {
    json description = model();
    for (const char* member : {"origin", "proxy", "unknown_params"}) description.erase(member);
    EXPECT_EQ(judge(description).ids, (ids{"R7235-5.1.2-unknown-params", "R7235-5.1.2-where-usable"}));
}

TEST(scheme, check_wants_a_name_of_its_own) {
    json description = model();
    description.erase("samples");  // which have the name in them
    for (const char* name : {"Mod el", "digest", "a=b", "\"x\""}) {
        description["name"] = name;
        EXPECT_EQ(judge(description).ids, ids{"R7235-5.1-registry"}) << name;
    }
    description["name"] = "Digest";
    description["reference"] = "RFC 7616";
    EXPECT_EQ(judge(description).ids, ids{}) << "the scheme itself";
}

TEST(scheme, check_refuses_what_is_not_in_the_form) {
    const std::map<std::string, std::string> refusals{
        {"", "not JSON"},
        {"[]", "not a JSON object"},
        {R"({"name": "A", "name": "B"})", "twice: \"name\""},
        {"{}", "name is missing"},
    };
    for (const auto& [text, why] : refusals) {
        const auto result = run({"scheme", "--check", "-"}, text);
        EXPECT_EQ(result.exit_code, 2) << text;
        EXPECT_EQ(result.out, "") << text;
        EXPECT_TRUE(contains(result.err, why)) << result.err;
    }
    const std::vector<std::pair<json, std::string>> patches{
        {{{"name", ""}}, "name is empty"},
        {{{"name", 1}}, "name is a string, not 1"},
        {{{"colour", "red"}}, "no member \"colour\""},
        {{{"registered", "yes"}}, "registered is true or false, not \"yes\""},
        {{{"challenge", "params"}}, "challenge is an array, not \"params\""},
        {{{"challenge", {"basic"}}}, "challenge[0] is alone, token68 or params, not \"basic\""},
        {{{"realm", "maybe"}}, "realm is required, optional, none, ignored or redefined, not \"maybe\""},
        {{{"rounds", 256}}, "rounds is a number from 0 to 255, not 256"},
        {{{"rounds", -1}}, "rounds is a number from 0 to 255, not -1"},
        {{{"rounds", 1.5}}, "rounds is a number from 0 to 255, not 1.5"},
        {{{"params", {1}}}, "params[0] is an object, not 1"},
        {{{"params", {{{"name", "a"}}}}}, "params[0] is in no kind of field"},
        {{{"params", {{{"name", "a"}, {"info", "often"}}}}},
         "params[0].info is absent, optional, conditional or required"},
        {{{"params", {{{"name", "a"}, {"info", "optional"}, {"x", 1}}}}}, "no member \"params[0].x\""},
        {{{"params", {{{"name", "a"}, {"info", "optional"}, {"values", {true}}}}}}, "params[0].values[0] is a string"},
        {{{"failures", {{{"when", "always"}}}}}, "failures[0].status is missing"},
        {{{"failures", {{{"status", 99}}}}}, "failures[0].status is a number from 100 to 599, not 99"},
        {{{"samples", {{{"kind", "challenge"}}}}}, "samples[0].value is missing"},
        {{{"carriers", {{{"section", "1"}}}}}, "carriers[0].name is missing"},
    };
    for (const auto& [patch, why] : patches) {
        json description = model();
        description.update(patch);
        const auto result = run({"scheme", "--check", "-"}, description.dump());
        EXPECT_EQ(result.exit_code, 2) << patch;
        EXPECT_EQ(result.out, "") << patch;
        EXPECT_TRUE(contains(result.err, why)) << result.err;
    }
    EXPECT_EQ(run({"scheme", "--check", "no such file"}).exit_code, 2);
}

// The members and values that the schema knows are those that the reader knows.
TEST(scheme, schema_and_reader_know_the_same) {
    const json schema = json::parse(read_source("docs/scheme.schema.json"));
    const json all = json::parse(run({"scheme", "--json"}).out);
    std::set<std::string> written;
    for (const json& s : all["schemes"]) {
        for (const auto& [name, value] : s["description"].items()) written.insert(name);
    }
    std::set<std::string> known;
    for (const auto& [name, value] : schema["properties"].items()) known.insert(name);
    EXPECT_EQ(written, known);
    for (const json& name : schema["required"]) {
        json description = model();
        description.erase(name.get<std::string>());
        EXPECT_EQ(judge(description).exit_code, 2) << name;
    }
    for (const auto& [name, property] : schema["properties"].items()) {
        if (!property.contains("enum")) continue;
        for (const json& value : property["enum"]) {
            json description = model();
            description[name] = value;
            EXPECT_NE(judge(description).exit_code, 2) << name << " " << value;
        }
    }
    for (const json& value : schema["$defs"]["param"]["properties"]["syntax"]["enum"]) {
        json description = model();
        description.erase("samples");
        description["params"][1]["syntax"] = value;
        EXPECT_EQ(judge(description).exit_code, 0) << value;
    }
}

// docs/schemes.md is made by the command that it names.
TEST(scheme, the_document_is_up_to_date) {
    const auto result = run({"scheme", "--table"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, read_source("docs/schemes.md")) << "authlint scheme --table > docs/schemes.md";
}

}  // namespace
