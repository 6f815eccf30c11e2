#include <authgrammar/abnf/w_method.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

namespace authgrammar::abnf {

namespace {

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

/// A suite while it is visited.
struct suite {
    const std::vector<unsigned char> letters;
    const std::vector<std::string> words;
    const std::function<void(const std::string&)>& visit;

    /// The strings that begin with `start`, and then have at most so many letters before the word.
    void extend(const std::string& start, std::size_t most) const {
        for (const std::string& word : words) visit(start + word);
        if (most == 0) return;
        for (const unsigned char letter : letters) extend(start + static_cast<char>(letter), most - 1);
    }
};

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

void for_each_suite_word(const dfa& automaton, const suite_settings& settings,
                         const std::function<void(const std::string&)>& visit) {
    const suite made{alphabet(automaton, settings.every_byte), characterising_words(automaton), visit};
    for (const std::optional<std::string>& access : access_strings(automaton)) {
        if (!access) throw std::runtime_error("the automaton is not minimal");
        made.extend(*access, settings.extra_states + 1);
    }
}

}  // namespace authgrammar::abnf
