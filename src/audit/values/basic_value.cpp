#include "values/basic_value.hpp"

#include <authgrammar/schemes/basic.hpp>

#include "common/field_text.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace authgrammar::audit {

namespace {

/// A combining mark (U+0300 to U+033F, by the second octet of its UTF-8) and the letters with which Unicode has one
/// character for both, in either case. More letters have one in one case alone, or with other marks.
struct mark {
    unsigned char second;
    std::string_view letters;
};
constexpr unsigned char first_of_marks = 0xCC;
constexpr mark marks[] = {{0x80, "aeiounwy"},        {0x81, "aeiouyclnrszgkmpw"}, {0x82, "aeioucghjswyz"},
                          {0x83, "ainouevy"},        {0x88, "aeiouyhwx"},         {0x8A, "au"},
                          {0x8C, "cdenrstzaiougkh"}, {0xA7, "cstgklnredh"}};

unsigned char octet(char c) noexcept { return static_cast<unsigned char>(c); }

bool is_decomposed(char letter, unsigned char second) noexcept {
    return std::any_of(std::begin(marks), std::end(marks), [&](const mark& m) {
        return m.second == second && m.letters.find(detail::lower(letter)) != std::string_view::npos;
    });
}

/// The length of the character of UTF-8 (RFC 3629, 4) at the start of `text`; 0 if there is none.
std::size_t character(std::string_view text) noexcept {
    const unsigned char first = octet(text[0]);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
    const unsigned char second = octet(text[1]);
    const bool too_low = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool too_high = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    if (too_low || too_high) return 0;
    const bool continued = std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(size),
                                       [](char c) { return octet(c) >= 0x80 && octet(c) <= 0xBF; });
    return continued ? size : 0;
}

void look_at(std::string_view text, basic_characters& found) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = character(text.substr(i));
        if (size != 1) found.ascii = false;
        if (size == 0) found.utf8 = false;
        if (size == 2 && i != 0 && octet(text[i]) == first_of_marks && is_decomposed(text[i - 1], octet(text[i + 1]))) {
            found.composed = false;
        }
        i += size == 0 ? 1 : size;
    }
}

result<schemes::basic_credentials, schemes::scheme_error> decode(const challenge& credentials, std::string& buffer) {
    buffer.resize(credentials.end() - credentials.begin());
    return schemes::read_basic_credentials(credentials, buffer.data(), buffer.size());
}

}  // namespace

std::optional<schemes::scheme_error> basic_fault(const challenge& credentials) {
    if (!credentials.has_scheme("Basic") || !credentials.token68()) return std::nullopt;
    std::string buffer;
    const auto read = decode(credentials, buffer);
    return read ? std::nullopt : std::optional(read.error());
}

std::optional<basic_characters> characters_of_basic(const challenge& credentials) {
    std::string buffer;
    const auto read = decode(credentials, buffer);
    if (!read) return std::nullopt;
    basic_characters found;
    look_at(read->user_id, found);
    look_at(read->password, found);
    return found;
}

}  // namespace authgrammar::audit
