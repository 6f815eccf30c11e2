#include "rule_list.hpp"

#include <gtest/gtest.h>

namespace authgrammar::test {

std::vector<listed_rule> listed_rules(std::string_view source) {
    if (source == "rfc5234") return listed_rfc5234();
    if (source == "rfc7230") return listed_rfc7230();
    if (source == "rfc7235") return listed_rfc7235();
    if (source == "rfc7615") return listed_rfc7615();
    if (source == "rfc9110") return listed_rfc9110();
    if (source == "rfc9110_recipient") return listed_rfc9110_recipient();
    if (source == "rfc2616") return listed_rfc2616();
    if (source == "rfc4648") return listed_rfc4648();
    if (source == "rfc6749") return listed_rfc6749();
    if (source == "rfc8187") return listed_rfc8187();
    if (source == "basic") return listed_basic();
    if (source == "bearer") return listed_bearer();
    if (source == "digest") return listed_digest();
    if (source == "negotiate") return listed_negotiate();
    ADD_FAILURE() << "no list for " << source;
    return {};
}

}  // namespace authgrammar::test
