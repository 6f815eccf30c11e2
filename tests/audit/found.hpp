#ifndef AUTHGRAMMAR_TESTS_AUDIT_FOUND_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_FOUND_HPP

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/message.hpp>
#include <authgrammar/audit/reading.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace authgrammar::audit::testing {

/// A finding, and where it points: the text of the input there.
struct found {
    std::string id;
    severity level{};
    std::optional<field> about;
    std::string at;
    std::vector<std::string> related;
    std::vector<std::string> requirements;
    std::string section;
    std::string text;
    std::string explanation;
    std::size_t offset = 0;
};

/// The findings of all messages, one message after the other.
inline std::vector<found> all_findings_in(const std::string& input, const known_facts& facts = {}) {
    std::vector<found> out;
    conversation all(facts);
    const std::vector<message> messages = read_messages(input);
    for (const message& each : messages) {
        const message m = each;  // which ends before the next one is looked at
        const auto fields = read_fields(m);
        for (const finding& f : judge(m, fields, all.next(m, fields))) {
            found one{std::string(f.rule->id),
                      f.level,
                      f.about,
                      input.substr(f.at.offset, f.at.length),
                      {},
                      {},
                      std::string(f.section),
                      f.text,
                      std::string(f.explanation),
                      f.at.offset};
            for (const span& s : f.related) one.related.push_back(input.substr(s.offset, s.length));
            for (const auto id : f.requirements) one.requirements.emplace_back(id);
            out.push_back(one);
        }
    }
    return out;
}

/// The same without `unregistered-scheme`, which each invented scheme of these tests has.
inline std::vector<found> findings_in(const std::string& input, const known_facts& facts = {}) {
    std::vector<found> all = all_findings_in(input, facts);
    all.erase(std::remove_if(all.begin(), all.end(), [](const found& f) { return f.id == "unregistered-scheme"; }),
              all.end());
    return all;
}

inline std::vector<std::string> ids_in(const std::string& input, const known_facts& facts = {}) {
    std::vector<std::string> list;
    for (const found& f : findings_in(input, facts)) list.push_back(f.id);
    return list;
}

inline std::string response(int status, const std::string& lines) {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + lines + "\r\n";
}

inline std::string request(const std::string& target, const std::string& lines) {
    return "GET " + target + " HTTP/1.1\r\n" + lines + "\r\n";
}

}  // namespace authgrammar::audit::testing

#endif
