#include "report/report_form.hpp"

#include "report/forms.hpp"
#include "shell/terminal.hpp"

namespace authlint {

const std::vector<std::string>& all_report_forms() {
    static const std::vector<std::string> all{"text", "json", "ndjson", "sarif", "junit", "github", "html"};
    return all;
}

std::unique_ptr<report_form> make_report_form(const std::string& name, const form_options& options) {
    static const palette colours = palette::for_stdout();
    if (name == "json") return make_json_form(options.schema);
    if (name == "ndjson") return make_ndjson_form();
    if (name == "sarif") return make_sarif_form();
    if (name == "junit") return make_junit_form();
    if (name == "github") return make_github_form();
    if (name == "html") return make_html_form();
    return make_text_form(colours, options.quiet);
}

}  // namespace authlint
