#include "commands.hpp"
#include "json/ndjson.hpp"
#include "parse/answer.hpp"
#include "parse/parse_fix.hpp"
#include "shell/excerpt.hpp"
#include "shell/input.hpp"
#include "shell/known_names.hpp"
#include "shell/terminal.hpp"
#include "shell/tree.hpp"

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>

#include <memory>
#include <stdexcept>

namespace authlint {

namespace {

using authgrammar::edition;

struct parse_arguments {
    bool ndjson = false;
    std::string field;
    std::string edition = "rfc9110-recipient";
    std::string format = "text";
    bool reveal = false;
    bool fix = false;
    engine_settings engine;
    std::vector<std::string> values;
    option field_option;
    form_option format_option;
    option value_option;
};

std::vector<std::string> names_of_editions() {
    std::vector<std::string> names;
    for (const edition e : authgrammar::all_editions) names.emplace_back(name_of(e));
    return names;
}

std::string names_of_fields() {
    std::string names;
    for (const auto f : authgrammar::all_fields) names += (names.empty() ? "" : ", ") + std::string(name_of(f));
    return names;
}

/// What of `line` is hidden: line number `index` of the question.
std::vector<authgrammar::audit::span> hidden_in(const question& q, std::string_view line, bool reveal) {
    std::vector<authgrammar::audit::span> hidden;
    if (reveal || !authgrammar::audit::is_secret(q.field)) return hidden;
    std::vector<authgrammar::event> events;
    authgrammar::audit::read_events(q.field, line, edition::rfc9110_recipient, events);
    // Of a value that some engine or edition refuses nothing is taken for granted.
    for (const auto& piece : authgrammar::audit::redact(kind_of(q.field), line, events, false)) {
        if (piece.secret) hidden.push_back(authgrammar::audit::span_between(piece.begin, piece.end));
    }
    return hidden;
}

std::string editions_that_accept(const question& q, std::string_view joined, engine& reader) {
    std::string names;
    for (const edition e : authgrammar::all_editions) {
        if (!reader.read(q.field, e, joined).valid) continue;
        names += (names.empty() ? "" : ", ") + std::string(name_of(e));
    }
    return names.empty() ? "none" : names;
}

void explain_invalid(const question& q, std::string_view joined, const verdict& v, const parse_settings& settings,
                     engine& reader, const palette& colours) {
    const line_place at = place_of(q, v.why.offset);
    const std::string_view line = q.lines.empty() ? std::string_view{} : std::string_view(q.lines[at.line]);
    const excerpt shown = make_excerpt(line, {0, line.size()}, {at.offset, 1}, hidden_in(q, line, settings.reveal));
    print("  " + shown.line + "\n  " + colours.green(shown.mark) + "\n");
    print("  " + colours.red(name_of(v.why.code)) + " at byte " + std::to_string(at.offset));
    if (q.several) print(" of line " + std::to_string(at.line + 1));
    print(": expected " + wrapped(v.why.expected, 2) + "\n");
    print("  in " + std::string(v.why.rule) + " (" + std::string(v.why.section) + ")\n");
    const authgrammar::audit::corrected_value better = authgrammar::audit::correct(q.field, line);
    if (better.slips.empty()) {
        print("  " + wrapped(authgrammar::explain(v.why.code), 2) + "\n");
    } else {
        const authgrammar::audit::slip& s = better.slips.front();
        print("  what  " + wrapped(s.what, 8) + "\n  fix   " + wrapped(s.fix, 8) + "\n");
    }
    if (better.value && *better.value != line) {
        const std::string value =
            settings.reveal ? *better.value : authgrammar::audit::redacted_field(q.field, *better.value);
        print("  send  " + printable(value) + "\n");
    }
    print("  editions that accept it: " + editions_that_accept(q, joined, reader) + "\n");
}

int answer_text(const question& q, const parse_settings& settings, engine& reader) {
    const palette colours = palette::for_stdout();
    std::string room;
    const std::string_view joined = q.joined(room);
    const verdict v = reader.read(q.field, settings.language, joined);
    const std::string head = colours.bold(name_of(q.field)) + " (" + std::string(name_of(settings.language)) + "): ";
    if (!v.valid) {
        print(head + colours.red("not valid") + "\n");
        explain_invalid(q, joined, v, settings, reader, colours);
        return exit_findings;
    }
    print(head + colours.green("valid") + ", " + contents(q.field, v.events) + "\n");
    const bool hidden = authgrammar::audit::is_secret(q.field) && !settings.reveal;
    print(make_tree(kind_of(q.field), joined, v.events, {colours, 2, std::string::npos, hidden}));
    return exit_clean;
}

int answer_json(const question& q, const parse_settings& settings, engine& reader) {
    std::string room;
    const std::string_view joined = q.joined(room);
    const verdict v = reader.read(q.field, settings.language, joined);
    std::string out = "{";
    append_answer(out, q, joined, v, settings.reveal);
    if (settings.fix) append_fix(out, q, settings.reveal);
    print(out + "}\n");
    return v.valid ? exit_clean : exit_findings;
}

/// The field lines: those of the command line, else the lines of stdin.
std::vector<std::string> read_lines(const parse_arguments& arguments) {
    if (arguments.value_option.given()) return arguments.value_option.arguments();
    announce_terminal_input("field lines");
    std::vector<std::string> out;
    line_source source;
    while (const auto line = source.next()) {
        const bool cr = !line->empty() && line->back() == '\r';
        out.emplace_back(line->substr(0, line->size() - (cr ? 1 : 0)));
    }
    if (!source.failure().empty()) throw std::runtime_error("cannot read stdin: " + source.failure());
    if (out.empty())
        throw std::runtime_error("no value: stdin is empty (for an empty value give an empty line, or '')");
    return out;
}

int run_parse(const parse_arguments& arguments) {
    const parse_settings settings{*authgrammar::edition_from_name(arguments.edition), arguments.reveal, arguments.fix};
    const std::unique_ptr<engine> reader = make_engine(arguments.engine);
    if (arguments.ndjson) {
        if (arguments.field_option.given() || arguments.format_option.given() || arguments.value_option.given()) {
            throw std::runtime_error(
                "--ndjson reads fields and values from stdin; it cannot be combined with --field, --format or VALUE");
        }
        return answer_lines(settings, *reader);
    }
    if (arguments.field.empty()) throw std::runtime_error("parse needs --field NAME, or --ndjson");
    const auto field = authgrammar::field_from_name(arguments.field);
    if (!field) throw std::runtime_error("--field has to be one of " + names_of_fields());
    question q;
    q.field = *field;
    q.lines = read_lines(arguments);
    q.several = q.lines.size() > 1;
    if (arguments.fix && arguments.format != "json") return answer_fixed(q, settings.reveal);
    return arguments.format == "json" ? answer_json(q, settings, *reader) : answer_text(q, settings, *reader);
}

}  // namespace

void add_parse(const command& program) {
    const command sub = program.add_command("parse", "parse field values");
    auto a = std::make_shared<parse_arguments>();
    sub.add_flag("--ndjson", a->ndjson, "read JSON objects from stdin, one per line, and answer in the same form");
    a->field_option = sub.add_option("--field,-f", a->field, "the name of the field, such as WWW-Authenticate")
                          .placeholder("NAME")
                          .suggest(known_fields());
    sub.add_option("--edition,-e", a->edition, "the grammar: rfc7235, rfc9110-recipient (default) or rfc9110-sender")
        .placeholder("EDITION")
        .one_of(names_of_editions());
    sub.add_option("--engine", a->engine.name, "the parser: tokenizer (default), pegtl or reference")
        .placeholder("ENGINE")
        .one_of(engine_names());
    sub.add_option("--chunk", a->engine.chunk, "feed the tokenizer N bytes at a time")
        .placeholder("N")
        .between(1, std::size_t{1} << 40);
    sub.add_option("--abnf", a->engine.abnf,
                   "a folder with ABNF files for the reference engine to use instead of the built-in ones")
        .placeholder("DIR")
        .existing_directory();
    a->format_option = sub.add_form(a->format, {"text", "json"}, "text (default) or json");
    sub.add_flag("--fix", a->fix, "print the value with all fixes that keep its meaning; list the others");
    sub.add_flag("--reveal", a->reveal, "show secrets instead of <redacted>");
    a->value_option = sub.add_option("VALUE", a->values,
                                     "the value, or several for several field lines; without it, the lines of stdin")
                          .placeholder(" ");
    sub.action([a] { return run_parse(*a); });
}

}  // namespace authlint
