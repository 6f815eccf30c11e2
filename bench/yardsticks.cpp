#include "yardsticks.hpp"

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/peg/parse.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <string_view>

namespace authgrammar::bench {

namespace {

/// The table [byte][state]: the row of a byte is known before the state is, so that only one load is waited for.
class table_automaton {
public:
    explicit table_automaton(std::string_view rule) {
        const auto rules = abnf::load_edition("rfc9110-recipient");
        if (!rules) throw std::runtime_error(abnf::to_string(rules.failure()));
        const auto made = abnf::make_dfa(*rules, rule);
        if (!made) throw std::runtime_error(abnf::to_string(made.failure()));
        if (made->states() > width) throw std::runtime_error("the automaton of " + std::string(rule) + " is too large");
        for (std::size_t byte = 0; byte < 256; ++byte) {
            for (std::uint32_t state = 0; state < made->states(); ++state) {
                next_[byte * width + state] =
                    static_cast<std::uint8_t>(made->step(state, static_cast<unsigned char>(byte)));
            }
        }
        for (std::size_t state = 0; state < made->states(); ++state) accepting_[state] = made->accepting[state];
        start_ = static_cast<std::uint8_t>(made->start);
    }

    [[nodiscard]] bool accepts(std::string_view value) const noexcept {
        std::uint64_t state = start_;
        for (const char c : value) state = next_[static_cast<unsigned char>(c) * width + state];
        return accepting_[state];
    }

private:
    static constexpr std::size_t width = 32;
    std::array<std::uint8_t, 256 * width> next_{};
    std::array<bool, width> accepting_{};
    std::uint8_t start_ = 0;
};

class path_t final : public path {
public:
    path_t() : path("yardstick/T") {}

    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override {
        const table_automaton& automaton = of.field == field::authorization ? credentials_ : challenges_;
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) sum += automaton.accepts(of.values[i]);
        return sum;
    }

    outcome read(const item& of, std::size_t index) override {
        outcome o;
        o.valid = run(of, index, index + 1) == 1;
        return o;
    }

private:
    table_automaton challenges_{"WWW-Authenticate"};
    table_automaton credentials_{"Authorization"};
};

class path_r final : public path {
public:
    path_r() : path("yardstick/R") {}

    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override {
        event_buffer& events = shared_events();
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            sum += parse(of, i).valid + events.size();
            benchmark::ClobberMemory();
            if (events.size() != 0) sum += events[events.size() - 1].end;
        }
        return sum;
    }

    outcome read(const item& of, std::size_t index) override {
        outcome o;
        const peg::verdict v = parse(of, index);
        o.valid = v.valid;
        o.has_offset = !v.valid;
        o.offset = v.error_offset;
        // Of a value that is refused the grammar's own reading of a prefix was reported.
        if (v.valid) tell_events(o, shared_events().begin(), shared_events().end());
        return o;
    }

private:
    static peg::verdict parse(const item& of, std::size_t index) noexcept {
        event_buffer& events = shared_events();
        events.clear();
        return peg::parse(of.field, edition::rfc9110_recipient, of.values[index], sink_for(events));
    }
};

class path_r_recognise final : public path {
public:
    path_r_recognise() : path("yardstick/R-recognise") {}

    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override {
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) sum += recognise(of, i).valid;
        return sum;
    }

    outcome read(const item& of, std::size_t index) override {
        outcome o;
        const peg::verdict v = recognise(of, index);
        o.valid = v.valid;
        o.has_offset = !v.valid;
        o.offset = v.error_offset;
        return o;
    }

private:
    static peg::verdict recognise(const item& of, std::size_t index) noexcept {
        return peg::recognise(of.field, edition::rfc9110_recipient, of.values[index]);
    }
};

/// Makes a chain of additions, each waiting for the one before, and answers how many; 0 on processors for which there
/// is no such chain here.
std::uint64_t dependent_additions() noexcept {
    constexpr std::uint64_t blocks = 400;
    // Register to register, because additions of constants are folded away by recent processors.
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
    std::uint64_t chain = 1;
    const std::uint64_t step = 3;
    for (std::uint64_t i = 0; i < blocks; ++i) {
        asm volatile(".rept 100\n\tadd %1, %0\n\t.endr" : "+r"(chain) : "r"(step) : "cc");
    }
    benchmark::DoNotOptimize(chain);
    return blocks * 100;
#elif defined(__aarch64__) && (defined(__GNUC__) || defined(__clang__))
    std::uint64_t chain = 1;
    const std::uint64_t step = 3;
    for (std::uint64_t i = 0; i < blocks; ++i) {
        asm volatile(".rept 100\n\tadd %0, %0, %1\n\t.endr" : "+r"(chain) : "r"(step));
    }
    benchmark::DoNotOptimize(chain);
    return blocks * 100;
#else
    return 0 * blocks;
#endif
}

}  // namespace

std::vector<std::unique_ptr<path>> yardsticks() {
    std::vector<std::unique_ptr<path>> list;
    list.push_back(std::make_unique<path_t>());
    list.push_back(std::make_unique<path_r>());
    list.push_back(std::make_unique<path_r_recognise>());
    return list;
}

calibration calibrate(const item& of) {
    using clock = std::chrono::steady_clock;
    const auto nanoseconds = [](clock::duration d) { return std::chrono::duration<double, std::nano>(d).count(); };
    constexpr int pairs = 1000;
    path_t t;
    calibration found;
    std::vector<double> ratios;
    for (int i = 0; i < pairs; ++i) {
        const clock::time_point start = clock::now();
        const std::uint64_t additions = dependent_additions();
        const clock::time_point middle = clock::now();
        benchmark::DoNotOptimize(t.run(of, 0, of.values.size()));
        const clock::time_point end = clock::now();
        if (additions == 0) return found;
        const double ghz = static_cast<double>(additions) / nanoseconds(middle - start);
        found.ghz = std::max(found.ghz, ghz);
        ratios.push_back(nanoseconds(end - middle) / static_cast<double>(of.bytes()) * ghz);
    }
    std::nth_element(ratios.begin(), ratios.begin() + pairs / 2, ratios.end());
    found.t_cycles_per_byte = ratios[pairs / 2];
    return found;
}

}  // namespace authgrammar::bench
