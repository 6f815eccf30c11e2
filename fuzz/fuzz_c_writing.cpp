// Writing through C, into buffers of the right size, of too little, and laid over what is written.

#include "fuzz_c.hpp"

#include "support/input.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

namespace authgrammar::fuzz {

namespace {

/// The same parts in both languages. Each has a copy of their bytes to itself, so that a buffer may be laid over it.
class parts_to_write {
public:
    parts_to_write(std::string_view bytes, unsigned forms) : of_c_(bytes), of_cpp_(bytes) {
        const std::vector<std::string_view> c = lines_of(of_c_.view());
        const std::vector<std::string_view> cpp = lines_of(of_cpp_.view());
        const bool with_token68 = forms % 4 == 3 && c.size() >= 2;
        for (std::size_t i = with_token68 ? 2 : 1; i + 1 < c.size(); i += 2) {
            const unsigned form = (forms >> 2) % 3;
            c_params_.push_back({to_c(c[i]), to_c(c[i + 1]), static_cast<authgrammar_form>(form)});
            cpp_params_.push_back({cpp[i], cpp[i + 1], static_cast<param_form>(form)});
        }
        authgrammar_challenge_spec c_spec{to_c(c[0]), {nullptr, 0}, c_params_.data(), c_params_.size()};
        challenge_spec cpp_spec(cpp[0], cpp_params_);
        if (with_token68) {
            c_spec.token68 = to_c(c[1]);
            cpp_spec.token68 = cpp[1];
        }
        // The same challenge up to three times, or none.
        const std::size_t count = (1 + forms / 32) % 4;
        c_list_.assign(count, c_spec);
        cpp_list_.assign(count, cpp_spec);
        c_one_ = c_spec;
        cpp_one_ = credentials_spec(cpp_spec);
    }

    [[nodiscard]] char* c_bytes() const noexcept { return const_cast<char*>(of_c_.view().data()); }
    [[nodiscard]] char* cpp_bytes() const noexcept { return const_cast<char*>(of_cpp_.view().data()); }
    [[nodiscard]] std::size_t size() const noexcept { return of_c_.view().size(); }
    [[nodiscard]] std::vector<authgrammar_param_spec>& c_params() noexcept { return c_params_; }

    authgrammar_written write_c(field_kind how, field f, char* buffer, std::size_t capacity) const {
        authgrammar_written w{};
        authgrammar_code code = AUTHGRAMMAR_OK;
        switch (how) {
            case field_kind::challenges:
                code = authgrammar_write_challenges(to_c(f), c_list_.data(), c_list_.size(), buffer, capacity, &w);
                break;
            case field_kind::credentials:
                code = authgrammar_write_credentials(to_c(f), &c_one_, buffer, capacity, &w);
                break;
            case field_kind::info:
                code = authgrammar_write_info(to_c(f), c_params_.data(), c_params_.size(), buffer, capacity, &w);
                break;
        }
        require("code_is_returned",
                code == w.code && !(planted("returns_another_code") && w.code == AUTHGRAMMAR_ERR_FORBIDDEN_OCTET));
        return w;
    }
    write_result write_cpp(field_kind how, field f, char* buffer, std::size_t capacity) const {
        switch (how) {
            case field_kind::challenges:
                return write_challenges(f, cpp_list_.data(), cpp_list_.size(), buffer, capacity);
            case field_kind::credentials: return write_credentials(f, cpp_one_, buffer, capacity);
            case field_kind::info: break;
        }
        return write_info(f, cpp_params_.data(), cpp_params_.size(), buffer, capacity);
    }

private:
    heap_copy of_c_;
    heap_copy of_cpp_;
    std::vector<authgrammar_param_spec> c_params_;
    std::vector<param_spec> cpp_params_;
    std::vector<authgrammar_challenge_spec> c_list_;
    std::vector<challenge_spec> cpp_list_;
    authgrammar_challenge_spec c_one_{};
    credentials_spec cpp_one_{};
};

/// Into buffers of their own. Whether the parts can be written at all.
bool write_apart(const parts_to_write& parts, field_kind how, field f) {
    const write_result measured = parts.write_cpp(how, f, nullptr, 0);
    require("measured_alike", same(parts.write_c(how, f, nullptr, 0), measured) &&
                                  !(planted("measures_one_too_many") && measured.size > 10));
    if (measured.code != error_code::text_buffer_full) return false;
    std::string expected(measured.size, '\0');
    const write_result written = parts.write_cpp(how, f, &expected[0], expected.size());
    const std::unique_ptr<char[]> exact(new char[measured.size]);
    std::fill_n(exact.get(), measured.size, '\x01');
    const authgrammar_written small = parts.write_c(how, f, exact.get(), measured.size - 1);
    const bool untouched = std::all_of(exact.get(), exact.get() + measured.size, [](char c) { return c == '\x01'; });
    require("too_little_room_is_left_alone",
            same(small, measured) && untouched && !(planted("writes_into_too_little") && measured.size > 8));
    const authgrammar_written whole = parts.write_c(how, f, exact.get(), measured.size);
    require("written_alike",
            same(whole, written) && std::string_view(exact.get(), whole.size) == expected &&
                !(planted("writes_a_second_challenge_twice") && expected.find(", ") != std::string::npos));
    return true;
}

/// Into the bytes of the parts themselves, from `place` on: refused or not, both languages leave the same behind.
void write_over_parts(const parts_to_write& parts, field_kind how, field f, unsigned place) {
    if (parts.size() == 0) return;
    const std::size_t begin = place % parts.size();
    for (const std::size_t capacity : {std::size_t{1}, parts.size() - begin}) {
        const write_result cpp = parts.write_cpp(how, f, parts.cpp_bytes() + begin, capacity);
        const authgrammar_written c = parts.write_c(how, f, parts.c_bytes() + begin, capacity);
        const std::string_view left(parts.c_bytes(), parts.size());
        require("overlap_is_answered_alike",
                same(c, cpp) && left == std::string_view(parts.cpp_bytes(), parts.size()) &&
                    !(planted("writes_over_the_value") && c.code == AUTHGRAMMAR_ERR_BUFFER_OVERLAP && begin > 5));
        if (cpp) return;  // the parts are no longer what they were
    }
}

/// Into the array of parameters, whose layout is of C alone.
void write_over_params(parts_to_write& parts, field_kind how, field f, unsigned place) {
    const std::size_t size = parts.c_params().size() * sizeof(authgrammar_param_spec);
    if (size == 0) return;
    char* const bytes = reinterpret_cast<char*>(parts.c_params().data());
    const std::string before(bytes, size);
    const std::size_t begin = place % size;
    const authgrammar_written c = parts.write_c(how, f, bytes + begin, size - begin);
    require("array_is_not_written_over", c.code == AUTHGRAMMAR_ERR_BUFFER_OVERLAP &&
                                             same_bytes(bytes, before.data(), size) &&
                                             !(planted("writes_over_the_array") && begin > 24));
}

}  // namespace

void write_through_c(field f, std::string_view text, unsigned forms, unsigned place) {
    for (const field_kind how : {field_kind::challenges, field_kind::credentials, field_kind::info}) {
        parts_to_write parts(text, forms);
        if (write_apart(parts, how, f)) write_over_params(parts, how, f, place);
        write_over_parts(parts, how, f, place);
    }
}

}  // namespace authgrammar::fuzz
