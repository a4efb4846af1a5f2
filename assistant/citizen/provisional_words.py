"""What a message says of a provisional number (暂存号), and of the end of the ID number that proves it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from actions.flows.fields import readable
from actions.flows.number_fields import Run
from actions.flows.numerals import DIGIT_CLASS, digits_of
from actions.texts import Texts
from storage.provisional_numbers import LENGTH, in_groups, is_provisional_number

PROOF = 4
"""characters of the end of an ID number"""
_WHOLE = 18
_APART = r"[ \t,，、.。\-\u2010-\u2015\u2212]{0,2}"
_DIGIT = f"[{DIGIT_CLASS}]"
_NUMBER = re.compile(rf"(?<!{_DIGIT})(?:{_DIGIT}{_APART}){{{LENGTH - 1}}}{_DIGIT}(?![{DIGIT_CLASS}xX])")
_RUN = re.compile(rf"{_DIGIT}(?:[ \t-]{{0,2}}{_DIGIT})*(?:[ \t-]?(?P<check>[xX叉]))?")
_MOST = 3
"""stretches of a message that are looked at for a number"""
_LEAST_NUMBER, _LEAST_PROOF, _LEAST_HIDDEN = 5, 2, 3
"""digits from which they are meant as the number, as its proof, and hidden beside it"""


@dataclass(frozen=True)
class Named:
    """A provisional number that a message names."""

    number: str | None
    """None where none is said, or a wrong one"""
    shown: str
    """the message as it is kept: the number in groups, its proof as stars"""
    is_attempt: bool = True
    """whether digits were said"""
    proof: str | None = field(default=None, repr=False)
    """the end of the ID number, where it was said at once"""


@dataclass(frozen=True)
class Proof:
    """The answer to the question for the end of the ID number."""

    end: str | None = field(repr=False)
    """None where it cannot be one, such as three digits"""
    shown: str


class ProvisionalWords:
    """Reads numbers by their form and check digit, and the words around them by data/texts/provisional.yml."""

    def __init__(self, texts: Texts) -> None:
        """Compile the words."""
        self._named = re.compile(texts("words_named"))
        self._beside = re.compile(f"{texts('words_named')}|{texts('words_beside')}")
        self._ends_in = re.compile(texts("words_ends_in"))

    def named(self, text: str, in_application: bool = False) -> Named | None:
        """Return what a message says of a provisional number, or None where it is about something else.

        A number without its name is one only where nothing else is said. In an application, whose answers may hold
        any digits, it needs both: its name, and nothing else.
        """
        plain = _plain(text)
        called = self._named.search(plain) is not None
        for found in islice(_NUMBER.finditer(plain), _MOST):
            before, after = plain[: found.start()], plain[found.end() :]
            rest = f"{before} {after}"
            end = self._end_in(rest)
            is_alone = self._says_nothing_else(_without(rest, end))
            if not (called and is_alone if in_application else called or is_alone):
                continue
            digits = digits_of(found[0])
            if end is not None:
                before, after = _hidden(before), _hidden(after)
            shown = f"{before}{in_groups(digits)}{after}"
            return Named(
                digits if is_provisional_number(digits) else None, shown, proof=None if end is None else _end_of(end)
            )
        if in_application or not called:
            return None
        meant = max((len(run.digits) for run in _runs(plain)), default=0)
        return Named(None, plain, is_attempt=meant >= _LEAST_NUMBER)

    def proof(self, text: str) -> Proof | None:
        """Return the answer to the question for the end of the ID number; None where something else is said."""
        plain = _plain(text)
        told = (run for run in _runs(plain) if len(run.digits) >= _LEAST_PROOF)
        alone = [run for run in told if self._says_nothing_else(_without(plain, run))]
        if not alone:
            return None
        return Proof(next((end for run in alone if (end := _end_of(run))), None), _hidden(plain))

    def _end_in(self, rest: str) -> Run | None:
        """Return the end of the ID number: said to be it, or all that stands beside the provisional number."""
        cue = self._ends_in.search(rest)
        for run in _runs(rest):
            follows = cue is not None and run.start >= cue.end()
            if _end_of(run) and (follows or self._says_nothing_else(_without(rest, run))):
                return run
        return None

    def _says_nothing_else(self, rest: str) -> bool:
        return not self._beside.sub("", rest)


def _without(text: str, run: Run | None) -> str:
    return text if run is None else text[: run.start] + text[run.end :]


def _end_of(run: Run) -> str | None:
    """Return the last four characters of an ID number, of which a run may be the whole."""
    return run.digits[-PROOF:] if len(run.digits) in (PROOF, _WHOLE) else None


def _plain(text: str) -> str:
    """Return a text with ordinary digits, and else as it was written where that has as many characters."""
    written, plain = text.strip(), readable(text)
    if len(written) != len(plain):
        return plain
    return "".join(new if new.isalnum() else old for old, new in zip(written, plain, strict=True))


def _runs(text: str) -> list[Run]:
    found = _RUN.finditer(text)
    return [Run(digits_of(one[0]) + ("X" if one["check"] else ""), one.start(), one.end()) for one in found]


def _hidden(text: str) -> str:
    return _RUN.sub(lambda found: "*" * len(found[0]) if len(found[0]) >= _LEAST_HIDDEN else found[0], text)
