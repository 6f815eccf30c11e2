#include "commands.hpp"

#include "common/wording.hpp"
#include "scheme/scheme_json.hpp"
#include "scheme/scheme_samples.hpp"
#include "scheme/scheme_text.hpp"
#include "shell/input.hpp"
#include "shell/known_names.hpp"
#include "shell/near_names.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/schemes/considerations.hpp>
#include <authgrammar/writer.hpp>

#include <memory>
#include <optional>

namespace authlint {

namespace {

namespace schemes = authgrammar::schemes;
using authgrammar::detail::words;

struct scheme_arguments {
    std::string name;
    std::optional<std::string> check;
    std::string format = "text";
    form_option form;

    [[nodiscard]] bool json() const { return format == "json"; }
    bool table = false;
};

/// What the registry wants of a name: a token that nobody else has.
std::optional<scheme_finding> registry_finding(const schemes::scheme_description& s) {
    scheme_finding f{"R7235-5.1-registry", "RFC 9110, 16.4.1", {}, "Choose another name."};
    const authgrammar::challenge_spec alone{authgrammar::text(s.name)};
    const auto written = write_challenges(authgrammar::field::www_authenticate, &alone, 1, nullptr, 0);
    const schemes::scheme_description* other = schemes::find_scheme(s.name);
    if (written.code != authgrammar::error_code::text_buffer_full) {
        f.text = "The name is not a token (RFC 9110, 11.1).";
    } else if (other != nullptr && other->reference != s.reference) {
        f.text = words("The name is that of ", other->reference, "; case does not matter.");
    } else {
        return std::nullopt;
    }
    return f;
}

std::vector<scheme_finding> findings_of(const schemes::scheme_description& s) {
    std::vector<scheme_finding> out;
    if (auto f = registry_finding(s)) out.push_back(std::move(*f));
    for (const schemes::broken_consideration& b : schemes::considerations(s)) {
        if (b.what == schemes::consideration::parsing_fixed) continue;  // each sample is judged below
        const schemes::consideration_text text = text_of(b.what);
        std::string about(b.about);
        if (b.others != 0) about += " and " + authgrammar::detail::counted(b.others, "other");
        out.push_back({text.id, text.section, words(text.broken, " (", about, ")"), std::string(text.advice)});
    }
    for (scheme_finding& f : findings_in_samples(s)) out.push_back(std::move(f));
    return out;
}

int check(const std::string& path, bool json) {
    if (path == "-") announce_terminal_input("a description of a scheme, in JSON");
    const input_text input = read_input(path);
    const std::string shown_path = name_of_input(path);
    if (!input.bytes) {
        complain(shown_path + ": " + input.failure);
        return exit_unreadable;
    }
    const scheme_reading read = read_scheme(*input.bytes);
    if (!read.scheme) {
        complain(shown_path + ": " + read.failure);
        return exit_unreadable;
    }
    const schemes::scheme_description& s = read.scheme->description();
    const std::vector<scheme_finding> findings = findings_of(s);
    if (json) {
        print(findings_as_json(s, findings));
    } else {
        const palette colours = palette::for_stdout();
        for (const scheme_finding& f : findings) {
            print(colours.yellow(f.id) + "  " + std::string(f.section) + "\n");
            print("  " + wrapped(printable(f.text), 2) + "\n  " + wrapped(f.advice, 2) + "\n");
        }
        print(words(printable(s.name), ": ", authgrammar::detail::counted(findings.size(), "finding"), "\n"));
    }
    return findings.empty() ? exit_clean : exit_findings;
}

int show(const scheme_arguments& a) {
    if (a.name.empty()) {
        print(a.json() ? table_as_json() : schemes_as_text());
        return exit_clean;
    }
    const schemes::scheme_description* s = schemes::find_scheme(a.name);
    if (s == nullptr) {
        std::vector<std::string> names;
        for (const schemes::scheme_description& known : schemes::all_schemes()) names.emplace_back(known.name);
        const std::string near = near_names(a.name, names);
        complain("no scheme " + cut_name(a.name) + (near.empty() ? "; authlint scheme lists them" : near));
        return exit_unreadable;
    }
    print(a.json() ? scheme_as_json(*s) : scheme_as_text(*s));
    return exit_clean;
}

int run_scheme(const scheme_arguments& a) {
    const int modes = int{!a.name.empty()} + int{a.check.has_value()} + int{a.table};
    if (modes > 1 || (a.table && a.form.given())) {
        complain("NAME, --check and --table cannot be combined, nor --table with --format or --json");
        return exit_unreadable;
    }
    if (a.table) {
        print(schemes_as_markdown());
        return exit_clean;
    }
    return a.check ? check(*a.check, a.json()) : show(a);
}

}  // namespace

void add_scheme(const command& program) {
    const command sub = program.add_command(
        "scheme",
        "show what an authentication scheme sends; without NAME, list all; check the description of a new one");
    auto a = std::make_shared<scheme_arguments>();
    sub.add_option("NAME", a->name, "the name of a scheme, in upper or lower case")
        .placeholder(" ")
        .suggest(known_schemes());
    a->form = sub.add_form(a->format, {"text", "json"}, "text (default) or json");
    sub.add_option("--check", a->check,
                   "check the description in FILE against the considerations of RFC 9110, 16.4.2; - is stdin")
        .placeholder("FILE")
        .file();
    sub.add_flag("--table", a->table, "print the whole table in Markdown");
    sub.action([a] { return run_scheme(*a); });
}

}  // namespace authlint
