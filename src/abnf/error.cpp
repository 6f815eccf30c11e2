#include "authgrammar/abnf/error.hpp"

namespace authgrammar::abnf {

std::string to_string(const error& failure) {
    std::string text = failure.source;
    if (failure.line != 0) {
        text += (text.empty() ? "" : ":") + std::to_string(failure.line) + ":" + std::to_string(failure.column);
    }
    return text.empty() ? failure.message : text + ": " + failure.message;
}

}  // namespace authgrammar::abnf
