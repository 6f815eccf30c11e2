#include "vector_suite.hpp"

#include "engines.hpp"

#include <authgrammar/abnf/edition.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <map>
#include <ostream>
#include <stdexcept>
#include <utility>

namespace authlint {

namespace {

using authgrammar::edition;
using authgrammar::field;
using authgrammar::field_kind;
using authgrammar::abnf::dfa;

std::uint32_t run(const dfa& automaton, std::uint32_t state, const std::string& word) {
    for (const char c : word) state = automaton.step(state, static_cast<unsigned char>(c));
    return state;
}

/// The letters of a suite.
std::vector<unsigned char> alphabet(const dfa& automaton, bool every_byte) {
    if (!every_byte) return class_representatives(automaton);
    std::vector<unsigned char> bytes;
    for (unsigned byte = 0; byte < 256; ++byte) bytes.push_back(static_cast<unsigned char>(byte));
    return bytes;
}

/// A partition of states by which words lead to acceptance: the number of each state's block.
struct partition {
    std::vector<std::size_t> block;
    std::size_t blocks = 1;

    explicit partition(std::size_t states) : block(states, 0) {}

    /// The partition after telling states apart by `word` too.
    [[nodiscard]] partition split(const dfa& automaton, const std::string& word) const {
        partition finer(block.size());
        std::map<std::pair<std::size_t, bool>, std::size_t> numbers;
        for (std::uint32_t s = 0; s < block.size(); ++s) {
            const std::pair<std::size_t, bool> key{block[s], automaton.accepting[run(automaton, s, word)]};
            finer.block[s] = numbers.emplace(key, numbers.size()).first->second;
        }
        finer.blocks = numbers.size();
        return finer;
    }
};

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

std::vector<std::string> characterising_words(const dfa& automaton) {
    const std::vector<unsigned char> letters = class_representatives(automaton);
    std::vector<std::string> words{""};
    partition known = partition(automaton.states()).split(automaton, "");
    std::vector<std::string> length_words{""};
    // Two states of a minimal automaton are told apart by a word shorter than the number of states.
    for (std::size_t length = 1; known.blocks < automaton.states(); ++length) {
        if (length > automaton.states()) throw std::runtime_error("the automaton is not minimal");
        // Only one word for each way of splitting all states has to be lengthened.
        std::map<std::vector<bool>, std::string> longer;
        for (const std::string& tail : length_words) {
            for (const unsigned char letter : letters) {
                const std::string word = static_cast<char>(letter) + tail;
                std::vector<bool> signature;
                for (std::uint32_t s = 0; s < automaton.states(); ++s)
                    signature.push_back(automaton.accepting[run(automaton, s, word)]);
                longer.emplace(std::move(signature), word);
            }
        }
        length_words.clear();
        for (const auto& entry : longer) length_words.push_back(entry.second);

        for (;;) {
            const std::string* best = nullptr;
            partition finest = known;
            for (const std::string& word : length_words) {
                partition finer = known.split(automaton, word);
                if (finer.blocks > finest.blocks) {
                    finest = std::move(finer);
                    best = &word;
                }
            }
            if (!best) break;
            words.push_back(*best);
            known = std::move(finest);
        }
    }
    return words;
}

std::set<std::string> w_method(const dfa& automaton, const suite_settings& settings) {
    const std::vector<std::string> words = characterising_words(automaton);
    const std::vector<unsigned char> letters = alphabet(automaton, settings.every_byte);
    std::set<std::string> middles;
    for (const auto& access : access_strings(automaton)) {
        if (access) middles.insert(*access);
    }
    std::set<std::string> suite;
    const auto add_all = [&] {
        for (const std::string& middle : middles) {
            for (const std::string& word : words) suite.insert(middle + word);
        }
    };
    add_all();
    for (std::size_t step = 0; step <= settings.extra_states; ++step) {
        std::set<std::string> longer;
        for (const std::string& middle : middles) {
            for (const unsigned char letter : letters) longer.insert(middle + static_cast<char>(letter));
        }
        middles = std::move(longer);
        add_all();
    }
    return suite;
}

void write_suite(std::ostream& out, field_kind kind, const suite_settings& settings, const std::string& command) {
    const std::vector<field> fields = fields_of(kind);
    std::set<std::string> values;
    std::string sizes;
    for (const edition e : authgrammar::all_editions) {
        const dfa automaton = automaton_of(e, fields);
        values.merge(w_method(automaton, settings));
        if (!sizes.empty()) sizes += ", ";
        sizes += std::string(name_of(e)) + " " + std::to_string(automaton.states() + settings.extra_states);
    }
    const nlohmann::ordered_json title = "W-method suites for " + name_of_kind(kind);
    const nlohmann::ordered_json description =
        "Complete for every implementation with at most so many states: " + sizes +
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
