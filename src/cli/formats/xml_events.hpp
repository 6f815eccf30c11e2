#ifndef AUTHLINT_FORMATS_XML_EVENTS_HPP
#define AUTHLINT_FORMATS_XML_EVENTS_HPP

#include "formats/byte_source.hpp"
#include "formats/message_text.hpp"

#include <memory>
#include <string_view>

namespace authlint {

/// Attributes of an element.
class xml_attributes {
public:
    explicit xml_attributes(const char* const* all) noexcept : all_(all) {}

    /// The value; empty if there is none.
    [[nodiscard]] std::string_view operator[](std::string_view name) const noexcept;

private:
    const char* const* all_;
};

/// Takes the elements of an XML document as they come.
class xml_handler {
public:
    xml_handler() = default;
    xml_handler(const xml_handler&) = delete;
    xml_handler& operator=(const xml_handler&) = delete;
    virtual ~xml_handler() = default;

    virtual void begin_element(std::string_view name, const xml_attributes& attributes) = 0;
    virtual void text(std::string_view characters) = 0;
    virtual void end_element(std::string_view name, message_sink& out) = 0;
    virtual void end(message_sink& out) = 0;
};

/// Reads an XML document and hands it to `handler`, piece by piece. Entities that a document declares are refused, so that
/// nothing is expanded or fetched; nesting is bounded. An end or a mistake in the middle is said to be unread.
[[nodiscard]] std::unique_ptr<message_text> text_of_xml(std::unique_ptr<byte_source> source,
                                                        std::unique_ptr<xml_handler> handler);

}  // namespace authlint

#endif
