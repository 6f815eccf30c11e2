#include "abnf_mutants.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::proofs {
namespace {

using abnf::node;
using abnf::node_kind;
using abnf::unbounded;

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// What can stand in an ABNF string.
bool is_string_char(int c) { return c >= 0x20 && c <= 0x7E && c != '"'; }

class mutator {
public:
    explicit mutator(const std::vector<std::string>& names) : names_(names) {}

    std::vector<abnf_mutant> all(const node& n) {
        std::vector<abnf_mutant> made = here(n);
        for (std::size_t i = 0; i < n.children.size(); ++i) {
            for (abnf_mutant& m : all(n.children[i])) {
                node whole = n;
                whole.children[i] = std::move(m.definition);
                made.push_back({std::move(m.change), std::move(whole)});
            }
        }
        return made;
    }

private:
    std::vector<abnf_mutant> here(const node& n) {
        std::vector<abnf_mutant> made;
        switch (n.kind) {
            case node_kind::alternation: drop(n, "drop an alternative", made); break;
            case node_kind::concatenation:
                drop(n, "drop an element", made);
                exchange(n, made);
                break;
            case node_kind::repetition:
            case node_kind::list: bounds(n, made); break;
            case node_kind::reference:
                for (const std::string& name : names_) {
                    if (abnf::fold_case(name) != abnf::fold_case(n.text)) {
                        made.push_back({"refer to another rule", abnf::make_reference(name)});
                    }
                }
                break;
            case node_kind::literal: literal(n, made); break;
            case node_kind::range: range(n, made); break;
            case node_kind::prose: break;
        }
        return made;
    }

    static void drop(const node& n, const char* change, std::vector<abnf_mutant>& made) {
        for (std::size_t i = 0; i < n.children.size(); ++i) {
            node without = n;
            without.children.erase(without.children.begin() + static_cast<std::ptrdiff_t>(i));
            made.push_back({change, std::move(without)});
        }
    }

    static void exchange(const node& n, std::vector<abnf_mutant>& made) {
        for (std::size_t i = 1; i < n.children.size(); ++i) {
            node other = n;
            std::swap(other.children[i - 1], other.children[i]);
            made.push_back({"exchange two elements", std::move(other)});
        }
    }

    static void bounds(const node& n, std::vector<abnf_mutant>& made) {
        const auto with = [&](const char* change, std::uint32_t at_least, std::uint32_t at_most) {
            node other = n;
            other.at_least = at_least;
            other.at_most = at_most;
            made.push_back({change, std::move(other)});
        };
        if (n.at_least < n.at_most) with("raise the lower bound", n.at_least + 1, n.at_most);
        if (n.at_least > 0) with("lower the lower bound", n.at_least - 1, n.at_most);
        if (n.at_most == unbounded) {
            with("set an upper bound", n.at_least, std::max(n.at_least, 1U));
            with("set an upper bound", n.at_least, std::max(n.at_least, 1U) + 1);
        } else {
            with("raise the upper bound", n.at_least, n.at_most + 1);
            with("lift the upper bound", n.at_least, unbounded);
        }
        made.push_back({"drop a repetition", abnf::make_literal("")});
        made.push_back({"once and not repeated", n.children.front()});
    }

    static void literal(const node& n, std::vector<abnf_mutant>& made) {
        for (std::size_t i = 0; i < n.text.size(); ++i) {
            for (const int by : {-1, 1}) {
                if (!is_string_char(n.text[i] + by)) continue;
                node other = n;
                other.text[i] = static_cast<char>(n.text[i] + by);
                made.push_back({"another byte", std::move(other)});
            }
        }
        if (std::any_of(n.text.begin(), n.text.end(), is_letter)) {
            node other = n;
            other.any_case = !n.any_case;
            made.push_back({"the case", std::move(other)});
        }
        made.push_back({"drop a literal", abnf::make_literal("")});
    }

    static void range(const node& n, std::vector<abnf_mutant>& made) {
        for (const int low : {-1, 0, 1}) {
            for (const int high : {-1, 0, 1}) {
                const int from = n.low + low;
                const int to = n.high + high;
                if ((low == 0 && high == 0) || from < 0 || to > 0xFF || from > to) continue;
                node other = n;
                other.low = static_cast<std::uint8_t>(from);
                other.high = static_cast<std::uint8_t>(to);
                made.push_back({"another range", std::move(other)});
            }
        }
    }

    const std::vector<std::string>& names_;
};

}  // namespace

std::vector<abnf_mutant> mutants_of(const node& original, const std::vector<std::string>& names) {
    return mutator(names).all(original);
}

}  // namespace authgrammar::proofs
