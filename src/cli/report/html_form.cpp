#include "report/forms.hpp"

#include "common/wording.hpp"
#include "report/escapes.hpp"
#include "report/html_style.hpp"
#include "report/report_form.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/version.hpp>

#include <string>
#include <unordered_map>
#include <vector>

// Findings are grouped by id, so they are kept until the end: of each id the first ones.

namespace authlint {

namespace {

using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;
using authgrammar::detail::words;

constexpr std::size_t most_findings = 100;  ///< of an id
constexpr std::size_t most_open = 10;       ///< of these, what is shown without a click
constexpr std::size_t most_unread = 100;

std::string escaped(std::string_view text) { return markup_escaped(text); }

class html_form : public report_form {
public:
    [[nodiscard]] record_detail detail() const noexcept override { return record_detail::excerpts; }
    [[nodiscard]] bool wants_value(const finding_rule& rule) override { return ++asked_[&rule] <= most_findings; }
    void start(const std::string&) override {}

    void add(const message_record& m) override {
        for (const finding_record& f : m.findings) {
            std::vector<std::string>& items = items_[f.rule];
            if (items.size() < most_findings) items.push_back(item_of(m, f));
        }
    }

    void add_unread(const unread_record& u) override {
        if (++unread_count_ > most_unread) return;
        const std::string place = u.place.empty() ? "" : ", " + u.place;
        unread_.push_back(words("<li><p><code>", escaped(name_of_input(u.source) + place),
                                "</code>: ", escaped(u.reason), "</p></li>\n"));
    }

    void finish(const report_totals& totals) override {
        const std::vector<id_count> ids = totals.by_id();
        print(words(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"generator\" content=\"authlint ",
            authgrammar::version, "\">\n<link rel=\"icon\" href=\"data:,\">\n<title>authlint report</title>\n<style>",
            html_style, "</style>\n</head>\n<body>\n"));
        print_head(totals);
        print("<main>\n");
        print_contents(ids);
        for (const id_count& id : ids) print_section(id);
        print_unread();
        print("</main>\n</body>\n</html>\n");
    }

private:
    static std::string badge(severity s, std::string_view text) {
        return words("<span class=\"badge ", name_of(s), "\">", text, "</span>");
    }

    static std::string item_of(const message_record& m, const finding_record& f) {
        const std::string label = m.label.empty() ? "" : m.label + ":";
        const std::string place =
            words(name_of_input(m.source), ":", label, std::to_string(f.line), ":", std::to_string(f.column));
        std::string out = words("<li class=\"", name_of(f.level), "\"><p>", badge(f.level, name_of(f.level)), " <code>",
                                escaped(place), "</code> <span class=\"quiet\">", escaped(m.title), "</span></p>\n<p>",
                                escaped(f.what), ".</p>\n");
        if (!f.excerpt.empty()) {
            out += words("<pre tabindex=\"0\">", escaped(f.excerpt), "\n<b aria-hidden=\"true\">", escaped(f.mark),
                         "</b></pre>\n");
        }
        if (f.value) {
            const char* why = f.for_sending ? "Send" : "Send, with the secrets in place";
            out += words("<p>", why, ": <code>", escaped(words(f.field, ": ", *f.value)), "</code></p>\n");
        }
        return out + "</li>\n";
    }

    static void print_head(const report_totals& totals) {
        const totals_text text = text_of(totals);
        print(words("<header>\n<h1>HTTP authentication: what authlint found</h1>\n<p class=\"quiet\">",
                    escaped(text.inputs), escaped(text.notes), ".</p>\n<dl class=\"counts\">\n"));
        for (const auto& [name, count] : {std::pair<const char*, std::size_t>{"errors", totals.errors},
                                          {"warnings", totals.warnings},
                                          {"for information", totals.infos},
                                          {"messages", totals.messages}}) {
            print(words("<div><dt>", name, "</dt><dd>", std::to_string(count), "</dd></div>\n"));
        }
        print("</dl>\n");
        if (totals.errors + totals.warnings + totals.infos != 0) {
            print("<fieldset class=\"filter\">\n<legend>Show</legend>\n");
            for (const severity s : {severity::error, severity::warning, severity::info}) {
                const std::string_view name = name_of(s);
                print(words("<label><input type=\"checkbox\" id=\"show-", name, "\" checked> ", name, "</label>\n"));
            }
            print("</fieldset>\n");
        }
        print("</header>\n");
    }

    static void print_contents(const std::vector<id_count>& ids) {
        if (ids.empty()) {
            print("<p>No findings.</p>\n");
            return;
        }
        print(
            "<table>\n<caption class=\"quiet\">Findings by id</caption>\n<thead><tr><th scope=\"col\">Id</th>"
            "<th scope=\"col\">Severity</th><th scope=\"col\" class=\"wide\">What</th>"
            "<th scope=\"col\" class=\"number\">Count</th></tr></thead>\n<tbody>\n");
        for (const id_count& id : ids) {
            print(words("<tr class=\"", name_of(id.worst()), "\"><td><a href=\"#", id.rule->id, "\">", id.rule->id,
                        "</a></td><td>", badge(id.worst(), name_of(id.worst())), "</td><td class=\"wide\">",
                        escaped(id.rule->title), "</td><td class=\"number\">", std::to_string(id.count()),
                        "</td></tr>\n"));
        }
        print("</tbody>\n</table>\n");
    }

    void print_section(const id_count& id) {
        const finding_rule& rule = *id.rule;
        const bool one_level = id.counts[static_cast<std::size_t>(id.worst())] == id.count();
        std::string sources(rule.section);
        if (rule.cwe != 0) sources += "; " + cwe_of(rule);
        for (const std::string_view requirement : rule.requirements) sources += words("; ", requirement);
        print(words("<section id=\"", rule.id, "\" class=\"", name_of(id.worst()), one_level ? " only-" : "",
                    one_level ? name_of(id.worst()) : "", "\">\n<h2>", escaped(capitalised(rule.title)), "</h2>\n<p>",
                    badge(id.worst(), name_of(id.worst())), " <code>", rule.id, "</code> <span class=\"quiet\">",
                    id.count() == 1 ? "once" : std::to_string(id.count()) + " times",
                    "</span></p>\n<dl class=\"advice\">\n<dt>Why</dt><dd>", escaped(rule.explanation),
                    "</dd>\n<dt>Fix</dt><dd>", escaped(rule.fix), "</dd>\n<dt>See</dt><dd>", escaped(sources),
                    "</dd>\n</dl>\n<ol>\n"));
        const std::vector<std::string>& items = items_[id.rule];
        const std::size_t open = items.size() <= most_open + 3 ? items.size() : most_open;
        for (std::size_t i = 0; i < open; ++i) print(items[i]);
        print("</ol>\n");
        if (open < items.size()) {
            print(words("<details>\n<summary>", std::to_string(items.size() - open), " more</summary>\n<ol>\n"));
            for (std::size_t i = open; i < items.size(); ++i) print(items[i]);
            print("</ol>\n</details>\n");
        }
        if (id.count() > items.size()) {
            print(words("<p class=\"quiet\">", std::to_string(id.count() - items.size()),
                        " more of them are not listed; --format json has all.</p>\n"));
        }
        print("</section>\n");
    }

    void print_unread() const {
        if (unread_.empty()) return;
        print("<section id=\"not-read\" class=\"error\">\n<h2>Not read</h2>\n<ol>\n");
        for (const std::string& item : unread_) print(item);
        print("</ol>\n");
        if (unread_count_ > unread_.size()) {
            print(words("<p class=\"quiet\">and ", std::to_string(unread_count_ - unread_.size()), " more.</p>\n"));
        }
        print("</section>\n");
    }

    std::unordered_map<const finding_rule*, std::vector<std::string>> items_;
    std::unordered_map<const finding_rule*, std::size_t> asked_;
    std::vector<std::string> unread_;
    std::size_t unread_count_ = 0;
};

}  // namespace

std::unique_ptr<report_form> make_html_form() { return std::make_unique<html_form>(); }

}  // namespace authlint
