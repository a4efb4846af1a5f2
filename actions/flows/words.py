"""The words by which citizens answer, correct, hesitate and name people: read from `data/texts/flow_words.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class NameWords:
    cues: Patterns
    leads: Patterns
    """what may stand before a name in the answer to the question for it"""
    ends: Patterns
    stop: tuple[str, ...]
    stop_whole: tuple[str, ...]


@dataclass(frozen=True)
class AddressWords:
    cues: Patterns
    marks: tuple[str, ...]
    ends: Patterns
    places: Patterns


@dataclass(frozen=True)
class DateWords:
    """The words of dates: units, and words that stand for a distance in years, months, days or weeks."""

    year: str
    month: str
    day: tuple[str, ...]
    years: Mapping[str, int]
    months: Mapping[str, int]
    days: Mapping[str, int]
    weeks: Mapping[str, int]
    week: tuple[str, ...]
    sunday: tuple[str, ...]
    ago: tuple[str, ...]
    later: tuple[str, ...]
    units: Mapping[str, int]
    lunar: tuple[str, ...]
    display: str


@dataclass(frozen=True)
class ChoiceWords:
    negations: tuple[str, ...]
    ordinals: Patterns
    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True)
class ApplicantWords:
    own: tuple[str, ...]
    other: tuple[str, ...]
    suggests_other: Patterns
    suggests_own: Patterns
    says_other: Patterns
    says_own: Patterns
    own_value: Patterns
    """before a value that is the agent's own"""
    other_value: Patterns
    """before a value that is another person's"""


@dataclass(frozen=True)
class FlowWords:
    """All of them, patterns compiled."""

    fields: Mapping[str, tuple[str, ...]]
    change: Patterns
    correction: Patterns
    hold: Patterns
    plain_affirm: Patterns
    cancel: Patterns
    giving_up: Patterns
    """without one of these, an answer is an answer though it was taken for a cancellation"""
    affirm_length: int
    keep: Patterns
    going_on: Patterns
    """the whole of a text that goes on with the application"""
    names: NameWords
    addresses: AddressWords
    dates: DateWords
    choices: ChoiceWords
    applicant: ApplicantWords

    @classmethod
    def load(cls, path: Path | str) -> FlowWords:
        """Read the words from a YAML file; raise KeyError for a part that is missing, re.error for a bad pattern."""
        raw = yaml.safe_load(Path(path).read_text("utf-8"))
        names, addresses, applicant = raw["names"], raw["addresses"], raw["applicant"]
        return cls(
            fields={type_name: tuple(words) for type_name, words in raw["field_words"].items()},
            change=_patterns(raw["change_patterns"]),
            correction=_patterns(raw["correction_patterns"]),
            hold=_patterns(raw["hold_patterns"]),
            plain_affirm=_patterns(raw["plain_affirm_patterns"]),
            cancel=_patterns(raw["cancel_patterns"]),
            giving_up=_patterns(raw["giving_up_patterns"]),
            affirm_length=int(raw["affirm_length"]),
            keep=_patterns(raw["keep_patterns"]),
            going_on=_patterns(raw["going_on_patterns"]),
            names=NameWords(
                _patterns(names["cue_patterns"]),
                _patterns(names["lead_patterns"]),
                _patterns(names["end_patterns"]),
                tuple(names["stop"]),
                tuple(names["stop_whole"]),
            ),
            addresses=AddressWords(
                _patterns(addresses["cue_patterns"]),
                tuple(addresses["marks"]),
                _patterns(addresses["end_patterns"]),
                _patterns(addresses["place_patterns"]),
            ),
            dates=_dates(raw["dates"]),
            choices=_choices(raw),
            applicant=ApplicantWords(
                own=tuple(applicant["self"]),
                other=tuple(applicant["other"]),
                suggests_other=_patterns(applicant["suggests_other_patterns"]),
                suggests_own=_patterns(applicant["suggests_self_patterns"]),
                says_other=_patterns(applicant["says_other_patterns"]),
                says_own=_patterns(applicant["says_self_patterns"]),
                own_value=_patterns(applicant["own_value_patterns"]),
                other_value=_patterns(applicant["other_value_patterns"]),
            ),
        )


def matches(patterns: Patterns, text: str) -> bool:
    """Tell whether any of the patterns occurs in the text."""
    return any(pattern.search(text) for pattern in patterns)


def _patterns(sources: list[str]) -> Patterns:
    return tuple(re.compile(source) for source in sources)


def _dates(raw: Mapping[str, Any]) -> DateWords:
    parts: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return DateWords(**parts)


def _choices(raw: Mapping[str, Any]) -> ChoiceWords:
    ordinals = raw["ordinals"]
    number = r"[0-9一二两三四五六七八九十]{1,2}"
    return ChoiceWords(
        negations=tuple(raw["negations"]),
        ordinals=_patterns([source.replace("{number}", number) for source in ordinals["patterns"]]),
        first=tuple(ordinals["first"]),
        last=tuple(ordinals["last"]),
    )
