#ifndef AUTHGRAMMAR_TESTS_CLI_OWN_FOLDER_HPP
#define AUTHGRAMMAR_TESTS_CLI_OWN_FOLDER_HPP

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace authlint_test {

/// A working folder of the test program's own, for the files that its tests write: testing::AddGlobalTestEnvironment().
class own_folder : public ::testing::Environment {
    void SetUp() override {
        std::string name = ::testing::TempDir() + "authlint-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        std::filesystem::current_path(folder_);
    }
    void TearDown() override {
        std::filesystem::current_path(folder_.parent_path());
        std::filesystem::remove_all(folder_);
    }
    std::filesystem::path folder_;
};

}  // namespace authlint_test

#endif
