"""Read a message in the light of a draft: values, fields that are named, changes, hesitation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.flows.definition import Flow, FlowField
from actions.flows.draft import Draft
from actions.flows.field_type import FieldError, Found
from actions.flows.fields import FIND_ORDER
from actions.flows.words import FlowWords, matches

_BLANK = "\n"  # stands where a word was taken out; nothing that is looked for reaches across it
_EDGES = " \t\n,，。.!！;；:：、"


@dataclass(frozen=True)
class Reading:
    """What a message says about a draft."""

    text: str
    rest: str
    """the text without the values found and without the words that name fields"""
    tail: str
    """what follows the last word of change, or nothing"""
    values: Mapping[str, str]
    """field → value, as far as beyond doubt"""
    changes: Mapping[str, str]
    """those values that differ from the draft's"""
    news: bool
    """whether a value differs from what was said before, a default counting as not said"""
    named: tuple[FlowField, ...]
    fault: FieldError | None
    """what is wrong with the tail as a value of the first field that is named"""
    corrects: bool
    holds: bool
    """whether something in it holds a yes back"""
    is_plain_yes: bool
    keeps_everything: bool
    """whether it says that nothing should be changed"""


class MessageReader:
    def __init__(self, words: FlowWords, labels: Callable[[Flow], Mapping[str, str]]) -> None:
        """`labels` gives the labels of a flow's fields by name."""
        self._words = words
        self._labels = labels

    def read(self, draft: Draft, text: str, today: date) -> Reading:
        """Read a message; the values are looked for after the last word of change first."""
        tail = self._tail(text)
        named, unnamed = self._named(draft, text)
        changed = (*named, *_moved_with(draft, named)) if tail else ()
        values, rest = self._values(draft, text, unnamed, named, changed, today)
        if tail:
            values = {**values, **self._values(draft, tail, tail, named, changed, today)[0]}
        fault = None
        for one in named if tail else ():
            if one.name not in values:
                try:
                    values[one.name] = one.kind.parse(tail, today)
                except FieldError as error:
                    fault = fault or error
        said = draft.stored.fields
        meant = re.sub("|".join(pattern.pattern for pattern in self._words.keep), "", text)
        return Reading(
            text=text,
            rest=rest.strip(_EDGES),
            tail=tail,
            values=values,
            changes={name: value for name, value in values.items() if draft.values.get(name) != value},
            news=any(said.get(name) != value for name, value in values.items()),
            named=named,
            fault=fault,
            corrects=matches(self._words.correction, meant),
            holds=matches(self._words.hold, meant) or len(meant) > self._words.affirm_length,
            is_plain_yes=self.is_plain_yes(text),
            keeps_everything=matches(self._words.keep, text),
        )

    def is_plain_yes(self, text: str) -> bool:
        """Tell whether a message is a yes and nothing else."""
        bare = text.strip(_EDGES)
        return any(pattern.fullmatch(bare) for pattern in self._words.plain_affirm)

    def goes_on(self, text: str) -> bool:
        """Tell whether a message says nothing but that the application goes on."""
        bare = text.strip(_EDGES)
        return any(pattern.fullmatch(bare) for pattern in self._words.going_on)

    def cancels(self, text: str) -> bool:
        """Tell whether a message gives the application up in so many words."""
        return matches(self._words.cancel, text)

    def gives_up(self, text: str) -> bool:
        """Tell whether there is a word of giving up in a message."""
        return matches(self._words.giving_up, text)

    def _tail(self, text: str) -> str:
        ends = [match.end() for pattern in self._words.change for match in pattern.finditer(text)]
        return text[max(ends, default=len(text)) :].strip(_EDGES)

    def _named(self, draft: Draft, text: str) -> tuple[tuple[FlowField, ...], str]:
        """Return the fields that are named, in the order of the text, and the text without their names.

        Of words that overlap the longest counts.
        """
        labels = self._labels(draft.flow)
        words = [(word, one) for one in draft.needed for word in (labels[one.name], *one.words)]
        found: dict[str, tuple[int, FlowField]] = {}
        for word, one in sorted(words, key=lambda pair: -len(pair[0])):
            start = text.find(word)
            if start >= 0:
                found.setdefault(one.name, (start, one))
                text = text[:start] + _BLANK * len(word) + text[start + len(word) :]
        return tuple(one for _, one in sorted(found.values(), key=lambda pair: pair[0])), text

    def _values(
        self,
        draft: Draft,
        text: str,
        rest: str,
        named: Sequence[FlowField],
        changed: Sequence[FlowField],
        today: date,
    ) -> tuple[dict[str, str], str]:
        """Find values, and return them with what is left of `rest`, which runs alongside the text.

        Of the fields of one type the one asked comes first, then those named, then those without a value. `changed` are
        those that are said to change.
        """

        def order(one: FlowField) -> tuple[int, int]:
            wanted = [draft.asked is one, one in named, one.name not in draft.values]
            return FIND_ORDER.index(one.type), next((rank for rank, holds in enumerate(wanted) if holds), 3)

        values: dict[str, str] = {}
        taken: set[str] = set()
        for one in sorted(_reachable(draft), key=order):
            if one.type in taken and one.name in draft.values and one not in named:
                continue  # the value that was found is the lacking field's, not another one's new value
            if changed and one.type == "choice" and one not in changed and one.name in draft.values:
                continue  # another field is said to change; a word of this one's options does not change this one
            found = one.kind.find(text, today)
            if found is None:
                continue
            values[one.name] = found.value
            if len(rest) == len(text):
                rest = _without(rest, found)
            if one.type != "choice":  # a word may say two choices at once; another value is one field's only
                taken.add(one.type)
                text = _without(text, found)
        return values, rest


def _moved_with(draft: Draft, named: Sequence[FlowField]) -> tuple[FlowField, ...]:
    """Return the window of an appointment where its place or day is named: a new one is said with it, or asked for."""
    rule = draft.flow.appointment
    if rule is None or not any(one.name in (rule.place, rule.day) for one in named):
        return ()
    return (draft.flow.by_name[rule.window],)


def _reachable(draft: Draft) -> tuple[FlowField, ...]:
    """Return the fields that a message may fill: those of the case, and those that a value of it may bring in."""
    return tuple(one for one in draft.flow.fields if draft.is_needed(one) or one.when)


def _without(text: str, found: Found) -> str:
    return text[: found.start] + _BLANK * (found.end - found.start) + text[found.end :]
