#include "authgrammar/abnf/print.hpp"

#include <map>
#include <optional>

namespace authgrammar::abnf {
namespace {

std::string hex(unsigned byte) {
    static constexpr char digits[] = "0123456789ABCDEF";
    return {digits[(byte >> 4) & 15], digits[byte & 15]};
}

std::string describe_byte(unsigned byte) {
    if (byte == 0x09) return "HTAB";
    if (byte == 0x20) return "SP";
    if (byte == 0x22) return "DQUOTE";
    if (byte > 0x20 && byte < 0x7F) return std::string("'") + static_cast<char>(byte) + "'";
    return hex(byte);
}

/// The classes that lead from a state to each target.
std::map<std::uint32_t, std::vector<std::size_t>> transitions(const dfa& a, std::size_t state) {
    std::map<std::uint32_t, std::vector<std::size_t>> by_target;
    for (std::size_t c = 0; c < a.classes; ++c) by_target[a.next[state * a.classes + c]].push_back(c);
    return by_target;
}

std::string class_list(const std::vector<std::size_t>& classes) {
    std::string text;
    for (const std::size_t c : classes) text += (text.empty() ? "" : ",") + std::to_string(c);
    return text;
}

}  // namespace

std::string quote(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == '\t')
            quoted += "\\t";
        else if (byte == '"' || byte == '\\')
            quoted += std::string("\\") + c;
        else if (byte >= 0x20 && byte < 0x7F)
            quoted += c;
        else
            quoted += "\\x" + hex(byte);
    }
    return quoted + "\"";
}

std::string describe_class(const dfa& a, std::size_t byte_class) {
    // A range never runs from visible characters into others or from letters into the rest, to stay readable.
    const auto kind = [](unsigned b) {
        if (b >= '0' && b <= '9') return 1;
        if (b >= 'A' && b <= 'Z') return 2;
        if (b >= 'a' && b <= 'z') return 3;
        if (b == 0x09 || b == 0x20 || b == 0x22) return 4;
        return b > 0x20 && b < 0x7F ? 5 : b < 0x20 ? 6 : 7;
    };
    std::string text;
    for (unsigned b = 0; b < 256; ++b) {
        if (a.class_of[b] != byte_class) continue;
        unsigned end = b;
        while (end < 255 && a.class_of[end + 1] == byte_class && kind(end + 1) == kind(b)) ++end;
        if (!text.empty()) text += ' ';
        text += describe_byte(b);
        if (end > b) text += (end > b + 1 ? "-" : " ") + describe_byte(end);
        b = end;
    }
    return text;
}

std::string to_text(const dfa& a) {
    const std::vector<std::optional<std::string>> access = access_strings(a);
    const std::vector<bool> live = live_states(a);
    std::string text = std::to_string(a.states()) + " states, " + std::to_string(a.classes) + " byte classes\n\n";
    for (std::size_t c = 0; c < a.classes; ++c) {
        text += "class " + std::to_string(c) + ": " + describe_class(a, c) + "\n";
    }
    text += "\n";
    for (std::size_t s = 0; s < a.states(); ++s) {
        text += "state " + std::to_string(s) + (s == a.start ? " start" : "") + (a.accepting[s] ? " accepting" : "") +
                (live[s] ? "" : " dead") + ", after " + (access[s] ? quote(*access[s]) : "nothing") + "\n";
        for (const auto& [target, classes] : transitions(a, s)) {
            if (live[target]) text += "  " + class_list(classes) + " -> " + std::to_string(target) + "\n";
        }
    }
    return text;
}

std::string to_dot(const dfa& a, std::string_view name) {
    const std::vector<bool> live = live_states(a);
    std::string text = "digraph " + quote(name) + " {\n  rankdir=LR;\n  begin [shape=point];\n";
    for (std::size_t s = 0; s < a.states(); ++s) {
        if (!live[s]) continue;
        text += "  " + std::to_string(s) + " [shape=" + (a.accepting[s] ? "doublecircle" : "circle") + "];\n";
    }
    if (live[a.start]) text += "  begin -> " + std::to_string(a.start) + ";\n";
    for (std::size_t s = 0; s < a.states(); ++s) {
        for (const auto& [target, classes] : transitions(a, s)) {
            if (!live[s] || !live[target]) continue;
            std::string label;
            for (const std::size_t c : classes) label += (label.empty() ? "" : " ") + describe_class(a, c);
            text += "  " + std::to_string(s) + " -> " + std::to_string(target) + " [label=" + quote(label) + "];\n";
        }
    }
    return text + "}\n";
}

}  // namespace authgrammar::abnf
