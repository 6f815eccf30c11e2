#ifndef AUTHLINT_APPENDER_HPP
#define AUTHLINT_APPENDER_HPP

#include "json/json_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace authlint {

/// Appends many small pieces to a string, which meanwhile is longer than what it holds: it grows in steps, since a std::string
/// fills what is added. Nothing else may change it until the appender is gone.
class appender {
public:
    explicit appender(std::string& out) noexcept : out_(out), size_(out.size()) {}
    appender(const appender&) = delete;
    appender& operator=(const appender&) = delete;
    ~appender() { out_.resize(size_); }

    /// Appends text as it stands. Linear.
    void put(std::string_view text) {
        std::copy(text.begin(), text.end(), room(text.size()));
        size_ += text.size();
    }

    /// Appends bytes as a JSON string. Linear.
    void put(const json_bytes& bytes) {
        const char* const end = bytes.put(room(bytes.room()));
        size_ = static_cast<std::size_t>(end - out_.data());
    }

private:
    static constexpr std::size_t step = 512;

    /// Room for so many bytes behind what was appended.
    char* room(std::size_t bytes) {
        if (out_.size() - size_ < bytes) out_.resize(size_ + bytes + step);
        return &out_[size_];
    }

    std::string& out_;
    std::size_t size_;  // of what it holds
};

}  // namespace authlint

#endif
