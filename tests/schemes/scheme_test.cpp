#include <authgrammar/schemes/scheme.hpp>

#include <gtest/gtest.h>

namespace {

using namespace authgrammar::schemes;

TEST(Scheme, IsFoundWithoutRegardToCase) {
    for (const char* name : {"Basic", "BASIC", "basic"}) {
        const scheme_description* found = find_scheme(name);
        ASSERT_NE(found, nullptr) << name;
        EXPECT_EQ(found->name, "Basic");
    }
    EXPECT_EQ(find_scheme("Basi"), nullptr);
    EXPECT_EQ(find_scheme("Basics"), nullptr);
    EXPECT_EQ(find_scheme(""), nullptr);
}

}  // namespace
