#include "grammar/peg_rules.hpp"

#include "common/field_text.hpp"
#include "common/lines.hpp"
#include "grammar/embedded_grammar.hpp"
#include "shell/near_names.hpp"

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::detail::take_line;
using authgrammar::detail::trimmed;

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

/// What follows `key` if the line begins with it.
std::optional<std::string_view> after(std::string_view line, std::string_view key) {
    if (!starts_with(line, key)) return std::nullopt;
    return trimmed(line.substr(key.size()));
}

/// Reads a header line by line.
class header_scanner {
public:
    header_scanner(std::string_view file, std::string_view text) : file_(file), text_(text), rest_(text) {}

    std::vector<peg_rule> scan() {
        while (!rest_.empty()) line(next_line());
        return std::move(rules_);
    }

private:
    std::string_view next_line() {
        begin_ = text_.size() - rest_.size();
        return take_line(rest_);
    }

    void line(std::string_view l) {
        if (starts_with(l, "///")) {
            comment_.push_back(l.size() > 4 ? l.substr(4) : std::string_view{});
            return;
        }
        if (const auto name = after(l, "namespace ")) {
            const std::size_t colon = name->rfind("::");
            const std::string_view last = colon == std::string_view::npos ? *name : name->substr(colon + 2);
            space_ = trimmed(last.substr(0, last.find('{')));
        } else if (!comment_.empty() && (starts_with(l, "struct ") || starts_with(l, "using "))) {
            declaration(l);
        }
        comment_.clear();
    }

    void declaration(std::string_view first) {
        peg_rule rule;
        rule.file = file_;
        rule.space = space_;
        const std::size_t begin = begin_;
        std::string_view last = first;
        while (!rest_.empty() && (trimmed(last).empty() || trimmed(last).back() != ';')) last = next_line();
        rule.declaration = trimmed(text_.substr(begin, begin_ + last.size() - begin));
        const std::string_view named = first.substr(first.find(' ') + 1);
        rule.name = trimmed(named.substr(0, named.find_first_of(starts_with(first, "struct ") ? " :{" : ";=")));
        if (const std::size_t colon = rule.name.rfind("::"); colon != std::string_view::npos) {
            rule.name = rule.name.substr(colon + 2);
        }
        describe(rule);
        rules_.push_back(std::move(rule));
    }

    void describe(peg_rule& rule) const {
        bool in_head = true;
        for (const std::string_view l : comment_) {
            if (const auto ids = after(l, "deviations:")) {
                authgrammar::detail::for_each_list_element(*ids,
                                                           [&](std::string_view id) { rule.deviations.push_back(id); });
            } else if (const auto accepted = after(l, "accepts:")) {
                rule.accepts.push_back(*accepted);
            } else if (const auto rejected = after(l, "rejects:")) {
                rule.rejects.push_back(*rejected);
            } else if (starts_with(l, "RFC ") && rule.source.empty() && rule.notes.empty()) {
                rule.source = trimmed(l);
            } else if (trimmed(l).empty()) {
                in_head = false;
                continue;
            } else {
                (in_head ? rule.head : rule.notes).push_back(l);
            }
        }
    }

    std::string_view file_;
    std::string_view text_;
    std::string_view rest_;  ///< the end of `text_` that was not read yet
    std::size_t begin_ = 0;  ///< of the last line, in `text_`
    std::string_view space_;
    std::vector<std::string_view> comment_;
    std::vector<peg_rule> rules_;
};

/// The namespaces in which the rules of an edition stand, or those that are a scheme's own; the first that has one wins.
std::vector<std::string_view> spaces_of(std::string_view edition) {
    if (edition == "basic") return {"basic", "rfc4648"};
    if (edition == "bearer") return {"bearer", "rfc6749"};
    if (edition == "digest") return {"digest", "rfc8187"};
    if (edition == "negotiate") return {"negotiate", "rfc2616", "rfc4648"};
    if (edition == "rfc7235") return {"rfc7235", "rfc7615", "rfc7230", "rfc5234"};
    if (edition == "rfc9110-recipient") return {"rfc9110_recipient", "rfc9110", "rfc7230", "rfc5234"};
    return {"rfc9110", "rfc7230", "rfc5234"};
}

}  // namespace

std::vector<peg_rule> scan_peg_header(std::string_view file, std::string_view text) {
    return header_scanner(file, text).scan();
}

const std::vector<peg_rule>& all_peg_rules() {
    static const std::vector<peg_rule> rules = [] {
        std::vector<peg_rule> out;
        for (const embedded_text& file : embedded_grammar()) {
            const bool is_header = file.name.find(".hpp") != std::string_view::npos;
            if (!is_header || file.name == "fields.hpp" || file.name == "rules.hpp") continue;
            for (peg_rule& rule : scan_peg_header(file.name, file.text)) out.push_back(std::move(rule));
        }
        return out;
    }();
    return rules;
}

const peg_rule* find_peg_rule(std::string_view edition, std::string_view name) {
    for (const std::string_view space : spaces_of(edition)) {
        for (const peg_rule& rule : all_peg_rules()) {
            if (rule.space == space && is_same_name(rule.name, name)) return &rule;
        }
    }
    return nullptr;
}

const peg_rule& resolve_alias(const peg_rule& rule) {
    if (!rule.is_alias()) return rule;
    for (const peg_rule& other : all_peg_rules()) {
        if (other.name != rule.name || other.is_alias()) continue;
        const std::string qualified = std::string(other.space) + "::" + std::string(other.name);
        if (rule.declaration.find(qualified) != std::string_view::npos) return other;
    }
    return rule;
}

std::optional<std::string> deviation_title(std::string_view id) {
    for (const embedded_text& file : embedded_grammar()) {
        if (file.name != "deviations.md") continue;
        for (std::string_view rest = file.text; !rest.empty();) {
            std::string_view line = trimmed(take_line(rest));
            if (!starts_with(line, "#")) continue;
            line = trimmed(line.substr(std::min(line.find_first_not_of('#'), line.size())));
            if (!starts_with(line, id)) continue;
            line = line.substr(id.size());
            return std::string(trimmed(line.substr(std::min(line.find_first_not_of(" :.-"), line.size()))));
        }
    }
    return std::nullopt;
}

}  // namespace authlint
