#include "commands.hpp"
#include "formats/message_input.hpp"
#include "formats/open_export.hpp"
#include "lint/message_excerpts.hpp"
#include "shell/terminal.hpp"
#include "why/login_options.hpp"
#include "why/why_report.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

namespace authlint {

namespace {

using nlohmann::ordered_json;

struct why_arguments {
    std::vector<std::string> files;
    std::string format = "text";
    std::string input;
    std::optional<std::string> url;
    login_arguments login;
    bool reveal = false;
};

/// Explains files, and keeps or prints what it finds.
class why_run {
public:
    why_run(bool json, bool reveal, std::string kind, authgrammar::audit::known_facts facts,
            authgrammar::audit::known_login login)
        : json_(json),
          kind_(std::move(kind)),
          facts_(std::move(facts)),
          login_(std::move(login)),
          excerpts_(colours_, reveal) {}

    /// False if the file cannot be read, or not all of it.
    bool explain(const std::string& path) {
        const message_input input = read_message_input(path, kind_);
        if (input.messages.empty()) return false;
        const linted_file file(path, input.text, input.messages);
        const authgrammar::audit::refusals all = explain_refusals(input.messages, input.text, facts_, login_);
        clean_ = clean_ && is_clean(all);
        if (json_) {
            append_refusals(path, all, refused_, inputs_);
            return input.unread.empty();
        }
        print(colours_.bold(printable(path)) + "\n");
        excerpts_.begin_file(file);
        print_refusals(all, excerpts_, colours_);
        return input.unread.empty();
    }

    /// Whether nothing was refused, in all files.
    bool finish() {
        if (json_) {
            const ordered_json out{{"schema", 1}, {"refusals", std::move(refused_)}, {"inputs", std::move(inputs_)}};
            print(out.dump(2, ' ', true, ordered_json::error_handler_t::replace) + "\n");
        }
        return clean_;
    }

private:
    bool json_;
    std::string kind_;
    authgrammar::audit::known_facts facts_;
    authgrammar::audit::known_login login_;
    palette colours_ = palette::for_stdout();
    message_excerpts excerpts_;
    ordered_json refused_ = ordered_json::array();
    ordered_json inputs_ = ordered_json::array();
    bool clean_ = true;
};

int run_why(const why_arguments& arguments, const std::vector<std::string>& given) {
    authgrammar::audit::known_facts facts;
    if (arguments.url) {
        facts.url = authgrammar::policy::read_target_uri(*arguments.url);
        if (!facts.url) {
            complain("--url takes an absolute http or https URI");
            return exit_unreadable;
        }
    }
    const std::vector<std::string> paths = given.empty() ? std::vector<std::string>{"-"} : given;
    const bool from_stdin = std::find(paths.begin(), paths.end(), "-") != paths.end();
    std::optional<authgrammar::audit::known_login> login = read_login(arguments.login, from_stdin);
    if (!login) return exit_unreadable;
    login->now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    why_run run(arguments.format == "json", arguments.reveal, arguments.input, std::move(facts), std::move(*login));
    bool all_read = true;
    for (const std::string& path : paths) all_read = run.explain(path) && all_read;
    const bool clean = run.finish();
    if (!all_read) return exit_unreadable;
    return clean ? exit_clean : exit_findings;
}

}  // namespace

void add_why(const command& program) {
    const command sub = program.add_command("why", "say why credentials were refused, from the messages of the login");
    auto a = std::make_shared<why_arguments>();
    const option files =
        sub.add_option("FILE", a->files, "files to read; stdin if there are none, or for -").placeholder(" ");
    add_login_options(sub, a->login);
    sub.add_option("--input", a->input,
                   "what the files are, if they are not recognised: text, har, pcap, warc, burp, ...")
        .placeholder("KIND")
        .one_of(input_kinds());
    sub.add_option("--url", a->url, "the URL of the first request in each file, if the messages do not tell")
        .placeholder("URL");
    sub.add_form(a->format, {"text", "json"}, "text (default) or json");
    sub.add_flag("--reveal", a->reveal,
                 "show secrets of the messages instead of <redacted>; never those of the options");
    sub.action([a, files] { return run_why(*a, files.arguments()); });
}

}  // namespace authlint
