"""Tests scripts/mutants.d/mutations.py: which mutants a source has, and which it has not."""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts/mutants.d"))

from base import without_precompiled_header  # noqa: E402
from lexer import TOKEN  # noqa: E402
from mutations import mutants_of  # noqa: E402
from rooms import ROOMS, sources_of  # noqa: E402


def inside(*lines):
    return "bool f(int a, int b) {\n" + "".join(f"    {line}\n" for line in lines) + "}\n"


def changes(text):
    return [one.change for one in mutants_of("f.cpp", text)]


class Kinds(unittest.TestCase):
    """Every kind of mutant, as a list of all that a line has."""

    def test_relations(self):
        self.assertEqual(changes(inside("x = a < b;")), ["x = a < b; -> {}", "< -> <=", "< -> >="])
        self.assertEqual(changes(inside("x = a == b;")), ["x = a == b; -> {}", "== -> !="])

    def test_arithmetic(self):
        self.assertEqual(changes(inside("int c = a + b * a - a % b;")), ["+ -> -", "* -> /", "- -> +", "% -> *"])
        self.assertEqual(changes(inside("int c = a << b & a | ~b;")), ["<< -> >>", "& -> |", "| -> &", "~ -> nothing"])

    def test_numbers(self):
        self.assertEqual(changes(inside("int c = 0;")), ["0 -> 1"])
        self.assertEqual(changes(inside("auto c = 0xFFu;")), ["0xFFu -> 0x100u", "0xFFu -> 0xFEu"])
        self.assertEqual(changes(inside("auto c = 1'000ULL;")), ["1'000ULL -> 1001ULL", "1'000ULL -> 999ULL"])
        self.assertEqual(changes(inside("double c = 1.5;")), [])

    def test_words_and_characters(self):
        self.assertEqual(changes(inside("const bool c = true;")), ["true -> false"])
        self.assertEqual(changes(inside("int c = std::min(a, b);")), ["min -> max"])
        self.assertEqual(changes(inside("char c = '=';")), ["'=' -> '>'"])
        self.assertEqual(changes(inside("char c = '\\\\';")), ["'\\\\' -> '/'"])

    def test_conditions(self):
        self.assertEqual(changes(inside("if (a) return;")), ["a -> !a", "a -> (a) && false"])
        self.assertEqual(changes(inside("if (!a) return;")), ["! -> nothing", "!a -> (!a) && false"])
        self.assertEqual(changes(inside("if (a == b) return;")), ["a == b -> (a == b) && false", "== -> !="])
        self.assertEqual(changes(inside("if (int c = g()) return;")), [])
        self.assertEqual(changes(inside("if (int c = g(); c) return;")), ["c -> !c", "c -> (c) && false"])
        self.assertEqual(changes(inside("int c = a ? b : a;")), ["a -> !a"])

    def test_operands(self):
        self.assertEqual(changes(inside("bool c = a && b || a;")), [
            "a && -> nothing", "a && b || -> nothing", "&& b -> nothing", "&& -> ||", "|| a -> nothing", "|| -> &&"])
        self.assertEqual(changes(inside("bool c = g(a, b) && h({b}, a);")), [
            "g(a, b) && -> nothing", "&& h({b}, a) -> nothing", "&& -> ||"])

    def test_statements(self):
        self.assertEqual(changes(inside("++a;")), ["++ -> --", "++a; -> {}"])
        self.assertEqual(changes(inside("a -= b;")), ["a -= b; -> {}", "-= -> +="])
        self.assertEqual(changes(inside("x.y(a)->z[b].g();")), ["x.y(a)->z[b].g(); -> {}"])
        self.assertEqual(changes(inside("(void)g(a);")), ["(void)g(a); -> {}"])
        self.assertEqual(changes(inside("for (;;) g(a);")), ["g(a); -> {}"])
        self.assertEqual(changes(inside("case A: g(a); break;")), ["g(a); -> {}", "break -> continue"])
        for line in ("int c = a;", "const auto& c = g(a);", "std::string c(a);", "T c{};", "return g(a);", "using T = int;",
                     "throw g(a);", "delete a;"):
            self.assertEqual([one for one in changes(inside(line)) if one.endswith("{}")], [], line)

    def test_loops(self):
        self.assertEqual(changes(inside("while (a) g(a);")), ["while -> if", "g(a); -> {}"])
        self.assertEqual(changes(inside("do {", "} while (a);")), [])

    def test_results_of_bool_functions(self):
        self.assertEqual(changes("bool f(T t) noexcept { return t.g(); }\n"), ["t.g() -> !(t.g())"])
        self.assertEqual(changes("int f(T t) { return t.g(); }\n"), [])
        self.assertEqual(changes("bool f(T t) { return t < t; }\n"), ["< -> <=", "< -> >="])
        self.assertEqual(changes(inside("const auto c = [](T t) { return t.g(); };")), [])

    def test_faults_that_were_planted(self):
        """As people made them, by hand, to see what the tests do."""
        for line, becomes in (
                ("while (passed > size) {", "if (passed > size) {"),
                ("passed -= size;", "{}"),
                ("return step + 64;", "return step - 64;"),
                ("if (value.line_count() == 1) return value.line(0);",
                 "if (value.line_count() == 2) return value.line(0);"),
                ("if (value.line_count() == 1) return value.line(0);",
                 "if (value.line_count() == 1) return value.line(1);"),
                ("if (room::left(consumer) < 2) return false;", "if (room::left(consumer) < 1) return false;"),
                ("result_ = {code, 0, part};", "result_ = {code, 1, part};"),
                ("return (flags & seen) != 0;", "return (flags & seen) != 1;"),
                ("rounds_ = 0;", "{}"), ("rounds_ = 0;", "rounds_ = 1;"),
                ("if (!before_) return first;", "if (before_) return first;"),
                ("answer.may_offer_too = true;", "{}"),
                ("digit = (c - 'a') + 10;", "digit = (c - 'a') - 10;"),
                ("if (name.empty()) return 0;", "if ((name.empty()) && false) return 0;"),
                ("if (connections_ > 1) secured_.reset();", "if (connections_ > 0) secured_.reset();"),
                ("return any(a) && none(b);", "return any(a);"),
                ("return !any(a);", "return any(a);")):
            after = [one.after for one in mutants_of("f.cpp", inside(*([line, "}"] if line.endswith("{") else [line])))]
            self.assertIn(becomes, after, line)


class LeftAlone(unittest.TestCase):
    def test_what_is_no_code(self):
        self.assertEqual(changes("""
// a < b && !c == 1; true
/* a < b
   if (a) ++b; */
#include <a/b.hpp>
#if A > 1 && B == 2 /* on
    two lines */
#define X(a, b) \\
    ((a) < (b) ? 1 : 0)
#endif
const char* const words = "a < b && \\" 1 // ";
const char* const raw = R"x(a < b; ++c; )" 1)x";
"""), [])

    def test_types_and_the_like(self):
        self.assertEqual(changes("""
static_assert(sizeof(int) == 4 && 1 < 2, "4");
template <typename T, int N = 1 + 2>
using row = std::array<T, N * 2>;
template <>
struct [[deprecated("1")]] x<1> final {
    alignas(16) std::array<std::vector<int>, 6> rows;
    x(const x&) = delete;
    ~x() = default;
    friend bool operator==(const x& a, x&& b);
    bool operator()(int* const p, int&&... more) const noexcept(N < 2);
};
"""), [])

    def test_code_beside_it(self):
        self.assertEqual(changes("int x = f<1>(2) /* 3 */ + g<a, 4>::h;  // 5\n"), ["2 -> 1", "2 -> 3", "+ -> -"])


class Keys(unittest.TestCase):
    def test_known_where_lines_moved(self):
        text = inside("if (a < b) return true;", "++a;")
        moved = "#include <a>\n\nint g();\n" + text
        self.assertEqual([one.key for one in mutants_of("f.cpp", text)], [one.key for one in mutants_of("f.cpp", moved)])
        self.assertEqual([one.line + 3 for one in mutants_of("f.cpp", text)],
                         [one.line for one in mutants_of("f.cpp", moved)])

    def test_function_and_number(self):
        text = "void A::f() {\n    ++a;\n    ++a;\n}\nstruct row {\n    int c = 0;\n    void g() { ++a; }\n};\n"
        self.assertEqual([one.place for one in mutants_of("f.cpp", text) if one.change == "++ -> --"],
                         ["A::f", "A::f#2", "g"])
        self.assertEqual([one.place for one in mutants_of("f.cpp", text) if one.change == "0 -> 1"], ["row"])

    def test_draw(self):
        found = mutants_of("f.cpp", inside("if (a < b && b < 7) return true;"))
        self.assertEqual([one.rank(1) for one in found], [one.rank(1) for one in found])
        orders = {tuple(sorted(range(len(found)), key=lambda at: found[at].rank(seed))) for seed in range(5)}
        self.assertEqual(len(orders), 5)


class OurSources(unittest.TestCase):
    def test_every_mutant(self):
        """It changes the text, can be taken back, has a key of its own, and touches no comment and no string, unless it
        drops a whole operand or statement."""
        total = 0
        for room in ROOMS:
            found = []
            for path in sources_of(ROOT, room):
                text = (ROOT / path).read_text(encoding="utf-8")
                spans = [match.span() for match in TOKEN.finditer(text)
                         if match.lastgroup in ("comment", "string", "preprocessor")]
                mutants = mutants_of(path, text)
                self.assertEqual(mutants, mutants_of(path, text))
                found += mutants
                for one in mutants:
                    mutated = one.apply(text)
                    self.assertNotEqual(mutated, text)
                    self.assertEqual(one.revert(mutated, text[one.begin:one.end]), text)
                    self.assertEqual(one.line, text.count("\n", 0, one.begin) + 1)
                    if one.operator in ("operator", "number", "character", "word", "loop"):
                        self.assertFalse([span for span in spans if span[0] < one.end and one.begin < span[1]], one)
            self.assertEqual(len({one.key for one in found}), len(found))
            self.assertGreater(len(found), 1000, room)
            total += len(found)
        print(f"Mutants: {total} of the sources of {', '.join(ROOMS)}")


class Commands(unittest.TestCase):
    def test_precompiled_header(self):
        words = ["c++", "-Winvalid-pch", "-include", "/b/cmake_pch.hxx", "-include", "own.hpp", "-c", "a.cpp"]
        self.assertEqual(without_precompiled_header(words), ["c++", "-include", "own.hpp", "-c", "a.cpp"])
        self.assertEqual(without_precompiled_header(["c++", "-c", "a.cpp"]), ["c++", "-c", "a.cpp"])


if __name__ == "__main__":
    unittest.main()
