#include "parse/answer.hpp"

#include "common/field_text.hpp"
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

    void part(const challenge& c) {
        out_ += "{\"scheme\": ";
        append_json_bytes(out_, shown(c.scheme(), hidden_ && !filter_.shows_scheme(c.scheme().raw())));
        out_ += ", \"token68\": ";
        if (const std::optional<text> token68 = c.token68()) {
            append_json_bytes(out_, shown(*token68, hidden_));
        } else {
            out_ += "null";
        }
        params(c.params());
    }

    void part(const auth_params& list) {
        out_ += "{\"scheme\": null, \"token68\": null";
        params(list);
    }

private:
    void params(const auth_params& list) {
        out_ += ", \"params\": [";
        const std::size_t begin = out_.size();
        for (const auth_param& p : list) {
            if (out_.size() != begin) out_ += ", ";
            const json_bytes name(shown(p.name, hidden_ && !filter_.shows_param_name(p.name.raw())));
            const json_bytes value = meaning(p.value, hidden_ && !filter_.shows_param_value(p.value.raw()));
            param(name, value, p.value.quoted());
        }
        out_ += "]}";
    }

    /// There are many: each is written at once.
    void param(const json_bytes& name, const json_bytes& value, bool quoted) {
        constexpr std::string_view before = "{\"name\": ";
        constexpr std::string_view between = ", \"value\": ";
        constexpr std::string_view token = ", \"form\": \"token\"}";
        constexpr std::string_view quoted_string = ", \"form\": \"quoted\"}";
        const auto put = [](char* to, std::string_view text) { return std::copy(text.begin(), text.end(), to); };
        const std::size_t begin = out_.size();
        out_.resize(begin + before.size() + name.room() + between.size() + value.room() + quoted_string.size());
        char* end = name.put(put(&out_[begin], before));
        end = value.put(put(end, between));
        end = put(end, quoted ? quoted_string : token);
        out_.resize(static_cast<std::size_t>(end - out_.data()));
    }

    /// What is shown of a word, and of the octets that a text means. Views until the next call.
    static std::string_view shown(const text& t, bool hidden) {
        return hidden ? authgrammar::audit::redacted : t.raw();
    }
    json_bytes meaning(const text& t, bool hidden) {
        const json_bytes as_it_stands(shown(t, hidden));
        if (hidden || !t.quoted() || as_it_stands.plain()) return as_it_stands;
        unescaped_.clear();
        authgrammar::detail::append_unescaped(unescaped_, t);
        return json_bytes(unescaped_);
    }

    std::string& out_;
    bool hidden_;
    authgrammar::audit::word_filter filter_;
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
    out += "[";
    writer w(out, kind_of(f), authgrammar::audit::is_secret(f) && !reveal);
    const event* first = events.data();
    const event* last = first + events.size();
    if (kind_of(f) == field_kind::info) {
        w.part(auth_params(joined, first, last));
    } else {
        std::string_view separator;
        for (const challenge& c : challenges(joined, first, last)) {
            out += separator;
            separator = ", ";
            w.part(c);
        }
    }
    out += "]";
}

void append_recovered(std::string& out, const authgrammar::audit::field_reading& r, bool reveal) {
    if (!r.recovered()) return;
    out += ", \"recovered\": true, \"readable\": ";
    append_parsed(out, r.name(), r.value(), r.events(), reveal);
}

}  // namespace authlint
