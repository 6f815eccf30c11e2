#ifndef AUTHLINT_VECTOR_FILE_HPP
#define AUTHLINT_VECTOR_FILE_HPP

#include <authgrammar/edition.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// What a test vector says of its value in some editions (corpus/vectors/schema.json). Offsets count bytes from
/// the start of the joined value.
struct vector_expectation {
    std::vector<authgrammar::edition> editions;
    bool valid = false;
    std::size_t error_offset = 0;            ///< if not valid
    std::vector<authgrammar::event> events;  ///< if valid
};

/// A value, by its field lines, and what is expected of it in each of `fields`.
struct test_vector {
    std::string id;
    std::vector<authgrammar::field> fields;
    std::vector<std::string> lines;  ///< bytes
    std::vector<vector_expectation> expected;
    std::vector<std::string> flags;

    /// The value of the lines: those that are not empty, joined by ", " (RFC 9110, 5.3).
    [[nodiscard]] std::string value() const;
};

/// A file of vectors.
struct vector_file {
    std::string path;
    std::string title;
    std::vector<test_vector> vectors;
};

/// Reads a file of vectors; "-" is stdin. Throws std::runtime_error, which names the file and the vector, if it
/// cannot be read or has not the form of the schema.
[[nodiscard]] vector_file read_vector_file(const std::string& path);

/// The bytes in lower-case hexadecimal, as `raw_hex` holds them.
[[nodiscard]] std::string to_hex(std::string_view bytes);

/// The vector as one line of JSON, without a line end.
[[nodiscard]] std::string to_json(const test_vector& vector);

}  // namespace authlint

#endif
