"""Receipt numbers: the day, a running number and a check digit."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from sqlalchemy.orm import Session
from stdnum.iso7064 import mod_11_10

from storage.counters import next_number

_RECEIPT = re.compile(r"\d{8}-\d{7}")

DASHES = "-\u2010\u2013\u2014\u2212\uff0d"
"""what is typed for the dash of a number"""
_TYPED = re.compile(rf"(?P<day>20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))[{DASHES}]?(?P<running>\d{{7}})")
_TYPED_IN_TEXT = re.compile(rf"(?<!\d){_TYPED.pattern}(?!\d)")


def next_receipt(session: Session, kind: str, moment: datetime) -> str:
    """Make the next receipt number of the day: `YYYYMMDD-NNNNNNC`.

    N runs from 000001 within the day and the kind; C is the check digit of ISO 7064 MOD 11,10 over the 14 digits
    before it, so that one wrong digit or two swapped neighbours are noticed.
    """
    day = f"{moment:%Y%m%d}"
    running = f"{next_number(session, f'{kind}-{day}'):06d}"
    return f"{day}-{running}{mod_11_10.calc_check_digit(day + running)}"


def is_receipt_number(text: str) -> bool:
    """Tell whether a text has the form and the check digit of a receipt number."""
    return bool(_RECEIPT.fullmatch(text)) and bool(mod_11_10.is_valid(text.replace("-", "")))


def receipt_number(typed: str) -> str | None:
    """Return the receipt number that somebody typed in its own form, or None; its dash may be another or left out.

    No ID number is taken for one: those of 15 digits begin with a province, and none has the code 20.
    """
    match = _TYPED.fullmatch(unicodedata.normalize("NFKC", typed))
    number = f"{match['day']}-{match['running']}" if match else ""
    return number if is_receipt_number(number) else None


def receipt_in(text: str) -> str | None:
    """Return the first receipt number that a text names, in its own form, or None."""
    typed = (match.group() for match in _TYPED_IN_TEXT.finditer(unicodedata.normalize("NFKC", text)))
    return next((number for number in map(receipt_number, typed) if number), None)
