#ifndef AUTHGRAMMAR_CORE_WRITING_HPP
#define AUTHGRAMMAR_CORE_WRITING_HPP

#include <authgrammar/error.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>

#include "composer.hpp"
#include "form_rules.hpp"
#include "measurer.hpp"
#include "written_memory.hpp"

// How any value is written, wherever its parts come from: see written_value.hpp for what a `Value` is.
namespace authgrammar::detail {

/// Goes through the parts of `value` twice: once to check and to measure them, once to write them. `result` is without an
/// error yet, and is filled in its place: it is large.
template <typename Value>
void write(const form_rules& rules, char* buffer, const written_memory& memory, const Value& value,
           write_result& result) noexcept {
    measurer measure(rules, Value::is_read ? written_memory() : memory, result);
    value.go_through(measure);
    if (!result) return;
    result.size = measure.size();
    if (result.size > memory.size()) {
        result.code = error_code::text_buffer_full;
        result.expected = "a larger buffer";
        return;
    }
    composer writing(rules, measure.forms(), buffer, result.size);
    value.go_through(writing);
}

/// What can be said before the parts are looked at. True: nothing.
inline bool may_write(field f, field_kind wanted, bool no_challenge, bool null, bool overlap,
                      write_result& result) noexcept {
    if (kind_of(f) != wanted) {
        result.code = error_code::wrong_field_kind;
        result.expected = "a field of the kind that this function writes";
    } else if (no_challenge) {
        const bool list = wanted == field_kind::challenges;
        result.code = error_code::empty_challenge_list;
        result.rule = list ? "WWW-Authenticate" : "credentials";
        result.section = list ? "RFC 7235, 4.1" : "RFC 9110, 11.4";
        result.expected = list ? "at least one challenge" : "an auth-scheme";
    } else if (null) {
        result.code = error_code::null_array;
        result.expected = an_array;
    } else if (overlap) {
        result.code = error_code::buffer_overlap;
        result.expected = outside_the_buffer;
    }
    return static_cast<bool>(result);
}

/// Writes what a caller made.
template <typename Value>
write_result write_specs(field f, field_kind wanted, quoting_table table, char* buffer, std::size_t capacity,
                         const Value& value) noexcept {
    write_result result;
    const written_memory memory(buffer, capacity);
    const form_rules rules(wanted, table);
    const bool null = rules.is_null() || value.is_null();
    const bool overlap = !null && (rules.overlap(memory) || value.overlap(memory));
    if (may_write(f, wanted, value.empty(), null, overlap, result)) write(rules, buffer, memory, value, result);
    return result;
}

}  // namespace authgrammar::detail

#endif
