"""What a schema cannot find wrong with a flow: connectors, names that occur twice, defaults, conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from actions.flows.field_type import FieldError
from actions.flows.fields import ANY_DAY, readable

if TYPE_CHECKING:
    from actions.flows.definition import Flow, FlowField

APPLICANT = "applicant"
"""the name under which a field's `when` asks for whom the application is"""
SUPPLEMENT = "supplement"
"""what a flow delivers that takes the answer to what staff ask for"""
ANSWER_FIELDS = frozenset({"receipt_number", "statement"})
"""its fields: which application, and the answer"""
DECIDABLE = frozenset({"certificate_pdf", "payment", "none"})
"""what is delivered that somebody decides on"""


def faults_of(flow: Flow, connectors: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with a flow, in the order of its file."""
    if flow.submit.connector not in connectors:
        there = ", ".join(sorted(connectors))
        yield f"submit.connector: there is no connector {flow.submit.connector}, only {there}."
    if flow.submit.delivers == SUPPLEMENT and ANSWER_FIELDS - flow.by_name.keys():
        yield f"submit.delivers: an answer needs the fields {', '.join(sorted(ANSWER_FIELDS))}."
    if flow.submit.by_staff and flow.submit.delivers not in DECIDABLE:
        yield f"submit.decided: nobody decides on what delivers {flow.submit.delivers}."
    names: set[str] = {APPLICANT}
    for one in flow.fields:
        if one.name in names:
            yield f"field {one.name}: this name is taken."
        yield from _wrong_condition(flow, one, names)
        if one.default is not None and not _is_value(one, one.default):
            yield f"field {one.name}: the default {one.default} is no value of the field."
        names.add(one.name)


def _wrong_condition(flow: Flow, one: FlowField, names: set[str]) -> Iterator[str]:
    for other, values in one.when.items():
        known = flow.by_name.get(other)
        if other not in names:
            yield f"field {one.name}: `when` names {other}, which is no earlier field."
        options = known.options if known is not None else ()
        for value in values if options else ():
            if value not in options:
                yield f"field {one.name}: `when` asks for {value}, which is no option of {other}."


def _is_value(one: FlowField, default: str) -> bool:
    try:
        return one.kind.parse(readable(default), ANY_DAY) == default
    except FieldError:
        return False
