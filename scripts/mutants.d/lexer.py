"""C++ tokens, without comments and preprocessor lines, and which of them a mutant must not touch.

The sources are in the form of .clang-format, and this relies on it: a binary operator has white space on both sides, the
"<" of template arguments has none before it, and a block's "{" has white space before it."""

import bisect
import dataclasses
import re

TOKEN = re.compile(r"""
    (?P<comment>//(?:[^\\\n]|\\.|\\\n)*|/\*.*?\*/)
  | (?P<preprocessor>^[ \t]*\#(?:[^\\\n/]|\\.|\\\n|/(?![/*])|/\*.*?\*/)*)
  | (?P<string>(?:u8|[uUL])?R"(?P<raw>[^()\\\s]{0,16})\(.*?\)(?P=raw)"|(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*")
  | (?P<character>(?:u8|[uUL])?'(?:[^'\\\n]|\\.)+')
  | (?P<number>\.?[0-9](?:'[0-9A-Za-z]|[eEpP][+-]|[0-9A-Za-z_.])*)
  | (?P<identifier>[A-Za-z_]\w*)
  | (?P<operator><<=|>>=|\.\.\.|->\*|::|->|\+\+|--|<<|(?<=\s)>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[^\s\w])
""", re.VERBOSE | re.MULTILINE | re.DOTALL)

OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = set(OPENING.values())


@dataclasses.dataclass(frozen=True)
class Token:
    kind: str
    text: str
    begin: int
    end: int


class Source:
    """The tokens of a text. `partner` holds the index of the bracket that belongs to one; `fixed` the indexes of those
    that are not for mutants: types' arguments, attributes, static_asserts, aliases, names of operators."""

    def __init__(self, text):
        self.text = text
        self.tokens = [Token(match.lastgroup, match.group(), match.start(), match.end())
                       for match in TOKEN.finditer(text)
                       if match.lastgroup not in ("comment", "preprocessor")]
        self.lines = [0] + [at + 1 for at, c in enumerate(text) if c == "\n"]
        self.partner = self._brackets()
        self.fixed = set()
        self._fix()
        self.functions = self._functions()

    def line_of(self, offset):
        """The number of a line, from 1."""
        return bisect.bisect_right(self.lines, offset)

    def is_binary(self, index):
        """Whether white space is on both sides of an operator."""
        token = self.tokens[index]
        return self.text[token.begin - 1:token.begin].isspace() and self.text[token.end:token.end + 1].isspace()

    def words(self, index, count):
        return [token.text for token in self.tokens[index:index + count]]

    def _brackets(self):
        partner, open_brackets = {}, []
        for index, token in enumerate(self.tokens):
            if token.kind != "operator":
                continue
            if token.text in OPENING:
                open_brackets.append(index)
            elif token.text in CLOSING and open_brackets:
                begin = open_brackets.pop()
                partner[begin], partner[index] = index, begin
        return partner

    def _fix(self):
        for index, token in enumerate(self.tokens):
            before = self.tokens[index - 1].text if index else ""
            if token.text == "<" and (before == "template" or not self.text[token.begin - 1:token.begin].isspace()):
                self._fix_range(index, self._template_end(index))
            elif token.text == "[" and self.words(index + 1, 1) == ["["]:
                self._fix_range(index, self.partner.get(index, index))
            elif token.text in ("static_assert", "alignas", "noexcept", "decltype") and self.words(index + 1, 1) == ["("]:
                self._fix_range(index, self.partner.get(index + 1, index + 1))
            elif token.text in ("using", "typedef"):
                end = next((at for at in range(index, len(self.tokens)) if self.tokens[at].text in (";", "{")), index)
                self._fix_range(index, end)
            elif token.text == "operator":
                end = next((at for at in range(index + 2, len(self.tokens)) if self.tokens[at].text == "("), index)
                self._fix_range(index, end - 1)

    def _fix_range(self, first, last):
        self.fixed.update(range(first, last + 1))

    def _template_end(self, index):
        depth = 0
        for at in range(index, len(self.tokens)):
            text = self.tokens[at].text
            if text == "<" or text == ">":
                depth += 1 if text == "<" else -1
            elif text in (";", "{"):
                return at - 1
            if depth == 0:
                return at
        return index

    def _functions(self):
        """(first token of the body, last token, name, whether it answers bool) of functions, outer ones first, and of
        classes and lambdas, whose name is that of what they are in or None."""
        found = []
        for index, token in enumerate(self.tokens):
            if token.text == "{" and self._begins_block(index):
                head = self._head(index)
                words = [self.tokens[at].text for at in head]
                last = self.partner.get(index, len(self.tokens) - 1)
                if any(word in ("namespace", "extern") for word in words):
                    continue
                kinds = [word for word in words if word in ("class", "struct", "union", "enum")]
                if kinds and "(" not in words:
                    after = words[words.index(kinds[-1]) + 1:]
                    # Not a macro that exports it.
                    name = next((word for word in after if re.match(r"[A-Za-z_]", word) and not word.isupper()), None)
                    found.append((index, last, name, None))
                elif "]" in words and words[-1] in (")", "]", "noexcept", "mutable") and "(" in words[words.index("]"):] \
                        and any(a <= index <= b and answers is not None for a, b, _, answers in found):
                    found.append((index, last, None, False))
                elif self._is_function(found, index, words):
                    name_at = self._name_at(head)
                    if name_at is not None and self.tokens[head[name_at]].kind == "identifier" or "operator" in words:
                        found.append((index, last, *self._name_and_bool(head, name_at)))
                    else:
                        # A lambda outside of functions.
                        found.append((index, last, None, False))
        return found

    def _begins_block(self, index):
        before = self.tokens[index - 1].text if index else ""
        return self.text[self.tokens[index].begin - 1:self.tokens[index].begin].isspace() and \
            before not in ("=", "return", ",", "(", "{", "?", "&&", "||", "<<", "+")

    def _head(self, index):
        """Indexes of the tokens before a block, back to where its statement or declaration begins."""
        head, at = [], index - 1
        while at >= 0 and self.tokens[at].text not in (";", "{"):
            text = self.tokens[at].text
            if text == "}" and self._begins_block(self.partner.get(at, at)):
                break
            if text == ":" and at and self.tokens[at - 1].text in ("public", "private", "protected"):
                break
            begin = self.partner.get(at, at)
            if text in CLOSING and begin < at:
                head.extend([at, begin])
                at = begin - 1
            else:
                head.append(at)
                at -= 1
        return head[::-1]

    @staticmethod
    def _is_function(found, index, words):
        control = ("if", "for", "while", "switch", "do", "else", "try", "catch", "case", "default")
        inside = any(a <= index <= b and answers is not None for a, b, _, answers in found)
        return "(" in words and words[0] not in control and not inside

    def _name_at(self, head):
        """The place in the head of a function's name: before the first bracket that is no attribute's."""
        for place in range(1, len(head)):
            if self.tokens[head[place]].text == "(" and (head[place] not in self.fixed or "operator" in
                                                         [self.tokens[at].text for at in head[:place]]):
                return place - 1
        return None

    def _name_and_bool(self, head, place):
        words = [self.tokens[at].text for at in head]
        if "operator" in words[:place + 1]:
            begin = words.index("operator")
            name = "".join(words[begin:place + 1])
        else:
            begin = place
            name = words[place]
        if begin and words[begin - 1] == "~":
            begin, name = begin - 1, "~" + name
        while begin >= 2 and words[begin - 1] == "::":
            begin, name = begin - 2, words[begin - 2] + "::" + name
        return name, begin > 0 and words[begin - 1] == "bool"

    def place_of(self, index):
        """The function that a token is in, or the class, or "". """
        name = ""
        for first, last, found, _ in self.functions:
            if first <= index <= last and found:
                name = found
        return name

    def answers_bool(self, index):
        """Whether the function around a token answers bool; None outside of functions."""
        answer = None
        for first, last, _, bool_ in self.functions:
            if first <= index <= last:
                answer = bool_
        return answer
