#include <authgrammar/writer.hpp>

#include "bulk/kernels.hpp"
#include "form_rules.hpp"
#include "internals.hpp"
#include "text_output.hpp"
#include "writing.hpp"
#include "written_memory.hpp"
#include "written_value.hpp"

#include <cstddef>
#include <string_view>

namespace authgrammar {

using namespace detail;

namespace {

/// Writes credentials of a scheme and a token68 in one line, with one SP between them, as most are: their bytes as they
/// are. Returns how many; 0 if they are others, or if there is something to be said of them.
std::size_t write_token68(const credentials& read, char* buffer, std::size_t capacity) noexcept {
    const event* const events = internals::first(read);
    const field_value& value = internals::value(read);
    if (events == nullptr || events[2].kind != event_kind::token68 || internals::lines(value) != nullptr) return 0;
    const std::size_t begin = events[1].begin;
    const std::size_t end = events[2].end;
    const std::string_view line = value.line(0);
    const written_memory memory(buffer, capacity);
    if (begin >= end || end > line.size() || end - begin > memory.size() || memory.overlaps(read)) return 0;
    // The events may be another value's: the bytes say what they are.
    const char* const from = line.data() + begin;
    event found[4];
    if (!active_kernels->read_token68_value(from, end - begin, found) || found[1].end != events[1].end - begin ||
        found[2].begin != events[2].begin - begin || found[1].end + 1 != found[2].begin) {
        return 0;
    }
    copy_bytes(buffer, from, end - begin);
    return end - begin;
}

/// Writes what was read: `Lines` views a value of several lines, `Line` the events of one.
template <typename Line, typename Lines, typename View, typename... Scheme>
write_result write_view(field f, field_kind wanted, quoting_table table, char* buffer, std::size_t capacity,
                        const View& view, bool no_challenge, Scheme... scheme) noexcept {
    write_result result;
    const written_memory memory(buffer, capacity);
    const form_rules rules(wanted, table);
    const bool null = rules.is_null();
    const bool overlap = !null && (rules.overlap(memory) || memory.overlaps(view) || (memory.overlaps(scheme) || ...));
    if (!may_write(f, wanted, no_challenge, null, overlap, result)) return result;
    const field_value& value = internals::value(view);
    if (internals::lines(value) == nullptr) {
        write(rules, buffer, memory, Line{value.line(0), internals::first(view), internals::last(view), scheme...},
              result);
    } else {
        write(rules, buffer, memory, Lines{view, scheme...}, result);
    }
    return result;
}

}  // namespace

write_result write_challenges(field f, const challenge_spec* list, std::size_t count, char* buffer,
                              std::size_t capacity, quoting_table table) noexcept {
    return write_specs(f, field_kind::challenges, table, buffer, capacity, spec_list{list, count});
}

write_result write_credentials(field f, const credentials_spec& spec, char* buffer, std::size_t capacity,
                               quoting_table table) noexcept {
    return write_specs(f, field_kind::credentials, table, buffer, capacity, spec_list{&spec, 1});
}

write_result write_info(field f, const param_spec* list, std::size_t count, char* buffer, std::size_t capacity,
                        quoting_table table, std::string_view scheme) noexcept {
    return write_specs(f, field_kind::info, table, buffer, capacity, spec_info{{list, count}, scheme});
}

write_result write_challenges(field f, const challenges& read, char* buffer, std::size_t capacity,
                              quoting_table table) noexcept {
    return write_view<line_list, read_list>(f, field_kind::challenges, table, buffer, capacity, read, read.empty());
}

write_result write_credentials(field f, const credentials& read, char* buffer, std::size_t capacity,
                               quoting_table table) noexcept {
    if (kind_of(f) == field_kind::credentials && table.count == 0) {
        const std::size_t size = write_token68(read, buffer, capacity);
        if (size != 0) return {error_code::none, size};
    }
    return write_view<line_list, read_list>(f, field_kind::credentials, table, buffer, capacity, read,
                                            internals::first(read) == nullptr);
}

write_result write_info(field f, const auth_params& read, char* buffer, std::size_t capacity, quoting_table table,
                        std::string_view scheme) noexcept {
    return write_view<line_info, read_info>(f, field_kind::info, table, buffer, capacity, read, false, scheme);
}

}  // namespace authgrammar
