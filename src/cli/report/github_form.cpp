#include "report/forms.hpp"

#include "common/wording.hpp"
#include "report/escapes.hpp"
#include "report/report_form.hpp"
#include "shell/terminal.hpp"

// Workflow commands: "::warning file=a.http,line=2,col=31,title=realm-as-token::text".

namespace authlint {

namespace {

using authgrammar::audit::severity;
using authgrammar::detail::words;

class github_form : public report_form {
public:
    [[nodiscard]] record_detail detail() const noexcept override { return record_detail::excerpts; }
    void start(const std::string&) override {}

    void add(const message_record& m) override {
        for (const finding_record& f : m.findings) {
            std::string place = file(m.source);
            std::string label;
            // A place in an export is not a place in the lines of its file.
            if (m.label.empty()) {
                place += words("line=", std::to_string(f.line), ",col=", std::to_string(f.column), ",");
            } else {
                label = words(m.label, ":", std::to_string(f.line), ":", std::to_string(f.column), ": ");
            }
            print(words("::", command(f.level), " ", place, "title=", github_property(f.rule->id),
                        "::", github_message(words(label, f.rule->title, ": ", f.what, ". ", f.fix)), "\n"));
        }
    }

    void add_unread(const unread_record& u) override {
        print(words("::error ", file(u.source),
                    "title=not read::", github_message(u.place.empty() ? u.reason : u.place + ": " + u.reason), "\n"));
    }

    void finish(const report_totals& totals) override {
        const totals_text text = text_of(totals);
        print(words("authlint: ", text.inputs, ": ", text.findings, text.rest(), "\n"));
    }

private:
    static const char* command(severity s) {
        return s == severity::error ? "error" : s == severity::warning ? "warning" : "notice";
    }

    static std::string file(const std::string& source) {
        return source == "-" ? "" : words("file=", github_property(source), ",");
    }
};

}  // namespace

std::unique_ptr<report_form> make_github_form() { return std::make_unique<github_form>(); }

}  // namespace authlint
