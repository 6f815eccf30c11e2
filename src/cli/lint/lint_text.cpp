#include "lint/lint_text.hpp"

#include "shell/tree.hpp"
#include "why/why_report.hpp"

#include <authgrammar/audit/redaction.hpp>

namespace authlint {

namespace {

using authgrammar::audit::field_reading;
using authgrammar::audit::finding;
using authgrammar::audit::start_kind;

}  // namespace

void lint_text::begin_file(const linted_file& file) {
    print(colours_.bold(printable(file.name)) + "\n");
    excerpts_.begin_file(file);
}

void lint_text::add(const linted_file& file, const judged_message& m) {
    print("  " + title_of(*m.source) +
          colours_.faint(", line " + std::to_string(excerpts_.place_of(m.source->start_line.offset).line)));
    if (m.fields.empty() && m.source->start != start_kind::none) print(", no authentication fields");
    print("\n");
    print_fields(m);
    for (const finding& f : m.findings) print_finding(file, m, f);
}

void lint_text::add_refusals(const linted_file& file, const authgrammar::audit::refusals& all) {
    print(colours_.bold(printable(file.name) + ": why") + "\n");
    print_refusals(all, excerpts_, colours_);
}

void lint_text::finish(const lint_totals& totals) {
    const totals_text text = text_of(totals);
    print(text.inputs + ": " + colours_.bold(text.findings) + text.rest() + "\n");
}

std::string lint_text::severity(const finding& f) const {
    const std::string_view name = name_of(f.level);
    switch (f.level) {
        case authgrammar::audit::severity::error: return colours_.red(name);
        case authgrammar::audit::severity::warning: return colours_.yellow(name);
        case authgrammar::audit::severity::info: break;
    }
    return colours_.cyan(name);
}

void lint_text::print_fields(const judged_message& m) const {
    for (const field_reading& r : m.fields) {
        print("    " + std::string(name_of(r.name())) + ": ");
        if (!r.valid()) {
            print(colours_.red("not readable"));
            if (!r.recovered()) {
                print("\n");
                continue;
            }
            // What recipients that join the lines, or refuse the value for one error, do not see.
            print(r.lines().size() > 1 ? " as one value (RFC 9110, 5.3). Line by line, " : ". Apart from the error, ");
        }
        const bool hidden = authgrammar::audit::is_secret(r.name()) && !reveal_;
        print(contents(r.name(), r.events()) + "\n");
        print(make_tree(kind_of(r.name()), r.value(), r.events(), {colours_, 6, 72, hidden}));
    }
}

void lint_text::print_finding(const linted_file& file, const judged_message& m, const finding& f) const {
    const text_place at = excerpts_.place_of(f.at.offset);
    print("  " + colours_.bold(printable(file.name) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column)) +
          ": " + severity(f) + ": " + std::string(f.rule->title) + " " +
          colours_.faint("[" + std::string(f.rule->id) + "]") + "\n");
    print(excerpts_.excerpt_of(*m.source, f.at));
    for (std::size_t i = 0; i < f.related.size() && i < 3; ++i)
        print(excerpts_.excerpt_of(*m.source, f.related[i], "see also"));
    std::string sources(f.section);
    for (const std::string_view id : f.requirements) sources += "; " + std::string(id);
    print("      what  " + wrapped(f.text, 12) + "\n");
    print("      why   " + wrapped(f.explanation, 12) + "\n");
    print("      fix   " + wrapped(f.fix, 12) + "\n");
    if (f.corrected) {
        const std::string value = reveal_ ? *f.corrected : authgrammar::audit::redacted_field(*f.about, *f.corrected);
        print("      send  " + std::string(name_of(*f.about)) + ": " + printable(value) + "\n");
    }
    print("      see   " + wrapped(sources, 12) + "\n");
}

}  // namespace authlint
