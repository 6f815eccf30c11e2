#include "lint/lint_json.hpp"

#include "json/latin1.hpp"
#include "lint/fixes.hpp"
#include "parse/answer.hpp"
#include "shell/terminal.hpp"
#include "why/why_report.hpp"

#include <authgrammar/audit/redaction.hpp>

#include <nlohmann/json.hpp>

namespace authlint {

namespace {

using nlohmann::ordered_json;

/// What was read of a field, with the members of parse.
ordered_json as_json(const authgrammar::audit::field_reading& r, bool reveal) {
    std::string text = "{\"valid\": ";
    text += r.valid() ? "true, \"parsed\": " : "false";
    if (r.valid()) {
        append_parsed(text, r.name(), r.value(), r.events(), reveal);
    } else {
        append_recovered(text, r, reveal);
    }
    ordered_json out;
    out["field"] = name_of(r.name());
    out["lines"] = r.lines().size();
    out.update(ordered_json::parse(text + "}"));
    return out;
}

ordered_json fix_as_json(const authgrammar::audit::finding& f, bool reveal) {
    ordered_json fix;
    fix["text"] = f.fix;
    fix["value"] = nullptr;
    if (!f.corrected) return fix;
    const bool hidden = !reveal && authgrammar::audit::is_secret(*f.about);
    fix["value"] = latin1_as_utf8(hidden ? authgrammar::audit::redacted_field(*f.about, *f.corrected) : *f.corrected);
    fix["same_meaning"] = f.same_meaning;
    fix["for_sending"] = !hidden;
    return fix;
}

ordered_json as_json(const authgrammar::audit::finding& f, bool reveal) {
    ordered_json out;
    out["id"] = f.rule->id;
    out["severity"] = name_of(f.level);
    out["category"] = name_of(f.rule->category);
    out["field"] = f.about ? ordered_json(name_of(*f.about)) : ordered_json(nullptr);
    out["offset"] = f.at.offset;
    out["length"] = f.at.length;
    out["requirements"] = f.requirements;
    out["section"] = f.section;
    const std::string cwe = cwe_of(*f.rule);
    out["cwe"] = cwe.empty() ? ordered_json(nullptr) : ordered_json(cwe);
    out["text"] = f.text + ". " + std::string(f.explanation) + " " + f.fix;
    out["fix"] = fix_as_json(f, reveal);
    return out;
}

ordered_json as_json(const fix_note& n, bool reveal) {
    ordered_json out;
    out["id"] = n.id;
    out["offset"] = n.offset;
    out["text"] = n.text;
    if (!n.why.empty()) out["why"] = n.why;
    if (n.guess) {
        out["guess"] = latin1_as_utf8(reveal ? *n.guess : authgrammar::audit::redacted_field(n.about, *n.guess));
    }
    return out;
}

class lint_json : public lint_report {
public:
    explicit lint_json(bool reveal) : reveal_(reveal) {}

    void begin_file(const linted_file&) override {}

    void add(const linted_file& file, const judged_message& m) override {
        ordered_json message;
        message["source"] = file.name;
        message["status"] = m.source->status ? ordered_json(*m.source->status) : ordered_json(nullptr);
        message["fields"] = ordered_json::array();
        for (const auto& r : m.fields) message["fields"].push_back(as_json(r, reveal_));
        message["findings"] = ordered_json::array();
        for (const auto& f : m.findings) message["findings"].push_back(as_json(f, reveal_));
        messages_.push_back(std::move(message));
    }

    void add_fixes(const linted_file& file, const file_fixes& fixes) override {
        const fixed_text text = fixed(file, fixes, reveal_);
        ordered_json out;
        out["source"] = file.name;
        out["text"] = latin1_as_utf8(text.bytes);
        out["for_sending"] = text.for_sending;
        out["applied"] = ordered_json::array();
        for (const fix_note& n : fixes.applied()) out["applied"].push_back(as_json(n, reveal_));
        out["not_applied"] = ordered_json::array();
        for (const fix_note& n : fixes.left()) out["not_applied"].push_back(as_json(n, reveal_));
        fixed_.push_back(std::move(out));
    }

    void add_refusals(const linted_file& file, const authgrammar::audit::refusals& all) override {
        append_refusals(file.name, all, refused_, inputs_);
    }

    void finish(const lint_totals&) override {
        ordered_json out;
        out["schema"] = 1;
        out["messages"] = std::move(messages_);
        if (!fixed_.empty()) out["fixed"] = std::move(fixed_);
        if (!inputs_.empty()) {
            out["refusals"] = std::move(refused_);
            out["inputs"] = std::move(inputs_);
        }
        print(out.dump(2, ' ', true, ordered_json::error_handler_t::replace) + "\n");
    }

private:
    bool reveal_;
    ordered_json messages_ = ordered_json::array();
    ordered_json fixed_ = ordered_json::array();
    ordered_json refused_ = ordered_json::array();
    ordered_json inputs_ = ordered_json::array();
};

}  // namespace

std::unique_ptr<lint_report> make_lint_json(bool reveal) { return std::make_unique<lint_json>(reveal); }

}  // namespace authlint
