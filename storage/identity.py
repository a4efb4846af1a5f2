"""Who a citizen is, as a sign-in or a register says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
        """Read the known keys; every other one becomes a record. Raise ValueError when name or number lacks."""
        own: dict[str, Any] = {key: values.get(key) for key in ("full_name", "id_number", "phone", "bank_account")}
        for key, value in own.items():
            if value is not None and not isinstance(value, str):
                raise ValueError(f"The {key} of an identity must be text.")
        if not own["full_name"] or not own["id_number"]:
            raise ValueError("An identity needs full_name and id_number.")
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
