"""The field types by name, and what the rest of the program asks of a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from actions.flows.choice_field import Choice, Option
from actions.flows.date_field import Date
from actions.flows.field_type import FieldError, FieldType, Found
from actions.flows.name_field import PersonName
from actions.flows.number_fields import BankAccount, ChineseIdNumber, ChineseMobile
from actions.flows.place_fields import Address, FreeText, Place
from actions.flows.window_field import Windows
from actions.flows.words import FlowWords

if TYPE_CHECKING:
    from actions.flows.definition import FlowField
    from actions.flows.steps import Expected

__all__ = ["FieldError", "FieldType", "Found", "field_type", "finds_value", "is_attempt", "personal_value", "readable"]

MAX_LENGTH = 200
FIND_ORDER = (
    "cn_id_number",
    "bank_account",
    "cn_mobile",
    "date",
    "choice",
    "person_name",
    "address",
    "place",
    "text",
)
"""the types from the most certain to the least: what one has taken from a sentence the next does not see"""

_PLACEHOLDER = re.compile(r"\[[^\[\]\s\d]{1,8}\d{1,4}\]")
ANY_DAY = date(2026, 1, 1)  # whether a date is said does not depend on the day it is said


def field_type(type_name: str, spec: Mapping[str, Any], words: FlowWords) -> FieldType:
    """Make the type of a field from the field's part of a flow file; raise KeyError for an unknown type."""
    if type_name == "choice" and "windows" in spec:
        return Windows(spec["windows"], words.choices)
    if type_name == "choice":
        return Choice([_option(option) for option in spec["options"]], words.choices)
    if type_name == "date":
        ahead = spec.get("days_ahead")
        days_ahead = (int(ahead["from"]), int(ahead["to"])) if ahead else None
        return Date(words.dates, spec.get("period"), spec.get("weekdays", ()), days_ahead)
    if type_name == "text":
        return FreeText(int(spec.get("max_length", MAX_LENGTH)))
    if type_name == "person_name":
        return PersonName(words.names)
    if type_name in ("address", "place"):
        return {"address": Address, "place": Place}[type_name](words.addresses)
    return {"cn_id_number": ChineseIdNumber, "cn_mobile": ChineseMobile, "bank_account": BankAccount}[type_name]()


def readable(text: str) -> str:
    """Return a text in the form that field types read: full-width letters and digits as ordinary ones."""
    return normalize("NFKC", text).strip()


def finds_value(field: FlowField, text: str) -> bool:
    """Tell whether a text can be an answer for the field; placeholders stand for personal values."""
    if field.kind.personal is not None and _PLACEHOLDER.search(text):
        return True
    return is_attempt(field.kind, text)


def is_attempt(kind: FieldType, text: str) -> bool:
    """Tell whether a text is a value of the type, or meant as one."""
    try:
        kind.parse(readable(text), ANY_DAY)
    except FieldError as error:
        return error.attempted
    return True


def personal_value(expected: Expected, text: str) -> tuple[int, int] | None:
    """Return the stretch of an answer that is personal data of the expected kind, be the value right or wrong."""
    if expected.kind is None or expected.kind.personal is None:
        return None
    if len(readable(text)) != len(text.strip()):  # positions hold only where no character became two
        return expected.kind.span(text, ANY_DAY)
    lead = len(text) - len(text.lstrip())
    span = expected.kind.span(readable(text), ANY_DAY)
    return None if span is None else (span[0] + lead, span[1] + lead)


def _option(option: str | Mapping[str, Any]) -> Option:
    return Option(option) if isinstance(option, str) else Option(option["value"], tuple(option.get("words", ())))
