#ifndef AUTHLINT_VECTOR_SUITE_HPP
#define AUTHLINT_VECTOR_SUITE_HPP

#include <authgrammar/abnf/w_method.hpp>
#include <authgrammar/field.hpp>

#include <iosfwd>
#include <string>

namespace authlint {

/// Writes the file of vectors with the suites of all three editions for the fields of one kind, with what the
/// reference engine says of each string. `command` is put into the file as what makes it. Throws
/// std::runtime_error if the reference cannot be built, or the fields of the kind are not of one language.
void write_suite(std::ostream& out, authgrammar::field_kind kind, const authgrammar::abnf::suite_settings& settings,
                 const std::string& command);

}  // namespace authlint

#endif
