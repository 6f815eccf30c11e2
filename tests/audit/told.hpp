#ifndef AUTHGRAMMAR_TESTS_AUDIT_TOLD_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_TOLD_HPP

#include <authgrammar/audit/conversation.hpp>

#include <string>

namespace authgrammar::audit::testing {

/// A conversation that is told messages, and says what is known of the last one.
class told {
public:
    explicit told(const known_facts& facts = {}) : all_(facts) {}

    circumstances next(const std::string& input) {
        circumstances around;
        for (const message& m : read_messages(input)) around = all_.next(m, read_fields(m));
        return around;
    }

private:
    conversation all_;
};

}  // namespace authgrammar::audit::testing

#endif
