#include "report/forms.hpp"

#include "common/wording.hpp"
#include "report/escapes.hpp"
#include "report/report_form.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

// JUnit's XML has the counts of a suite in front of its cases, so the findings of one input are kept: of each id the count and
// the first places.

namespace authlint {

namespace {

using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;
using authgrammar::detail::counted;
using authgrammar::detail::words;

constexpr std::size_t most_places = 20;  ///< of an id in one input
constexpr std::size_t most_unread = 20;  ///< of one input

class junit_form : public report_form {
public:
    [[nodiscard]] record_detail detail() const noexcept override { return record_detail::excerpts; }

    void start(const std::string& source) override {
        const bool is_open = only_unread_ && *source_ == source;
        only_unread_ = false;
        if (is_open) return;  // what could not be read of it came first
        end_suite();
        source_ = source;
    }

    void add(const message_record& m) override {
        for (const finding_record& f : m.findings) add(m, f);
    }

    void add_unread(const unread_record& u) override {
        if (!source_ || *source_ != u.source) {
            start(u.source);
            only_unread_ = true;
        }
        ++unread_;
        if (unread_ <= most_unread)
            unread_text_ += words(visible_utf8(u.place), u.place.empty() ? "" : ": ", u.reason, "\n");
    }

    void finish(const report_totals&) override {
        end_suite();
        begin();
        print("</testsuites>\n");
    }

private:
    /// The findings of one id in the input.
    struct test_case {
        const finding_rule* rule = nullptr;
        severity worst = severity::info;
        std::size_t count = 0;
        std::string places;
    };

    void begin() {
        if (!begun_) print("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"authlint\">\n");
        begun_ = true;
    }

    void add(const message_record& m, const finding_record& f) {
        test_case* one = nullptr;
        for (test_case& each : cases_) {
            if (each.rule == f.rule) one = &each;
        }
        if (one == nullptr) one = &cases_.emplace_back();
        one->rule = f.rule;
        one->worst = std::max(one->worst, f.level);
        if (++one->count > most_places) return;
        const std::string label = m.label.empty() ? "" : m.label + ":";
        one->places += words(visible_utf8(m.source), ":", visible_utf8(label), std::to_string(f.line), ":",
                             std::to_string(f.column), ": ", name_of(f.level), ": ", f.what, "\n");
        if (!f.excerpt.empty()) one->places += words("    ", f.excerpt, "\n    ", f.mark, "\n");
    }

    void end_suite() {
        if (!source_) return;
        begin();
        std::size_t failures = 0;
        for (const test_case& each : cases_) failures += each.worst == severity::info ? 0 : 1;
        const std::string suite = markup_escaped(name_of_input(*source_));
        print(words("  <testsuite name=\"", suite, "\" tests=\"", std::to_string(cases_.size() + 1), "\" failures=\"",
                    std::to_string(failures), "\" errors=\"", unread_ == 0 ? "0" : "1",
                    "\">\n    <testcase name=\"read\" classname=\"", suite, "\""));
        if (unread_ == 0) {
            print("/>\n");
        } else {
            print(words(">\n      <error type=\"unread\" message=\"", counted(unread_, "part"), " not read\">",
                        lines(unread_text_, unread_, most_unread), "</error>\n    </testcase>\n"));
        }
        for (const test_case& each : cases_) print_case(each, suite);
        print("  </testsuite>\n");
        source_.reset();
        only_unread_ = false;
        cases_.clear();
        unread_ = 0;
        unread_text_.clear();
    }

    static void print_case(const test_case& c, const std::string& suite) {
        print(words("    <testcase name=\"", c.rule->id, "\" classname=\"", suite, "\">\n"));
        const std::string text =
            words(lines(c.places, c.count, most_places), "\n",
                  lines(words(c.rule->explanation, "\nFix: ", c.rule->fix, "\nSee: ", c.rule->section)));
        if (c.worst == severity::info) {
            print(words("      <system-out>", text, "</system-out>\n"));
        } else {
            const std::string times = c.count == 1 ? "" : words(", ", std::to_string(c.count), " times");
            print(words("      <failure type=\"", name_of(c.worst), "\" message=\"", markup_escaped(c.rule->title),
                        times, "\">", text, "</failure>\n"));
        }
        print("    </testcase>\n");
    }

    /// Lines of text, escaped but for their ends; with how many more there are.
    static std::string lines(std::string_view text, std::size_t count = 0, std::size_t most = 0) {
        std::string out;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            out += markup_escaped(text.substr(0, end)) + "\n";
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        if (count > most) out += "and " + std::to_string(count - most) + " more\n";
        return out;
    }

    bool begun_ = false;
    std::optional<std::string> source_;
    bool only_unread_ = false;      // the suite was begun for something that could not be read
    std::vector<test_case> cases_;  // one for each id at most
    std::size_t unread_ = 0;
    std::string unread_text_;
};

}  // namespace

std::unique_ptr<report_form> make_junit_form() { return std::make_unique<junit_form>(); }

}  // namespace authlint
