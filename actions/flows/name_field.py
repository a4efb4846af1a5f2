"""Names of people."""

from __future__ import annotations

import re
from datetime import date

from actions.flows.field_type import FieldError, FieldType, Found
from actions.flows.words import NameWords
from storage.personal_values import PersonalKind

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_SHORT = rf"[{_HAN}]{{2,4}}"
_LONG = re.compile(rf"[{_HAN}]{{5,8}}")  # 阿拉坦其其格: a name where it is said to be one, else a sentence
_DOTTED = rf"[{_HAN}]{{1,15}}(?:·[{_HAN}]{{1,15}}){{1,3}}"
_LATIN = r"[A-Za-z][A-Za-z'’.-]*(?: [A-Za-z][A-Za-z'’.-]*){0,5}"
_NAME = re.compile(rf"{_DOTTED}|{_SHORT}|{_LATIN}")
_AT_CUE = re.compile(rf"{_DOTTED}|[{_HAN}]{{2,8}}|{_LATIN}")
_ON_RECORD = re.compile(rf"{_DOTTED}|[{_HAN}]{{2,15}}|{_LATIN}")
_DOTS = re.compile("[•・.·]")  # the dot of a transcribed name, as keyboards write it
_BETWEEN = re.compile(rf"(?<=[{_HAN}])[•・‧∙⋅](?=[{_HAN}])")  # the same in a sentence, which a full stop may end
_PERSONS = re.compile("[我你您]|[他她们]")  # somebody is spoken of: no long name
_EDGES = " \t,，。.!！;；:：、\"'“”"


class PersonName(FieldType):
    """A name: two to four Chinese characters (more after words that say it is one), parts with dots, or Latin."""

    name = "person_name"
    personal = PersonalKind.FULL_NAME

    def __init__(self, words: NameWords) -> None:
        self._words = words

    def find(self, text: str, today: date) -> Found | None:
        """Find a name that is said to be one (`我叫…`)."""
        text = _BETWEEN.sub("·", text)
        for cue in self._words.cues:
            for match in cue.finditer(text):
                name = _AT_CUE.match(text, match.end())
                if name is None:
                    continue
                rest = text[match.end() :].strip(_EDGES)
                value = rest if "." in rest and self._can_be_name(rest) else self._cut(name[0])
                if self._can_be_name(value) or self._can_be_long_name(value):
                    return Found(_with_dots(value), name.start(), name.start() + len(value))
        return None

    def parse(self, text: str, today: date) -> str:
        found = self.find(text, today)
        if found is not None:
            return found.value
        bare = self._answer(text)
        if self._can_be_name(bare):
            return _with_dots(bare)
        raise FieldError("person_name_unclear", attempted=False)

    def of_record(self, text: str, today: date) -> str:
        name = _with_dots(text.strip(_EDGES))
        if not _ON_RECORD.fullmatch(name):
            raise FieldError("person_name_unclear", attempted=False)
        return name

    def span(self, text: str, today: date) -> tuple[int, int] | None:
        found = self.find(text, today)
        if found is not None:
            return found.start, found.end
        try:
            self.parse(text, today)
        except FieldError:
            return None
        bare = self._answer(text)
        start = text.rindex(bare)
        return start, start + len(bare)

    def mask(self, value: str) -> str:
        return masked_name(value)

    def _cut(self, run: str) -> str:
        """Cut off what follows a name that runs on into the sentence."""
        ends = [match.start() for end in self._words.ends for match in [end.search(run, 2)] if match]
        return run[: min(ends, default=len(run))]

    def _answer(self, text: str) -> str:
        """Return what a message says without the words that lead to a name (`她是…`); nothing where none follows."""
        bare = text.strip(_EDGES)
        led = next((match.end() for lead in self._words.leads for match in [lead.match(bare)] if match), 0)
        rest = bare[led:].strip(_EDGES)
        return "" if led and (_PERSONS.search(rest) or self._cut(rest) != rest) else rest

    def _can_be_name(self, text: str) -> bool:
        return not self._says_otherwise(text) and self._is_name(text)

    def _can_be_long_name(self, text: str) -> bool:
        return bool(_LONG.fullmatch(text)) and not (self._says_otherwise(text) or _PERSONS.search(text))

    def _says_otherwise(self, text: str) -> bool:
        return text in self._words.stop_whole or any(word in text for word in self._words.stop)

    @staticmethod
    def _is_name(text: str) -> bool:
        return bool(_NAME.fullmatch(_DOTS.sub("·", text) if re.search(rf"[{_HAN}]", text) else text))


def masked_name(name: str) -> str:
    """Return a name with all but its first and last character hidden, of two the last; one stays, with a star."""
    return name[0] + "*" if len(name) <= 2 else name[0] + "*" * (len(name) - 2) + name[-1]


def _with_dots(name: str) -> str:
    return _DOTS.sub("·", name) if re.search(rf"[{_HAN}]", name) else name
