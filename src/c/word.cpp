#include "convert.hpp"

using namespace authgrammar;
using namespace authgrammar::c;

std::size_t authgrammar_word_size(const authgrammar_word* word) { return is_word(word) ? text_of(*word).size() : 0; }

authgrammar_code authgrammar_word_unescape(const authgrammar_word* word, char* buffer, std::size_t capacity,
                                           std::size_t* size) {
    if (size != nullptr) *size = 0;
    if (!is_word(word) || !is_array(buffer, capacity)) return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    const result<std::size_t> written = text_of(*word).unescape(buffer, capacity);
    if (written) {
        if (size != nullptr) *size = *written;
        return AUTHGRAMMAR_OK;
    }
    if (size != nullptr) *size = written.error().offset;
    return static_cast<authgrammar_code>(written.error().code);
}

authgrammar_code authgrammar_word_string(const authgrammar_word* word, char* buffer, std::size_t capacity,
                                         std::size_t* size) {
    if (size != nullptr) *size = 0;
    if (!is_word(word) || !is_array(buffer, capacity)) return AUTHGRAMMAR_ERR_INVALID_ARGUMENT;
    std::size_t written = text_of(*word).size();
    authgrammar_code code = AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL;
    if (capacity != 0) {
        code = authgrammar_word_unescape(word, buffer, capacity - 1, &written);
        if (code != AUTHGRAMMAR_ERR_BUFFER_OVERLAP) buffer[code == AUTHGRAMMAR_OK ? written : 0] = '\0';
    }
    if (size != nullptr) *size = written;
    return code;
}

int authgrammar_word_is(const authgrammar_word* word, authgrammar_text other) {
    return is_word(word) && is_text(other) && text_of(*word).equals(view(other)) ? 1 : 0;
}

int authgrammar_word_is_ignoring_case(const authgrammar_word* word, authgrammar_text other) {
    return is_word(word) && is_text(other) && text_of(*word).equals_ignoring_case(view(other)) ? 1 : 0;
}
