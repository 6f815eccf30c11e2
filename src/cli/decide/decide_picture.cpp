#include "decide/decide.hpp"

#include "policy/decision_table.hpp"
#include "policy/decision_tree.hpp"

#include <algorithm>
#include <array>

namespace authlint {

namespace {

namespace policy = authgrammar::policy;

std::string values_of(const policy::table_row& row, std::size_t i, const policy::fact& fact) {
    if (row.any(i)) return "any";
    std::string list;
    for (std::size_t v = 0; v < fact.value_count; ++v) {
        if (((row.values[i] >> v) & 1u) == 0) continue;
        list += (list.empty() ? "" : ", ") + std::string(fact.values[v]);
    }
    return list;
}

std::string sent_with(const policy::outcome& o) {
    std::string text;
    const auto add = [&](policy::sending s, std::string_view field) {
        if (s == policy::sending::must_not) return;
        text += (text.empty() ? "" : ", ") + std::string(name_of(s)) + " " + std::string(field);
    };
    add(o.www_authenticate, "WWW-Authenticate");
    add(o.proxy_authenticate, "Proxy-Authenticate");
    add(o.location, "Location");
    add(o.upgrade, "Upgrade");
    add(o.retry_after, "Retry-After");
    return text.empty() ? "none of them" : text;
}

constexpr int column_width = 325;
constexpr int row_height = 62;
constexpr int box_width = 200;
constexpr int box_height = 50;
constexpr int bend_width = 26;
constexpr std::size_t line_length = 33;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else {
            out += c;
        }
    }
    return out;
}

/// A line that begins with a status code, with that in bold.
std::string with_bold_status(const std::string& line) {
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    if (digits != 3) return line;
    return "<tspan font-weight=\"bold\">" + line.substr(0, digits) + "</tspan>" + line.substr(digits);
}

std::vector<std::string> broken(std::string_view text) {
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (!lines.back().empty() && lines.back().size() + 1 + word.size() > line_length) lines.emplace_back();
        if (!lines.back().empty()) lines.back() += ' ';
        lines.back().append(word);
        at = end + 1;
    }
    return lines;
}

/// Draws the tree from left to right, a row for each verdict.
class picture {
public:
    explicit picture(const policy::decision_tree& tree) : tree_(tree) {}

    std::string draw() {
        question(0, 0);
        const int width = (deepest_ + 1) * column_width;
        const int height = rows_ * row_height + 20;
        std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(width) + " " +
                          std::to_string(height) + "\" width=\"" + std::to_string(width) + "\" height=\"" +
                          std::to_string(height) + "\" font-family=\"sans-serif\" font-size=\"11\">\n" +
                          "<title>Which status: the decisions of RFC 9110, sections 11 and 15</title>\n" +
                          "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
        return out + lines_ + boxes_ + "</svg>\n";
    }

private:
    /// Draws a question and all that follows from it, and tells how far down its middle is. What follows is drawn once.
    int question(std::size_t q, int depth) {
        const policy::tree_node& node = tree_.nodes[q];
        if (drawn_[q]) {
            const int y = next_row();
            box(depth, y, "#f4f4f4", "#777", node.text, "as above");
            return y;
        }
        drawn_[q] = true;
        struct end_point {
            int y;
            std::string_view label;
        };
        std::vector<end_point> ends;
        for (std::size_t b = 0; b < node.branch_count; ++b) {
            const policy::branch& branch = node.branches[b];
            const int y = branch.ends ? verdict(branch.end, depth + 1)
                                      : question(static_cast<std::size_t>(branch.next), depth + 1);
            ends.push_back({y, branch.label});
        }
        const int middle = (ends.front().y + ends.back().y) / 2;
        const int right = 10 + depth * column_width + box_width;
        for (const end_point& e : ends) {
            const int left = 10 + (depth + 1) * column_width;
            // A bend, and a straight end for the label to stand on.
            const std::string from = std::to_string(right);
            const std::string bend = std::to_string(right + bend_width / 2);
            lines_ += "<path d=\"M" + from + " " + std::to_string(middle) + " C" + bend + " " + std::to_string(middle) +
                      " " + bend + " " + std::to_string(e.y) + " " + std::to_string(right + bend_width) + " " +
                      std::to_string(e.y) + " H" + std::to_string(left) + "\" fill=\"none\" stroke=\"#777\"/>\n";
            boxes_ += "<text x=\"" + std::to_string(left - 5) + "\" y=\"" + std::to_string(e.y - 4) +
                      "\" text-anchor=\"end\" font-size=\"10\" fill=\"#333\">" + escaped(e.label) + "</text>\n";
        }
        box(depth, middle, "#e8eef7", "#35527e", node.text, node.section);
        return middle;
    }

    int next_row() { return 10 + rows_++ * row_height + row_height / 2; }

    int verdict(policy::verdict v, int depth) {
        const int y = next_row();
        box(depth, y, "#eef6ea", "#3c6b2a", name_of(v), "");
        return y;
    }

    void box(int depth, int y, std::string_view fill, std::string_view stroke, std::string_view text,
             std::string_view section) {
        deepest_ = std::max(deepest_, depth);
        const int x = 10 + depth * column_width;
        std::vector<std::string> lines = broken(text);
        const int count = static_cast<int>(lines.size()) + (section.empty() ? 0 : 1);
        const int height = std::max(box_height, count * 13 + 8);
        boxes_ += "<rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y - height / 2) + "\" width=\"" +
                  std::to_string(box_width) + "\" height=\"" + std::to_string(height) + "\" rx=\"5\" fill=\"" +
                  std::string(fill) + "\" stroke=\"" + std::string(stroke) + "\"/>\n";
        int line_y = y - (count - 1) * 13 / 2 + 4;
        const auto write = [&](const std::string& line, const char* colour) {
            boxes_ += "<text x=\"" + std::to_string(x + box_width / 2) + "\" y=\"" + std::to_string(line_y) +
                      "\" text-anchor=\"middle\" fill=\"" + colour + "\">" + line + "</text>\n";
            line_y += 13;
        };
        for (const std::string& line : lines) write(with_bold_status(escaped(line)), "#111");
        if (!section.empty()) write(escaped(section), "#667");
    }

    const policy::decision_tree& tree_;
    std::array<bool, policy::question_count> drawn_{};
    std::string lines_;
    std::string boxes_;
    int rows_ = 0;
    int deepest_ = 0;
};

}  // namespace

std::string table_as_markdown() {
    std::string out = "|";
    std::string rule = "|";
    std::vector<std::size_t> shown;
    std::size_t i = 0;
    const std::vector<policy::table_row> rows = policy::decision_table();
    for (const policy::fact& fact : policy::all_facts()) {
        // A fact that never matters has no column.
        if (!std::all_of(rows.begin(), rows.end(), [&](const policy::table_row& r) { return r.any(i); })) {
            shown.push_back(i);
            out += " " + std::string(fact.name) + " |";
            rule += "---|";
        }
        ++i;
    }
    out += " status | send | also | rules |\n" + rule + "---|---|---|---|\n";
    for (const policy::table_row& row : rows) {
        const policy::decision a = decide(row.example);
        out += "|";
        for (const std::size_t at : shown) out += " " + values_of(row, at, policy::all_facts().begin()[at]) + " |";
        out += " **" + std::to_string(a.status()) + "** | " + sent_with(a.recommended) + " | ";
        for (std::size_t k = 0; k < a.also.size(); ++k) {
            out += (k == 0 ? "" : ", ") + std::to_string(a.also[k].status);
        }
        out += " | ";
        std::vector<std::string_view> named;
        for (const policy::reason& r : a.recommended.reasons) {
            if (std::find(named.begin(), named.end(), r.requirement) != named.end()) continue;
            out += (named.empty() ? "" : ", ") + std::string(r.requirement);
            named.push_back(r.requirement);
        }
        out += " |\n";
    }
    return out;
}

std::string tree_as_svg() { return picture(policy::standard_tree()).draw(); }

}  // namespace authlint
