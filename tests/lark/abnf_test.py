"""Tests the reader of tests/lark: the notation, the three forms of lists, and what it refuses."""

import pathlib
import tempfile
import unittest

import abnf

A, B, COMMA = (("set", frozenset(each)) for each in (b"a", b"b", b","))


def definition(text):
    return abnf.Definition(text).read()


class Notation(unittest.TestCase):
    def test_strings(self):
        self.assertEqual(definition('"a"'), ("cat", [("set", frozenset(b"aA"))]))
        self.assertEqual(definition('%s"a"'), ("cat", [A]))
        self.assertEqual(definition('%i"a"'), definition('"a"'))

    def test_numbers(self):
        self.assertEqual(definition("%x61"), ("cat", [A]))
        self.assertEqual(definition("%d97.98"), ("cat", [A, B]))
        self.assertEqual(definition("%b1100001-1100010"), ("cat", [("set", frozenset(b"ab"))]))

    def test_repetitions(self):
        bounds = lambda text: definition(text)[:3]
        self.assertEqual(bounds("*x"), ("rep", 0, None))
        self.assertEqual(bounds("1*x"), ("rep", 1, None))
        self.assertEqual(bounds("*2x"), ("rep", 0, 2))
        self.assertEqual(bounds("3x"), ("rep", 3, 3))
        self.assertEqual(bounds("[ x ]"), ("rep", 0, 1))
        self.assertEqual(bounds("1#x"), ("list", 1, None))

    def test_precedence(self):
        x, y, z = (("rule", each) for each in "xyz")
        self.assertEqual(definition("x y / z"), ("alt", [("cat", [x, y]), z]))
        self.assertEqual(definition("x ( y / z )"), ("cat", [x, ("alt", [y, z])]))

    def test_what_is_refused(self):
        for text in ("", "( x", "x )", "[ x ( ]", "/ x", "%x100", '"x', "x = y", "<anything>"):
            with self.subTest(text), self.assertRaises(abnf.AbnfError):
                definition(text)


class Lists(unittest.TestCase):
    def words(self, text, form):
        """The words of up to four letters, OWS being empty."""
        return {word for word in self.derive(abnf.expand(definition(text), form)) if len(word) <= 4}

    def derive(self, tree):
        if tree[0] == "set":
            return {chr(min(tree[1]))}
        if tree[0] == "rule":
            return {""} if tree[1] == "ows" else {"e"}
        if tree[0] == "alt":
            return set().union(*map(self.derive, tree[1]))
        if tree[0] == "cat":
            found = {""}
            for part in tree[1]:
                found = {left + right for left in found for right in self.derive(part) if len(left + right) <= 4}
            return found
        low, high = tree[1], 4 if tree[2] is None else tree[2]
        once, found = self.derive(tree[3]), set()
        power = {""}
        for times in range(high + 1):
            if times >= low:
                found |= power
            power = {left + right for left in power for right in once if len(left + right) <= 4}
        return found

    def test_forms(self):
        self.assertEqual(self.words("#e", "sender"), {"", "e", "e,e"})
        self.assertEqual(self.words("1#e", "sender"), {"e", "e,e"})
        by_recipient = {"", ",", ",,", ",,,", ",,,,", "e", "e,", "e,,", "e,,,", "e,e", "e,e,", "e,,e", ",,e", ",,e,", ",,,e"}
        self.assertEqual(self.words("#e", "rfc7230"), by_recipient)
        self.assertEqual(self.words("#e", "rfc9110"), by_recipient | {",e", ",e,", ",e,,", ",e,e"})
        self.assertEqual(self.words("1#e", "rfc7230"), {word for word in self.words("#e", "rfc9110") if "e" in word})
        self.assertEqual(self.words("1#e", "rfc9110"), self.words("#e", "rfc9110"))


class Files(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "x.abnf"
            path.write_text(text, "utf-8")
            return abnf.read(path)

    def test_rules(self):
        rules = self.read('; comment\nX = "a" ; "b\n  / y;\nx =/ z\ny = ";"\n')
        self.assertEqual(set(rules), {"x", "y"})
        self.assertEqual(rules["x"], ("alt", [("alt", [definition('"a"'), ("rule", "y")]), ("rule", "z")]))

    def test_what_is_refused(self):
        for text in ("x = a\nX = b\n", "x =/ a\n", " x = a\n", "x\n"):
            with self.subTest(text), self.assertRaises(abnf.AbnfError):
                self.read(text)


if __name__ == "__main__":
    unittest.main()
