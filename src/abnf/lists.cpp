#include "authgrammar/abnf/lists.hpp"

#include <utility>

namespace authgrammar::abnf {
namespace {

node comma() { return make_literal(","); }
node ows() { return make_reference("OWS"); }
node option(node element) { return make_repetition(0, 1, std::move(element)); }
node any_number(node element) { return make_repetition(0, unbounded, std::move(element)); }

node sender_list(const node& e, std::uint32_t at_least, std::uint32_t at_most) {
    if (at_most == 1) return at_least == 0 ? option(e) : e;
    const std::uint32_t first = at_least == 0 ? 1 : at_least;
    node more = make_repetition(first - 1, at_most == unbounded ? unbounded : at_most - 1,
                                make_concatenation({ows(), comma(), ows(), e}));
    node list = make_concatenation({e, std::move(more)});
    return at_least == 0 ? option(std::move(list)) : list;
}

/// *( OWS "," [ OWS element ] )
node rfc7230_tail(const node& e) {
    return any_number(make_concatenation({ows(), comma(), option(make_concatenation({ows(), e}))}));
}

node rfc7230_list(const node& e, std::uint32_t at_least) {
    if (at_least == 0) return option(make_concatenation({make_alternation({comma(), e}), rfc7230_tail(e)}));
    return make_concatenation({any_number(make_concatenation({comma(), ows()})), e, rfc7230_tail(e)});
}

node rfc9110_list(const node& e) {
    return make_concatenation({option(e), any_number(make_concatenation({ows(), comma(), ows(), option(e)}))});
}

node rfc2616_list(const node& e) {
    const node any_lws = any_number(make_reference("LWS"));
    return make_concatenation(
        {any_number(make_concatenation({any_lws, comma()})), any_lws, e,
         any_number(make_concatenation({any_lws, comma(), option(make_concatenation({any_lws, e}))}))});
}

/// Gives the parts that come from no text the place of the list that they replace.
node placed(node part, const node& list) {
    if (part.line == 0) {
        part.line = list.line;
        part.column = list.column;
        for (node& child : part.children) child = placed(std::move(child), list);
    }
    return part;
}

}  // namespace

result<node> expand_lists(const node& definition, list_form form, const std::string& source) {
    node made = definition;
    for (node& child : made.children) {
        result<node> expanded = expand_lists(child, form, source);
        if (!expanded) return expanded;
        child = std::move(*expanded);
    }
    if (made.kind != node_kind::list) return made;
    const node element = std::move(made.children.front());
    switch (form) {
        case list_form::sender: return placed(sender_list(element, made.at_least, made.at_most), made);
        case list_form::rfc9110_recipient: return placed(rfc9110_list(element), made);
        case list_form::rfc7230_recipient:
            if (made.at_least <= 1 && made.at_most == unbounded) {
                return placed(rfc7230_list(element, made.at_least), made);
            }
            return error{source, made.line, made.column,
                         "RFC 7230, Section 7 gives recipients no form for a list with these bounds"};
        case list_form::rfc2616: break;
    }
    if (made.at_least == 1 && made.at_most == unbounded) return placed(rfc2616_list(element), made);
    return error{source, made.line, made.column, "no form is known for a list of RFC 2616 with these bounds"};
}

}  // namespace authgrammar::abnf
