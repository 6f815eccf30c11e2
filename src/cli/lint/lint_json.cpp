#include "lint/lint_json.hpp"

#include "shell/terminal.hpp"

#include <nlohmann/json.hpp>

namespace authlint {

namespace {

using nlohmann::ordered_json;

ordered_json as_json(const authgrammar::audit::finding& f) {
    ordered_json out;
    out["id"] = f.rule->id;
    out["severity"] = name_of(f.level);
    out["field"] = f.about ? ordered_json(name_of(*f.about)) : ordered_json(nullptr);
    out["offset"] = f.at.offset;
    out["length"] = f.at.length;
    out["requirements"] = f.requirements;
    out["section"] = f.section;
    out["text"] = f.text + ". " + std::string(f.explanation) + " " + std::string(f.rule->mend);
    return out;
}

class lint_json : public lint_report {
public:
    void begin_file(const linted_file&) override {}

    void add(const linted_file& file, const judged_message& m) override {
        ordered_json message;
        message["source"] = file.name;
        message["status"] = m.source->status ? ordered_json(*m.source->status) : ordered_json(nullptr);
        message["findings"] = ordered_json::array();
        for (const auto& f : m.findings) message["findings"].push_back(as_json(f));
        messages_.push_back(std::move(message));
    }

    void finish(const lint_totals&) override {
        ordered_json out;
        out["schema"] = 1;
        out["messages"] = std::move(messages_);
        print(out.dump(2, ' ', true, ordered_json::error_handler_t::replace) + "\n");
    }

private:
    ordered_json messages_ = ordered_json::array();
};

}  // namespace

std::unique_ptr<lint_report> make_lint_json() { return std::make_unique<lint_json>(); }

}  // namespace authlint
