#include "formats/without_colours.hpp"

#include <utility>

namespace authlint {

namespace {

class plain_source : public filtered_source {
public:
    using filtered_source::filtered_source;

private:
    enum class state { text, escape, sequence, string, string_escape };

    void take(char c, std::string& out) override {
        constexpr char esc = '\x1B';
        switch (state_) {
            case state::text:
                if (c == esc) {
                    state_ = state::escape;
                } else {
                    out += c;
                }
                break;
            case state::escape:
                // OSC, DCS, APC, PM and SOS hold text; what is in ' ' to '/' goes on; anything else ends it.
                if (c == '[') {
                    state_ = state::sequence;
                } else if (c == ']' || c == 'P' || c == '_' || c == '^' || c == 'X') {
                    state_ = state::string;
                } else if (c < ' ' || c > '/') {
                    state_ = state::text;
                    if (c == '\n') out += c;
                }
                break;
            case state::sequence:
                if ((c >= '@' && c <= '~') || c == '\n') state_ = state::text;
                if (c == '\n') out += c;
                break;
            case state::string:
                if (c == '\a' || c == '\n') state_ = state::text;
                if (c == esc) state_ = state::string_escape;
                if (c == '\n') out += c;
                break;
            case state::string_escape:
                state_ = c == '\\' || c == '\n' ? state::text : state::string;
                if (c == '\n') out += c;
                break;
        }
    }

    state state_ = state::text;
};

}  // namespace

std::unique_ptr<byte_source> without_colours(std::unique_ptr<byte_source> source) {
    return std::make_unique<plain_source>(std::move(source));
}

}  // namespace authlint
