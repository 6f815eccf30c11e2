#include "report/forms.hpp"

#include "common/wording.hpp"
#include "report/escapes.hpp"
#include "report/report_form.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/version.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>

// SARIF 2.1.0 (OASIS). Results are written as they come, and what describes them follows: objects have no order.

namespace authlint {

namespace {

using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;
using authgrammar::detail::words;
using nlohmann::ordered_json;

const char* level_of(severity s) {
    return s == severity::error ? "error" : s == severity::warning ? "warning" : "note";
}

ordered_json rule_as_json(const finding_rule& rule) {
    std::string sources(rule.section);
    std::vector<std::string> tags{std::string(name_of(rule.category))};
    if (rule.cwe != 0) {
        sources += "; " + cwe_of(rule);
        // How code scanning recognises a weakness.
        tags.push_back("external/cwe/cwe-" + std::to_string(rule.cwe));
    }
    for (const std::string_view id : rule.requirements) sources += words("; ", id);
    return {{"id", rule.id},
            {"shortDescription", {{"text", capitalised(rule.title) + "."}}},
            {"fullDescription", {{"text", rule.explanation}}},
            {"help",
             {{"text", words(rule.explanation, "\n\nFix: ", rule.fix, "\n\nSee: ", sources)},
              {"markdown", words(rule.explanation, "\n\n**Fix**: ", rule.fix, "\n\n**See**: ", sources)}}},
            {"defaultConfiguration", {{"level", level_of(rule.level)}}},
            {"properties", {{"tags", tags}}}};
}

ordered_json artifact_of(const std::string& source) {
    return {{"uri", source == "-" ? std::string("stdin") : file_uri(source)}};
}

ordered_json location_of(const message_record& m, const finding_record& f) {
    ordered_json physical{{"artifactLocation", artifact_of(m.source)}};
    if (m.label.empty()) {
        ordered_json region{{"startLine", f.line}, {"startColumn", f.column}};
        region["byteOffset"] = f.offset;
        region["byteLength"] = f.length;
        if (!f.excerpt.empty()) region["snippet"] = {{"text", f.excerpt}};
        physical["region"] = std::move(region);
    }
    ordered_json out{{"physicalLocation", std::move(physical)}};
    // A place in an export is not a place in the bytes of its file.
    if (!m.label.empty()) {
        out["logicalLocations"] =
            ordered_json::array({{{"fullyQualifiedName", valid_utf8(m.label)}, {"kind", "message"}}});
        out["message"] = {{"text", words("line ", std::to_string(f.line), ", column ", std::to_string(f.column))}};
    }
    return out;
}

class sarif_form : public report_form {
public:
    [[nodiscard]] record_detail detail() const noexcept override { return record_detail::excerpts; }
    void start(const std::string&) override { begin(); }

    void add(const message_record& m) override {
        begin();
        for (const finding_record& f : m.findings) {
            print((any_ ? ",\n" : "\n") + dumped(result_of(m, f)));
            any_ = true;
        }
    }

    void add_unread(const unread_record& u) override {
        begin();
        if (notes_.size() == most_notes) return;
        const std::string what = u.place.empty() ? u.reason : u.place + ": " + u.reason;
        notes_.push_back({{"level", "error"},
                          {"message", {{"text", "not read: " + valid_utf8(what)}}},
                          {"locations", ordered_json::array(
                                            {{{"physicalLocation", {{"artifactLocation", artifact_of(u.source)}}}}})}});
    }

    void finish(const report_totals& totals) override {
        begin();
        ordered_json rules = ordered_json::array();
        for (const finding_rule* rule : rules_) rules.push_back(rule_as_json(*rule));
        const ordered_json tool{{"driver",
                                 {{"name", "authlint"},
                                  {"version", std::string(authgrammar::version)},
                                  {"semanticVersion", std::string(authgrammar::version)},
                                  {"rules", std::move(rules)}}}};
        const ordered_json invocation{{"executionSuccessful", totals.unread == 0},
                                      {"toolExecutionNotifications", std::move(notes_)}};
        print(words("\n], \"tool\": ", dumped(tool), ",\n\"invocations\": [", dumped(invocation), "]}]}\n"));
    }

private:
    static constexpr std::size_t most_notes = 1000;

    static std::string dumped(const ordered_json& json) {
        return json.dump(-1, ' ', true, ordered_json::error_handler_t::replace);
    }

    void begin() {
        if (begun_) return;
        begun_ = true;
        print(
            "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": "
            "[{\"results\": [");
    }

    ordered_json result_of(const message_record& m, const finding_record& f) {
        const auto known = std::find(rules_.begin(), rules_.end(), f.rule);
        const std::size_t index = static_cast<std::size_t>(known - rules_.begin());
        if (known == rules_.end()) rules_.push_back(f.rule);
        return {{"ruleId", f.rule->id},
                {"ruleIndex", index},
                {"level", level_of(f.level)},
                {"message", {{"text", f.what + ". " + f.fix}}},
                {"locations", ordered_json::array({location_of(m, f)})},
                {"partialFingerprints", {{"authlint/v1", f.fingerprint}}}};
    }

    bool begun_ = false;
    bool any_ = false;
    std::vector<const finding_rule*> rules_;  // by index; a hundred at most
    ordered_json notes_ = ordered_json::array();
};

}  // namespace

std::unique_ptr<report_form> make_sarif_form() { return std::make_unique<sarif_form>(); }

}  // namespace authlint
