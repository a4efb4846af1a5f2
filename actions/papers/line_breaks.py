"""Where a line of Chinese may end: between any two characters, but no line begins with punctuation (GB/T 15834)."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import category

_PIECES = re.compile(r"[A-Za-z0-9.,:/%+-]+|\s+|.", re.S)
"""what stays together: a word or number of other scripts, a space, a character"""
_OPENING = frozenset({"Ps", "Pi"})
_CLOSING = frozenset({"Pe", "Pf", "Po"})


def broken(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return the text with a newline wherever a line of this width ends.

    `measure` gives the width of a text, in the same unit. A piece that is too long for a line is left to the page.
    """
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width, measure))


def _lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines, line = [], ""
    for piece in _joined(text):
        if line and measure(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line]


def _joined(text: str) -> list[str]:
    """Return what may not be parted: an opening mark with what follows, a closing one with what goes before."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        joins = pieces and (category(piece[0]) in _CLOSING or category(pieces[-1][-1]) in _OPENING)
        if joins:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
