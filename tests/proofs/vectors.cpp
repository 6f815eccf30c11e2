#include "vectors.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace authgrammar::proofs {
namespace {

std::string bytes_of(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::string value_of(const nlohmann::json& vector) {
    const bool hex = vector.contains("raw_hex");
    std::string value;
    for (const std::string line : vector.at(hex ? "raw_hex" : "raw")) {
        if (line.empty()) continue;
        value += (value.empty() ? "" : ", ") + (hex ? bytes_of(line) : line);
    }
    return value;
}

void load(const std::filesystem::path& path, std::vector<vector_case>& all) {
    std::ifstream stream(path);
    const auto file = nlohmann::json::parse(stream);
    for (const auto& vector : file.at("vectors")) {
        const std::string value = value_of(vector);
        for (const auto& expected : vector.at("expected")) {
            const bool valid = expected.at("valid");
            for (const std::string edition : expected.at("editions")) {
                for (const std::string field : vector.at("fields")) {
                    all.push_back({field, edition, file.at("generated"), {value, valid}});
                }
            }
        }
    }
}

}  // namespace

std::vector<vector_case> load_vectors(const std::string& folder) {
    std::vector<vector_case> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".json" && entry.path().filename() != "schema.json") load(entry.path(), all);
    }
    if (all.empty()) throw std::runtime_error("no vectors in " + folder);
    return all;
}

}  // namespace authgrammar::proofs
