"""Addresses, places and free text."""

from __future__ import annotations

from datetime import date

from actions.flows.field_type import FieldError, FieldType, Found
from actions.flows.words import AddressWords
from storage.personal_values import PersonalKind

_EDGES = " \t\n,，。.!！;；:："
_SHORTEST_ADDRESS = 6
_SHORTEST_PLACE = 2


class Address(FieldType):
    """A postal address: long enough, with a road, a number or another mark of places."""

    name = "address"
    personal = PersonalKind.ADDRESS

    def __init__(self, words: AddressWords) -> None:
        self._words = words

    def find(self, text: str, today: date) -> Found | None:
        """Find an address that is said to be one (`地址是…`)."""
        found = self._after_cue(text)
        return found if found is not None and self._fault(found.value) is None else None

    def parse(self, text: str, today: date) -> str:
        found = self._after_cue(text)
        value = found.value if found is not None else text.strip(_EDGES)
        fault = self._fault(value)
        if fault is not None:
            raise fault
        return value

    def span(self, text: str, today: date) -> tuple[int, int] | None:
        found = self._after_cue(text)
        if found is None:
            value = text.strip(_EDGES)
            found = Found(value, text.index(value), text.index(value) + len(value))
        marked = any(mark in found.value for mark in self._words.marks)
        return (found.start, found.end) if marked else None

    def mask(self, value: str) -> str:
        shown = min(6, len(value) // 2)
        return value[:shown] + "*" * 4

    def _after_cue(self, text: str) -> Found | None:
        for cue in self._words.cues:
            match = cue.search(text)
            if match is None:
                continue
            ends = [end.start() for pattern in self._words.ends for end in [pattern.search(text, match.end())] if end]
            value = text[match.end() : min(ends, default=len(text))].strip(_EDGES)
            if value:
                start = text.index(value, match.end())
                return Found(value, start, start + len(value))
        return None

    def _fault(self, value: str) -> FieldError | None:
        if not any(mark in value for mark in self._words.marks):
            return FieldError("address_missing", attempted=False)
        return FieldError("address_vague") if len(value) < _SHORTEST_ADDRESS else None


class Place(FieldType):
    """Where something is or happened; not as complete as an address."""

    name = "place"
    personal = PersonalKind.ADDRESS

    def __init__(self, words: AddressWords) -> None:
        self._words = words

    def find(self, text: str, today: date) -> Found | None:
        for pattern in self._words.places:
            match = pattern.search(text)
            if match is not None:
                value = match["place"]
                return Found(value, match.start("place"), match.end("place"))
        return None

    def parse(self, text: str, today: date) -> str:
        found = self.find(text, today)
        value = found.value if found is not None else text.strip(_EDGES)
        if len(value) < _SHORTEST_PLACE:
            raise FieldError("place_missing", attempted=False)
        return value

    def span(self, text: str, today: date) -> tuple[int, int] | None:
        """Return the place found, else all of the answer: it is taken for one."""
        found = super().span(text, today)
        value = text.strip(_EDGES)
        return found or ((text.index(value), text.index(value) + len(value)) if value else None)

    def mask(self, value: str) -> str:
        return value[: min(4, len(value) // 2)] + "*" * 4


class FreeText(FieldType):
    """Anything that is said, up to a length."""

    name = "text"
    shown = 2
    """characters of each end that stay when a sensitive text is masked"""

    def __init__(self, max_length: int) -> None:
        self._max_length = max_length

    def find(self, text: str, today: date) -> Found | None:
        return None

    def parse(self, text: str, today: date) -> str:
        value = text.strip()
        if not value.strip(_EDGES):
            raise FieldError("text_missing", attempted=False)
        if len(value) > self._max_length:
            raise FieldError("text_long", limit=self._max_length)
        return value

    def mask(self, value: str) -> str:
        ends = self.shown if len(value) >= 3 * self.shown else 0
        return value[:ends] + "*" * 4 + value[len(value) - ends :]
