#ifndef AUTHGRAMMAR_TESTS_AGREEMENT_VALUE_SOURCE_HPP
#define AUTHGRAMMAR_TESTS_AGREEMENT_VALUE_SOURCE_HPP

#include <support/judge.hpp>
#include <support/mutator.hpp>
#include <support/random.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace authgrammar::agreement {

/// A number of the environment, or `otherwise` where it has none: how scripts/test makes these tests long.
[[nodiscard]] inline std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// How many values a test reads for each language: its own number, or AUTHGRAMMAR_AGREEMENT_VALUES.
[[nodiscard]] inline std::uint64_t values_for_each(std::uint64_t otherwise) {
    return from_environment("AUTHGRAMMAR_AGREEMENT_VALUES", otherwise);
}

/// The seed of a test: its own, or one made of that and AUTHGRAMMAR_AGREEMENT_SEED.
[[nodiscard]] inline std::uint64_t seed(std::uint64_t own) {
    return own + (from_environment("AUTHGRAMMAR_AGREEMENT_SEED", 0) << 32);
}

/// An endless sequence of values for one field and edition, the same for the same seed: those that the fuzz targets'
/// generator makes, with up to three edits.
class value_source {
public:
    value_source(field f, edition e, std::uint64_t seed) : field_(f), edition_(e), random_(seed) {}

    [[nodiscard]] std::string next() {
        std::string value = fuzz::header_value(field_, edition_, random_);
        for (std::size_t edits = random_.below(4); edits != 0; --edits) fuzz::edit(value, random_, fuzz::header_text);
        if (value.size() > 400) value.resize(400);
        return value;
    }

private:
    field field_;
    edition edition_;
    fuzz::random_source random_;
};

}  // namespace authgrammar::agreement

#endif
