#include "report/forms.hpp"

#include "json/latin1.hpp"
#include "lint/fixes.hpp"
#include "report/message_json.hpp"
#include "report/report_form.hpp"
#include "shell/terminal.hpp"
#include "why/why_report.hpp"

#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/version.hpp>

#include <nlohmann/json.hpp>

namespace authlint {

namespace {

using nlohmann::ordered_json;

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

/// Writes an object, indented by two spaces, member by member, and its array of messages element by element.
class json_form : public report_form {
public:
    explicit json_form(int schema) : schema_(schema) {}

    [[nodiscard]] record_detail detail() const noexcept override { return record_detail::messages; }
    void start(const std::string&) override { begin(); }

    void add(const message_record& m) override {
        begin();
        std::string text;
        append_message_json(text, m, schema_);
        element(any_ ? ",\n    " : "\n    ", ordered_json::parse(text), "    ");
        any_ = true;
    }

    void add_unread(const unread_record& u) override {
        // They come after the messages, so they are kept: the first ones, for there could be any number. The summary has it.
        if (unread_.size() < most_unread) unread_.push_back(unread_as_json(u));
    }

    void add_fixes(const linted_file& file, const file_fixes& fixes, bool reveal) override {
        const fixed_text text = fixed(file, fixes, reveal);
        ordered_json out;
        out["source"] = file.name;
        out["text"] = latin1_as_utf8(text.bytes);
        out["for_sending"] = text.for_sending;
        out["applied"] = ordered_json::array();
        for (const fix_note& n : fixes.applied()) out["applied"].push_back(as_json(n, reveal));
        out["not_applied"] = ordered_json::array();
        for (const fix_note& n : fixes.left()) out["not_applied"].push_back(as_json(n, reveal));
        fixed_.push_back(std::move(out));
    }

    void add_refusals(const linted_file& file, const authgrammar::audit::refusals& all,
                      const message_excerpts&) override {
        append_refusals(file.name, all, refused_, inputs_);
    }

    void finish(const report_totals& totals) override {
        begin();
        print(any_ ? "\n  ]" : "]");
        if (!fixed_.empty()) member("fixed", fixed_);
        if (!inputs_.empty()) {
            member("refusals", refused_);
            member("inputs", inputs_);
        }
        if (schema_ != 1) {
            member("unread", unread_);
            member("summary", totals_as_json(totals));
        }
        print("\n}\n");
    }

private:
    static constexpr std::size_t most_unread = 1000;

    void begin() {
        if (begun_) return;
        begun_ = true;
        print("{\n  \"schema\": " + std::to_string(schema_));
        if (schema_ != 1) member("version", std::string(authgrammar::version));
        print(",\n  \"messages\": [");
    }

    static void member(std::string_view name, const ordered_json& value) {
        element(",\n  \"" + std::string(name) + "\": ", value, "  ");
    }

    /// JSON strings have no line end in them, so that each one is one between values.
    static void element(std::string_view before, const ordered_json& value, std::string_view indent) {
        std::string out(before);
        for (const char c : value.dump(2, ' ', true, ordered_json::error_handler_t::replace)) {
            out += c;
            if (c == '\n') out += indent;
        }
        print(out);
    }

    int schema_;
    bool begun_ = false;
    bool any_ = false;
    ordered_json fixed_ = ordered_json::array();
    ordered_json refused_ = ordered_json::array();
    ordered_json inputs_ = ordered_json::array();
    ordered_json unread_ = ordered_json::array();
};

class ndjson_form : public report_form {
public:
    [[nodiscard]] record_detail detail() const noexcept override { return record_detail::messages; }
    void start(const std::string&) override { begin(); }

    void add(const message_record& m) override {
        begin();
        std::string text;
        append_message_json(text, m, json_schema, "\"type\": \"message\", ");
        print(text + "\n");
    }

    void add_unread(const unread_record& u) override { line("unread", unread_as_json(u)); }
    void finish(const report_totals& totals) override { line("summary", totals_as_json(totals)); }

private:
    void begin() {
        if (begun_) return;
        begun_ = true;
        line("report", {{"schema", json_schema}, {"version", std::string(authgrammar::version)}});
    }

    void line(const char* type, const ordered_json& members) {
        begin();
        ordered_json out{{"type", type}};
        out.update(members);
        print(one_line(out) + "\n");
    }

    bool begun_ = false;
};

}  // namespace

std::unique_ptr<report_form> make_json_form(int schema) { return std::make_unique<json_form>(schema); }

std::unique_ptr<report_form> make_ndjson_form() { return std::make_unique<ndjson_form>(); }

}  // namespace authlint
