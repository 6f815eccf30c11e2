#include "scheme/scheme_text.hpp"

#include "common/wording.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/schemes/considerations.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace authlint {

namespace {

using namespace authgrammar::schemes;
using authgrammar::field_kind;
using authgrammar::param_form;
using authgrammar::detail::words;

constexpr field_kind kinds[]{field_kind::challenges, field_kind::credentials, field_kind::info};

std::string forms_of(const content_forms& f) {
    std::string out;
    const auto add = [&out](bool has, std::string_view name) {
        if (has) out.append(out.empty() ? "" : " or ").append(name);
    };
    add(f.alone, "scheme alone");
    add(f.token68, "token68");
    add(f.params, "parameters");
    return out.empty() ? "none" : out;
}

/// "yes", "no", "not stated".
std::string_view use_of(usability u) { return u == usability::unstated ? "not stated" : name_of(u); }

std::string_view state_of(state_rule s) {
    switch (s) {
        case state_rule::request: break;
        case state_rule::server: return "the server remembers earlier requests";
        case state_rule::connection: return "the connection is authenticated";
        case state_rule::tls_connection: return "each request, bound to its TLS connection";
    }
    return "each request on its own";
}

std::string_view gain_from(exposure e) {
    switch (e) {
        case exposure::password: break;
        case exposure::token: return "a token that anyone who has it can use";
        case exposure::bound_token: return "a token that is useless without its key";
        case exposure::proof: return "no secret, only a proof for one request or connection";
    }
    return "the password, or a secret equivalent to it";
}

std::string_view unknown_of(unknown_rule r) {
    switch (r) {
        case unknown_rule::undefined: break;
        case unknown_rule::ignored: return "are ignored";
        case unknown_rule::refused: return "are refused";
        case unknown_rule::no_params: return "there are no parameters";
    }
    return "not defined";
}

std::string_view space_of(space_rule r) {
    switch (r) {
        case space_rule::unstated: break;
        case space_rule::path_prefix: return "URIs with the same path up to its last slash";
        case space_rule::domain_list: return "the URIs in domain";
    }
    return "not stated";
}

std::string rounds_of(std::uint8_t rounds) {
    return rounds == 0 ? "as many as the mechanism needs" : std::to_string(rounds);
}

/// The syntax of the value, and the values that are defined.
std::string value_of(const parameter_description& p) {
    std::string out(name_of(p.syntax));
    if (!p.values.empty()) {
        out += ":";
        for (std::size_t i = 0; i < p.values.size(); ++i) out.append(i == 0 ? " " : ", ").append(p.values[i]);
        if (p.values_open) out += " and others";
    }
    return out;
}

std::string form_of(const parameter_description& p) {
    if (p.name == "realm") return "quoted";
    return words(form_name(p.form), p.form_advised ? " (advised)" : "");
}

std::string remarks_of(const parameter_description& p) {
    std::string out(p.when);
    const auto add = [&out](bool is, std::string_view what) {
        if (is) out.append(out.empty() ? "" : "; ").append(what);
    };
    add(p.secret, "secret");
    add(p.changing, "may differ between challenges");
    return out;
}

std::string broken_ids(const scheme_description& s) {
    std::string out;
    for (const broken_consideration& b : considerations(s)) {
        const std::string_view id = text_of(b.what).id;
        out.append(out.empty() ? "" : ", ").append(id.substr(id.rfind(".2-") + 3));
    }
    return out;
}

/// Rows whose columns stand under each other, but for the last one.
class columns {
public:
    void add(std::vector<std::string> row) {
        widths_.resize(std::max(widths_.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths_[i] = std::max(widths_[i], row[i].size());
        rows_.push_back(std::move(row));
    }

    [[nodiscard]] std::string text(std::string_view indent) const {
        std::string out;
        for (const std::vector<std::string>& row : rows_) {
            std::string line(indent);
            for (std::size_t i = 0; i < row.size(); ++i) {
                line += row[i];
                if (i + 1 < row.size()) line.append(widths_[i] + 2 - row[i].size(), ' ');
            }
            out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
        }
        return out;
    }

private:
    std::vector<std::vector<std::string>> rows_;
    std::vector<std::size_t> widths_;
};

std::string_view heading_of(field_kind kind) {
    switch (kind) {
        case field_kind::challenges: return "Parameters of a challenge";
        case field_kind::credentials: return "Parameters of credentials";
        case field_kind::info: break;
    }
    return "Parameters of Authentication-Info";
}

/// What there is to say of a scheme beside its parameters, as pairs of a name and a text.
std::vector<std::pair<std::string, std::string>> properties_of(const scheme_description& s) {
    std::vector<std::pair<std::string, std::string>> out;
    out.emplace_back("registered", s.registered ? words("yes (", registry_date, ")") : "no");
    if (!s.registry_note.empty()) out.emplace_back("note", s.registry_note);
    if (!s.rests_on.empty()) out.emplace_back("rests on", s.rests_on);
    out.emplace_back("challenge", forms_of(s.challenge));
    out.emplace_back("credentials", forms_of(s.credentials));
    out.emplace_back("origin servers", use_of(s.origin));
    out.emplace_back("proxies", use_of(s.proxy));
    out.emplace_back("realm", name_of(s.realm));
    out.emplace_back("space", space_of(s.space));
    out.emplace_back("authenticates", state_of(s.state));
    out.emplace_back("rounds", rounds_of(s.rounds));
    out.emplace_back("exposes", gain_from(s.exposes));
    out.emplace_back("unknown params", unknown_of(s.unknown_params));
    if (s.info_in_trailer) out.emplace_back("-Info fields", "may be trailers");
    if (!s.info_considered.empty()) out.emplace_back("-Info security", words("considered in ", s.info_considered));
    if (!s.proof_field.empty()) out.emplace_back("proof beside", s.proof_field);
    for (const carrier_description& c : s.carriers) {
        out.emplace_back("also in",
                         words(c.name, " (", c.section, c.caching_forbidden ? "; caching is forbidden)" : ")"));
    }
    for (const failure_signal& f : s.failures) {
        out.emplace_back("refusal",
                         words(std::to_string(f.status), f.challenge ? " with a challenge: " : ": ", f.when));
    }
    return out;
}

/// A cell of a table in Markdown.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) out.append(c == '|' || c == '*' ? "\\" : "").append(1, c);
    return out;
}
void append_row(std::string& out, const std::vector<std::string>& cells) {
    for (const std::string& c : cells) out += "| " + cell(c) + " ";
    out += "|\n";
}
void append_heads(std::string& out, const std::vector<std::string>& heads) {
    append_row(out, heads);
    for (std::size_t i = 0; i < heads.size(); ++i) out += "|---";
    out += "|\n";
}

void append_scheme(std::string& out, const scheme_description& s) {
    out += words("\n## ", s.name, "\n\n", s.reference, ".\n\n");
    append_heads(out, {"", ""});
    for (const auto& [name, text] : properties_of(s)) append_row(out, {name, text});
    const std::string broken = broken_ids(s);
    append_row(out, {"considerations it breaks", broken.empty() ? "nothing" : broken});
    if (!s.params.empty()) {
        out += "\n";
        append_heads(out, {"parameter", "challenge", "credentials", "-Info", "value", "form", "remarks", "section"});
        const auto where = [](presence p) { return std::string(p == presence::absent ? "" : name_of(p)); };
        for (const parameter_description& p : s.params) {
            append_row(out, {std::string(p.name), where(p.in_challenge), where(p.in_credentials), where(p.in_info),
                             value_of(p), form_of(p), remarks_of(p), std::string(p.section)});
        }
    }
    if (s.samples.empty()) return;
    out += "\n";
    for (const sample& each : s.samples) {
        constexpr std::size_t most = 100;
        std::string value(each.value.substr(0, most));
        if (each.value.size() > most) value += "…";
        out += words("- ", kind_name(each.kind), ", ", each.source, ": `", value, "`\n");
    }
}

}  // namespace

std::string_view form_name(param_form form) noexcept {
    switch (form) {
        case param_form::automatic: break;
        case param_form::token: return "token";
        case param_form::quoted: return "quoted";
    }
    return "either";
}

std::string_view kind_name(field_kind kind) noexcept {
    switch (kind) {
        case field_kind::challenges: return "challenge";
        case field_kind::credentials: return "credentials";
        case field_kind::info: break;
    }
    return "info";
}

std::string schemes_as_text() {
    const palette colours = palette::for_stdout();
    columns table;
    table.add({"scheme", "reference", "challenge", "credentials", "origin", "proxy", "considerations it breaks"});
    for (const scheme_description& s : all_schemes()) {
        table.add({std::string(s.name), std::string(s.reference), forms_of(s.challenge), forms_of(s.credentials),
                   std::string(use_of(s.origin)), std::string(use_of(s.proxy)), broken_ids(s)});
    }
    const std::string text = table.text("");
    const std::size_t end = text.find('\n');
    return colours.bold(text.substr(0, end)) + text.substr(end);
}

std::string scheme_as_text(const scheme_description& s) {
    const palette colours = palette::for_stdout();
    std::string out = colours.bold(s.name) + "  " + std::string(s.reference) + "\n";
    columns properties;
    for (const auto& [name, text] : properties_of(s)) properties.add({name, wrapped(text, 18)});
    out += properties.text("  ");
    for (const field_kind kind : kinds) {
        columns params;
        for (const parameter_description& p : s.params) {
            if (p.in(kind) == presence::absent) continue;
            params.add({std::string(p.name), std::string(name_of(p.in(kind))), form_of(p), value_of(p),
                        words("[", p.section, "] ", remarks_of(p))});
        }
        const std::string rows = params.text("    ");
        if (!rows.empty()) out += "  " + colours.bold(heading_of(kind)) + "\n" + rows;
    }
    if (!s.samples.empty()) out += "  " + colours.bold("Examples") + "\n";
    for (const sample& each : s.samples) {
        out += words("    ", printable_start(each.value, 100), colours.faint(words("  [", each.source, "]")), "\n");
    }
    const broken_considerations broken = considerations(s);
    out +=
        "  " + colours.bold("Considerations of RFC 9110, 16.4.2: ") + (broken.empty() ? "breaks none\n" : "breaks\n");
    for (const broken_consideration& b : broken) {
        out += "    " + colours.cyan(text_of(b.what).id) + "  " + wrapped(text_of(b.what).broken, 6) + "\n";
    }
    return out;
}

std::string schemes_as_markdown() {
    std::string out =
        "# Authentication schemes\n\n"
        "Generated by `authlint scheme --table` from the table in `src/schemes`. Do not edit.\n\n";
    out += words(
        "The schemes of the IANA registry as of ", registry_date,
        ", and others in use. `authlint scheme NAME` prints one of them, and\n"
        "`authlint scheme --check FILE` checks a description of your own scheme, written as "
        "[scheme.schema.json](scheme.schema.json) says.\n\n"
        "\"breaks\" names the considerations for new schemes (RFC 9110, 16.4.2; RFC 7235, 5.1.2) that a scheme "
        "does not meet,\naccording to this table; [requirements.md](requirements.md) lists them. They are for new "
        "schemes: most of these are older.\n\n");
    append_heads(out, {"scheme", "reference", "challenge", "credentials", "origin", "proxy", "breaks"});
    for (const scheme_description& s : all_schemes()) {
        append_row(out, {std::string(s.name), std::string(s.reference), forms_of(s.challenge), forms_of(s.credentials),
                         std::string(use_of(s.origin)), std::string(use_of(s.proxy)), broken_ids(s)});
    }
    for (const scheme_description& s : all_schemes()) append_scheme(out, s);
    return out;
}

}  // namespace authlint
