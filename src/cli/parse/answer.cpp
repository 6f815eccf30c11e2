#include "parse/answer.hpp"

#include "common/field_text.hpp"
#include "json/appender.hpp"
#include "json/json_text.hpp"

#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/field_value.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace authlint {

namespace {

using authgrammar::auth_param;
using authgrammar::auth_params;
using authgrammar::challenge;
using authgrammar::challenges;
using authgrammar::event;
using authgrammar::field_kind;
using authgrammar::field_value;
using authgrammar::text;

class writer {
public:
    writer(std::string& out, authgrammar::field_kind kind, bool hidden) : out_(out), hidden_(hidden), filter_(kind) {}

    /// The parts of a value of that kind, as an array.
    void parts(authgrammar::field_kind kind, std::string_view joined, const std::vector<event>& events) {
        const event* const first = events.data();
        const event* const last = first + events.size();
        out_.put("[");
        if (kind == field_kind::info) {
            part(auth_params(joined, first, last));
        } else {
            std::string_view separator;
            for (const challenge& c : challenges(joined, first, last)) {
                out_.put(separator);
                separator = ", ";
                part(c);
            }
        }
        out_.put("]");
    }

private:
    void part(const challenge& c) {
        out_.put("{\"scheme\": ");
        out_.put(shown(c.scheme(), hidden_ && !filter_.shows_scheme(c.scheme().raw())));
        out_.put(", \"token68\": ");
        if (const std::optional<text> token68 = c.token68()) {
            out_.put(shown(*token68, hidden_));
        } else {
            out_.put("null");
        }
        params(c.params());
    }

    void part(const auth_params& list) {
        out_.put("{\"scheme\": null, \"token68\": null");
        params(list);
    }

    void params(const auth_params& list) {
        out_.put(", \"params\": [");
        std::string_view separator;
        for (const auth_param& p : list) {
            out_.put(separator);
            separator = ", ";
            out_.put("{\"name\": ");
            out_.put(shown(p.name, hidden_ && !filter_.shows_param_name(p.name.raw())));
            out_.put(", \"value\": ");
            out_.put(meaning(p.value, hidden_ && !filter_.shows_param_value(p.value.raw())));
            out_.put(p.value.quoted() ? ", \"form\": \"quoted\"}" : ", \"form\": \"token\"}");
        }
        out_.put("]}");
    }

    /// What is shown of a word, and of the octets that a text means. Views until the next call.
    [[nodiscard]] json_bytes shown(const text& t, bool hidden) const {
        return hidden ? redacted_ : json_bytes(t.raw());
    }
    json_bytes meaning(const text& t, bool hidden) {
        const json_bytes as_it_stands = shown(t, hidden);
        if (hidden || !t.quoted() || as_it_stands.plain()) return as_it_stands;
        unescaped_.clear();
        authgrammar::detail::append_unescaped(unescaped_, t);
        return json_bytes(unescaped_);
    }

    appender out_;
    bool hidden_;
    authgrammar::audit::word_filter filter_;
    const json_bytes redacted_{authgrammar::audit::redacted};
    std::string unescaped_;
};

void append_error(std::string& out, const question& q, const authgrammar::error& why) {
    const line_place at = q.several ? place_of(q, why.offset) : line_place{0, why.offset};
    out += "{\"code\": ";
    append_json_bytes(out, name_of(why.code));
    if (q.several) out += ", \"line\": " + std::to_string(at.line);
    out += ", \"offset\": " + std::to_string(at.offset);
    out += ", \"rule\": ";
    append_json_bytes(out, why.rule);
    out += ", \"section\": ";
    append_json_bytes(out, why.section);
    out += ", \"expected\": ";
    append_json_bytes(out, why.expected);
    out += "}";
}

/// The same for the lines of a question.
void append_recovered(std::string& out, const question& q, bool reveal) {
    std::vector<authgrammar::audit::field_line> lines(q.lines.size());
    std::vector<const authgrammar::audit::field_line*> places;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].value.append(q.lines[i], 0);
        places.push_back(&lines[i]);
    }
    authlint::append_recovered(out, authgrammar::audit::field_reading(q.field, std::move(places)), reveal);
}

}  // namespace

std::string_view question::joined(std::string& room) const {
    if (lines.size() == 1) return lines[0];
    room = authgrammar::detail::joined(lines);
    return room;
}

line_place place_of(const question& q, std::size_t offset) {
    std::vector<std::string_view> views(q.lines.begin(), q.lines.end());
    const authgrammar::field_position at = field_value(views.data(), views.size()).locate(offset);
    return {at.line, at.offset};
}

void append_answer(std::string& out, const question& q, std::string_view joined, const verdict& v, bool reveal) {
    if (!v.valid) {
        out += "\"valid\": false, \"error\": ";
        append_error(out, q, v.why);
        append_recovered(out, q, reveal);
        return;
    }
    out += "\"valid\": true, \"parsed\": ";
    append_parsed(out, q.field, joined, v.events, reveal);
}

void append_parsed(std::string& out, authgrammar::field f, std::string_view joined, const std::vector<event>& events,
                   bool reveal) {
    writer(out, kind_of(f), authgrammar::audit::is_secret(f) && !reveal).parts(kind_of(f), joined, events);
}

void append_recovered(std::string& out, const authgrammar::audit::field_reading& r, bool reveal) {
    if (!r.recovered()) return;
    out += ", \"recovered\": true, \"readable\": ";
    append_parsed(out, r.name(), r.value(), r.events(), reveal);
}

}  // namespace authlint
