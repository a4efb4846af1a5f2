"""Numbers of people, telephones and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from actions.flows.field_type import FieldError, FieldType, Found
from actions.flows.numerals import DIGIT_CLASS, digits_of
from storage.personal_values import PersonalKind

_CHECK_X = "xX叉"
_PIECE = rf"[{DIGIT_CLASS}]+[{_CHECK_X}]?"
_RUN = re.compile(rf"{_PIECE}(?:[ \t-]{{1,2}}{_PIECE})*")
_SEPARATED = re.compile(_PIECE)
_SHORTEST_ATTEMPT = 4


@dataclass(frozen=True)
class Run:
    """A run of digits, maybe in groups: `digits` without separators, and where it stands."""

    digits: str
    start: int
    end: int


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of digits in a text, and of each run every sequence of its groups, longest first."""
    for match in _RUN.finditer(text):
        groups = [
            (_digits(m[0]), m.start() + match.start(), m.end() + match.start()) for m in _SEPARATED.finditer(match[0])
        ]
        for length in range(len(groups), 0, -1):
            for first in range(len(groups) - length + 1):
                part = groups[first : first + length]
                yield Run("".join(group[0] for group in part), part[0][1], part[-1][2])


def _digits(text: str) -> str:
    return digits_of(text) + ("X" if text[-1] in _CHECK_X else "")


def longest_run(text: str) -> Run | None:
    """Return the longest run that can be an attempt at a number, or None."""
    attempts = [run for run in runs(text) if len(run.digits) >= _SHORTEST_ATTEMPT]
    return max(attempts, key=lambda run: len(run.digits), default=None)


class NumberType(FieldType):
    """A type whose value is a run of digits."""

    def fault(self, digits: str, today: date) -> FieldError | None:
        """Return what is wrong with the digits, or None."""
        raise NotImplementedError

    def find(self, text: str, today: date) -> Found | None:
        for run in runs(text):
            value = self.normal(run.digits)
            if self.fault(value, today) is None:
                return Found(value, run.start, run.end)
        return None

    def parse(self, text: str, today: date) -> str:
        found = self.find(text, today)
        if found is not None:
            return found.value
        run = longest_run(text)
        if run is None:
            raise FieldError(f"{self.name}_missing", attempted=False)
        raise self.fault(self.normal(run.digits), today) or FieldError(f"{self.name}_missing", attempted=False)

    def span(self, text: str, today: date) -> tuple[int, int] | None:
        run = longest_run(text)
        return super().span(text, today) or (None if run is None else (run.start, run.end))

    def normal(self, digits: str) -> str:
        """Return the digits in the form the value is kept in."""
        return digits


class ChineseIdNumber(NumberType):
    """The citizen identification number of GB 11643: 17 digits and a check character (ISO 7064 MOD 11-2).

    The check character and a real date of birth decide. The region (digits 1 to 6) decides nothing: people keep the
    codes of abolished regions, and residents from Taiwan have 83.
    """

    name = "cn_id_number"
    personal = PersonalKind.ID_NUMBER

    def fault(self, digits: str, today: date) -> FieldError | None:
        if len(digits) == 15:
            return FieldError(f"{self.name}_old")
        if len(digits) != 18:
            return FieldError(f"{self.name}_length", found=len(digits))
        if not _is_birth(digits[6:14], today):
            return FieldError(f"{self.name}_date")
        genuine = digits[:17].isdigit() and mod_11_2.is_valid(digits)
        return None if genuine else FieldError(f"{self.name}_checksum")

    def mask(self, value: str) -> str:
        return value[:3] + "*" * (len(value) - 5) + value[-2:]


def age_by(id_number: str, today: date) -> int:
    """Return the age in full years (周岁) by a right ID number, whose digits 7 to 14 are the birth (GB 11643)."""
    born = date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _is_birth(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return date(1850, 1, 1) <= born <= today


class ChineseMobile(NumberType):
    """A mobile number of mainland China: eleven digits, 13 to 19 first; +86 or 86 before it is left out."""

    name = "cn_mobile"
    personal = PersonalKind.PHONE
    _COUNTRY = re.compile(r"(?:00)?86(?=1[3-9]\d{9}$)")

    def fault(self, digits: str, today: date) -> FieldError | None:
        if len(digits) != 11 or not digits.isdigit():
            return FieldError(f"{self.name}_length", found=len(digits))
        return None if re.fullmatch(r"1[3-9]\d{9}", digits) else FieldError(f"{self.name}_prefix")

    def normal(self, digits: str) -> str:
        return self._COUNTRY.sub("", digits)

    def mask(self, value: str) -> str:
        return f"{value[:3]}****{value[-4:]}"


class BankAccount(NumberType):
    """A bank card's number (ISO/IEC 7812): 16 to 19 digits with the Luhn check digit."""

    name = "bank_account"
    personal = PersonalKind.BANK_ACCOUNT
    _id_number = ChineseIdNumber()

    def fault(self, digits: str, today: date) -> FieldError | None:
        if not 16 <= len(digits) <= 19 or not digits.isdigit():
            return FieldError(f"{self.name}_length", found=len(digits))
        return None if luhn.is_valid(digits) else FieldError(f"{self.name}_checksum")

    def find(self, text: str, today: date) -> Found | None:
        found = super().find(text, today)
        # 18 digits that are a right ID number are one, even where they pass the card's check too.
        if found is not None and self._id_number.fault(found.value, today) is None:
            return None
        return found

    def mask(self, value: str) -> str:
        return "*" * (len(value) - 4) + value[-4:]
