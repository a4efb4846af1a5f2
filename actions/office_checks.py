"""What can be checked of an application before anybody reads it; everything comes from its flow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from actions.clock import BEIJING
from actions.flows.choice_field import Choice
from actions.flows.definition import Flow, FlowField
from actions.flows.draft import FROM_IDENTITY, Draft
from actions.flows.field_type import FieldError
from actions.flows.fields import readable
from actions.flows.number_fields import NumberType, age_by
from actions.texts import Texts
from storage.applications import Application


class Outcome(str, Enum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """a person must look"""


@dataclass(frozen=True)
class Check:
    """One check, in words that name no value."""

    name: str
    outcome: Outcome
    text: str


class OfficeChecks:
    def __init__(
        self,
        flows: Mapping[str, Flow],
        texts: Texts,
        label: Callable[[FlowField], str],
        others_open: Callable[[str], Sequence[str]],
    ) -> None:
        """Keep the flows and the texts; `others_open` finds the same person's other applications for the item."""
        self._flows = flows
        self._texts = texts
        self._label = label
        self._others_open = others_open

    def of(self, application: Application) -> tuple[Check, ...]:
        """Return the checks of a submitted application, failed ones first; none where its flow is gone.

        Values are held against what was right on the day of the submission.
        """
        flow = self._flows.get(application.item_id)
        if flow is None:
            return ()
        draft = Draft(flow, application)
        moment = application.submitted_at or application.created_at
        found = [*self._of_fields(draft, moment.astimezone(BEIJING).date()), *self._of_person(draft, application)]
        order = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
        return tuple(sorted(found, key=lambda check: order.index(check.outcome)))

    def _of_fields(self, draft: Draft, today: date) -> Iterator[Check]:
        needed = draft.needed
        missing = [one for one in needed if not draft.values.get(one.name)]
        yield self._named("required", missing)
        given = [one for one in needed if one not in missing]
        numbers = [one for one in given if isinstance(one.kind, NumberType)]
        for one in numbers:
            right = _is_value(one, draft.values[one.name], today)
            yield self._check(one.type, _outcome(right), label=self._label(one))
        yield self._named(
            "values",
            [one for one in given if one not in numbers and not _is_value(one, draft.values[one.name], today)],
        )
        yield from self._age(draft, today)

    def _of_person(self, draft: Draft, application: Application) -> Iterator[Check]:
        flow, holder = draft.flow, draft.flow.holder
        if flow.identity_required:
            known = draft.source(holder) == FROM_IDENTITY
            yield self._check("identity", Outcome.PASSED if known else Outcome.UNKNOWN)
        if flow.eligibility is not None:
            known = application.context.get("eligible") is True
            yield self._check("register", Outcome.PASSED if known else Outcome.UNKNOWN)
        if holder:
            others = self._others_open(application.receipt_number or "")
            named = bool(draft.values.get(holder))
            outcome = Outcome.FAILED if others else Outcome.PASSED if named else Outcome.UNKNOWN
            yield self._check("duplicate", outcome, receipts=self._texts("between").join(others))

    def _age(self, draft: Draft, today: date) -> Iterator[Check]:
        rule = draft.flow.eligibility
        if rule is None or (not rule.at_least and rule.at_most is None):
            return
        bounds = [self._texts("age_at_least", years=rule.at_least)] if rule.at_least else []
        bounds += [self._texts("age_at_most", years=rule.at_most)] if rule.at_most is not None else []
        number = draft.values.get(draft.flow.holder)
        holder = draft.flow.by_name.get(draft.flow.holder)
        known = number and holder and _is_value(holder, number, today)
        outcome = _outcome(rule.admits(age_by(str(number), today))) if known else Outcome.UNKNOWN
        yield self._check("age", outcome, bounds=self._texts("between").join(bounds))

    def _named(self, name: str, wrong: Sequence[FlowField]) -> Check:
        names = self._texts("between").join(self._label(one) for one in wrong)
        return self._check(name, _outcome(not wrong), names=names)

    def _check(self, name: str, outcome: Outcome, **values: object) -> Check:
        return Check(name, outcome, self._texts(f"check_{name}_{outcome.value}", **values))


def _outcome(right: bool) -> Outcome:
    return Outcome.PASSED if right else Outcome.FAILED


def _is_value(one: FlowField, value: str, today: date) -> bool:
    """Tell whether a value is one that its field takes, on the day it was given."""
    if isinstance(one.kind, Choice):
        return value in one.options
    try:
        parsed = one.kind.of_record(readable(value), today)
    except FieldError:
        return False
    return parsed == value or not isinstance(one.kind, NumberType)
