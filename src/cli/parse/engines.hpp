#ifndef AUTHLINT_ENGINES_HPP
#define AUTHLINT_ENGINES_HPP

#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// What an engine says of a value.
struct verdict {
    bool valid = false;
    authgrammar::error why{};                ///< if it is not valid; the offset counts from the start of the value
    std::vector<authgrammar::event> events;  ///< if it is valid: all; else the engine's events of the part before
                                             ///< the error, which need not be the same in all engines
};

/// One of the three engines, ready to read values.
class engine {
public:
    engine() = default;
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    virtual ~engine() = default;

    /// Reads the value. What it says is good until the next call. Throws std::runtime_error if the engine itself fails.
    virtual const verdict& read(authgrammar::field f, authgrammar::edition e, std::string_view value) = 0;
};

/// How an engine is to work.
struct engine_settings {
    std::string name = "tokenizer";
    std::optional<std::size_t> chunk;           ///< tokenizer: bytes a feed
    std::optional<std::filesystem::path> abnf;  ///< reference: a folder with other ABNF files
};

/// The names that make_engine knows.
[[nodiscard]] const std::vector<std::string>& engine_names();

/// The engine. Throws std::runtime_error if there is none of that name, or a setting is not its own.
[[nodiscard]] std::unique_ptr<engine> make_engine(const engine_settings& settings);

}  // namespace authlint

#endif
