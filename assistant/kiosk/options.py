"""What of a machine in a hall the environment or the command line says, in place of data/kiosk.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KioskOptions:
    """That this is a machine in a hall, and which one; what is None is as data/kiosk.yml says."""

    hall: str | None = None
    """the hall's name"""
    machine: str | None = None
    """the machine's name, which tells a clerk where to go"""
    phone_address: str | None = None
    """the address at which telephones reach the assistant"""
    card_reader: str | None = None
    """what reads identity cards, as `card_reader_named` takes it"""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> KioskOptions | None:
        """Read the `WENBAN_*` variables; None unless WENBAN_KIOSK is on."""
        is_on = environment.get("WENBAN_KIOSK", "") in ("1", "true", "yes")
        return cls.of(environment) if is_on else None

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> KioskOptions:
        """Read them for a program that is one of a machine in a hall whatever WENBAN_KIOSK says."""
        return cls(
            hall=environment.get("WENBAN_KIOSK_HALL"),
            machine=environment.get("WENBAN_KIOSK_MACHINE"),
            phone_address=environment.get("WENBAN_PHONE_ADDRESS"),
            card_reader=environment.get("WENBAN_CARD_READER"),
        )
