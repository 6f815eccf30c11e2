#include "commands.hpp"
#include "json/json_text.hpp"
#include "json/ndjson.hpp"
#include "shell/input.hpp"
#include "shell/known_names.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/writer.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace authlint {

namespace {

using authgrammar::field;
using authgrammar::field_kind;

struct write_settings {
    std::optional<field> default_field;
    bool reveal = false;
};

struct parsed_param {
    std::string name;
    std::string value;
    authgrammar::param_form form = authgrammar::param_form::automatic;
};
struct parsed_part {
    std::optional<std::string> scheme;
    std::optional<std::string> token68;
    std::vector<parsed_param> params;
};

/// What a line asks to be written.
struct order {
    field name{};
    std::vector<parsed_part> parts;
};

/// Takes a line of `parse --ndjson` apart. Each step answers false when it has found out that the line is bad.
class order_reader {
public:
    explicit order_reader(std::string_view line) : line_(line) { object_.read(line); }

    bool read(order& out, const write_settings& settings) {
        if (object_.failure) {
            const bool other = object_.failure->expected == "a JSON object";
            return refuse(other ? "not_an_object" : "invalid_json", object_.failure->offset, object_.failure->expected);
        }
        const json_member* parsed = nullptr;
        const json_member* name = nullptr;
        for (const json_member& m : object_.members) {
            const json_member** slot = m.is_named("field") ? &name : m.is_named("parsed") ? &parsed : nullptr;
            if (slot == nullptr) continue;
            if (*slot != nullptr) return refuse("repeated_member", m.offset, "the member once");
            *slot = &m;
        }
        if (name == nullptr && !settings.default_field)
            return refuse("missing_field", line_.size(), "a member \"field\"");
        if (name != nullptr ? !read_field(*name, out.name) : (out.name = *settings.default_field, false)) return false;
        if (parsed == nullptr) return refuse("missing_parsed", line_.size(), "a member \"parsed\"");
        return read_parts(parsed->value, out.parts) && fits(*parsed, out);
    }

    [[nodiscard]] const bad_line& bad() const noexcept { return bad_; }

    /// Appends the members without a meaning, in their order; each with ", " behind it.
    void append_other_members(std::string& out) const {
        constexpr std::string_view known[] = {"field", "parsed", "valid", "value", "error", "fix"};
        for (const json_member& m : object_.members) {
            const auto is_name = [&m](std::string_view name) { return m.is_named(name); };
            if (std::any_of(std::begin(known), std::end(known), is_name)) continue;
            append_json_in_ascii(out, m.source);
            out += ": ";
            append_json_in_ascii(out, m.value);
            out += ", ";
        }
    }

private:
    bool refuse(std::string_view code, std::size_t offset, std::string_view expected) {
        bad_ = {code, offset, expected};
        return false;
    }
    bool unfit(std::string_view where, std::string_view expected) {
        return refuse("invalid_parsed", place(where), expected);
    }
    [[nodiscard]] std::size_t place(std::string_view where) const {
        return static_cast<std::size_t>(where.data() - line_.data());
    }

    bool read_field(const json_member& member, field& out) {
        std::string text;
        const octets_of_json read = append_octets_of_json(text, member.value);
        if (read == octets_of_json::no_string) return refuse("wrong_type", place(member.value), "a string");
        const auto f = read == octets_of_json::all ? authgrammar::field_from_name(text) : std::nullopt;
        if (!f) {
            return refuse("unknown_field", place(member.value), "the name of one of the six authentication fields");
        }
        out = *f;
        return true;
    }

    bool read_bytes(std::string_view value, std::string& out) {
        switch (append_octets_of_json(out, value)) {
            case octets_of_json::all: return true;
            case octets_of_json::no_string: return unfit(value, "a string");
            case octets_of_json::over_ff: break;
        }
        return refuse("code_point_over_ff", place(value), "code points U+0000 to U+00FF, one for each byte");
    }
    bool read_optional(std::string_view value, std::optional<std::string>& out) {
        return value == "null" || read_bytes(value, out.emplace());
    }

    bool read_parts(std::string_view value, std::vector<parsed_part>& out) {
        const auto elements = json_elements(value);
        if (!elements) return unfit(value, "an array of challenges");
        for (const std::string_view element : *elements) {
            if (!read_part(element, out.emplace_back())) return false;
        }
        return true;
    }

    bool read_part(std::string_view value, parsed_part& out) {
        json_object part;
        if (!part.read(value)) return unfit(value, "an object");
        for (const json_member& m : part.members) {
            if (m.is_named("scheme")) {
                if (!read_optional(m.value, out.scheme)) return false;
            } else if (m.is_named("token68")) {
                if (!read_optional(m.value, out.token68)) return false;
            } else if (m.is_named("params")) {
                const auto elements = json_elements(m.value);
                if (!elements) return unfit(m.value, "an array of parameters");
                for (const std::string_view element : *elements) {
                    if (!read_param(element, out.params.emplace_back())) return false;
                }
            } else {
                return unfit(m.source, "scheme, token68 or params");
            }
        }
        return true;
    }

    bool read_param(std::string_view value, parsed_param& out) {
        json_object param;
        if (!param.read(value)) return unfit(value, "an object");
        for (const json_member& m : param.members) {
            if (m.is_named("name")) {
                if (!read_bytes(m.value, out.name)) return false;
            } else if (m.is_named("value")) {
                if (!read_bytes(m.value, out.value)) return false;
            } else if (m.is_named("form")) {
                std::string form;
                if (!read_bytes(m.value, form)) return false;
                if (form != "token" && form != "quoted") return unfit(m.value, "\"token\" or \"quoted\"");
                out.form = form == "token" ? authgrammar::param_form::token : authgrammar::param_form::quoted;
            } else {
                return unfit(m.source, "name, value or form");
            }
        }
        return true;
    }

    /// Whether there are as many parts as the field has, with a scheme where the field has one.
    bool fits(const json_member& parsed, const order& o) {
        const field_kind kind = kind_of(o.name);
        if (kind != field_kind::challenges && o.parts.size() != 1) return unfit(parsed.value, "exactly one element");
        for (const parsed_part& p : o.parts) {
            if (p.scheme.has_value() == (kind == field_kind::info)) {
                return unfit(parsed.value, kind == field_kind::info ? "a scheme that is null" : "a scheme");
            }
            if (kind == field_kind::info && p.token68) return unfit(parsed.value, "a token68 that is null");
        }
        return true;
    }

    std::string_view line_;
    json_object object_;
    bad_line bad_{};
};

/// The first scheme whose -Info fields have all these parameters: the field does not name its scheme. Empty if none has.
std::string_view scheme_of_info(const std::vector<parsed_param>& params) {
    for (const auto& scheme : authgrammar::schemes::all_schemes()) {
        const auto has = [&](const parsed_param& p) {
            return find_parameter(scheme, field_kind::info, p.name) != nullptr;
        };
        if (std::all_of(params.begin(), params.end(), has)) return scheme.name;
    }
    return {};
}

/// Writes what was ordered to `out`.
authgrammar::write_result carry_out(const order& o, std::string& out) {
    std::vector<std::vector<authgrammar::param_spec>> params;
    std::vector<authgrammar::challenge_spec> parts;
    params.reserve(o.parts.size());
    for (const parsed_part& p : o.parts) {
        auto& list = params.emplace_back();
        for (const parsed_param& q : p.params) list.push_back({q.name, q.value, q.form});
        authgrammar::challenge_spec& part = parts.emplace_back();
        if (p.scheme) part.scheme = *p.scheme;
        if (p.token68) part.token68 = authgrammar::text(*p.token68);
        part.params = list.data();
        part.param_count = list.size();
    }
    const authgrammar::quoting_table table = authgrammar::schemes::standard_quoting();
    const std::string_view of_info = kind_of(o.name) == field_kind::info ? scheme_of_info(o.parts.front().params) : "";
    return authgrammar::write_to(out, [&](char* buffer, std::size_t capacity) {
        switch (kind_of(o.name)) {
            case field_kind::challenges:
                return write_challenges(o.name, parts.data(), parts.size(), buffer, capacity, table);
            case field_kind::credentials:
                return write_credentials(o.name, authgrammar::credentials_spec(parts.front()), buffer, capacity, table);
            case field_kind::info: break;
        }
        return write_info(o.name, parts.front().params, parts.front().param_count, buffer, capacity, table, of_info);
    });
}

std::string_view name_of(authgrammar::written_part part) {
    switch (part) {
        case authgrammar::written_part::scheme: return "scheme";
        case authgrammar::written_part::token68: return "token68";
        case authgrammar::written_part::param_name: return "name";
        case authgrammar::written_part::param_value: return "value";
        case authgrammar::written_part::value: break;
    }
    return "parsed";
}

void append_refusal(std::string& out, const authgrammar::write_result& why) {
    const auto member = [&out](std::string_view name, std::string_view text) {
        out += ", \"" + std::string(name) + "\": ";
        append_json_bytes(out, text);
    };
    out += "\"error\": {\"code\": ";
    append_json_bytes(out, authgrammar::name_of(why.code));
    member("part", name_of(why.part));
    out += ", \"challenge\": " + std::to_string(why.challenge) + ", \"param\": " + std::to_string(why.param) +
           ", \"offset\": " + std::to_string(why.offset);
    member("rule", why.rule);
    member("section", why.section);
    member("expected", why.expected);
    out += "}}";
}

/// Appends the answer to a line. Answers whether the line was an order.
bool answer_line(std::string& out, std::string_view line, const write_settings& settings) {
    order_reader reader(line);
    order o;
    const bool readable = reader.read(o, settings);
    out += "{";
    reader.append_other_members(out);
    if (!readable) {
        append_bad(out, reader.bad());
        return false;
    }
    std::string value;
    const authgrammar::write_result written = carry_out(o, value);
    if (!written) {
        append_refusal(out, written);
        return true;
    }
    out += "\"value\": ";
    const bool hidden = authgrammar::audit::is_secret(o.name) && !settings.reveal;
    append_json_bytes(out, hidden ? authgrammar::audit::redacted_field(o.name, value) : value);
    out += "}";
    return true;
}

int run_write(bool ndjson, const std::string& field_name, bool reveal) {
    if (!ndjson) throw std::runtime_error("write needs --ndjson: it reads lines as parse --ndjson prints them");
    write_settings settings{{}, reveal};
    if (!field_name.empty()) {
        settings.default_field = authgrammar::field_from_name(field_name);
        if (!settings.default_field) throw std::runtime_error("no authentication field: " + field_name);
    }
    announce_terminal_input("JSON objects, one per line,");
    line_source lines;
    std::string answer;
    bool all_readable = true;
    while (const auto line = lines.next()) {
        answer.clear();
        all_readable = answer_line(answer, *line, settings) && all_readable;
        answer += '\n';
        print(answer);
    }
    if (!lines.failure().empty()) throw std::runtime_error("cannot read stdin: " + lines.failure());
    return all_readable ? exit_clean : exit_unreadable;
}

}  // namespace

void add_write(const command& program) {
    struct arguments {
        bool ndjson = false;
        bool reveal = false;
        std::string field;
    };
    const command sub = program.add_command("write", "write field values from their parts, as senders must");
    auto a = std::make_shared<arguments>();
    sub.add_flag("--ndjson", a->ndjson, "read JSON objects with the members field and parsed from stdin, one per line");
    sub.add_option("--field,-f", a->field, "the field for lines that do not name one")
        .placeholder("NAME")
        .suggest(known_fields());
    sub.add_flag("--reveal", a->reveal, "show secrets instead of <redacted>");
    sub.action([a] { return run_write(a->ndjson, a->field, a->reveal); });
}

}  // namespace authlint
