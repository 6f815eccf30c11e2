#include "explain/requirements.hpp"

#include "common/lines.hpp"
#include "grammar/embedded_grammar.hpp"

#include <array>

namespace authlint {

namespace {

using authgrammar::detail::take_until;

requirement read_row(std::string_view row) {
    std::array<std::string_view, 5> columns;
    for (std::string_view& column : columns) column = take_until(row, '\t');
    return {columns[0], columns[1], columns[2], columns[3], columns[4]};
}

}  // namespace

const std::vector<requirement>& all_requirements() {
    static const std::vector<requirement> all = [] {
        std::vector<requirement> rows;
        for (const embedded_text& file : embedded_grammar()) {
            if (file.name != "requirements.tsv") continue;
            std::string_view rest = file.text;
            (void)take_until(rest, '\n');  // the names of the columns
            while (!rest.empty()) rows.push_back(read_row(take_until(rest, '\n')));
        }
        return rows;
    }();
    return all;
}

}  // namespace authlint
