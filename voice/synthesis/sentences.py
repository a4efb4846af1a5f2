"""Cut a reply into pieces to speak one after the other, the first one short so that it sounds early."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

LONGEST = 40
LONGEST_FIRST = 20
_UNBROKEN = 120
_CLOSERS = "”’\"'」』）)】》"
# a sign of the Latin keyboard may be part of a number or an address: it ends nothing where one goes on after it
_ASCII_END = r"(?![!-~])"
_END = re.compile(rf"(?:[。！？；…]|[!?;]{_ASCII_END})+[{_CLOSERS}]*|\n")
_PAUSE = re.compile(rf"(?:[，、：]|[,:]{_ASCII_END})(?![{_CLOSERS}])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[，、：,:](?=\d)")
_IN_ONE = re.compile(r"[A-Za-z\d.,:/@*＊_-]+(?:[年月日时分号岁元％%][\d.]*)*|\d[\d年月日时分号]*")
_BRACKETS = {"（": "）", "(": ")", "【": "】", "[": "]"}
_HEARD = re.compile(r"\w")


def sentences(text: str, longest: int = LONGEST, longest_first: int = LONGEST_FIRST) -> list[str]:
    """Return the pieces of a text in order, without spaces at their ends; nothing but spaces is lost.

    Ends of sentences and lines divide; what is longer than `longest` characters (the first piece: `longest_first`)
    divides at a pause as well. Brackets, numbers, dates and addresses of pages stay whole.
    """
    pieces: list[str] = []
    for sentence in _with_sound(_cut(text, _ends(text))):
        limit = longest if pieces else longest_first
        pieces.extend(_shortened(sentence, limit, longest))
    return pieces


def _cut(text: str, places: list[int]) -> list[str]:
    bounds = [0, *places, len(text)]
    pieces = (text[start:end].strip() for start, end in zip(bounds, bounds[1:], strict=False))
    return [piece for piece in pieces if piece]


def _with_sound(pieces: list[str]) -> Iterator[str]:
    """Join what has no sound, a mark on its own, to the piece before it."""
    held = ""
    for piece in pieces:
        if held and _HEARD.search(held) and _HEARD.search(piece):
            yield held
            held = ""
        held = f"{held}\n{piece}" if held else piece
    if held:
        yield held


def _ends(text: str) -> list[int]:
    inside = _bracketed(text)
    return [found.end() for found in _END.finditer(text) if not inside[found.start()]]


def _shortened(sentence: str, first_limit: int, limit: int) -> Iterator[str]:
    """Yield a sentence in pieces no longer than the limits, where it has pauses to be cut at."""
    if len(sentence) <= first_limit:
        yield sentence
        return
    pauses, gaps = _places(sentence)
    start, reach = 0, first_limit
    while len(sentence) - start > reach:
        place = _cut_after(start, reach, pauses)
        if place - start > _UNBROKEN:
            place = _cut_after(start, _UNBROKEN, gaps)
        yield sentence[start:place].strip()
        start, reach = place, limit
    if start < len(sentence):
        yield sentence[start:].strip()


def _places(sentence: str) -> tuple[list[int], list[int]]:
    """Return where a sentence has pauses, and where a cut divides neither a number, a word nor a bracket."""
    inside = _bracketed(sentence)
    runs = [found.span() for found in _IN_ONE.finditer(sentence)]
    whole = {place for start, end in runs if end - start <= _UNBROKEN for place in range(start + 1, end)}
    gaps = [place for place in range(1, len(sentence)) if place not in whole and not inside[place - 1]]
    pauses = {found.end() for found in _PAUSE.finditer(sentence)}
    pauses -= {found.end() for found in _BETWEEN_DIGITS.finditer(sentence)}
    return [place for place in gaps if place in pauses] + [len(sentence)], [*gaps, len(sentence)]


def _cut_after(start: int, reach: int, places: list[int]) -> int:
    """Return the last of the places within reach, else the first one beyond."""
    beyond = bisect_right(places, start + reach)
    if beyond and places[beyond - 1] > start:
        return places[beyond - 1]
    return places[beyond]


def _bracketed(text: str) -> list[bool]:
    """Return for each character whether a bracket that is closed on the same line is open after it."""
    inside = [False] * len(text)
    opened: list[int] = []
    for place, character in enumerate(text):
        if character == "\n":
            opened.clear()
        elif character in _BRACKETS:
            opened.append(place)
        elif opened and character == _BRACKETS[text[opened[-1]]]:
            start = opened.pop()
            inside[start:place] = [True] * (place - start)
    return inside
