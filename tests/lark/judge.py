"""The judge made with lark: an Earley parser of somebody else's, over the ABNF files, by edition and field."""

import lark
from lark.lexer import Lexer, Token

import abnf

# The byte that stands for its class in strings: the first of these that is in it.
PREFERRED = b'ab1!/=, \t"\\()[' + bytes(range(0x80, 0x100)) + bytes(range(0x80))


class ClassLexer(Lexer):
    """Gives lark a terminal a byte: the input is a list of their names already."""

    def __init__(self, configuration):
        pass

    def lex(self, names):
        for at, name in enumerate(names):
            yield Token(name, name, start_pos=at)


def reachable(rules, start):
    """The rules that `start` depends on, itself included."""
    found, waiting = {}, [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = rules[name]
            waiting.extend(abnf.mentioned(rules[name]))
    return found


def sets_of(tree):
    if tree[0] == "set":
        yield tree[1]
    elif tree[0] in ("cat", "alt"):
        for part in tree[1]:
            yield from sets_of(part)
    elif tree[0] == "rep":
        yield from sets_of(tree[3])


def byte_classes(trees):
    """For each byte the number of its class: bytes that no terminal of the trees tells apart share one."""
    used = sorted({each for tree in trees for each in sets_of(tree)}, key=sorted)
    seen = {}
    return [seen.setdefault(tuple(byte in each for each in used), len(seen)) for byte in range(256)]


def rule_name(rule):
    return "r_" + rule.replace("-", "_")


def definition_text(tree, classes):
    """A definition in lark's notation."""
    kind = tree[0]
    if kind == "set":
        return "(" + " | ".join(f"C{each}" for each in sorted({classes[byte] for byte in tree[1]})) + ")"
    if kind == "rule":
        return rule_name(tree[1])
    if kind in ("cat", "alt"):
        between = " " if kind == "cat" else " | "
        return "(" + between.join(definition_text(part, classes) for part in tree[1]) + ")"
    low, high, inner = tree[1], tree[2], f"({definition_text(tree[3], classes)})"
    if high is None:
        return f"{inner}*" if low == 0 else f"({inner} ~ {low} {inner}*)"
    return f"{inner} ~ {low}..{high}"


def grammar_text(rules, classes):
    """The rules in lark's notation, with a terminal for each class of bytes."""
    lines = [f"{rule_name(rule)}: {definition_text(tree, classes)}" for rule, tree in rules.items()]
    terminals = " ".join(f"C{each}" for each in sorted(set(classes)))
    return "\n".join([*lines, f"%declare {terminals}"])


class Judge:
    """Verdicts for one field and edition, by the ABNF files in a folder."""

    def __init__(self, folder, edition, field):
        start = field.lower()
        rules = reachable(abnf.load(folder, edition), start)
        classes = byte_classes(rules.values())
        self.terminals = [f"C{each}" for each in classes]
        # One byte for each class: what random strings are made of.
        self.representatives = bytes(
            next(byte for byte in PREFERRED if classes[byte] == each) for each in sorted(set(classes))
        )
        self.parser = lark.Lark(
            grammar_text(rules, classes),
            start=rule_name(start),
            parser="earley",
            lexer=ClassLexer,
            ambiguity="forest",
        )

    def valid(self, value):
        """Whether the bytes are in the language."""
        try:
            self.parser.parse([self.terminals[byte] for byte in value])
        except lark.exceptions.UnexpectedInput:
            return False
        return True
