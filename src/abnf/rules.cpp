#include "authgrammar/abnf/rules.hpp"

#include <unordered_set>
#include <utility>

namespace authgrammar::abnf {
namespace {

/// NAME and document of `NAME, see [RFC7230], Section 3.2.3`.
struct import_target {
    std::string name;
    std::string document;
};

std::optional<import_target> parse_import(const std::string& prose) {
    static constexpr std::string_view see = ", see [";
    const std::size_t comma = prose.find(see);
    if (comma == std::string::npos) return std::nullopt;
    const std::size_t document = comma + see.size();
    const std::size_t closing = prose.find(']', document);
    if (closing == std::string::npos) return std::nullopt;
    return import_target{prose.substr(0, comma), prose.substr(document, closing - document)};
}

/// `RFC 7230` and `RFC7230` name the same document.
bool same_document(std::string_view a, std::string_view b) {
    std::string plain;
    for (const char c : a) {
        if (c != ' ') plain += c;
    }
    return plain == b;
}

error error_at(const rule& where, const node& place, std::string message) {
    return error{where.source, place.line, place.column, std::move(message)};
}

std::optional<error> check(const rule_set& rules, const rule& owner, node& part) {
    if (part.kind == node_kind::prose) {
        const std::optional<import_target> target = parse_import(part.text);
        const rule* imported = target ? rules.find(target->name) : nullptr;
        if (imported == nullptr || imported == &owner || !same_document(imported->document, target->document)) {
            return error_at(owner, part, "<" + part.text + "> names no rule that is at hand");
        }
        part.kind = node_kind::reference;
        part.text = imported->name;
    }
    if (part.kind == node_kind::reference && rules.find(part.text) == nullptr) {
        return error_at(owner, part, "the rule " + part.text + " is not defined");
    }
    for (node& child : part.children) {
        if (std::optional<error> failure = check(rules, owner, child)) return failure;
    }
    return std::nullopt;
}

void collect_references(const node& part, std::vector<std::string>& names) {
    if (part.kind == node_kind::reference) names.push_back(part.text);
    for (const node& child : part.children) collect_references(child, names);
}

}  // namespace

std::optional<error> rule_set::add(const std::vector<rule>& rules) {
    rule_set changed = *this;
    std::unordered_map<std::string, std::size_t> here;
    for (const rule& added : rules) {
        const std::string name = fold_case(added.name);
        const auto known = changed.index_.find(name);
        const auto own = here.find(name);
        if (added.incremental) {
            if (own == here.end()) {
                return error{added.source, added.line, added.column,
                             "\"=/\" adds to the rule " + added.name + ", which this text has not defined"};
            }
            rule& base = changed.rules_[own->second];
            base.definition = make_alternation({std::move(base.definition), added.definition});
            base.text += "\n" + added.text;
            continue;
        }
        if (own != here.end()) {
            return error{added.source, added.line, added.column,
                         "the rule " + added.name + " is defined a second time"};
        }
        if (added.definition.kind == node_kind::prose) {
            const std::optional<import_target> target = parse_import(added.definition.text);
            if (target && fold_case(target->name) == name) {
                if (known == changed.index_.end() ||
                    !same_document(changed.rules_[known->second].document, target->document)) {
                    return error_at(added, added.definition,
                                    "<" + added.definition.text + "> names no rule that is at hand");
                }
                changed.rules_[known->second].import_text = added.text;
                here.emplace(name, known->second);
                continue;
            }
        }
        if (known != changed.index_.end()) {
            changed.rules_[known->second] = added;
            here.emplace(name, known->second);
        } else {
            here.emplace(name, changed.rules_.size());
            changed.index_.emplace(name, changed.rules_.size());
            changed.rules_.push_back(added);
        }
    }
    *this = std::move(changed);
    return std::nullopt;
}

const rule* rule_set::find(std::string_view name) const {
    const auto found = index_.find(fold_case(name));
    return found == index_.end() ? nullptr : &rules_[found->second];
}

result<rule_set> rule_set::resolve(list_form form) const {
    rule_set resolved = *this;
    for (rule& r : resolved.rules_) {
        result<node> expanded = expand_lists(r.definition, form, r.source);
        if (!expanded) return expanded.failure();
        r.definition = std::move(*expanded);
        if (std::optional<error> failure = check(resolved, r, r.definition)) return *failure;
    }
    return resolved;
}

std::vector<const rule*> rules_used_by(const rule_set& rules, std::string_view name) {
    std::vector<const rule*> used;
    std::unordered_set<const rule*> seen;
    if (const rule* first = rules.find(name)) {
        used.push_back(first);
        seen.insert(first);
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
        std::vector<std::string> names;
        collect_references(used[i]->definition, names);
        for (const std::string& mentioned : names) {
            const rule* next = rules.find(mentioned);
            if (next != nullptr && seen.insert(next).second) used.push_back(next);
        }
    }
    return used;
}

}  // namespace authgrammar::abnf
