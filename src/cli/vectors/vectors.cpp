#include "commands.hpp"

#include "parse/engines.hpp"
#include "shell/terminal.hpp"
#include "vectors/vector_file.hpp"
#include "vectors/vector_suite.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace authlint {

namespace {

using authgrammar::edition;
using authgrammar::field;

const char* const default_folder = "corpus/vectors";

/// Which vectors are wanted.
struct selection {
    std::vector<std::string> paths;
    std::string id;    ///< part of the id
    std::string flag;  ///< name of a flag

    [[nodiscard]] bool takes(const test_vector& v) const {
        return v.id.find(id) != std::string::npos &&
               (flag.empty() || std::find(v.flags.begin(), v.flags.end(), flag) != v.flags.end());
    }
};

/// The files that the paths name: a folder stands for the files of vectors in it.
std::vector<std::string> files_of(const std::vector<std::string>& paths) {
    std::vector<std::string> files;
    for (const std::string& path : paths) {
        if (path == "-" || !std::filesystem::is_directory(path)) {
            files.push_back(path);
            continue;
        }
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(path)) {
            if (entry.path().extension() == ".json" && entry.path().filename() != "schema.json")
                found.push_back(entry.path().string());
        }
        if (found.empty()) throw std::runtime_error(path + ": no vectors");
        std::sort(found.begin(), found.end());
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

std::vector<std::string> paths_or_default(const std::vector<std::string>& paths) {
    if (!paths.empty()) return paths;
    if (!std::filesystem::is_directory(default_folder))
        throw std::runtime_error(std::string("name the vector files: there is no ") + default_folder + " here");
    return {default_folder};
}

std::string outcome(bool valid, std::size_t offset) {
    return valid ? "valid" : "an error at " + std::to_string(offset);
}

std::string text_of(const std::vector<authgrammar::event>& events) {
    std::string text;
    for (const authgrammar::event& e : events) {
        if (!text.empty()) text += ' ';
        text += name_of(e.kind);
        if (e.quoted) text += "(quoted)";
        text += '[' + std::to_string(e.begin) + ',' + std::to_string(e.end) + ')';
    }
    return text.empty() ? "no events" : text;
}

/// How the engine's answer differs from the expectation; empty if it does not.
std::string difference(const vector_expectation& expected, const verdict& said) {
    if (said.valid != expected.valid || (!said.valid && said.why.offset != expected.error_offset))
        return "expected " + outcome(expected.valid, expected.error_offset) + ", got " +
               outcome(said.valid, said.why.offset);
    if (said.valid && said.events != expected.events)
        return "expected " + text_of(expected.events) + ", got " + text_of(said.events);
    return {};
}

/// A vector in one field and edition that an engine failed.
struct failure {
    std::string id;
    field in;
    edition of;
    std::string text;
};

/// What came out of one file and engine.
struct outcome_of_file {
    std::string path;
    std::string engine;
    std::size_t vectors = 0;
    std::size_t cases = 0;
    std::vector<failure> failures;
};

struct run_settings {
    selection wanted;
    std::vector<std::string> engines;
    std::string edition_name;
    engine_settings engine;
    std::string format = "text";
};

outcome_of_file run_file(const vector_file& file, const run_settings& settings, const std::string& name,
                         engine& reader) {
    outcome_of_file out{file.path, name, 0, 0, {}};
    for (const test_vector& v : file.vectors) {
        if (!settings.wanted.takes(v)) continue;
        ++out.vectors;
        const std::string value = v.value();
        for (const vector_expectation& expected : v.expected) {
            for (const edition e : expected.editions) {
                if (!settings.edition_name.empty() && settings.edition_name != name_of(e)) continue;
                for (const field f : v.fields) {
                    ++out.cases;
                    std::string text;
                    try {
                        text = difference(expected, reader.read(f, e, value));
                    } catch (const std::runtime_error& failed) {
                        text = failed.what();
                    }
                    if (!text.empty()) out.failures.push_back({v.id, f, e, std::move(text)});
                }
            }
        }
    }
    return out;
}

void print_text(const outcome_of_file& o) {
    constexpr std::size_t most = 20;
    const palette colour = palette::for_stdout();
    for (std::size_t i = 0; i < std::min(most, o.failures.size()); ++i) {
        const failure& f = o.failures[i];
        print(colour.red("FAIL ") + f.id + " " + std::string(name_of(f.in)) + " " + std::string(name_of(f.of)) + " " +
              o.engine + ": " + f.text + "\n");
    }
    if (o.failures.size() > most) print("… and " + std::to_string(o.failures.size() - most) + " more\n");
    print(o.path + ": " + o.engine + ": " + std::to_string(o.vectors) + " vectors, " + std::to_string(o.cases) +
          " cases, " + std::to_string(o.failures.size()) + " failed\n");
}

void print_json(const std::vector<outcome_of_file>& outcomes) {
    nlohmann::ordered_json all{{"schema", 1}, {"runs", nlohmann::ordered_json::array()}};
    for (const outcome_of_file& o : outcomes) {
        nlohmann::ordered_json run{{"file", o.path},
                                   {"engine", o.engine},
                                   {"vectors", o.vectors},
                                   {"cases", o.cases},
                                   {"failures", nlohmann::ordered_json::array()}};
        for (const failure& f : o.failures)
            run["failures"].push_back(
                {{"id", f.id}, {"field", name_of(f.in)}, {"edition", name_of(f.of)}, {"text", f.text}});
        all["runs"].push_back(std::move(run));
    }
    print(all.dump(2) + "\n");
}

int run_vectors(const run_settings& settings) {
    const std::vector<std::string> names = settings.engines.empty() ? engine_names() : settings.engines;
    std::vector<std::pair<std::string, std::unique_ptr<engine>>> readers;
    for (const std::string& name : names) {
        engine_settings engine = settings.engine;
        engine.name = name;
        readers.emplace_back(name, make_engine(engine));
    }
    std::vector<outcome_of_file> outcomes;
    std::size_t cases = 0;
    bool failed = false;
    for (const std::string& path : files_of(paths_or_default(settings.wanted.paths))) {
        const vector_file file = read_vector_file(path);
        for (const auto& reader : readers) {
            outcomes.push_back(run_file(file, settings, reader.first, *reader.second));
            cases += outcomes.back().cases;
            failed = failed || !outcomes.back().failures.empty();
            if (settings.format == "text") print_text(outcomes.back());
        }
    }
    if (settings.format == "json") print_json(outcomes);
    // A run that tries nothing has shown nothing.
    if (cases == 0) throw std::runtime_error("no vector was selected");
    return failed ? exit_findings : exit_clean;
}

void list_vectors(const selection& wanted) {
    for (const std::string& path : files_of(paths_or_default(wanted.paths))) {
        for (const test_vector& v : read_vector_file(path).vectors) {
            if (!wanted.takes(v)) continue;
            std::string line = v.id + "\t";
            for (const field f : v.fields)
                line += std::string(line.back() == '\t' ? "" : ",") + std::string(name_of(f));
            std::map<edition, std::string> verdicts;
            for (const vector_expectation& x : v.expected) {
                for (const edition e : x.editions)
                    verdicts[e] = x.valid ? "valid" : "error@" + std::to_string(x.error_offset);
            }
            for (const auto& entry : verdicts) line += "\t" + std::string(name_of(entry.first)) + ":" + entry.second;
            for (const std::string& field_line : v.lines) line += "\t" + printable_start(field_line, 80);
            print(line + "\n");
        }
    }
}

void add_selection(const command& sub, selection& wanted) {
    sub.add_option("FILE", wanted.paths, "vector files, or folders of them; - is stdin").file();
    sub.add_option("--id", wanted.id, "only vectors whose id contains this");
    sub.add_option("--flag", wanted.flag, "only vectors with this flag");
}

void add_run(const command& vectors) {
    const auto settings = std::make_shared<run_settings>();
    const command sub = vectors.add_command("run", "read the vectors with the engines and compare the results");
    add_selection(sub, settings->wanted);
    sub.add_option("--engine", settings->engines, "the engine; may be repeated (default: all)")
        .repeatable()
        .one_of(engine_names());
    std::vector<std::string> editions;
    for (const edition e : authgrammar::all_editions) editions.emplace_back(name_of(e));
    sub.add_option("--edition", settings->edition_name, "only this edition").one_of(editions);
    sub.add_option("--chunk", settings->engine.chunk, "feed the tokenizer N bytes at a time").positive();
    sub.add_option("--abnf", settings->engine.abnf, "a folder with ABNF files for the reference engine")
        .existing_directory();
    sub.add_form(settings->format, {"text", "json"}, "text (default) or json");
    sub.action([settings] { return run_vectors(*settings); });
}

void add_list(const command& vectors) {
    const auto wanted = std::make_shared<selection>();
    const command sub = vectors.add_command("list", "print one line per vector: id, fields, verdicts, field lines");
    add_selection(sub, *wanted);
    sub.action([wanted] {
        list_vectors(*wanted);
        return exit_clean;
    });
}

void add_generate(const command& vectors) {
    struct generate_settings {
        std::string kind;
        authgrammar::abnf::suite_settings suite;
    };
    const auto settings = std::make_shared<generate_settings>();
    static const std::map<std::string, authgrammar::field_kind> kinds{
        {"challenges", authgrammar::field_kind::challenges},
        {"credentials", authgrammar::field_kind::credentials},
        {"info", authgrammar::field_kind::info}};
    const command sub = vectors.add_command("generate", "print the W-method test suites for a kind of field");
    sub.add_option("KIND", settings->kind, "challenges, credentials or info")
        .required()
        .one_of({"challenges", "credentials", "info"});
    sub.add_option("--extra", settings->suite.extra_states, "detect implementations with up to N more states than ours")
        .between(0, 3);
    sub.add_flag("--every-byte", settings->suite.every_byte, "use all 256 bytes instead of one per class");
    sub.action([settings] {
        std::string line = "authlint vectors generate " + settings->kind;
        if (settings->suite.extra_states) line += " --extra " + std::to_string(settings->suite.extra_states);
        if (settings->suite.every_byte) line += " --every-byte";
        write_suite(std::cout, kinds.at(settings->kind), settings->suite, line);
        std::cout.flush();
        return exit_clean;
    });
}

}  // namespace

void add_vectors(const command& program) {
    const command sub = program.add_command("vectors", "run, list or generate the test vectors");
    sub.require_command();
    add_run(sub);
    add_list(sub);
    add_generate(sub);
}

}  // namespace authlint
