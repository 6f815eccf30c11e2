"""Reads ABNF (RFC 5234, RFC 7405, the list extension of RFC 7230 and RFC 9110) for the judge made with lark.

A definition is a tree of tuples, over bytes:

    ("set", frozenset)             one byte of the set
    ("cat", [definition, …])       one after the other
    ("alt", [definition, …])       any one
    ("rep", low, high, definition) low to high times; high is None for no bound
    ("list", low, high, definition) the #rule, before it is expanded
    ("rule", name)                 another rule; names are in lower case

This shares nothing with the reader in src/abnf: the two are meant to disagree if one of them is wrong.
"""

import pathlib
import re

TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<prose><[^>]*>)
      | (?P<string>(?:%[sSiI])?"[^"]*")
      | (?P<number>%[xXdDbB][0-9A-Fa-f]+(?:-[0-9A-Fa-f]+|(?:\.[0-9A-Fa-f]+)+)?)
      | (?P<list>\d*\#\d*)
      | (?P<repeat>\d*\*\d*|\d+)
      | (?P<name>[A-Za-z][A-Za-z0-9-]*)
      | (?P<mark>[()\[\]/])""",
    re.VERBOSE,
)
BASES = {"x": 16, "d": 10, "b": 2}
IMPORT = re.compile(r"<([A-Za-z][A-Za-z0-9-]*), see \[RFC\d+\], .*>\Z")


class AbnfError(ValueError):
    """The text is not ABNF, or a rule is missing."""


def strip_comment(line):
    """The line without its comment; a semicolon in a string, or in prose, begins none."""
    closing = None
    for at, char in enumerate(line):
        if closing:
            closing = None if char == closing else closing
        elif char in '"<':
            closing = '"' if char == '"' else ">"
        elif char == ";":
            return line[:at]
    return line


def split_rules(text, source):
    """(name, operator, definition text) of each rule; a rule goes on in lines that begin with white space."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        line = strip_comment(line)
        if not line.strip():
            continue
        if line[0] in " \t":
            if not found:
                raise AbnfError(f"{source}:{number}: a continuation without a rule")
            found[-1][2] += " " + line
            continue
        match = re.match(r"([A-Za-z][A-Za-z0-9-]*)\s*(=/|=)(.*)\Z", line)
        if not match:
            raise AbnfError(f"{source}:{number}: not a rule: {line!r}")
        found.append([match[1], match[2], match[3]])
    return found


def tokens(text):
    at, found = 0, []
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise AbnfError(f"not ABNF: {text[at:at + 20]!r}")
        if match.lastgroup != "space":
            found.append((match.lastgroup, match[0]))
        at = match.end()
    return found


def bounds(text, mark):
    """Low and high of `2*3`, `*`, `5` (or of `1#`, `#`)."""
    low, separator, high = text.partition(mark)
    if not separator:
        return int(low), int(low)
    return int(low or 0), int(high) if high else None


def string(text):
    if text[0] == "%":
        exact, text = text[1] in "sS", text[2:]
    else:
        exact = False
    cases = (lambda c: c) if exact else (lambda c: c.lower() + c.upper())
    return ("cat", [("set", frozenset(ord(each) for each in cases(char))) for char in text[1:-1]])


def number(text):
    base, digits = BASES[text[1].lower()], text[2:]
    if "-" in digits:
        low, high = (int(part, base) for part in digits.split("-"))
        values = [range(low, high + 1)]
    else:
        values = [[int(part, base)] for part in digits.split(".")]
    if any(byte > 255 for part in values for byte in part):
        raise AbnfError(f"over 255: {text}")
    return ("cat", [("set", frozenset(part)) for part in values])


class Definition:
    """One definition, read by recursive descent over its tokens."""

    def __init__(self, text):
        self.tokens = tokens(text)
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def read(self):
        tree = self.alternation()
        if self.at < len(self.tokens):
            raise AbnfError(f"unexpected {self.peek()[1]!r}")
        return tree

    def alternation(self):
        parts = [self.concatenation()]
        while self.peek() == ("mark", "/"):
            self.take()
            parts.append(self.concatenation())
        return parts[0] if len(parts) == 1 else ("alt", parts)

    def concatenation(self):
        parts = []
        while self.peek()[0] and self.peek() not in (("mark", "/"), ("mark", ")"), ("mark", "]")):
            parts.append(self.repetition())
        if not parts:
            raise AbnfError("an empty alternative")
        return parts[0] if len(parts) == 1 else ("cat", parts)

    def repetition(self):
        kind, text = self.peek()
        if kind not in ("list", "repeat"):
            return self.element()
        self.take()
        if kind == "list":
            return ("list", *bounds(text, "#"), self.element())
        return ("rep", *bounds(text, "*"), self.element())

    def element(self):
        kind, text = self.take() if self.at < len(self.tokens) else (None, None)
        if kind == "name":
            return ("rule", text.lower())
        if kind == "string":
            return string(text)
        if kind == "number":
            return number(text)
        if kind == "prose" and IMPORT.match(text):
            return ("rule", IMPORT.match(text)[1].lower())
        if kind == "mark" and text in "([":
            tree = self.alternation()
            if self.at == len(self.tokens) or self.take() != ("mark", ")" if text == "(" else "]"):
                raise AbnfError("unbalanced brackets")
            return tree if text == "(" else ("rep", 0, 1, tree)
        raise AbnfError(f"unexpected {text!r}")


def read(path):
    """The rules of a file, by name in lower case."""
    rules = {}
    for name, operator, text in split_rules(pathlib.Path(path).read_text("latin-1"), path):
        key = name.lower()
        tree = Definition(text).read()
        if operator == "=/":
            if key not in rules:
                raise AbnfError(f"{path}: =/ for a rule that is not there: {name}")
            tree = ("alt", [rules[key], tree])
        elif key in rules:
            raise AbnfError(f"{path}: two rules of the name {name}")
        rules[key] = tree
    return rules


def expand(tree, form):
    """The tree with every #rule replaced as `form` says: "sender", "rfc7230" or "rfc9110"."""
    kind = tree[0]
    if kind in ("cat", "alt"):
        return (kind, [expand(part, form) for part in tree[1]])
    if kind == "rep":
        return ("rep", tree[1], tree[2], expand(tree[3], form))
    if kind != "list":
        return tree

    low, high, element = tree[1], tree[2], expand(tree[3], form)
    if low > 1 or high is not None:
        raise AbnfError("only #rule and 1#rule are known here")
    ows, comma = ("rule", "ows"), ("set", frozenset(b","))
    optional = lambda *parts: ("rep", 0, 1, ("cat", list(parts)))
    many = lambda *parts: ("rep", 0, None, ("cat", list(parts)))
    if form == "rfc9110":
        return ("cat", [optional(element), many(ows, comma, ows, optional(element))])
    if form == "rfc7230":
        rest = many(ows, comma, optional(ows, element))
        if low:
            return ("cat", [many(comma, ows), element, rest])
        return optional(("alt", [comma, element]), rest)
    elements = ("cat", [element, many(ows, comma, ows, element)])
    return elements if low else optional(elements)


# The texts of an edition, in order: a rule of a later one takes the place of an earlier one's.
EDITIONS = {
    "rfc7235": (["rfc5234", "rfc7230", "rfc7235", "rfc7615"], "rfc7230"),
    "rfc9110-recipient": (["rfc5234", "rfc9110", "rfc9110-recipient"], "rfc9110"),
    "rfc9110-sender": (["rfc5234", "rfc9110"], "sender"),
}


def load(folder, edition):
    """The rules of an edition from the files in `folder`, without lists and with every name defined."""
    files, form = EDITIONS[edition]
    rules = {}
    for name in files:
        for rule, tree in read(pathlib.Path(folder) / f"{name}.abnf").items():
            # An import, `OWS = <OWS, see [RFC7230], …>`, leaves the rule that it names in place.
            if tree != ("rule", rule):
                rules[rule] = expand(tree, form)
            elif rule not in rules:
                raise AbnfError(f"{name}: nothing to import for {rule}")
    for rule, tree in rules.items():
        for name in mentioned(tree):
            if name not in rules:
                raise AbnfError(f"{edition}: {rule} mentions {name}, which is not there")
    return rules


def mentioned(tree):
    """The names of rules in a tree."""
    if tree[0] == "rule":
        yield tree[1]
    elif tree[0] in ("cat", "alt"):
        for part in tree[1]:
            yield from mentioned(part)
    elif tree[0] != "set":
        yield from mentioned(tree[3])
