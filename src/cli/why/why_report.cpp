#include "why/why_report.hpp"

#include "common/wording.hpp"
#include "json/latin1.hpp"

#include <authgrammar/schemes/scheme.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace authlint {

namespace {

namespace audit = authgrammar::audit;
using authgrammar::detail::counted;
using nlohmann::ordered_json;

std::string painted(const palette& colours, audit::certainty how) {
    switch (how) {
        case audit::certainty::certain: return colours.red(name_of(how));
        case audit::certainty::likely: return colours.yellow(name_of(how));
        case audit::certainty::possible: break;
    }
    return colours.cyan(name_of(how));
}

/// What was refused: "Digest credentials in Authorization".
std::string subject_of(const audit::refusal& r) {
    if (!r.about) return "no credentials";
    const std::string scheme = r.scheme == nullptr ? "" : std::string(r.scheme->name) + " ";
    return scheme + "credentials in " + std::string(name_of(*r.about));
}

const audit::message& last_message(const audit::refusal& r) { return r.response != nullptr ? *r.response : *r.request; }

class printer {
public:
    printer(const message_excerpts& excerpts, const palette& colours) : excerpts_(excerpts), colours_(colours) {}

    void print_refusal(const audit::refusal& r) const {
        const audit::message& m = last_message(r);
        print("  " + title_of(m) + colours_.faint(", line " + line(m.start_line)) + ": " + subject_of(r));
        if (r.response == nullptr) {
            print(", and no response");
        } else if (r.request != nullptr) {
            print((r.about ? " of" : " in") + std::string(" the request in line ") + line(r.request->start_line));
        }
        print("\n");
        for (std::size_t i = 0; i < r.reasons.size(); ++i) print_reason(r, i);
        print_missing(r.missing);
    }

    void print_missing(const std::vector<audit::missing_evidence>& missing) const {
        if (missing.empty()) return;
        print("    " + colours_.bold("missing from the input") + "\n");
        for (const audit::missing_evidence& m : missing) {
            const std::string id(m.id);
            print("      " + id + "\n        " + wrapped(m.text, 8) + "\n");
        }
    }

private:
    [[nodiscard]] std::string line(audit::span at) const { return std::to_string(excerpts_.place_of(at.offset).line); }

    /// The first one with all that there is to say, the others in short.
    void print_reason(const audit::refusal& r, std::size_t i) const {
        const audit::refusal_reason& reason = r.reasons[i];
        print("    " + std::to_string(i + 1) + ". " + painted(colours_, reason.how) + ": " +
              std::string(reason.cause->title) + " " + colours_.faint("[" + std::string(reason.cause->id) + "]") +
              "\n");
        print(excerpts_.excerpt_of(last_message(r), reason.at));
        for (std::size_t k = 0; i == 0 && k < reason.related.size() && k < 3; ++k) {
            print(excerpts_.excerpt_of(last_message(r), reason.related[k], "compare"));
        }
        print("      what   " + wrapped(printable(reason.text), 13) + "\n");
        if (!reason.right.empty()) print("      right  " + wrapped(printable(reason.right), 13) + "\n");
        if (i != 0) return;
        std::string sources(reason.cause->section);
        for (const std::string_view id : reason.cause->requirements) sources += "; " + std::string(id);
        print("      why    " + wrapped(reason.cause->explanation, 13) + "\n");
        print("      fix    " + wrapped(reason.cause->fix, 13) + "\n");
        print("      see    " + wrapped(sources, 13) + "\n");
    }

    const message_excerpts& excerpts_;
    const palette& colours_;
};

ordered_json missing_as_json(const std::vector<audit::missing_evidence>& missing) {
    ordered_json out = ordered_json::array();
    for (const audit::missing_evidence& m : missing) out.push_back({{"id", m.id}, {"text", m.text}});
    return out;
}

ordered_json as_json(audit::span at) { return {{"offset", at.offset}, {"length", at.length}}; }

ordered_json as_json(const audit::refusal_reason& r) {
    ordered_json out;
    out["id"] = r.cause->id;
    out["certainty"] = name_of(r.how);
    out["field"] = r.about ? ordered_json(name_of(*r.about)) : ordered_json(nullptr);
    out["offset"] = r.at.offset;
    out["length"] = r.at.length;
    out["related"] = ordered_json::array();
    for (const audit::span& s : r.related) out["related"].push_back(as_json(s));
    out["requirements"] = r.cause->requirements;
    out["section"] = r.cause->section;
    out["title"] = r.cause->title;
    out["text"] = latin1_as_utf8(r.text);
    out["right"] = r.right.empty() ? ordered_json(nullptr) : ordered_json(latin1_as_utf8(r.right));
    out["explanation"] = r.cause->explanation;
    out["fix"] = r.cause->fix;
    return out;
}

}  // namespace

void print_refusals(const audit::refusals& all, const message_excerpts& excerpts, const palette& colours) {
    const printer out(excerpts, colours);
    for (const audit::refusal& r : all.refused) out.print_refusal(r);
    out.print_missing(all.missing);
    if (is_clean(all)) {
        print("  nothing was refused; " + counted(all.accepted, "request") + " with credentials " +
              (all.accepted == 1 ? "was" : "were") + " accepted\n");
    }
}

void append_refusals(const std::string& source, const audit::refusals& all, ordered_json& refused,
                     ordered_json& inputs) {
    for (const audit::refusal& r : all.refused) {
        ordered_json out;
        out["source"] = source;
        out["status"] =
            r.response != nullptr && r.response->status ? ordered_json(*r.response->status) : ordered_json(nullptr);
        out["offset"] = last_message(r).start_line.offset;
        out["request"] = r.request == nullptr ? ordered_json(nullptr) : ordered_json(r.request->start_line.offset);
        out["field"] = r.about ? ordered_json(name_of(*r.about)) : ordered_json(nullptr);
        out["scheme"] = r.scheme == nullptr ? ordered_json(nullptr) : ordered_json(r.scheme->name);
        out["reasons"] = ordered_json::array();
        for (const audit::refusal_reason& reason : r.reasons) out["reasons"].push_back(as_json(reason));
        out["missing"] = missing_as_json(r.missing);
        refused.push_back(std::move(out));
    }
    inputs.push_back({{"source", source}, {"accepted", all.accepted}, {"missing", missing_as_json(all.missing)}});
}

bool is_clean(const audit::refusals& all) noexcept {
    return all.refused.empty() && all.missing.empty() && all.accepted != 0;
}

}  // namespace authlint
