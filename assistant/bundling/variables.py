"""Which words of a script are variables, where each is declared, and how far it is known.

A variable counts as known in its whole block, also before it is declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

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
_OUTSIDE = -1


@dataclass(frozen=True)
class Declaration:
    """A variable, a function, a class or a parameter."""

    name: str
    begin: int
    """the first token at which it is known"""
    end: int
    """the last one"""
    is_top: bool
    """whether it stands outside all brackets: known in the whole script"""


class Variables:
    """The variables of a script, by the places of its tokens."""

    def __init__(self, script: Sequence[Token]) -> None:
        """Read the brackets of a script; its statements must end in `;`."""
        self.script = script
        self._within: list[int] = []
        """for each token the bracket that it stands in"""
        self._ends: dict[int, int] = {}
        self._match_brackets()
        self._kinds = {place: self._kind(place) for place in self._ends if self.text(place) == "{"}

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Return where a word is a variable: no key, no member, nothing reached by a dot."""
        return tuple(place for place in range(len(self.script)) if self._is_variable(place))

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """Return everything that is declared, in whatever scope."""
        return tuple(self._declarations())

    def free(self) -> set[str]:
        """Return the names that are used where nothing of that name is declared: globals, and what is imported."""
        known: dict[str, list[Declaration]] = {}
        for one in self.declarations:
            known.setdefault(one.name, []).append(one)
        used = ((self.text(place), place) for place in self.places)
        return {name for name, place in used if not any(one.begin <= place <= one.end for one in known.get(name, ()))}

    def is_shorthand(self, place: int) -> bool:
        """Tell whether a variable is written as a key and its value at once: `{ size }`."""
        in_object = self._kinds.get(self._within[place]) == "object"
        return in_object and self._sign(place - 1) in ("{", ",") and self._sign(place + 1) in (",", "}", "=")

    def text(self, place: int) -> str:
        """Return what stands at a place, nothing beyond the ends."""
        return self.script[place].text if 0 <= place < len(self.script) else ""

    def _sign(self, place: int) -> str:
        """Return a token that is no string; a string is never taken for a bracket."""
        return self.text(place) if 0 <= place < len(self.script) and self.script[place].kind != "text" else ""

    def _match_brackets(self) -> None:
        open_brackets: list[int] = []
        for place in range(len(self.script)):
            sign = self._sign(place)
            if sign in _OPEN:
                self._ends[open_brackets.pop()] = place
            self._within.append(open_brackets[-1] if open_brackets else _OUTSIDE)
            if sign in ("(", "[", "{"):
                open_brackets.append(place)

    def _kind(self, brace: int) -> str:
        """Return what a brace opens: a `class`, a `block`, or an `object` or a pattern for one."""
        before = self._sign(brace - 1)
        if before in (")", ";", "{", "}", "else", "try", "catch", "finally", "do", "") or self._is_arrow(brace - 2):
            return "block"
        place = brace - 1
        while self.script[place].kind == "word" and self.text(place) not in KEYWORDS or self._sign(place) == ".":
            place -= 1
        return "class" if self.text(place) in ("class", "extends") else "object"

    def _is_arrow(self, place: int) -> bool:
        return self._sign(place) == "=" and self._sign(place + 1) == ">"

    def _is_variable(self, place: int) -> bool:
        token = self.script[place]
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

    def _declarations(self) -> Iterator[Declaration]:
        for place, token in enumerate(self.script):
            is_top = self._within[place] == _OUTSIDE
            if token.kind == "word" and token.text in ("const", "let"):
                yield from self._known(self._bound_in_list(place), self._scope(place), is_top)
            elif token.kind == "word" and token.text in ("function", "class"):
                yield from self._known([place + 1], self._scope(place), is_top)
            elif self._sign(place) == "(" and self._has_parameters(place):
                body = self._ends[place] + (3 if self._is_arrow(self._ends[place] + 1) else 1)
                yield from self._known(self._bound_in(place), (place, self._end(body)), is_top=False)

    def _known(self, places: Iterable[int], scope: tuple[int, int], is_top: bool) -> Iterator[Declaration]:
        for place in places:
            if self.script[place].kind == "word" and self.text(place) not in KEYWORDS:
                yield Declaration(self.text(place), *scope, is_top)

    def _scope(self, place: int) -> tuple[int, int]:
        """Return the places of the braces around a declaration, or of the loop that it is made in."""
        around = self._within[place]
        while self._sign(around) == "[" or (self._sign(around) == "(" and self._sign(around - 1) != "for"):
            around = self._within[around]
        if around == _OUTSIDE:
            return 0, len(self.script)
        return around, self._ends[around] if self._sign(around) == "{" else self._end(self._ends[around] + 1)

    def _has_parameters(self, opening: int) -> bool:
        end = self._ends[opening]
        body = self._sign(end + 1) == "{" and self._sign(opening - 1) not in _CONDITIONS
        return body or self._is_arrow(end + 1)

    def _end(self, body: int) -> int:
        """Return the last place of what begins with a brace, or is one expression or statement."""
        if self._sign(body) == "{":
            return self._ends[body]
        level = self._within[body]
        ends = (place for place in range(body, len(self.script)) if self._within[place] == level)
        last = self._ends[level] if level != _OUTSIDE else len(self.script)
        return next((place for place in ends if self._sign(place) in (";", ",")), last)

    def _bound_in_list(self, keyword: int) -> Iterator[int]:
        """Yield the places of the names that a `const` or `let` declares, separated by commas."""
        return self._bound_between(keyword, len(self.script), self._within[keyword])

    def _bound_in(self, opening: int) -> Iterator[int]:
        """Yield the places of the names that a pattern or a list of parameters binds; default values bind none."""
        return self._bound_between(opening, self._ends[opening], opening)

    def _bound_between(self, before: int, end: int, level: int) -> Iterator[int]:
        in_value = False
        for place in range(before + 1, end):
            if self._within[place] != level or self.script[place].kind == "text":
                continue
            sign = self._sign(place)
            if sign == ";":
                return
            if sign == ",":
                in_value = False
            elif sign in ("=", "of", "in"):
                in_value = True
            elif in_value:
                continue
            elif sign in ("{", "[") and self._sign(self._ends[place] + 1) != ":":
                yield from self._bound_in(place)
            elif self.script[place].kind == "word" and self._sign(place + 1) != ":":
                yield place
