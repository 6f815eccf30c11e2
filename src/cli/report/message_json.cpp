#include "report/message_json.hpp"

#include "json/json_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace authlint {

namespace {

using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;
using nlohmann::ordered_json;

/// A string that is UTF-8, or nearly, as JSON in ASCII.
void append_utf8(std::string& out, const std::string& text) {
    if (is_ascii(text)) {
        append_json_bytes(out, text);
    } else {
        out += ordered_json(text).dump(-1, ' ', true, ordered_json::error_handler_t::replace);
    }
}

ordered_json or_null(const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); }

ordered_json fix_as_json(const finding_record& f) {
    ordered_json fix;
    fix["text"] = f.fix;
    fix["value"] = nullptr;
    if (!f.value) return fix;
    fix["value"] = *f.value;
    fix["same_meaning"] = f.same_meaning;
    fix["for_sending"] = f.for_sending;
    return fix;
}

ordered_json as_json(const finding_record& f, int schema) {
    ordered_json out;
    out["id"] = f.rule->id;
    out["severity"] = name_of(f.level);
    out["category"] = name_of(f.rule->category);
    out["field"] = or_null(f.field);
    out["offset"] = f.offset;
    out["length"] = f.length;
    out["requirements"] = f.requirements;
    out["section"] = f.section;
    out["cwe"] = or_null(cwe_of(*f.rule));
    out["text"] = f.what + ". " + f.why + " " + f.fix;
    out["fix"] = fix_as_json(f);
    if (schema == 1) return out;
    out["line"] = f.line;
    out["column"] = f.column;
    out["code"] = or_null(f.code);
    out["title"] = f.rule->title;
    out["what"] = f.what;
    out["why"] = f.why;
    out["excerpt"] = f.excerpt.empty() ? ordered_json(nullptr) : ordered_json({{"line", f.excerpt}, {"mark", f.mark}});
    out["fingerprint"] = f.fingerprint;
    return out;
}

/// Reads members of an object, and remembers the first one that is not as it has to be.
class member_reader {
public:
    explicit member_reader(const ordered_json& object) : object_(object) {
        if (!object.is_object()) fault_ = "is no object";
    }

    void text(const char* name, std::string& out) {
        if (const ordered_json* m = member(name, &ordered_json::is_string)) out = m->get<std::string>();
    }
    /// Null is empty.
    void text_or_null(const char* name, std::string& out) {
        const ordered_json* m = find(name);
        if (m == nullptr || !m->is_null()) text(name, out);
    }
    void number(const char* name, std::size_t& out) {
        if (const ordered_json* m = member(name, &ordered_json::is_number_unsigned)) out = m->get<std::size_t>();
    }
    void flag(const char* name, bool& out) {
        if (const ordered_json* m = member(name, &ordered_json::is_boolean)) out = m->get<bool>();
    }
    void texts(const char* name, std::vector<std::string>& out) {
        const ordered_json* m = member(name, &ordered_json::is_array);
        for (std::size_t i = 0; m != nullptr && i < m->size(); ++i) {
            if (!(*m)[i].is_string()) return fault(name);
            out.push_back((*m)[i].get<std::string>());
        }
    }
    /// The member, if it is what `is` says; null otherwise.
    const ordered_json* member(const char* name, bool (ordered_json::*is)() const noexcept) {
        const ordered_json* m = find(name);
        if (m != nullptr && (m->*is)()) return m;
        fault(name);
        return nullptr;
    }
    /// The member, if there is one.
    const ordered_json* find(const char* name) const {
        if (!object_.is_object()) return nullptr;
        const auto found = object_.find(name);
        return found == object_.end() ? nullptr : &*found;
    }
    void fault(const std::string& name) {
        if (fault_.empty()) fault_ = "has no proper member \"" + name + "\"";
    }
    [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

private:
    const ordered_json& object_;
    std::string fault_;
};

const finding_rule* read_rule(member_reader& in) {
    std::string id;
    in.text("id", id);
    const finding_rule* rule = authgrammar::audit::finding_rule_from_id(id);
    if (rule == nullptr) in.fault("id");
    return rule;
}

severity read_severity(member_reader& in) {
    std::string name;
    in.text("severity", name);
    for (const severity s : {severity::info, severity::warning, severity::error}) {
        if (name_of(s) == name) return s;
    }
    in.fault("severity");
    return severity::info;
}

std::string read_finding(const ordered_json& json, finding_record& f) {
    member_reader in(json);
    f.rule = read_rule(in);
    f.level = read_severity(in);
    in.text_or_null("field", f.field);
    in.number("offset", f.offset);
    in.number("length", f.length);
    in.number("line", f.line);
    in.number("column", f.column);
    in.texts("requirements", f.requirements);
    in.text("section", f.section);
    in.text_or_null("code", f.code);
    in.text("what", f.what);
    in.text("why", f.why);
    in.text("fingerprint", f.fingerprint);
    if (const ordered_json* shown = in.find("excerpt"); shown != nullptr && !shown->is_null()) {
        member_reader excerpt(*shown);
        excerpt.text("line", f.excerpt);
        excerpt.text("mark", f.mark);
        if (!excerpt.fault().empty()) in.fault("excerpt");
    }
    if (const ordered_json* fix = in.member("fix", &ordered_json::is_object)) {
        member_reader members(*fix);
        members.text("text", f.fix);
        if (const ordered_json* value = members.find("value"); value != nullptr && !value->is_null()) {
            members.text("value", f.value.emplace());
            members.flag("same_meaning", f.same_meaning);
            members.flag("for_sending", f.for_sending);
        }
        if (!members.fault().empty()) in.fault("fix");
    }
    return in.fault();
}

}  // namespace

std::string one_line(const ordered_json& json) {
    std::string out;
    bool in_string = false;
    bool escaped = false;
    for (const char c : json.dump(-1, ' ', true, ordered_json::error_handler_t::replace)) {
        out += c;
        if (!in_string && (c == ':' || c == ',')) out += ' ';
        if (c == '"' && !escaped) in_string = !in_string;
        escaped = in_string && c == '\\' && !escaped;
    }
    return out;
}

void append_message_json(std::string& out, const message_record& m, int schema, std::string_view members) {
    out.append("{").append(members).append("\"source\": ");
    append_utf8(out, m.source);
    out += ", \"status\": " + (m.status ? std::to_string(*m.status) : std::string("null"));
    out += ", \"fields\": " + m.fields + ", \"findings\": [";
    for (const finding_record& f : m.findings) {
        if (&f != m.findings.data()) out += ", ";
        out += one_line(as_json(f, schema));
    }
    out += "]";
    if (schema != 1) {
        out += ", \"label\": ";
        if (m.label.empty()) {
            out += "null";
        } else {
            append_utf8(out, m.label);
        }
        out += ", \"title\": ";
        append_json_bytes(out, m.title);
        out += ", \"offset\": " + std::to_string(m.offset) + ", \"line\": " + std::to_string(m.line);
    }
    out += "}";
}

std::string read_message_json(const ordered_json& json, message_record& m) {
    member_reader in(json);
    in.text("source", m.source);
    in.text_or_null("label", m.label);
    in.text("title", m.title);
    in.number("offset", m.offset);
    in.number("line", m.line);
    if (const ordered_json* status = in.find("status"); status == nullptr || !status->is_null()) {
        constexpr std::size_t largest = 999;  // three digits
        std::size_t number = 0;
        in.number("status", number);
        if (number > largest) in.fault("status");
        m.status = static_cast<int>(std::min(number, largest));
    }
    if (const ordered_json* fields = in.member("fields", &ordered_json::is_array)) {
        if (m.fields.empty()) {
            m.fields = one_line(*fields);
            m.field_count = fields->size();
        }
    }
    if (const ordered_json* findings = in.member("findings", &ordered_json::is_array)) {
        for (const ordered_json& each : *findings) {
            const std::string fault = read_finding(each, m.findings.emplace_back());
            if (!fault.empty()) return "has a finding that " + fault;
        }
    }
    return in.fault();
}

ordered_json unread_as_json(const unread_record& u) {
    return {{"source", u.source}, {"place", or_null(u.place)}, {"reason", u.reason}};
}

std::string read_unread_json(const ordered_json& json, unread_record& u) {
    member_reader in(json);
    in.text("source", u.source);
    in.text_or_null("place", u.place);
    in.text("reason", u.reason);
    return in.fault();
}

ordered_json totals_as_json(const report_totals& t) {
    ordered_json ids = ordered_json::array();
    for (const id_count& id : t.by_id()) {
        ordered_json one{{"id", id.rule->id}};
        for (std::size_t level = 0; level < id.counts.size(); ++level) {
            one[std::string(name_of(static_cast<severity>(level))) + "s"] = id.counts[level];
        }
        ids.push_back(std::move(one));
    }
    return {{"files", t.files},     {"messages", t.messages},   {"fields", t.fields},
            {"errors", t.errors},   {"warnings", t.warnings},   {"infos", t.infos},
            {"unread", t.unread},   {"not_shown", t.not_shown}, {"in_baseline", t.in_baseline},
            {"ids", std::move(ids)}};
}

std::string read_totals_json(const ordered_json& json, report_totals& t) {
    member_reader in(json);
    in.number("files", t.files);
    in.number("messages", t.messages);
    in.number("fields", t.fields);
    in.number("unread", t.unread);
    in.number("not_shown", t.not_shown);
    in.number("in_baseline", t.in_baseline);
    const ordered_json* ids = in.member("ids", &ordered_json::is_array);
    for (std::size_t i = 0; ids != nullptr && i < ids->size(); ++i) {
        member_reader one((*ids)[i]);
        const finding_rule* rule = read_rule(one);
        for (const severity s : {severity::info, severity::warning, severity::error}) {
            std::size_t times = 0;
            one.number((std::string(name_of(s)) + "s").c_str(), times);
            if (rule != nullptr && times != 0) t.count(*rule, s, times);
        }
        if (!one.fault().empty()) in.fault("ids");
    }
    std::size_t errors = 0;
    std::size_t warnings = 0;
    in.number("errors", errors);
    in.number("warnings", warnings);
    if (errors != t.errors || warnings != t.warnings) in.fault("ids");
    return in.fault();
}

}  // namespace authlint
