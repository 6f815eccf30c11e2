#ifndef AUTHGRAMMAR_FUZZ_INPUT_HPP
#define AUTHGRAMMAR_FUZZ_INPUT_HPP

#include <authgrammar/edition.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace authgrammar::fuzz {

/// What a fuzzer hands in: a text as it stands, and behind it the bytes that choose options, so that a corpus file
/// begins with a readable field value. An input that is too short for its options has none of them, and no text.
class input {
public:
    input(const std::uint8_t* data, std::size_t size, std::size_t option_bytes) noexcept
        : text_(reinterpret_cast<const char*>(data), size > option_bytes ? size - option_bytes : 0),
          options_(size >= option_bytes ? data + (size - option_bytes) : nullptr) {}

    [[nodiscard]] std::string_view text() const noexcept { return text_; }

    /// Option byte number `i`, counted from the first behind the text; 0 if there are none.
    [[nodiscard]] unsigned option(std::size_t i) const noexcept { return options_ == nullptr ? 0 : options_[i]; }

    /// The field and the edition that one option byte chooses, 18 pairs, and what is left of the byte: 0 to 14.
    [[nodiscard]] field field_option(std::size_t i) const noexcept { return all_fields[option(i) % 6]; }
    [[nodiscard]] edition edition_option(std::size_t i) const noexcept { return all_editions[option(i) / 6 % 3]; }
    [[nodiscard]] unsigned rest_option(std::size_t i) const noexcept { return option(i) / 18; }

private:
    std::string_view text_;
    const std::uint8_t* options_;
};

/// Bytes in a heap block of exactly their size, so that a sanitizer sees the first read beyond either end.
class heap_copy {
public:
    explicit heap_copy(std::string_view bytes) : bytes_(new char[bytes.size()]), size_(bytes.size()) {
        if (!bytes.empty()) std::memcpy(bytes_.get(), bytes.data(), bytes.size());
    }
    [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

}  // namespace authgrammar::fuzz

#endif
