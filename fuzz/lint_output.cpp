#include "lint_output.hpp"

#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/reading.hpp>

#include <lint/fixes.hpp>
#include <lint/lint_records.hpp>
#include <lint/lint_report.hpp>
#include <lint/lint_text.hpp>
#include <report/forms.hpp>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace authgrammar::fuzz {

namespace {

/// Tells the report about the messages, and answers what it prints meanwhile.
std::string printed(authlint::lint_report& report, std::string_view input, const std::vector<audit::message>& messages,
                    const audit::known_facts& facts, const audit::known_login& login) {
    char* memory = nullptr;
    std::size_t size = 0;
    std::FILE* const stream = open_memstream(&memory, &size);
    std::FILE* const before = std::exchange(stdout, stream);
    const authlint::linted_file file("input", input, messages);
    authlint::lint_totals totals;
    authlint::file_fixes fixes;
    audit::conversation conversation(facts);
    ++totals.files;
    report.begin_file(file);
    for (const audit::message& m : messages) {
        authlint::judged_message judged{&m, audit::read_fields(m), {}};
        judged.findings = audit::judge(m, judged.fields, conversation.next(m, judged.fields));
        totals.add(judged);
        report.add(file, judged);
        fixes.add(judged);
    }
    report.add_fixes(file, fixes);
    report.add_refusals(file, audit::explain_refusals(messages, input, facts, login));
    report.finish(totals);
    stdout = before;
    std::fclose(stream);
    std::string text(memory, size);
    std::free(memory);
    return text;
}

}  // namespace

std::string lint_text_of(std::string_view input, const std::vector<audit::message>& messages,
                         const audit::known_facts& facts, bool reveal, const audit::known_login& login) {
    const authlint::palette plain(false);
    authlint::lint_text report(plain, reveal);
    return printed(report, input, messages, facts, login);
}

std::string lint_json_of(std::string_view input, const std::vector<audit::message>& messages,
                         const audit::known_facts& facts, bool reveal, const audit::known_login& login) {
    const auto form = authlint::make_json_form(2);
    return printed(*make_lint_records(*form, reveal), input, messages, facts, login);
}

std::string lint_reports_of(std::string_view input, const std::vector<audit::message>& messages,
                            const audit::known_facts& facts, bool reveal) {
    std::string out;
    for (const std::string& name : authlint::all_report_forms()) {
        if (name == "json") continue;
        const auto form = authlint::make_report_form(name, {});
        out += printed(*make_lint_records(*form, reveal), input, messages, facts, {});
    }
    return out;
}

}  // namespace authgrammar::fuzz
