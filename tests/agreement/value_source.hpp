#ifndef AUTHGRAMMAR_TESTS_AGREEMENT_VALUE_SOURCE_HPP
#define AUTHGRAMMAR_TESTS_AGREEMENT_VALUE_SOURCE_HPP

#include <support/judge.hpp>
#include <support/mutator.hpp>
#include <support/random.hpp>

#include <cstdint>
#include <string>

namespace authgrammar::agreement {

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
