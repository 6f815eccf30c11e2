#include "authgrammar/abnf/events.hpp"

#include "roles.hpp"

namespace authgrammar::abnf {
namespace {

/// Puts the challenge boundaries around the parts.
class event_list {
public:
    void scheme(std::size_t begin, std::size_t end) {
        close();
        open_ = true;
        begin_ = begin;
        end_ = end;
        events_.push_back({event_kind::challenge_begin, false, begin, begin});
        events_.push_back({event_kind::scheme, false, begin, end});
    }
    void part(event_kind kind, std::size_t begin, std::size_t end) {
        events_.push_back({kind, false, begin, end});
        if (kind != event_kind::param_name) end_ = end;
    }
    void quoted_value(std::size_t begin, std::size_t end, std::size_t string_end) {
        events_.push_back({event_kind::param_value, true, begin, end});
        end_ = string_end;
    }
    std::vector<event> finish() {
        close();
        return std::move(events_);
    }

private:
    void close() {
        if (open_) events_.push_back({event_kind::challenge_end, false, begin_, end_});
        open_ = false;
    }

    std::vector<event> events_;
    bool open_ = false;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

std::optional<role> own_role(const derivation_tree& tree, std::size_t node) {
    const tree_node& n = tree[node];
    if (node == 0) return std::nullopt;
    return role_of_mention(n.rule, tree[n.parent].rule, n.ordinal);
}

}  // namespace

std::vector<event> events_of(const derivation_tree& tree) {
    event_list list;
    for (std::size_t node = 0; node < tree.size(); ++node) {
        const std::optional<role> r = own_role(tree, node);
        if (!r) continue;
        const std::size_t begin = tree[node].begin;
        const std::size_t end = tree[node].end;
        switch (*r) {
            case role::scheme: list.scheme(begin, end); break;
            case role::token68: list.part(event_kind::token68, begin, end); break;
            case role::name: list.part(event_kind::param_name, begin, end); break;
            case role::value: list.part(event_kind::param_value, begin, end); break;
            case role::quoted: {
                // The content lies between the first and the last DQUOTE that the quoted-string mentions.
                std::size_t content_begin = end;
                std::size_t content_end = begin;
                for (std::size_t below = node + 1; below < tree.size() && tree[below].begin < end; ++below) {
                    if (tree[below].parent != node || own_role(tree, below) != role::quote) continue;
                    if (content_begin == end) content_begin = tree[below].end;
                    content_end = tree[below].begin;
                }
                list.quoted_value(content_begin, content_end, end);
                break;
            }
            case role::quote:
            case role::separator: break;
        }
    }
    return list.finish();
}

std::vector<event> events_of(const std::vector<role>& roles) {
    event_list list;
    const auto run_end = [&](std::size_t begin) {
        std::size_t end = begin;
        while (end < roles.size() && roles[end] == roles[begin]) ++end;
        return end;
    };
    for (std::size_t at = 0; at < roles.size();) {
        std::size_t end = run_end(at);
        switch (roles[at]) {
            case role::scheme: list.scheme(at, end); break;
            case role::token68: list.part(event_kind::token68, at, end); break;
            case role::name: list.part(event_kind::param_name, at, end); break;
            case role::value: list.part(event_kind::param_value, at, end); break;
            case role::quote: {
                const std::size_t content = at + 1;
                const bool empty = content < roles.size() && roles[content] == role::quote;
                const std::size_t closing = empty || content == roles.size() ? content : run_end(content);
                list.quoted_value(content, closing, closing + 1);
                end = closing + 1;
                break;
            }
            case role::quoted:
            case role::separator: break;
        }
        at = end;
    }
    return list.finish();
}

std::vector<role> roles_of(const derivation_tree& tree) {
    std::vector<role> roles(tree.root().end, role::separator);
    for (std::size_t node = 0; node < tree.size(); ++node) {
        const std::optional<role> r = own_role(tree, node);
        if (!r) continue;
        for (std::size_t at = tree[node].begin; at < tree[node].end; ++at) roles[at] = *r;
    }
    return roles;
}

}  // namespace authgrammar::abnf
