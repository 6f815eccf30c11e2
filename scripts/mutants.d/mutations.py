"""The mutants of a source: each is one small change, as a slip of the pen makes it."""

import dataclasses
import hashlib
import re

from lexer import CLOSING, OPENING, Source

# A binary operator and what it becomes, each alone.
BINARY = {
    "<": ("<=", ">="), ">": (">=", "<="), "<=": ("<", ">"), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
    "&&": ("||",), "||": ("&&",),
    "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("*",),
    "&": ("|",), "|": ("&",), "^": ("|",), "<<": (">>",), ">>": ("<<",),
    "+=": ("-=",), "-=": ("+=",), "*=": ("/=",), "/=": ("*=",), "&=": ("|=",), "|=": ("&=",), "^=": ("|=",),
    "<<=": (">>=",), ">>=": ("<<=",),
}
RELATIONS = ("<", ">", "<=", ">=", "==", "!=")
ASSIGNMENTS = ("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=")
UNARY = {"++": "--", "--": "++", "!": "", "~": ""}
WORDS = {"true": "false", "false": "true", "break": "continue", "continue": "break", "min": "max", "max": "min"}
# What an escape becomes, and what would need one.
CHARACTERS = {"\\0": "\\1", "\\n": "\\r", "\\r": "\\n", "\\t": " ", "\\\\": "/", "\\'": '"', '"': "!", "&": "%", "[": "{",
              "~": "-"}
KEYWORDS = frozenset("""alignas auto break case catch class const constexpr continue default delete do else enum explicit
    extern friend for goto if inline namespace new operator private protected public return static struct switch template
    throw try typedef typename union using virtual void volatile while""".split())


@dataclasses.dataclass(frozen=True)
class Mutant:
    """`begin` and `end` are offsets in the source; `before` and `after` what stands in the lines of the change, without
    it and with it, by which it is known when lines have moved; `place` is the function, with #2 for a second one."""
    path: str
    line: int
    place: str
    operator: str
    change: str
    before: str
    after: str
    begin: int
    end: int
    text: str

    @property
    def key(self):
        return self.path, self.place, self.before, self.after

    def rank(self, seed):
        """By which a sample is drawn: a change elsewhere in the sources leaves it as it is."""
        return hashlib.sha256("\0".join((str(seed), *self.key)).encode()).hexdigest()

    def apply(self, text):
        return text[:self.begin] + self.text + text[self.end:]

    def revert(self, mutated, removed):
        return mutated[:self.begin] + removed + mutated[self.begin + len(self.text):]


def squeezed(text):
    return " ".join(text.split())


class Mutator:
    """Finds the mutants of one source."""

    def __init__(self, path, text):
        self.path = path
        self.source = Source(text)
        self.tokens = self.source.tokens
        self.found = []

    def mutants(self):
        for index, token in enumerate(self.tokens):
            if index in self.source.fixed:
                continue
            if token.kind == "number":
                self._number(index, token)
            elif token.kind == "character":
                self._character(index, token)
            elif token.kind == "identifier":
                self._word(index, token)
            elif token.text in BINARY and self.source.is_binary(index):
                for other in BINARY[token.text]:
                    self._add("operator", index, token.begin, token.end, other)
                if token.text in ("&&", "||"):
                    self._dropped_operands(index)
            elif token.text in UNARY:
                self._unary(index, token)
            elif token.text == "?":
                self._negated(index, self._left_operand(index, ("?", ":")), index - 1)
            elif token.text == ";":
                self._statement(index)
        return self._distinct()

    def _add(self, operator, index, begin, end, text):
        source = self.source.text
        first = self.source.lines[self.source.line_of(begin) - 1]
        last = source.find("\n", end)
        last = len(source) if last < 0 else last
        before = squeezed(source[first:last])
        after = squeezed(source[first:begin] + text + source[end:last])
        change = f"{squeezed(source[begin:end]) or 'nothing'} -> {squeezed(text) or 'nothing'}"
        self.found.append(Mutant(self.path, self.source.line_of(begin), self.source.place_of(index), operator, change,
                                 before, after, begin, end, text))

    def _distinct(self):
        """In the order of the source, without those that make the same text, numbered where keys are the same."""
        seen, keys, distinct = set(), {}, []
        for mutant in sorted(self.found, key=lambda one: (one.begin, one.end, one.text)):
            digest = hashlib.sha256(mutant.apply(self.source.text).encode()).digest()
            if digest in seen or mutant.before == mutant.after:
                continue
            seen.add(digest)
            count = keys[mutant.key] = keys.get(mutant.key, 0) + 1
            distinct.append(mutant if count == 1 else dataclasses.replace(mutant, place=f"{mutant.place}#{count}"))
        return distinct

    def _number(self, index, token):
        match = re.fullmatch(r"(0[xX][0-9A-Fa-f]+|0[bB][01]+|[0-9]+)([uUlLzZ]*)", token.text.replace("'", ""))
        if not match:
            return
        digits, suffix = match.groups()
        value = int(digits, 0) if digits[:2].lower() in ("0x", "0b") else int(digits)
        write = {"0x": lambda n: f"0x{n:X}", "0b": bin}.get(digits[:2].lower(), str)
        for other in (value + 1, value - 1):
            if other >= 0:
                self._add("number", index, token.begin, token.end, write(other) + suffix)

    def _character(self, index, token):
        prefix, inner = token.text.split("'", 1)
        inner = inner[:-1]
        other = CHARACTERS.get(inner) or (chr(ord(inner) + 1) if len(inner) == 1 else None)
        if other:
            self._add("character", index, token.begin, token.end, f"{prefix}'{other}'")

    def _word(self, index, token):
        after = self.source.words(index + 1, 1)
        if token.text in WORDS:
            if token.text in ("min", "max") and (after != ["("] and after != ["<"]):
                return
            self._add("word", index, token.begin, token.end, WORDS[token.text])
        elif token.text == "while" and (not index or self.tokens[index - 1].text != "}"):
            self._add("loop", index, token.begin, token.end, "if")
        elif token.text == "if" and after == ["("]:
            self._condition(index + 1)
        elif token.text == "return" and self.source.answers_bool(index):
            end = next((at for at in range(index, len(self.tokens)) if self.tokens[at].text == ";"), index)
            if end > index + 1 and self.tokens[index + 1].text != "{":
                self._negated(index, index + 1, end - 1)

    def _unary(self, index, token):
        text = UNARY[token.text]
        before = self.tokens[index - 1].text if index else ""
        # A destructor.
        if token.text == "~" and before in ("", ";", "{", "}", "::", ":", "virtual", "inline", "constexpr"):
            return
        self._add("operator", index, token.begin, token.end, text)

    def _condition(self, opening):
        """if: negated, and as if it were false. What it declares is left alone."""
        closing = self.source.partner.get(opening)
        if closing is None:
            return
        first = opening + 1
        for at in self._top_level(opening + 1, closing):
            if self.tokens[at].text == ";":
                first = at + 1
        if any(self.tokens[at].text == "=" for at in self._top_level(first, closing)):
            return
        self._negated(first, first, closing - 1)
        begin, end = self.tokens[first].begin, self.tokens[closing - 1].end
        inner = self.source.text[begin:end]
        self._add("condition", first, begin, end, f"({inner}) && false")

    def _negated(self, index, first, last):
        """`!(…)`, unless another mutant says the same."""
        if first > last:
            return
        top = [self.tokens[at].text for at in self._top_level(first, last + 1)]
        joined = any(text in ("&&", "||", "?") for text in top)
        literal = first == last and self.tokens[first].text in ("true", "false")
        if literal or (not joined and (self.tokens[first].text == "!" or any(text in RELATIONS for text in top))):
            return
        begin, end = self.tokens[first].begin, self.tokens[last].end
        inner = self.source.text[begin:end]
        self._add("condition", index, begin, end, f"!{inner}" if first == last else f"!({inner})")

    def _top_level(self, first, last):
        """Indexes from first to before last that no bracket encloses."""
        at = first
        while at < last:
            yield at
            at = self.source.partner[at] + 1 if self.tokens[at].text in OPENING and at in self.source.partner else at + 1

    def _left_operand(self, index, ends):
        """The first token of what stands before an operator: back to a bracket, a separator or one of `ends`."""
        at = index - 1
        while at >= 0:
            text = self.tokens[at].text
            if text in CLOSING and at in self.source.partner and at not in self.source.fixed:
                at = self.source.partner[at] - 1
                continue
            if text in OPENING or text in (";", "}", ",", "return") or text in ends:
                break
            if text in ASSIGNMENTS and at not in self.source.fixed:
                break
            at -= 1
        return at + 1

    def _dropped_operands(self, index):
        """a && b without the one or the other."""
        ends = ("&&", "||", "?", ":") if self.tokens[index].text == "&&" else ("||", "?", ":")
        first = self._left_operand(index, ends)
        last = index + 1
        while last < len(self.tokens):
            text = self.tokens[last].text
            if text in OPENING and last in self.source.partner:
                last = self.source.partner[last] + 1
                continue
            if text in CLOSING or text in (";", ",") or text in ends:
                break
            last += 1
        if first == index or last == index + 1:
            return
        self._add("operand", index, self.tokens[first].begin, self.tokens[index + 1].begin, "")
        self._add("operand", index, self.tokens[index - 1].end, self.tokens[last - 1].end, "")

    def _statement(self, index):
        """A call, an assignment or a step is left out."""
        first = index
        while first > 0:
            text = self.tokens[first - 1].text
            if text in (";", "{", "}", ":", "else"):
                break
            opening = self.source.partner.get(first - 1)
            if text == ")" and opening and self.tokens[opening - 1].text in ("if", "for", "while"):
                break
            if text in OPENING or text == "?":
                return
            first = opening if text in CLOSING and opening is not None else first - 1
        # Not what stands after the ":" of a choice.
        conditional = self.tokens[first - 1].text == ":" and "?" in [
            self.tokens[at].text for at in range(self._left_operand(first - 1, ()), first)]
        if first == index or conditional or self.source.answers_bool(first) is None:
            return
        if self._is_expression(first, index):
            self._add("statement", first, self.tokens[first].begin, self.tokens[index].end, "{}")

    def _is_expression(self, first, end):
        if self.tokens[first].text in ("++", "--"):
            return True
        if self.source.words(first, 3) == ["(", "void", ")"]:
            first += 3
        at, before = first, None
        while at < end:
            token = self.tokens[at]
            if token.text in ASSIGNMENTS:
                return at > first
            if token.text in ("(", "[") and before is not None:
                at = self.source.partner.get(at, end)
                before = ")"
            elif token.kind == "identifier" and token.text not in KEYWORDS and before in (None, "::", ".", "->", "*"):
                before = "name"
            elif token.text in ("::", ".", "->") and before in ("name", ")"):
                before = token.text
            elif token.text == "*" and before is None:
                before = "*"
            elif token.text in ("++", "--") and before in ("name", ")"):
                return at + 1 == end
            else:
                return False
            at += 1
        return before == ")" and self.tokens[end - 1].text == ")"


def mutants_of(path, text):
    return Mutator(path, text).mutants()
