"""What a guide (办事指南) is made of; the element names follow GB/T 39554."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Quantity:
    """A number a condition is held against, such as an age."""

    key: str
    name: str
    unit: str
    question: str


@dataclass(frozen=True)
class Dimension:
    """Something that differs between citizens (情形), and the words that say each of its values."""

    key: str
    name: str
    question: str
    values: Mapping[str, tuple[str, ...]]

    @cached_property
    def cues(self) -> tuple[tuple[str, str], ...]:
        """Return (word, value) pairs, the longest word first.

        A value's own name is one of its words, unless it is a single character.
        """
        pairs = [(word.lower(), value) for value, words in self.values.items() for word in words]
        pairs += [(value.lower(), value) for value in self.values if len(value) > 1]
        return tuple(sorted(set(pairs), key=lambda pair: (-len(pair[0]), pair)))


@dataclass(frozen=True)
class Material:
    """An application material (申请材料); empty where the guide does not say."""

    name: str
    form: str = ""
    number: int | None = None
    medium: str = ""
    shared: bool = False
    """waived where data sharing finds it (数据共享免提交)"""
    required: bool = True
    note: str = ""


@dataclass(frozen=True)
class Condition:
    """A condition of acceptance (受理条件); a numeric one names its quantity and bounds, both inclusive."""

    text: str
    quantity: Quantity | None = None
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class TimeLimits:
    """Working days from acceptance (受理); 0 means at once, `legal` None that no law sets a limit.

    `promised` is None where the department states no promise.
    """

    legal: int | None = None
    promised: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Fee:
    """Whether a fee is charged, and how much."""

    charged: bool
    standard: str


@dataclass(frozen=True)
class Place:
    """A place to apply (办理地点); `citywide` when it serves every district (全市通办)."""

    name: str
    district: str = ""
    """its name, or words for each district or the whole city; empty where the guide does not say, as `hours`"""
    hours: str = ""
    citywide: bool = False
    note: str = ""


@dataclass(frozen=True)
class Result:
    """What is issued, and for how long it is valid."""

    name: str
    validity: str = ""


@dataclass(frozen=True)
class Guide:
    """The fields of an item that a case may change; None or empty where its department does not say."""

    conditions: tuple[Condition, ...] = ()
    materials: tuple[Material, ...] | None = None
    """empty where none is needed"""
    steps: tuple[str, ...] = ()
    time_limits: TimeLimits | None = None
    fee: Fee | None = None
    places: tuple[Place, ...] = ()
    channels: tuple[str, ...] = ()
    visits: int | None = None
    """how often one has to come in person (到办事现场次数)"""
    result: Result | None = None


@dataclass(frozen=True)
class Case:
    """What changes when all of `when` (dimension → value) holds."""

    when: Mapping[str, str]
    note: str
    overrides: Mapping[str, Any]
    """field of the guide → what takes its place"""
    extra_materials: tuple[Material, ...] = ()

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether the facts settle that this case is theirs."""
        return all(facts.get(key) == value for key, value in self.when.items())

    def excluded(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether the facts settle that this case is not theirs."""
        return any(facts.get(key) not in (None, value) for key, value in self.when.items())


@dataclass(frozen=True)
class Question:
    """A common question (常见问题) and its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Neighbour:
    """An item easily taken for this one, and what tells them apart."""

    item: str
    difference: str
