#include "vectors/vector_suite.hpp"

#include "parse/engines.hpp"
#include "vectors/vector_file.hpp"

#include <authgrammar/abnf/edition.hpp>

#include <nlohmann/json.hpp>

#include <ostream>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace authlint {

namespace {

using authgrammar::edition;
using authgrammar::field;
using authgrammar::field_kind;
using authgrammar::abnf::dfa;
using authgrammar::abnf::suite_settings;

std::string name_of_kind(field_kind kind) {
    switch (kind) {
        case field_kind::challenges: return "challenges";
        case field_kind::credentials: return "credentials";
        case field_kind::info: break;
    }
    return "info";
}

std::vector<field> fields_of(field_kind kind) {
    std::vector<field> fields;
    for (const field f : authgrammar::all_fields) {
        if (kind_of(f) == kind) fields.push_back(f);
    }
    return fields;
}

/// The automaton of the fields in an edition.
dfa automaton_of(edition e, const std::vector<field>& fields) {
    const auto rules = authgrammar::abnf::load_edition(name_of(e));
    if (!rules) throw std::runtime_error(to_string(rules.failure()));
    std::vector<dfa> made;
    for (const field f : fields) {
        auto automaton = make_dfa(*rules, name_of(f));
        if (!automaton) throw std::runtime_error(to_string(automaton.failure()));
        made.push_back(std::move(automaton).value());
        if (made.back().next != made.front().next || made.back().accepting != made.front().accepting ||
            made.back().class_of != made.front().class_of)
            throw std::runtime_error(std::string(name_of(f)) + " has a language of its own");
    }
    return made.front();
}

/// What the reference says of the value, the editions that agree put together.
std::vector<vector_expectation> judged(engine& reference, field f, const std::string& value) {
    std::vector<vector_expectation> expected;
    for (const edition e : authgrammar::all_editions) {
        const verdict said = reference.read(f, e, value);
        vector_expectation x{{e}, said.valid, said.valid ? 0 : said.why.offset, {}};
        if (said.valid) x.events = said.events;
        bool found = false;
        for (vector_expectation& other : expected) {
            if (other.valid != x.valid || other.error_offset != x.error_offset || other.events != x.events) continue;
            other.editions.push_back(e);
            found = true;
        }
        if (!found) expected.push_back(std::move(x));
    }
    return expected;
}

/// An id that stays when other strings come or go.
std::string id_of(field_kind kind, const std::string& value) {
    return "w-" + name_of_kind(kind) + "-" + (value.empty() ? "empty" : to_hex(value));
}

}  // namespace

void write_suite(std::ostream& out, field_kind kind, const suite_settings& settings, const std::string& command) {
    const std::vector<field> fields = fields_of(kind);
    std::set<std::string> values;
    std::string sizes;
    for (const edition e : authgrammar::all_editions) {
        const dfa automaton = automaton_of(e, fields);
        for_each_suite_word(automaton, settings, [&](const std::string& word) { values.insert(word); });
        if (!sizes.empty()) sizes += ", ";
        sizes += std::string(name_of(e)) + " " + std::to_string(automaton.states() + settings.extra_states);
    }
    const nlohmann::ordered_json title = "W-method suites for " + name_of_kind(kind);
    const nlohmann::ordered_json description =
        "Complete for every implementation with at most this many states: " + sizes +
        (settings.every_byte ? "; over all 256 bytes." : "; over a byte for each class of bytes.");
    out << "{\n  \"schema\": 1,\n  \"title\": " << title << ",\n  \"description\": " << description
        << ",\n  \"generated\": true,\n  \"command\": " << nlohmann::ordered_json(command)
        << ",\n  \"flags\": {},\n  \"vectors\": [";
    const std::unique_ptr<engine> reference = make_engine({"reference", {}, {}});
    const char* separator = "\n    ";
    for (const std::string& value : values) {
        const test_vector vector{id_of(kind, value), fields, {value}, judged(*reference, fields.front(), value), {}};
        out << separator << to_json(vector);
        separator = ",\n    ";
    }
    out << "\n  ]\n}\n";
}

}  // namespace authlint
