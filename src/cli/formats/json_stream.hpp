#ifndef AUTHLINT_FORMATS_JSON_STREAM_HPP
#define AUTHLINT_FORMATS_JSON_STREAM_HPP

#include "formats/byte_source.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace authlint {

/// What a JSON text (RFC 8259) holds, part by part.
enum class json_part { object, object_end, array, array_end, name, string, other, end, broken };

/// Reads JSON texts from a source, one after the other, in memory that does not depend on their size. Linear.
class json_stream {
public:
    /// Nesting beyond this is refused.
    static constexpr std::size_t most_nested = 512;

    /// Longer strings are cut.
    static constexpr std::size_t longest_string = std::size_t{1} << 20;

    /// The source must outlive it.
    explicit json_stream(byte_source& source) noexcept : source_(source) {}

    /// The next part. `end` is the end of the source between two texts. Behind `broken`, only resume() goes on.
    json_part next();

    /// Of a name or a string: its characters in UTF-8; half of a surrogate pair is U+FFFD. Of `other`: as it is written.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// Passes over the value that `first`, the part that next() gave last, begins. False if it is broken.
    bool skip(json_part first);

    /// Behind `broken`: goes to the next line, where a new text begins. False if there is none.
    bool resume();

    /// Why it is broken: a sentence without a full stop.
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

    /// How many bytes were read, and in which line that is, from 1 on.
    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
    [[nodiscard]] std::size_t line() const noexcept { return line_; }

    /// How deep in arrays and objects the next part is.
    [[nodiscard]] std::size_t depth() const noexcept { return nested_.size(); }

private:
    static constexpr int none = -1;

    int peek();
    int get();
    json_part broken(std::string what);
    json_part value(int c);
    bool read_string();
    void take_plain();
    bool read_escape();
    bool read_hex(unsigned& code);
    void append_code_point(unsigned code);
    void append(char c);

    byte_source& source_;
    std::string_view rest_;
    std::string text_;
    std::string failure_;
    std::string nested_;  // '{' and '['
    std::size_t offset_ = 0;
    std::size_t line_ = 1;
    bool after_value_ = false;
    bool after_name_ = false;
    bool after_comma_ = false;
    bool ended_ = false;
};

}  // namespace authlint

#endif
