#include "report/forms.hpp"

#include "common/wording.hpp"
#include "report/report_form.hpp"
#include "shell/terminal.hpp"
#include "why/why_report.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace authlint {

namespace {

using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;
using authgrammar::detail::words;

constexpr std::size_t page_width = 100;

class text_form : public report_form {
public:
    text_form(const palette& colours, bool quiet) : colours_(colours), quiet_(quiet) {}

    [[nodiscard]] record_detail detail() const noexcept override { return record_detail::findings; }
    void start(const std::string& source) override { source_ = printable(source); }
    void add(const message_record& m) override {
        for (const finding_record& f : m.findings) add(m, f);
    }
    void add_unread(const unread_record&) override {}  // stderr says so

    void add_refusals(const linted_file& file, const authgrammar::audit::refusals& all,
                      const message_excerpts& excerpts) override {
        print(colours_.bold(printable(file.name) + ": why") + "\n");
        print_refusals(all, excerpts, colours_);
    }

    void finish(const report_totals& totals) override {
        if (quiet_) return;
        for (const id_count& id : totals.by_id()) explain(id);
        const totals_text text = text_of(totals);
        if (any_) print("\n");
        const std::string all = text.inputs + ": " + text.findings + text.rest();
        if (!fits(all)) {
            print(wrapped(all, 0, *width_) + "\n");
        } else {
            print(text.inputs + ": " + colours_.bold(text.findings) + text.rest() + "\n");
        }
    }

private:
    [[nodiscard]] bool fits(std::string_view line) const { return !width_ || line.size() <= *width_; }

    static style style_of(severity level) noexcept {
        return level == severity::error ? style::red : level == severity::warning ? style::yellow : style::cyan;
    }

    void add(const message_record& m, const finding_record& f) {
        any_ = true;
        place_ = source_;
        if (!m.label.empty()) append_printable(place_ += ':', m.label);
        append_number(place_ += ':', f.line);
        append_number(place_ += ':', f.column);
        const std::string_view level = name_of(f.level);
        const std::string_view title = f.rule->title;
        const std::string shown_id = words("[", f.rule->id, "]");
        const std::size_t short_width = place_.size() + level.size() + title.size() + shown_id.size() + 5;
        if (width_ && short_width > *width_) {
            // Nothing is lost on a narrow terminal: the place first, then the rest with an indent.
            print(broken(place_ + ":", *width_) + "\n");
            print("    " + wrapped(words(level, ": ", title, " ", shown_id), 4, *width_) + "\n");
            return;
        }
        const bool whole = !width_ || short_width + 2 + f.what.size() <= *width_;
        line_.clear();
        colours_.append(line_, style::bold, place_);
        colours_.append(line_ += ": ", style_of(f.level), level);
        line_.append(": ").append(title);
        if (whole) line_.append(": ").append(f.what);
        colours_.append(line_ += ' ', style::faint, shown_id);
        print(line_ += '\n');
    }

    static void append_number(std::string& out, std::size_t n) {
        std::array<char, std::numeric_limits<std::size_t>::digits10 + 1> digits;
        out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr);
    }

    /// The text cut into lines of `width` columns.
    static std::string broken(const std::string& text, std::size_t width) {
        std::string out;
        for (std::size_t at = 0; at < text.size(); at += width) out += (at == 0 ? "" : "\n") + text.substr(at, width);
        return out;
    }

    void explain(const id_count& id) const {
        const finding_rule& rule = *id.rule;
        const std::size_t width = std::min(width_.value_or(page_width), page_width);
        const std::string times = id.count() == 1 ? "once" : std::to_string(id.count()) + " times";
        const std::string source =
            words(", ", times, "  (", rule.section, rule.cwe != 0 ? "; " + cwe_of(rule) : "", ")");
        const bool whole = !width_ || rule.id.size() + source.size() <= *width_;
        print("\n" + colours_.painted(style_of(id.worst()), rule.id) +
              (whole ? source : "\n    " + wrapped(source.substr(2), 4, width)) + "\n");
        print("  why  " + wrapped(rule.explanation, 7, width) + "\n");
        print("  fix  " + wrapped(rule.fix, 7, width) + "\n");
    }

    const palette& colours_;
    bool quiet_;
    std::optional<std::size_t> width_ = terminal_width();
    bool any_ = false;
    std::string source_;
    std::string place_;  // of the finding that is printed
    std::string line_;
};

}  // namespace

std::unique_ptr<report_form> make_text_form(const palette& colours, bool quiet) {
    return std::make_unique<text_form>(colours, quiet);
}

}  // namespace authlint
