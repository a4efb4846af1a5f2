"""Shorter names for a script's variables and private members.

Every variable of a name becomes the same shorter name wherever it stands, so who means whom is as before; what is
reached by a dot, keys of objects and public members keep their names. A module must not use a global that another
module's variable is named like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from assistant.bundling.tokens import Token

KEYWORDS = frozenset(
    """
    as async await break case catch class const continue default delete do else export extends false finally for from
    function get if import in instanceof let new null of return set static super switch this throw true try typeof
    undefined var void while with yield arguments
    """.split()  # noqa: SIM905 (a list of 45 strings is harder to read)
)
_OPEN = {")": "(", "]": "[", "}": "{"}
_CONDITIONS = frozenset({"if", "for", "while", "switch", "with"})
_BEFORE_MEMBER = frozenset({"{", "}", ";", "static", "get", "set", "async"})


def with_short_names(script: Sequence[Token]) -> list[Token]:
    """Return the tokens with shorter names."""
    return _Renaming(script).renamed()


class _Renaming:
    def __init__(self, script: Sequence[Token]) -> None:
        self._script = script
        self._within: list[int] = []
        """for each token the bracket that it stands in, -1 outside all"""
        self._ends: dict[int, int] = {}
        self._match_brackets()
        self._kinds = {place: self._kind(place) for place in self._ends if self._text(place) == "{"}

    def renamed(self) -> list[Token]:
        variables = [place for place in range(len(self._script)) if self._is_variable(place)]
        bound = self._bound()
        used = Counter(self._text(place) for place in variables if self._text(place) in bound)
        taken = KEYWORDS | {self._text(place) for place in variables} - set(used)
        names = (name for name in map(letters, count()) if name not in taken)
        short = {name: shorter for (name, _), shorter in zip(used.most_common(), names, strict=False)}
        private = Counter(token.text for token in self._script if token.kind == "private")
        short |= {name: f"#{letters(number)}" for number, (name, _) in enumerate(private.most_common())}
        positions = set(variables)
        return [token for place in range(len(self._script)) for token in self._written(place, positions, short)]

    def _written(self, place: int, variables: set[int], short: dict[str, str]) -> Iterator[Token]:
        token = self._script[place]
        new = short.get(token.text, token.text)
        if token.kind == "private" or place in variables:
            if self._is_shorthand(place) and new != token.text:
                yield token
                yield Token("sign", ":", False)
            yield Token(token.kind, new, token.spaced)
        else:
            yield token

    def _text(self, place: int) -> str:
        return self._script[place].text if 0 <= place < len(self._script) else ""

    def _sign(self, place: int) -> str:
        """Return a token that is no string; a string is never taken for a bracket."""
        return self._text(place) if 0 <= place < len(self._script) and self._script[place].kind != "text" else ""

    def _match_brackets(self) -> None:
        open_brackets: list[int] = []
        for place in range(len(self._script)):
            sign = self._sign(place)
            if sign in _OPEN:
                self._ends[open_brackets.pop()] = place
            self._within.append(open_brackets[-1] if open_brackets else -1)
            if sign in ("(", "[", "{"):
                open_brackets.append(place)

    def _kind(self, brace: int) -> str:
        """Return what a brace opens: a `class`, a `block`, or an `object` or a pattern for one."""
        before = self._sign(brace - 1)
        if before in (")", ";", "{", "}", "else", "try", "catch", "finally", "do", "") or self._is_arrow(brace - 2):
            return "block"
        place = brace - 1
        while self._script[place].kind == "word" and self._text(place) not in KEYWORDS or self._sign(place) == ".":
            place -= 1
        return "class" if self._text(place) in ("class", "extends") else "object"

    def _is_arrow(self, place: int) -> bool:
        return self._sign(place) == "=" and self._sign(place + 1) == ">"

    def _is_variable(self, place: int) -> bool:
        token = self._script[place]
        if token.kind != "word" or token.text in KEYWORDS or token.text[0].isdigit():
            return False
        before, after = self._sign(place - 1), self._sign(place + 1)
        if before == "." and not self._sign(place - 2) == self._sign(place - 3) == ".":
            return False
        kind = self._kinds.get(self._within[place])
        if kind == "class":
            return before not in _BEFORE_MEMBER
        if kind == "object" and before in ("{", ",", "get", "set", "async"):
            return after not in (":", "(")
        return True

    def _is_shorthand(self, place: int) -> bool:
        in_object = self._kinds.get(self._within[place]) == "object"
        return in_object and self._sign(place - 1) in ("{", ",") and self._sign(place + 1) in (",", "}", "=")

    def _bound(self) -> set[str]:
        """Return every name that is declared anywhere, as a variable, a function, a class or a parameter."""
        names: set[str] = set()
        for place, token in enumerate(self._script):
            if token.kind == "word" and token.text in ("const", "let", "function", "class"):
                if self._sign(place + 1) in ("{", "["):
                    names.update(self._pattern(place + 1))
                else:
                    names.add(self._text(place + 1))
            elif self._sign(place) == "(" and self._has_parameters(place):
                names.update(self._pattern(place))
        return names - KEYWORDS

    def _has_parameters(self, opening: int) -> bool:
        end = self._ends[opening]
        body = self._sign(end + 1) == "{" and self._sign(opening - 1) not in _CONDITIONS
        return body or self._is_arrow(end + 1)

    def _pattern(self, opening: int) -> Iterator[str]:
        """Yield the names that a pattern or a list of parameters binds; default values bind none."""
        for place in range(opening + 1, self._ends[opening]):
            token, before, after = self._script[place], self._sign(place - 1), self._sign(place + 1)
            if token.kind == "word" and before in ("(", "{", "[", ",", ":", ".") and after in (",", ")", "}", "]", "="):
                yield token.text


def letters(number: int) -> str:
    """Return the name of a number: a, b, … z, aa, ab, …"""
    name = ""
    while number >= 0:
        name = chr(ord("a") + number % 26) + name
        number = number // 26 - 1
    return name
