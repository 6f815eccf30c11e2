// Proof P5: the production tokenizer equals the ABNF text, in verdict, offset of the first error and events.

#include "bisimulation.hpp"
#include "languages.hpp"
#include "mutant_tokenizer.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>

namespace {

using namespace authgrammar;
using namespace authgrammar::proofs;
using namespace authgrammar::detail;

/// Proves it for one kind of consumer.
template <typename Kind>
void prove() {
    const stopwatch watch;
    figures total;
    for (const language& l : languages()) {
        const auto found = bisimulation<tokenizer, Kind>(l.f, l.e, l.automaton, l.labels, all_bytes()).run(total);
        EXPECT_FALSE(found) << l.name() << ": " << visible(found->value) << " " << found->what;
    }
    EXPECT_GT(total.event_pairs, total.verdict_pairs);
    std::printf(
        "P5 tokenizer = ABNF in verdict, offset and events%s, for %s: %zu languages, %zu + %zu pairs, %zu steps, %.1f "
        "s\n",
        Kind::takes_text ? ", and in text" : "", Kind::name, languages().size(), total.verdict_pairs, total.event_pairs,
        total.steps, watch.seconds());
}

// shows: R7235-C-collected conforming
TEST(p5, tokenizer_equals_abnf) {
    prove<callbacks>();
    prove<stopping_callbacks>();
    prove<roomy_buffer>();
    prove<tight_buffer>();
    prove<text_consumer>();
    prove<stopping_text_consumer>();
    prove<parse_functions>();
}

/// The controls that the tokenizer reaches in a language.
std::set<int> reached_controls(const language& l) {
    std::set<int> seen{AG_START};
    for (std::vector<int> todo{AG_START}; !todo.empty();) {
        const int state = todo.back();
        todo.pop_back();
        for (int c = 0; c < AG_CLASSES; ++c) {
            const auto next = static_cast<int>(
                ag_step(ag_edition_flags[static_cast<std::size_t>(l.e)], static_cast<int>(kind_of(l.f)), state, c) &
                0xFF);
            if (next != AG_DEAD && seen.insert(next).second) todo.push_back(next);
        }
    }
    return seen;
}

/// What the mutant answers in place of `right`: dead, another state, or other actions.
std::vector<ag_step_result> wrong_answers(ag_step_result right, bool finishing) {
    std::vector<ag_step_result> wrong;
    if ((right & 0xFF) != AG_DEAD) {
        wrong.push_back(AG_DEAD);
        for (const ag_step_result action :
             {AG_MARK_END, AG_CLOSE_BEFORE, AG_OPEN, AG_CLOSE, AG_MARK_BEGIN, AG_OPEN_HERE}) {
            wrong.push_back(right ^ action);
        }
        for (ag_step_result item = 0; item <= AG_ITEM_QUOTED; item += 0x1000)
            wrong.push_back((right & ~static_cast<ag_step_result>(AG_ITEM)) | item);
    }
    if (finishing) {
        if ((right & 0xFF) == AG_DEAD) wrong.push_back(AG_START);
    } else {
        for (ag_step_result state = 0; state < AG_STATES; ++state) wrong.push_back((right & ~0xFFu) | state);
    }
    std::vector<ag_step_result> kept;
    for (const ag_step_result w : wrong) {
        if (w != right) kept.push_back(w);
    }
    return kept;
}

/// Controls by behaviour in one language: two of one number act alike for ever, and differ in what an error says.
std::vector<int> behaviours(int flags, int kind) {
    // What a limit or an unused mark asks for is not behaviour here.
    const auto actions = [](ag_step_result r) { return r & ~(AG_EMPTY | AG_MARK_END | AG_MARK_BEGIN | 0xFFu); };
    std::vector<int> number(AG_STATES + 1, 0);
    number[AG_DEAD] = -1;
    for (std::size_t before = 0, now = 1; before != now;) {
        std::map<std::vector<long>, int> signatures;
        std::vector<int> refined = number;
        for (int state = 0; state < AG_STATES; ++state) {
            std::vector<long> signature;
            for (int c = 0; c <= AG_CLASSES; ++c) {
                const ag_step_result r =
                    c == AG_CLASSES ? ag_finish(flags, kind, state) : ag_step(flags, kind, state, c);
                signature.push_back(static_cast<long>(actions(r)));
                signature.push_back(number[r & 0xFF]);
            }
            const int fresh = static_cast<int>(signatures.size());
            refined[static_cast<std::size_t>(state)] = signatures.emplace(std::move(signature), fresh).first->second;
        }
        before = now;
        now = signatures.size();
        number = refined;
    }
    return number;
}

/// Why a mutant that is not noticed means the same, or nothing: a mark that no event uses before it is set again, or
/// a control that acts alike.
const char* reason_to_survive(ag_step_result right, ag_step_result wrong, const std::vector<int>& number) {
    const ag_step_result difference = right ^ wrong;
    if ((difference & ~static_cast<ag_step_result>(AG_MARK_END | AG_MARK_BEGIN)) == 0) return "an unused mark";
    if ((difference & ~0xFFu) == 0 && number[right & 0xFF] == number[wrong & 0xFF]) return "a control that acts alike";
    return nullptr;
}

/// Whether every byte of a set leads from `state` to itself, or to a control that acts alike, and asks for nothing
/// but a limit: then running over it is right.
bool runs_like_steps(int flags, int kind, int state, unsigned set, const std::vector<int>& number) {
    for (int c = 0; c < AG_CLASSES; ++c) {
        if (!in_set(set, c)) continue;
        const ag_step_result step = ag_step(flags, kind, state, c);
        if ((step & ~(AG_EMPTY | 0xFFu)) != 0 || number[step & 0xFF] != number[static_cast<std::size_t>(state)])
            return false;
    }
    return true;
}

bool refuted(const language& l, const std::vector<unsigned char>& bytes) {
    figures ignored;
    return bisimulation<mutant_tokenizer>(l.f, l.e, l.automaton, l.labels, bytes).run(ignored).has_value();
}

// shows: R7235-C-collected violating
TEST(p5, every_wrong_step_is_noticed) {
    const stopwatch watch;
    std::size_t mutants = 0;
    std::size_t noticed = 0;
    std::map<std::string, std::size_t> survivors;
    // A mutant treats the bytes of a class alike, and so does the language.
    const std::vector<unsigned char> bytes{'\0', '\t', ' ', '"', ',', '/', '=', '\\', 'a', '!', '@'};
    for (const language& l : languages()) {
        // Fields of one kind share the step; one of each is enough.
        if (l.f != field::www_authenticate && l.f != field::authorization && l.f != field::authentication_info)
            continue;
        const auto e = static_cast<std::size_t>(l.e);
        const int flags = ag_edition_flags[e];
        const int kind = static_cast<int>(kind_of(l.f));
        const std::vector<int> number = behaviours(flags, kind);
        for (const int state : reached_controls(l)) {
            // The set of bytes over which the tokenizer runs in this control, instead of asking for a step.
            const unsigned char loop = mutant_tables::of.loops.of[state];
            for (unsigned char wrong = 0; wrong <= run_none; ++wrong) {
                if (wrong == loop) continue;
                const planted<unsigned char> here(mutant_tables::of.loops.of[state], wrong);
                ++mutants;
                if (refuted(l, bytes)) {
                    ++noticed;
                } else {
                    EXPECT_TRUE(runs_like_steps(flags, kind, state, wrong, number))
                        << l.name() << ": control " << state;
                    ++survivors["a run that the steps take as well"];
                }
            }
            for (int c = 0; c <= AG_CLASSES; ++c) {
                if (c != AG_CLASSES && in_set(loop, c)) continue;
                const ag_step_result right =
                    c == AG_CLASSES ? ag_finish(flags, kind, state) : ag_step(flags, kind, state, c);
                for (const ag_step_result wrong : wrong_answers(right, c == AG_CLASSES)) {
                    const planted<std::uint32_t> here(mutant_tables::of.languages.of[e][kind].step[state][c], wrong);
                    ++mutants;
                    if (refuted(l, bytes)) {
                        ++noticed;
                    } else if (const char* reason = reason_to_survive(right, wrong, number)) {
                        ++survivors[reason];
                    } else {
                        ADD_FAILURE() << l.name() << ": control " << state << ", class " << c << " may answer " << wrong
                                      << " for " << right;
                    }
                }
            }
        }
    }
    std::printf("P5 mutants: %zu wrong steps, %zu noticed", mutants, noticed);
    for (const auto& [reason, count] : survivors) std::printf(", %zu equal in meaning (%s)", count, reason.c_str());
    std::printf(", %.1f s\n", watch.seconds());
}

TEST(p5, a_wrong_step_is_refuted_by_a_shortest_value) {
    const language& l = languages()[0];
    ASSERT_EQ(l.f, field::www_authenticate);
    ASSERT_EQ(l.e, edition::rfc7235);
    // The erratum's one comma taken for two: "a ,a=a" would be in.
    const planted<std::uint32_t> here(mutant_tables::of.languages.of[0][AG_CHALLENGES].step[AG_SCHEME_SP][AG_COMMA],
                                      AG_COMMA_PS);
    figures ignored;
    const auto found = bisimulation<mutant_tokenizer>(l.f, l.e, l.automaton, l.labels, all_bytes()).run(ignored);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->value, "! ,!=") << visible(found->value) << found->what;
}

}  // namespace
