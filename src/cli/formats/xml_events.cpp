#include "formats/xml_events.hpp"

#include "formats/converters.hpp"

#if AUTHLINT_HAS_EXPAT
#include <expat.h>
#endif

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>
#include <string>
#include <utility>

namespace authlint {

std::string_view xml_attributes::operator[](std::string_view name) const noexcept {
    for (const char* const* at = all_; at[0] != nullptr; at += 2) {
        if (name == at[0]) return at[1];
    }
    return {};
}

#if AUTHLINT_HAS_EXPAT

namespace {

/// The memory of expat, which keeps every name and each piece of markup as a whole. Its functions know of no parser, so the
/// count is of all parsers.
class parser_memory {
public:
    static constexpr std::size_t most = std::size_t{24} << 20;

    static void* allocate(std::size_t size) noexcept { return reallocate(nullptr, size); }

    static void* reallocate(void* old, std::size_t size) noexcept {
        const std::size_t before = old == nullptr ? 0 : block_of(old)->size;
        if (size > most || used - before > most - size) return nullptr;
        void* const made = std::realloc(old == nullptr ? nullptr : block_of(old), sizeof(block) + size);  // NOLINT
        if (made == nullptr) return nullptr;
        used = used - before + size;
        return new (made) block{size} + 1;
    }

    static void release(void* old) noexcept {
        if (old == nullptr) return;
        used -= block_of(old)->size;
        std::free(block_of(old));  // NOLINT
    }

private:
    /// What stands before the memory that expat gets.
    struct alignas(std::max_align_t) block {
        std::size_t size;
    };
    static block* block_of(void* given) noexcept { return static_cast<block*>(given) - 1; }

    static inline std::size_t used = 0;
};

constexpr XML_Memory_Handling_Suite bounded_memory{&parser_memory::allocate, &parser_memory::reallocate,
                                                   &parser_memory::release};

class xml_text : public message_text {
public:
    xml_text(std::unique_ptr<byte_source> source, std::unique_ptr<xml_handler> handler)
        : source_(std::move(source)),
          handler_(std::move(handler)),
          parser_(XML_ParserCreate_MM(nullptr, &bounded_memory, nullptr)) {
        if (parser_ == nullptr) throw std::bad_alloc();
        XML_SetUserData(parser_, this);
        XML_SetElementHandler(parser_, &xml_text::on_begin, &xml_text::on_end);
        XML_SetCharacterDataHandler(parser_, &xml_text::on_text);
        XML_SetEntityDeclHandler(parser_, &xml_text::on_entity);
    }
    ~xml_text() override { XML_ParserFree(parser_); }

protected:
    bool make(message_sink& out) override {
        if (ended_) return false;
        out_ = &out;
        std::string_view piece = source_->next();
        bool whole = true;
        ended_ = piece.empty();
        if (ended_) {
            whole = XML_Parse(parser_, "", 0, XML_TRUE) != XML_STATUS_ERROR;
        }
        while (!piece.empty() && whole) {
            const auto size = static_cast<int>(std::min<std::size_t>(piece.size(), std::numeric_limits<int>::max()));
            whole = XML_Parse(parser_, piece.data(), size, XML_FALSE) != XML_STATUS_ERROR;
            piece.remove_prefix(static_cast<std::size_t>(size));
            given_ += static_cast<std::size_t>(size);
            if (whole && is_stuck()) {
                refuse("a tag, a comment or another piece of markup is longer than 4 MiB");
                whole = false;
            }
        }
        if (!whole) {
            ended_ = true;
            out.unread(place(), reason());
        } else if (const std::string why = source_->failure(); ended_ && !why.empty()) {
            out.unread("the end", why);
        }
        if (ended_) handler_->end(out);
        return true;
    }

private:
    static constexpr std::size_t most_nested = 256;
    static constexpr std::size_t longest_markup = std::size_t{4} << 20;

    /// Whether the markup that expat has begun is too long: it looks at all of it again with each piece.
    [[nodiscard]] bool is_stuck() const {
        const XML_Index done = XML_GetCurrentByteIndex(parser_);
        return done >= 0 && given_ - std::min(given_, static_cast<std::size_t>(done)) > longest_markup;
    }

    [[nodiscard]] std::string place() const { return "line " + std::to_string(XML_GetCurrentLineNumber(parser_)); }

    [[nodiscard]] std::string reason() const {
        if (!refusal_.empty()) return refusal_;
        const std::string why = source_->failure();
        if (!why.empty()) return why;
        const XML_Error code = XML_GetErrorCode(parser_);
        if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
            code == XML_ERROR_UNCLOSED_CDATA_SECTION) {
            return "the XML ends early";
        }
        if (code == XML_ERROR_NO_MEMORY) return "the XML has more names, or longer markup, than authlint reads";
        return std::string("the XML is broken: ") + XML_ErrorString(code);
    }

    void refuse(const char* why) {
        refusal_ = why;
        XML_StopParser(parser_, XML_FALSE);
    }

    static void on_begin(void* self, const XML_Char* name, const XML_Char** attributes) {
        auto& x = *static_cast<xml_text*>(self);
        if (++x.nested_ > most_nested) {
            x.refuse("the XML is nested too deep");
            return;
        }
        x.handler_->begin_element(name, xml_attributes(attributes));
    }
    static void on_end(void* self, const XML_Char* name) {
        auto& x = *static_cast<xml_text*>(self);
        --x.nested_;
        x.handler_->end_element(name, *x.out_);
    }
    static void on_text(void* self, const XML_Char* text, int size) {
        static_cast<xml_text*>(self)->handler_->text({text, static_cast<std::size_t>(size)});
    }
    static void on_entity(void* self, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
                          const XML_Char*, const XML_Char*) {
        static_cast<xml_text*>(self)->refuse("the XML declares an entity, which no export does");
    }

    std::unique_ptr<byte_source> source_;
    std::unique_ptr<xml_handler> handler_;
    XML_Parser parser_;
    message_sink* out_ = nullptr;
    std::string refusal_;
    std::size_t nested_ = 0;
    std::size_t given_ = 0;
    bool ended_ = false;
};

}  // namespace

bool can_read_xml() noexcept { return true; }

std::unique_ptr<message_text> text_of_xml(std::unique_ptr<byte_source> source, std::unique_ptr<xml_handler> handler) {
    return std::make_unique<xml_text>(std::move(source), std::move(handler));
}

#else

bool can_read_xml() noexcept { return false; }

std::unique_ptr<message_text> text_of_xml(std::unique_ptr<byte_source>, std::unique_ptr<xml_handler>) {
    return nullptr;
}

#endif

}  // namespace authlint
