#ifndef AUTHLINT_FORMATS_LINE_TEXT_HPP
#define AUTHLINT_FORMATS_LINE_TEXT_HPP

#include "formats/line_reader.hpp"
#include "formats/message_text.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace authlint {

/// Text made from an export that consists of lines.
class line_text : public message_text {
public:
    explicit line_text(std::unique_ptr<byte_source> source) : source_(std::move(source)) {}

protected:
    /// Takes the next line.
    virtual void take(std::string_view line, message_sink& out) = 0;

    /// Behind the last line.
    virtual void end(message_sink& out) = 0;

    /// The place of the line that take() has: "line 12".
    [[nodiscard]] std::string place() const { return "line " + std::to_string(lines_.number()); }

    bool make(message_sink& out) final {
        constexpr std::size_t enough = std::size_t{1} << 16;
        const std::size_t begin = lines_.offset();
        while (!ended_ && out.size() < enough && lines_.offset() - begin < enough) {
            const auto line = lines_.next();
            if (line) {
                if (lines_.cut()) out.unread(place(), "the line is longer than 1 MiB and was cut");
                take(*line, out);
            } else {
                ended_ = true;
                end(out);
                if (const std::string why = source_->failure(); !why.empty()) out.unread(place(), why);
                return true;
            }
        }
        return !ended_;
    }

private:
    std::unique_ptr<byte_source> source_;
    line_reader lines_{*source_};
    bool ended_ = false;
};

}  // namespace authlint

#endif
