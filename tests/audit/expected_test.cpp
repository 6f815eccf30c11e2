// Inputs, and all that is said of each: the files in tests/audit/expected. A case is
//
//     === its name [--form-login] [--url=URL]
//     the input, in which {0D} stands for the byte with that hexadecimal number
//     ---
//     what is found
//
// What is found was checked against the RFC that each finding names, and never taken over unread. A case that fails prints
// what it found in the form of the file.

#include "found.hpp"

#include <authgrammar/audit/redaction.hpp>
#include <authgrammar/audit/slip.hpp>

#include "common/field_text.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar::audit;
using authgrammar::field;

struct expected_case {
    std::string name;
    std::string input;
    std::string output;
};

/// With {0D} and the like replaced by the byte.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '{' && i + 3 < text.size() && text[i + 3] == '}' &&
                            authgrammar::detail::hex_value(text[i + 1]) >= 0 &&
                            authgrammar::detail::hex_value(text[i + 2]) >= 0;
        if (!escape) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(authgrammar::detail::hex_value(text[i + 1]) * 16 +
                                 authgrammar::detail::hex_value(text[i + 2]));
        i += 3;
    }
    return out;
}

/// What a line of the file can hold: no other byte than printable ASCII.
std::string escaped(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F) {
            out += c;
        } else {
            out.append("{").append(1, digits[byte >> 4]).append(1, digits[byte & 15]).append("}");
        }
    }
    return out;
}

std::vector<expected_case> cases_of(const std::string& name) {
    std::ifstream file(AUTHGRAMMAR_SOURCE_DIR "/tests/audit/expected/" + name);
    EXPECT_TRUE(file) << name;
    std::vector<expected_case> cases;
    bool in_output = false;
    for (std::string line; std::getline(file, line);) {
        if (line.substr(0, 4) == "=== ") {
            cases.push_back({line.substr(4), "", ""});
            in_output = false;
        } else if (line == "---") {
            in_output = true;
        } else if (!cases.empty()) {
            std::string& text = in_output ? cases.back().output : cases.back().input;
            text += (in_output ? line : unescaped(line)) + "\n";
        }
    }
    return cases;
}

void expect_cases(const std::string& file, std::size_t least,
                  const std::function<std::string(const expected_case&)>& say) {
    const std::vector<expected_case> cases = cases_of(file);
    EXPECT_GE(cases.size(), least) << file;
    for (const expected_case& each : cases) EXPECT_EQ(say(each), each.output) << file << ": " << each.name;
}

std::string place(const std::string& input, const span& at) {
    return std::to_string(at.offset) + "+" + std::to_string(at.length) + " `" +
           escaped(std::string_view(input).substr(at.offset, at.length)) + "`";
}

/// A finding with all that is not as its rule has it.
std::string described(const finding& f, const std::string& input, std::size_t number) {
    std::string out = std::to_string(number) + " " + std::string(name_of(f.level)) + " " + std::string(f.rule->id) +
                      " " + (f.about ? std::string(name_of(*f.about)) : "-") + " " + place(input, f.at) + "\n  " +
                      f.text + "\n";
    for (const span& s : f.related) out += "  see " + place(input, s) + "\n";
    if (f.section != f.rule->section) out += "  in " + std::string(f.section) + "\n";
    if (f.fix != f.rule->fix) out += "  fix: " + f.fix + "\n";
    if (f.explanation != f.rule->explanation) out += "  why: " + std::string(f.explanation) + "\n";
    if (f.requirements != f.rule->requirements) {
        out += "  requires";
        for (const std::string_view id : f.requirements) out.append(" ").append(id);
        out += "\n";
    }
    if (f.corrected) out += std::string(f.same_meaning ? "  same: " : "  meant: ") + escaped(*f.corrected) + "\n";
    return out;
}

std::string findings_of(const expected_case& c) {
    known_facts facts;
    facts.form_login = c.name.find("[--form-login]") != std::string::npos;
    if (const std::size_t url = c.name.find("[--url="); url != std::string::npos) {
        const std::size_t begin = url + std::string_view("[--url=").size();
        facts.url = authgrammar::policy::read_target_uri(c.name.substr(begin, c.name.find(']', begin) - begin));
        EXPECT_TRUE(facts.url.has_value()) << c.name;
    }
    std::string out;
    conversation all(facts);
    std::size_t number = 0;
    for (const message& m : read_messages(c.input)) {
        ++number;
        const auto fields = read_fields(m);
        for (const finding& f : judge(m, fields, all.next(m, fields))) out += described(f, c.input, number);
    }
    return out;
}

/// The lines of an input, as names and values.
template <typename Visit>
void for_each_line(const std::string& input, Visit&& visit) {
    for (std::size_t begin = 0; begin < input.size();) {
        const std::size_t end = input.find('\n', begin);
        const std::size_t colon = input.find(':', begin);
        visit(input.substr(begin, colon - begin), input.substr(colon + 2, end - colon - 2));
        begin = end + 1;
    }
}

std::string slips_of(const expected_case& c) {
    std::string out;
    for_each_line(c.input, [&](const std::string& name, const std::string& value) {
        const field f = *authgrammar::field_from_name(name);
        const corrected_value got = correct(f, value);
        out += name + ": " + escaped(value) + "\n";
        for (const slip& s : got.slips) {
            out += "  " + std::string(s.id) + " " + place(value, {s.begin, s.end - s.begin}) + "\n    " + s.what +
                   "\n    " + std::string(s.fix) + "\n";
            if (!s.section.empty()) out += "    in " + std::string(s.section) + "\n";
            if (s.same_meaning) out += "    means the same\n";
        }
        out += got.value ? "  = " + escaped(*got.value) + "\n" : "  ?\n";
        std::vector<authgrammar::event> events;
        if (read_events(f, value, authgrammar::edition::rfc9110_recipient, events).code !=
            authgrammar::error_code::none)
            return;
        EXPECT_EQ(is_plain(f, value, events), got.slips.empty()) << value;
    });
    return out;
}

std::string shown_of(const expected_case& c) {
    std::string out;
    for_each_line(c.input, [&](const std::string& name, const std::string& value) {
        out += name == "target" ? "target: " : name + ": ";
        if (name == "target") {
            for (const shown_piece& p : redact_target(value)) {
                out += p.secret ? std::string(redacted) : escaped(value.substr(p.begin, p.end - p.begin));
            }
        } else {
            out += escaped(redacted_field(authgrammar::field_from_name(name), name, value));
        }
        out += "\n";
    });
    return out;
}

TEST(expected, findings) {
    for (const char* file : {"digest-credentials.txt", "digest-parts.txt", "digest-exchanges.txt", "schemes.txt",
                             "handshakes.txt", "messages.txt", "uris.txt", "exchanges.txt"})
        expect_cases(file, 10, findings_of);
}
TEST(expected, slips) {
    for (const char* file : {"slips-scheme.txt", "slips-token.txt", "slips-params.txt"})
        expect_cases(file, 10, slips_of);
}
TEST(expected, redacted) { expect_cases("redacted.txt", 10, shown_of); }

}  // namespace
