#include "lint/linted_file.hpp"

#include "formats/apply_origin.hpp"

#include <authgrammar/audit/message_reader.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace authlint {

using authgrammar::audit::message;
using authgrammar::audit::reading_limits;

namespace {

const std::vector<message> no_messages;

/// Bytes that are in memory anyway.
class held_input : public input_stream {
public:
    explicit held_input(std::string_view bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] std::size_t read(std::size_t offset, char* into, std::size_t size) override {
        if (offset >= bytes_.size()) return 0;
        const std::string_view found = bytes_.substr(offset, size);
        std::memcpy(into, found.data(), found.size());
        return found.size();
    }

private:
    std::string_view bytes_;
};

}  // namespace

/// The stream, whose lines are counted as they come.
class linted_file::counted_source : public authgrammar::audit::input_source {
public:
    counted_source(input_stream& stream, line_index& lines) noexcept : stream_(stream), lines_(lines) {}

    [[nodiscard]] std::size_t read(std::size_t offset, char* into, std::size_t size) override {
        const std::size_t n = stream_.read(offset, into, size);
        lines_.see(offset, {into, n});
        if (!kept_ && offset > message_ + far) {
            kept_ = true;
            lines_.keep(message_);
        }
        return n;
    }
    void begin_message(std::size_t offset) override {
        message_ = offset;
        kept_ = false;
    }
    void release(std::size_t offset) override { stream_.release(offset); }
    [[nodiscard]] std::size_t oldest() const override { return stream_.oldest(); }
    [[nodiscard]] bool can_keep_to(std::size_t offset) const override { return stream_.can_keep_to(offset); }

private:
    /// Behind the start of a message that is so long its line is found out, while the bytes before it are there.
    static constexpr std::size_t far = std::size_t{4} << 20;

    input_stream& stream_;
    line_index& lines_;
    std::size_t message_ = 0;
    bool kept_ = false;
};

linted_file::linted_file(std::string given, std::string_view all, const std::vector<message>& read)
    : name(std::move(given)),
      bytes(all),
      messages(read),
      held_(std::make_unique<held_input>(all)),
      stream_(held_.get()),
      lines_(std::make_unique<line_index>(*stream_)) {}

linted_file::linted_file(std::string given, input_stream& stream)
    : name(std::move(given)),
      messages(no_messages),
      stream_(&stream),
      lines_(std::make_unique<line_index>(stream)),
      source_(std::make_unique<counted_source>(stream, *lines_)) {}

linted_file::~linted_file() = default;

authgrammar::audit::input_source& linted_file::source() noexcept { return *source_; }

void linted_file::take(const message& m) {
    current_ = &m;
    if (m.header == nullptr) return;
    if (starts_.size() == most_starts) starts_.pop_front();
    starts_.push_back({m.start_line.offset, m.place, m.line_prefix});
}

/// Of a byte of the header section of the message that was taken last: that is in memory, and its body may be longer than what
/// is kept. Linear in what is before the byte.
std::optional<line_index::place> linted_file::place_in_header(std::size_t offset) const {
    if (current_ == nullptr || current_->header == nullptr || offset < current_->start_line.offset) return std::nullopt;
    const std::size_t size = offset - current_->start_line.offset;
    if (size > current_->header->size()) return std::nullopt;
    const std::string_view before = std::string_view(*current_->header).substr(0, size);
    std::optional<line_index::place> place = lines_->place_of(current_->start_line.offset);
    if (!place) return std::nullopt;
    const std::size_t lf = before.rfind('\n');
    place->line += line_index::lines_in(before);
    place->column = lf == std::string_view::npos ? place->column + before.size() : before.size() - lf;
    return place;
}

/// Whether counting from the start of that message on takes no longer than to read bytes near the place again.
bool linted_file::is_near_start(std::size_t offset) const noexcept {
    return current_ != nullptr && offset >= current_->start_line.offset &&
           offset - current_->start_line.offset <= line_index::near_marks;
}

text_place linted_file::place_of(std::size_t offset) const {
    std::optional<line_index::place> found;
    if (is_near_start(offset)) found = place_in_header(offset);
    if (!found) found = lines_->place_of(offset);
    if (!found) found = place_in_header(offset);
    const text_origin* const origin = stream_->origin_of(offset);
    text_place place = found ? text_place{found->line, found->column} : text_place{0, 0};
    if (origin == nullptr) return place;
    place.label = origin->label;
    const std::optional<line_index::place> start = lines_->place_of(origin->offset);
    place.line = found && start ? found->line - start->line + 1 : 0;
    return place;
}

void linted_file::add_origin(message& m) const {
    const text_origin* const origin = stream_->origin_of(m.start_line.offset);
    if (origin != nullptr) apply(*origin, m);
}

const message* linted_file::message_at(std::size_t offset) const {
    if (!messages.empty()) {
        const auto after = std::upper_bound(messages.begin(), messages.end(), offset,
                                            [](std::size_t at, const message& m) { return at < m.start_line.offset; });
        return after == messages.begin() ? nullptr : &*(after - 1);
    }
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset,
                                        [](std::size_t at, const message_start& m) { return at < m.offset; });
    if (after == starts_.begin()) return nullptr;
    const message_start& start = *(after - 1);
    if (found_.header != nullptr && found_.start_line.offset == start.offset) return &found_;
    const std::size_t prefix = start.line_prefix == '\0' ? 0 : 2;
    if (start.offset - prefix < stream_->oldest()) return nullptr;
    message first;
    first.start_line.offset = start.offset;
    first.place = start.place;
    first.line_prefix = start.line_prefix;
    found_ = read_header_again(*stream_, first, reading_limits::standard());
    return &found_;
}

std::string linted_file::bytes_at(std::size_t offset, std::size_t size) const {
    std::string out(size, '\0');
    std::size_t done = 0;
    while (done < size && offset + done >= stream_->oldest()) {
        const std::size_t n = stream_->read(offset + done, &out[done], size - done);
        if (n == 0) break;
        done += n;
    }
    out.resize(done);
    return out;
}

}  // namespace authlint
