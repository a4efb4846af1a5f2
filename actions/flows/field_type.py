"""What every field type is: how it finds a value in a sentence, reads an answer and masks it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from storage.personal_values import PersonalKind


@dataclass(frozen=True)
class Found:
    """A value and the stretch of the text that says it."""

    value: str
    start: int
    end: int


class FieldError(Exception):
    """An answer that is no value of the type.

    `key` names a text below `errors` in data/texts/flows.yml, `values` fill it in; `attempted` says whether there was
    something like a value at all.
    """

    def __init__(self, key: str, attempted: bool = True, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.attempted = attempted
        self.values = values


class FieldType(ABC):
    """A type of field. Values are text (dates in ISO form); texts to read are in NFKC."""

    name: ClassVar[str]
    personal: ClassVar[PersonalKind | None] = None
    """the kind of personal data the values are; such values are always masked when read back"""

    @abstractmethod
    def find(self, text: str, today: date) -> Found | None:
        """Find a value that a longer sentence says beyond doubt."""

    def parse(self, text: str, today: date) -> str:
        """Read an answer to the question for this field; raise FieldError."""
        found = self.find(text, today)
        if found is None:
            raise FieldError(f"{self.name}_missing", attempted=False)
        return found.value

    def of_record(self, text: str, today: date) -> str:
        """Read what a register or a sign-in has, or what was read before: no sentence; raise FieldError."""
        return self.parse(text, today)

    def span(self, text: str, today: date) -> tuple[int, int] | None:
        """Return the stretch of an answer that is personal, be the value right or wrong."""
        found = self.find(text, today)
        return None if found is None else (found.start, found.end)

    def mask(self, value: str) -> str:
        """Return the value with what identifies a person hidden."""
        return "*" * len(value)

    def display(self, value: str) -> str:
        """Return the value as a citizen reads it."""
        return value
