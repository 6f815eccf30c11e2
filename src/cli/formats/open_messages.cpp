#include "formats/open_messages.hpp"

#include "formats/byte_source.hpp"
#include "formats/open_export.hpp"
#include "shell/terminal.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace authlint {

namespace {

/// The bytes of a stream from its start, as converters read them. The stream must outlive it.
class stream_source : public byte_source {
public:
    explicit stream_source(input_stream& stream) : stream_(stream) {}

    std::string_view next() override {
        buffer_.resize(std::size_t{1} << 16);
        const std::size_t n = stream_.read(at_, buffer_.data(), buffer_.size());
        at_ += n;
        stream_.release(at_);
        return std::string_view(buffer_).substr(0, n);
    }
    [[nodiscard]] std::string failure() const override { return stream_.failure(); }

private:
    input_stream& stream_;
    std::size_t at_ = 0;
    std::string buffer_;
};

}  // namespace

opened_input open_messages(const std::string& path, const std::string& kind) {
    opened_input input;
    if (path == "-") announce_terminal_input("HTTP messages");
    input.file = open_input(path, input.refusal);
    if (input.file == nullptr || kind == "text") return input;
    opened_export opened = open_export(std::make_unique<stream_source>(*input.file), kind);
    input.refusal = std::move(opened.refusal);
    if (opened.messages != nullptr) input.made = std::make_unique<converted_input>(std::move(opened.messages));
    return input;
}

void complain_of_unread(const std::string& source, const unread_part& part) {
    complain(source + ": " + (part.place.empty() ? "" : part.place + ": not read: ") + part.reason);
}

}  // namespace authlint
