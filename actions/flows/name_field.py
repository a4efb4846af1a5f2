"""Names of people."""

from __future__ import annotations

import re
from datetime import date

from actions.flows.field_type import FieldError, FieldType, Found
from actions.flows.words import NameWords
from storage.personal_values import PersonalKind

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_SHORT = rf"[{_HAN}]{{2,4}}"
_DOTTED = rf"[{_HAN}]{{1,15}}(?:·[{_HAN}]{{1,15}}){{1,3}}"
_LATIN = r"[A-Za-z][A-Za-z'’.-]*(?: [A-Za-z][A-Za-z'’.-]*){0,5}"
_NAME = re.compile(rf"{_DOTTED}|{_SHORT}|{_LATIN}")
_AT_CUE = re.compile(rf"{_DOTTED}|[{_HAN}]{{2,8}}|{_LATIN}")
_DOTS = re.compile("[•・.·]")  # the dot of a transcribed name, as keyboards write it
_EDGES = " \t,，。.!！;；:：、\"'“”"


class PersonName(FieldType):
    """A name: two to four Chinese characters, parts joined by a dot, or Latin letters."""

    name = "person_name"
    personal = PersonalKind.FULL_NAME

    def __init__(self, words: NameWords) -> None:
        self._words = words

    def find(self, text: str, today: date) -> Found | None:
        """Find a name that is said to be one (`我叫…`)."""
        for cue in self._words.cues:
            for match in cue.finditer(text):
                name = _AT_CUE.match(text, match.end())
                if name is None:
                    continue
                value = self._cut(name[0])
                if self._can_be_name(value):
                    return Found(_with_dots(value), name.start(), name.start() + len(value))
        return None

    def parse(self, text: str, today: date) -> str:
        found = self.find(text, today)
        if found is not None:
            return found.value
        bare = text.strip(_EDGES)
        if self._can_be_name(bare):
            return _with_dots(bare)
        raise FieldError("person_name_unclear", attempted=False)

    def span(self, text: str, today: date) -> tuple[int, int] | None:
        found = self.find(text, today)
        if found is not None:
            return found.start, found.end
        try:
            self.parse(text, today)
        except FieldError:
            return None
        bare = text.strip(_EDGES)
        start = text.index(bare)
        return start, start + len(bare)

    def mask(self, value: str) -> str:
        return masked_name(value)

    def _cut(self, run: str) -> str:
        """Cut off what follows a name that runs on into the sentence."""
        ends = [match.start() for end in self._words.ends for match in [end.search(run, 2)] if match]
        return run[: min(ends, default=len(run))]

    def _can_be_name(self, text: str) -> bool:
        said_otherwise = text in self._words.stop_whole or any(word in text for word in self._words.stop)
        return not said_otherwise and self._is_name(text)

    @staticmethod
    def _is_name(text: str) -> bool:
        return bool(_NAME.fullmatch(_DOTS.sub("·", text) if re.search(rf"[{_HAN}]", text) else text))


def masked_name(name: str) -> str:
    """Return a name with all but its first and last character hidden, of two the last."""
    return name[0] + "*" if len(name) == 2 else name[0] + "*" * (len(name) - 2) + name[-1]


def _with_dots(name: str) -> str:
    return _DOTS.sub("·", name) if re.search(rf"[{_HAN}]", name) else name
