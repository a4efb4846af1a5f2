"""The tokens of a script, as far as they matter for writing it shorter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<private>\#[A-Za-z_]\w*)
    |(?P<word>[\w$]+)
    |(?P<sign>.)""",
    re.X | re.S,
)
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/[a-z]*")
_PIECE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?:\$\{|`)", re.S)
"""of a template: up to where an expression begins or the template ends"""
_BEFORE_PATTERN = frozenset("(=,:?!&|;{}[>")
"""a slash after one of these begins a regular expression; after anything else it divides"""


@dataclass(frozen=True)
class Token:
    """A piece of a script."""

    kind: str
    """`text` (strings, the fixed parts of templates, regular expressions), `private`, `word` or `sign`"""
    text: str
    spaced: bool
    """whether a space or a comment stood before it"""


def tokens(source: str) -> list[Token]:
    """Return the tokens of a script without comments and spaces."""
    return list(_read(source, 0, within_template=False)[0])


def _read(source: str, place: int, within_template: bool) -> tuple[list[Token], int]:
    """Return the tokens from a place on, to the end or to the brace that ends an expression of a template."""
    found: list[Token] = []
    spaced, depth = False, 0
    while place < len(source):
        if source[place] == "`":
            pieces, place = _template(source, place + 1, "`")
            found += pieces
            continue
        match = _TOKEN.match(source, place)
        assert match is not None and match.lastgroup is not None  # the last alternative takes any character
        kind, text = match.lastgroup, match.group()
        if kind == "space":
            spaced, place = True, match.end()
            continue
        if text == "/" and _may_begin_pattern(found) and (pattern := _PATTERN.match(source, place)):
            kind, text = "text", pattern.group()
        depth += {"{": 1, "}": -1}.get(text, 0) if kind == "sign" else 0
        if within_template and depth < 0:
            break
        found.append(Token(kind, text, spaced))
        spaced, place = False, place + len(text)
    return found, place


def _template(source: str, place: int, opened_by: str) -> tuple[Iterator[Token], int]:
    """Return the tokens of a template from after its first character on, and the place after it."""
    found: list[Token] = []
    while True:
        piece = _PIECE.match(source, place)
        assert piece is not None  # every template ends
        found.append(Token("text", opened_by + piece.group(), False))
        place = piece.end()
        if piece.group().endswith("`"):
            return iter(found), place
        expression, place = _read(source, place, within_template=True)
        found += expression
        opened_by, place = "}", place + 1


def _may_begin_pattern(before: list[Token]) -> bool:
    return not before or before[-1].text in _BEFORE_PATTERN or before[-1].text == "return"
