#ifndef AUTHLINT_FORMATS_CONVERTED_INPUT_HPP
#define AUTHLINT_FORMATS_CONVERTED_INPUT_HPP

#include "formats/message_text.hpp"
#include "shell/input_stream.hpp"

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace authlint {

/// The text of messages that is made from an export, as an input. Offsets are those of the text.
class converted_input : public kept_input {
public:
    explicit converted_input(std::unique_ptr<message_text> from) noexcept : from_(std::move(from)) {}

    /// Keeps the origins of all messages, and not only of the last ones.
    void keep_all_origins() noexcept { most_ = std::numeric_limits<std::size_t>::max(); }

    /// Where the byte was in the export; null if that is not known any more. Logarithmic. Good until the next piece is read.
    [[nodiscard]] const text_origin* origin_of(std::size_t offset) const noexcept override;

    /// What of the export could not be read so far and was not taken yet.
    [[nodiscard]] std::vector<unread_part> take_unread();

    /// Origins that are kept: half of them at least, the last ones.
    static constexpr std::size_t most_origins = std::size_t{1} << 17;

protected:
    std::size_t fill(char* into, std::size_t size) override;

private:
    std::unique_ptr<message_text> from_;
    std::size_t most_ = most_origins;
    std::string text_;  // made, and not yet given from given_ on
    std::size_t given_ = 0;
    std::vector<text_origin> origins_;
    std::vector<unread_part> unread_;
};

}  // namespace authlint

#endif
