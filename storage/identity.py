"""Who a citizen is, as a sign-in or a register says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}$)")


@dataclass(frozen=True)
class Identity:
    """A signed-in citizen; `records` holds what shared registers know, by register (`birth`, …)."""

    full_name: str
    id_number: str
    phone: str | None = None
    bank_account: str | None = None
    records: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Identity:
        """Read the known keys; every other one becomes a record. Raise ValueError when name or number lacks.

        Numbers are kept in one form, however a portal writes them, so that they are found and compared: without spaces
        and dashes, an ID number with a capital X (GB 11643), a mobile number without +86.
        """
        own: dict[str, Any] = {key: values.get(key) for key in ("full_name", "id_number", "phone", "bank_account")}
        for key, value in own.items():
            if value is not None and not isinstance(value, str):
                raise ValueError(f"The {key} of an identity must be text.")
        if not own["full_name"] or not own["id_number"]:
            raise ValueError("An identity needs full_name and id_number.")
        own |= {key: _plain(value) for key, value in own.items() if value is not None and key != "full_name"}
        return cls(**own, records={key: value for key, value in values.items() if key not in own})

    def as_mapping(self) -> dict[str, Any]:
        """Return one flat mapping, without what is not known."""
        own = {
            "full_name": self.full_name,
            "id_number": self.id_number,
            "phone": self.phone,
            "bank_account": self.bank_account,
        }
        return {key: value for key, value in own.items() if value is not None} | dict(self.records)


def _plain(number: str) -> str:
    bare = re.sub(r"[\s-]", "", normalize("NFKC", number)).upper()
    return _COUNTRY.sub("", bare)
