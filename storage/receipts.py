"""Receipt numbers: the day, a running number and a check digit."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.orm import Session
from stdnum.iso7064 import mod_11_10

from storage.counters import next_number

_RECEIPT = re.compile(r"\d{8}-\d{7}")


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
