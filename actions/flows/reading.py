"""Read a message in the light of a draft: values, fields that are named, changes, hesitation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.flows.agency import RELATION
from actions.flows.definition import Flow, FlowField
from actions.flows.draft import Draft
from actions.flows.field_type import FieldError, Found
from actions.flows.fields import FIND_ORDER
from actions.flows.whose import own_cue
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
    own: Mapping[str, str]
    """those values that are said to be the speaker's own (我叫…)"""
    answers_of_self: bool
    """whether another person's particulars were asked for and the speaker's own are said"""


class MessageReader:
    def __init__(self, words: FlowWords, labels: Callable[[Flow], Mapping[str, str]], other: str) -> None:
        """`labels` gives the labels of a flow's fields by name; `other` is an application for another person."""
        self._words = words
        self._labels = labels
        self._other = other

    def read(self, draft: Draft, text: str, today: date) -> Reading:
        """Read a message; the values are looked for after the last word of change first."""
        tail = self._tail(text)
        named, unnamed = self._named(draft, text)
        changed = (*named, *_moved_with(draft, named)) if tail else ()
        values, own, rest = self._values(draft, text, unnamed, named, changed, today)
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
            own={name: values[name] for name in own},
            answers_of_self=self._answers_of_self(draft, text, today),
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
    ) -> tuple[dict[str, str], set[str], str]:
        """Find values; return them, which are the speaker's own, and what is left of `rest`, which runs alongside.

        Of the fields of one type the one asked comes first, then those named, then those without a value. `changed` are
        those that are said to change.
        """

        def order(one: FlowField) -> tuple[int, int]:
            wanted = [draft.asked is one, one in named, one.name not in draft.values]
            return FIND_ORDER.index(one.type), next((rank for rank, holds in enumerate(wanted) if holds), 3)

        values: dict[str, str] = {}
        own: set[str] = set()
        taken: set[str] = set()
        for one in sorted(_reachable(draft), key=order):
            if one.type in taken and one.name in draft.values and one not in named:
                continue  # the value that was found is the lacking field's, not another one's new value
            if changed and one.type == "choice" and one not in changed and one.name in draft.values:
                continue  # another field is said to change; a word of this one's options does not change this one
            if one.name == RELATION and one.name in draft.values and one is not draft.asked and one not in named:
                continue  # people are spoken of all the time; who is applied for has been said
            found, is_own = self._find(draft, one, text, today)
            if found is None:
                continue
            values[one.name] = found.value
            if is_own:
                own.add(one.name)
            if len(rest) == len(text):
                rest = _without(rest, found)
            if one.type != "choice":  # a word may say two choices at once; another value is one field's only
                taken.add(one.type)
                text = _without(text, found)
        return values, own, rest

    def _answers_of_self(self, draft: Draft, text: str, today: date) -> bool:
        asked = draft.asked
        if draft.applicant != self._other or asked is None or asked.of_agent or asked.may_be_agents:
            return False
        found = asked.kind.find(text, today) if asked.kind.personal is not None else None
        return found is not None and own_cue(self._words.applicant, text, found.start) is not None

    def _find(self, draft: Draft, one: FlowField, text: str, today: date) -> tuple[Found | None, bool]:
        """Find a field's value, and tell whether it is the speaker's own.

        In an application for another person what is said of oneself is the agent's, and anything else is not, unless
        it answers the question for it.
        """
        while True:
            found = one.kind.find(text, today)
            if found is None or one.kind.personal is None:
                return found, False
            cue = own_cue(self._words.applicant, text, found.start)
            if draft.applicant != self._other or one.may_be_agents:
                return found, cue is not None
            if one.of_agent and (cue is not None or (draft.asked is not None and draft.asked.of_agent)):
                return found, cue is not None
            if not one.of_agent and cue is None:
                return found, False
            text = _without(text, found)


def _moved_with(draft: Draft, named: Sequence[FlowField]) -> tuple[FlowField, ...]:
    """Return the window of an appointment where its place or day is named: a new one is said with it, or asked for."""
    rule = draft.flow.appointment
    if rule is None or not any(one.name in (rule.place, rule.day) for one in named):
        return ()
    return (draft.flow.by_name[rule.window],)


def _reachable(draft: Draft) -> tuple[FlowField, ...]:
    """Return the fields that a message may fill: those of the case, and those that a value of it may bring in."""
    return tuple(one for one in draft.flow.fields if draft.is_needed(one) or (one.when and not one.of_agent))


def _without(text: str, found: Found) -> str:
    return text[: found.start] + _BLANK * (found.end - found.start) + text[found.end :]
