#ifndef AUTHGRAMMAR_BENCH_SHAPES_HPP
#define AUTHGRAMMAR_BENCH_SHAPES_HPP

#include <authgrammar/field.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace authgrammar::bench {

/// A kind of value that can be made in any size.
struct shape {
    std::string name;
    authgrammar::field field;

    /// A value of exactly that many bytes, 64 at least. Another seed gives another value, if the shape is generated.
    std::function<std::string(std::size_t size, std::uint64_t seed)> make;
};

/// One construct of the grammar, repeated until the value is full.
const std::vector<shape>& adversarial_shapes();

/// Random values, the same in every run: what no author of an adversarial shape thought of. The values of
/// `gen_open` end inside a quoted-string, those of `gen_late` are wrong in their last byte.
const std::vector<shape>& generated_shapes();

}  // namespace authgrammar::bench

#endif
